//! The outline map of an answer: her prefecture lifted, teams as pins numbered like the cards.

use domain::association::{Area, Association, AssociationId};
use domain::geo::LatLon;
use domain::outline::Outlines;
use domain::place::prefecture::Prefecture;
use domain::place::{MunicipalityCode, PrefectureCode};
use ui::component::{MapPin, Window, outline_map};
use ui::node::El;

use super::answer_cards::pinned;
use crate::state::{Answered, Tonari};

/// Room around the outermost points, in sheet units.
const ROOM: i32 = 26;

/// A team that has a card of this number.
pub struct Pinned {
    pub number: usize,
    pub association: AssociationId,
}

/// Nothing until the outlines are here.
pub fn answer_map(tonari: Tonari, answered: Answered) -> Option<El> {
    let prefecture = answered.candidate.prefecture;
    tonari.places.outlines.with(|outlines| {
        let outlines = outlines.as_ref()?;
        let teams = pinned(tonari, answered);
        let pins: Vec<MapPin> = tonari.directory.edition.with(|edition| {
            let pin = |team: &Pinned| {
                let (x, y) =
                    sheet_point(outlines, point_of(tonari, edition.association(&team.association)?)?);
                Some(MapPin { number: team.number, x, y })
            };
            teams.iter().filter_map(pin).collect()
        });
        let home = tonari
            .places
            .point(Prefecture::of(prefecture).capital)
            .map(|capital| sheet_point(outlines, capital));
        let shapes = PrefectureCode::all().map(|code| (code, outlines.path(code)));
        Some(outline_map(shapes, window(home, &pins), prefecture, &pins))
    })
}

fn sheet_point(outlines: &Outlines, at: LatLon) -> (i32, i32) {
    let point = outlines.project(at);
    (point.x as i32, point.y as i32)
}

/// Where a team's pin goes: the middle of its office's municipality, else of its prefecture's capital.
fn point_of(tonari: Tonari, association: &Association) -> Option<LatLon> {
    let code = match (&association.office, association.area) {
        (Some(office), _) => MunicipalityCode::new(office.value.municipality)?,
        (None, Area::Prefecture(number)) => Prefecture::of(PrefectureCode::new(number)?).capital,
        (None, Area::City(number)) => MunicipalityCode::new(number)?,
    };
    tonari.places.point(code)
}

/// The part of the sheet that holds her prefecture and the pins with some room around, at a calm 4:3.
fn window(home: Option<(i32, i32)>, pins: &[MapPin]) -> Window {
    let mut points = home.into_iter().chain(pins.iter().map(|pin| (pin.x, pin.y)));
    let (x, y) = points.next().unwrap_or_default();
    let (mut left, mut top, mut right, mut bottom) = (x, y, x, y);
    for (x, y) in points {
        left = left.min(x);
        right = right.max(x);
        top = top.min(y);
        bottom = bottom.max(y);
    }
    let width = (right - left + 2 * ROOM).max((bottom - top + 2 * ROOM) * 4 / 3);
    let height = width * 3 / 4;
    Window { left: (left + right - width) / 2, top: (top + bottom - height) / 2, width, height }
}
