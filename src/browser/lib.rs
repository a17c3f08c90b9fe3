//! The one crate that touches web-sys, gloo and indexed_db_futures; above it, only domain types and plain Rust.
