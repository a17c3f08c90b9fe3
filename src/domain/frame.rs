//! The frame on somebody else's page: what it shows, and how far its look may follow the page around it.

pub mod accent;
mod handoff;
mod look;
mod view;

pub use accent::{Accent, Palette};
pub use handoff::{carried, carry};
pub use look::{Look, Theme};
pub use view::View;
