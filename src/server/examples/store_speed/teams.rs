//! Three hundred teams as they would be: open on working days, two founders at once, six of ten times taken for the
//! coming two months, and years of work behind them.

use domain::association::AssociationId;
use domain::calendar::{Date, JstTime};
use domain::slot::file::{DayOfWeek, HoursLine, RulesFile, WeeklyLine};
use domain::slot::{Kind, Rules, slots};
use server::store::Opening;

pub const TEAMS: usize = 300;

/// Days ahead that are asked for and booked.
pub const DAYS: u16 = 60;

/// 2026-11-30, a Monday, at nine. Fixed, so that no holiday makes the figures of one month others than those of the next.
pub const NOW: i64 = 1_795_996_800;

const PLACES: u8 = 2;
const TAKEN_OF_TEN: u64 = 6;

/// A consultation of an hour, or room for one.
#[derive(Clone, Copy)]
pub struct Time {
    pub team: usize,
    pub start: i64,
    pub place: u8,
}

pub struct Times {
    /// In order of time.
    pub taken: Vec<Time>,
    /// In no order.
    pub free: Vec<Time>,
}

impl Times {
    pub fn ahead() -> Self {
        let today = today();
        let rules = opening().rules.parse().expect("the rules are right");
        let starts = starts(&rules, (today, today.plus_days(DAYS.into())), NOW);
        let (taken, mut free): (Vec<Time>, Vec<Time>) =
            every_place(&starts).partition(|time| dice(time) % 10 < TAKEN_OF_TEN);
        free.sort_by_key(dice);
        Self { taken, free }
    }

    /// The last ones before today.
    pub fn past(count: usize) -> Vec<Time> {
        let mut rules: Rules = opening().rules.parse().expect("the rules are right");
        rules.horizon = u16::MAX;
        let busy = |time: &Time| dice(time) % 10 < TAKEN_OF_TEN;
        let (mut days, mut past) = (0, Vec::new());
        while past.len() < count {
            days += 100;
            let first = today().plus_days(-days);
            let before = JstTime { date: first.plus_days(-7), minute: 0 }.unix_seconds();
            let starts = starts(&rules, (first, today().plus_days(-1)), before);
            past = every_place(&starts).filter(busy).collect();
        }
        past.split_off(past.len() - count)
    }
}

pub fn id(team: usize) -> AssociationId {
    AssociationId(format!("team-{team:03}"))
}

pub fn opening() -> Opening {
    use DayOfWeek::{Fri, Mon, Thu, Tue, Wed};
    let line = |day, from: &str, to: &str| WeeklyLine {
        day,
        hours: HoursLine {
            from: from.to_owned(),
            to: to.to_owned(),
            length: 60,
            every: 60,
            places: PLACES,
            kinds: Kind::ALL.to_vec(),
        },
    };
    let day = |day| [line(day, "10:00", "12:00"), line(day, "13:00", "17:00")];
    let rules = RulesFile {
        weekly: [Mon, Tue, Wed, Thu, Fri].into_iter().flat_map(day).collect(),
        closed: Vec::new(),
        open: Vec::new(),
        away: Vec::new(),
        rooms: Vec::new(),
        tell_room: false,
        buffer: 0,
        lead_hours: 24,
        horizon_days: DAYS,
        cap: None,
        deadline_hours: 24,
        by_hand: false,
    };
    Opening { rules, fictional: false }
}

pub fn today() -> Date {
    JstTime::from_unix_seconds(NOW).date
}

fn starts(rules: &Rules, days: (Date, Date), now: i64) -> Vec<i64> {
    slots(rules, &[], days, Kind::Visit, now).into_iter().map(|slot| slot.start).collect()
}

fn every_place(starts: &[i64]) -> impl Iterator<Item = Time> {
    starts.iter().flat_map(|&start| {
        (0..TEAMS).flat_map(move |team| (0..PLACES).map(move |place| Time { team, start, place }))
    })
}

/// Looks like chance, and is the same in every run.
fn dice(time: &Time) -> u64 {
    let number = time.start.cast_unsigned() ^ (time.team as u64) << 40 ^ u64::from(time.place) << 50;
    number.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 17
}
