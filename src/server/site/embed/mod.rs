//! What associations need to put a part of Tonari on their own pages.

pub mod demo;
pub mod file;
pub mod generator;
pub mod routes;
