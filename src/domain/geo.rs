//! Points on the earth and the distance between them.
//!
//! Must not know what lies at a point: that is `place`. The surprising rule: a distance is only as good as its two
//! points, so whoever shows one also says what it was measured to (`nearest::MeasuredTo`).

pub(crate) mod angle;

/// A point in degrees, WGS84. Latitude first, as people say it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatLon {
    pub lat: f64,
    pub lon: f64,
}

/// A length in metres.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Metres(pub f64);

impl Metres {
    #[must_use]
    pub fn kilometres(self) -> f64 {
        self.0 / 1000.0
    }
}

/// Great-circle distance by the haversine formula. Within Japan at most 0.4 % off the ellipsoid, which is far below
/// the error of the points themselves (about 1.3 km for the middle of a municipality).
#[must_use]
pub fn distance(from: LatLon, to: LatLon) -> Metres {
    const MEAN_EARTH_RADIUS_M: f64 = 6_371_008.8;
    let half = |degrees: f64| angle::sin(degrees / 2.0);
    let (dlat, dlon) = (half(to.lat - from.lat), half(to.lon - from.lon));
    let a = dlat * dlat + angle::cos(from.lat) * angle::cos(to.lat) * dlon * dlon;
    Metres(2.0 * MEAN_EARTH_RADIUS_M * angle::asin(a.sqrt().min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokyo_to_osaka_is_about_four_hundred_kilometres() {
        let tokyo = LatLon { lat: 35.6895, lon: 139.6917 };
        let osaka = LatLon { lat: 34.6864, lon: 135.5200 };
        let km = distance(tokyo, osaka).kilometres();
        assert!((394.0..400.0).contains(&km), "{km}");
        assert_eq!(distance(tokyo, tokyo), Metres(0.0));
    }
}
