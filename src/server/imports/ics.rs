//! Calendars (RFC 5545), read by `calcard`, which also follows their rules of repetition.
//!
//! Each event is expanded by itself, with what says that one of its days is another: a file is bounded by what it may ask
//! for, not only by its length, and one line can ask for every second of a century. Times without a zone, and whole days,
//! are meant as a clock in Japan shows them.

use std::collections::BTreeMap;
use std::str::FromStr;

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::dates::CalendarErrorType;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarFrequency, ICalendarProperty,
    ICalendarRecurrenceRule, ICalendarValue,
};
use calcard::{Entry, Parser};
use domain::content::text::is_address;

use super::found::{Found, One};
use super::{DAYS_AHEAD, Left, Unreadable, Why, words};

/// Days of one event that are taken.
const MOST_DAYS: usize = 12;
/// Days of one rule that are looked at, the past ones included: thirty years of every day.
const MOST_LOOKED_AT: usize = 11_000;
/// Rules of one file that are followed. One that never comes true is looked for through a hundred thousand years, and counts
/// as ten.
const MOST_RULES: usize = 50;
const IN_VAIN: usize = 10;
const MOST_ZONES: usize = 50;

/// # Errors
/// Where there is no whole calendar.
pub fn read(text: &str, now: i64) -> Result<Found, Unreadable> {
    // Cut off in the middle it would be a shorter year.
    if !text.trim_end().to_ascii_uppercase().ends_with("END:VCALENDAR") {
        return Err(Unreadable::Broken);
    }
    let mut found = Found::default();
    let mut parser = Parser::new(text);
    let mut calendars = 0;
    loop {
        match parser.entry() {
            Entry::ICalendar(calendar) => {
                calendars += 1;
                Reading::of(calendar, now)?.tell(&mut found);
            }
            Entry::Eof => break,
            Entry::UnterminatedComponent(_) => return Err(Unreadable::Broken),
            Entry::TooManyComponents => return Err(Unreadable::TooLarge),
            // A line that is none; the next ones may be.
            _ => {}
        }
    }
    if calendars == 0 { Err(Unreadable::Broken) } else { Ok(found) }
}

/// One calendar, by events.
struct Reading {
    name: Option<String>,
    zones: Vec<ICalendarComponent>,
    /// What has one UID is one event: itself, and the days on which it is different.
    events: BTreeMap<String, Vec<ICalendarComponent>>,
    now: i64,
    rules_left: usize,
}

impl Reading {
    fn of(calendar: ICalendar, now: i64) -> Result<Self, Unreadable> {
        let mut reading =
            Self { name: None, zones: Vec::new(), events: BTreeMap::new(), now, rules_left: MOST_RULES };
        for component in calendar.components {
            match component.component_type {
                ICalendarComponentType::VCalendar => {
                    let named = text(&component, &ICalendarProperty::Name);
                    let called = ICalendarProperty::Other("X-WR-CALNAME".to_owned());
                    reading.name = named.or_else(|| text(&component, &called));
                }
                ICalendarComponentType::VTimezone => reading.zones.push(component),
                ICalendarComponentType::VEvent => {
                    let uid = key(&component);
                    reading.events.entry(uid).or_default().push(component);
                }
                _ => {}
            }
        }
        if reading.zones.len() > MOST_ZONES { Err(Unreadable::TooLarge) } else { Ok(reading) }
    }

    fn tell(mut self, found: &mut Found) {
        found.name = found.name.take().or_else(|| self.name.take()).or(Some(String::new()));
        for (uid, parts) in std::mem::take(&mut self.events) {
            self.event(&uid, parts, found);
        }
    }

    fn event(&mut self, uid: &str, parts: Vec<ICalendarComponent>, found: &mut Found) {
        let title = text(&parts[0], &ICalendarProperty::Summary).unwrap_or_default();
        let leave = |why| Left { title: words::line(&title, 60), why };
        let rules = parts.iter().map(rules_of).sum::<usize>();
        if rules > self.rules_left || !parts.iter().all(is_followed) {
            return found.left_out.push(leave(Why::Rule));
        }
        self.rules_left -= rules;
        let repeats = parts.len() > 1 || parts.iter().any(ICalendarComponent::is_recurrent);
        let (calendar, zone) = self.calendar_of(parts);
        let expanded = calendar.expand_dates(zone, MOST_LOOKED_AT);
        if rules > 0 && expanded.events.is_empty() {
            self.rules_left = self.rules_left.saturating_sub(IN_VAIN);
        }
        for error in &expanded.errors {
            match error.error {
                CalendarErrorType::MissingDtStart => {
                    found.events.push(undated(uid, &calendar, error.comp_id))
                }
                CalendarErrorType::RRule(_) => found.left_out.push(leave(Why::Rule)),
                _ => found.left_out.push(leave(Why::Date)),
            }
        }
        let days = expanded.events.into_iter().map(|day| {
            let (starts, ends) = day.timestamps();
            Day { part: day.comp_id as usize, starts, ends }
        });
        self.days(uid, &calendar, days.collect(), repeats, found);
    }

    /// The days of one event that are still to come, or why there is none.
    fn days(&self, uid: &str, calendar: &ICalendar, mut days: Vec<Day>, repeats: bool, found: &mut Found) {
        days.sort_unstable_by_key(|day| day.starts);
        let last_day = self.now + DAYS_AHEAD * 86_400;
        if repeats && days.len() > 1 {
            let all = days.len();
            let last = days.last().map_or(0, |day| day.ends);
            days.retain(|day| day.ends > self.now && day.starts <= last_day);
            if days.is_empty() && all > 0 {
                let why = if last <= self.now { Why::Past } else { Why::FarAway };
                let title =
                    calendar.components.iter().find_map(|part| text(part, &ICalendarProperty::Summary));
                found.left_out.push(Left { title: words::line(&title.unwrap_or_default(), 60), why });
            }
            days.truncate(MOST_DAYS);
        }
        for day in days {
            let Some(part) = calendar.components.get(day.part) else { continue };
            match left_out(part) {
                Some(why) => {
                    let title = text(part, &ICalendarProperty::Summary).unwrap_or_default();
                    found.left_out.push(Left { title: words::line(&title, 60), why });
                }
                None => found.events.push(one(uid, calendar, part, &day, repeats)),
            }
        }
    }

    /// With everything that is needed to read its times, and the zone of those that name none. Rules are followed by the
    /// clock of their first day: where that is UTC, so are all.
    fn calendar_of(&self, mut parts: Vec<ICalendarComponent>) -> (ICalendar, Tz) {
        let japan = Tz::from_str("Asia/Tokyo").unwrap_or_default();
        let in_utc = |part: &ICalendarComponent| start_of(part).is_some_and(PartialDateTime::has_zone);
        let zone = if parts.iter().any(|part| rules_of(part) > 0 && in_utc(part)) { Tz::UTC } else { japan };
        let zones = ICalendar { components: self.zones.clone() };
        let known = zones.build_tz_resolver().with_default(zone);
        for part in &mut parts {
            let named = part.property(&ICalendarProperty::Dtstart).and_then(|entry| entry.tz_id());
            let zone = known.resolve_or_default(named);
            for value in part.entries.iter_mut().flat_map(|entry| &mut entry.values) {
                if let ICalendarValue::RecurrenceRule(rule) = value {
                    self.end(rule, zone);
                }
            }
        }
        let components = parts.into_iter().chain(self.zones.iter().cloned()).collect();
        (ICalendar { components }, zone)
    }

    /// The reader compares the end of a rule with its days as they are written. So it is written by the same clock; a day
    /// alone is meant with all of it; and what has no end ends behind the last day that is taken.
    fn end(&self, rule: &mut ICalendarRecurrenceRule, zone: Tz) {
        let until = match &rule.until {
            Some(until) if until.has_zone() => until
                .to_date_time_with_tz(Tz::UTC)
                .map(|at| at.with_timezone(&zone).naive_local().and_utc().timestamp()),
            Some(until) if !until.has_time() => {
                until.to_date_time_with_tz(Tz::UTC).map(|at| at.timestamp() + 86_399)
            }
            Some(_) => None,
            None if rule.count.is_none() => Some(self.now + (DAYS_AHEAD + 1) * 86_400),
            None => None,
        };
        if let Some(until) = until {
            rule.until = Some(PartialDateTime::from_naive_timestamp(until));
        }
    }
}

struct Day {
    part: usize,
    starts: i64,
    ends: i64,
}

fn one(uid: &str, calendar: &ICalendar, part: &ICalendarComponent, day: &Day, repeats: bool) -> One {
    let whole_days = start_of(part).is_some_and(|moment| !moment.has_time());
    let has_end =
        [ICalendarProperty::Dtend, ICalendarProperty::Duration].iter().any(|end| part.has_property(end));
    let zone = part.property(&ICalendarProperty::Dtstart).and_then(|entry| entry.tz_id());
    let zones = calendar.build_tz_resolver();
    let ends = match (whole_days, has_end) {
        // It ends where the next day begins.
        (true, _) => Some(day.ends - 60),
        (false, true) => Some(day.ends),
        (false, false) => None,
    };
    One {
        key: if repeats { format!("{uid}\n{}", which_day(part, day)) } else { uid.to_owned() },
        starts: Some(day.starts),
        ends,
        foreign_clock: zone.is_some_and(|zone| zones.resolve(zone).is_none()),
        ..undated_part(uid, part)
    }
}

/// A day that was moved is still the day it was moved from.
fn which_day(part: &ICalendarComponent, day: &Day) -> String {
    let moved = part.property(&ICalendarProperty::RecurrenceId);
    let from = moved.and_then(|entry| entry.values.first()).and_then(ICalendarValue::as_partial_date_time);
    from.and_then(PartialDateTime::to_rfc3339).unwrap_or_else(|| day.starts.to_string())
}

fn undated(uid: &str, calendar: &ICalendar, part: u32) -> One {
    calendar.components.get(part as usize).map(|part| undated_part(uid, part)).unwrap_or_default()
}

fn undated_part(uid: &str, part: &ICalendarComponent) -> One {
    let text = |property| text(part, &property).unwrap_or_default();
    let link = Some(text(ICalendarProperty::Url)).filter(|link| is_address(link) && link.len() <= 300);
    One {
        key: uid.to_owned(),
        title: words::plain(&text(ICalendarProperty::Summary)),
        text: words::plain(&text(ICalendarProperty::Description)),
        place: words::plain(&text(ICalendarProperty::Location)),
        link,
        ..One::default()
    }
}

fn start_of(part: &ICalendarComponent) -> Option<&PartialDateTime> {
    part.property(&ICalendarProperty::Dtstart)?.values.first()?.as_partial_date_time()
}

fn left_out(part: &ICalendarComponent) -> Option<Why> {
    let says =
        |property, word: &str| text(part, &property).is_some_and(|text| text.eq_ignore_ascii_case(word));
    let private = ["PRIVATE", "CONFIDENTIAL"].iter().any(|word| says(ICalendarProperty::Class, word));
    let cancelled = says(ICalendarProperty::Status, "CANCELLED");
    private.then_some(Why::Private).or(cancelled.then_some(Why::Cancelled))
}

/// Days, weeks, months and years. What repeats within a day is no event for founders.
fn is_followed(part: &ICalendarComponent) -> bool {
    let by_days = |rule: &ICalendarRecurrenceRule| {
        let days = matches!(
            rule.freq,
            ICalendarFrequency::Daily
                | ICalendarFrequency::Weekly
                | ICalendarFrequency::Monthly
                | ICalendarFrequency::Yearly
        );
        days && rule.byhour.is_empty()
            && rule.byminute.is_empty()
            && rule.bysecond.is_empty()
            && rule.rscale.is_none()
    };
    let values = part.entries.iter().flat_map(|entry| &entry.values);
    let mut rules = values.filter_map(|value| match value {
        ICalendarValue::RecurrenceRule(rule) => Some(rule),
        _ => None,
    });
    rules.all(|rule| by_days(rule)) && rules_of(part) <= 1 && !part.has_property(&ICalendarProperty::Exrule)
}

fn rules_of(part: &ICalendarComponent) -> usize {
    part.entries.iter().filter(|entry| entry.name == ICalendarProperty::Rrule).count()
}

/// What tells it from other events: its UID, or what it says where it has none.
fn key(part: &ICalendarComponent) -> String {
    part.uid().map(ToOwned::to_owned).unwrap_or_else(|| {
        let start = part.property(&ICalendarProperty::Dtstart);
        format!("{:?} {:?}", text(part, &ICalendarProperty::Summary), start.map(|start| &start.values))
    })
}

fn text(part: &ICalendarComponent, property: &ICalendarProperty) -> Option<String> {
    let values = &part.property(property)?.values;
    let texts: Vec<&str> = values.iter().filter_map(ICalendarValue::as_text).collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}
