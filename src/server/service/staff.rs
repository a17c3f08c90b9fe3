//! Who may sit at the desk, and for how long.

pub mod colleagues;
pub mod passkeys;

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tokio::sync::watch;

use super::Clock;
use super::vault::{hash, random};
use crate::store::journal::{Entry, Journal};
use crate::store::staff::{Ended, Member, Session, StaffStore};
use crate::store::{StoreError, TokenHash};

/// Seconds after signing in when everybody signs in again.
pub const LIFE: i64 = 12 * 3600;

/// Seconds without a request of hers after which it was somebody else who came back to the screen.
pub const IDLE: i64 = 30 * 60;

/// Seconds within which being seen is not written down again.
const SEEN_EVERY: i64 = 60;

/// How often what has ended is forgotten. It let nobody in before that either.
const SWEEP: Duration = Duration::from_secs(600);

#[derive(Clone)]
pub struct Desk {
    pub store: Arc<dyn StaffStore>,
    pub journal: Arc<dyn Journal>,
    pub clock: Clock,
}

/// Whether a request says that somebody sits there, or only that a screen is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    No,
    Yes,
    /// She asks to stay.
    Asked,
}

impl Desk {
    #[must_use]
    pub fn now(&self) -> i64 {
        (self.clock)()
    }

    /// The session as it is now, unless it has ended meanwhile.
    ///
    /// # Errors
    /// As the store says.
    pub async fn still(&self, session: &Session) -> Result<Option<Session>, StoreError> {
        self.lasting(session.token, Seen::No).await
    }

    /// The session of a token, unless it has ended.
    ///
    /// # Errors
    /// As the store says.
    pub async fn session(&self, token: &str, seen: Seen) -> Result<Option<Session>, StoreError> {
        self.lasting(hash(token), seen).await
    }

    /// All of hers that have not ended, the latest first.
    ///
    /// # Errors
    /// As the store says.
    pub async fn lasting_of(&self, member: &Member) -> Result<Vec<Session>, StoreError> {
        let now = self.now();
        let mut sessions = self.store.sessions(member.id).await?;
        sessions.retain(|session| session.lasts(now));
        Ok(sessions)
    }

    async fn lasting(&self, token: TokenHash, seen: Seen) -> Result<Option<Session>, StoreError> {
        let now = self.now();
        let Some(mut session) = self.store.session(token).await? else { return Ok(None) };
        if !session.lasts(now) {
            return Ok(None);
        }
        let due = match seen {
            Seen::No => false,
            Seen::Yes => now - session.seen_at >= SEEN_EVERY,
            Seen::Asked => true,
        };
        if due {
            self.store.seen(token, now).await?;
            session.seen_at = now;
        }
        Ok(Some(session))
    }

    /// # Errors
    /// As the store says.
    pub async fn sign_out(&self, session: &Session) -> Result<(), StoreError> {
        let entry = self.entry(&session.member, "signed_out", session.member.who());
        self.store.end(session.token, entry).await?;
        Ok(())
    }

    /// What has ended is forgotten.
    ///
    /// # Errors
    /// As the store says.
    pub async fn sweep(&self) -> Result<u32, StoreError> {
        let now = self.now();
        self.store.sweep_staff(now, Ended { began: now - LIFE, seen: now - IDLE }).await
    }

    /// Until told to stop.
    pub async fn keep_swept(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            if let Err(failure) = self.sweep().await {
                tracing::error!(%failure, "ended sessions cannot be forgotten");
            }
            tokio::select! {
                _ = stop.wait_for(|stop| *stop) => {}
                () = tokio::time::sleep(SWEEP) => {}
            }
        }
    }

    /// A line of what a member does in her own association's affairs.
    #[must_use]
    pub fn entry(&self, who: &Member, what: &'static str, about: String) -> Entry {
        let association = who.association.clone();
        Entry { at: self.now(), who: who.who(), association, what, about, detail: String::new() }
    }
}

impl Session {
    fn lasts(&self, now: i64) -> bool {
        !self.member.disabled && now < self.ends_at() && now < self.idle_at()
    }

    /// Whatever happens.
    #[must_use]
    pub const fn ends_at(&self) -> i64 {
        self.began_at + LIFE
    }

    /// Without another request.
    #[must_use]
    pub fn idle_at(&self) -> i64 {
        (self.seen_at + IDLE).min(self.ends_at())
    }
}

/// What is handed out, and never kept: of a session, an invitation, a ceremony.
#[must_use]
pub fn fresh_token() -> String {
    URL_SAFE_NO_PAD.encode(random::<32>())
}
