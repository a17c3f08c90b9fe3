//! The simplified outlines on the phone against the full ones of the package, and against where towns really are.

use crate::place_tables::OUTLINES;
use domain::geo::LatLon;
use domain::place::PrefectureCode;
use xtask::data::exceptions::EXCEPTIONS;
use xtask::data::shapes::{self, Point, Shapes};
use xtask::data::source;

/// A linear congruential generator: the same points on every machine.
struct Dice(u64);

impl Dice {
    fn between(&mut self, low: f64, high: f64) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + (high - low) * ((self.0 >> 33) as f64 / f64::from(1u32 << 31))
    }
}

/// Prefectures of a position as the phone answers them, the first one first.
fn located(lat: f64, lon: f64) -> Vec<PrefectureCode> {
    let answer = OUTLINES.locate(LatLon { lat, lon });
    answer.map(|answer| answer.candidates.iter().map(|found| found.prefecture).collect()).unwrap_or_default()
}

fn is_exception(lat: f64, lon: f64) -> bool {
    EXCEPTIONS.iter().any(|exception| {
        let [south, north, west, east] = exception.sides;
        (south..=north).contains(&lat) && (west..=east).contains(&lon)
    })
}

/// Inside the full outline, drawn without any simplification.
fn is_inside(rings: &[Vec<Point>], (x, y): Point) -> bool {
    let crossings =
        rings.iter().flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1))).filter(|(from, to)| {
            (from.1 > y) != (to.1 > y) && x < (to.0 - from.0) * (y - from.1) / (to.1 - from.1) + from.0
        });
    crossings.count() % 2 == 1
}

/// The smallest box around a prefecture.
fn bounds(rings: &[Vec<Point>]) -> [f64; 4] {
    rings
        .iter()
        .flatten()
        .fold([f64::MAX, f64::MIN, f64::MAX, f64::MIN], |[left, right, top, bottom], (x, y)| {
            [left.min(*x), right.max(*x), top.min(*y), bottom.max(*y)]
        })
}

/// 100,000 points, as many in every prefecture.
fn points(full: &Shapes) -> Vec<(PrefectureCode, f64, f64)> {
    let mut dice = Dice(2026);
    let mut points = Vec::new();
    for (prefecture, rings) in PrefectureCode::all().zip(full) {
        let [left, right, top, bottom] = bounds(rings);
        let wanted = points.len() + 100_000 / 47 + 1;
        while points.len() < wanted {
            let point = (dice.between(left, right), dice.between(top, bottom));
            if is_inside(rings, point) {
                let (lat, lon) = shapes::degrees(point);
                points.push((prefecture, lat, lon));
            }
        }
    }
    points
}

#[test]
fn a_random_position_is_answered_with_the_prefecture_of_the_full_outlines() {
    let full = shapes::shapes().unwrap();
    let mut points = points(&full);
    assert!(points.len() >= 100_000);
    // Where the full outlines are known to be wrong, they prove nothing.
    points.retain(|(_, lat, lon)| !is_exception(*lat, *lon));
    let (mut first, mut among, mut alone) = (0, 0, 0);
    for &(prefecture, lat, lon) in &points {
        let answer = located(lat, lon);
        first += usize::from(answer.first() == Some(&prefecture));
        among += usize::from(answer.contains(&prefecture));
        alone += usize::from(answer.len() == 1);
        // Whoever is answered one prefecture only is farther than 3 km from every other one.
        assert!(
            answer.len() > 1 || answer == [prefecture],
            "{lat}, {lon} is in {prefecture}, answered {answer:?}"
        );
    }
    let share = |count: usize| count as f64 / points.len() as f64;
    println!("first {:.4}, among {:.5}, one answer {:.4}", share(first), share(among), share(alone));
    assert!(share(among) > 0.9999 && share(first) > 0.99, "first {first}, among {among} of {}", points.len());
}

/// Towns are where people are: the coast and the islands count for more than in random points.
#[test]
fn a_town_is_answered_with_its_prefecture() {
    let towns = source::towns().unwrap();
    let (mut first, mut among, mut nowhere) = (0, 0, 0);
    for town in &towns {
        let prefecture = PrefectureCode::new((town.municipality / 1000) as u8).unwrap();
        let answer = located(town.lat, town.lon);
        first += usize::from(answer.first() == Some(&prefecture));
        among += usize::from(answer.contains(&prefecture));
        nowhere += usize::from(answer.is_empty());
    }
    let share = |count: usize| count as f64 / towns.len() as f64;
    println!(
        "first {:.4}, among {:.5} of {} towns, {nowhere} nowhere",
        share(first),
        share(among),
        towns.len()
    );
    assert!(share(among) > 0.9998 && share(first) > 0.99, "first {first}, among {among} of {}", towns.len());
}
