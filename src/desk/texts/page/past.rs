//! What was written before, beside what came of it, and everything that was done.

use domain::api::desk::publish::{DraftRecord, RevisionView};
use ui::component::button;
use ui::i18n::{Key, say, say_with};
use ui::node::{Content, El, el};

use super::words::{deed_key, field_key};
use crate::page::words::{trouble, when};
use crate::page::{loading, small};
use crate::state::Fetched;
use crate::texts::state::Desk;
use crate::texts::state::differ::differing;

pub fn past(desk: Desk, record: &DraftRecord) -> El {
    let revisions: Vec<El> = record
        .revisions
        .iter()
        .map(|line| {
            let number = line.number;
            let words = say_with(
                Key::DeskPubRevision,
                &[("n", &number.to_string()), ("by", &line.by), ("time", &when(&line.at))],
            );
            let show = button("text", say(Key::DeskPubCompare), move || desk.texts.compare(number))
                .set("data-testid", "compare");
            el("li").class("dk-row__about").put(el("span").put(words)).put(show)
        })
        .collect();
    let history: Vec<El> = record
        .history
        .iter()
        .map(|line| {
            let words = [&*when(&line.at), " · ", &line.by, " · "].concat();
            el("li").put(words).put(say(deed_key(&line.what)))
        })
        .collect();
    let compared = move || -> Content {
        match desk.texts.compared.get() {
            None => Content::Nothing,
            Some(Fetched::NotYet) => loading().into(),
            Some(Fetched::There(view)) => beside(&view).into(),
            Some(Fetched::Failed(why)) => trouble(&why).into(),
        }
    };
    el("details")
        .class("dk-more")
        .set("data-testid", "past")
        .put(el("summary").class("dk-more__summary").put(say(Key::DeskPubPast)))
        .put(el("ul").put(revisions))
        .put(el("div").set("aria-live", "polite").put_live(compared))
        .put(el("ul").class("dk-small").set("data-testid", "history").put(history))
}

fn beside(view: &RevisionView) -> El {
    let before = view.before.clone().unwrap_or_default();
    let differing = differing(&before, &view.after);
    if differing.is_empty() {
        return small(say(Key::DeskPubNoChange));
    }
    let mut list = el("dl").class("dk-differs").set("data-testid", "differs");
    for one in differing {
        let row = el("div")
            .put(el("dt").put(say(field_key(one.field))))
            .put(el("dd").class("dk-words").put(el("del").put(one.before)))
            .put(el("dd").class("dk-words").put(el("ins").put(one.after)));
        list = list.put(row);
    }
    list
}
