//! The rules of Tonari: where a founder is, which association may guarantee her, which women's teams are near,
//! and what is known about each of them, with its source.
//!
//! Pure: no browser, no runtime, no database. Time and randomness come in as arguments, so that the phone (wasm) and
//! the server run the very same code. Sentences for people live in `ui`; here are only values and closed codes.

pub mod api;
pub mod association;
pub mod booking;
pub mod calendar;
mod closed;
pub mod content;
pub mod directory;
pub mod embed;
pub mod fact;
mod fold;
pub mod frame;
pub mod geo;
pub mod json;
pub mod jurisdiction;
mod kana;
pub mod mail_text;
pub mod nearest;
pub mod outbox;
pub mod outline;
pub mod place;
#[cfg(feature = "wire")]
pub mod profile;
#[cfg(feature = "seal")]
pub mod proof;
pub mod report;
pub mod retention;
#[cfg(feature = "seal")]
pub mod seal;
pub mod search;
pub mod slot;
pub mod staff;
pub mod staffing;
mod varint;
