//! Mails that are due, from the store to the post, until each of them has come to an end.
//!
//! A mail that was sent but not marked so, because the program died in between, is sent once more under the same
//! Message-ID. A log line names mail and booking by number, never a person, and never what a mail server wrote.

use std::sync::Arc;
use std::time::Duration;

use domain::booking::contact::{Channel, Contact};
use domain::booking::letter::{Language, Letter};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Bookings;
use crate::edition::Published;
use crate::mail::{Failure, Origin, Post, Telling, compose, name};
use crate::store::StoreError;
use crate::store::mail::{Due, News, Outcome, Sealed};

/// Mails under way at once.
const TOGETHER: usize = 4;
/// How often to look for what has become due by time.
const LOOK: Duration = Duration::from_secs(30);

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// After this it would tell of something long past.
const GIVE_UP: i64 = 3 * DAY;

pub struct Delivery {
    pub bookings: Bookings,
    /// The directory of that moment: a telephone may have been corrected since.
    pub published: Box<dyn Fn() -> Arc<Published> + Send + Sync>,
    pub origin: Origin,
    pub post: Post,
}

impl Delivery {
    /// Until told to stop; mails under way then come to their end.
    pub async fn run(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            if let Err(failure) = self.round(&stop).await {
                tracing::error!(%failure, "mails cannot be taken from the store");
            }
            tokio::select! {
                _ = stop.wait_for(|stop| *stop) => {}
                () = self.bookings.news.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Everything that is due now.
    ///
    /// # Errors
    /// As the store says.
    pub async fn round(self: &Arc<Self>, stop: &watch::Receiver<bool>) -> Result<(), StoreError> {
        while !*stop.borrow() {
            let due = self.bookings.mails.due((self.bookings.clock)(), TOGETHER).await?;
            if due.is_empty() {
                break;
            }
            let mut under_way = JoinSet::new();
            for mail in due {
                let this = Arc::clone(self);
                under_way.spawn(async move { this.one(mail).await });
            }
            while let Some(ended) = under_way.join_next().await {
                if let Err(failure) = ended {
                    tracing::error!(panicked = failure.is_panic(), "a mail did not come to its end");
                }
            }
        }
        Ok(())
    }

    async fn one(&self, due: Due) {
        let (mail, booking, news) = (due.id, due.booking.id, due.news.code());
        let outcome = match self.send(&due).await {
            Ok(outcome) => outcome,
            Err(failure) => {
                let now = (self.bookings.clock)();
                let code = failure.code();
                if now - due.due_at < GIVE_UP {
                    let wait = wait(failure, due.attempts);
                    tracing::warn!(mail, booking.id = booking, news, due.attempts, code, wait, "mail waits");
                    noted(self.bookings.mails.again(mail, now + wait).await);
                    return;
                }
                tracing::error!(mail, booking.id = booking, news, due.attempts, code, "mail given up");
                Outcome::GivenUp
            }
        };
        tracing::info!(mail, booking.id = booking, news, outcome = outcome.code(), "mail ended");
        noted(self.bookings.mails.ended(mail, outcome).await);
    }

    async fn send(&self, due: &Due) -> Result<Outcome, Failure> {
        let now = (self.bookings.clock)();
        if is_overtaken(due, now) {
            return Ok(Outcome::Overtaken);
        }
        // Keys that are missing may come back from a backup.
        let (language, contact) = self.bookings.reach(&due.sealed).ok_or(Failure::Later { code: None })?;
        let Some(to) = contact.mail.as_ref().filter(|_| mail_is_safe(&contact)) else {
            return Ok(Outcome::NotWanted);
        };
        let later = |_| Failure::Later { code: None };
        let reason = self.bookings.reason(&due.booking).await.map_err(later)?;
        let room = self.bookings.room_told(&due.booking).await.map_err(later)?;
        let own = self.bookings.own_lines(&due.booking.team, due.news, language).await.map_err(later)?;
        let published = (self.published)();
        let message = compose(
            &Telling {
                news: due.news,
                booking: &due.booking,
                to,
                language,
                discreet: contact.safety.discreet,
                team: published.edition.association(&due.booking.team),
                token: &self.bookings.vault.token(&due.booking.reference),
                reason: reason.as_deref(),
                own: &own,
                room: room.as_deref(),
                now,
            },
            &self.origin,
        );
        // Her address is one to us, but to no mail server.
        let Ok(message) = message else { return Ok(Outcome::GivenUp) };
        self.post.hand_over(&name(due.news, &due.booking), message).await?;
        Ok(Outcome::Sent)
    }
}

impl Bookings {
    /// What she wrote about reaching her, and in which language.
    #[must_use]
    pub fn reach(&self, sealed: &Sealed) -> Option<(Language, Contact)> {
        let opened = self.vault.open(&sealed.key_id, &sealed.key, &sealed.sealed)?;
        let letter = Letter::read(&opened).ok()?;
        Some((letter.language, letter.contact.parse().ok()?))
    }
}

/// Where she named channels, only those.
fn mail_is_safe(contact: &Contact) -> bool {
    contact.safety.channels.is_empty() || contact.safety.channels.contains(&Channel::Mail)
}

/// Told now, it would be wrong: the booking has gone on, or its time has come.
fn is_overtaken(due: &Due, now: i64) -> bool {
    let about_the_time = match due.news {
        News::Received | News::Confirmed | News::Moved | News::Reminder => true,
        News::Declined | News::Cancelled | News::Waiting | News::Offered | News::NoneFree => false,
    };
    // The time is not hers alone any more.
    let nothing_to_answer = due.booking.answer_by.is_some_and(|until| now >= until);
    nothing_to_answer || due.sequence != due.booking.sequence || (about_the_time && now >= due.booking.start)
}

/// Twice as long each time, from a minute to an hour. A refusal waits for an operator and is not repeated that soon.
fn wait(failure: Failure, attempts: u32) -> i64 {
    let doubled = |first: i64, most: i64| (first << attempts.saturating_sub(1).min(20)).min(most);
    match failure {
        Failure::Later { .. } => doubled(MINUTE, HOUR),
        Failure::Refused { .. } => doubled(HOUR, DAY),
    }
}

fn noted(written: Result<(), StoreError>) {
    if let Err(failure) = written {
        // It is handed out again when its time as ours is over.
        tracing::error!(%failure, "what became of a mail was not written down");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_waits_from_a_minute_to_an_hour_and_a_refused_one_longer() {
        let later = |attempts| wait(Failure::Later { code: None }, attempts);
        assert_eq!([1, 2, 3, 6, 7, 99].map(later), [60, 120, 240, 1920, HOUR, HOUR]);
        let refused = |attempts| wait(Failure::Refused { code: 550 }, attempts);
        assert_eq!([1, 2, 6, 99].map(refused), [HOUR, 2 * HOUR, DAY, DAY]);
    }
}
