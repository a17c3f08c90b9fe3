//! The outlines of the 47 prefectures: which one a position lies in, and what to draw.
//!
//! A schematic map (略図), good to about 3 km: near a border both prefectures are offered. Bytes come from
//! `public/data/outlines.bin` and are unpacked on first use.

mod shapes;
mod sheet;

use crate::geo::LatLon;
use crate::place::gazetteer::Damaged;
use crate::place::{Answer, Candidate, Kind, PrefectureCode, Unresolved};
use shapes::Shapes;
pub use sheet::SheetPoint;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// Another prefecture within this distance may be the right one: the shapes are not better than that.
const BAND_M: f64 = 3000.0;

/// Farther off the drawn coast nobody is in Japan: 宗谷岬 is 43 km from Sakhalin, 対馬 50 km from Busan.
const OFF_THE_COAST_M: f64 = 30_000.0;

/// Opened outlines.
pub struct Outlines {
    bytes: Vec<u8>,
    columns: shapes::Columns,
    shapes: OnceLock<Shapes>,
}

impl Outlines {
    /// # Errors
    /// [`Damaged`] where the header, a length or the checksum does not fit.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Damaged> {
        let columns = shapes::columns(&bytes).ok_or(Damaged)?;
        Ok(Self { bytes, columns, shapes: OnceLock::new() })
    }

    fn shapes(&self) -> &Shapes {
        self.shapes.get_or_init(|| Shapes::unpack(&self.bytes, &self.columns))
    }

    /// The prefecture of a position, then every other one within 3 km; the nearest for points just off the coast.
    ///
    /// # Errors
    /// [`Unresolved::OutsideJapan`] for positions away from every outline.
    pub fn locate(&self, position: LatLon) -> Result<Answer, Unresolved> {
        if !(-85.0..=85.0).contains(&position.lat) || !(-180.0..=180.0).contains(&position.lon) {
            return Err(Unresolved::OutsideJapan);
        }
        let at = sheet::project(position);
        let reach = OFF_THE_COAST_M / sheet::metres_per_unit(position.lat);
        let exception = self.shapes().exceptions.iter().find(|exception| exception.holds(position));
        let near = self.by_distance(at, reach);

        let band = BAND_M / sheet::metres_per_unit(position.lat);
        let nearest = near.first().map_or(0.0, |(distance, _)| *distance);
        let mut prefectures: Vec<PrefectureCode> =
            exception.map(|exception| exception.prefecture).into_iter().collect();
        for (distance, prefecture) in near {
            // Off the coast, as far as the nearest is away the shapes cannot tell it from the next.
            let is_near = distance <= nearest + band && (exception.is_none() || distance <= band);
            if is_near && !prefectures.contains(&prefecture) {
                prefectures.push(prefecture);
            }
        }
        if prefectures.is_empty() {
            return Err(Unresolved::OutsideJapan);
        }
        let candidates =
            prefectures.into_iter().map(|prefecture| Candidate { prefecture, municipality: None });
        Ok(Answer {
            kind: Kind::Coordinates,
            candidates: candidates.collect(),
            certain: exception.is_some() || nearest <= band,
        })
    }

    /// The prefectures within reach of a point of the sheet, nearest first, with how far it is; zero inside.
    fn by_distance(&self, at: SheetPoint, reach: f64) -> Vec<(f64, PrefectureCode)> {
        let mut near: Vec<(f64, PrefectureCode)> = Vec::new();
        for (code, shape) in PrefectureCode::all().zip(&self.shapes().prefectures) {
            if let Some(distance) = shape.distance(at, reach) {
                let nearer = near.iter().take_while(|(other, _)| *other <= distance).count();
                near.insert(nearer, (distance, code));
            }
        }
        near
    }

    /// Width and height of the sheet, for `viewBox`.
    #[must_use]
    pub fn sheet(&self) -> (f64, f64) {
        sheet::SIZE
    }

    /// SVG path data of a prefecture, in sheet units.
    #[must_use]
    pub fn path(&self, prefecture: PrefectureCode) -> String {
        let mut path = String::new();
        for ring in &self.shapes().prefectures[usize::from(prefecture.number()) - 1].rings {
            let (mut x, mut y) = (0, 0);
            for (at, point) in ring.points.iter().enumerate() {
                // Tenths written out by hand: floats would drag their rounding into every number.
                path.push(if at == 0 { 'M' } else { 'l' });
                push_tenths(&mut path, point.0 - x);
                path.push(' ');
                push_tenths(&mut path, point.1 - y);
                (x, y) = *point;
            }
            path.push('z');
        }
        path
    }

    /// Where a pin goes.
    #[must_use]
    pub fn project(&self, position: LatLon) -> SheetPoint {
        sheet::project(position)
    }
}

fn push_tenths(path: &mut String, tenths: i32) {
    let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
    let sign = if tenths < 0 { "-" } else { "" };
    let written =
        if rest == 0 { write!(path, "{sign}{whole}") } else { write!(path, "{sign}{whole}.{rest}") };
    written.expect("writing to a string does not fail");
}

#[cfg(test)]
mod tests;
