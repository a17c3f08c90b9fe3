//! わたしたちの情報: what founders read of the association and its team. First what is not known, then what nobody has looked
//! at for a year, then the rest; above all of it what waits to be published.

mod drafts;
mod form;
mod history;
mod words;

use domain::api::desk::facts::{FactLine, Facts, Said};
use domain::fact::AsOf;
use domain::profile::{Field, Freshness, Group};
use ui::component::{Tone, button, notice, outside};
use ui::format;
use ui::i18n::{Key, plain, plain_with, say, say_with};
use ui::node::{Content, El, el};

use super::words::{trouble, when};
use super::{loading, section, small, title};
use crate::state::facts::Told;
use crate::state::{Desk, Fetched};
use words::{field_key, value};

pub fn facts(desk: Desk) -> Content {
    desk.facts.open();
    let body = move || {
        let editing = desk.facts.editing.get();
        match desk.facts.there.get() {
            Fetched::NotYet => loading().into(),
            Fetched::There(facts) => lists(desk, &facts, editing),
            Fetched::Failed(why) => {
                let again = button("line", say(Key::DeskAgain), move || desk.facts.look());
                el("div").put(trouble(&why)).put(el("div").class("dk-actions").put(again)).into()
            }
        }
    };
    let told = el("div")
        .id("facts-told")
        .class("dk-facts-told")
        .set("tabindex", "-1")
        .put_live(move || desk.facts.told.get().as_ref().map(told));
    Content::Many(vec![
        el("div").class("dk-head").put(title(say(Key::DeskFactsTitle))).into(),
        told.into(),
        el("div").set("data-testid", "own-facts").put_live(body).into(),
    ])
}

/// How many are to be looked at: beside the door, small. Nothing where there is none.
pub fn count(desk: Desk) -> Option<El> {
    let n = desk.facts.to_check();
    if n == 0 {
        return None;
    }
    let number = el("span").class("dk-rail__count").set("aria-hidden", "true").put(n.to_string());
    let said = plain_with(Key::DeskFactsCount, &[("n", &n.to_string())]);
    let read = el("span").class("tn-visually-hidden").put(["、", &said].concat());
    Some(el("span").set("data-testid", "facts-count").put(number).put(read))
}

fn told(told: &Told) -> El {
    let good = |words: Content| notice(Tone::Good, words).set("data-testid", "facts-done");
    let of = |key: Key, field: Field| good(say_with(key, &[("field", &plain(field_key(field)))]));
    match told {
        Told::Drafted(field) => of(Key::DeskFactsDrafted, *field),
        Told::Dropped(field) => of(Key::DeskFactsDropped, *field),
        Told::TakenBack(field) => of(Key::DeskFactsTakenBack, *field),
        Told::Published(edition, at) => {
            let places = [("n", &*edition.to_string()), ("time", &*when(at))];
            notice(Tone::Good, say_with(Key::DeskFactsPublished, &places))
                .set("data-testid", "facts-published")
        }
        Told::Meanwhile => {
            notice(Tone::Warning, say(Key::DeskFactsMeanwhile)).set("data-testid", "facts-meanwhile")
        }
        Told::Trouble(why) => trouble(why),
    }
}

fn lists(desk: Desk, facts: &Facts, editing: Option<Field>) -> Content {
    let of = |wanted: &dyn Fn(&FactLine) -> bool| -> Vec<El> {
        facts.facts.iter().filter(|line| wanted(line)).map(|line| row(desk, line, editing)).collect()
    };
    let mut parts = vec![small(say(Key::DeskFactsLead)), edition(facts)];
    parts.extend(drafts::drafts(desk, facts));
    for (id, heading, hint, freshness) in [
        ("facts-unknown", Key::DeskFactsUnknown, Key::DeskFactsUnknownHint, Freshness::Unknown),
        ("facts-stale", Key::DeskFactsStale, Key::DeskFactsStaleHint, Freshness::Stale),
    ] {
        let rows = of(&|line| line.freshness == freshness);
        if !rows.is_empty() {
            let heading = counted(heading, rows.len());
            parts.push(section(id, heading).put(small(say(hint))).put(list(rows)));
        }
    }
    if facts.facts.iter().all(|line| line.freshness == Freshness::Fresh) {
        parts
            .push(el("p").class("dk-empty").set("data-testid", "all-fresh").put(say(Key::DeskFactsAllFresh)));
    }
    for (id, heading, group) in [
        ("facts-contact", Key::DeskFactsContact, Group::Contact),
        ("facts-association", Key::DeskFactsAssociation, Group::Association),
        ("facts-team", Key::DeskFactsTeam, Group::Team),
    ] {
        let rows = of(&|line| line.freshness == Freshness::Fresh && line.field.group() == group);
        if !rows.is_empty() {
            parts.push(section(id, say(heading)).put(list(rows)));
        }
    }
    parts.into()
}

fn list(rows: Vec<El>) -> El {
    el("ul").class("dk-facts-list").put(rows)
}

fn counted(heading: Key, n: usize) -> El {
    el("span").put(say(heading)).put(" ").put(el("span").class("dk-count").put(n.to_string()))
}

fn edition(facts: &Facts) -> El {
    let number = say_with(Key::DeskFactsEdition, &[("n", &facts.edition.to_string())]);
    let at = facts.published_at.as_ref().map(|at| say_with(Key::DeskFactsEditionAt, &[("time", &when(at))]));
    let line = small(number).set("data-testid", "facts-edition");
    match at {
        Some(at) => line.put(" · ").put(at),
        None => line,
    }
}

fn row(desk: Desk, line: &FactLine, editing: Option<Field>) -> El {
    let field = line.field;
    let id = ["fact-", field.code()].concat();
    let label = el("h3")
        .class("dk-fact__label")
        .put(say(field_key(field)))
        .put(line.draft.is_some().then(|| el("span").class("dk-now").put(say(Key::DeskFactsDraft))));
    let item = el("li")
        .class("dk-fact")
        .set("data-testid", &id)
        .put(label)
        .put(el("div").class("dk-fact__body").put(shown(field, line.now.as_ref())));
    if editing == Some(field) {
        return item.put(form::form(desk, line));
    }
    item.put(acts(desk, line)).put(history::history(desk, line))
}

/// As founders read it.
fn shown(field: Field, said: Option<&Said>) -> Vec<El> {
    let Some(said) = said else {
        return vec![el("p").class("dk-fact__unknown").put(say(Key::FactUnknown))];
    };
    let source = match &said.url {
        Some(url) => outside(url, said.source.clone()),
        None => el("span").put(said.source.clone()),
    };
    let checked = match &said.checked {
        Some(day) => say_with(Key::DeskFactsChecked, &[("date", &format::as_of(&AsOf(day.clone())))]),
        None => say(Key::FactUndated),
    };
    let from = el("p").class("dk-fact__source").put(source.set("lang", "ja")).put(" · ").put(checked);
    let note = said.note.clone().map(|note| el("p").class("dk-fact__note").set("lang", "ja").put(note));
    let said = el("p").class("dk-fact__value").set("data-testid", "fact-value").put(value(field, said));
    [Some(said), note, Some(from)].into_iter().flatten().collect()
}

fn acts(desk: Desk, line: &FactLine) -> El {
    let field = line.field;
    let name = plain(field_key(field));
    let named = |key: Key| plain_with(key, &[("field", &name)]);
    let known = line.now.is_some();
    let (words, label) = if known {
        (Key::DeskFactsEdit, Key::DeskFactsEditNamed)
    } else {
        (Key::DeskFactsFill, Key::DeskFactsFillNamed)
    };
    let edit = small_button(say(words), &named(label), move || desk.facts.edit(field))
        .set("data-testid", "fact-edit");
    let confirmed = line.clone();
    let confirm = (known && line.draft.is_none()).then(|| {
        small_button(say(Key::DeskFactsConfirm), &named(Key::DeskFactsConfirmNamed), move || {
            desk.facts.confirm(&confirmed);
        })
        .set("data-testid", "fact-confirm")
        .live("disabled", move || desk.facts.busy.get().then_some("".into()))
    });
    el("div").class("dk-fact__acts").put(confirm).put(edit)
}

fn small_button(words: Content, label: &str, act: impl Fn() + 'static) -> El {
    button("line", words, act).set("data-size", "content").set("aria-label", label)
}
