//! The sheet the outlines are drawn on: plain Mercator, so pins can be placed straight from a position.

use crate::geo::{LatLon, angle};

/// Width and height.
pub(super) const SIZE: (f64, f64) = (438.0, 516.0);

/// Units of the sheet per degree, fitted against official shapes: off by 0.09 units (400 m) at most.
const UNITS_PER_DEGREE: f64 = 19.709;
const METRES_PER_DEGREE: f64 = 111_195.0;

/// A point on the map sheet, in sheet units (see [`super::Outlines::sheet`]); y grows downward as in SVG.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SheetPoint {
    pub x: f64,
    pub y: f64,
}

pub(super) fn project(position: LatLon) -> SheetPoint {
    let north = angle::mercator(position.lat);
    SheetPoint { x: UNITS_PER_DEGREE * position.lon - 2436.905, y: 1005.748 - 19.61815 * north }
}

/// Mercator keeps angles: one unit is the same length in every direction, shorter towards the north.
pub(super) fn metres_per_unit(lat: f64) -> f64 {
    METRES_PER_DEGREE * angle::cos(lat) / UNITS_PER_DEGREE
}
