//! The desk: where a team answers founders. An app of its own, with its own wasm and styles, so that no founder pays for it;
//! it shares words, elements and the browser with hers and knows nothing of it. Its entries are each a page and a wasm of
//! its own: the board, with everything of a day's work, and the texts (`texts`), with what is counted and planned. This library is what both are made of; what an
//! entry does not use the linker leaves out.
//!
//! Everything shown is the server's; nothing of it is kept on the device but what she was typing, and that only as long as
//! the tab and her own session (`state::drafts`).

pub mod entry;
pub mod icon;
pub mod keys;
pub mod page;
pub mod root;
pub mod routes;
pub mod state;
pub mod texts;
