//! The frame on other people's sites: the app's own screens without its header and doors. It leaves nothing on the disk and
//! nothing in the host's history, and leads to the app itself wherever a frame is not the place.

mod address;
mod look;
pub mod root;
mod routes;
mod screen;
