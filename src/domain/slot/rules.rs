//! When a team can be met: its weekly hours, its exceptions and its limits.
//!
//! One rule decides which hours hold on a day: a one-off day has the last word; holidays and the year-end close what is
//! weekly; else it is the hours of that weekday.

use thiserror::Error;

use super::{GRID, Hours, Kind};
use crate::calendar::{Date, JstTime, Weekday, is_holiday};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    pub weekly: Vec<Weekly>,
    pub days: Vec<Day>,
    /// Times with fewer places: somebody is away.
    pub away: Vec<Away>,
    /// Minutes kept free in a place after each consultation.
    pub buffer: u16,
    /// Minutes before its beginning after which a time can no longer be booked.
    pub lead: u32,
    /// How many days ahead can be booked; 0 is today only.
    pub horizon: u16,
    /// Consultations a day, over all kinds and places.
    pub cap: Option<u16>,
    /// Minutes before its beginning after which she can no longer cancel or move it herself.
    pub deadline: u32,
    /// The team confirms every request by hand.
    pub by_hand: bool,
}

/// Hours that return every week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weekly {
    pub weekday: Weekday,
    pub hours: Hours,
}

/// A day that is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    Closed(Date),
    /// These hours and no weekly ones; several for one date add up. Opens holidays, too.
    Open(Date, Hours),
}

/// From one day to another, both included, between these minutes of each. Who is away stands nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    pub days: (Date, Date),
    /// Since midnight.
    pub minutes: (u16, u16),
    /// As many places fewer.
    pub places: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RulesError {
    #[error("the buffer is a multiple of {GRID} minutes")]
    BufferOffGrid,
    #[error("{0:?} is closed and open at once")]
    BothWays(Date),
    #[error("two stretches of hours overlap on the same day")]
    Overlap,
    #[error("whoever is away leaves before coming back, and takes a place along")]
    AwayBackwards,
}

/// What holds on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum OnDay {
    Hours(Vec<Hours>),
    /// A one-off closed day.
    Closed,
    Holiday,
    YearEnd,
    /// No hours on this weekday.
    None,
}

impl Rules {
    /// What a file or a form says is checked once, whole, before it is used.
    pub fn check(&self) -> Result<(), RulesError> {
        if !self.buffer.is_multiple_of(GRID) {
            return Err(RulesError::BufferOffGrid);
        }
        let is_backwards =
            |away: &Away| away.days.0 > away.days.1 || away.minutes.0 >= away.minutes.1 || away.places == 0;
        if self.away.iter().any(is_backwards) {
            return Err(RulesError::AwayBackwards);
        }
        for day in &self.days {
            if let Day::Closed(date) = day
                && self.days.iter().any(|other| matches!(other, Day::Open(open, _) if open == date))
            {
                return Err(RulesError::BothWays(*date));
            }
        }
        let weekly = self.weekly.iter().map(|weekly| (Ok(weekly.weekday), weekly.hours));
        let open = self.days.iter().filter_map(|day| match day {
            Day::Open(date, hours) => Some((Err(*date), *hours)),
            Day::Closed(_) => None,
        });
        let all: Vec<(Result<Weekday, Date>, Hours)> = weekly.chain(open).collect();
        let overlap = |(at, one): (usize, &(Result<Weekday, Date>, Hours))| {
            all[at + 1..].iter().any(|other| one.0 == other.0 && one.1.overlaps(&other.1))
        };
        if all.iter().enumerate().any(overlap) { Err(RulesError::Overlap) } else { Ok(()) }
    }

    /// What is offered at all.
    #[must_use]
    pub fn kinds(&self) -> Vec<Kind> {
        Kind::ALL.into_iter().filter(|kind| self.all_hours().any(|hours| hours.offers(*kind))).collect()
    }

    /// Places that are left for a consultation of these hours that begins then.
    pub(super) fn places_at(&self, hours: &Hours, at: JstTime) -> u8 {
        let ends = at.minute + hours.length();
        let away = self.away.iter().filter(|away| {
            (away.days.0..=away.days.1).contains(&at.date)
                && at.minute < away.minutes.1
                && away.minutes.0 < ends
        });
        away.fold(hours.places(), |left, away| left.saturating_sub(away.places))
    }

    /// Minutes of the longest consultation.
    pub(super) fn longest(&self) -> u16 {
        self.all_hours().map(Hours::length).max().unwrap_or(0)
    }

    fn all_hours(&self) -> impl Iterator<Item = &Hours> {
        let open = self.days.iter().filter_map(|day| match day {
            Day::Open(_, hours) => Some(hours),
            Day::Closed(_) => None,
        });
        self.weekly.iter().map(|weekly| &weekly.hours).chain(open)
    }

    pub(super) fn on(&self, date: Date) -> OnDay {
        if self.days.contains(&Day::Closed(date)) {
            return OnDay::Closed;
        }
        let open: Vec<Hours> = self
            .days
            .iter()
            .filter_map(|day| match day {
                Day::Open(open, hours) if *open == date => Some(*hours),
                Day::Open(..) | Day::Closed(_) => None,
            })
            .collect();
        if !open.is_empty() {
            return OnDay::Hours(open);
        }
        if date.is_year_end() {
            return OnDay::YearEnd;
        }
        if is_holiday(date) {
            return OnDay::Holiday;
        }
        let weekday = date.weekday();
        let weekly: Vec<Hours> = self
            .weekly
            .iter()
            .filter(|weekly| weekly.weekday == weekday)
            .map(|weekly| weekly.hours)
            .collect();
        if weekly.is_empty() { OnDay::None } else { OnDay::Hours(weekly) }
    }
}
