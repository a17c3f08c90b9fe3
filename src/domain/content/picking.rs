//! Choosing among events: by place, kind and association. The same on the phone, which shows them, and on the server, which
//! makes a calendar of them; [`EventFilter::query`] leads from one to the other.

use crate::association::AssociationId;

use super::area::AreaCode;
use super::codes::EventSort;
use super::item::Event;

/// Nothing chosen of a kind is all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFilter {
    pub areas: Vec<AreaCode>,
    pub sorts: Vec<EventSort>,
    pub associations: Vec<AssociationId>,
}

impl EventFilter {
    /// From the three parameters of an address, each a list with commas; `None` for what is no code.
    #[must_use]
    pub fn parse(areas: Option<&str>, sorts: Option<&str>, associations: Option<&str>) -> Option<Self> {
        let associations =
            parts(associations).map(|id| (!id.is_empty()).then(|| AssociationId(id.to_owned())));
        Some(Self {
            areas: parts(areas).map(|code| AreaCode::of(code.parse().ok()?)).collect::<Option<_>>()?,
            sorts: parts(sorts).map(EventSort::parse).collect::<Option<_>>()?,
            associations: associations.collect::<Option<_>>()?,
        })
    }

    /// As [`Self::parse`] reads it: `?area=32&kind=seminar`, or nothing.
    #[must_use]
    pub fn query(&self) -> String {
        let areas: Vec<String> = self.areas.iter().map(|area| area.code().to_string()).collect();
        let sorts: Vec<&str> = self.sorts.iter().map(|sort| sort.code()).collect();
        let associations: Vec<&str> = self.associations.iter().map(AssociationId::as_str).collect();
        let lists =
            [("area", areas.join(",")), ("kind", sorts.join(",")), ("association", associations.join(","))];
        let mut query = String::new();
        for (name, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
            query.push(if query.is_empty() { '?' } else { '&' });
            query.push_str(name);
            query.push('=');
            query.push_str(list);
        }
        query
    }

    #[must_use]
    pub fn lets_through(&self, event: &Event) -> bool {
        let by = event.head.association.as_ref();
        (self.areas.is_empty() || self.areas.iter().any(|area| takes_place(event, *area)))
            && (self.sorts.is_empty() || self.sorts.contains(&event.sort))
            && (self.associations.is_empty() || by.is_some_and(|by| self.associations.contains(by)))
    }
}

/// Whoever asks for an area can take part online from there.
fn takes_place(event: &Event, area: AreaCode) -> bool {
    event.online
        || event.place.as_ref().is_some_and(|place| match area {
            AreaCode::Prefecture(code) => place.municipality.prefecture() == code,
            AreaCode::Municipality(code) => place.municipality == code,
        })
}

fn parts(list: Option<&str>) -> impl Iterator<Item = &str> {
    list.into_iter().flat_map(|list| list.split(',')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_she_chose_is_what_the_calendar_is_asked_for() {
        let filter = EventFilter::parse(Some("32,17201"), Some("school, seminar"), Some("shimane")).unwrap();
        assert_eq!(filter.query(), "?area=32,17201&kind=school,seminar&association=shimane");
        assert_eq!(EventFilter::parse(None, None, None), Some(EventFilter::default()));
        assert_eq!(EventFilter::default().query(), "");
        for wrong in [Some("99"), Some(""), Some("32,")] {
            assert_eq!(EventFilter::parse(wrong, None, None), None);
        }
        assert_eq!(EventFilter::parse(None, Some("party"), None), None);
    }
}
