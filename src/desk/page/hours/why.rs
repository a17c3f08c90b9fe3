//! 「なぜ閉まっている？」: one time of one kind, judged by the rules as they stand in the form.

use domain::calendar::{Date, JstTime};
use domain::fact::AsOf;
use domain::slot::{Kind, WhyClosed, judge};
use ui::component::{group, pick};
use ui::format;
use ui::i18n::{Key, plain, plain_with, say, say_with};
use ui::live::Live;
use ui::node::{Content, El, el};

use super::super::words::kind_key;
use super::super::{section, small};
use crate::state::{Desk, now, today};

pub fn why(desk: Desk) -> El {
    let day = Live::new(today().plus_days(1).to_text());
    let clock = Live::new("10:00".to_owned());
    let kind = Live::new(Kind::Visit);
    let field = |id: &'static str, type_of: &'static str, label: Key, into: Live<String>| {
        let input = el("input")
            .class("tn-field__input")
            .id(id)
            .set("type", type_of)
            .set("value", &into.now())
            .on_input(move |text| into.set(text));
        el("div")
            .class("tn-field dk-hours__field")
            .put(el("label").class("tn-field__label").set("for", id).put(say(label)))
            .put(input)
    };
    let kinds = Kind::ALL.into_iter().map(|one| {
        pick("why-kind", one.code(), say(kind_key(one)), kind.now() == one, move || kind.settle(one))
    });
    let said = move || -> Content { said(desk, &day.get(), &clock.get(), kind.get()) };
    section("why", say(Key::DeskHoursWhy))
        .put(small(say(Key::DeskHoursWhyHint)))
        .put(
            el("div")
                .class("dk-hours__row")
                .put(field("why-day", "date", Key::DeskHoursDate, day))
                .put(field("why-time", "time", Key::DeskHoursWhyTime, clock)),
        )
        .put(el("div").class("dk-hours__kinds").put(group(say(Key::DeskKind), None, kinds.collect())))
        .put(el("p").class("dk-why").set("role", "status").set("data-testid", "why-said").put_live(said))
}

fn said(desk: Desk, day: &str, clock: &str, kind: Kind) -> Content {
    let Some(rules) = desk.hours.usable.get() else { return say(Key::DeskHoursPreviewWrong) };
    let Some(start) = moment_of(day, clock) else { return say(Key::DeskHoursWhyWhen) };
    let (_, taken) = desk.hours.ground();
    match judge(&rules, &taken, start, kind, now()) {
        Ok(slot) => say_with(Key::DeskWhyOffered, &[("n", &slot.length.to_string())]),
        Err(why) => why_words(why).into(),
    }
}

fn moment_of(day: &str, clock: &str) -> Option<i64> {
    let date = Date::parse(day)?;
    let (hour, minute) = clock.split_once(':')?;
    let minute = hour.parse::<u16>().ok()?.checked_mul(60)?.checked_add(minute.get(..2)?.parse().ok()?)?;
    (minute < 24 * 60).then(|| JstTime { date, minute }.unix_seconds())
}

pub fn why_words(why: WhyClosed) -> String {
    match why {
        WhyClosed::TooSoon => plain(Key::DeskWhyTooSoon),
        WhyClosed::TooFar { from } => {
            plain_with(Key::DeskWhyTooFar, &[("day", &format::as_of(&AsOf(from.to_text())))])
        }
        WhyClosed::ClosedDay => plain(Key::DeskWhyClosedDay),
        WhyClosed::Holiday => plain(Key::DeskWhyHoliday),
        WhyClosed::YearEnd => plain(Key::DeskWhyYearEnd),
        WhyClosed::NoHours => plain(Key::DeskWhyNoHours),
        WhyClosed::OutsideHours => plain(Key::DeskWhyOutsideHours),
        WhyClosed::OtherKind => plain(Key::DeskWhyOtherKind),
        WhyClosed::NoStart => plain(Key::DeskWhyNoStart),
        WhyClosed::DayFull => plain(Key::DeskWhyDayFull),
        WhyClosed::Away => plain(Key::DeskWhyAway),
        WhyClosed::Taken => plain(Key::DeskWhyTaken),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_is_not_typed_to_its_end_is_none() {
        // 2026-11-30 09:30 in Japan.
        assert_eq!(moment_of("2026-11-30", "09:30"), Some(1_795_996_800 + 30 * 60));
        for (day, clock) in
            [("", "09:30"), ("2026-11-30", ""), ("2026-02-30", "09:30"), ("2026-11-30", "24:00")]
        {
            assert_eq!(moment_of(day, clock), None, "{day} {clock}");
        }
    }
}
