//! What the team offers: what this device kept at once, what the server says when it answers.

use std::rc::Rc;

use browser::slots::{self, Fetched};
use browser::spawn_local;
use domain::api::Offer;
use domain::association::AssociationId;
use domain::booking::Wish;
use domain::calendar::{Date, JstTime, from_rfc3339};
use domain::slot::Kind;
use ui::component::DayChoice;
use ui::live::Live;

#[derive(Clone, PartialEq)]
pub enum Offered {
    Loading,
    Known(Rc<Offer>),
    /// The server says: no bookings here.
    NotHere,
    /// No answer, and nothing kept.
    Unread,
}

#[derive(Clone, Copy)]
pub struct Offering {
    pub now: Live<Offered>,
    /// When (ms), where it is an earlier answer, kept on this device. Beside it, not in it: an answer that says the same again
    /// leaves the times as they are, with the focus and the thumb that is on one of them.
    pub kept_at: Live<Option<f64>>,
    team: Live<Option<AssociationId>>,
}

impl Offering {
    pub(crate) fn new() -> Self {
        Self { now: Live::new(Offered::Loading), kept_at: Live::new(None), team: Live::new(None) }
    }

    /// For this team; asks again when it was this one already, because times go.
    pub fn open(self, team: &AssociationId) {
        if self.team.peek(|now| now.as_ref() != Some(team)) {
            self.team.set(Some(team.clone()));
            self.now.set(Offered::Loading);
        }
        self.refresh();
    }

    pub fn refresh(self) {
        let Some(team) = self.team.now() else { return };
        spawn_local(async move {
            if self.now.peek(|now| matches!(now, Offered::Loading | Offered::Unread))
                && let Some((offer, at)) = slots::kept(&team).await
            {
                self.take(&team, Offered::Known(Rc::new(offer)), Some(at));
            }
            match slots::fetch(&team).await {
                Fetched::Offer(offer) => self.take(&team, Offered::Known(Rc::new(offer)), None),
                Fetched::NotHere => self.take(&team, Offered::NotHere, None),
                Fetched::Unreachable => {
                    if self.now.peek(|now| matches!(now, Offered::Loading)) {
                        self.take(&team, Offered::Unread, None);
                    }
                }
            }
        });
    }

    /// She may have gone on to another team while the answer was on its way.
    fn take(self, team: &AssociationId, offered: Offered, kept_at: Option<f64>) {
        if self.team.peek(|now| now.as_ref() == Some(team)) {
            self.kept_at.settle(kept_at);
            self.now.settle(offered);
        }
    }

    /// Follows; `None` while there is nothing to show.
    pub fn offer(self) -> Option<Rc<Offer>> {
        self.now.with(known)
    }

    pub fn offer_now(self) -> Option<Rc<Offer>> {
        self.now.peek(known)
    }
}

fn known(offered: &Offered) -> Option<Rc<Offer>> {
    match offered {
        Offered::Known(offer) => Some(Rc::clone(offer)),
        Offered::Loading | Offered::NotHere | Offered::Unread => None,
    }
}

/// The days with free times of this kind, and the full ones.
pub fn days_and_full(offer: &Offer, kind: Kind) -> Vec<DayChoice> {
    let full = offer.full.iter().filter(|day| day.kinds.contains(&kind));
    let full = full.filter_map(|day| Some(DayChoice { date: Date::parse(&day.date)?, free: 0 }));
    let mut all: Vec<DayChoice> = days(offer, kind).into_iter().chain(full).collect();
    all.sort_by_key(|day| day.date);
    all
}

/// The days with free times of this kind.
pub fn days(offer: &Offer, kind: Kind) -> Vec<DayChoice> {
    let mut days: Vec<DayChoice> = Vec::new();
    for wish in times(offer, kind) {
        let date = JstTime::from_unix_seconds(wish.start).date;
        match days.last_mut() {
            Some(day) if day.date == date => day.free += 1,
            _ => days.push(DayChoice { date, free: 1 }),
        }
    }
    days
}

/// The times of a day for this kind.
pub fn starts(offer: &Offer, kind: Kind, date: Date) -> Vec<i64> {
    let starts = times(offer, kind).map(|wish| wish.start);
    starts.filter(|start| JstTime::from_unix_seconds(*start).date == date).collect()
}

fn times(offer: &Offer, kind: Kind) -> impl Iterator<Item = Wish> {
    let of_kind = offer.times.iter().filter(move |time| time.kinds.contains(&kind));
    of_kind.filter_map(move |time| Some(Wish { start: from_rfc3339(&time.start)?, kind }))
}
