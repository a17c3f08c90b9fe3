//! The outline map of an answer: her prefecture lifted, teams as pins numbered like the cards.

use domain::association::{Area, Association, AssociationId};
use domain::geo::LatLon;
use domain::place::prefecture::Prefecture;
use domain::place::{MunicipalityCode, PrefectureCode};
use leptos::prelude::*;
use ui::component::{MapPin, OutlineMap};

use crate::state::Tonari;

/// A team that has a card of this number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    pub number: usize,
    pub association: AssociationId,
}

#[component]
pub fn AnswerMap(prefecture: PrefectureCode, pins: Vec<Pinned>) -> impl IntoView {
    let tonari = expect_context::<Tonari>();
    let outlines = tonari.places.outlines.get()?;
    let edition = tonari.directory.edition.get();
    let pins: Vec<MapPin> = pins
        .into_iter()
        .filter_map(|pin| {
            let at = outlines.project(point_of(tonari, edition.association(&pin.association)?)?);
            Some(MapPin { number: pin.number, x: at.x, y: at.y })
        })
        .collect();
    let home = tonari
        .places
        .gazetteer
        .with(|tables| tables.as_ref()?.municipality(Prefecture::of(prefecture).capital)?.point)
        .map(|capital| outlines.project(capital));
    let window = window(outlines.sheet(), home.map(|at| (at.x, at.y)), &pins);
    let shapes = PrefectureCode::all().map(|code| (code, outlines.path(code))).collect();
    Some(view! { <OutlineMap shapes window lifted=vec![prefecture] pins/> })
}

/// Where a team's pin goes: the middle of its office's municipality, else of its prefecture's capital.
fn point_of(tonari: Tonari, association: &Association) -> Option<LatLon> {
    let code = match (&association.office, association.area) {
        (Some(office), _) => MunicipalityCode::new(office.value.municipality)?,
        (None, Area::Prefecture(number)) => Prefecture::of(PrefectureCode::new(number)?).capital,
        (None, Area::City(number)) => MunicipalityCode::new(number)?,
    };
    tonari.places.gazetteer.with(|tables| tables.as_ref()?.municipality(code)?.point)
}

/// The part of the sheet that holds her prefecture and the first pins with some room around, at a calm 4:3.
fn window(sheet: (f64, f64), home: Option<(f64, f64)>, pins: &[MapPin]) -> (f64, f64, f64, f64) {
    let points: Vec<(f64, f64)> = home.into_iter().chain(pins.iter().map(|pin| (pin.x, pin.y))).collect();
    let Some(&(x, y)) = points.first() else { return (0.0, 0.0, sheet.0, sheet.1) };
    let (mut left, mut top, mut right, mut bottom) = (x, y, x, y);
    for (x, y) in points {
        left = left.min(x);
        right = right.max(x);
        top = top.min(y);
        bottom = bottom.max(y);
    }
    let room = 26.0;
    let width = (right - left + 2.0 * room).max((bottom - top + 2.0 * room) * 4.0 / 3.0);
    let height = width * 3.0 / 4.0;
    ((left + right - width) / 2.0, (top + bottom - height) / 2.0, width, height)
}
