//! How long an association may keep what founders wrote, after a consultation is over. Within these bounds it decides
//! itself; less would erase what a follow-up still needs, more is more than anybody needs.

/// A question that comes back within a quarter of a year finds its booking.
pub const LEAST_DAYS: u16 = 90;
/// Five years.
pub const MOST_DAYS: u16 = 1_826;

const DAY: i64 = 86_400;

/// Days after the end of a consultation, on which everything personal about it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention(u16);

impl Retention {
    /// `None` outside of the bounds.
    #[must_use]
    pub fn of(days: u32) -> Option<Self> {
        u16::try_from(days).ok().filter(|days| (LEAST_DAYS..=MOST_DAYS).contains(days)).map(Self)
    }

    #[must_use]
    pub const fn days(self) -> u16 {
        self.0
    }

    /// What ended before this moment has been kept long enough.
    #[must_use]
    pub fn ended_before(self, now: i64) -> i64 {
        now - i64::from(self.0) * DAY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_keeps_less_than_a_quarter_or_more_than_five_years() {
        for (days, fits) in
            [(0, false), (89, false), (90, true), (1_826, true), (1_827, false), (u32::MAX, false)]
        {
            assert_eq!(Retention::of(days).is_some(), fits, "{days}");
        }
        assert_eq!(Retention::of(90).unwrap().ended_before(100 * DAY), 10 * DAY);
    }
}
