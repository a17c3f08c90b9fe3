//! What was published of a field: who, when, from what to what; and the way back.

use domain::api::desk::facts::{Change, FactLine};
use domain::profile::Field;
use ui::i18n::{Key, plain, plain_with, say, say_with};
use ui::node::{El, el};

use super::super::words::when;
use super::small_button;
use super::words::{field_key, value_text};
use crate::state::Desk;

pub fn history(desk: Desk, line: &FactLine) -> Option<El> {
    if line.history.is_empty() {
        return None;
    }
    let name = plain(field_key(line.field));
    let n = line.history.len().to_string();
    let summary = el("summary")
        .class("dk-more__summary")
        .set("aria-label", &plain_with(Key::DeskFactsHistoryNamed, &[("field", &name), ("n", &n)]))
        .put(say_with(Key::DeskFactsHistory, &[("n", &n)]));
    let rows: Vec<El> = line.history.iter().map(|change| one(line.field, change)).collect();
    let undone = line.clone();
    // A draft is taken back where it stands.
    let undo = line.draft.is_none().then(|| {
        let label = plain_with(Key::DeskFactsUndoNamed, &[("field", &name)]);
        small_button(say(Key::DeskFactsUndo), &label, move || desk.facts.undo(&undone))
            .set("data-testid", "fact-undo")
            .live("disabled", move || desk.facts.busy.get().then_some("".into()))
    });
    let more = el("details")
        .class("dk-more dk-fact__history")
        .set("data-testid", "fact-history")
        .put(summary)
        .put(el("ol").class("dk-fact__changes").put(rows))
        .put(undo);
    Some(more)
}

fn one(field: Field, change: &Change) -> El {
    let (before, after) =
        (value_text(field, change.before.as_ref()), value_text(field, change.after.as_ref()));
    let words = say_with(Key::DeskFactsFromTo, &[("before", &before), ("after", &after)]);
    let edition = change.edition.map(|n| say_with(Key::DeskFactsInEdition, &[("n", &n.to_string())]));
    let by = by_at(change).put(" · ").put(edition.unwrap_or_default());
    el("li").put(el("p").put(words)).put(by)
}

pub fn by_at(change: &Change) -> El {
    let places = [("by", &*change.by), ("time", &*when(&change.at))];
    el("p").class("dk-small").put(say_with(Key::DeskFactsByAt, &places))
}
