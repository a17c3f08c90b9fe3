//! The stretches of a week, and the fields of one stretch, which a single day's has, too.

use domain::calendar::Date;
use domain::slot::Kind;
use domain::slot::file::{DayOfWeek, HoursLine, RulesFile};
use ui::component::{button, group, tick};
use ui::format;
use ui::i18n::{Key, plain, plain_with, say};
use ui::node::{El, el};

use super::super::section;
use super::super::words::kind_key;
use super::{Span, add, error, number, remove, time};
use crate::state::Desk;
use crate::state::hours::edit::{self, WEEK};

/// Finds the stretch in the rules as they are then.
pub type Find = fn(&mut RulesFile, usize) -> Option<&mut HoursLine>;

const MINUTES: Span = Span { least: 0, most: 1440, step: 15 };
const PLACES: Span = Span { least: 0, most: 50, step: 1 };

pub fn weekly(desk: Desk, file: &RulesFile) -> El {
    let days: Vec<El> = WEEK.iter().enumerate().map(|(at, day)| one_day(desk, file, at, *day)).collect();
    section("weekly", say(Key::DeskHoursWeekly)).set("tabindex", "-1").put(days)
}

/// 「火曜日」
fn name(at: usize) -> String {
    let monday = Date { year: 2026, month: 11, day: 30 };
    let day = format::weekday(monday.plus_days(i64::try_from(at).unwrap_or_default()));
    plain_with(Key::DeskHoursWeekday, &[("day", day)])
}

fn one_day(desk: Desk, file: &RulesFile, at: usize, day: DayOfWeek) -> El {
    let lines: Vec<El> = file
        .weekly
        .iter()
        .enumerate()
        .filter(|(_, line)| line.day == day)
        .enumerate()
        .map(|(nth, (line, weekly))| stretch(desk, &name(at), nth, line, &weekly.hours))
        .collect();
    let none = lines.is_empty();
    let more = add(Key::DeskHoursAddStretch, "add-stretch", move || {
        let id = ["weekly-", &desk.hours.form.peek(|file| file.weekly.len()).to_string(), "-from"].concat();
        desk.hours.reshape(id, |file| edit::add_stretch(file, day));
    })
    .id(&add_id(at))
    .set("aria-label", &plain_with(Key::DeskHoursAddNamed, &[("day", &name(at))]));
    let head = el("div")
        .class("dk-hours__head")
        .put(el("h3").class("dk-hours__day").put(name(at)))
        .put(none.then(|| el("span").class("dk-small").put(say(Key::DeskHoursNone))))
        .put(more);
    el("div")
        .class("dk-hours__weekday")
        .set("data-day", &at.to_string())
        .put(head)
        .put(lines)
        .put((!none).then(|| copies(desk, at, day)))
}

/// 「火曜日の2つ目の時間」
pub fn called(file: &RulesFile, line: usize) -> Option<String> {
    let day = file.weekly.get(line)?.day;
    let at = WEEK.iter().position(|one| *one == day)?;
    let nth = file.weekly[..=line].iter().filter(|other| other.day == day).count();
    Some(plain_with(Key::DeskHoursStretch, &[("day", &name(at)), ("n", &nth.to_string())]))
}

fn add_id(at: usize) -> String {
    ["add-stretch-", &at.to_string()].concat()
}

fn stretch(desk: Desk, day: &str, nth: usize, line: usize, hours: &HoursLine) -> El {
    let called = plain_with(Key::DeskHoursStretch, &[("day", day), ("n", &(nth + 1).to_string())]);
    let gone = plain_with(Key::DeskHoursRemoveNamed, &[("what", &called)]);
    let remove = remove(&gone, "remove-stretch", move || {
        let day = desk.hours.form.peek(|file| file.weekly.get(line).map(|line| line.day));
        let at = WEEK.iter().position(|one| Some(*one) == day).unwrap_or_default();
        desk.hours.reshape(add_id(at), |file| {
            if line < file.weekly.len() {
                file.weekly.remove(line);
            }
        });
    });
    let id = ["weekly-", &line.to_string()].concat();
    el("div")
        .class("dk-stretch")
        .id(&id)
        .set("role", "group")
        .set("aria-label", &called)
        .set("data-testid", "stretch")
        .put(fields(desk, &id, line, hours, |file, line| {
            file.weekly.get_mut(line).map(|line| &mut line.hours)
        }))
        .put(remove)
}

pub fn fields(desk: Desk, id: &str, line: usize, hours: &HoursLine, find: Find) -> Vec<El> {
    let of = |field: &str| [id, "-", field].concat();
    let change = move |file: &mut RulesFile, change: &dyn Fn(&mut HoursLine)| {
        if let Some(hours) = find(file, line) {
            change(hours);
        }
    };
    let small = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
    let minutes = |field: &str, label, value: u16, put: fn(&mut HoursLine, u16)| {
        number(desk, &of(field), label, Some(value.into()), MINUTES, move |file, number| {
            change(file, &|hours| put(hours, small(number)));
        })
    };
    let clocks = el("div")
        .class("dk-hours__row")
        .put(time(desk, &of("from"), Key::DeskHoursFrom, &hours.from, move |file, text| {
            change(file, &|hours| hours.from.clone_from(&text));
        }))
        .put(time(desk, &of("to"), Key::DeskHoursTo, &hours.to, move |file, text| {
            change(file, &|hours| hours.to.clone_from(&text));
        }))
        .put(minutes("length", Key::DeskHoursLength, hours.length, |hours, to| hours.length = to))
        .put(minutes("every", Key::DeskHoursEvery, hours.every, |hours, to| hours.every = to))
        .put(number(
            desk,
            &of("places"),
            Key::DeskHoursPlaces,
            Some(hours.places.into()),
            PLACES,
            move |file, number| {
                change(file, &|hours| hours.places = u8::try_from(number).unwrap_or(u8::MAX));
            },
        ));
    vec![clocks, kinds(desk, &of("kinds"), hours, line, find)]
}

fn kinds(desk: Desk, id: &str, hours: &HoursLine, line: usize, find: Find) -> El {
    let boxes = Kind::ALL.into_iter().map(|kind| {
        tick(&["kind-", kind.code()].concat(), say(kind_key(kind)), hours.kinds.contains(&kind), move |on| {
            desk.hours.edit(|file| {
                if let Some(hours) = find(file, line) {
                    edit::tick(&mut hours.kinds, kind, on);
                }
            });
        })
    });
    let boxes = group(say(Key::DeskKind), None, boxes.collect()).id(id).set("tabindex", "-1");
    el("div").class("dk-hours__kinds").put(boxes).put(error(desk, id))
}

/// Folded away: it replaces what the other day had.
fn copies(desk: Desk, at: usize, day: DayOfWeek) -> El {
    let mut row = el("div").class("dk-actions");
    for (other, to) in WEEK.into_iter().enumerate().filter(|(other, _)| *other != at) {
        let words = plain_with(Key::DeskHoursCopyTo, &[("day", &name(other))]);
        row = row.put(
            button("line", words, move || {
                desk.hours.reshape(add_id(other), |file| edit::copy_day(file, day, to));
            })
            .set("data-size", "content"),
        );
    }
    let summary = el("summary")
        .class("dk-more__summary")
        .set("aria-label", &plain_with(Key::DeskHoursCopyNamed, &[("day", &name(at))]))
        .put(plain(Key::DeskHoursCopy));
    el("details").class("dk-more").put(summary).put(row)
}
