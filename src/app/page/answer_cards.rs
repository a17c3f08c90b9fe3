//! Which associations an answer shows, in which order, and their cards.

use domain::association::{Area, Association, AssociationId};
use domain::directory::Edition;
use domain::geo::LatLon;
use domain::jurisdiction::{InCharge, in_charge};
use domain::nearest::{NearTeam, women_teams};
use domain::place::prefecture::Prefecture;
use domain::place::{Candidate, MunicipalityCode, PrefectureCode};
use ui::component::{AnswerCard, CardKind, Distance, answer_card};
use ui::node::{El, el};

use super::answer_map::Pinned;
use super::reasons::reason;
use crate::state::place_words::{candidate_name, prefecture_name};
use crate::state::{Answered, Origin, Tonari};

/// How many teams beside her own are shown.
const NEARBY: usize = 3;

/// What stands on the screen, each group in the order of its cards.
pub struct Shown {
    pub own: Vec<Card>,
    pub near: Vec<Card>,
    /// One of those in charge has a women's team.
    pub own_team: bool,
}

/// What a card is made of. While this stays the same the card stays, and a tap on it meets its button.
#[derive(PartialEq)]
pub struct Card {
    pub association: AssociationId,
    /// The facts are those of this edition.
    pub edition: u32,
    /// Teams are numbered like their pins on the map.
    pub number: Option<usize>,
    /// The rule, where it is in charge.
    pub charged: Option<InCharge>,
}

pub fn shown(tonari: Tonari, answered: Answered) -> Shown {
    tonari.directory.edition.with(|edition| {
        let charged = charged(tonari, edition, answered);
        let near: Vec<AssociationId> = teams(tonari, edition, answered)
            .into_iter()
            .map(|team| team.association)
            .filter(|id| !charged.iter().any(|own| own.association == *id))
            .take(NEARBY)
            .collect();
        let mut number = 0;
        let mut card = |association: AssociationId, charged: Option<InCharge>| {
            let numbered = has_team(edition, &association).then(|| {
                number += 1;
                number
            });
            Card { association, edition: edition.number, number: numbered, charged }
        };
        let own_team = charged.iter().any(|own| has_team(edition, &own.association));
        let own = charged.into_iter().map(|own| card(own.association.clone(), Some(own))).collect();
        Shown { own, near: near.into_iter().map(|id| card(id, None)).collect(), own_team }
    })
}

fn has_team(edition: &Edition, id: &AssociationId) -> bool {
    edition.association(id).is_some_and(|association| association.team.is_some())
}

/// The teams on the map, numbered like the cards.
pub fn pinned(tonari: Tonari, answered: Answered) -> Vec<Pinned> {
    let Shown { own, near, .. } = shown(tonari, answered);
    own.into_iter()
        .chain(near)
        .filter_map(|card| Some(Pinned { number: card.number?, association: card.association }))
        .collect()
}

/// Her own women's team comes first, because it is what she came for.
fn charged(tonari: Tonari, edition: &Edition, answered: Answered) -> Vec<InCharge> {
    let finding = tonari.finding;
    let mut all = in_charge(edition, answered.candidate, finding.who.get(), finding.basis.get());
    if finding.no_city.get() {
        all.retain(|charged| charged.only_if_in.is_none());
    }
    let (with_team, without): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|own| has_team(edition, &own.association));
    with_team.into_iter().chain(without).collect()
}

/// All teams, the nearest first; none before the tables are here.
fn teams(tonari: Tonari, edition: &Edition, answered: Answered) -> Vec<NearTeam> {
    tonari.places.gazetteer.with(|tables| match tables {
        Some(tables) => women_teams(edition, tables, start_of(tonari, answered)),
        None => Vec::new(),
    })
}

/// The card of one association on the screen that answers for this prefecture.
pub fn card(tonari: Tonari, of: &Card, prefecture: PrefectureCode) -> El {
    let made = |association: &Association| {
        let (kept, toggled, shared) = (association.id.clone(), association.id.clone(), association.clone());
        let booked = association.id.clone();
        answer_card(AnswerCard {
            association,
            kind: if of.charged.is_some() { CardKind::InCharge } else { CardKind::Nearby },
            number: of.number,
            distance: distance(tonari, association.id.clone(), prefecture),
            reason: of.charged.clone().map(|charged| why(tonari, charged, association.area)),
            bookable: Box::new(move || tonari.directory.is_bookable(&booked)),
            saved: Box::new(move || tonari.saved.is_saved(&kept)),
            save: Box::new(move || tonari.saved.toggle(toggled.clone())),
            share: Box::new(move || tonari.device.share(&shared)),
        })
    };
    // Keys are made from the edition in use, so there is one.
    tonari
        .directory
        .edition
        .peek(|edition| edition.association(&of.association).map(made))
        .unwrap_or_else(|| el("div"))
}

/// How far it is from the place that is answered just now.
fn distance(tonari: Tonari, id: AssociationId, prefecture: PrefectureCode) -> Distance {
    Box::new(move || {
        let answered = tonari.finding.answered_for(prefecture);
        let teams = tonari.directory.edition.with(|edition| teams(tonari, edition, answered));
        teams.into_iter().find(|team| team.association == id)?.distance
    })
}

fn why(tonari: Tonari, charged: InCharge, area: Area) -> Box<dyn Fn() -> El> {
    Box::new(move || reason(&charged, &area_name(tonari, area)))
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
fn area_name(tonari: Tonari, area: Area) -> String {
    match area {
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
