//! The prefectures' outlines as the package draws them, with its known faults put right.
//!
//! The faults were found by comparing with official shapes: eight islands stand under the wrong prefecture and one is
//! drawn twice. What is missing or on the wrong side of a border is the business of `exceptions`. Rings are found by number and by where
//! they lie, so a new edition of the package stops the build instead of moving the wrong island.

use super::fetch::SHAPES;
use anyhow::{Context, Result, ensure};
use flate2::read::GzDecoder;
use serde::Deserialize;
use std::fs::File;
use std::io::Read;

/// On the sheet of the package: 438 wide, 516 high, y downward.
pub type Point = (f64, f64);
pub type Ring = Vec<Point>;

/// The rings of prefectures 1 to 47, in the order of their numbers.
pub type Shapes = Vec<Vec<Ring>>;

/// A ring that belongs to another prefecture: from, its number there, centre (lat, lon), to.
const MOVES: [(u8, usize, (f64, f64), u8); 8] = [
    (47, 1, (28.31, 129.42), 46), // 奄美大島
    (47, 3, (27.78, 128.95), 46), // 徳之島
    (47, 6, (27.39, 128.60), 46), // 沖永良部島
    (47, 7, (28.13, 129.26), 46), // beside 奄美大島
    (47, 9, (28.32, 129.97), 46), // 喜界島
    (41, 1, (33.79, 129.72), 42), // 壱岐
    (41, 2, (33.44, 129.75), 42), // 鷹島
    (33, 1, (34.50, 134.27), 37), // 小豆島
];

/// 八丈島 is drawn twice.
const TWICE: (u8, [usize; 2]) = (13, [5, 6]);

/// How far, in degrees, a ring's centre may be from where it is expected.
const NEAR: f64 = 0.1;

/// The package's names in the order of the prefectures' numbers.
const NAMES: &str = "hokkaido aomori iwate miyagi akita yamagata fukushima ibaraki tochigi gunma saitama chiba tokyo \
    kanagawa niigata toyama ishikawa fukui yamanashi nagano gifu shizuoka aichi mie shiga kyoto osaka hyogo nara \
    wakayama tottori shimane okayama hiroshima yamaguchi tokushima kagawa ehime kochi fukuoka saga nagasaki kumamoto \
    oita miyazaki kagoshima okinawa";

#[derive(Deserialize)]
struct Map {
    locations: Vec<Location>,
}

#[derive(Deserialize)]
struct Location {
    id: String,
    path: String,
}

/// # Errors
/// Where the package cannot be had, or its shapes are not those the corrections were made for.
pub fn shapes() -> Result<Shapes> {
    let mut shapes = published()?;
    let mut moved = Vec::new();
    for (from, number, expected, to) in MOVES {
        let ring = shapes[index(from)].get(number).context("a ring to be moved is missing")?;
        let (lat, lon) = centre(ring);
        let near = (lat - expected.0).abs() < NEAR && (lon - expected.1).abs() < NEAR;
        ensure!(near, "ring {number} of prefecture {from} lies at {lat:.2}, {lon:.2}, not at {expected:?}");
        moved.push((index(to), ring.clone()));
    }
    let (prefecture, [kept, dropped]) = TWICE;
    let rings = &shapes[index(prefecture)];
    let (one, other) = (centre(&rings[kept]), centre(&rings[dropped]));
    ensure!((one.0 - other.0).abs() < NEAR && (one.1 - other.1).abs() < NEAR, "no island is drawn twice");

    let gone = |at: usize, number: usize| {
        MOVES.iter().any(|(from, moved, ..)| index(*from) == at && *moved == number)
            || (at, number) == (index(prefecture), dropped)
    };
    for (at, rings) in shapes.iter_mut().enumerate() {
        let mut number = 0..;
        rings.retain(|_| !number.next().is_some_and(|number| gone(at, number)));
    }
    for (to, ring) in moved {
        shapes[to].push(ring);
    }
    Ok(shapes)
}

fn index(prefecture: u8) -> usize {
    usize::from(prefecture) - 1
}

/// As the package has them.
fn published() -> Result<Shapes> {
    let mut archive = tar::Archive::new(GzDecoder::new(File::open(SHAPES.file()?)?));
    let mut script = String::new();
    for entry in archive.entries()? {
        let mut entry = entry?;
        if entry.path()?.ends_with("index.js") {
            entry.read_to_string(&mut script)?;
        }
    }
    let json =
        script.trim().strip_prefix("export default ").context("the package is laid out differently")?;
    let map: Map = serde_json::from_str(json.trim_end_matches(';'))?;
    NAMES
        .split_whitespace()
        .map(|name| {
            let found = map.locations.iter().find(|location| location.id == name);
            rings(&found.with_context(|| format!("{name} is missing"))?.path)
        })
        .collect()
}

/// Only `m` with relative points and `z` occur.
fn rings(path: &str) -> Result<Vec<Ring>> {
    let mut rings: Vec<Ring> = Vec::new();
    let mut at = (0.0, 0.0);
    for subpath in path.split(['z', 'Z']).map(str::trim).filter(|subpath| !subpath.is_empty()) {
        // A new subpath starts where the last one closed.
        let points = subpath.strip_prefix('m').context("a path starts in an unknown way")?;
        let mut ring = Ring::new();
        for pair in points.split_whitespace() {
            let (dx, dy) = pair.split_once(',').context("a point lacks its comma")?;
            at = (at.0 + dx.parse::<f64>()?, at.1 + dy.parse::<f64>()?);
            ring.push(at);
        }
        at = *ring.first().context("a ring has no point")?;
        rings.push(ring);
    }
    Ok(rings)
}

/// The middle of a ring's box, in degrees.
fn centre(ring: &Ring) -> (f64, f64) {
    let middle = |values: fn(&Point) -> f64| {
        let (low, high) = ring
            .iter()
            .map(values)
            .fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        f64::midpoint(low, high)
    };
    degrees((middle(|point| point.0), middle(|point| point.1)))
}

/// The sheet is a Mercator projection; fitted against official shapes to 0.09 units (about 400 m).
#[must_use]
pub fn degrees(point: Point) -> (f64, f64) {
    let mercator = (1005.748 - point.1) / 19.61815;
    let lat = 2.0 * mercator.to_radians().exp().atan() - std::f64::consts::FRAC_PI_2;
    (lat.to_degrees(), (point.0 + 2436.905) / 19.709)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_points_go_on_from_where_the_last_ring_began() {
        let found = rings("m 1,1 2,0 0,2 z m 5,5 1,0 0,1 z").unwrap();
        assert_eq!(found, [[(1.0, 1.0), (3.0, 1.0), (3.0, 3.0)], [(6.0, 6.0), (7.0, 6.0), (7.0, 7.0)]]);
    }
}
