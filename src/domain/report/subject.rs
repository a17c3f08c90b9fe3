//! What consultations were about: industry, stage and place, as whoever held one says afterwards. Each may be left unsaid.
//!
//! She is not asked for them and her letter is not opened for them. Each answer is counted by itself and never beside
//! another: an industry with a stage in one village on one day would be somebody. When she is erased, her answers go and one
//! more is left in each month's count ([`month`]).

use crate::booking::letter::Stage;
use crate::calendar::Date;
use crate::closed::closed;
use crate::content::Industry;
use crate::place::MunicipalityCode;

closed! {
    /// Which of the three is answered.
    Axis {
        Industry = "industry",
        Stage = "stage",
        Area = "area",
    }
}

/// Of one consultation, by codes; what is empty has not been said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(deny_unknown_fields))]
pub struct Subject {
    /// Of [`Industry`].
    pub industry: String,
    /// Of [`Stage`], as she wrote it in her letter or told since.
    pub stage: String,
    /// Five digits of a [`MunicipalityCode`].
    pub area: String,
}

impl Subject {
    #[must_use]
    pub fn of(answers: impl IntoIterator<Item = (Axis, String)>) -> Self {
        let mut subject = Self::default();
        for (axis, value) in answers {
            match axis {
                Axis::Industry => subject.industry = value,
                Axis::Stage => subject.stage = value,
                Axis::Area => subject.area = value,
            }
        }
        subject
    }

    /// What was said, and nothing that was not.
    pub fn answers(&self) -> impl Iterator<Item = (Axis, &str)> {
        let all = [(Axis::Industry, &self.industry), (Axis::Stage, &self.stage), (Axis::Area, &self.area)];
        all.into_iter().map(|(axis, value)| (axis, value.as_str())).filter(|(_, value)| !value.is_empty())
    }

    /// Which answer is none; whether a place is one of the association's is for the caller to say.
    #[must_use]
    pub fn wrong(&self, is_ours: impl Fn(MunicipalityCode) -> bool) -> Option<Axis> {
        let fits = |(axis, value): &(Axis, &str)| match axis {
            Axis::Industry => Industry::parse(value).is_some(),
            Axis::Stage => Stage::parse(value).is_some(),
            Axis::Area => area(value).is_some_and(&is_ours),
        };
        self.answers().find(|answer| !fits(answer)).map(|(axis, _)| axis)
    }
}

fn area(value: &str) -> Option<MunicipalityCode> {
    (value.len() == 5).then(|| value.parse().ok().and_then(MunicipalityCode::new)).flatten()
}

/// So many consultations had this answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub axis: Axis,
    pub value: String,
    pub count: u32,
}

/// What the consultations of a period were about; in each list the last count is of whom it was not said, so that each sums
/// up to the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subjects {
    /// In the order of [`Industry::ALL`].
    pub industries: Vec<u32>,
    /// In the order of [`Stage::ALL`].
    pub stages: Vec<u32>,
    /// The most frequent first, then by code.
    pub areas: Vec<(Option<MunicipalityCode>, u32)>,
}

impl Subjects {
    /// Out of all consultations that took place.
    #[must_use]
    pub fn of(said: &[Said], took_place: u32) -> Self {
        let count = |axis: Axis, code: &str| -> u32 {
            said.iter().filter(|one| one.axis == axis && one.value == code).map(|one| one.count).sum()
        };
        let closed = |counts: Vec<u32>| {
            let unsaid = took_place.saturating_sub(counts.iter().sum());
            [counts, vec![unsaid]].concat()
        };
        let mut areas: Vec<(Option<MunicipalityCode>, u32)> = Vec::new();
        for one in said.iter().filter(|one| one.axis == Axis::Area) {
            let Some(code) = area(&one.value) else { continue };
            match areas.iter_mut().find(|(known, _)| *known == Some(code)) {
                Some((_, count)) => *count += one.count,
                None => areas.push((Some(code), one.count)),
            }
        }
        areas.sort_by_key(|(code, count)| (u32::MAX - count, *code));
        areas.push((None, took_place.saturating_sub(areas.iter().map(|(_, count)| count).sum())));
        Self {
            industries: closed(Industry::ALL.map(|one| count(Axis::Industry, one.code())).into()),
            stages: closed(Stage::ALL.map(|one| count(Axis::Stage, one.code())).into()),
            areas,
        }
    }
}

/// `2026-12`: as finely as the answers of those who were erased are counted.
#[must_use]
pub fn month(day: Date) -> String {
    day.to_text()[..7].to_owned()
}

/// The first month and the last that lie within a period as a whole; where none does, the last is before the first.
#[must_use]
pub fn whole_months((from, to): (Date, Date)) -> (String, String) {
    let first = if from.day == 1 { from } else { Date { day: 1, ..from }.plus_days(31) };
    let next = to.plus_days(1);
    (month(first), month(Date { day: 1, ..next }.plus_days(-1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(axis: Axis, value: &str, count: u32) -> Said {
        Said { axis, value: value.to_owned(), count }
    }

    // Three of five were asked about nothing; a report that left them out said that all founders of the year open restaurants.
    #[test]
    fn whoever_was_not_asked_is_counted_as_not_asked() {
        let all = [
            said(Axis::Industry, "food", 2),
            said(Axis::Area, "32202", 1),
            said(Axis::Area, "32201", 1),
            said(Axis::Area, "32207", 2),
            said(Axis::Industry, "of a newer server", 1),
        ];
        let Subjects { industries, stages, areas } = Subjects::of(&all, 5);
        assert_eq!((industries[0], industries.last()), (2, Some(&3)));
        assert_eq!(stages, [0, 0, 0, 0, 5]);
        let areas: Vec<_> =
            areas.into_iter().map(|(code, n)| (code.map(MunicipalityCode::number), n)).collect();
        assert_eq!(areas, [(Some(32207), 2), (Some(32201), 1), (Some(32202), 1), (None, 1)]);
        for counts in [industries, stages] {
            assert_eq!(counts.iter().sum::<u32>(), 5);
        }
    }

    #[test]
    fn an_answer_is_one_of_its_list_and_a_place_is_the_associations() {
        let of = |industry: &str, stage: &str, area: &str| Subject {
            industry: industry.to_owned(),
            stage: stage.to_owned(),
            area: area.to_owned(),
        };
        let wrong = |subject: Subject| subject.wrong(|code| code.prefecture().number() == 32);
        assert_eq!(wrong(Subject::default()), None);
        assert_eq!(wrong(of("food", "idea", "32201")), None);
        assert_eq!(wrong(of("Food", "idea", "")), Some(Axis::Industry));
        assert_eq!(wrong(of("", "thinking", "")), Some(Axis::Stage));
        for area in ["13101", "3220", "032201", "+2201", "島根"] {
            assert_eq!(wrong(of("", "", area)), Some(Axis::Area), "{area}");
        }
        let kept = of("food", "", "32201");
        let read = Subject::of(kept.answers().map(|(axis, value)| (axis, value.to_owned())));
        assert_eq!(read, kept);
    }

    #[test]
    fn only_whole_months_are_counted_of_those_who_were_erased() {
        let months = |from, to| {
            let (first, last) = whole_months((Date::parse(from).unwrap(), Date::parse(to).unwrap()));
            (first <= last).then(|| [first, last].join(" "))
        };
        assert_eq!(months("2026-04-01", "2027-03-31").as_deref(), Some("2026-04 2027-03"));
        assert_eq!(months("2026-04-02", "2026-06-29").as_deref(), Some("2026-05 2026-05"));
        assert_eq!(months("2028-02-01", "2028-02-29").as_deref(), Some("2028-02 2028-02"));
        assert_eq!(months("2026-12-31", "2027-01-31").as_deref(), Some("2027-01 2027-01"));
        assert_eq!(months("2026-12-02", "2026-12-31"), None);
    }
}
