//! The columns of `outlines.bin`, and the two questions to a shape: is a point inside, and how far away is it.

use super::sheet::SheetPoint;
use crate::geo::LatLon;
use crate::place::PrefectureCode;
use crate::varint::{self, Reader};
use std::ops::Range;

const MAGIC: [u8; 4] = *b"TNO1";

/// In the order of the file; `xtask data` writes them.
enum Column {
    /// Points of each arc.
    Lengths,
    /// Tenths of sheet units, as differences.
    Xs,
    Ys,
    /// For each prefecture its rings, for each ring its arcs: twice the arc's number, plus one if walked backwards.
    Rings,
    /// Prefecture, then south, north, west, east in ten-thousandths of a degree.
    Exceptions,
}

const COLUMNS: usize = Column::Exceptions as usize + 1;
const SCALE: f64 = 10.0;

pub(super) type Columns = [Range<usize>; COLUMNS];

pub(super) fn columns(bytes: &[u8]) -> Option<Columns> {
    varint::columns(bytes, MAGIC)
}

/// Tenths of sheet units.
type Corner = (i32, i32);

pub(super) struct Shapes {
    /// 1 to 47.
    pub(super) prefectures: Vec<Shape>,
    pub(super) exceptions: Vec<Exception>,
}

pub(super) struct Shape {
    pub(super) rings: Vec<Ring>,
}

/// Closed by itself: the last corner is not the first again.
pub(super) struct Ring {
    pub(super) points: Vec<Corner>,
    low: Corner,
    high: Corner,
}

/// A box that belongs to a prefecture whatever the shapes say: islands they leave out, two towns on the wrong side.
pub(super) struct Exception {
    pub(super) prefecture: PrefectureCode,
    sides: [f64; 4],
}

impl Exception {
    pub(super) fn holds(&self, position: LatLon) -> bool {
        let [south, north, west, east] = self.sides;
        (south..=north).contains(&position.lat) && (west..=east).contains(&position.lon)
    }
}

impl Shapes {
    pub(super) fn unpack(bytes: &[u8], columns: &Columns) -> Self {
        let column = |column: Column| Reader::new(&bytes[columns[column as usize].clone()]);
        let arcs = arcs(column(Column::Lengths), column(Column::Xs), column(Column::Ys));
        let mut rings = column(Column::Rings);
        let mut last = 0;
        let prefectures = PrefectureCode::all().map(|_| {
            let rings = (0..rings.unsigned()).map(|_| {
                let mut points = Vec::new();
                for _ in 0..rings.unsigned() {
                    last += rings.signed();
                    walk(&arcs, last, &mut points);
                }
                Ring::new(points)
            });
            Shape { rings: rings.collect() }
        });
        let prefectures = prefectures.collect();
        let mut boxes = column(Column::Exceptions);
        let mut exceptions = Vec::new();
        while !boxes.is_empty() {
            let prefecture = PrefectureCode::new(boxes.unsigned() as u8);
            let sides = std::array::from_fn(|_| f64::from(boxes.unsigned()) / 10_000.0);
            exceptions.extend(prefecture.map(|prefecture| Exception { prefecture, sides }));
        }
        Self { prefectures, exceptions }
    }
}

fn arcs(mut lengths: Reader<'_>, mut xs: Reader<'_>, mut ys: Reader<'_>) -> Vec<Vec<Corner>> {
    let (mut x, mut y, mut arcs) = (0, 0, Vec::new());
    while !lengths.is_empty() {
        let length = lengths.unsigned();
        let points = (0..length).map_while(|_| {
            (!xs.is_empty()).then(|| {
                x += xs.signed();
                y += ys.signed();
                (x, y)
            })
        });
        arcs.push(points.collect());
    }
    arcs
}

/// Appends an arc to a ring, without the corner it shares with what follows.
fn walk(arcs: &[Vec<Corner>], reference: i32, points: &mut Vec<Corner>) {
    let Some(arc) = usize::try_from(reference / 2).ok().and_then(|at| arcs.get(at)) else { return };
    let shared = arc.len().saturating_sub(1);
    if reference % 2 == 0 {
        points.extend(&arc[..shared]);
    } else {
        points.extend(arc.iter().rev().take(shared));
    }
}

impl Ring {
    fn new(points: Vec<Corner>) -> Self {
        let fold = |start: Corner, pick: fn(i32, i32) -> i32| {
            points.iter().fold(start, |(x, y), point| (pick(x, point.0), pick(y, point.1)))
        };
        let (low, high) = (fold((i32::MAX, i32::MAX), i32::min), fold((i32::MIN, i32::MIN), i32::max));
        Self { points, low, high }
    }

    fn is_within(&self, (x, y): (f64, f64), reach: f64) -> bool {
        x >= f64::from(self.low.0) - reach
            && x <= f64::from(self.high.0) + reach
            && y >= f64::from(self.low.1) - reach
            && y <= f64::from(self.high.1) + reach
    }

    fn sides(&self) -> impl Iterator<Item = [(f64, f64); 2]> {
        let float = |corner: &Corner| (f64::from(corner.0), f64::from(corner.1));
        let next = self.points.iter().skip(1).chain(self.points.first());
        self.points.iter().zip(next).map(move |(from, to)| [float(from), float(to)])
    }
}

impl Shape {
    /// Zero inside; otherwise the distance to the nearest side, in sheet units; `None` beyond reach.
    pub(super) fn distance(&self, at: SheetPoint, reach: f64) -> Option<f64> {
        let (point, reach) = ((at.x * SCALE, at.y * SCALE), reach * SCALE);
        let mut inside = false;
        let mut nearest = reach * reach;
        let mut within = false;
        for ring in self.rings.iter().filter(|ring| ring.is_within(point, reach)) {
            for [from, to] in ring.sides() {
                inside ^= crosses(from, to, point);
                let square = square_to_side(from, to, point);
                if square <= nearest {
                    (nearest, within) = (square, true);
                }
            }
        }
        match (inside, within) {
            (true, _) => Some(0.0),
            (false, true) => Some(nearest.sqrt() / SCALE),
            (false, false) => None,
        }
    }
}

/// Whether a ray from the point to the right crosses this side.
fn crosses(from: (f64, f64), to: (f64, f64), point: (f64, f64)) -> bool {
    (from.1 > point.1) != (to.1 > point.1)
        && point.0 < (to.0 - from.0) * (point.1 - from.1) / (to.1 - from.1) + from.0
}

fn square_to_side(from: (f64, f64), to: (f64, f64), point: (f64, f64)) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (px, py) = (point.0 - from.0, point.1 - from.1);
    let square = dx * dx + dy * dy;
    let t = if square > 0.0 { ((px * dx + py * dy) / square).clamp(0.0, 1.0) } else { 0.0 };
    (px - t * dx).powi(2) + (py - t * dy).powi(2)
}
