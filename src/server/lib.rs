//! The server of Tonari: the built app, the signed directory, and the `tonari` command.
//!
//! It must not know where anybody is: no route takes a place, a position or a distance. Everything it serves is in
//! memory from the start, so a request touches neither disk nor database.

pub mod api;
pub mod command;
pub mod config;
pub mod edition;
pub mod error;
pub mod headers;
pub mod listen;
pub mod locate;
pub mod router;
pub mod site;
pub mod store;
pub mod telemetry;
