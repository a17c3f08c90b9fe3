//! The three shelves: what this device has at once, what the server has when it has answered.

use std::sync::Arc;

use browser::shelves::keeping::{Kept, apply};
use browser::shelves::{Found, Opened, RefreshFailure, Refreshed};
use domain::content::{Areas, Item, ItemId, ShelfName};
use ui::live::Live;

/// How a shelf stands.
#[derive(Clone, Debug, Default)]
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
    /// What this device keeps of each. Apart from the shelves: it changes while what is shown of them does not.
    pub kept: Live<[Option<Kept>; ShelfName::ALL.len()]>,
}

impl Shelves {
    pub(super) fn new() -> Self {
        let shelf = || Live::new(Standing::default());
        Self { stories: shelf(), events: shelf(), notices: shelf(), kept: Live::new([None; 3]) }
    }

    pub const fn of(self, name: ShelfName) -> Live<Standing> {
        match name {
            ShelfName::Stories => self.stories,
            ShelfName::Events => self.events,
            ShelfName::Notices => self.notices,
        }
    }

    /// What this device has. Its shelf first, then the others, so that hers is there soonest.
    pub async fn open(self, first: ShelfName, wanted: Option<&ItemId>) {
        self.load(first).await;
        let lacks = |standing: &Standing| match wanted {
            Some(id) => standing.may_lack(id.as_str()),
            None => standing.opened.is_none(),
        };
        if self.of(first).peek(lacks) {
            self.fetch(first).await;
        }
    }

    async fn load(self, name: ShelfName) {
        if let Some(found) = browser::shelves::load(name).await {
            self.take(name, found, Asked::NotYet);
        }
    }

    fn take(self, name: ShelfName, found: Found, asked: Asked) {
        self.kept.update(|kept| kept[name as usize] = found.kept);
        self.of(name).set(Standing { opened: Some(Arc::new(found.opened)), asked });
    }

    /// Brings what this device keeps to what she has chosen.
    pub async fn keep_chosen(self) {
        for name in ShelfName::ALL {
            if let Some(opened) = self.of(name).peek(|standing| standing.opened.clone()) {
                let kept = apply(name, &opened).await;
                self.kept.update(|all| all[name as usize] = kept);
            }
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
        let in_use = shelf.peek(|standing| standing.opened.clone());
        match browser::shelves::refresh(name, in_use.as_deref()).await {
            Ok(Refreshed::Newer(found)) => self.take(name, *found, Asked::Answered),
            Ok(Refreshed::Current { kept }) => {
                self.kept.update(|all| all[name as usize] = kept.or(all[name as usize]));
                shelf.update(|standing| standing.asked = Asked::Answered);
            }
            Err(RefreshFailure::Unreachable(_)) => {
                shelf.update(|standing| standing.asked = Asked::Unreachable);
            }
            Err(RefreshFailure::BadSignature | RefreshFailure::Older { .. } | RefreshFailure::Unreadable) => {
                shelf.update(|standing| standing.asked = Asked::Refused);
            }
        }
    }
}

impl Standing {
    pub fn items(&self) -> &[Item] {
        self.opened.as_ref().map(|opened| opened.shelf.items.as_slice()).unwrap_or_default()
    }

    /// Those of which everything is here.
    pub fn areas(&self) -> Areas {
        self.opened.as_deref().map_or(Areas::ALL, Opened::areas)
    }

    /// Whether there is more than this device has.
    pub fn is_part(&self) -> bool {
        self.areas() != Areas::ALL
    }

    /// Whether this device cannot know of a text of this name.
    pub fn may_lack(&self, id: &str) -> bool {
        self.opened.is_none() || (self.is_part() && self.item(id).is_none())
    }

    pub fn item(&self, id: &str) -> Option<&Item> {
        self.opened.as_ref()?.shelf.item(id)
    }
}
