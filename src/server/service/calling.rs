//! Whom the team telephones today. The list says how it is safe to reach her and not the number: that is in her record, and
//! whoever opens it is written down.

use domain::api::desk::CallMark;
use domain::api::desk::ops::{Called, Number, ToCall};
use domain::booking::contact::{Channel, Safety};
use domain::booking::letter::Letter;
use domain::calendar::{Date, JstTime, to_rfc3339};
use domain::slot::Kind;

use super::Bookings;
use super::board::{Asking, Refused, card, view_of};
use crate::store::Booking;
use crate::store::calls::Call;
use crate::store::journal::Entry;

impl Bookings {
    /// Of a day, in order of time: who has a consultation by telephone, and whom else it is safe to telephone.
    ///
    /// # Errors
    /// As the store says.
    pub async fn to_call(&self, asking: Asking<'_>, day: Date) -> Result<Vec<ToCall>, Refused> {
        let now = (self.clock)();
        let begins = JstTime { date: day, minute: 0 }.unix_seconds();
        let entry = Entry {
            at: now,
            who: asking.who.to_owned(),
            association: Some(asking.team.clone()),
            what: "calls_listed",
            about: "calls".to_owned(),
            detail: day.to_text(),
        };
        self.journal.append(entry).await?;
        let rooms = self.rooms(asking.team).await?;
        let calls = self.calls.calls(asking.team.clone(), begins, begins + 86_400).await?;
        let rows = self.boards.board(asking.team.clone(), now, begins, begins + 86_400).await?;
        let mut list = Vec::new();
        for row in rows.booked {
            if !row.booking.status.holds_place() {
                continue;
            }
            let Some(letter) = self.letter_there(&row.booking).await? else { continue };
            let Safety { channels, hours, may_leave_message, discreet } = letter.contact.safety;
            let may_call = channels.contains(&Channel::Phone);
            if !may_call && row.booking.kind != Kind::Phone {
                continue;
            }
            let calls =
                calls.iter().filter(|call| call.booking == row.booking.id && call.start == row.booking.start);
            let calls = calls.map(|call| Called {
                mark: call.mark,
                by: format!("member:{}", call.by),
                at: to_rfc3339(call.at),
            });
            list.push(ToCall {
                card: card(&row, &rooms, now),
                may_call,
                hours,
                may_leave_message,
                discreet,
                calls: calls.collect(),
            });
        }
        Ok(list)
    }

    /// How to reach her; that somebody looked is on the disk before.
    ///
    /// # Errors
    /// A number that is none of the team's.
    pub async fn number_to_call(&self, asking: Asking<'_>, reference: &str) -> Result<Number, Refused> {
        let row = self.row(asking.team, reference).await?;
        self.looked(&row.booking, asking.who, "opened").await?;
        Ok(Number { letter: self.letter_there(&row.booking).await?.map(|letter| view_of(&letter)) })
    }

    /// What came of it, for colleagues at other screens.
    ///
    /// # Errors
    /// A number that is none of the team's.
    pub async fn mark_call(
        &self,
        asking: Asking<'_>,
        reference: &str,
        mark: CallMark,
    ) -> Result<(), Refused> {
        let row = self.row(asking.team, reference).await?;
        let entry = self.entry(&row.booking, asking.who, "called");
        let entry = Entry { detail: mark.code().to_owned(), ..entry };
        let Booking { id, start, .. } = row.booking;
        let call = Call { booking: id, start, mark, by: asking.member, at: entry.at };
        Ok(self.calls.mark_call(call, entry).await?)
    }

    /// `None` where it was erased, or where its key is gone.
    async fn letter_there(&self, booking: &Booking) -> Result<Option<Letter>, Refused> {
        let Some(sealed) = self.mails.sealed(booking.id).await? else { return Ok(None) };
        let opened = self.vault.open(&sealed.key_id, &sealed.key, &sealed.sealed);
        Ok(opened.and_then(|opened| Letter::read(&opened).ok()))
    }
}
