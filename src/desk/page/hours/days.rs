//! Single days that are closed or open, days with fewer people, and the limits of all times.

use domain::slot::file::{AwayLine, ROOM_MAX, RulesFile};
use ui::component::tick;
use ui::i18n::{Key, plain_with, say};
use ui::node::{El, el};

use super::super::{section, small};
use super::{Span, add, error, framed_as, number, remove, text, time, weekly};
use crate::state::Desk;
use crate::state::hours::edit;

/// 「3行目を消す」
fn remove_nth(at: usize, testid: &str, act: impl Fn() + 'static) -> El {
    let label = plain_with(Key::DeskHoursRemoveNth, &[("n", &(at + 1).to_string())]);
    remove(&label, testid, act)
}

fn id_of(section: &str, at: usize) -> String {
    [section, "-", &at.to_string()].concat()
}

pub fn days(desk: Desk, file: &RulesFile) -> El {
    let closed: Vec<El> = file.closed.iter().enumerate().map(|(at, day)| closed_day(desk, at, day)).collect();
    let open: Vec<El> = (0..file.open.len()).map(|at| open_day(desk, at, file)).collect();
    let add_closed = add(Key::DeskHoursAddClosed, "add-closed", move || {
        let at = desk.hours.form.peek(|file| file.closed.len());
        desk.hours.reshape(id_of("closed", at), |file| file.closed.push(String::new()));
    })
    .id("add-closed");
    let add_open = add(Key::DeskHoursAddOpen, "add-open", move || {
        let at = desk.hours.form.peek(|file| file.open.len());
        desk.hours.reshape([&id_of("open", at), "-date"].concat(), edit::add_open);
    })
    .id("add-open");
    section("days", say(Key::DeskHoursDays))
        .put(small(say(Key::DeskHoursHolidays)))
        .put(el("h3").class("dk-hours__day").put(say(Key::DeskHoursClosed)))
        .put(el("div").class("dk-hours__row").put(closed))
        .put(el("div").class("dk-actions").put(add_closed))
        .put(el("h3").class("dk-hours__day").put(say(Key::DeskHoursOpen)))
        .put(small(say(Key::DeskHoursOpenHint)))
        .put(open)
        .put(el("div").class("dk-actions").put(add_open))
}

fn closed_day(desk: Desk, at: usize, day: &str) -> El {
    let field = text(desk, (&id_of("closed", at), "date"), Key::DeskHoursDate, day, move |file, text| {
        if let Some(day) = file.closed.get_mut(at) {
            *day = text;
        }
    });
    let remove = remove_nth(at, "remove-closed", move || {
        desk.hours.reshape("add-closed".to_owned(), |file| {
            if at < file.closed.len() {
                file.closed.remove(at);
            }
        });
    });
    el("div").class("dk-stretch").set("data-testid", "closed-day").put(field).put(remove)
}

fn open_day(desk: Desk, at: usize, file: &RulesFile) -> El {
    let (id, line) = (id_of("open", at), &file.open[at]);
    let date = [&*id, "-date"].concat();
    let date = text(desk, (&date, "date"), Key::DeskHoursDate, &line.date, move |file, text| {
        if let Some(line) = file.open.get_mut(at) {
            line.date = text;
        }
    });
    let remove = remove_nth(at, "remove-open", move || {
        desk.hours.reshape("add-open".to_owned(), |file| {
            if at < file.open.len() {
                file.open.remove(at);
            }
        });
    });
    el("div")
        .class("dk-stretch")
        .id(&id)
        .set("data-testid", "open-day")
        .put(el("div").class("dk-hours__row").put(date))
        .put(weekly::fields(desk, &id, at, &line.hours, |file, at| {
            file.open.get_mut(at).map(|line| &mut line.hours)
        }))
        .put(remove)
}

pub fn away(desk: Desk, file: &RulesFile) -> El {
    let lines: Vec<El> = file.away.iter().enumerate().map(|(at, line)| away_line(desk, at, line)).collect();
    let more = add(Key::DeskHoursAddAway, "add-away", move || {
        let at = desk.hours.form.peek(|file| file.away.len());
        desk.hours.reshape([&id_of("away", at), "-from"].concat(), edit::add_away);
    })
    .id("add-away");
    section("away", say(Key::DeskHoursAway))
        .put(small(say(Key::DeskHoursAwayHint)))
        .put(lines)
        .put(el("div").class("dk-actions").put(more))
}

fn away_line(desk: Desk, at: usize, line: &AwayLine) -> El {
    let id = id_of("away", at);
    let of = |field: &str| [&*id, "-", field].concat();
    let change = move |file: &mut RulesFile, change: &dyn Fn(&mut AwayLine)| {
        if let Some(line) = file.away.get_mut(at) {
            change(line);
        }
    };
    let from = text(desk, (&of("from"), "date"), Key::DeskHoursFirstDay, &line.from, move |file, text| {
        change(file, &|line| line.from.clone_from(&text));
    });
    let to = text(desk, (&of("to"), "date"), Key::DeskHoursLastDay, &line.to, move |file, text| {
        change(file, &|line| line.to.clone_from(&text));
    });
    let span = Span { least: 1, most: 50, step: 1 };
    let places = number(
        desk,
        &of("places"),
        Key::DeskHoursAwayPlaces,
        Some(line.places.into()),
        span,
        move |file, number| change(file, &|line| line.places = u8::try_from(number).unwrap_or(u8::MAX)),
    );
    let part = tick("away-part", say(Key::DeskHoursAwayPart), line.between.is_some(), move |on| {
        let focus = ["away-", &at.to_string(), if on { "-between" } else { "-from" }].concat();
        desk.hours.reshape(focus, |file| {
            change(file, &|line| {
                line.between = on.then(|| ("13:00".to_owned(), "17:00".to_owned()));
            });
        });
    });
    let remove = remove_nth(at, "remove-away", move || {
        desk.hours.reshape("add-away".to_owned(), |file| {
            if at < file.away.len() {
                file.away.remove(at);
            }
        });
    });
    el("div")
        .class("dk-stretch")
        .id(&id)
        .set("data-testid", "away-line")
        .put(el("div").class("dk-hours__row").put(from).put(to).put(places))
        .put(part)
        .put(line.between.as_ref().map(|between| part_of_day(desk, at, &id, between)))
        .put(remove)
}

fn part_of_day(desk: Desk, at: usize, id: &str, (from, to): &(String, String)) -> El {
    let change = move |file: &mut RulesFile, change: &dyn Fn(&mut (String, String))| {
        if let Some(between) = file.away.get_mut(at).and_then(|line| line.between.as_mut()) {
            change(between);
        }
    };
    let first = [id, "-between"].concat();
    let last = [id, "-between-to"].concat();
    el("div")
        .class("dk-hours__row")
        .put(time(desk, &first, Key::DeskHoursFrom, from, move |file, text| {
            change(file, &|between| between.0.clone_from(&text));
        }))
        .put(time(desk, &last, Key::DeskHoursTo, to, move |file, text| {
            change(file, &|between| between.1.clone_from(&text));
        }))
}

pub fn terms(desk: Desk, file: &RulesFile) -> El {
    let hours = Span { least: 0, most: 24 * 60, step: 1 };
    let buffer = Span { least: 0, most: 240, step: 15 };
    let horizon = Span { least: 0, most: 365, step: 1 };
    let small = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
    let row = el("div")
        .class("dk-hours__row dk-hours__terms")
        .put(number(
            desk,
            "buffer",
            Key::DeskHoursBuffer,
            Some(file.buffer.into()),
            buffer,
            move |file, to| {
                file.buffer = small(to);
            },
        ))
        .put(number(desk, "lead", Key::DeskHoursLeadHours, Some(file.lead_hours), hours, |file, to| {
            file.lead_hours = to;
        }))
        .put(number(
            desk,
            "horizon",
            Key::DeskHoursHorizon,
            Some(file.horizon_days.into()),
            horizon,
            move |file, to| file.horizon_days = small(to),
        ))
        .put(cap(desk, file))
        .put(number(
            desk,
            "deadline",
            Key::DeskHoursDeadline,
            Some(file.deadline_hours),
            hours,
            |file, to| {
                file.deadline_hours = to;
            },
        ));
    let by_hand = tick("by-hand", say(Key::DeskHoursByHand), file.by_hand, move |on| {
        desk.hours.edit(|file| file.by_hand = on);
    });
    section("terms", say(Key::DeskHoursTerms))
        .put(row)
        .put(by_hand)
        .put(error(desk, "by-hand"))
        .put(rooms(desk, file))
}

/// As many names as there are places at once; the first place is taken first.
fn rooms(desk: Desk, file: &RulesFile) -> El {
    let of_lines = file.weekly.iter().map(|line| &line.hours).chain(file.open.iter().map(|line| &line.hours));
    let places = of_lines.map(|hours| usize::from(hours.places)).max().unwrap_or(1).max(file.rooms.len());
    let mut row = el("div").class("dk-hours__row");
    for at in 0..places.min(MOST_ROOMS) {
        let id = ["room-", &at.to_string()].concat();
        let name = file.rooms.get(at).cloned().unwrap_or_default();
        let input = el("input")
            .set("type", "text")
            .set("autocomplete", "off")
            .set("maxlength", &ROOM_MAX.to_string())
            .set("value", &name)
            .on_input(move |text| desk.hours.edit(|file| edit::name_room(&mut file.rooms, at, text.trim())));
        let label = plain_with(Key::DeskOpsRoom, &[("n", &(at + 1).to_string())]);
        row = row.put(framed_as(desk, &id, label, input));
    }
    let tell = tick("tell-room", say(Key::DeskOpsTellRoom), file.tell_room, move |on| {
        desk.hours.edit(|file| file.tell_room = on);
    });
    section("rooms", say(Key::DeskOpsRooms)).put(small(say(Key::DeskOpsRoomsWords))).put(row).put(tell)
}

/// More are not shown; nobody has so many.
const MOST_ROOMS: usize = 20;

/// Empty is no limit.
fn cap(desk: Desk, file: &RulesFile) -> El {
    let span = Span { least: 1, most: 500, step: 1 };
    let input = super::number_input(file.cap.map(u32::from), span).on_input(move |text| {
        if text.trim().is_empty() {
            desk.hours.write_number("cap", "1", (1, 1), |file, _| file.cap = None);
        } else {
            desk.hours.write_number("cap", &text, (span.least, span.most), |file, to| {
                file.cap = u16::try_from(to).ok();
            });
        }
    });
    super::framed(desk, "cap", Key::DeskHoursCap, input)
}
