//! Women's teams by distance, and what the distance was measured to.
//!
//! Must not know who is in charge. Works without a position: then the order is that of the directory. The surprising
//! rule: no address is ever turned into a point. An office is measured to the middle of its municipality, a team
//! whose office is unknown to its prefecture's capital, and [`MeasuredTo`] has to be said with every distance.

use crate::association::{Area, Association, AssociationId, Precision};
use crate::directory::Edition;
use crate::geo::{LatLon, Metres, distance};
use crate::place::gazetteer::Gazetteer;
use crate::place::prefecture::Prefecture;
use crate::place::{MunicipalityCode, PrefectureCode};

/// What a distance was measured to. Shown with it, always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasuredTo {
    /// The middle of the municipality the office stands in; the office's address is known this precisely.
    OfficeMunicipality(Precision),
    /// The middle of the prefecture's capital: the office's address is unknown.
    Capital,
}

/// A women's team and how far it is.
#[derive(Clone, Debug, PartialEq)]
pub struct NearTeam {
    pub association: AssociationId,
    /// Absent where her position or the point of the office is unknown.
    pub distance: Option<(Metres, MeasuredTo)>,
}

/// Where the teams are. Worked out once and asked often: points come out of packed tables.
pub struct TeamPoints(Vec<(AssociationId, Option<(LatLon, MeasuredTo)>)>);

impl TeamPoints {
    #[must_use]
    pub fn of(edition: &Edition, gazetteer: &Gazetteer) -> Self {
        let teams = edition.associations.iter().filter(|a| a.team.is_some());
        Self(teams.map(|a| (a.id.clone(), point(a, gazetteer))).collect())
    }

    /// All teams, nearest first. Teams equally far, and those without a point at the end, keep the directory's order.
    #[must_use]
    pub fn nearest_to(&self, from: Option<LatLon>) -> Vec<NearTeam> {
        let far = |team: &NearTeam| team.distance.map_or(f64::INFINITY, |(metres, _)| metres.0);
        // Ten teams: put each where it belongs. A general sort would weigh more on the phone than all of this file.
        let mut teams: Vec<NearTeam> = Vec::with_capacity(self.0.len());
        for (association, point) in &self.0 {
            let distance =
                from.zip(*point).map(|(from, (to, measured_to))| (distance(from, to), measured_to));
            let team = NearTeam { association: association.clone(), distance };
            let nearer = teams.iter().take_while(|other| far(other) <= far(&team)).count();
            teams.insert(nearer, team);
        }
        teams
    }
}

/// All women's teams, nearest first; in the directory's order without a position.
#[must_use]
pub fn women_teams(edition: &Edition, gazetteer: &Gazetteer, from: Option<LatLon>) -> Vec<NearTeam> {
    TeamPoints::of(edition, gazetteer).nearest_to(from)
}

fn point(association: &Association, gazetteer: &Gazetteer) -> Option<(LatLon, MeasuredTo)> {
    let middle = |code| gazetteer.municipality(code)?.point;
    let office = association.office.as_ref().and_then(|office| {
        let code = MunicipalityCode::new(office.value.municipality)?;
        Some((middle(code)?, MeasuredTo::OfficeMunicipality(office.value.precision)))
    });
    office.or_else(|| Some((middle(capital(association)?)?, MeasuredTo::Capital)))
}

fn capital(association: &Association) -> Option<MunicipalityCode> {
    match association.area {
        Area::Prefecture(number) => PrefectureCode::new(number).map(|code| Prefecture::of(code).capital),
        Area::City(number) => MunicipalityCode::new(number),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn edition() -> Edition {
        Edition::parse(include_bytes!("../../public/data/directory.json")).unwrap()
    }

    fn gazetteer() -> Gazetteer {
        Gazetteer::open(include_bytes!("../../public/data/places.bin").to_vec()).unwrap()
    }

    fn ids(teams: &[NearTeam]) -> Vec<&str> {
        teams.iter().map(|team| team.association.as_str()).collect()
    }

    #[test]
    fn from_matsue_the_team_next_door_comes_first_and_the_next_one_is_across_the_sea() {
        let matsue = LatLon { lat: 35.468, lon: 133.051 };
        let teams = women_teams(&edition(), &gazetteer(), Some(matsue));
        assert_eq!(ids(&teams)[..2], ["shimane", "kochi"]);
        let (metres, measured_to) = teams[0].distance.unwrap();
        assert!(metres.kilometres() < 5.0, "{metres:?}");
        assert_eq!(measured_to, MeasuredTo::OfficeMunicipality(Precision::Street));
    }

    #[test]
    fn every_team_can_be_measured_to_and_says_to_what() {
        let teams = women_teams(&edition(), &gazetteer(), Some(LatLon { lat: 35.7, lon: 139.7 }));
        let measured_to = |id: &str| {
            let team = teams.iter().find(|team| team.association.as_str() == id).unwrap();
            team.distance.unwrap().1
        };
        for id in ["saitama", "aichi", "gifu", "shimane"] {
            assert_eq!(measured_to(id), MeasuredTo::OfficeMunicipality(Precision::Street), "{id}");
        }
        assert_eq!(measured_to("gunma"), MeasuredTo::OfficeMunicipality(Precision::Town));
        assert_eq!(measured_to("fukui"), MeasuredTo::OfficeMunicipality(Precision::City));
        for id in ["akita", "yamanashi", "ishikawa", "kochi"] {
            assert_eq!(measured_to(id), MeasuredTo::Capital, "{id}");
        }
    }

    #[test]
    fn without_a_position_the_order_is_the_directorys_and_nothing_is_measured() {
        let teams = women_teams(&edition(), &gazetteer(), None);
        let listed = edition();
        let listed: Vec<_> =
            listed.associations.iter().filter(|a| a.team.is_some()).map(|a| a.id.as_str()).collect();
        assert_eq!(ids(&teams), listed);
        assert!(teams.iter().all(|team| team.distance.is_none()));
    }

    #[test]
    fn teams_equally_far_keep_the_directorys_order_wherever_they_stand_in_it() {
        let mut edition = edition();
        let shimane = edition.associations.iter().position(|a| a.id.as_str() == "shimane").unwrap();
        let mut twin = edition.associations[shimane].clone();
        twin.id = AssociationId("twin".to_owned());
        edition.associations.insert(shimane + 1, twin.clone());
        let near = women_teams(&edition, &gazetteer(), Some(LatLon { lat: 35.0, lon: 133.0 }));
        assert_eq!(ids(&near)[..2], ["shimane", "twin"]);
        edition.associations.remove(shimane + 1);
        edition.associations.insert(0, twin);
        let near = women_teams(&edition, &gazetteer(), Some(LatLon { lat: 35.0, lon: 133.0 }));
        assert_eq!(ids(&near)[..2], ["twin", "shimane"]);
    }

    proptest! {
        #[test]
        fn from_anywhere_all_ten_teams_come_nearest_first(lat in 24.0..46.0, lon in 122.0..149.0) {
            let points = TeamPoints::of(&edition(), &gazetteer());
            let teams = points.nearest_to(Some(LatLon { lat, lon }));
            prop_assert_eq!(teams.len(), 10);
            let far: Vec<f64> = teams.iter().map(|team| team.distance.unwrap().0.0).collect();
            prop_assert!(far.is_sorted());
            prop_assert!(far.iter().all(|metres| (0.0..4_000_000.0).contains(metres)));
        }
    }
}
