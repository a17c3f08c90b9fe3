//! How the teams that there are came to be: what the directory says, with its sources, and nothing besides.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::api::desk::report::{Founded, Founding, Said};
use domain::association::{Association, Team};
use domain::directory::Edition;
use domain::fact::Fact;

use super::Staff;
use crate::router::App;

pub async fn founding(State(app): State<Arc<App>>, staff: Staff) -> Json<Founding> {
    let edition = &app.published().edition;
    let own = staff.association.as_ref().and_then(|id| edition.association(id));
    Json(told(edition, own))
}

/// The first in the country first, then those whose year is known, then the others as the directory has them.
fn told(edition: &Edition, own: Option<&Association>) -> Founding {
    let with = |association: &'_ Association| association.team.is_some();
    let mut teams: Vec<(&Association, &Team)> =
        edition.associations.iter().filter_map(|one| Some((one, one.team.as_ref()?))).collect();
    teams.sort_by_key(|(_, team)| {
        let year = team.founded.as_ref().map_or(u16::MAX, |year| year.value);
        (team.first_in_japan.is_none(), year)
    });
    Founding {
        teams: teams.into_iter().map(|(association, team)| founded(edition, association, team)).collect(),
        without: edition.associations.iter().filter(|one| !with(one)).count().try_into().unwrap_or(u32::MAX),
        own_is_without: own.is_some_and(|own| !with(own)),
    }
}

fn founded(edition: &Edition, association: &Association, team: &Team) -> Founded {
    Founded {
        association: association.name.value.clone(),
        name: team.name.as_ref().map(|name| said(edition, name)),
        year: team.founded.as_ref().map(|year| said(edition, year)),
        first: team.first_in_japan.as_ref().map(|first| said(edition, first)),
        listed: said(edition, &team.listed),
    }
}

fn said<T: ToString>(edition: &Edition, fact: &Fact<T>) -> Said {
    let source = edition.source(fact.source);
    Said {
        value: fact.value.to_string(),
        source: source.map(|source| source.title.clone()).unwrap_or_default(),
        url: source.and_then(|source| source.url.clone()),
        as_of: fact.as_of.as_ref().map(|as_of| as_of.0.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The page said that all ten teams exist; the only list there is, is of June 2018.
    #[test]
    fn every_team_is_told_with_its_source_and_what_is_unknown_is_absent() {
        let edition = Edition::parse(include_bytes!("../../../public/data/directory.json")).unwrap();
        let told = told(&edition, edition.associations.iter().find(|one| one.id.as_str() == "aomori"));
        assert_eq!((told.teams.len(), told.without, told.own_is_without), (10, 41, true));
        let names: Vec<_> = told.teams.iter().filter_map(|team| team.name.as_ref()).collect();
        let names: Vec<_> = names.iter().map(|name| name.value.as_str()).collect();
        assert_eq!(names, ["エスポワール", "シルキークレイン"]);
        assert!(told.teams[0].first.is_some() && told.teams[0].year.is_none());
        assert_eq!(told.teams[1].year.as_ref().map(|year| year.value.as_str()), Some("2015"));
        for team in &told.teams {
            assert_eq!(team.listed.as_of.as_deref(), Some("2018-06"), "{}", team.association);
            let facts = [Some(&team.listed), team.name.as_ref(), team.year.as_ref(), team.first.as_ref()];
            assert!(facts.into_iter().flatten().all(|fact| !fact.source.is_empty()));
        }
    }
}
