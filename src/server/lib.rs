//! The server of Tonari.
