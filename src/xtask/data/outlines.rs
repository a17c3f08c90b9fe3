//! Builds `outlines.bin`: arcs, the rings they form, and the exceptions to what the shapes say.
//!
//! `domain::outline` reads it and describes the columns; the two change together.

use super::encode::{Column, table};
use super::exceptions::EXCEPTIONS;
use super::shapes::Shapes;
use super::topology;

/// How far a simplified border may leave the drawn one, in units of the sheet (0.3 are about 1.4 km).
const TOLERANCE: f64 = 0.3;

/// Points of the table per unit of the sheet.
const SCALE: f64 = 10.0;

pub fn build(shapes: &Shapes) -> Vec<u8> {
    let topology = topology::build(shapes, TOLERANCE);
    let (mut lengths, mut xs, mut ys) = (Column::default(), Column::default(), Column::default());
    let (mut last_x, mut last_y) = (0, 0);
    for arc in &topology.arcs {
        lengths.unsigned(arc.len() as u32);
        for (x, y) in arc {
            let (x, y) = ((x * SCALE).round() as i32, (y * SCALE).round() as i32);
            xs.signed(x - last_x);
            ys.signed(y - last_y);
            (last_x, last_y) = (x, y);
        }
    }
    let mut rings = Column::default();
    let mut last = 0;
    for prefecture in &topology.prefectures {
        rings.unsigned(prefecture.len() as u32);
        for ring in prefecture {
            rings.unsigned(ring.len() as u32);
            for (arc, backwards) in ring {
                let reference = (*arc as i32) * 2 + i32::from(*backwards);
                rings.signed(reference - last);
                last = reference;
            }
        }
    }
    let mut exceptions = Column::default();
    for exception in &EXCEPTIONS {
        exceptions.unsigned(u32::from(exception.prefecture));
        for side in exception.sides {
            exceptions.unsigned((side * 10_000.0).round() as u32);
        }
    }
    table(*b"TNO1", &[lengths, xs, ys, rings, exceptions])
}
