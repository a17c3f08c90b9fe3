//! What bookings come to, for the team itself and for the federation.
//!
//! What she wrote lies in the sealed letter. A report opens none: a thousand letters opened for a percentage would be the
//! largest look at them there is, and nobody could say afterwards what it was good for. What consultations were about is
//! known where whoever held one said so.

use domain::api::desk::report::{National, Report, Subjects};
use domain::association::AssociationId;
use domain::calendar::{Date, JstTime};
use domain::place::MunicipalityCode;
use domain::report::few::{K, line, table};
use domain::report::subject::Subjects as Counts;
use domain::report::{Fact, Figures, Outcome, finished_quarter, finished_quarters};

use super::Bookings;
use super::board::{Asking, Refused};
use crate::locate::gazetteer;
use crate::store::StoreError;
use crate::store::journal::Entry;
use crate::store::subjects::Span;

/// Quarters back that the federation may ask for.
const QUARTERS: usize = 12;

/// What a report is about.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    pub facts: Vec<Fact>,
    pub figures: Figures,
    pub subjects: Subjects,
    /// A demonstration's.
    pub fictional: bool,
}

impl Bookings {
    /// Real bookings; of a team that has none, those of its demonstration.
    ///
    /// # Errors
    /// As the store says.
    pub async fn counted(&self, team: &AssociationId, days: (Date, Date)) -> Result<Counted, StoreError> {
        let midnight = |date| JstTime { date, minute: 0 }.unix_seconds();
        let all = self.boards.facts(team.clone(), midnight(days.0), midnight(days.1.plus_days(1))).await?;
        let (made_up, real): (Vec<Fact>, Vec<Fact>) = all.into_iter().partition(|fact| fact.fictional);
        let fictional = real.is_empty() && !made_up.is_empty();
        let facts = if fictional { made_up } else { real };
        let figures = Figures::of(&facts);
        let said = self.boards.said(team.clone(), Span::of(days, fictional)).await?;
        let Counts { industries, stages, areas } = Counts::of(&said, figures.outcome(Outcome::Attended));
        let subjects = Subjects { industries, stages, areas: named(&areas) };
        Ok(Counted { facts, figures, subjects, fictional })
    }

    /// # Errors
    /// As the store says.
    pub async fn report(&self, team: &AssociationId, days: (Date, Date)) -> Result<Report, Refused> {
        let Counted { figures, subjects, fictional, .. } = self.counted(team, days).await?;
        Ok(Report { from: days.0.to_text(), to: days.1.to_text(), fictional, figures, subjects })
    }

    /// The same, to be carried out of the house: that is written down before.
    ///
    /// # Errors
    /// As the store says.
    pub async fn exported(&self, asking: Asking<'_>, days: (Date, Date)) -> Result<Counted, Refused> {
        let entry = Entry {
            at: (self.clock)(),
            who: asking.who.to_owned(),
            association: Some(asking.team.clone()),
            what: "exported",
            about: "report".to_owned(),
            detail: [days.0.to_text(), days.1.to_text()].join("/"),
        };
        self.journal.append(entry).await?;
        Ok(self.counted(asking.team, days).await?)
    }

    /// Of all teams that take bookings; `name` says how each is called. Nothing a booking could be known from is in it.
    ///
    /// # Errors
    /// A day on which no quarter begins that is over.
    pub async fn national(
        &self,
        first: Option<Date>,
        name: impl Fn(&AssociationId) -> String,
    ) -> Result<National, Refused> {
        let today = JstTime::from_unix_seconds((self.clock)()).date;
        let quarters = finished_quarters(today, QUARTERS);
        let first = first.or(quarters.first().copied()).filter(|first| quarters.contains(first));
        let days = first.and_then(|first| finished_quarter(first, today)).ok_or(Refused::Malformed)?;
        let (mut names, mut rows, mut all) = (Vec::new(), Vec::new(), Vec::new());
        let (mut industries, mut stages) = (Vec::new(), Vec::new());
        for team in self.store.bookable().await? {
            let counted = self.counted(&team, days).await?;
            let Counted { facts, figures, subjects, .. } =
                if counted.fictional { Counted::default() } else { counted };
            names.push(name(&team));
            rows.push(figures.kinds.to_vec());
            all.extend(facts);
            add(&mut industries, &subjects.industries);
            add(&mut stages, &subjects.stages);
        }
        let table = table(&rows, K);
        let figures = Figures::of(&all);
        // Of lengths one booking's is told as it is; of few, it would be somebody's.
        let typical = |spread: Option<domain::report::Spread>| {
            spread.filter(|spread| spread.of >= K && table.total.is_some()).map(|spread| spread.median)
        };
        // Their sums are the total: where that would betray somebody, so would they.
        let told = |counts: &[u32]| table.total.map(|_| line(counts, K)).filter(|line| line.total.is_some());
        let outcomes = told(&figures.outcomes);
        // Their sums are those who came: told only where that is.
        let of_who_came = |counts: &[u32]| {
            let came = outcomes.as_ref().and_then(|line| line.counts[Outcome::Attended as usize].count());
            came.map(|_| line(counts, K)).filter(|line| line.total.is_some())
        };
        let months: Vec<u32> = figures.months.iter().map(|(_, count)| *count).collect();
        let month_counts = if months.len() == 3 { told(&months) } else { None };
        Ok(National {
            from: days.0.to_text(),
            to: days.1.to_text(),
            quarters: quarters.into_iter().map(Date::to_text).collect(),
            names,
            industries: of_who_came(&industries),
            stages: of_who_came(&stages),
            outcomes,
            months: month_counts,
            response: typical(figures.response),
            lead: typical(figures.lead),
            table,
        })
    }
}

/// Places by their names; whoever did not say has none.
fn named(areas: &[(Option<MunicipalityCode>, u32)]) -> Vec<(String, u32)> {
    let name = |code: MunicipalityCode| {
        gazetteer().municipality(code).map_or_else(|| code.to_string(), |found| found.name)
    };
    areas.iter().map(|(code, count)| (code.map(name).unwrap_or_default(), *count)).collect()
}

fn add(sums: &mut Vec<u32>, counts: &[u32]) {
    sums.resize(sums.len().max(counts.len()), 0);
    for (sum, count) in sums.iter_mut().zip(counts) {
        *sum += count;
    }
}
