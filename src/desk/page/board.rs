//! Today, or a week: first what waits for an answer, then the times of the day.

use domain::api::desk::{Board, Card};
use domain::calendar::Date;
use domain::slot::Kind;
use domain::staff::Needs;
use ui::component::{Tone, notice, notice_with_act};
use ui::format;
use ui::i18n::{Key, plain, plain_with, say, say_with};
use ui::node::{Content, El, el};

use super::card::{Place, row};
use super::words::{told_if, trouble};
use super::{link_button, loading, small, title};
use crate::icon::{Sign, sign};
use crate::routes::{Route, Span};
use crate::state::board::{by_day, monday};
use crate::state::{Desk, Fetched, Trouble, day_of, today};

/// What the address asks for.
#[derive(Clone, Copy, PartialEq)]
struct Asked {
    span: Span,
    day: Date,
    /// The first day of it.
    from: Date,
    days: u16,
}

impl Asked {
    /// Follows the address; nothing where it is another screen's, which comes at once.
    fn by_address(desk: Desk) -> Option<Self> {
        let (span, day) = desk.routing.route.with(|route| match route {
            Route::Board(span, day) => Some((*span, day.unwrap_or_else(today))),
            _ => None,
        })?;
        let (from, days) = match span {
            Span::Day => (day, 1),
            Span::Week => (monday(day), 7),
        };
        Some(Self { span, day, from, days })
    }
}

/// One screen for all days: what waits stays where it is while she turns the pages, and only the days are made anew.
pub fn board(desk: Desk) -> Content {
    let opened = move || {
        Asked::by_address(desk).map(|asked| {
            desk.boards.open(asked.from, asked.days);
            head(desk, asked)
        })
    };
    Content::Many(vec![
        el("div").put_live(opened).into(),
        el("div").put_live(move || second_passkey(desk)).into(),
        el("div").set("aria-live", "polite").put_live(move || told_if(desk.boards.told.get())).into(),
        el("div").put_live(move || freshness(desk)).into(),
        el("div").put_each(move || vec![answer(desk)], move |answer| body(desk, answer)).into(),
    ])
}

fn head(desk: Desk, Asked { span, day: shown, from, .. }: Asked) -> El {
    let heading = match span {
        Span::Day if shown == today() => [plain(Key::DeskTitleToday), format::day(shown)].join(" "),
        Span::Day => format::day(shown),
        Span::Week => [format::day(from), format::day(from.plus_days(6))].join("–"),
    };
    let step = match span {
        Span::Day => 1,
        Span::Week => 7,
    };
    let to = |word: Key, sign: &'static str, days: i64| {
        el("a")
            .class("dk-step")
            .set("href", &Route::Board(span, Some(shown.plus_days(days))).href())
            .set("aria-label", &plain(word))
            .put(sign)
    };
    let (before, after) = match span {
        Span::Day => (Key::DeskDayBefore, Key::DeskDayAfter),
        Span::Week => (Key::DeskWeekBefore, Key::DeskWeekAfter),
    };
    let steps = el("div")
        .class("dk-steps")
        .put(to(before, "‹", -step))
        .put(
            el("a")
                .class("dk-step")
                .set("data-wide", "")
                .set("href", &Route::Board(span, None).href())
                .put(say(Key::DeskTitleToday)),
        )
        .put(to(after, "›", step));
    let half = |which: Span, word: Key| {
        el("a")
            .class("dk-switch__half")
            .set("href", &Route::Board(which, Some(shown).filter(|day| *day != today())).href())
            .flag("aria-current", false)
            .set("data-here", if which == span { "true" } else { "false" })
            .put(say(word))
    };
    let switch = el("div")
        .class("dk-switch")
        .set("role", "group")
        .set("aria-label", &plain(Key::DeskSpan))
        .put(half(Span::Day, Key::DeskDay))
        .put(half(Span::Week, Key::DeskWeek));
    let call = link_button("primary", &Route::Call.href(), say(Key::DeskDoorCall))
        .put(el("kbd").class("dk-kbd").set("aria-hidden", "true").put("c"));
    let crisis = move || {
        let words = say(Key::DeskPubCrisis);
        let way = || link_button("line", &Route::Crisis.href(), words).set("data-testid", "to-crisis");
        desk.session.may(Needs::Lead).then(way)
    };
    el("div")
        .class("dk-head")
        .put(title(heading))
        .put(steps)
        .put(switch)
        .put(el("div").class("dk-head__ways").put_live(crisis).put(call))
}

/// Who has only one way in is shut out with her telephone.
fn second_passkey(desk: Desk) -> Content {
    if desk.session.me().is_none_or(|me| me.passkeys != 1) {
        return Content::Nothing;
    }
    notice_with_act(
        Tone::Plain,
        "second-passkey",
        say(Key::DeskSecondPasskey),
        say(Key::DeskPasskeyAdd),
        move || {
            desk.routing.go(&Route::Passkeys);
        },
    )
    .into()
}

/// How old what is shown may be.
fn freshness(desk: Desk) -> Content {
    let at = format::clock(desk.boards.read_at.get());
    if desk.line.up.get() || desk.boards.read_at.get() == 0 {
        return Content::Nothing;
    }
    notice(Tone::Warning, say_with(Key::DeskStale, &[("time", &at)])).set("data-testid", "stale").into()
}

/// What kind of answer there is. Only another kind draws the whole anew: within a board each card lives for itself.
#[derive(Clone, PartialEq)]
enum Answer {
    NotYet,
    Board { open: bool },
    Failed(Trouble),
}

fn answer(desk: Desk) -> Answer {
    desk.boards.shown.with(|shown| match shown {
        Fetched::NotYet => Answer::NotYet,
        Fetched::There(board) => Answer::Board { open: board.open },
        Fetched::Failed(trouble) => Answer::Failed(trouble.clone()),
    })
}

fn body(desk: Desk, answer: &Answer) -> El {
    let asked = move || Vec::from_iter(Asked::by_address(desk));
    match answer {
        Answer::NotYet => loading(),
        Answer::Failed(Trouble::SignedOut) => el("div"),
        Answer::Failed(why) => el("div").put(trouble(why)).put(again(desk)),
        Answer::Board { open } => el("div")
            .put((!open).then(|| notice(Tone::Plain, say(Key::DeskNotOpen))))
            .put(waiting(desk))
            .put(el("div").put_live(move || read(desk, |board| board.more).then(not_all)))
            .put(el("div").put_each(asked, move |asked| el("div").put(booked(desk, *asked))))
            .put(small(say(Key::DeskOpeningWords))),
    }
}

/// What holds its time is all there. Above the days: nobody reads on to the end of two hundred.
fn not_all() -> El {
    notice(Tone::Plain, say(Key::DeskMoreWithoutPlace)).set("data-testid", "more-without-place")
}

fn again(desk: Desk) -> El {
    el("div")
        .class("dk-actions")
        .put(ui::component::button("line", say(Key::DeskAgain), move || desk.boards.refresh()))
}

/// Reads the board that is shown; follows.
fn read<T: Default>(desk: Desk, read: impl Fn(&Board) -> T) -> T {
    desk.boards.shown.with(|shown| match shown {
        Fetched::There(board) => read(board),
        Fetched::NotYet | Fetched::Failed(_) => T::default(),
    })
}

fn waiting(desk: Desk) -> El {
    let count = move || -> Content {
        let count = read(desk, |board| board.waiting.len());
        el("span").class("dk-count").put(count.to_string()).into()
    };
    let empty = move || -> Content {
        let none = read(desk, |board| board.waiting.is_empty());
        if none {
            el("p").class("dk-empty").set("data-testid", "none-waiting").put(say(Key::DeskNoneWaiting)).into()
        } else {
            Content::Nothing
        }
    };
    let heading = el("span").put(say(Key::DeskWaiting)).put(" ").put_live(count);
    super::section("waiting", heading).put(el("div").put_live(empty)).put(cards(
        desk,
        Place::Waiting,
        move || read(desk, |board| board.waiting.clone()),
    ))
}

fn booked(desk: Desk, Asked { span, from, days, .. }: Asked) -> Vec<El> {
    (0..i64::from(days)).map(|at| of_day(desk, span, from.plus_days(at), at)).collect()
}

fn of_day(desk: Desk, span: Span, day: Date, at: i64) -> El {
    let of = move || {
        read(desk, |board| by_day(&board.booked, day, 1).pop().map(|(_, cards)| cards).unwrap_or_default())
    };
    let empty = move || -> Content {
        if !of().is_empty() {
            return Content::Nothing;
        }
        let words = if span == Span::Day { Key::DeskNoneBooked } else { Key::DeskNoneThatDay };
        el("p").class("dk-empty").set("data-testid", "none-booked").put(say(words)).into()
    };
    let heading = match span {
        Span::Day => say(Key::DeskBooked),
        Span::Week => format::day(day).into(),
    };
    // Who comes, not who let go.
    let count = move || -> Content {
        let count = of().iter().filter(|card| card.status.holds_place()).count();
        el("span").class("dk-count").put(count.to_string()).into()
    };
    let is_today = day == today();
    let heading = el("span").put(heading).put(" ").put_live(count).put(
        (span == Span::Week && is_today).then(|| el("span").class("dk-now").put(say(Key::DeskTitleToday))),
    );
    super::section(&["day-", &at.to_string()].concat(), heading)
        .class(if span == Span::Week { "dk-section dk-section--day" } else { "dk-section" })
        .put(el("div").put_live(empty))
        .put(cards(desk, if span == Span::Week { Place::Week } else { Place::Day }, of))
}

/// Each card stays the very same while it does not change: a tap or the focus on it is not lost to news about another.
fn cards(desk: Desk, place: Place, all: impl Fn() -> Vec<Card> + 'static) -> El {
    el("ul").class("dk-rows").put_each(all, move |card| row(desk, card, place))
}

/// Sign and word of how it takes place.
pub(super) fn kind(kind: Kind) -> El {
    let mark = match kind {
        Kind::Visit => Sign::People,
        Kind::Online => Sign::Online,
        Kind::Phone => Sign::Call,
    };
    el("span").class("dk-kind").put(sign(mark)).put(el("span").put(say(super::words::kind_key(kind))))
}

/// For the heading of a row among others' days.
pub(super) fn day_of_card(card: &Card) -> String {
    format::day(day_of(&card.start))
}

/// Whose it is, in words.
pub(super) fn in_hand(desk: Desk, assigned: Option<i64>) -> String {
    match assigned {
        None => plain(Key::DeskNobody),
        Some(member) if desk.session.me().is_some_and(|me| me.member.id == member) => plain(Key::DeskMine),
        Some(member) => desk.team.name_of(member).unwrap_or_else(|| plain_with(Key::DeskSomebody, &[])),
    }
}
