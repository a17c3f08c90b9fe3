//! The tables of places: fetched once after the first paint, opened without parsing, kept for the life of the page.

use std::sync::Arc;

use domain::geo::LatLon;
use domain::outline::Outlines;
use domain::place::MunicipalityCode;
use domain::place::gazetteer::Gazetteer;
use ui::live::Live;

#[derive(Clone, Copy)]
pub struct Places {
    pub gazetteer: Live<Option<Arc<Gazetteer>>>,
    pub outlines: Live<Option<Arc<Outlines>>>,
}

impl Places {
    #[must_use]
    #[expect(clippy::new_without_default, reason = "like everything the app remembers, it is made once")]
    pub fn new() -> Self {
        Self { gazetteer: Live::new(None), outlines: Live::new(None) }
    }

    /// Fetches both tables; the names first, because the field needs them sooner than the map needs the outlines.
    /// Afterwards the network and the processor are free, whether or not the tables could be had.
    pub async fn fetch(self) {
        let gazetteer = self.gazetteer().await;
        let _ = self.outlines().await;
        // The index of names costs some milliseconds once; better now than at her first letter.
        let Some(gazetteer) = gazetteer else { return };
        for () in gazetteer.warm_in_pieces() {
            browser::turn::next().await;
        }
    }

    /// The names, fetched now if they are not here yet. `None`: no network and nothing kept.
    pub async fn gazetteer(self) -> Option<Arc<Gazetteer>> {
        if let Some(ready) = self.gazetteer.now() {
            return Some(ready);
        }
        let bytes = browser::http::bytes("/data/places.bin").await.ok()?;
        let opened = Arc::new(Gazetteer::open(bytes).ok()?);
        self.gazetteer.set(Some(Arc::clone(&opened)));
        Some(opened)
    }

    /// The outlines, fetched now if they are not here yet.
    pub async fn outlines(self) -> Option<Arc<Outlines>> {
        if let Some(ready) = self.outlines.now() {
            return Some(ready);
        }
        let bytes = browser::http::bytes("/data/outlines.bin").await.ok()?;
        let opened = Arc::new(Outlines::open(bytes).ok()?);
        self.outlines.set(Some(Arc::clone(&opened)));
        Some(opened)
    }

    /// The representative point of a municipality, once the tables are here; follows.
    pub fn point(self, code: MunicipalityCode) -> Option<LatLon> {
        self.gazetteer.with(|tables| tables.as_ref()?.municipality(code)?.point)
    }
}
