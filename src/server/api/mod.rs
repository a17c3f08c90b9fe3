//! The API, one file per resource.

pub mod associations;
pub mod health;
pub mod meta;
