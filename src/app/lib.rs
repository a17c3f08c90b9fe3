//! The founder's app. It has two entries, each a page and a wasm of its own: finding, which a first visit brings, and
//! booking (`book/`), which comes when she wants it. This library is what both are made of; what an entry does not use
//! the linker leaves out.

pub mod entry;
pub mod page;
pub mod root;
pub mod routes;
pub mod state;
