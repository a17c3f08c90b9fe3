//! The server of Tonari: the built app, the signed directory, bookings, what is read, and the `tonari` command.
//!
//! It must not know where anybody is: no route takes a place, a position or a distance. The app and the directory
//! are in memory from the start; only slots, bookings and what is read touch the database.

pub mod api;
pub mod command;
pub mod config;
mod content_file;
mod crash_point;
pub mod desk;
pub mod edition;
pub mod error;
pub mod form;
pub mod headers;
pub mod ics;
pub mod imports;
pub mod limit;
pub mod listen;
pub mod locate;
pub mod mail;
pub mod metrics;
pub mod pictures;
pub mod pressure;
mod private_file;
pub mod router;
pub mod service;
pub mod site;
pub mod store;
pub mod telemetry;
pub mod words;
