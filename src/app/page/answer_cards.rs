//! Which associations an answer shows, in which order, and their cards.

use domain::association::{Area, Association};
use domain::directory::Edition;
use domain::geo::LatLon;
use domain::jurisdiction::{InCharge, in_charge};
use domain::nearest::{NearTeam, women_teams};
use domain::place::prefecture::Prefecture;
use domain::place::{Candidate, MunicipalityCode, PrefectureCode};
use ui::component::{AnswerCard, CardKind, answer_card};
use ui::node::El;

use super::answer_map::Pinned;
use super::reasons::reason;
use crate::state::place_words::{candidate_name, prefecture_name};
use crate::state::{Answered, Origin, Tonari};

/// How many teams beside her own are shown.
const NEARBY: usize = 3;

/// What stands on the screen.
pub struct Cards {
    pub own: Vec<El>,
    pub near: Vec<El>,
    /// More than one association is in charge, and no question is open.
    pub several: bool,
    /// One of them has a women's team.
    pub own_team: bool,
}

/// Those in charge and the nearest other teams, each group in the order of its cards.
struct Shown {
    charged: Vec<InCharge>,
    near: Vec<NearTeam>,
    /// Distances of all teams, for the cards of those in charge.
    teams: Vec<NearTeam>,
}

pub fn cards(tonari: Tonari, answered: Answered) -> Cards {
    tonari.directory.edition.with(|edition| {
        let shown = shown(tonari, edition, answered);
        let mut number = 0;
        let mut numbered = |association: &Association| {
            association.team.as_ref().map(|_| {
                number += 1;
                number
            })
        };
        let mut own = Vec::new();
        for charged in &shown.charged {
            let Some(association) = edition.association(&charged.association) else { continue };
            let distance = shown
                .teams
                .iter()
                .find(|team| team.association == association.id)
                .and_then(|team| team.distance);
            let why = reason(charged, &area_name(tonari, association));
            let near = NearTeam { association: association.id.clone(), distance };
            own.push(card(tonari, association, CardKind::InCharge, numbered(association), &near, Some(why)));
        }
        let mut near = Vec::new();
        for team in &shown.near {
            let Some(association) = edition.association(&team.association) else { continue };
            near.push(card(tonari, association, CardKind::Nearby, numbered(association), team, None));
        }
        let has_team = |c: &InCharge| edition.association(&c.association).is_some_and(|a| a.team.is_some());
        Cards { own, near, several: shown.charged.len() > 1, own_team: shown.charged.iter().any(has_team) }
    })
}

/// The teams on the map, numbered like the cards.
pub fn pinned(tonari: Tonari, edition: &Edition, answered: Answered) -> Vec<Pinned> {
    let shown = shown(tonari, edition, answered);
    let own = shown.charged.into_iter().map(|charged| charged.association);
    own.chain(shown.near.into_iter().map(|team| team.association))
        .filter_map(|id| edition.association(&id).filter(|a| a.team.is_some()))
        .enumerate()
        .map(|(at, association)| Pinned { number: at + 1, association: association.id.clone() })
        .collect()
}

fn shown(tonari: Tonari, edition: &Edition, answered: Answered) -> Shown {
    let finding = tonari.finding;
    let mut all = in_charge(edition, answered.candidate, finding.who.get(), finding.basis.get());
    if finding.no_city.get() {
        all.retain(|charged| charged.only_if_in.is_none());
    }
    // Her own women's team comes first, because it is what she came for.
    let (with_team, without): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|c| edition.association(&c.association).is_some_and(|a| a.team.is_some()));
    let charged: Vec<InCharge> = with_team.into_iter().chain(without).collect();
    let teams = tonari.places.gazetteer.with(|tables| match tables {
        Some(tables) => women_teams(edition, tables, start_of(tonari, answered)),
        None => Vec::new(),
    });
    let near = teams
        .iter()
        .filter(|team| !charged.iter().any(|c| c.association == team.association))
        .take(NEARBY)
        .cloned()
        .collect();
    Shown { charged, near, teams }
}

/// Where distances start.
fn start_of(tonari: Tonari, answered: Answered) -> Option<LatLon> {
    let capital = Prefecture::of(answered.candidate.prefecture).capital;
    match (answered.origin, answered.candidate.municipality) {
        (Origin::Position(at), _) => Some(at),
        (Origin::Municipality, Some(code)) => tonari.places.point(code),
        (Origin::Municipality | Origin::Prefecture, _) => tonari.places.point(capital),
    }
}

/// 島根県, or the city of a city association.
fn area_name(tonari: Tonari, association: &Association) -> String {
    match association.area {
        Area::Prefecture(number) => PrefectureCode::new(number).map(prefecture_name),
        Area::City(number) => MunicipalityCode::new(number).map(|code| {
            candidate_name(
                tonari.places,
                Candidate { prefecture: code.prefecture(), municipality: Some(code) },
            )
        }),
    }
    .unwrap_or_default()
}

fn card(
    tonari: Tonari,
    association: &Association,
    kind: CardKind,
    number: Option<usize>,
    team: &NearTeam,
    reason: Option<El>,
) -> El {
    let (kept, toggled, shared) = (association.id.clone(), association.id.clone(), association.clone());
    answer_card(AnswerCard {
        association,
        kind,
        number,
        distance: team.distance,
        reason,
        saved: Box::new(move || tonari.saved.is_saved(&kept)),
        save: Box::new(move || tonari.saved.toggle(toggled.clone())),
        share: Box::new(move || tonari.device.share(&shared)),
    })
}
