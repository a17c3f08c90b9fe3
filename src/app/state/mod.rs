//! What the app remembers, one concern a file; with `root` the only callers of `browser`.
//!
//! Every concern is a `Copy` handle of signals with one method per intent. Pages read the signals and call the
//! methods; nobody else writes.

pub mod device;
pub mod directory;
pub mod finding;
pub mod language;
pub mod notices;
pub mod place_words;
pub mod places;
pub mod routing;
pub mod saved;

pub use finding::{Answered, Origin, Question, Stage};

/// All of it, given once as a context.
#[derive(Clone, Copy)]
pub struct Tonari {
    pub routing: routing::Routing<crate::routes::Route>,
    pub places: places::Places,
    pub directory: directory::Directory,
    pub finding: finding::Finding,
    pub saved: saved::Saved,
    pub notices: notices::Notices,
    pub device: device::Device,
}

impl Tonari {
    #[must_use]
    #[expect(clippy::new_without_default, reason = "it reads the page it is made in")]
    pub fn new() -> Self {
        let routing = routing::Routing::here();
        let places = places::Places::new();
        let directory = directory::Directory::bundled();
        Self {
            routing,
            places,
            directory,
            finding: finding::Finding::new(places, routing),
            saved: saved::Saved::new(directory),
            notices: notices::Notices::kept(),
            device: device::Device::here(),
        }
    }
}
