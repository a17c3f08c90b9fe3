//! What a text or a notice is for: a prefecture or a municipality, by its JIS code.

use crate::place::{MunicipalityCode, PrefectureCode};

/// A JIS code on the wire: 1 to 47 is a prefecture, five digits a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AreaCode {
    Prefecture(PrefectureCode),
    Municipality(MunicipalityCode),
}

impl AreaCode {
    #[must_use]
    pub fn of(code: u32) -> Option<Self> {
        match u8::try_from(code) {
            Ok(number) => PrefectureCode::new(number).map(Self::Prefecture),
            Err(_) => MunicipalityCode::new(code).map(Self::Municipality),
        }
    }

    #[must_use]
    pub fn code(self) -> u32 {
        match self {
            Self::Prefecture(code) => code.number().into(),
            Self::Municipality(code) => code.number(),
        }
    }

    #[must_use]
    pub fn prefecture(self) -> PrefectureCode {
        match self {
            Self::Prefecture(code) => code,
            Self::Municipality(code) => code.prefecture(),
        }
    }
}

#[cfg(feature = "wire")]
impl serde::Serialize for AreaCode {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u32(self.code())
    }
}

#[cfg(feature = "schema")]
impl utoipa::PartialSchema for AreaCode {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        u32::schema()
    }
}

#[cfg(feature = "schema")]
impl utoipa::ToSchema for AreaCode {}
