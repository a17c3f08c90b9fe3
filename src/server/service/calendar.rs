//! Her booking as a file for her calendar.

use domain::api::ErrorCode;
use domain::booking::letter::Language;
use domain::directory::Edition;

use super::Bookings;
use super::vault::hash;
use crate::error::ApiError;
use crate::ics;
use crate::ics::entry::entry;
use crate::mail::Origin;
use crate::words::Words;

impl Bookings {
    /// # Errors
    /// [`ErrorCode::NotFound`] for a token nobody has; one that waits has no time yet.
    pub async fn calendar(
        &self,
        token: &str,
        edition: &Edition,
        origin: &Origin,
    ) -> Result<String, ApiError> {
        let booking = self.store.find(hash(token)).await?.ok_or(ErrorCode::NotFound)?;
        // A whole day in her calendar would be a consultation that nobody promised.
        if booking.status.is_in_line() {
            return Err(ErrorCode::WrongState.into());
        }
        let sealed = self.mails.sealed(booking.id).await?;
        let letter = sealed.and_then(|sealed| self.reach(&sealed));
        // Who cannot be asked any more is not named either.
        let (language, discreet) = letter
            .map_or((Language::Japanese, true), |(language, contact)| (language, contact.safety.discreet));
        let room = self.room_told(&booking).await?;
        let team = edition.association(&booking.team);
        let entry = entry(Words::of(language), &booking, team, room.as_deref(), discreet);
        let sender = ics::Sender { host: &origin.host, mail: origin.from.as_str() };
        Ok(ics::file(ics::Method::Publish, &booking, &entry, &sender, (self.clock)()))
    }
}
