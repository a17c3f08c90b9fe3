//! Days in a row and the times of one of them. Days are native radio buttons, so that arrow keys walk them and a screen
//! reader counts them; times are buttons that say whether they are chosen.

use domain::calendar::Date;

use crate::format;
use crate::i18n::{Key, plain_with, say, say_with};
use crate::live::Live;
use crate::node::{Content, El, el};

/// A day and how many times are free on it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct DayChoice {
    pub date: Date,
    pub free: usize,
}

/// A row that scrolls sideways. Which days are shown, also full ones, is the caller's choice.
pub fn day_picker(
    days: Vec<DayChoice>,
    chosen: Live<Option<Date>>,
    choose: impl Fn(Date) + Copy + 'static,
) -> El {
    let mut row = el("div").class("tn-days__row");
    for day in days {
        row = row.put(one_day(day, chosen, choose));
    }
    el("fieldset")
        .class("tn-days")
        .put(el("legend").class("tn-segmented__legend").put(say(Key::BookDays)))
        .put(row)
}

fn one_day(day: DayChoice, chosen: Live<Option<Date>>, choose: impl Fn(Date) + Copy + 'static) -> El {
    let DayChoice { date, free } = day;
    let count = match free {
        0 => say(Key::BookNoneFree),
        free => say_with(Key::BookFree, &[("n", &free.to_string())]),
    };
    let words = [format::day(date), free_words(free)].join(" ");
    let input = el("input")
        .class("tn-days__input")
        .set("type", "radio")
        .set("name", "day")
        .set("aria-label", &words)
        .live_property("checked", move || chosen.with(|now| *now == Some(date)).into())
        .on_change(move |_| choose(date));
    let face = el("span")
        .class("tn-days__face")
        .set("aria-hidden", "true")
        .put(el("span").class("tn-days__week").put(format::weekday(date)))
        .put(el("span").class("tn-days__day").put(format::day_short(date)))
        .put(el("span").class("tn-days__free").put(count));
    el("label").class("tn-days__option").flag("data-full", free == 0).put(input).put(face)
}

fn free_words(free: usize) -> String {
    match free {
        0 => crate::i18n::plain(Key::BookNoneFree),
        free => plain_with(Key::BookFree, &[("n", &free.to_string())]),
    }
}

/// The times of a day. `rank` says which wish a time is, from 0; it is named where there are `several`.
pub fn time_list(
    date: Date,
    starts: Vec<i64>,
    several: impl Fn() -> bool + Copy + 'static,
    rank: impl Fn(i64) -> Option<usize> + Copy + 'static,
    choose: impl Fn(i64) + Copy + 'static,
) -> El {
    let mut list = el("div").class("tn-times__list");
    for start in starts {
        let mark = move || -> Content {
            rank(start).filter(|_| several()).map_or(Content::Nothing, |at| {
                let n = (at + 1).to_string();
                el("span").class("tn-times__rank").put(say_with(Key::BookWish, &[("n", &n)])).into()
            })
        };
        let button = el("button")
            .class("tn-times__time")
            .set("type", "button")
            .set("data-testid", "time")
            .set("data-start", &start.to_string())
            .live("aria-pressed", move || Some(if rank(start).is_some() { "true" } else { "false" }.into()))
            .put(el("span").put(format::clock(start)))
            .put_live(mark)
            .on_click(move || choose(start));
        list = list.put(button);
    }
    let day = format::day(date);
    el("div")
        .class("tn-times")
        .set("role", "group")
        .set("aria-label", &plain_with(Key::BookTimes, &[("day", &day)]))
        .put(el("h2").class("tn-times__day").put(day))
        .put(list)
}
