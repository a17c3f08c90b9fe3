//! The field's own numbers for places: prefecture (JIS X 0401), municipality (JIS X 0402, five digits without the
//! check digit) and postal code.
//!
//! A code that exists as a value is well formed; whether the place exists is the tables' business.

use std::fmt;

/// 1 (北海道) to 47 (沖縄県), JIS X 0401.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PrefectureCode(pub(super) u8);

impl PrefectureCode {
    #[must_use]
    pub fn new(number: u8) -> Option<Self> {
        (1..=47).contains(&number).then_some(Self(number))
    }

    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }

    /// All 47, north to south as the standard counts them.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=47).map(Self)
    }
}

/// Two digits, as everywhere in Japan's open data.
impl fmt::Display for PrefectureCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0)
    }
}

/// Five digits: prefecture and municipality or ward, without check digit (32201 is 松江市).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MunicipalityCode(pub(super) u32);

impl MunicipalityCode {
    #[must_use]
    pub fn new(number: u32) -> Option<Self> {
        PrefectureCode::new(u8::try_from(number / 1000).ok()?).map(|_| Self(number))
    }

    #[must_use]
    pub fn number(self) -> u32 {
        self.0
    }

    #[must_use]
    pub fn prefecture(self) -> PrefectureCode {
        PrefectureCode((self.0 / 1000) as u8)
    }
}

impl fmt::Display for MunicipalityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:05}", self.0)
    }
}

/// Seven digits, 0000000 to 9999999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PostalCode(u32);

impl PostalCode {
    #[must_use]
    pub fn new(number: u32) -> Option<Self> {
        (number <= 9_999_999).then_some(Self(number))
    }

    #[must_use]
    pub fn number(self) -> u32 {
        self.0
    }
}

/// With its hyphen: 690-8503.
impl fmt::Display for PostalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}-{:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_written_as_open_data_writes_them() {
        let all: Vec<String> = PrefectureCode::all().map(|code| code.to_string()).collect();
        assert_eq!((all.len(), all[0].as_str(), all[46].as_str()), (47, "01", "47"));
        assert_eq!(MunicipalityCode::new(1_100).unwrap().to_string(), "01100");
        assert_eq!(PostalCode::new(600_000).unwrap().to_string(), "060-0000");
    }

    #[test]
    fn a_number_that_is_no_code_is_none() {
        for wrong in [0, 48, u8::MAX] {
            assert_eq!(PrefectureCode::new(wrong), None);
        }
        for wrong in [0, 999, 48_000, 1_032_201] {
            assert_eq!(MunicipalityCode::new(wrong), None, "{wrong}");
        }
        assert_eq!(PostalCode::new(10_000_000), None);
        assert_eq!(PostalCode::new(9_999_999).unwrap().number(), 9_999_999);
        assert_eq!(MunicipalityCode::new(32_201).unwrap().prefecture(), PrefectureCode(32));
    }
}
