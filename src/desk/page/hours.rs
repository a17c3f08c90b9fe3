//! 空き時間: when the team can be met, and beside it what founders will see of it.

mod days;
mod preview;
mod save;
mod weekly;
mod why;

use domain::slot::file::RulesFile;
use ui::component::button;
use ui::i18n::{Key, say};
use ui::node::{Content, El, el};

use super::words::trouble;
use super::{loading, small, title};
use crate::state::{Desk, Fetched, Trouble};

/// What is drawn as long as this stays; news about the rules themselves do not touch the form.
#[derive(Clone, Debug, PartialEq)]
enum Stand {
    NotYet,
    There,
    Failed(Trouble),
}

pub fn availability(desk: Desk) -> Content {
    desk.hours.open();
    let stand = move || {
        vec![desk.hours.there.with(|there| match there {
            Fetched::NotYet => Stand::NotYet,
            Fetched::There(_) => Stand::There,
            Fetched::Failed(why) => Stand::Failed(why.clone()),
        })]
    };
    let drawn = move |stand: &Stand| match stand {
        Stand::NotYet => loading(),
        Stand::There => screen(desk),
        Stand::Failed(why) => {
            let again = button("line", say(Key::DeskAgain), move || desk.hours.look());
            el("div").put(trouble(why)).put(el("div").class("dk-actions").put(again))
        }
    };
    Content::Many(vec![
        el("div").class("dk-head").put(title(say(Key::DeskTitleAvailability))).into(),
        el("div").set("data-testid", "availability").put_each(stand, drawn).into(),
    ])
}

fn screen(desk: Desk) -> El {
    let form = move || -> Content {
        let _ = desk.hours.shape.get();
        let file = desk.hours.form.now();
        Content::Many(vec![
            weekly::weekly(desk, &file).into(),
            days::days(desk, &file).into(),
            days::away(desk, &file).into(),
            days::terms(desk, &file).into(),
        ])
    };
    let side = el("div").class("dk-hours__side").put(preview::preview(desk)).put(why::why(desk));
    el("div")
        .put(small(say(Key::DeskHoursLead)))
        .put(save::told(desk))
        .put(el("div").class("dk-hours").put(el("div").class("dk-hours__form").put_live(form)).put(side))
        .put(save::bar(desk))
}

/// A field under its label, with what is wrong in it; `id` as faults name it.
fn framed(desk: Desk, id: &str, label: Key, input: El) -> El {
    framed_as(desk, id, say(label), input)
}

fn framed_as(desk: Desk, id: &str, label: impl Into<Content>, input: El) -> El {
    let error_id = [id, "-error"].concat();
    let wrong = wrong_at(desk, id);
    let input = input
        .class("tn-field__input")
        .id(id)
        .set("aria-describedby", &error_id)
        .live("aria-invalid", move || wrong().is_some().then_some("true".into()));
    el("div")
        .class("tn-field dk-hours__field")
        .put(el("label").class("tn-field__label").set("for", id).put(label))
        .put(input)
        .put(error(desk, id))
}

fn error(desk: Desk, id: &str) -> El {
    let wrong = wrong_at(desk, id);
    el("p")
        .class("tn-field__error")
        .id(&[id, "-error"].concat())
        .put_live(move || wrong().map_or(Content::Nothing, |code| say(code_key(code))))
}

fn wrong_at(desk: Desk, id: &str) -> impl Fn() -> Option<&'static str> + 'static {
    let id = id.to_owned();
    move || {
        let told = desk.hours.wrong.with(|all| all.iter().find(|one| one.id == id).map(|one| one.code));
        // A line that has just come has no day yet; that is no mistake before she saves.
        told.filter(|code| !matches!(*code, "not_a_day" | "not_a_time") || desk.hours.tried.get())
    }
}

fn code_key(code: &str) -> Key {
    match code {
        "not_a_time" => Key::DeskHoursNotATime,
        "not_a_day" => Key::DeskHoursNotADay,
        "off_grid" | "buffer_off_grid" => Key::DeskHoursOffGrid,
        "no_length" => Key::DeskHoursNoLength,
        "too_short" => Key::DeskHoursTooShort,
        "no_place" => Key::DeskHoursNoPlace,
        "no_kind" => Key::DeskHoursNoKind,
        "both_ways" => Key::DeskHoursBothWays,
        "overlap" => Key::DeskHoursOverlap,
        "room_name" | "room_many" => Key::DeskOpsRoomName,
        "room_twice" => Key::DeskOpsRoomTwice,
        "away_backwards" => Key::DeskHoursAwayBackwards,
        _ => Key::DeskHoursNotANumber,
    }
}

fn text(
    desk: Desk,
    (id, kind): (&str, &str),
    label: Key,
    value: &str,
    put: impl Fn(&mut RulesFile, String) + 'static,
) -> El {
    let input = el("input")
        .set("type", kind)
        // Of times: a quarter of an hour. Days go by one.
        .set("step", if kind == "time" { "900" } else { "1" })
        .set("autocomplete", "off")
        .set("value", value)
        .on_input(move |text| desk.hours.edit(|file| put(file, text)));
    framed(desk, id, label, input)
}

fn time(desk: Desk, id: &str, label: Key, value: &str, put: impl Fn(&mut RulesFile, String) + 'static) -> El {
    // Browsers know no 24:00; rules do.
    let kind = if value == "24:00" { "text" } else { "time" };
    text(desk, (id, kind), label, value, put)
}

/// What a field takes, and in what steps arrows lead.
#[derive(Clone, Copy)]
struct Span {
    least: u32,
    most: u32,
    step: u32,
}

fn number(
    desk: Desk,
    id: &str,
    label: Key,
    value: Option<u32>,
    span: Span,
    put: impl Fn(&mut RulesFile, u32) + 'static,
) -> El {
    let own = id.to_owned();
    let input = number_input(value, span)
        .on_input(move |text| desk.hours.write_number(&own, &text, (span.least, span.most), &put));
    framed(desk, id, label, input)
}

fn number_input(value: Option<u32>, span: Span) -> El {
    el("input")
        .set("type", "number")
        .set("inputmode", "numeric")
        .set("autocomplete", "off")
        .set("min", &span.least.to_string())
        .set("max", &span.most.to_string())
        .set("step", &span.step.to_string())
        .set("value", &value.map(|value| value.to_string()).unwrap_or_default())
}

fn remove(label: &str, testid: &str, act: impl Fn() + 'static) -> El {
    button("text", say(Key::DeskHoursRemove), act)
        .set("data-size", "content")
        .set("aria-label", label)
        .set("data-testid", testid)
}

fn add(words: Key, testid: &str, act: impl Fn() + 'static) -> El {
    button("line", say(words), act).set("data-size", "content").set("data-testid", testid)
}
