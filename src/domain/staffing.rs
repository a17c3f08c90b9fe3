//! How many times a week a team has to offer so that nobody waits long.
//!
//! The model, all of it: times for consultations lie evenly over the week, one after the other; requests come by chance
//! (Poisson), `requests` a week on average, and each takes the next time that nobody has. With `slots` times a week the
//! mean way to one's own time is `1 / (2 (slots - requests))` weeks (M/D/1 whose server looks up once in each slot:
//! half a slot until the next one, and the queue before it). Where requests are as many as times, it grows without end.
//!
//! What it does not know: that some days are wanted more than others, holidays, who does not come, who asks twice. It is
//! a lower bound to plan with, not a promise.

use crate::calendar::Weekday;

/// What somebody expects, or plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Requests a month.
    pub monthly: u32,
    /// Minutes of a consultation, notes and what follows included.
    pub minutes: u32,
    pub staff: u32,
    /// Of each, a week.
    pub hours: u32,
    /// Percent of these hours that are for consultations.
    pub share: u32,
    /// Days that somebody may wait.
    pub days: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Monthly,
    Minutes,
    Staff,
    Hours,
    Share,
    Days,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Tenths of a day, on average, rounded up.
    Tenths(u32),
    /// There are not more times than requests: everybody waits longer than the one before.
    GrowsWithoutEnd,
}

/// What the plan comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// Thousandths of a request, a week.
    pub requests: u32,
    /// Minutes of work that they bring, a week.
    pub load: u32,
    /// Times a week that the staff can offer.
    pub slots: u32,
    /// Percent of these times that will be taken, rounded up; above 100 where there are not enough.
    pub taken: Option<u32>,
    pub wait: Wait,
    /// Times a week for the wait that is wished for.
    pub needed_slots: u32,
    /// Staff for these times, the hours being the same.
    pub needed_staff: u32,
}

/// A time in a sample week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    pub weekday: Weekday,
    /// Since midnight.
    pub minute: u16,
    /// From 0 on.
    pub member: u32,
}

const DAYS: [Weekday; 5] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

/// Of the sample week: half past nine to noon, and one to half past four. Nobody's real hours.
const STRETCHES: [(u32, u32); 2] = [(570, 720), (780, 990)];

impl Field {
    pub const ALL: [Self; 6] =
        [Self::Monthly, Self::Minutes, Self::Staff, Self::Hours, Self::Share, Self::Days];

    /// From least to most.
    #[must_use]
    pub const fn limits(self) -> (u32, u32) {
        match self {
            Self::Monthly => (1, 2_000),
            Self::Minutes => (15, 240),
            Self::Staff => (1, 30),
            Self::Hours => (1, 60),
            Self::Share => (1, 100),
            Self::Days => (1, 60),
        }
    }
}

impl Plan {
    /// To begin with; invented, and meant to be overwritten.
    pub const EXAMPLE: Self = Self { monthly: 20, minutes: 90, staff: 3, hours: 38, share: 15, days: 5 };

    #[must_use]
    pub const fn of(&self, field: Field) -> u32 {
        match field {
            Field::Monthly => self.monthly,
            Field::Minutes => self.minutes,
            Field::Staff => self.staff,
            Field::Hours => self.hours,
            Field::Share => self.share,
            Field::Days => self.days,
        }
    }

    #[must_use]
    pub const fn with(mut self, field: Field, value: u32) -> Self {
        match field {
            Field::Monthly => self.monthly = value,
            Field::Minutes => self.minutes = value,
            Field::Staff => self.staff = value,
            Field::Hours => self.hours = value,
            Field::Share => self.share = value,
            Field::Days => self.days = value,
        }
        self
    }

    /// `None` where a number is outside of its limits.
    #[must_use]
    pub fn outlook(&self) -> Option<Outlook> {
        let within = |field: &Field| {
            let (least, most) = field.limits();
            (least..=most).contains(&self.of(*field))
        };
        Field::ALL.iter().all(within).then(|| self.worked_out())
    }

    fn worked_out(&self) -> Outlook {
        // Twelve months are fifty-two weeks.
        let requests = (self.monthly * 3_000).div_ceil(13);
        // Of one, a hundred times as many: the share is in percent.
        let minutes = self.hours * 60 * self.share;
        let slots = self.staff * minutes / (100 * self.minutes);
        let spare = (slots * 1_000).checked_sub(requests).filter(|spare| *spare > 0);
        // Seven days by 2 (slots - requests), in tenths of a day and thousandths of a request.
        let wait = spare.map_or(Wait::GrowsWithoutEnd, |spare| Wait::Tenths(35_000_u32.div_ceil(spare)));
        // The same turned round.
        let needed_slots = (requests + 3_500_u32.div_ceil(self.days)).div_ceil(1_000);
        Outlook {
            requests,
            load: (requests * self.minutes).div_ceil(1_000),
            slots,
            taken: (slots > 0).then(|| requests.div_ceil(slots * 10)),
            wait,
            needed_slots,
            needed_staff: staff_for(needed_slots, minutes, self.minutes),
        }
    }

    /// A week in which these times stand, spread over days, hours and staff; and how many found no place in it.
    #[must_use]
    pub fn rota(&self, slots: u32) -> (Vec<Shift>, u32) {
        let length = self.minutes.next_multiple_of(15);
        let starts: Vec<u16> = STRETCHES
            .iter()
            .flat_map(|(from, to)| (0..(to - from) / length).map(move |nth| (from + nth * length) as u16))
            .collect();
        let (days, times) = (DAYS.len() as u32, starts.len() as u32);
        let room = days * times * self.staff;
        let shifts = (0..slots.min(room)).map(|nth| {
            let (day, of_day) = (nth % days, nth / days);
            let time = of_day % times;
            Shift {
                weekday: DAYS[day as usize],
                minute: starts[time as usize],
                member: (time + of_day / times + day) % self.staff,
            }
        });
        let mut shifts: Vec<Shift> = shifts.collect();
        shifts.sort_unstable_by_key(|shift| (shift.weekday, shift.minute, shift.member));
        (shifts, slots.saturating_sub(room))
    }
}

/// Each offers whole times only together with the others: minutes that are left over add up.
fn staff_for(slots: u32, minutes: u32, length: u32) -> u32 {
    (slots * 100 * length).div_ceil(minutes)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn plan() -> impl Strategy<Value = Plan> {
        let within = |field: Field| {
            let (least, most) = field.limits();
            least..=most
        };
        let fields = Field::ALL.map(within);
        let [monthly, minutes, staff, hours, share, days] = fields;
        (monthly, minutes, staff, hours, share, days).prop_map(
            |(monthly, minutes, staff, hours, share, days)| Plan {
                monthly,
                minutes,
                staff,
                hours,
                share,
                days,
            },
        )
    }

    fn tenths(wait: Wait) -> u32 {
        match wait {
            Wait::Tenths(tenths) => tenths,
            Wait::GrowsWithoutEnd => u32::MAX,
        }
    }

    // By hand: 13 a month are 3 a week; 2 people of 40 hours at a tenth of 60 minutes offer 8; 7 / (2 × 5) are 0.7 days.
    #[test]
    fn a_plan_comes_to_what_it_comes_to_by_hand() {
        let plan = Plan { monthly: 13, minutes: 60, staff: 2, hours: 40, share: 10, days: 7 };
        let outlook = Outlook {
            requests: 3_000,
            load: 180,
            slots: 8,
            taken: Some(38),
            wait: Wait::Tenths(7),
            needed_slots: 4,
            needed_staff: 1,
        };
        assert_eq!(plan.outlook(), Some(outlook));
        let full = Plan { monthly: 35, ..plan }.outlook().unwrap();
        assert_eq!((full.wait, full.taken), (Wait::GrowsWithoutEnd, Some(101)));
        assert_eq!(Plan { share: 1, hours: 1, ..plan }.outlook().unwrap().taken, None);
        for field in Field::ALL {
            let (least, most) = field.limits();
            assert_eq!(plan.with(field, least - 1).outlook(), None, "{field:?}");
            assert_eq!(plan.with(field, most + 1).outlook(), None, "{field:?}");
        }
    }

    /// Days on average between asking and one's time, by letting it happen.
    fn simulated(requests: f64, slots: u32, weeks: u32) -> f64 {
        let mut seed = 0x2545_f491_4f6c_dd1d_u64;
        let mut chance = move || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            (seed >> 11) as f64 / (1u64 << 53) as f64
        };
        let (mut asked, mut next_free, mut waited, mut all) = (0.0, 0.0_f64, 0.0, 0.0);
        while asked < f64::from(weeks) {
            asked -= (1.0 - chance()).ln() / requests;
            let slot = (asked * f64::from(slots)).ceil().max(next_free);
            next_free = slot + 1.0;
            waited += slot / f64::from(slots) - asked;
            all += 1.0;
        }
        waited / all * 7.0
    }

    #[test]
    fn the_formula_says_what_happens_when_it_is_let_happen() {
        for (monthly, slots) in [(13, 8), (13, 4), (20, 5), (60, 15), (100, 25)] {
            let plan = Plan { monthly, minutes: 60, staff: slots, hours: 10, share: 10, days: 5 };
            let outlook = plan.outlook().unwrap();
            assert_eq!(outlook.slots, slots);
            let happens = simulated(f64::from(outlook.requests) / 1_000.0, slots, 60_000);
            let said = f64::from(tenths(outlook.wait)) / 10.0;
            let off = (said - happens).abs();
            assert!(
                off <= 0.1 + happens * 0.05,
                "{monthly} a month, {slots} a week: {said}, happens {happens}"
            );
        }
    }

    proptest! {
        // A plan with one more colleague promised a longer wait: minutes were rounded for each of them.
        #[test]
        fn more_staff_or_fewer_requests_never_wait_longer(plan in plan()) {
            let outlook = plan.outlook().unwrap();
            for better in [plan.with(Field::Staff, plan.staff + 1), plan.with(Field::Monthly, plan.monthly - 1),
                           plan.with(Field::Share, plan.share + 1), plan.with(Field::Minutes, plan.minutes - 1)] {
                if let Some(better) = better.outlook() {
                    prop_assert!(tenths(better.wait) <= tenths(outlook.wait));
                    prop_assert!(better.needed_staff <= outlook.needed_staff);
                }
            }
            prop_assert_eq!(outlook.wait == Wait::GrowsWithoutEnd, outlook.taken.is_none_or(|taken| taken > 100)
                || outlook.slots * 1_000 == outlook.requests);
        }

        #[test]
        fn with_what_is_said_to_be_needed_nobody_waits_longer_than_wished(plan in plan()) {
            let outlook = plan.outlook().unwrap();
            let spare = outlook.needed_slots * 1_000 - outlook.requests;
            prop_assert!(35_000_u32.div_ceil(spare) <= plan.days * 10);
            let staffed = Plan { staff: outlook.needed_staff, ..plan }.worked_out();
            prop_assert!(staffed.slots >= outlook.needed_slots);
            prop_assert!(tenths(staffed.wait) <= plan.days * 10);
        }

        #[test]
        fn nobody_is_at_two_tables_and_no_time_is_lost(plan in plan(), slots in 0..400u32) {
            let (shifts, left) = plan.rota(slots);
            prop_assert_eq!(shifts.len() as u32 + left, slots);
            let places: BTreeSet<_> = shifts.iter().map(|one| (one.weekday, one.minute, one.member)).collect();
            prop_assert_eq!(places.len(), shifts.len());
            prop_assert!(shifts.iter().all(|one| one.member < plan.staff && one.minute % 15 == 0));
        }
    }
}
