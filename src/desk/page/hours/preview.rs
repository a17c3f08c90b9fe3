//! The next two weeks as founders will see them; what is new and what falls away is marked.

use domain::slot::{Kind, WhyClosed};
use ui::format;
use ui::i18n::{Key, plain, plain_with, say, say_with};
use ui::node::{Content, El, el};

use super::super::words::kind_key;
use super::super::{section, small};
use super::why::why_words;
use crate::state::hours::outlook::{Ahead, Fate, Time, outlook};
use crate::state::{Desk, now};

pub fn preview(desk: Desk) -> El {
    section("preview", say(Key::DeskHoursPreview))
        .class("dk-section dk-preview")
        .put(small(say(Key::DeskHoursPreviewHint)))
        .put(el("div").put_live(move || drawn(desk)))
}

fn drawn(desk: Desk) -> Content {
    let Some(rules) = desk.hours.usable.get() else {
        return el("p").class("dk-empty").put(say(Key::DeskHoursPreviewWrong)).into();
    };
    let (old, taken) = desk.hours.ground();
    let all = outlook(&rules, old.as_ref(), &taken, now());
    let sum = |count: fn(&Ahead) -> usize| all.iter().map(count).sum::<usize>().to_string();
    let counts = [
        ("n", &*sum(Ahead::offered)),
        ("new", &*sum(|day| day.with(Fate::New))),
        ("gone", &*sum(|day| day.with(Fate::Gone))),
    ];
    let half = desk.hours.wrong.with(|wrong| !wrong.is_empty());
    Content::Many(vec![
        half.then(|| small(say(Key::DeskHoursPreviewHalf))).into(),
        el("p")
            .class("dk-preview__sum")
            .set("role", "status")
            .set("data-testid", "preview-sum")
            .put(say_with(Key::DeskHoursPreviewSum, &counts))
            .into(),
        el("ul").class("dk-preview__days").put(all.iter().map(one_day).collect::<Vec<_>>()).into(),
    ])
}

fn one_day(ahead: &Ahead) -> El {
    let offered = ahead.offered();
    let count = match (offered, ahead.closed) {
        (0, Some(why)) => day_word(why),
        (0, None) => plain(Key::DeskHoursNoneFree),
        (n, _) => plain_with(Key::DeskHoursCount, &[("n", &n.to_string())]),
    };
    let times: Vec<El> = ahead.times.iter().map(one_time).collect();
    el("li")
        .class("dk-preview__day")
        .set("data-testid", "preview-day")
        .set("data-day", &ahead.day.to_text())
        .flag("data-none", offered == 0)
        .put(el("span").class("dk-preview__name").put(format::day(ahead.day)))
        .put(el("span").class("dk-preview__count").put(count))
        .put((!times.is_empty()).then(|| el("ul").class("dk-preview__times").put(times)))
}

/// For one word beside a day; a day that is none of the calendar's says its sentence.
fn day_word(why: WhyClosed) -> String {
    match why {
        WhyClosed::ClosedDay => plain(Key::DeskHoursDayClosed),
        WhyClosed::Holiday => plain(Key::DeskHoursDayHoliday),
        WhyClosed::YearEnd => plain(Key::DeskHoursDayYearEnd),
        WhyClosed::NoHours => plain(Key::DeskHoursNone),
        WhyClosed::TooSoon => plain(Key::DeskHoursDayTooSoon),
        WhyClosed::TooFar { .. } => plain(Key::DeskHoursDayTooFar),
        other => why_words(other),
    }
}

fn one_time(time: &Time) -> El {
    let (fate, word) = match time.fate {
        Fate::Stays => ("stays", None),
        Fate::New => ("new", Some(Key::DeskHoursNew)),
        Fate::Changed => ("changed", Some(Key::DeskHoursChanged)),
        Fate::Gone => ("gone", Some(Key::DeskHoursGone)),
    };
    let clock = format::clock(time.start);
    let some = (time.kinds.len() < Kind::ALL.len()).then(|| {
        let kinds: Vec<String> = time.kinds.iter().map(|kind| plain(kind_key(*kind))).collect();
        el("span").class("dk-preview__kinds").put(kinds.join("・"))
    });
    el("li")
        .class("dk-preview__time")
        .set("data-fate", fate)
        .put(el(if time.fate == Fate::Gone { "s" } else { "span" }).put(clock))
        .put(some)
        .put(word.map(|word| el("span").class("dk-preview__fate").put(say(word))))
}
