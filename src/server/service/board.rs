//! What a team sees of its bookings and does with them at its desk.
//!
//! Every booking is looked up by the number *and* by the team that asks: another team's is as unknown as none. Who she is
//! is read only where somebody opens a record, and that is written down before.

mod seen;

use std::sync::Arc;

use domain::api::desk::{Act, Board, CallerBooking, Card, Doing, Happened, Note, Record, Times};
use domain::api::{FieldProblem, OfferedTime};
use domain::association::AssociationId;
use domain::booking::contact::Channel;
use domain::booking::letter::Letter;
use domain::booking::{Event, Status, Wanted, Wish};
use domain::calendar::{Date, JstTime, from_rfc3339, to_rfc3339};
use domain::slot::{Kind, Rules, reach_of_days, slots_of_kinds};
use sha2::{Digest, Sha256};

use super::Bookings;
use super::availability::{MOST_DAYS, times};
use super::booking::{Asked, change_until, field_problems};
use super::keeping::reason_for_her;
use super::team::about;
use super::vault::{hash, random};
use crate::error::ApiError;
use crate::site::manifest::hex;
use crate::store::board::{Acted, Deed, Note as Sealed, Row};
use crate::store::journal::Entry;
use crate::store::{Changed, StoreError};
pub(super) use seen::card;
use seen::letter_of;
pub(super) use seen::view_of;

/// Characters of a note.
pub const NOTE_MAX: usize = 2_000;

/// Who asks, and for which team.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    pub team: &'a AssociationId,
    pub member: i64,
    /// As it is written down.
    pub who: &'a str,
}

/// Why the desk did not get what it asked for.
#[derive(Debug)]
pub enum Refused {
    /// There is none, or it is another team's.
    Unknown,
    /// Somebody was faster; it is like this now.
    Meanwhile(Box<Card>),
    WrongState(Box<Card>),
    NotOffered(Vec<OfferedTime>),
    Malformed,
    Invalid(Vec<FieldProblem>),
    /// Bookings would lie outside of which nobody has been told.
    Hits(Vec<Card>),
    /// Somebody else saved meanwhile.
    Saved,
    Other(ApiError),
}

impl From<StoreError> for Refused {
    fn from(failure: StoreError) -> Self {
        Self::Other(failure.into())
    }
}

impl From<ApiError> for Refused {
    fn from(error: ApiError) -> Self {
        match error.code {
            domain::api::ErrorCode::SlotTaken => Self::NotOffered(error.alternatives),
            domain::api::ErrorCode::Invalid => Self::Invalid(error.fields),
            domain::api::ErrorCode::Malformed => Self::Malformed,
            _ => Self::Other(error),
        }
    }
}

impl Bookings {
    /// # Errors
    /// More days than fit a board, or as the store says.
    pub async fn board(&self, team: &AssociationId, from: Option<Date>, days: u16) -> Result<Board, Refused> {
        let now = (self.clock)();
        let today = JstTime::from_unix_seconds(now).date;
        let from = from.unwrap_or(today);
        if !(1..=MOST_DAYS).contains(&i64::from(days)) {
            return Err(Refused::Malformed);
        }
        let midnight = |date| JstTime { date, minute: 0 }.unix_seconds();
        let (begins, ends) = (midnight(from), midnight(from.plus_days(days.into())));
        // Before the rows: a change in between makes the screen ask once more, not once too little.
        let version = self.boards.version(team.clone()).await?;
        let rooms = self.rooms(team).await?;
        let found = self.boards.board(team.clone(), now, begins, ends).await?;
        let cards = |rows: Vec<Row>| rows.iter().map(|row| card(row, &rooms, now)).collect();
        Ok(Board {
            today: today.to_text(),
            from: from.to_text(),
            days,
            waiting: cards(found.waiting),
            booked: cards(found.booked),
            more: found.more,
            open: rooms.has_times(),
            version,
        })
    }

    /// Everything about one; that she was looked up is on the disk before.
    ///
    /// # Errors
    /// A number that is none of the team's.
    pub async fn record(&self, asking: Asking<'_>, reference: &str) -> Result<Record, Refused> {
        let row = self.row(asking.team, reference).await?;
        self.looked(&row.booking, asking.who, "opened").await?;
        self.told(row).await
    }

    /// Everything about everybody who is expected on a day, to be printed; each is written down.
    ///
    /// # Errors
    /// As the store says.
    pub async fn sheet(&self, asking: Asking<'_>, day: Date) -> Result<Vec<Record>, Refused> {
        let begins = JstTime { date: day, minute: 0 }.unix_seconds();
        let rows = self.boards.board(asking.team.clone(), (self.clock)(), begins, begins + 86_400).await?;
        let mut records = Vec::new();
        for row in rows.booked {
            if row.booking.status.holds_place() {
                self.looked(&row.booking, asking.who, "printed").await?;
                records.push(self.told(row).await?);
            }
        }
        Ok(records)
    }

    /// # Errors
    /// What cannot happen to it, or what somebody else did meanwhile.
    pub async fn act(
        &self,
        asking: Asking<'_>,
        reference: &str,
        act: Act,
        doing: &Doing,
    ) -> Result<Record, Refused> {
        let row = self.row(asking.team, reference).await?;
        let now = (self.clock)();
        let begun = now >= row.booking.start;
        let deed = match (act, &doing.reason, &doing.start) {
            (Act::Confirm, None, None) => Deed::Happen(Event::Confirm),
            (Act::Cancel, None, None) => Deed::Happen(Event::Cancel),
            (Act::Attended, None, None) if begun => Deed::Happen(Event::Attend),
            (Act::Absent, None, None) if begun => Deed::Happen(Event::Miss),
            (Act::Attended | Act::Absent, None, None) => {
                return Err(Refused::WrongState(Box::new(self.card(&row).await?)));
            }
            (Act::Decline, Some(reason), None) => {
                Deed::Decline(reason_for_her(reason).ok_or_else(|| field("reason", "reason_length"))?)
            }
            (Act::Propose, None, Some(start)) => {
                let start = from_rfc3339(start).ok_or(Refused::Malformed)?;
                let rules = self.own_rules(asking.team).await?;
                Deed::Propose(Wish { start, kind: row.booking.kind }, rules)
            }
            _ => return Err(Refused::Malformed),
        };
        let token = hash(&self.vault.token(&row.booking.reference));
        let entry = self.entry(&row.booking, asking.who, act.code());
        match self.boards.act(token, doing.seen, deed, entry).await? {
            Acted::Changed(Changed::Done(_)) => self.news.notify_one(),
            Acted::Changed(Changed::Already(_)) => {}
            Acted::Changed(Changed::Unknown) => return Err(Refused::Unknown),
            Acted::Changed(Changed::WrongState(_)) => {
                let row = self.row(asking.team, reference).await?;
                return Err(Refused::WrongState(Box::new(self.card(&row).await?)));
            }
            Acted::Changed(Changed::Conflict(near)) => return Err(Refused::NotOffered(times(near))),
            Acted::Meanwhile(booking) => {
                return Err(Refused::Meanwhile(Box::new(self.card(&Row { booking, ..row }).await?)));
            }
        }
        self.told(self.row(asking.team, reference).await?).await
    }

    /// Into the hands of a colleague, whose membership the caller has proven, or of nobody.
    ///
    /// # Errors
    /// A number that is none of the team's.
    pub async fn hand_over(
        &self,
        asking: Asking<'_>,
        reference: &str,
        member: Option<i64>,
    ) -> Result<Record, Refused> {
        let row = self.row(asking.team, reference).await?;
        let entry = self.entry(&row.booking, asking.who, "handed_over");
        let detail = member.map(|id| format!("member:{id}")).unwrap_or_default();
        self.boards.assign(row.booking.id, member, Entry { detail, ..entry }).await?;
        self.told(self.row(asking.team, reference).await?).await
    }

    /// # Errors
    /// An empty note, one that is too long, or a number that is none of the team's.
    pub async fn note(&self, asking: Asking<'_>, reference: &str, text: &str) -> Result<Record, Refused> {
        let row = self.row(asking.team, reference).await?;
        let text = text.trim();
        if !(1..=NOTE_MAX).contains(&text.chars().count()) {
            return Err(field("text", "note_length"));
        }
        let bound = format!("note {}", hex(&random::<16>()));
        let (key_id, sealed) = self.vault.close(&bound, text.as_bytes());
        let note = Sealed { by: asking.member, at: (self.clock)(), bound, key_id, sealed };
        let entry = self.entry(&row.booking, asking.who, "noted");
        self.boards.add_note(row.booking.id, note, entry).await?;
        self.told(self.row(asking.team, reference).await?).await
    }

    /// Times the team may give away: nobody is surprised by its own doing, so there is no lead time, and no horizon.
    ///
    /// # Errors
    /// More days than fit, or a team without times.
    pub async fn own_times(
        &self,
        team: &AssociationId,
        (from, days): (Option<Date>, u16),
        kind: Option<Kind>,
    ) -> Result<Times, Refused> {
        let now = (self.clock)();
        let from = from.unwrap_or_else(|| JstTime::from_unix_seconds(now).date);
        if !(1..=MOST_DAYS).contains(&i64::from(days)) {
            return Err(Refused::Malformed);
        }
        let rules = self.own_rules(team).await?;
        let span = (from, from.plus_days(i64::from(days) - 1));
        let reach = reach_of_days(&rules, span);
        let taken = self.store.taken(team.clone(), reach.start, reach.end).await?;
        let kinds: Vec<Kind> =
            rules.kinds().into_iter().filter(|one| kind.is_none_or(|kind| kind == *one)).collect();
        Ok(Times { times: times(slots_of_kinds(&rules, &taken, span, &kinds, now)) })
    }

    /// For somebody on the telephone. It stands at once: the team itself gave the time.
    ///
    /// # Errors
    /// Everything that is wrong with what was filled in, or the nearest times where that one is gone.
    pub async fn book_for_caller(
        &self,
        asking: Asking<'_>,
        booking: &CallerBooking,
    ) -> Result<Record, Refused> {
        let wish = booking.wish.parse().ok_or(Refused::Malformed)?;
        let letter = letter_of(&booking.letter, booking.consent).ok_or(Refused::Malformed)?;
        if let Err(wrong) = letter.contact.clone().parse() {
            return Err(Refused::Invalid(field_problems(&wrong)));
        }
        // No channel named would mean that every one is safe, and nobody asked her about this one.
        let is_safe = letter.contact.safety.channels.contains(&Channel::Mail);
        if !booking.letter.mail.is_empty() && !is_safe {
            return Err(field("mail", "not_asked"));
        }
        let fits = (1..=64).contains(&booking.key.len()) && booking.key.bytes().all(|b| b.is_ascii_graphic());
        if !fits {
            return Err(Refused::Malformed);
        }
        // The letter is closed anew each time, so the key stands for what was filled in.
        let key = format!("desk-{}-{}", asking.member, booking.key);
        let fingerprint = serde_json::to_vec(booking).expect("a booking is plain JSON");
        let (key_id, sealed) = self.vault.close(&key, letter.to_json().as_bytes());
        let opening = self.store.rules(asking.team.clone()).await?.ok_or(Refused::Unknown)?;
        let asked = Asked {
            key,
            fingerprint: Sha256::digest(fingerprint).into(),
            team: asking.team.clone(),
            wanted: Wanted::Times(vec![wish]),
            key_id,
            sealed,
            made_at: (self.clock)(),
        };
        let view = self.ask_under(asked, self.own_rules(asking.team).await?, opening.fictional).await?;
        let row = self.row(asking.team, &view.reference).await?;
        self.looked(&row.booking, asking.who, "booked").await?;
        self.told(row).await
    }

    /// The team's own words, the oldest first.
    pub(super) async fn opened_notes(&self, booking: i64) -> Result<Vec<Note>, StoreError> {
        let mut notes = Vec::new();
        for note in self.boards.notes(booking).await? {
            let opened = self.vault.open(&note.key_id, &note.bound, &note.sealed);
            let text = opened.and_then(|opened| String::from_utf8(opened).ok()).unwrap_or_default();
            notes.push(Note { at: to_rfc3339(note.at), by: note.by.to_string(), text });
        }
        Ok(notes)
    }

    /// Of this team, however the number is written.
    pub(super) async fn row(&self, team: &AssociationId, reference: &str) -> Result<Row, Refused> {
        let token = self.token_of(reference);
        let row = self.boards.row(token).await?;
        row.filter(|row| row.booking.team == *team).ok_or(Refused::Unknown)
    }

    async fn own_rules(&self, team: &AssociationId) -> Result<Arc<Rules>, Refused> {
        let rules = self.open(team.clone()).await.map_err(|_| Refused::Unknown)?.rules;
        Ok(Arc::new(Rules { lead: 0, horizon: u16::MAX, by_hand: false, ..(*rules).clone() }))
    }

    pub(super) async fn card(&self, row: &Row) -> Result<Card, StoreError> {
        Ok(card(row, &self.rooms(&row.booking.team).await?, (self.clock)()))
    }

    pub(super) async fn told(&self, row: Row) -> Result<Record, Refused> {
        let kept = self.keeping.everything(row.booking.id).await?.ok_or(Refused::Unknown)?;
        let letter = self.vault.open(&kept.key_id, &kept.key, &kept.sealed);
        let letter = letter.and_then(|opened| Letter::read(&opened).ok());
        let notes = self.opened_notes(row.booking.id).await?;
        let history = self.journal.about(about(&row.booking)).await?.into_iter();
        Ok(Record {
            letter: letter.map(|letter| view_of(&letter)),
            reason: kept.reason,
            notes,
            history: history
                .map(|one| Happened { at: to_rfc3339(one.at), by: one.who, what: one.what })
                .collect(),
            change_until: to_rfc3339(change_until(&row.booking)),
            subject: if row.booking.status == Status::Attended {
                Some(self.boards.subject(row.booking.id).await?)
            } else {
                None
            },
            card: self.card(&row).await?,
        })
    }
}

pub(super) fn field(field: &str, code: &str) -> Refused {
    Refused::Invalid(vec![FieldProblem { field: field.to_owned(), code: code.to_owned() }])
}
