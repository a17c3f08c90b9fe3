//! Her reading list, and what she has read. Never sent; erased with everything else of this device.

use browser::idb::Outcome;
use browser::idb::reading_store::{self, Mark};
use browser::spawn_local;
use domain::content::ItemId;
use ui::live::Live;

#[derive(Clone, Copy)]
pub struct Marks {
    pub all: Live<Vec<Mark>>,
    /// The last mark could not be written down.
    pub unsaved: Live<bool>,
    loaded: Live<bool>,
    /// As they are to be when everything under way is written.
    wanted: Live<Vec<Mark>>,
}

impl Marks {
    pub(super) fn new() -> Self {
        Self {
            all: Live::new(Vec::new()),
            unsaved: Live::new(false),
            loaded: Live::new(false),
            wanted: Live::new(Vec::new()),
        }
    }

    /// Once, and before anything is written: a mark that did not know of the one on the disk would take its place.
    pub async fn load(self) {
        if self.loaded.now() {
            return;
        }
        let kept = reading_store::all().await.unwrap_or_default();
        if !self.loaded.now() {
            self.loaded.set(true);
            self.wanted.set(kept.clone());
            self.all.set(kept);
        }
    }

    pub fn is_kept(self, item: &ItemId) -> bool {
        self.all.with(|marks| marks.iter().any(|mark| mark.item == *item && mark.kept_at_ms.is_some()))
    }

    pub fn is_read(self, item: &ItemId) -> bool {
        self.all.with(|marks| marks.iter().any(|mark| mark.item == *item && mark.read_at_ms.is_some()))
    }

    pub fn toggle_kept(self, item: &ItemId) {
        self.change(item, |mark, now| mark.kept_at_ms = mark.kept_at_ms.is_none().then_some(now));
    }

    pub fn has_read(self, item: &ItemId) {
        self.change(item, |mark, now| mark.read_at_ms = mark.read_at_ms.or(Some(now)));
    }

    /// Shown when it is written down, not before; but the next tap counts from this one.
    fn change(self, item: &ItemId, change: impl FnOnce(&mut Mark, f64) + 'static) {
        let item = item.clone();
        spawn_local(async move {
            self.load().await;
            let before = self.wanted.peek(|marks| marks.iter().find(|mark| mark.item == item).cloned());
            let before = before.unwrap_or(Mark { item, kept_at_ms: None, read_at_ms: None });
            let mut mark = before.clone();
            change(&mut mark, browser::clock::now_ms());
            if mark == before {
                return;
            }
            put(self.wanted, &mark);
            let kept = matches!(reading_store::put(&mark).await, Outcome::Saved | Outcome::MemoryOnly);
            put(if kept { self.all } else { self.wanted }, if kept { &mark } else { &before });
            self.unsaved.settle(!kept);
        });
    }
}

fn put(marks: Live<Vec<Mark>>, mark: &Mark) {
    marks.update(|marks| {
        marks.retain(|before| before.item != mark.item);
        marks.push(mark.clone());
    });
}
