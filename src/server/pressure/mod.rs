//! Under pressure a booking costs a phone a second of work, and a program that sends thousands an hour of it. Nobody is
//! shut out, nobody is asked who she is, and as long as it is calm nobody is asked for anything.
//!
//! Counted is who asks to be booked, by team and over all, not who came through: a crowd that is held up is still a crowd.
//! All of it is in this server's memory. Several servers share the key, so what one asks another one believes; each
//! counts for itself, and a proof may be used once with each of them, within two minutes.

mod challenge;
mod gauge;

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::api::Challenge;
use domain::association::AssociationId;

pub use challenge::{LIFE, MAX_NUMBER, Refused};

use crate::service::vault::{Vault, random};
use challenge::Office;
use gauge::Gauge;

/// How many bookings a minute are no crowd yet, from the settings.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Bearable {
    /// Bookings asked for in a minute, over all teams; above it each phone has to work for a second first.
    #[arg(long, env = "TONARI_CALM_BOOKINGS_PER_MINUTE", default_value = "120")]
    pub calm_bookings_per_minute: NonZeroU32,
    /// The same for one team.
    #[arg(long, env = "TONARI_CALM_BOOKINGS_OF_A_TEAM", default_value = "30")]
    pub calm_bookings_of_a_team: NonZeroU32,
}

impl Bearable {
    /// As good as any number.
    #[must_use]
    pub const fn everything() -> Self {
        Self { calm_bookings_per_minute: NonZeroU32::MAX, calm_bookings_of_a_team: NonZeroU32::MAX }
    }
}

pub struct Pressure(Mutex<State>);

struct State {
    all: Gauge,
    /// Of the teams there are; what else is asked for makes nothing grow.
    teams: BTreeMap<AssociationId, Gauge>,
    office: Office,
}

/// What becomes of a request to be booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admission {
    Calm,
    /// Its work is done.
    Proven,
    Asked(Challenge),
    /// It brought something that does not count.
    Refused(Refused, Challenge),
}

impl Pressure {
    #[must_use]
    pub fn new(bearable: Bearable, teams: impl Iterator<Item = AssociationId>, vault: &Vault) -> Self {
        let of_a_team = Gauge::new(bearable.calm_bookings_of_a_team.get());
        Self(Mutex::new(State {
            all: Gauge::new(bearable.calm_bookings_per_minute.get()),
            teams: teams.map(|team| (team, of_a_team.clone())).collect(),
            office: Office::new(vault.proof_key()),
        }))
    }

    /// One more asks to be booked.
    pub fn admit(&self, team: &AssociationId, proof: Option<&str>, now: i64) -> Admission {
        let mut state = self.state();
        let taken = match proof {
            Some(proof) if state.is_high(team, now) => Some(state.office.take(proof, now)),
            Some(_) | None => None,
        };
        // Who brings the proof was counted when it was asked for.
        if let Some(Ok(())) = taken {
            return Admission::Proven;
        }
        state.count(team, now);
        if !state.is_high(team, now) {
            return Admission::Calm;
        }
        let challenge = state.office.challenge(random(), now);
        match taken {
            Some(Err(why)) => Admission::Refused(why, challenge),
            Some(Ok(())) | None => Admission::Asked(challenge),
        }
    }

    /// The same for a form without a script, which cannot work: only whether it is too much.
    pub fn is_high_with(&self, team: &AssociationId, now: i64) -> bool {
        let mut state = self.state();
        state.count(team, now);
        state.is_high(team, now)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn count(&mut self, team: &AssociationId, now: i64) {
        self.all.count(now);
        if let Some(gauge) = self.teams.get_mut(team) {
            gauge.count(now);
        }
    }

    fn is_high(&mut self, team: &AssociationId, now: i64) -> bool {
        // Both are asked: each remembers whether it was high.
        let of_team = self.teams.get_mut(team).is_some_and(|gauge| gauge.is_high(now));
        self.all.is_high(now) || of_team
    }
}
