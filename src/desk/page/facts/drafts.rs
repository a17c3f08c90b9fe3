//! What waits to be published, as founders read it now and would read it then.

use domain::api::desk::facts::{Change, FactLine, Facts};
use domain::staff::Needs;
use ui::component::button;
use ui::i18n::{Key, plain, plain_with, say};
use ui::node::{El, el};

use super::super::{section, small};
use super::history::by_at;
use super::words::field_key;
use super::{counted, shown, small_button};
use crate::state::Desk;

/// Nothing where nothing waits.
pub fn drafts(desk: Desk, facts: &Facts) -> Option<El> {
    let waiting = facts.facts.iter().filter_map(|line| Some((line, line.draft.as_ref()?)));
    let rows: Vec<El> = waiting.map(|(line, draft)| one(desk, line, draft)).collect();
    if rows.is_empty() {
        return None;
    }
    let heading = counted(Key::DeskFactsDrafts, rows.len());
    let panel = section("facts-drafts", heading)
        .class("dk-section dk-facts-drafts")
        .put(small(say(Key::DeskFactsDraftsHint)))
        .put(el("ul").class("dk-facts-list").put(rows))
        .put(publish(desk));
    Some(panel)
}

fn one(desk: Desk, line: &FactLine, draft: &Change) -> El {
    let field = line.field;
    let name = plain(field_key(field));
    let half = |key: Key, testid: &str, said| {
        el("div")
            .class("dk-fact__half")
            .set("data-testid", testid)
            .put(el("p").class("dk-small").put(say(key)))
            .put(shown(field, said))
    };
    let dropped = line.clone();
    let label = plain_with(Key::DeskFactsDropNamed, &[("field", &name)]);
    let drop = small_button(say(Key::DeskFactsDrop), &label, move || desk.facts.undo(&dropped))
        .set("data-testid", "fact-drop")
        .live("disabled", move || desk.facts.busy.get().then_some("".into()));
    el("li")
        .class("dk-fact")
        .set("data-testid", &["draft-", field.code()].concat())
        .put(el("h3").class("dk-fact__label").put(name))
        .put(
            el("div")
                .class("dk-fact__halves")
                .put(half(Key::DeskFactsNow, "draft-now", draft.before.as_ref()))
                .put(half(Key::DeskFactsThen, "draft-then", draft.after.as_ref())),
        )
        .put(el("div").class("dk-fact__acts").put(by_at(draft)).put(drop))
}

fn publish(desk: Desk) -> El {
    if !desk.session.may(Needs::Lead) {
        return small(say(Key::DeskFactsPublishLead)).set("data-testid", "facts-lead");
    }
    let go = button("primary", say(Key::DeskFactsPublish), move || desk.facts.publish())
        .set("data-size", "content")
        .set("data-testid", "facts-publish")
        .set("aria-describedby", "facts-publish-then")
        .live("disabled", move || desk.facts.busy.get().then_some("".into()));
    el("div")
        .put(small(say(Key::DeskFactsPublishThen)).id("facts-publish-then"))
        .put(el("div").class("dk-actions").put(go))
}
