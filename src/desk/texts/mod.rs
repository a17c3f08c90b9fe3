//! 読みもの: what a team writes for others to read. An entry of its own, with everything that waits for a quiet hour, reports
//! and the plan of a team: whoever answers a founder today does not wait for it.

pub mod page;
pub mod root;
pub mod state;
