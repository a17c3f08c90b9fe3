//! An answer as one line of JSON. Written by serde from these shapes, so the order of fields is the order here.

use std::collections::BTreeSet;

use serde::Serialize;

use domain::place::gazetteer::Gazetteer;
use domain::place::prefecture::Prefecture;
use domain::place::{Answer, PrefectureCode};

use super::{Failure, Locator, Meaning, Place, kind};

/// Everything after `input`: the same for every line that means the same.
#[derive(Serialize)]
struct Rest<'a> {
    kind: Option<&'static str>,
    municipalities: Vec<Named>,
    prefectures: Vec<Named>,
    in_charge: Vec<&'a str>,
    women_teams: Vec<Team<'a>>,
    ambiguous: bool,
    error: Option<&'static str>,
}

#[derive(Serialize)]
struct Named {
    code: String,
    name: String,
}

#[derive(Serialize)]
struct Team<'a> {
    association: &'a str,
    distance_km: Option<f64>,
    in_charge: bool,
}

/// The rest of the line for a place, without the opening brace.
pub(super) fn found(locator: &Locator, meaning: &Meaning, place: &Place) -> Vec<u8> {
    let in_charge: Vec<&str> = place.in_charge.iter().map(|one| one.association.as_str()).collect();
    let women_teams = place.women_teams.iter().map(|team| Team {
        association: team.association.as_str(),
        distance_km: team.distance.map(|(metres, _)| tenths(metres.kilometres())),
        in_charge: in_charge.contains(&team.association.as_str()),
    });
    rest(&Rest {
        kind: Some(kind(meaning.answer.kind)),
        municipalities: municipalities(&locator.gazetteer, &meaning.answer),
        prefectures: prefectures(&meaning.answer),
        women_teams: women_teams.collect(),
        in_charge,
        ambiguous: place.ambiguous,
        error: None,
    })
}

/// The rest of the line where there is no answer.
pub(super) fn failed(failure: Failure) -> Vec<u8> {
    rest(&Rest {
        kind: None,
        municipalities: Vec::new(),
        prefectures: Vec::new(),
        in_charge: Vec::new(),
        women_teams: Vec::new(),
        ambiguous: false,
        error: Some(failure.code()),
    })
}

/// Puts the parts together: `{"input":"…","kind":…}` and the end of the line.
pub(super) fn line(input: &str, rest: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"input\":");
    serde_json::to_writer(&mut *out, input).expect("a string in memory is plain JSON");
    out.push(b',');
    out.extend_from_slice(rest);
    out.push(b'\n');
}

fn rest(rest: &Rest<'_>) -> Vec<u8> {
    let mut json = serde_json::to_vec(rest).expect("the shapes above are plain JSON");
    json.remove(0);
    json
}

fn municipalities(gazetteer: &Gazetteer, answer: &Answer) -> Vec<Named> {
    let codes = answer.candidates.iter().filter_map(|candidate| candidate.municipality);
    codes
        .filter_map(|code| gazetteer.municipality(code))
        .map(|municipality| Named { code: municipality.code.to_string(), name: municipality.name })
        .collect()
}

fn prefectures(answer: &Answer) -> Vec<Named> {
    let mut seen = BTreeSet::new();
    let codes: Vec<PrefectureCode> = answer
        .candidates
        .iter()
        .map(|candidate| candidate.prefecture)
        .filter(|code| seen.insert(*code))
        .collect();
    codes
        .iter()
        .map(|code| Named { code: code.to_string(), name: Prefecture::of(*code).name.to_owned() })
        .collect()
}

/// More digits would promise more than the middle of a municipality can keep.
fn tenths(kilometres: f64) -> f64 {
    (kilometres * 10.0).round() / 10.0
}
