//! A request from the wire to a booking, exactly once, and what she can do with it afterwards.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::api::{BookingRequest, BookingView, ErrorCode, FieldProblem, WishedTime};
use domain::association::AssociationId;
use domain::booking::contact::{Contact, FieldError};
use domain::booking::letter::Letter;
use domain::booking::waiting::WHOLE_DAY;
use domain::booking::{Event, Wanted, may_still_change};
use domain::calendar::{from_rfc3339, to_rfc3339};
use domain::slot::Rules;
use sha2::{Digest, Sha256};

use std::sync::Arc;

use super::Bookings;
use super::availability::{Open, times};
use super::vault::{hash, random};
use crate::error::ApiError;
use crate::store::{Booked, Booking, Changed, NewBooking};

/// Characters that cannot be taken for each other when read out: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const REFERENCE: usize = 8;

/// A request whose letter is closed, from the app or from the form.
pub struct Asked {
    pub key: String,
    /// Of the request as it came: the same key with another one is another request.
    pub fingerprint: [u8; 32],
    pub team: AssociationId,
    pub wanted: Wanted,
    pub key_id: String,
    pub sealed: Vec<u8>,
    /// By her phone's clock, seconds since 1970.
    pub made_at: i64,
}

impl Asked {
    /// As it came, before anybody looked into the letter.
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`], whatever is wrong with it.
    pub fn read(key: String, body: &[u8]) -> Result<Self, ErrorCode> {
        let request: BookingRequest = serde_json::from_slice(body).map_err(|_| ErrorCode::Malformed)?;
        let wanted = request.wanted().ok_or(ErrorCode::Malformed)?;
        let made_at = from_rfc3339(&request.made_at).ok_or(ErrorCode::Malformed)?;
        let sealed = URL_SAFE_NO_PAD.decode(&request.sealed).map_err(|_| ErrorCode::Malformed)?;
        let fingerprint = Sha256::digest(body).into();
        let BookingRequest { team, key_id, .. } = request;
        Ok(Self { key, fingerprint, team, wanted, key_id, sealed, made_at })
    }
}

impl Bookings {
    /// Books the first wish that is offered, or puts her on the list of a day. `body` is the request as it came: the same key with other bytes is another
    /// request.
    ///
    /// # Errors
    /// Everything that is wrong with the request, or the nearest times when none of the wishes is offered.
    pub async fn book(&self, key: String, body: &[u8]) -> Result<BookingView, ApiError> {
        let asked = Asked::read(key, body)?;
        self.read_letter(&asked.key_id, &asked.key, &asked.sealed)?;
        self.ask(asked).await
    }

    /// Books the first wish that is offered, or puts her on the list of a day.
    ///
    /// # Errors
    /// A team that takes no bookings, a key that was used for something else, or the nearest times.
    pub async fn ask(&self, asked: Asked) -> Result<BookingView, ApiError> {
        let Open { rules, fictional } = self.open(asked.team.clone()).await?;
        self.ask_under(asked, rules, fictional).await
    }

    /// The same under rules that may be wider: the team's own hands are not bound by what binds others.
    pub(super) async fn ask_under(
        &self,
        asked: Asked,
        rules: Arc<Rules>,
        fictional: bool,
    ) -> Result<BookingView, ApiError> {
        let reference = fresh_reference();
        let booked = self
            .store
            .book(NewBooking {
                key: asked.key,
                fingerprint: asked.fingerprint,
                team: asked.team,
                rules,
                wanted: asked.wanted,
                token: hash(&self.vault.token(&reference)),
                reference,
                key_id: asked.key_id,
                sealed: asked.sealed,
                fictional,
                made_at: asked.made_at,
                received_at: (self.clock)(),
            })
            .await?;
        match booked {
            Booked::Taken { rank, booking } => {
                tracing::info!(booking.id, team = booking.team.as_str(), rank, "booked");
                self.news.notify_one();
                let rank = (!booking.status.is_in_line()).then_some(rank);
                Ok(BookingView { rank, ..self.view(&booking) })
            }
            Booked::Conflict(near) => {
                Err(ApiError { alternatives: times(near), ..ErrorCode::SlotTaken.into() })
            }
            Booked::KeyReused => Err(ErrorCode::KeyReused.into()),
            Booked::TooOld => Err(ErrorCode::TooOld.into()),
        }
    }

    /// # Errors
    /// [`ErrorCode::NotFound`] for a token nobody has.
    pub async fn find(&self, token: &str) -> Result<BookingView, ApiError> {
        let booking = self.store.find(hash(token)).await?.ok_or(ErrorCode::NotFound)?;
        let reason = self.reason(&booking).await?;
        Ok(BookingView { reason, ..self.view(&booking) })
    }

    /// Twice is once.
    ///
    /// # Errors
    /// Past the deadline, over already, or a token nobody has.
    pub async fn cancel(&self, token: &str) -> Result<BookingView, ApiError> {
        let now = (self.clock)();
        let booking = self.store.find(hash(token)).await?.ok_or(ErrorCode::NotFound)?;
        if booking.status.on(Event::Cancel).is_ok() {
            in_time(&booking, now)?;
        }
        self.changed(self.store.happen(hash(token), Event::Cancel, now).await?)
    }

    /// Her answer to a time that is kept for her: she takes it, or lets it go and waits on. Twice is once.
    ///
    /// # Errors
    /// No time is kept for her (any more), or a token nobody has.
    pub async fn answer(&self, token: &str, takes_it: bool) -> Result<BookingView, ApiError> {
        let event = if takes_it { Event::Accept } else { Event::Pass };
        self.changed(self.store.happen(hash(token), event, (self.clock)()).await?)
    }

    /// # Errors
    /// As [`Self::cancel`]; when the other time is not offered, everything stays and the nearest times are named.
    pub async fn move_to(&self, token: &str, wish: &WishedTime) -> Result<BookingView, ApiError> {
        let now = (self.clock)();
        let wish = wish.parse().ok_or(ErrorCode::Malformed)?;
        let booking = self.store.find(hash(token)).await?.ok_or(ErrorCode::NotFound)?;
        in_time(&booking, now)?;
        let Open { rules, .. } = self.open(booking.team).await?;
        self.changed(self.store.move_to(hash(token), wish, rules, now).await?)
    }

    fn changed(&self, changed: Changed) -> Result<BookingView, ApiError> {
        match changed {
            Changed::Done(booking) => {
                self.news.notify_one();
                Ok(self.view(&booking))
            }
            Changed::Already(booking) => Ok(self.view(&booking)),
            Changed::Unknown => Err(ErrorCode::NotFound.into()),
            Changed::WrongState(_) => Err(ErrorCode::WrongState.into()),
            Changed::Conflict(near) => {
                Err(ApiError { alternatives: times(near), ..ErrorCode::SlotTaken.into() })
            }
        }
    }

    /// The letter, opened and parsed: what cannot be used later is refused now.
    ///
    /// # Errors
    /// A letter that is not for us, or all fields that are wrong.
    pub fn read_letter(&self, key_id: &str, key: &str, sealed: &[u8]) -> Result<Contact, ApiError> {
        let opened = self.vault.open(key_id, key, sealed).ok_or(ErrorCode::NotForUs)?;
        let letter = Letter::read(&opened).map_err(|_| ErrorCode::NotForUs)?;
        letter.contact.parse().map_err(|wrong| invalid(&wrong))
    }

    /// The booking in the words of the wire.
    #[must_use]
    pub fn view(&self, booking: &Booking) -> BookingView {
        BookingView {
            reference: booking.reference.clone(),
            token: self.vault.token(&booking.reference),
            team: booking.team.clone(),
            status: booking.status,
            start: to_rfc3339(booking.start),
            length: booking.length,
            kind: booking.kind,
            rank: None,
            change_until: to_rfc3339(change_until(booking)),
            answer_until: booking.answer_by.map(to_rfc3339),
            sequence: booking.sequence,
            fictional: booking.fictional,
            reason: None,
        }
    }
}

/// Whoever only waits can leave as long as there is something to wait for.
pub(super) fn change_until(booking: &Booking) -> i64 {
    if booking.length == WHOLE_DAY {
        return booking.start + i64::from(booking.length) * 60;
    }
    booking.start - i64::from(booking.deadline) * 60
}

fn in_time(booking: &Booking, now: i64) -> Result<(), ApiError> {
    if booking.status.on(Event::Cancel).is_err() {
        return Err(ErrorCode::WrongState.into());
    }
    if may_still_change(booking.status, booking.start, booking.deadline, now) {
        Ok(())
    } else {
        Err(ErrorCode::TooLate.into())
    }
}

fn invalid(wrong: &[FieldError]) -> ApiError {
    ApiError { fields: field_problems(wrong), ..ErrorCode::Invalid.into() }
}

pub(super) fn field_problems(wrong: &[FieldError]) -> Vec<FieldProblem> {
    let problem =
        |error: &FieldError| FieldProblem { field: error.field().to_owned(), code: error.code().to_owned() };
    wrong.iter().map(problem).collect()
}

/// 40 random bits. Should somebody have it already, the database refuses and the phone asks again, with another one.
fn fresh_reference() -> String {
    random::<REFERENCE>().iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect()
}
