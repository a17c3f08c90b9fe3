//! Distances, dates and phone numbers in words. Nothing here knows a component.

mod moment;

pub use moment::{clock, day, day_and_clock, day_short, reference, weekday};

use domain::fact::AsOf;
use domain::geo::Metres;

use crate::i18n::{Key, Lang, language, plain, plain_with};

/// 「約12 km」; whole kilometres, because the points are not better than that.
#[must_use]
pub fn distance(metres: Metres) -> String {
    let kilometres = metres.kilometres().round();
    if kilometres < 1.0 {
        return plain(Key::DistanceNear);
    }
    // As a whole number: printing floats brings more code than this file. No place on earth is too far for it.
    plain_with(Key::DistanceAbout, &[("km", &(kilometres as u32).to_string())])
}

/// 「2018年6月」, as precise as the source and no more.
#[must_use]
pub fn as_of(date: &AsOf) -> String {
    let mut parts = date.0.splitn(3, '-').map(|part| part.trim_start_matches('0'));
    let (year, month, day) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    match (language(), month, day) {
        (Lang::Japanese | Lang::Easy, None, _) => format!("{year}年"),
        (Lang::Japanese | Lang::Easy, Some(month), None) => format!("{year}年{month}月"),
        (Lang::Japanese | Lang::Easy, Some(month), Some(day)) => format!("{year}年{month}月{day}日"),
        (Lang::English, Some(month), None) => format!("{} {year}", english_month(month)),
        (Lang::English, Some(month), Some(day)) => format!("{day} {} {year}", english_month(month)),
        (Lang::English, None, _) => year.to_owned(),
    }
}

fn english_month(month: &str) -> &'static str {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    month.parse::<usize>().ok().and_then(|n| NAMES.get(n.wrapping_sub(1)).copied()).unwrap_or("")
}

/// `tel:` link of a number as people write it.
#[must_use]
pub fn tel(number: &str) -> String {
    let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    format!("tel:{digits}")
}

/// A link that maps of every phone understand: the address, not a point we do not know.
#[must_use]
pub fn map_search(address: &str) -> String {
    let mut link = String::from("https://www.google.com/maps/search/?api=1&query=");
    for byte in address.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => link.push(byte as char),
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                link.push('%');
                link.push(HEX[usize::from(byte >> 4)] as char);
                link.push(HEX[usize::from(byte & 15)] as char);
            }
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_shown_as_precisely_as_it_is_known() {
        let said = |date: &str| as_of(&AsOf(date.to_owned()));
        assert_eq!(said("2018-06"), "2018年6月");
        assert_eq!(said("2026-08-04"), "2026年8月4日");
        assert_eq!(said("2015"), "2015年");
    }

    #[test]
    fn a_phone_link_holds_digits_only() {
        assert_eq!(tel("0852-21-0561"), "tel:0852210561");
    }
}
