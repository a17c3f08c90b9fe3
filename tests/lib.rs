//! Actors and helpers for the integration and end-to-end tests.

pub mod binary;
pub mod crowd;
pub mod dice;
pub mod evil;
pub mod letters;
pub mod many;
pub mod patience;
pub mod plain_host;
pub mod proxy;
pub mod seat;
pub mod site;
pub mod smtp;
