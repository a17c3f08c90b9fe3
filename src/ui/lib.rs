//! What the founder sees: stateless components and the words they say.
//!
//! A component is a function from a few values to an element (`node`); what changes comes in as a closure that reads
//! live values.
//!
//! No network, no storage, no globals of the browser: values come in as props, wishes go out as callbacks.

pub mod component;
pub mod format;
pub mod i18n;
pub mod live;
pub mod node;
