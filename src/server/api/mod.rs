//! The API, one file per resource. Its description, from the same types, is `openapi`.

pub mod associations;
pub mod bookings;
pub mod contents;
pub mod health;
pub mod meta;
pub mod metrics;
pub mod openapi;
mod segment;
pub mod slots;
