//! Rules that need the store or a secret. Handlers and commands call these; nobody else knows both.

pub mod availability;
pub mod board;
pub mod booking;
pub mod calendar;
pub mod calling;
pub mod delivery;
pub mod demo;
pub mod directory;
pub mod facts;
pub mod first_texts;
pub mod hosts;
pub mod hours;
pub mod imports;
pub mod keeping;
pub mod library;
pub mod live;
pub mod mail_texts;
pub mod pictures;
pub mod publish;
pub mod report;
pub mod retaining;
pub mod rules_file;
pub mod staff;
pub mod subject;
pub mod team;
pub mod vault;
pub mod waiting;

use std::sync::Arc;

use tokio::sync::Notify;

use crate::store::BookingStore;
use crate::store::board::BoardStore;
use crate::store::calls::CallStore;
use crate::store::journal::Journal;
use crate::store::keeping::Keeping;
use crate::store::mail::MailStore;
use crate::store::settings::SettingStore;
use vault::Vault;

/// Seconds since 1970, from wherever time comes: the system's clock, or a test's.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// What every rule about bookings needs.
#[derive(Clone)]
pub struct Bookings {
    pub store: Arc<dyn BookingStore>,
    // The same database.
    pub mails: Arc<dyn MailStore>,
    pub keeping: Arc<dyn Keeping>,
    pub boards: Arc<dyn BoardStore>,
    pub settings: Arc<dyn SettingStore>,
    pub calls: Arc<dyn CallStore>,
    pub journal: Arc<dyn Journal>,
    /// Wakes whoever sends them.
    pub news: Arc<Notify>,
    pub vault: Arc<Vault>,
    pub clock: Clock,
}

#[must_use]
pub fn system_clock() -> Clock {
    Arc::new(|| {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        since.map_or(0, |since| since.as_secs().cast_signed())
    })
}
