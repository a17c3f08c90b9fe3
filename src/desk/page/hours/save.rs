//! What stands above the form when something is to be decided, and below it the way to save.

use domain::api::desk::Card;
use ui::component::{Tone, button, notice};
use ui::format;
use ui::i18n::{Key, plain, plain_with, say, say_with};
use ui::node::{Content, El, el};

use super::super::words::{trouble, when};
use super::super::{errors_at, small};
use super::{code_key, weekly};
use crate::routes::Route;
use crate::state::hours::edit::{Section, differing, example};
use crate::state::{Desk, Fetched};

pub fn told(desk: Desk) -> El {
    let first = move || -> Content {
        let none =
            desk.hours.there.with(|there| matches!(there, Fetched::There(there) if there.rules.is_none()));
        if none { notice(Tone::Plain, say(Key::DeskHoursFirst)).into() } else { Content::Nothing }
    };
    let fictional = move || -> Content {
        let fictional =
            desk.hours.there.with(|there| matches!(there, Fetched::There(there) if there.fictional));
        if fictional { small(say(Key::DeskHoursFictional)).into() } else { Content::Nothing }
    };
    el("div")
        .put(el("div").put_live(fictional))
        .put(el("div").put_live(first))
        .put(el("div").put_live(move || desk.hours.meanwhile.get().then(|| meanwhile(desk))))
        .put(el("div").put_live(move || desk.hours.aside.with(Option::is_some).then(|| aside(desk))))
        .put(el("div").put_live(move || summary(desk)))
}

fn meanwhile(desk: Desk) -> El {
    let theirs = desk.hours.there.with(|there| match there {
        Fetched::There(there) => there.rules.clone(),
        Fetched::NotYet | Fetched::Failed(_) => None,
    });
    let differ = desk.hours.form.with(|mine| differing(mine, &theirs.unwrap_or_else(example)));
    let words: Vec<String> = differ.into_iter().map(|section| plain(section_key(section))).collect();
    let see = button("line", say(Key::DeskHoursSeeTheirs), move || desk.hours.see_saved())
        .set("data-testid", "see-theirs");
    let go_on = button("line", say(Key::DeskHoursKeepMine), move || desk.hours.go_on())
        .set("data-testid", "keep-mine");
    let words = el("div")
        .put(el("p").put(say(Key::DeskHoursMeanwhile)))
        .put(el("p").put(if words.is_empty() {
            say(Key::DeskHoursSame)
        } else {
            say_with(Key::DeskHoursDiffer, &[("parts", &words.join("・"))])
        }))
        .put(el("div").class("dk-actions").put(see).put(go_on));
    notice(Tone::Warning, words).id("meanwhile").set("tabindex", "-1").set("data-testid", "meanwhile")
}

fn section_key(section: Section) -> Key {
    match section {
        Section::Weekly => Key::DeskHoursWeekly,
        Section::Days => Key::DeskHoursDays,
        Section::Away => Key::DeskHoursAway,
        Section::Terms => Key::DeskHoursTerms,
    }
}

fn aside(desk: Desk) -> El {
    let back = button("line", say(Key::DeskHoursTakeBack), move || desk.hours.take_back())
        .set("data-testid", "take-back");
    let drop = button("text", say(Key::DeskHoursDropAside), move || desk.hours.drop_aside());
    let acts = el("div").class("dk-actions").put(back).put(drop);
    let words = el("div").put(el("p").put(say(Key::DeskHoursAside))).put(acts);
    notice(Tone::Plain, words)
}

fn summary(desk: Desk) -> Option<El> {
    if !desk.hours.tried.get() {
        return None;
    }
    let errors = desk.hours.wrong.get().into_iter().map(|wrong| {
        let what = plain(code_key(wrong.code));
        let words = match place(desk, &wrong.id) {
            Some((place, field)) => {
                say_with(Key::DeskHoursWrongAt, &[("where", &place), ("field", &field), ("what", &what)])
            }
            None => what.into(),
        };
        (wrong.id, words)
    });
    Some(errors_at(errors))
}

/// Which line, and which field of it: several lines have the same fields.
fn place(desk: Desk, id: &str) -> Option<(String, String)> {
    let mut parts = id.splitn(3, '-');
    let (section, at, field) = (parts.next()?, parts.next(), parts.next());
    if section == "room" {
        let n = at.and_then(|at| at.parse::<usize>().ok())? + 1;
        return Some((plain(Key::DeskOpsRooms), plain_with(Key::DeskOpsRoom, &[("n", &n.to_string())])));
    }
    let Some(at) = at.and_then(|at| at.parse::<usize>().ok()) else {
        return Some((plain(Key::DeskHoursTerms), plain(field_key(section))));
    };
    let nth =
        |what: Key| plain_with(Key::DeskHoursNth, &[("what", &plain(what)), ("n", &(at + 1).to_string())]);
    let line = match section {
        "weekly" => desk.hours.form.peek(|file| weekly::called(file, at))?,
        "closed" => nth(Key::DeskHoursClosed),
        "open" => nth(Key::DeskHoursOpen),
        _ => nth(Key::DeskHoursAway),
    };
    let of_away = match field {
        Some("from") => Key::DeskHoursFirstDay,
        Some("to") => Key::DeskHoursLastDay,
        Some("places") => Key::DeskHoursAwayPlaces,
        _ => Key::DeskHoursAwayPart,
    };
    let field = if section == "away" { of_away } else { field_key(field.unwrap_or("date")) };
    Some((line, plain(field)))
}

fn field_key(field: &str) -> Key {
    match field {
        "from" => Key::DeskHoursFrom,
        "to" => Key::DeskHoursTo,
        "length" => Key::DeskHoursLength,
        "every" => Key::DeskHoursEvery,
        "places" => Key::DeskHoursPlaces,
        "kinds" => Key::DeskKind,
        "buffer" => Key::DeskHoursBuffer,
        "lead" => Key::DeskHoursLeadHours,
        "horizon" => Key::DeskHoursHorizon,
        "cap" => Key::DeskHoursCap,
        "deadline" => Key::DeskHoursDeadline,
        _ => Key::DeskHoursDate,
    }
}

pub fn bar(desk: Desk) -> El {
    let save = button("primary", say(Key::DeskHoursSave), move || save(desk))
        .set("data-testid", "save-times")
        .live("disabled", move || {
            let closed = desk.hours.busy.get()
                || !desk.hours.is_changed()
                || desk.hours.meanwhile.get()
                || desk.hours.hits.with(|hits| !hits.is_empty());
            closed.then_some("".into())
        });
    let undo = button("text", say(Key::DeskHoursUndo), move || desk.hours.see_saved())
        .set("data-testid", "undo-times")
        .live("disabled", move || (!desk.hours.is_changed()).then_some("".into()));
    let state = move || -> Content {
        if desk.hours.saved.get() {
            el("p").class("dk-small").set("data-testid", "saved-times").put(say(Key::DeskHoursSaved)).into()
        } else if desk.hours.is_changed() {
            small(say(Key::DeskHoursUnsaved)).into()
        } else {
            Content::Nothing
        }
    };
    el("div")
        .class("dk-hours__bar")
        .put(el("div").put_live(move || hits(desk, &desk.hours.hits.get())))
        .put(el("div").put_live(move || desk.hours.trouble.get().as_ref().map(trouble)))
        .put(
            el("div")
                .class("dk-hours__save")
                .put(save)
                .put(undo)
                .put(el("div").set("role", "status").put_live(state)),
        )
}

fn save(desk: Desk) {
    if !desk.hours.save() {
        browser::document::once_drawn(|| {
            browser::document::focus("errors");
        });
    }
}

/// They stay whatever is saved: she sees whom it is about before she decides.
fn hits(desk: Desk, hits: &[Card]) -> Option<El> {
    if hits.is_empty() {
        return None;
    }
    let mut list = el("ul").class("dk-hours__hits");
    for hit in hits {
        let href = Route::Record(hit.reference.clone()).href();
        let link = el("a").set("href", &href).put(format::reference(&hit.reference));
        list = list.put(el("li").put(el("span").put(when(&hit.start))).put(link));
    }
    let yes =
        button("primary", say(Key::DeskHoursHitsYes), move || save(desk)).set("data-testid", "hits-yes");
    let words = el("div")
        .put(el("p").put(say_with(Key::DeskHoursHits, &[("n", &hits.len().to_string())])))
        .put(list)
        .put(el("div").class("dk-actions").put(yes));
    Some(notice(Tone::Warning, words).set("data-testid", "hits"))
}
