//! An association's own facts at its desk: what founders read, what is drafted, what was published, and by whom.
//!
//! Members write drafts; a lead publishes all of them together, and exactly those she has seen. To take something back is a
//! draft, too: founders read nothing that no lead has published.

use domain::api::FieldProblem;
use domain::api::desk::facts::{AsSeen, Change, FactLine, Facts, NewFact, Publish, Said};
use domain::association::{Area, Association, AssociationId};
use domain::calendar::{Date, JstTime, to_rfc3339};
use domain::directory::Edition;
use domain::place::PrefectureCode;
use domain::profile::{
    self, Basis, Field, Given, Known, Stated, Statement, Wrong, compose, freshness, known,
};

use super::board::{Asking, Refused};
use super::directory::Directory;
use crate::edition::Published;
use crate::locate::gazetteer;
use crate::store::facts::{Draft, Row, State, Written, seen};
use crate::store::journal::Entry;

impl Directory {
    /// # Errors
    /// As the store says, or an association that is in no directory.
    pub async fn facts(&self, team: &AssociationId) -> Result<Facts, Refused> {
        let published = self.certainly_newest().await?;
        let rows = self.store.facts_of(team.clone()).await?;
        let association = published.edition.association(team).ok_or(Refused::Unknown)?;
        let asked = Field::ALL.iter().filter(|field| field.is_asked_of(association));
        let at = rows.iter().filter_map(|row| match row.state {
            State::Published(edition) => Some((edition, row.id)),
            State::Draft | State::Withdrawn => None,
        });
        let last = at.max().map(|(edition, _)| edition);
        let published_at = match last {
            Some(edition) => self.store.published_at(edition).await?.map(to_rfc3339),
            None => None,
        };
        let today = self.today();
        let facts = asked.map(|field| line(&published, association, *field, &rows, today)).collect();
        Ok(Facts { edition: published.edition.number, published_at, facts })
    }

    /// # Errors
    /// What cannot be said about it, or somebody who was faster.
    pub async fn draft(&self, asking: Asking<'_>, field: Field, new: &NewFact) -> Result<Facts, Refused> {
        let published = self.certainly_newest().await?;
        let association = published.edition.association(asking.team).ok_or(Refused::Unknown)?;
        let given = given(association, field, new);
        self.write(asking, association, field, new.seen, given).await
    }

    /// What stands there still holds: checked today, by themselves.
    ///
    /// # Errors
    /// Nothing that stands there, or somebody who was faster.
    pub async fn confirm(
        &self,
        asking: Asking<'_>,
        field: Field,
        AsSeen { seen }: AsSeen,
    ) -> Result<Facts, Refused> {
        let published = self.certainly_newest().await?;
        let association = published.edition.association(asking.team).ok_or(Refused::Unknown)?;
        let there = known(association, field).ok_or(Refused::Unknown)?;
        // A note of the file speaks of its own source, which is not what holds from now on.
        let own = published
            .edition
            .source(there.source)
            .is_some_and(|one| one.title == own_title(&published, asking.team));
        let statement = Statement {
            note: there.note.filter(|_| own),
            value: there.value,
            basis: Basis::Own,
            checked: self.today().to_text(),
            municipality: association
                .office
                .as_ref()
                .filter(|_| field == Field::Address)
                .map(|fact| fact.value.municipality),
        };
        self.write(asking, association, field, seen, Given::Known(statement)).await
    }

    async fn write(
        &self,
        asking: Asking<'_>,
        association: &Association,
        field: Field,
        seen: i64,
        given: Given,
    ) -> Result<Facts, Refused> {
        let wrong = profile::check(association, field, &given, self.today());
        if !wrong.is_empty() {
            return Err(Refused::Invalid(wrong.into_iter().map(problem).collect()));
        }
        self.put(asking, field, Some(given), seen, "fact_drafted").await
    }

    async fn put(
        &self,
        asking: Asking<'_>,
        field: Field,
        given: Option<Given>,
        seen: i64,
        what: &'static str,
    ) -> Result<Facts, Refused> {
        let new = Draft { association: asking.team.clone(), field, given, by: asking.member };
        let entry = self.entry(asking, what, field.code());
        self.told(asking, self.store.draft(new, seen, entry).await?).await
    }

    /// A draft goes; what was published becomes a draft of what stood there before.
    ///
    /// # Errors
    /// Nothing that could be taken back, or somebody who was faster.
    pub async fn undo(&self, asking: Asking<'_>, field: Field, last: AsSeen) -> Result<Facts, Refused> {
        let rows = self.store.facts_of(asking.team.clone()).await?;
        let of_field = || rows.iter().rev().filter(|row| row.field == field);
        if seen(&rows, field) != last.seen {
            return Err(Refused::Saved);
        }
        let newest = of_field().find(|row| row.id == last.seen).ok_or(Refused::Unknown)?;
        if newest.state == State::Draft {
            let entry = Entry {
                about: format!("fact:{}", newest.id),
                ..self.entry(asking, "fact_dropped", field.code())
            };
            let done = self.store.drop_draft(asking.team.clone(), newest.id, entry).await?;
            return self.told(asking, done).await;
        }
        let before = of_field().filter(|row| matches!(row.state, State::Published(_))).nth(1);
        let given = before.and_then(|row| row.given.clone());
        self.put(asking, field, given, last.seen, "fact_taken_back").await
    }

    /// From now on founders read these.
    ///
    /// # Errors
    /// Drafts that are not all there are.
    pub async fn publish_drafts(&self, asking: Asking<'_>, publish: &Publish) -> Result<Facts, Refused> {
        self.certainly_newest().await?;
        let entry = self.entry(asking, "facts_published", &publish.drafts.len().to_string());
        let done = self.store.publish(asking.team.clone(), publish.drafts.clone(), entry).await?;
        self.told(asking, done).await
    }

    async fn told(&self, asking: Asking<'_>, written: Written) -> Result<Facts, Refused> {
        match written {
            Written::Done | Written::Already => self.facts(asking.team).await,
            Written::Meanwhile => Err(Refused::Saved),
        }
    }

    fn entry(&self, asking: Asking<'_>, what: &'static str, detail: &str) -> Entry {
        Entry {
            at: (self.clock)(),
            who: asking.who.to_owned(),
            association: Some(asking.team.clone()),
            what,
            about: String::new(),
            detail: detail.to_owned(),
        }
    }

    fn today(&self) -> Date {
        JstTime::from_unix_seconds((self.clock)()).date
    }
}

fn own_title(published: &Published, team: &AssociationId) -> String {
    published.base.association(team).map(profile::own_title).unwrap_or_default()
}

fn line(
    published: &Published,
    association: &Association,
    field: Field,
    rows: &[Row],
    today: Date,
) -> FactLine {
    let there = known(association, field);
    let now = there.as_ref().map(|there| said(there, &published.edition));
    let of_field: Vec<&Row> = rows.iter().filter(|row| row.field == field).collect();
    let mut history = Vec::new();
    let mut before = laid_over(published, association, field, None);
    let mut draft = None;
    for row in of_field {
        let after = || laid_over(published, association, field, row.given.as_ref());
        match row.state {
            State::Withdrawn => {}
            State::Draft => draft = Some(change(row, now.clone(), after(), None)),
            State::Published(edition) => {
                let after = after();
                history.push(change(row, before, after.clone(), Some(edition)));
                before = after;
            }
        }
    }
    history.reverse();
    let freshness = freshness(there.as_ref(), today);
    FactLine { field, seen: seen(rows, field), now, freshness, draft, history }
}

fn change(row: &Row, before: Option<Said>, after: Option<Said>, edition: Option<u32>) -> Change {
    Change { id: row.id, by: format!("member:{}", row.by), at: to_rfc3339(row.at), before, after, edition }
}

/// As founders would read it: by the very rules that make an edition.
fn laid_over(
    published: &Published,
    association: &Association,
    field: Field,
    given: Option<&Given>,
) -> Option<Said> {
    let id = &association.id;
    let base = &published.base;
    // Only hers: an edition of all associations for each line would be much work for nothing.
    let alone = Edition { associations: base.association(id).cloned().into_iter().collect(), ..base.clone() };
    let team = association.team.as_ref().map(|_| yes(id));
    let stated = given.map(|given| Stated { association: id.clone(), field, given: given.clone() });
    let all: Vec<Stated> = team.into_iter().filter(|one| one.field != field).chain(stated).collect();
    let edition = compose(&alone, base.number, &base.issued, &all);
    known(edition.associations.first()?, field).map(|known| said(&known, &edition))
}

/// A name of a team that the file does not know needs the team.
fn yes(id: &AssociationId) -> Stated {
    let statement = Statement {
        value: profile::YES.to_owned(),
        basis: Basis::Own,
        checked: "0000-01-01".to_owned(),
        note: None,
        municipality: None,
    };
    Stated { association: id.clone(), field: Field::Team, given: Given::Known(statement) }
}

fn said(known: &Known, edition: &Edition) -> Said {
    let source = edition.source(known.source);
    Said {
        value: known.value.clone(),
        source: source.map(|source| source.title.clone()).unwrap_or_default(),
        url: source.and_then(|source| source.url.clone()),
        checked: known.as_of.as_ref().map(|as_of| as_of.0.clone()),
        note: known.note.clone(),
    }
}

fn given(association: &Association, field: Field, new: &NewFact) -> Given {
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let checked = new.checked.clone();
    let Some(value) = &new.value else { return Given::Unknown { checked } };
    let value = value.trim().to_owned();
    let basis = if new.own {
        Basis::Own
    } else {
        Basis::Read { title: new.title.trim().to_owned(), url: text(&new.url) }
    };
    let municipality = (field == Field::Address).then(|| municipality(association, &value)).flatten();
    Given::Known(Statement { value, basis, checked, note: text(&new.note), municipality })
}

/// The one of the association's area that the address names; of several the longest: 名古屋市中村区 and not 名古屋市.
fn municipality(association: &Association, address: &str) -> Option<u32> {
    let prefecture = match association.area {
        Area::Prefecture(number) => PrefectureCode::new(number)?,
        Area::City(code) => PrefectureCode::new(u8::try_from(code / 1000).ok()?)?,
    };
    let gazetteer = gazetteer();
    let named = gazetteer.municipalities_of(prefecture).filter_map(|code| gazetteer.municipality(code));
    let named = named.filter(|one| address.contains(&one.name));
    named.max_by_key(|one| one.name.len()).map(|one| one.code.number())
}

fn problem(wrong: Wrong) -> FieldProblem {
    FieldProblem { field: wrong.field().to_owned(), code: wrong.code().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::bundled;

    #[test]
    fn an_address_stands_in_the_municipality_it_names() {
        let edition = bundled();
        let of = |id: &str, address: &str| {
            municipality(edition.association(&AssociationId(id.to_owned())).unwrap(), address)
        };
        assert_eq!(of("shimane", "島根県松江市殿町105番地"), Some(32201));
        assert_eq!(of("shimane", "東京都千代田区"), None, "elsewhere");
        for association in &edition.associations {
            if let Some(office) = association.office.as_ref().map(|fact| &fact.value) {
                assert_eq!(municipality(association, &office.address), Some(office.municipality));
            }
        }
    }
}
