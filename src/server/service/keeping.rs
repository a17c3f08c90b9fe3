//! What is kept about her, how she learns of it, and how it goes.
//!
//! The clock is the service's; who asks is an argument, because every look at a letter is written down before it is shown.

use std::time::Duration;

use domain::booking::Status;
use domain::booking::letter::Letter;
use domain::calendar::{Date, JstTime, to_rfc3339};
use serde_json::{Value, json};

use super::Bookings;
use super::team::{REASON_MAX, TeamError};
use super::vault::hash;
use crate::store::board::Deed;
use crate::store::{Booking, StoreError, TokenHash};

/// A phone may send a request for 30 days; its key is kept five days longer.
pub const ANSWERS_KEPT: i64 = 35 * 86_400;

/// Between two attempts to empty the database's log, and how many; each of them waits for readers, too.
const PATIENCE: Duration = Duration::from_millis(200);
const ATTEMPTS: u32 = 20;

/// What a retention did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retained {
    pub erased: Vec<Booking>,
    pub answers: u32,
    /// The bytes are gone from the database's files, too.
    pub scrubbed: bool,
}

impl Bookings {
    /// Who she is and how it is safe to reach her; that somebody looked is on the disk before.
    ///
    /// # Errors
    /// A number nobody has, or a letter whose key is gone.
    pub async fn open_letter(&self, reference: &str, who: &str) -> Result<(Booking, Letter), TeamError> {
        let booking = self.by_reference(reference).await?;
        self.looked(&booking, who, "letter").await?;
        let letter = self.letter(&booking).await?;
        Ok((booking, letter))
    }

    /// Declines with words for her.
    ///
    /// # Errors
    /// What cannot happen to it.
    pub async fn decline(&self, reference: &str, reason: &str, who: &str) -> Result<Booking, TeamError> {
        let reason = reason_for_her(reason).ok_or(TeamError::Reason)?;
        let booking = self.by_reference(reference).await?;
        self.do_to(booking, Deed::Decline(reason), who).await
    }

    /// Why the team declined; nothing for anything else.
    pub(super) async fn reason(&self, booking: &Booking) -> Result<Option<String>, StoreError> {
        match booking.status {
            Status::Declined => self.keeping.reason(booking.id).await,
            Status::Draft
            | Status::Queued
            | Status::Sending
            | Status::Pending
            | Status::Waiting
            | Status::Offered
            | Status::Confirmed
            | Status::Moved
            | Status::Cancelled
            | Status::Expired
            | Status::Attended
            | Status::Absent => Ok(None),
        }
    }

    /// Everything that is kept about a booking, this look included.
    ///
    /// # Errors
    /// A number nobody has. A letter whose key is gone is disclosed as such.
    pub async fn disclose(&self, reference: &str, who: &str) -> Result<Value, TeamError> {
        let booking = self.by_reference(reference).await?;
        self.looked(&booking, who, "disclosure").await?;
        let notes = self.opened_notes(booking.id).await?;
        let notes =
            notes.iter().map(|note| json!({ "at": note.at, "by_member": note.by, "text": note.text }));
        let notes: Vec<Value> = notes.collect();
        let calls = self.calls.calls(booking.team.clone(), booking.start, booking.start + 1).await?;
        let calls = calls.into_iter().filter(|call| call.booking == booking.id);
        let calls =
            calls.map(|call| json!({ "at": to_rfc3339(call.at), "by_member": call.by, "mark": call.mark }));
        let subject = self.boards.subject(booking.id).await?;
        let row = self.boards.row(hash(&self.vault.token(&booking.reference))).await?;
        let kept = self.keeping.everything(booking.id).await?;
        let kept = kept.ok_or_else(|| TeamError::UnknownReference(reference.to_owned()))?;
        let opened = self.vault.open(&kept.key_id, &kept.key, &kept.sealed);
        let letter: Option<Value> = opened.and_then(|opened| serde_json::from_slice(&opened).ok());
        let accesses = kept.accesses.iter();
        let accesses =
            accesses.map(|one| json!({ "who": one.who, "what": one.what, "at": to_rfc3339(one.at) }));
        let mails = kept.mails.iter().map(|mail| {
            json!({ "event": mail.event, "due_at": to_rfc3339(mail.due_at), "attempts": mail.attempts,
                    "outcome": mail.outcome })
        });
        Ok(json!({
            "reference": booking.reference,
            "team": booking.team,
            "start": to_rfc3339(booking.start),
            "length_minutes": booking.length,
            "kind": booking.kind,
            "place": booking.place,
            "status": booking.status,
            "reason": kept.reason,
            "sequence": booking.sequence,
            "deadline_minutes": booking.deadline,
            "fictional": booking.fictional,
            "received_at": to_rfc3339(kept.received_at),
            "changed_at": to_rfc3339(kept.changed_at),
            "idempotency_key": kept.key,
            "answered_at": kept.answered_at.map(to_rfc3339),
            "sealed_for_key": kept.key_id,
            "letter": letter,
            "letter_can_be_opened": letter.is_some(),
            "assigned_to_member": row.and_then(|row| row.assigned),
            "notes": notes,
            "subject": subject,
            "telephoned": calls.collect::<Vec<_>>(),
            "accesses": accesses.collect::<Vec<_>>(),
            "mails": mails.collect::<Vec<_>>(),
        }))
    }

    /// Erases one booking; `false` where old bytes still lie in the database's log, because somebody reads it.
    ///
    /// # Errors
    /// A number nobody has, or as the store says.
    pub async fn erase(&self, reference: &str, who: &str) -> Result<(Booking, bool), TeamError> {
        let booking = self.by_reference(reference).await?;
        self.erase_one(&booking, who).await?;
        Ok((booking, self.scrubbed().await?))
    }

    /// Erases once more what was erased, in a database that comes from before. Answers how many there were.
    ///
    /// # Errors
    /// As the store says.
    pub async fn erase_again(&self, tokens: Vec<TokenHash>) -> Result<usize, StoreError> {
        let mut erased = 0;
        for token in tokens {
            if let Some(booking) = self.store.find(token).await? {
                self.erase_one(&booking, "restore").await?;
                erased += 1;
            }
        }
        self.scrubbed().await?;
        Ok(erased)
    }

    /// Erases what ended longer ago than its association keeps it, or more than `months` ago where it has not decided, and
    /// forgets old answers; both are only counted where `is_rehearsal`.
    ///
    /// # Errors
    /// As the store says.
    pub async fn retain(
        &self,
        months: Option<u32>,
        is_rehearsal: bool,
        who: &str,
    ) -> Result<Retained, StoreError> {
        let now = (self.clock)();
        let erased = self.kept_long_enough(months.map(|months| months_before(now, months))).await?;
        let answers = self.keeping.forget_answers(now - ANSWERS_KEPT, is_rehearsal).await?;
        if is_rehearsal {
            return Ok(Retained { erased, answers, scrubbed: true });
        }
        for booking in &erased {
            self.erase_one(booking, who).await?;
        }
        let scrubbed = self.scrubbed().await?;
        Ok(Retained { erased, answers, scrubbed })
    }

    /// What is wrong with the database, or between it and the keys; a line each.
    ///
    /// # Errors
    /// As the store says.
    pub async fn findings(&self) -> Result<Vec<String>, StoreError> {
        let mut findings = self.keeping.findings().await?;
        let held = self.vault.seals();
        for (id, letters) in self.keeping.keys_in_use().await? {
            if held.iter().all(|kept| kept.id != id) {
                findings.push(format!("keys: {id} is missing, {letters} letters cannot be opened"));
            }
        }
        Ok(findings)
    }

    pub(super) async fn erase_one(&self, booking: &Booking, who: &str) -> Result<(), StoreError> {
        self.looked(booking, who, "erasure").await?;
        self.keeping.erase(booking.id, (self.clock)()).await
    }

    pub(super) async fn scrubbed(&self) -> Result<bool, StoreError> {
        for _ in 0..ATTEMPTS {
            if self.keeping.scrub().await? {
                return Ok(true);
            }
            tokio::time::sleep(PATIENCE).await;
        }
        Ok(false)
    }

    pub(super) async fn looked(
        &self,
        booking: &Booking,
        who: &str,
        what: &'static str,
    ) -> Result<(), StoreError> {
        self.keeping.looked(booking.id, self.entry(booking, who, what)).await
    }
}

/// The team's words as she reads them; `None` for none, or too many.
pub(super) fn reason_for_her(written: &str) -> Option<String> {
    let reason: String = written.trim().chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    (1..=REASON_MAX).contains(&reason.chars().count()).then_some(reason)
}

/// The same day of an earlier month, or its last one; at the same time of the day.
#[must_use]
pub fn months_before(now: i64, months: u32) -> i64 {
    let at = JstTime::from_unix_seconds(now);
    let month = i64::from(at.date.year) * 12 + i64::from(at.date.month) - 1 - i64::from(months);
    let (year, month) = (month.div_euclid(12) as i32, month.rem_euclid(12) as u8 + 1);
    let next = if month == 12 {
        Date { year: year + 1, month: 1, day: 1 }
    } else {
        Date { year, month: month + 1, day: 1 }
    };
    let day = at.date.day.min(next.plus_days(-1).day);
    JstTime { date: Date { year, month, day }, ..at }.unix_seconds()
}

#[cfg(test)]
mod tests {
    use domain::calendar::from_rfc3339;

    use super::months_before;

    #[test]
    fn a_month_before_the_31st_is_the_last_day_of_the_month() {
        for (now, months, then) in [
            ("2026-11-30T00:00:00Z", 1, "2026-10-30T00:00:00Z"),
            ("2026-03-31T00:00:00Z", 1, "2026-02-28T00:00:00Z"),
            ("2027-01-15T00:00:00Z", 13, "2025-12-15T00:00:00Z"),
            ("2026-11-30T00:00:00Z", 0, "2026-11-30T00:00:00Z"),
            // The first of December in Japan.
            ("2026-11-30T16:00:00Z", 12, "2025-11-30T16:00:00Z"),
        ] {
            assert_eq!(Some(months_before(from_rfc3339(now).unwrap(), months)), from_rfc3339(then), "{now}");
        }
    }
}
