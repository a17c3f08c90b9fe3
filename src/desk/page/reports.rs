//! 集計: what a team's bookings come to. The federation, which has no bookings, sees all associations in quarters.

mod bars;
mod national;

use domain::api::desk::report::{Report, Subjects};
use domain::report::few::Shown;
use domain::report::{Figures, Outcome, Spread};
use domain::slot::Kind;
use ui::component::{Tone, button, group, notice, pick};
use ui::format;
use ui::i18n::{Key, plain, plain_with, say, say_with};
use ui::node::{Content, El, el};

use super::words::{Coded, industries, kind_key, stages, trouble};
use super::{link_button, loading, section, small, title};
use crate::state::Fetched;
use crate::state::reports::{Choice, Reports, export_href};
use bars::{Bar, bars};

const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

pub fn reports(reports: Reports) -> Content {
    reports.open();
    let body = if reports.are_a_teams() { of_team(reports) } else { national::national(reports) };
    Content::Many(vec![
        el("div").class("dk-head").put(title(say(Key::DeskRepTitle))).put(print()).into(),
        body.into(),
    ])
}

pub(super) fn print() -> El {
    let print = button("line", say(Key::DeskPrint), browser::tab::print).set("data-size", "content");
    el("div").class("dk-head__ways dk-no-print").put(print)
}

fn of_team(reports: Reports) -> El {
    let told = move || -> Content {
        if reports.wrong.get() {
            return notice(Tone::Warning, say(Key::DeskRepWrong)).into();
        }
        match reports.report.get() {
            Fetched::NotYet => loading().into(),
            Fetched::There(report) => drawn(&report),
            Fetched::Failed(why) => trouble(&why).into(),
        }
    };
    el("div")
        .put(small(say(Key::DeskRepLead)))
        .put(chooser(reports))
        .put(el("div").set("aria-live", "polite").set("data-testid", "report").put_live(told))
        .put(
            section("not-counted", say(Key::DeskRepNotCounted))
                .put(el("p").class("dk-small dk-lead").put(say(Key::DeskRepNotCountedWords))),
        )
}

fn chooser(reports: Reports) -> El {
    let now = reports.choice.now();
    let picks = Choice::ALL.map(|choice| {
        let words = say(match choice {
            Choice::ThisMonth => Key::DeskRepThisMonth,
            Choice::LastMonth => Key::DeskRepLastMonth,
            Choice::FiscalYear => Key::DeskRepYear,
            Choice::Free => Key::DeskRepFree,
        });
        pick("period", choice.code(), words, now == choice, move || reports.choose(choice))
    });
    let free = move || {
        let free = reports.choice.with(|choice| *choice == Choice::Free);
        free.then(|| {
            let (from, to) = reports.days.now();
            el("div")
                .class("dk-rep__days")
                .put(day(reports, "from", Key::DeskRepFrom, &from, |days, text| days.0 = text))
                .put(day(reports, "to", Key::DeskRepTo, &to, |days, text| days.1 = text))
        })
    };
    el("div")
        .class("dk-rep__period dk-no-print")
        .put(group(say(Key::DeskRepPeriod), None, picks.into()))
        .put(el("div").put_live(free))
}

fn day(
    reports: Reports,
    id: &'static str,
    label: Key,
    value: &str,
    put: fn(&mut (String, String), String),
) -> El {
    let input = el("input")
        .class("tn-field__input")
        .id(id)
        .set("type", "date")
        .set("value", value)
        .on_input(move |text| reports.write_days(|days| put(days, text)));
    el("div").put(el("label").class("tn-field__label").set("for", id).put(say(label))).put(input)
}

fn drawn(report: &Report) -> Content {
    let shown =
        say_with(Key::DeskRepShown, &[("from", &in_words(&report.from)), ("to", &in_words(&report.to))]);
    let shown = el("p").class("dk-rep__shown").set("data-testid", "shown").put(shown);
    if report.figures.all == 0 {
        let none = el("p").class("dk-empty").set("data-testid", "none").put(say(Key::DeskRepNone));
        return Content::Many(vec![shown.into(), none.into()]);
    }
    let fictional = report.fictional.then(|| notice(Tone::Plain, say(Key::DeskRepFictional)));
    Content::Many(vec![
        shown.into(),
        fictional.into(),
        figures(&report.figures).into(),
        charts(&report.figures).into(),
        about(report).into(),
        export(report).into(),
    ])
}

pub(super) fn in_words(day: &str) -> String {
    domain::calendar::Date::parse(day).map_or_else(|| day.to_owned(), format::day)
}

/// The five that matter, each with the sentence that says what it is.
fn figures(figures: &Figures) -> El {
    let count = |n: u32| plain_with(Key::DeskRepCount, &[("n", &n.to_string())]);
    let standing = figures.outcome(Outcome::Standing).to_string();
    let absent = match figures.no_show() {
        Some((absent, of)) => figure(
            "absent",
            Key::DeskRepAbsent,
            plain_with(Key::DeskRepPercent, &[("n", &(absent * 100).div_ceil(of).to_string())]),
            say_with(Key::DeskRepAbsentWords, &[("n", &absent.to_string()), ("of", &of.to_string())]),
        ),
        None => unknown("absent", Key::DeskRepAbsent),
    };
    el("dl")
        .class("dk-rep__figures")
        .put(figure("all", Key::DeskRepAll, count(figures.all), say(Key::DeskRepAllWords)))
        .put(figure(
            "came",
            Key::DeskRepCame,
            count(figures.outcome(Outcome::Attended)),
            say_with(Key::DeskRepCameWords, &[("n", &standing)]),
        ))
        .put(absent)
        .put(length("response", Key::DeskRepResponse, Key::DeskRepResponseWords, figures.response))
        .put(length("ahead", Key::DeskRepAhead, Key::DeskRepAheadWords, figures.lead))
}

fn figure(testid: &str, name: Key, value: String, words: Content) -> El {
    el("div")
        .class("dk-rep__figure")
        .set("data-testid", testid)
        .put(el("dt").put(say(name)))
        .put(el("dd").class("dk-rep__value").put(value))
        .put(el("dd").class("dk-small").put(words))
}

fn unknown(testid: &str, name: Key) -> El {
    figure(testid, name, plain(Key::DeskRepUnknown), say(Key::DeskRepUnknownWords))
}

fn length(testid: &str, name: Key, words: Key, spread: Option<Spread>) -> El {
    let Some(Spread { of, median, ninetieth }) = spread else { return unknown(testid, name) };
    let places = [("ninetieth", &*lasting(ninetieth)), ("of", &*of.to_string())];
    figure(testid, name, lasting(median), say_with(words, &places))
}

/// Rounded up: nobody is said to have waited less than she did.
pub(super) fn lasting(seconds: i64) -> String {
    let hours = (seconds + HOUR - 1) / HOUR;
    let n = |n: i64| n.to_string();
    match hours {
        ..=1 => plain(Key::DeskRepWithinHour),
        2..=48 => plain_with(Key::DeskRepHours, &[("n", &n(hours))]),
        _ => plain_with(Key::DeskRepDays, &[("n", &n((seconds + DAY - 1) / DAY))]),
    }
}

fn charts(figures: &Figures) -> El {
    let kinds = Kind::ALL.into_iter().zip(figures.kinds).map(|(kind, n)| Bar::of(plain(kind_key(kind)), n));
    let outcomes = Outcome::ALL.into_iter().zip(figures.outcomes);
    let outcomes = outcomes.map(|(outcome, n)| Bar::of(plain(outcome_key(outcome)), n));
    let weekdays = figures.weekdays.iter().enumerate().map(|(at, n)| Bar::of(weekday(at), *n));
    let months = figures.months.iter().map(|(month, n)| Bar::of(month.clone(), *n));
    el("div")
        .class("dk-rep__charts")
        .put(bars("kinds", Key::DeskRepByKind, kinds.collect()))
        .put(bars("outcomes", Key::DeskRepByOutcome, outcomes.collect()))
        .put(bars("weekdays", Key::DeskRepByWeekday, weekdays.collect()))
        .put(bars("months", Key::DeskRepByMonth, months.collect()))
}

/// Of the consultations that took place. Where nobody recorded anything, it says where that is done.
fn about(report: &Report) -> El {
    let Subjects { industries, stages, areas } = &report.subjects;
    let place = section("about", say(Key::DeskRepAbout));
    let all: u32 = stages.iter().sum();
    if [industries, stages].iter().all(|counts| counts.last() == Some(&all)) && areas.len() < 2 {
        return place.put(small(say(Key::DeskRepAboutNone)));
    }
    let counts = |counts: &[u32]| counts.iter().copied().map(Shown::Count).collect::<Vec<_>>();
    let areas = areas.iter().map(|(name, count)| {
        Bar::of(if name.is_empty() { plain(Key::DeskUnsaid) } else { name.clone() }, *count)
    });
    let charts = el("div")
        .class("dk-rep__charts")
        .put(by_industry(&counts(industries)))
        .put(by_stage(&counts(stages)))
        .put(bars("areas", Key::DeskArea, areas.collect()));
    place.put(small(say(Key::DeskRepAboutWords))).put(charts)
}

/// The last count is of whom it was not said; so below.
pub(super) fn by_industry(counts: &[Shown]) -> El {
    bars_of("industries", Key::DeskIndustry, industries(), counts)
}

pub(super) fn by_stage(counts: &[Shown]) -> El {
    bars_of("stages", Key::DeskStage, stages(), counts)
}

fn bars_of(testid: &str, heading: Key, names: Vec<Coded>, counts: &[Shown]) -> El {
    let names = names.into_iter().map(|(_, word)| word).chain([plain(Key::DeskUnsaid)]);
    bars(testid, heading, names.zip(counts).map(|(name, count)| Bar::shown(name, *count)).collect())
}

/// From Monday on, as the calendar's words have it.
pub(super) fn weekday(at: usize) -> String {
    // 2024-01-01 was a Monday.
    format::weekday(domain::calendar::Date { year: 2024, month: 1, day: at as u8 + 1 }).to_owned()
}

pub(super) fn outcome_key(outcome: Outcome) -> Key {
    match outcome {
        Outcome::Attended => Key::DeskStatusAttended,
        Outcome::Absent => Key::DeskStatusAbsent,
        Outcome::Standing => Key::DeskRepStanding,
        Outcome::Asked => Key::DeskRepAsked,
        Outcome::Cancelled => Key::DeskStatusCancelled,
        Outcome::Declined => Key::DeskStatusDeclined,
        Outcome::Expired => Key::DeskStatusExpired,
    }
}

fn export(report: &Report) -> El {
    let link = |name: &str, words: Key| {
        link_button("line", &export_href(name, report), say(words))
            .set("download", "")
            .set("data-testid", &["export-", name].concat())
    };
    section("export", say(Key::DeskRepExport))
        .class("dk-section dk-no-print")
        .put(small(say(Key::DeskRepExportWords)))
        .put(
            el("div")
                .class("dk-actions")
                .put(link("bookings", Key::DeskRepExportRows))
                .put(link("totals", Key::DeskRepExportTotals)),
        )
}
