//! What is read: stories of founders, cases that associations share, guides, events and notices.
//!
//! One [`Item`] is what somebody publishes and what a phone keeps. It knows its sources, when it ends, and whether it is
//! invented. Items travel in a [`Shelf`]: all that is published of one sort, under a number that rises. Whoever reads an
//! item may trust it: lengths, codes, dates and addresses were checked by [`Item::read`], on the server and once more on
//! the phone. *Expired* is what time does to an item, *withdrawn* what its publisher does.

mod anchor;
mod area;
pub mod brief;
mod codes;
pub mod draft;
mod facets;
mod item;
mod pack;
mod picking;
mod picture;
mod read;
mod shelf;
#[cfg(test)]
mod tests;
pub mod text;
#[cfg(feature = "wire")]
mod wire;

pub use area::AreaCode;
pub use codes::{EventSort, Industry, Life, Scheme, Severity, Stage};
pub use facets::{Choice, Counts, Facet, Filter};
pub use item::{
    Article, Cited, Event, Genre, Head, Item, ItemId, Notice, Place, Reading, Text, Texts, Topics,
};
pub use pack::{Areas, Pieces};
pub use picking::EventFilter;
pub use picture::{Alt, Picture, PictureHash};
pub use read::{BadContent, File};
pub use shelf::{Shelf, ShelfName, Unread};
