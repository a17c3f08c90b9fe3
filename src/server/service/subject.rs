//! What a consultation was about, said by whoever held it; and the municipalities of the association, one of which it was in.

use domain::api::desk::{NewSubject, Record};
use domain::association::Area;
use domain::booking::Status;
use domain::place::gazetteer::Municipality;
use domain::place::{MunicipalityCode, PrefectureCode};

use super::Bookings;
use super::board::{Asking, Refused, field};
use crate::locate::gazetteer;
use crate::store::subjects::Saying;

impl Bookings {
    /// # Errors
    /// A consultation that has not taken place, an answer that is none, or what a colleague said meanwhile.
    pub async fn say_subject(
        &self,
        asking: Asking<'_>,
        reference: &str,
        (new, area): (NewSubject, Option<Area>),
    ) -> Result<Record, Refused> {
        let row = self.row(asking.team, reference).await?;
        if row.booking.status != Status::Attended {
            return Err(Refused::WrongState(Box::new(self.card(&row).await?)));
        }
        let ours = |code| area.is_some_and(|area| towns(area).iter().any(|town| town.code == code));
        if let Some(axis) = new.subject.wrong(ours) {
            return Err(field(axis.code(), "unknown"));
        }
        let entry = self.entry(&row.booking, asking.who, "subject");
        let saying = Saying { subject: new.subject, by: asking.member, at: entry.at };
        if !self.boards.say(row.booking.id, new.seen, saying, entry).await? {
            let row = self.row(asking.team, reference).await?;
            return Err(Refused::Meanwhile(Box::new(self.card(&row).await?)));
        }
        self.told(row).await
    }
}

/// Towns, villages and whole cities of a prefecture; of a city's own association its wards.
#[must_use]
pub fn towns(area: Area) -> Vec<Municipality> {
    let gazetteer = gazetteer();
    let mut codes: Vec<MunicipalityCode> = match area {
        Area::Prefecture(number) => {
            let all = PrefectureCode::new(number).map(|one| gazetteer.municipalities_of(one).collect());
            let all: Vec<MunicipalityCode> = all.unwrap_or_default();
            all.into_iter().map(|code| gazetteer.city_of(code).unwrap_or(code)).collect()
        }
        Area::City(number) => {
            let city = MunicipalityCode::new(number);
            let wards = city.map(|city| gazetteer.wards_of(city)).unwrap_or_default();
            if wards.is_empty() { city.into_iter().collect() } else { wards }
        }
    };
    codes.dedup();
    codes.into_iter().filter_map(|code| gazetteer.municipality(code)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefecture_has_towns_and_whole_cities_and_a_city_its_wards() {
        let names = |area| towns(area).into_iter().map(|town| town.name).collect::<Vec<_>>();
        let shimane = names(Area::Prefecture(32));
        assert_eq!((shimane.len(), shimane[0].as_str()), (19, "松江市"));
        let kanagawa = names(Area::Prefecture(14));
        assert_eq!(kanagawa.iter().filter(|name| name.contains("横浜市")).collect::<Vec<_>>(), ["横浜市"]);
        let yokohama = names(Area::City(14_100));
        assert!(yokohama.len() == 18 && yokohama.iter().all(|name| name.starts_with("横浜市")));
        assert_eq!(names(Area::City(21_201)), ["岐阜市"]);
        assert_eq!(names(Area::Prefecture(13)).len(), 62, "23 wards, and the rest of 東京都");
    }
}
