//! 読みもの: what a team writes for others to read. An entry of its own: whoever answers a founder today does not wait for it.

pub mod page;
pub mod root;
pub mod state;
