//! The directory in use: the bundled edition at once, a newer one when it has arrived and proved its signature.

use std::sync::Arc;

use browser::directory::{RefreshFailure, Refreshed};
use browser::spawn_local;
use domain::association::{Area, AssociationId};
use domain::directory::Edition;
use domain::place::PrefectureCode;
use ui::live::Live;

const BUNDLED: &[u8] = include_bytes!("../../../public/data/directory.json");

#[derive(Clone, Copy)]
pub struct Directory {
    pub edition: Live<Arc<Edition>>,
    /// When the server last said what the newest edition is, in ms since 1970; `None` if it has not on this visit.
    pub checked_at: Live<Option<f64>>,
    /// Ids of the teams that take bookings here, as the server last said.
    pub bookable: Live<String>,
    /// The server offered something that must not be shown.
    pub refused: Live<bool>,
}

impl Directory {
    #[must_use]
    pub fn bundled() -> Self {
        let bundled = Edition::parse(BUNDLED).expect("the bundled edition is checked by the tests of domain");
        Self {
            edition: Live::new(Arc::new(bundled)),
            checked_at: Live::new(None),
            bookable: Live::new(browser::directory::bookable()),
            refused: Live::new(false),
        }
    }

    /// First what this device kept, then what the server has; the higher number wins.
    pub fn refresh_soon(self) {
        spawn_local(async move {
            if let Some(kept) = browser::directory::load().await {
                self.take(kept);
            }
            self.refresh().await;
        });
    }

    pub async fn refresh(self) {
        let refreshed = browser::directory::refresh(self.edition.peek(|e| e.number)).await;
        self.bookable.settle(browser::directory::bookable());
        match refreshed {
            Ok(Refreshed::Newer(edition)) => self.take(edition),
            Ok(Refreshed::Current) => {}
            Err(RefreshFailure::Unreachable(_)) => return,
            Err(RefreshFailure::BadSignature | RefreshFailure::Older { .. } | RefreshFailure::Unreadable) => {
                self.refused.set(true);
                return;
            }
        }
        self.refused.set(false);
        self.checked_at.set(Some(browser::clock::now_ms()));
    }

    #[must_use]
    pub fn is_bookable(self, team: &AssociationId) -> bool {
        self.bookable.with(|ids| ids.split(' ').any(|id| id == team.as_str()))
    }

    fn take(self, edition: Edition) {
        if self.edition.peek(|in_use| edition.number > in_use.number) {
            self.edition.set(Arc::new(edition));
        }
    }
}

/// Whether the prefecture's own association was listed with a women's team.
#[must_use]
pub fn has_team(edition: &Edition, prefecture: PrefectureCode) -> bool {
    edition.associations.iter().any(|a| a.area == Area::Prefecture(prefecture.number()) && a.team.is_some())
}
