//! For which areas this phone keeps what can be read. Her choice is on this device only, and so is what it costs.

use browser::shelves::Opened;
use browser::shelves::keeping;
use browser::spawn_local;
use domain::content::{Areas, Pieces, ShelfName};
use domain::place::PrefectureCode;
use ui::live::Live;

use super::shelves::Shelves;

#[derive(Clone, Copy)]
pub struct Packs {
    pub areas: Live<Areas>,
    shelves: Shelves,
}

impl Packs {
    pub(super) fn new(shelves: Shelves) -> Self {
        Self { areas: Live::new(keeping::chosen()), shelves }
    }

    /// At once: what falls out is off the disk before she has looked up.
    pub fn choose(self, areas: Areas) {
        keeping::choose(areas);
        self.areas.set(areas);
        spawn_local(self.shelves.keep_chosen());
    }

    pub fn everywhere(self) -> Option<usize> {
        self.sum(Areas::NONE, &|opened| opened.pieces().map_or(0, Pieces::everywhere))
    }

    /// What an area brings; `None` while this page does not have what is for it.
    pub fn brought_by(self, code: PrefectureCode) -> Option<usize> {
        self.sum(Areas::NONE.with(code), &|opened| {
            opened.pieces().map_or(0, |pieces| pieces.brought_by(code))
        })
    }

    fn sum(self, of: Areas, size: &dyn Fn(&Opened) -> usize) -> Option<usize> {
        let mut sum = 0;
        for name in ShelfName::ALL {
            sum += self.shelves.of(name).with(|standing| {
                let is_known = of.without(standing.areas()).is_empty();
                is_known.then(|| standing.opened.as_deref().map_or(0, size))
            })?;
        }
        Some(sum)
    }
}
