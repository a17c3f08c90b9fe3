//! What the founder sees: stateless components and the words they say.
//!
//! No network, no storage, no globals of the browser: values come in as props, wishes go out as callbacks.

pub mod component;
pub mod format;
pub mod i18n;
