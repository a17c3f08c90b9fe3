//! The founder's app. Its entries are each a page and a wasm of its own: finding, which a first visit brings; booking and
//! reading, which come when she wants them; and the frame on other people's sites. This library is what all are made of;
//! what an entry does not use the linker leaves out.

pub mod book;
pub mod entry;
pub mod framed;
pub mod page;
pub mod read;
pub mod root;
pub mod routes;
pub mod state;
