//! What a frame hands to the app when she goes on in a tab of her own: the times she chose, and nothing about her.
//!
//! It travels in the fragment of an address, `#wish=visit.1764550800,phone.1764554400` or `#day=visit.2026-12-01`, which
//! browsers do not send.

use crate::booking::{DayWish, MAX_WISHES, Wish};
use crate::calendar::Date;
use crate::slot::Kind;

/// The year 10000, of which nothing on the wire can speak.
const END: i64 = 253_402_300_800;

/// The fragment with its `#`; nothing for nothing.
#[must_use]
pub fn carry(wishes: &[Wish], day: Option<DayWish>) -> String {
    if let Some(DayWish { date, kind }) = day {
        return ["#day=", kind.code(), ".", &date.to_text()].concat();
    }
    let mut text = String::new();
    for wish in wishes {
        text.push_str(if text.is_empty() { "#wish=" } else { "," });
        text.push_str(wish.kind.code());
        text.push('.');
        text.push_str(&wish.start.to_string());
    }
    text
}

/// What [`carry`] wrote; `None` for anything else, whoever wrote it.
#[must_use]
pub fn carried(fragment: &str) -> Option<(Vec<Wish>, Option<DayWish>)> {
    if let Some(day) = fragment.strip_prefix("#day=") {
        let (kind, date) = day.split_once('.')?;
        let day = DayWish { date: Date::parse(date)?, kind: Kind::parse(kind)? };
        return Some((Vec::new(), Some(day)));
    }
    let mut wishes: Vec<Wish> = Vec::new();
    for wish in fragment.strip_prefix("#wish=")?.split(',') {
        let (kind, start) = wish.split_once('.')?;
        let start = start.parse().ok().filter(|start| (0..END).contains(start))?;
        let wish = Wish { start, kind: Kind::parse(kind)? };
        if wishes.len() == MAX_WISHES || wishes.contains(&wish) {
            return None;
        }
        wishes.push(wish);
    }
    Some((wishes, None))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_app_begins_with_what_the_frame_had(starts in prop::collection::hash_set(0..4_000_000_000_i64, 1..=MAX_WISHES), kind in 0..3_usize) {
            let wishes: Vec<Wish> = starts.into_iter().map(|start| Wish { start, kind: Kind::ALL[kind] }).collect();
            prop_assert_eq!(carried(&carry(&wishes, None)), Some((wishes, None)));
            let day = DayWish { date: Date::parse("2026-12-01").unwrap(), kind: Kind::ALL[kind] };
            prop_assert_eq!(carried(&carry(&[], Some(day))), Some((Vec::new(), Some(day))));
        }

        #[test]
        fn what_others_write_into_an_address_is_not_taken(text in "#(wish|day)=[a-z0-9.,-]{0,40}") {
            if let Some((wishes, day)) = carried(&text) {
                prop_assert_eq!(carried(&carry(&wishes, day)), Some((wishes, day)));
            }
        }
    }

    // A fragment with a moment in the year 561,128 was taken for her wish: the form showed a date of six digits, and what it
    // sent was refused as malformed. The fuzzer wrote it within seconds.
    #[test]
    fn a_moment_that_cannot_be_sent_is_no_wish() {
        for start in ["17645508004550", "9223372036854775807", "-1", "253402300800"] {
            assert_eq!(carried(&["#wish=visit.", start].concat()), None, "{start}");
        }
        let last = Wish { start: END - 1, kind: Kind::Visit };
        assert_eq!(carried(&carry(&[last], None)), Some((vec![last], None)));
    }

    #[test]
    fn more_than_may_be_wished_is_nothing() {
        for text in [
            "",
            "#",
            "#main",
            "#wish=",
            "#wish=visit.1,visit.1",
            "#wish=visit.1,visit.2,visit.3,visit.4",
            "#day=visit.2026-13-01",
        ] {
            assert_eq!(carried(text), None, "{text}");
        }
    }
}
