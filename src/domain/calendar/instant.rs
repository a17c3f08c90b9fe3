//! Moments on the wire: RFC 3339 in UTC, to the second.

use super::{DAY_SECONDS, Date, push_two};

/// `2026-12-01T01:00:00Z` of seconds since 1970.
#[must_use]
pub fn to_rfc3339(seconds: i64) -> String {
    let mut text = Date::from_days(seconds.div_euclid(DAY_SECONDS)).to_text();
    let of_day = seconds.rem_euclid(DAY_SECONDS);
    for (mark, number) in [('T', of_day / 3600), (':', of_day / 60 % 60), (':', of_day % 60)] {
        text.push(mark);
        push_two(&mut text, number);
    }
    text.push('Z');
    text
}

/// Seconds since 1970. Only what [`to_rfc3339`] writes: other offsets and fractions are nobody's on this wire.
#[must_use]
pub fn from_rfc3339(text: &str) -> Option<i64> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let mut parts = time.split(':').map(|part| {
        let digits = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<i64>().ok()).flatten()
    });
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    let exists = hour < 24 && minute < 60 && second < 60 && parts.next().is_none();
    exists.then_some(Date::parse(date)?.days() * DAY_SECONDS + hour * 3600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_moment_is_written_as_everybody_writes_it() {
        assert_eq!(to_rfc3339(1_795_996_800), "2026-11-30T00:00:00Z");
        for wrong in [
            "2026-11-30 00:00:00Z",
            "2026-11-30T00:00:00+09:00",
            "2026-02-30T00:00:00Z",
            "2026-11-30T24:00:00Z",
        ] {
            assert_eq!(from_rfc3339(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_moment_is_read_as_it_was_written(seconds in 0i64..253_402_300_799) {
            prop_assert_eq!(from_rfc3339(&to_rfc3339(seconds)), Some(seconds));
        }
    }
}
