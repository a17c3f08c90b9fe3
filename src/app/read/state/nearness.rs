//! Which events are near. Her position stays in this page; what is compared are points of municipalities.

use browser::spawn_local;
use domain::content::Event;
use domain::geo::{LatLon, Metres, distance};
use ui::live::Live;

use crate::state::places::Places;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Order {
    ByDate,
    /// Waiting for her position.
    Locating,
    From(LatLon),
    /// There was none to be had.
    Unknown,
}

#[derive(Clone, Copy)]
pub struct Nearness {
    pub order: Live<Order>,
    places: Places,
}

impl Nearness {
    pub(super) fn new(places: Places) -> Self {
        Self { order: Live::new(Order::ByDate), places }
    }

    pub fn by_date(self) {
        self.order.set(Order::ByDate);
    }

    pub fn by_distance(self) {
        self.order.set(Order::Locating);
        spawn_local(async move {
            let found = browser::geolocation::current().await;
            let tables = self.places.gazetteer().await;
            self.order.set(match (found, tables) {
                (Ok(position), Some(_)) => Order::From(position.at),
                _ => Order::Unknown,
            });
        });
    }

    /// From her position, where both are known.
    pub fn distance(self, event: &Event) -> Option<Metres> {
        let Order::From(here) = self.order.get() else { return None };
        let point = self.places.point(event.place.as_ref()?.municipality)?;
        Some(distance(here, point))
    }
}
