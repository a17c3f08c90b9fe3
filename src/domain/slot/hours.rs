//! A stretch of a day in which consultations can begin and end.

use thiserror::Error;

use super::{DAY_MINUTES, GRID, Kind, Kinds};

/// Parsed: the times lie on the grid and at least one consultation fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    from: u16,
    to: u16,
    length: u16,
    every: u16,
    places: u8,
    kinds: Kinds,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum HoursError {
    #[error("times are multiples of {GRID} minutes, up to 24:00")]
    OffGrid,
    #[error("a consultation takes at least {GRID} minutes and begins at least every {GRID} minutes")]
    NoLength,
    #[error("no consultation fits between beginning and end")]
    TooShort,
    #[error("at least one place")]
    NoPlace,
    #[error("at least one kind of consultation")]
    NoKind,
}

impl Hours {
    /// `from` and `to` are minutes since midnight in JST; a consultation takes `length` minutes and one may begin
    /// `every` so many minutes from `from` on, in each of `places`.
    pub fn new(
        (from, to): (u16, u16),
        length: u16,
        every: u16,
        places: u8,
        kinds: Kinds,
    ) -> Result<Self, HoursError> {
        let on_grid = [from, to, length, every].iter().all(|minutes| minutes % GRID == 0);
        if !on_grid || to > DAY_MINUTES {
            return Err(HoursError::OffGrid);
        }
        if length == 0 || every == 0 {
            return Err(HoursError::NoLength);
        }
        // `length` is at most a day here or does not fit.
        if u32::from(from) + u32::from(length) > u32::from(to) {
            return Err(HoursError::TooShort);
        }
        if places == 0 {
            return Err(HoursError::NoPlace);
        }
        if kinds.is_empty() {
            return Err(HoursError::NoKind);
        }
        Ok(Self { from, to, length, every, places, kinds })
    }

    #[must_use]
    pub const fn length(&self) -> u16 {
        self.length
    }

    #[must_use]
    pub const fn places(&self) -> u8 {
        self.places
    }

    #[must_use]
    pub const fn kinds(&self) -> Kinds {
        self.kinds
    }

    #[must_use]
    pub const fn offers(&self, kind: Kind) -> bool {
        self.kinds.has(kind)
    }

    /// Whether the minute lies in these hours at all.
    #[must_use]
    pub const fn covers(&self, minute: u16) -> bool {
        self.from <= minute && minute < self.to
    }

    #[must_use]
    pub const fn overlaps(&self, other: &Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    /// Minutes of the day at which a consultation begins and still ends in time.
    pub fn starts(&self) -> impl Iterator<Item = u16> + use<> {
        (self.from..=self.to - self.length).step_by(usize::from(self.every))
    }

    #[must_use]
    pub fn begins_at(&self, minute: u16) -> bool {
        self.covers(minute)
            && minute + self.length <= self.to
            && (minute - self.from).is_multiple_of(self.every)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hours_that_no_consultation_fits_into_are_refused() {
        let hours = |from, to, length, every| Hours::new((from, to), length, every, 1, Kinds::ALL);
        assert_eq!(hours(540, 570, 45, 15), Err(HoursError::TooShort));
        assert_eq!(hours(545, 700, 60, 60), Err(HoursError::OffGrid));
        assert_eq!(hours(1380, 1455, 60, 60), Err(HoursError::OffGrid));
        assert_eq!(hours(540, 600, 0, 15), Err(HoursError::NoLength));
        assert_eq!(Hours::new((540, 600), 60, 60, 0, Kinds::ALL), Err(HoursError::NoPlace));
        assert_eq!(Hours::new((540, 600), 60, 60, 1, Kinds::NONE), Err(HoursError::NoKind));
        let morning = hours(540, 720, 60, 30).unwrap();
        assert_eq!(morning.starts().collect::<Vec<_>>(), [540, 570, 600, 630, 660]);
    }

    proptest! {
        #[test]
        fn a_start_is_a_start_by_list_and_by_question(
            from in 0u16..96, span in 1u16..96, length in 1u16..12, every in 1u16..12, minute in 0u16..1440,
        ) {
            let to = (from + span).min(96);
            let Ok(hours) = Hours::new((from * 15, to * 15), length * 15, every * 15, 1, Kinds::ALL) else {
                return Ok(());
            };
            prop_assert_eq!(hours.starts().any(|start| start == minute), hours.begins_at(minute));
            prop_assert!(hours.starts().all(|start| start + hours.length() <= to * 15));
        }
    }
}
