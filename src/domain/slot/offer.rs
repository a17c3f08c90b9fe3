//! The one judge of a time: offered, or closed for a reason.

use std::ops::Range;

use super::rules::OnDay;
use super::{DAY_MINUTES, Hours, Kind, Rules};
use crate::calendar::{Date, JstTime};

/// A time that is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// Seconds since 1970, UTC; a full minute on the grid.
    pub start: i64,
    /// Minutes.
    pub length: u16,
    pub kind: Kind,
    /// The lowest place that is free; a booking takes this one.
    pub place: u8,
}

/// A consultation that holds a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    pub start: i64,
    pub length: u16,
    pub place: u8,
}

/// Why a time is not offered, the first reason that holds, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyClosed {
    /// It has begun, or too little time is left before it.
    TooSoon,
    /// Later than bookings are taken; from this day on it can be booked.
    TooFar {
        from: Date,
    },
    /// A one-off closed day of the team.
    ClosedDay,
    Holiday,
    YearEnd,
    /// No hours on this day.
    NoHours,
    /// The day has hours, but not at this minute.
    OutsideHours,
    /// These hours, but not this kind.
    OtherKind,
    /// Inside the hours, but nothing begins at this minute.
    NoStart,
    /// As many consultations as the team takes in a day.
    DayFull,
    /// Everybody who could meet her is away.
    Away,
    /// Every place is taken, its buffer included.
    Taken,
}

const MINUTE: i64 = 60;

/// Whether this minute is offered for this kind. `taken` may hold anything that could matter, in any order.
pub fn judge(rules: &Rules, taken: &[Taken], start: i64, kind: Kind, now: i64) -> Result<Slot, WhyClosed> {
    let at = JstTime::from_unix_seconds(start);
    is_bookable_now(rules, at, start, now)?;
    let hours = match rules.on(at.date) {
        OnDay::Closed => return Err(WhyClosed::ClosedDay),
        OnDay::Holiday => return Err(WhyClosed::Holiday),
        OnDay::YearEnd => return Err(WhyClosed::YearEnd),
        OnDay::None => return Err(WhyClosed::NoHours),
        OnDay::Hours(hours) => hours,
    };
    let hours = hours.iter().find(|hours| hours.covers(at.minute)).ok_or(WhyClosed::OutsideHours)?;
    if !hours.offers(kind) {
        return Err(WhyClosed::OtherKind);
    }
    if at.unix_seconds() != start || !hours.begins_at(at.minute) {
        return Err(WhyClosed::NoStart);
    }
    let place = place_at(rules, hours, taken, (at, start))?;
    Ok(Slot { start, length: hours.length(), kind, place })
}

/// The place for a consultation that may begin here: the same for every kind.
fn place_at(
    rules: &Rules,
    hours: &Hours,
    taken: &[Taken],
    (at, start): (JstTime, i64),
) -> Result<u8, WhyClosed> {
    if is_full(rules, taken, at.date) {
        return Err(WhyClosed::DayFull);
    }
    let left = rules.places_at(hours, at);
    if left == 0 {
        return Err(WhyClosed::Away);
    }
    free_place(rules, hours, taken, left, start).ok_or(WhyClosed::Taken)
}

/// Between these moments begins whatever of what is taken can matter to [`judge`] at `start`: what may still run then, what
/// a buffer reaches, and the whole day where consultations are counted. None is longer than a day.
#[must_use]
pub fn reach(rules: &Rules, start: i64) -> Range<i64> {
    let buffer = i64::from(rules.buffer);
    let to = start + (i64::from(rules.longest()) + buffer) * MINUTE;
    let to = match rules.cap {
        Some(_) => to.max(midnight(JstTime::from_unix_seconds(start).date.plus_days(1))),
        None => to,
    };
    start - (i64::from(DAY_MINUTES) + buffer) * MINUTE..to
}

/// The same for [`slots`] from one day to another, both included.
#[must_use]
pub fn reach_of_days(rules: &Rules, (first, last): (Date, Date)) -> Range<i64> {
    let buffer = i64::from(rules.buffer);
    let (begin, end) = (midnight(first), midnight(last.plus_days(1)));
    begin - (i64::from(DAY_MINUTES) + buffer) * MINUTE..end + buffer * MINUTE
}

fn midnight(date: Date) -> i64 {
    JstTime { date, minute: 0 }.unix_seconds()
}

/// Everything offered for this kind from one day to another, both included, in order of time.
#[must_use]
pub fn slots(rules: &Rules, taken: &[Taken], days: (Date, Date), kind: Kind, now: i64) -> Vec<Slot> {
    slots_of_kinds(rules, taken, days, &[kind], now)
}

/// The same for several kinds; those of one time follow one another in the order given here.
#[must_use]
pub fn slots_of_kinds(
    rules: &Rules,
    taken: &[Taken],
    days: (Date, Date),
    kinds: &[Kind],
    now: i64,
) -> Vec<Slot> {
    let today = JstTime::from_unix_seconds(now).date;
    // Whatever is asked, only days that can be booked are looked at.
    let first = days.0.max(today);
    let last = days.1.min(today.plus_days(i64::from(rules.horizon)));
    let mut taken = taken.to_vec();
    taken.sort_unstable_by_key(|one| one.start);
    let mut offered = Vec::new();
    for date in (first.days()..=last.days()).map(Date::from_days) {
        let OnDay::Hours(mut all) = rules.on(date) else { continue };
        let near = near(rules, &taken, date);
        all.sort_by_key(|hours| hours.starts().next());
        for (hours, minute) in all.iter().flat_map(|hours| hours.starts().map(move |minute| (hours, minute)))
        {
            let at = JstTime { date, minute };
            let start = at.unix_seconds();
            if is_bookable_now(rules, at, start, now).is_ok()
                && let Ok(place) = place_at(rules, hours, near, (at, start))
            {
                let kinds = kinds.iter().filter(|kind| hours.offers(**kind));
                let length = hours.length();
                offered.extend(kinds.map(|kind| Slot { start, length, kind: *kind, place }));
            }
        }
    }
    offered
}

/// Of what is taken, in order of time, all that can matter for a day.
fn near<'t>(rules: &Rules, taken: &'t [Taken], date: Date) -> &'t [Taken] {
    let reach = reach_of_days(rules, (date, date));
    let from = taken.partition_point(|one| one.start < reach.start);
    let to = taken.partition_point(|one| one.start < reach.end);
    &taken[from..to.max(from)]
}

/// The offered times closest to one that is gone, the closest first and the earlier of two equally close.
#[must_use]
pub fn nearest(
    rules: &Rules,
    taken: &[Taken],
    wanted: i64,
    days: (Date, Date),
    kind: Kind,
    now: i64,
    at_most: usize,
) -> Vec<Slot> {
    let mut offered = slots(rules, taken, days, kind, now);
    offered.sort_by_key(|slot| ((slot.start - wanted).abs(), slot.start));
    offered.truncate(at_most);
    offered
}

fn is_bookable_now(rules: &Rules, at: JstTime, start: i64, now: i64) -> Result<(), WhyClosed> {
    if start < now + i64::from(rules.lead) * MINUTE || start <= now {
        return Err(WhyClosed::TooSoon);
    }
    let from = at.date.plus_days(-i64::from(rules.horizon));
    if JstTime::from_unix_seconds(now).date < from { Err(WhyClosed::TooFar { from }) } else { Ok(()) }
}

fn is_full(rules: &Rules, taken: &[Taken], date: Date) -> bool {
    rules.cap.is_some_and(|cap| {
        let that_day = taken.iter().filter(|one| JstTime::from_unix_seconds(one.start).date == date).count();
        that_day >= usize::from(cap)
    })
}

/// The lowest place in which nothing runs at that time, buffers on both sides; none where as many run as there is anybody
/// `left` for. What is taken is looked through once, however many places there are: a fair with a hundred of them has
/// thousands taken on a day.
fn free_place(rules: &Rules, hours: &Hours, taken: &[Taken], left: u8, start: i64) -> Option<u8> {
    let buffered = |start: i64, length: u16| (start, start + i64::from(length + rules.buffer) * MINUTE);
    let wanted = buffered(start, hours.length());
    let mut is_busy = [false; u8::MAX as usize + 1];
    for one in taken {
        let held = buffered(one.start, one.length);
        is_busy[usize::from(one.place)] |= held.0 < wanted.1 && wanted.0 < held.1;
    }
    let is_busy = &is_busy[..usize::from(hours.places())];
    // Who is away may have had a lower place than who is met already.
    let busy = is_busy.iter().filter(|is_busy| **is_busy).count();
    let lowest = (0..hours.places()).zip(is_busy).find(|(_, is_busy)| !**is_busy);
    lowest.filter(|_| busy < usize::from(left)).map(|(place, _)| place)
}

#[cfg(test)]
mod tests;
