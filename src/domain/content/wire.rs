//! How dates, moments and codes are written on the wire.

use serde::Serializer;

use crate::calendar::{Date, to_rfc3339};
use crate::place::MunicipalityCode;

pub(super) fn day<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&date.to_text())
}

pub(super) fn maybe_day<S: Serializer>(date: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&date.map(Date::to_text).unwrap_or_default())
}

pub(super) fn moment<S: Serializer>(seconds: &i64, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&to_rfc3339(*seconds))
}

pub(super) fn maybe_moment<S: Serializer>(seconds: &Option<i64>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&seconds.map(to_rfc3339).unwrap_or_default())
}

pub(super) fn municipality<S: Serializer>(code: &MunicipalityCode, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u32(code.number())
}
