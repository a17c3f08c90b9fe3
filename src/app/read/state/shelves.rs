//! The three shelves: what this device has at once, what the server has when it has answered.

use std::sync::Arc;

use browser::shelves::{Opened, RefreshFailure, Refreshed};
use domain::content::{Item, ShelfName};
use ui::live::Live;

/// How a shelf stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// `None`: this device has none, or none that may still be read.
    pub opened: Option<Arc<Opened>>,
    pub asked: Asked,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asked {
    /// No answer yet.
    #[default]
    NotYet,
    Answered,
    Unreachable,
    /// What came must not be shown.
    Refused,
}

#[derive(Clone, Copy)]
pub struct Shelves {
    pub stories: Live<Standing>,
    pub events: Live<Standing>,
    pub notices: Live<Standing>,
}

impl Shelves {
    pub(super) fn new() -> Self {
        let shelf = || Live::new(Standing::default());
        Self { stories: shelf(), events: shelf(), notices: shelf() }
    }

    pub const fn of(self, name: ShelfName) -> Live<Standing> {
        match name {
            ShelfName::Stories => self.stories,
            ShelfName::Events => self.events,
            ShelfName::Notices => self.notices,
        }
    }

    /// What this device has. Its shelf first, then the others, so that hers is there soonest.
    pub async fn open(self, first: ShelfName) {
        self.load(first).await;
        if self.of(first).peek(|standing| standing.opened.is_none()) {
            self.fetch(first).await;
        }
    }

    async fn load(self, name: ShelfName) {
        if let Some(opened) = browser::shelves::load(name).await {
            self.of(name).update(|standing| standing.opened = Some(Arc::new(opened)));
        }
    }

    /// Those that are not here yet from this device, and all from the server.
    pub async fn fetch_all(self) {
        for name in ShelfName::ALL {
            if self.of(name).peek(|standing| standing.opened.is_none()) {
                self.load(name).await;
            }
        }
        for name in ShelfName::ALL {
            if self.of(name).peek(|standing| standing.asked != Asked::Answered) {
                self.fetch(name).await;
            }
        }
    }

    pub async fn fetch(self, name: ShelfName) {
        let shelf = self.of(name);
        let in_use = shelf.peek(|standing| standing.opened.as_ref().map(|opened| opened.shelf.number));
        let refreshed = browser::shelves::refresh(name, in_use).await;
        shelf.update(|standing| match refreshed {
            Ok(Refreshed::Newer(opened)) => {
                *standing = Standing { opened: Some(Arc::new(*opened)), asked: Asked::Answered };
            }
            Ok(Refreshed::Current { until }) => {
                standing.asked = Asked::Answered;
                if let Some(opened) = standing.opened.as_deref() {
                    standing.opened =
                        Some(Arc::new(Opened { until: until.or(opened.until), ..opened.clone() }));
                }
            }
            Err(RefreshFailure::Unreachable(_)) => standing.asked = Asked::Unreachable,
            Err(RefreshFailure::BadSignature | RefreshFailure::Older { .. } | RefreshFailure::Unreadable) => {
                standing.asked = Asked::Refused;
            }
        });
    }
}

impl Standing {
    pub fn items(&self) -> &[Item] {
        self.opened.as_ref().map(|opened| opened.shelf.items.as_slice()).unwrap_or_default()
    }

    pub fn item(&self, id: &str) -> Option<&Item> {
        self.opened.as_ref()?.shelf.item(id)
    }
}
