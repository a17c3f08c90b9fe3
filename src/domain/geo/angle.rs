//! Sine and its kin, as far as a map of Japan needs them.
//!
//! The library's functions are exact for every float there is, and carry tables for that: 10 KB on the phone. Here
//! angles lie on the globe, and power series are exact to a ten-billionth: less than a millimetre. Must not be used
//! for angles beyond ±180°.

/// Terms of each series; with the bounds below the rest is smaller than 1e-11.
const TERMS: u32 = 20;

/// Of an angle between -180° and 180°.
pub(crate) fn sin(degrees: f64) -> f64 {
    // The sine beyond a right angle is that of what is missing to 180°.
    let folded = if degrees > 90.0 {
        180.0 - degrees
    } else if degrees < -90.0 {
        -180.0 - degrees
    } else {
        degrees
    };
    let x = folded.to_radians();
    series(x, |n| -x * x / f64::from(2 * n * (2 * n + 1)))
}

/// Of a latitude.
pub(crate) fn cos(degrees: f64) -> f64 {
    sin(90.0 - degrees.abs())
}

/// In radians, of a number between 0 and 1.
pub(crate) fn asin(x: f64) -> f64 {
    if x > 0.5 {
        // The series is slow near one; half the angle to the pole is small again.
        return std::f64::consts::FRAC_PI_2 - 2.0 * asin(((1.0 - x) / 2.0).sqrt());
    }
    series(x, |n| x * x * f64::from((2 * n - 1) * (2 * n - 1)) / f64::from(2 * n * (2 * n + 1)))
}

/// How far north a latitude lies on a Mercator sheet, in degrees of longitude. Exact up to 60°; beyond, where this
/// country ends long before, at least in the right order.
pub(crate) fn mercator(latitude: f64) -> f64 {
    let tan_half = sin(latitude) / (1.0 + cos(latitude));
    let atanh = series(tan_half, |n| tan_half * tan_half * f64::from(2 * n - 1) / f64::from(2 * n + 1));
    (2.0 * atanh).to_degrees()
}

/// The sum of a first term and those that follow from it, each by a factor.
fn series(first: f64, factor: impl Fn(u32) -> f64) -> f64 {
    let (mut term, mut sum) = (first, first);
    for n in 1..TERMS {
        term *= factor(n);
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_agree_with_the_library_all_over_the_globe() {
        for tenths in -1800..=1800 {
            let degrees = f64::from(tenths) / 10.0;
            let theirs = degrees.to_radians();
            assert!((sin(degrees) - theirs.sin()).abs() < 1e-10, "sin {degrees}");
            if degrees.abs() <= 90.0 {
                assert!((cos(degrees) - theirs.cos()).abs() < 1e-10, "cos {degrees}");
            }
            if degrees.abs() <= 60.0 {
                let exact = (std::f64::consts::FRAC_PI_4 + theirs / 2.0).tan().ln().to_degrees();
                assert!((mercator(degrees) - exact).abs() < 1e-8, "mercator {degrees}");
            }
        }
        for thousandths in 0..=1000 {
            let x = f64::from(thousandths) / 1000.0;
            assert!((asin(x) - x.asin()).abs() < 1e-10, "asin {x}");
        }
        let beyond = [60.0, 70.0, 80.0, 85.0, 90.0].map(mercator);
        assert!(beyond.is_sorted() && beyond.iter().all(|y| y.is_finite()));
    }
}
