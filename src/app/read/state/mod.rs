//! What the entry for reading remembers, one concern a file.

pub mod choosing;
pub mod marks;
pub mod nearness;
pub mod now;
pub mod packs;
pub mod shelves;

use crate::state::device::Device;
use crate::state::directory::Directory;
use crate::state::places::Places;
use crate::state::routing::Routing;

use domain::content::EventFilter;
use ui::live::Live;

use crate::read::routes::ReadRoute;

/// All of it.
#[derive(Clone, Copy)]
pub struct Reading {
    pub routing: Routing<ReadRoute>,
    pub device: Device,
    pub directory: Directory,
    pub shelves: shelves::Shelves,
    pub packs: packs::Packs,
    pub marks: marks::Marks,
    pub choosing: choosing::Choosing,
    pub nearness: nearness::Nearness,
    /// Which events she wants to see.
    pub picked: Live<EventFilter>,
    pub now: now::Now,
    /// Cards of the list that are shown at once.
    pub page: usize,
}

/// What a screen of her own holds; a frame on somebody else's page shows less.
const PAGE: usize = 30;

impl Reading {
    pub(crate) fn new() -> Self {
        Self::beside(Device::here(), Directory::bundled(), Places::new())
    }

    /// In a page that has more than reading.
    pub(crate) fn beside(device: Device, directory: Directory, places: Places) -> Self {
        let shelves = shelves::Shelves::new();
        Self {
            routing: Routing::here(),
            device,
            directory,
            shelves,
            packs: packs::Packs::new(shelves),
            marks: marks::Marks::new(),
            choosing: choosing::Choosing::new(shelves),
            nearness: nearness::Nearness::new(places),
            picked: Live::new(EventFilter::default()),
            now: now::Now::new(),
            page: PAGE,
        }
    }
}
