//! What desks have published, laid over the edition of a file.
//!
//! The file is never changed, so taking something back gives exactly what was there. Where a newer file says something else
//! about a field, the desk goes on holding, because a team knows its own telephone; unless the file's fact is certainly of a
//! later day than the desk's. A fact of the file without a day never outdoes a desk.

use super::{Basis, Field, Given, Stated, Statement, first_day, known, rule};
use crate::association::{Association, Office, Precision, Team};
use crate::directory::Edition;
use crate::fact::{AsOf, Fact, Mark, Source, SourceId};

/// What does not fit the file any more is left out: an association that has gone, a name of a team that is not there.
#[must_use]
pub fn compose(base: &Edition, number: u32, issued: &str, stated: &[Stated]) -> Edition {
    let mut edition = Edition { number, issued: issued.to_owned(), ..base.clone() };
    // In the order of fields: a team has to be there before it has a name.
    for field in Field::ALL {
        for one in stated.iter().filter(|one| one.field == field) {
            lay(&mut edition, base, one);
        }
    }
    edition
}

/// How an association's own word is called among the sources.
#[must_use]
pub fn own_title(association: &Association) -> String {
    format!("{}の申告（となりの窓口）", association.name.value)
}

fn lay(edition: &mut Edition, base: &Edition, stated: &Stated) {
    let Some(at) = edition.associations.iter().position(|one| one.id == stated.association) else { return };
    let association = &edition.associations[at];
    if outdone(association, stated) || !stated.field.is_asked_of(association) {
        return;
    }
    match &stated.given {
        Given::Unknown { .. } => forget(&mut edition.associations[at], stated.field),
        Given::Known(statement) => {
            // Its name may have been laid before: one source, not two.
            let source = source(&base.associations[at], &statement.basis);
            let Some(source) = place_of(&mut edition.sources, source) else { return };
            put(&mut edition.associations[at], stated.field, statement, source);
        }
    }
}

fn outdone(association: &Association, stated: &Stated) -> bool {
    let file = known(association, stated.field).and_then(|known| known.as_of);
    file.is_some_and(|as_of| first_day(&as_of).as_str() > stated.given.checked())
}

fn source(association: &Association, basis: &Basis) -> Source {
    match basis {
        Basis::Own => Source { mark: Mark::Official, title: own_title(association), url: None },
        Basis::Read { title, url } => {
            let is_its_own = url.as_deref().is_some_and(|url| host(url) == host(&association.website.value));
            let mark = if is_its_own { Mark::Official } else { Mark::News };
            Source { mark, title: title.clone(), url: url.clone() }
        }
    }
}

fn host(url: &str) -> Option<&str> {
    url.split_once("://")?.1.split(['/', '?', '#']).next()
}

/// At the end, unless it is there already: places of others never move.
fn place_of(sources: &mut Vec<Source>, source: Source) -> Option<SourceId> {
    let same = |there: &Source| (&there.title, &there.url) == (&source.title, &source.url);
    let at = sources.iter().position(same).unwrap_or(sources.len());
    let id = SourceId(u16::try_from(at).ok()?);
    if at == sources.len() {
        sources.push(source);
    }
    Some(id)
}

fn put(association: &mut Association, field: Field, statement: &Statement, source: SourceId) {
    fn fact<T>(value: T, statement: &Statement, source: SourceId) -> Fact<T> {
        let as_of = Some(AsOf(statement.checked.clone()));
        Fact { value, source, as_of, note: statement.note.clone() }
    }
    let text = || fact(statement.value.clone(), statement, source);
    let named = |team: &mut Option<Team>, put: &dyn Fn(&mut Team)| team.as_mut().into_iter().for_each(put);
    match field {
        Field::Phone => association.phone = Some(text()),
        Field::Hours => association.hours = Some(text()),
        Field::Website => association.website = text(),
        Field::Name => association.name = text(),
        Field::Address => {
            if let Some(office) = office(association, statement) {
                association.office = Some(fact(office, statement, source));
            }
        }
        Field::Eligibility => {
            let rule = rule(&statement.value).map(|rule| fact(rule, statement, source));
            association.eligibility = rule.or(association.eligibility.take());
        }
        Field::Team => {
            let listed = fact(true, statement, source);
            match &mut association.team {
                Some(team) => team.listed = listed,
                none => {
                    *none =
                        Some(Team { listed, name: None, name_en: None, founded: None, first_in_japan: None });
                }
            }
        }
        Field::TeamName => named(&mut association.team, &|team| team.name = Some(text())),
        Field::TeamNameEn => named(&mut association.team, &|team| team.name_en = Some(text())),
        Field::TeamFounded => {
            let year = statement.value.parse().ok();
            let year = year.map(|year: u16| fact(year, statement, source));
            named(&mut association.team, &|team| team.founded = year.clone().or(team.founded.take()));
        }
    }
}

/// The same address keeps what else is known about it.
fn office(association: &Association, statement: &Statement) -> Option<Office> {
    let there = association.office.as_ref().map(|fact| &fact.value);
    if let Some(there) = there.filter(|there| there.address == statement.value) {
        return Some(there.clone());
    }
    let municipality = statement.municipality?;
    let address = statement.value.clone();
    Some(Office { address, precision: Precision::Street, postcode: None, municipality })
}

/// 要確認. What is needed stays.
fn forget(association: &mut Association, field: Field) {
    let named = |team: &mut Option<Team>, put: &dyn Fn(&mut Team)| team.as_mut().into_iter().for_each(put);
    match field {
        Field::Phone => association.phone = None,
        Field::Hours => association.hours = None,
        Field::Address => association.office = None,
        Field::Eligibility => association.eligibility = None,
        Field::TeamName => named(&mut association.team, &|team| team.name = None),
        Field::TeamNameEn => named(&mut association.team, &|team| team.name_en = None),
        Field::TeamFounded => named(&mut association.team, &|team| team.founded = None),
        Field::Website | Field::Name | Field::Team => {}
    }
}
