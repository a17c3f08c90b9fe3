//! Bookings on disk. One trait in the words of the domain, implementations behind it; SQL stays in here.
//!
//! **No double booking by the database itself**: in SQLite every quarter of an hour that a booking holds in a place is a row
//! of its own, and a row can exist once; in PostgreSQL a constraint excludes an overlap. **Exactly once**: the idempotency key and its answer are written in the same
//! transaction as the booking. An answer is given when it is on the disk.

mod address;
pub mod board;
#[cfg(test)]
mod board_conformance;
pub mod calls;
#[cfg(test)]
pub(crate) mod conformance;
pub mod content;
#[cfg(test)]
mod content_conformance;
mod decide;
pub mod drafts;
#[cfg(test)]
mod drafts_conformance;
pub mod facts;
#[cfg(test)]
mod facts_conformance;
pub mod hosts;
#[cfg(test)]
mod hosts_conformance;
pub mod journal;
#[cfg(test)]
mod journal_conformance;
pub mod keeping;
#[cfg(test)]
mod keeping_conformance;
mod kept;
pub mod mail;
#[cfg(test)]
mod mail_conformance;
pub mod moving;
pub mod pictures;
#[cfg(test)]
mod pictures_conformance;
pub mod postgres;
#[cfg(test)]
mod random_conformance;
#[cfg(test)]
mod recorded_conformance;
pub mod report;
#[cfg(test)]
mod report_conformance;
pub mod settings;
#[cfg(test)]
mod settings_conformance;
pub mod sqlite;
pub mod staff;
#[cfg(test)]
mod staff_conformance;
#[cfg(test)]
mod stories;
pub mod subjects;
#[cfg(test)]
mod waiting_conformance;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use domain::association::AssociationId;
use domain::booking::{Event, Status, Wanted, Wish, WrongState};
use domain::slot::file::RulesFile;
use domain::slot::{Kind, Rules, Slot, Taken};
use thiserror::Error;

pub use address::{Address, Postgres};
use board::BoardStore;
use calls::CallStore;
use content::ContentStore;
use drafts::DraftStore;
use facts::FactStore;
use hosts::HostStore;
use journal::Journal;
use keeping::Keeping;
use mail::MailStore;
use moving::Moving;
use pictures::PictureStore;
use settings::SettingStore;
use staff::StaffStore;

pub type Answering<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// All that a database does.
pub trait Whole:
    BookingStore
    + MailStore
    + Keeping
    + Moving
    + ContentStore
    + DraftStore
    + HostStore
    + BoardStore
    + StaffStore
    + FactStore
    + PictureStore
    + SettingStore
    + CallStore
    + Journal
{
}
impl<T> Whole for T where
    T: BookingStore
        + MailStore
        + Keeping
        + Moving
        + ContentStore
        + DraftStore
        + HostStore
        + PictureStore
        + BoardStore
        + StaffStore
        + FactStore
        + SettingStore
        + CallStore
        + Journal
{
}

/// One database, for everybody who wants something of it.
#[derive(Clone)]
pub struct Store {
    pub bookings: Arc<dyn BookingStore>,
    pub mails: Arc<dyn MailStore>,
    pub keeping: Arc<dyn Keeping>,
    pub moving: Arc<dyn Moving>,
    pub contents: Arc<dyn ContentStore>,
    pub drafts: Arc<dyn DraftStore>,
    pub hosts: Arc<dyn HostStore>,
    pub pictures: Arc<dyn PictureStore>,
    pub boards: Arc<dyn BoardStore>,
    pub staff: Arc<dyn StaffStore>,
    pub facts: Arc<dyn FactStore>,
    pub settings: Arc<dyn SettingStore>,
    pub calls: Arc<dyn CallStore>,
    pub journal: Arc<dyn Journal>,
}

/// Opens the database, makes its tables if there are none, and brings them to the newest schema.
///
/// # Errors
/// A database that cannot be used, in one line.
pub async fn open(address: &Address) -> Result<Store, StoreError> {
    Ok(match address {
        Address::Sqlite(file) => Store::of(Arc::new(sqlite::SqliteStore::open(file)?)),
        Address::Postgres(address) => Store::of(Arc::new(postgres::PostgresStore::open(address).await?)),
    })
}

impl Store {
    fn of(store: Arc<impl Whole>) -> Self {
        Self {
            bookings: Arc::clone(&store) as _,
            mails: Arc::clone(&store) as _,
            keeping: Arc::clone(&store) as _,
            contents: Arc::clone(&store) as _,
            drafts: Arc::clone(&store) as _,
            hosts: Arc::clone(&store) as _,
            pictures: Arc::clone(&store) as _,
            boards: Arc::clone(&store) as _,
            staff: Arc::clone(&store) as _,
            facts: Arc::clone(&store) as _,
            settings: Arc::clone(&store) as _,
            calls: Arc::clone(&store) as _,
            journal: Arc::clone(&store) as _,
            moving: store,
        }
    }
}

/// Bookings of all teams.
pub trait BookingStore: Send + Sync + 'static {
    /// Takes the first wish that is offered, or says which times near it are; or puts her on a day's waiting list.
    fn book(&self, new: NewBooking) -> Answering<'_, Booked>;

    /// The booking behind a token; `None` for one nobody has.
    fn find(&self, token: TokenHash) -> Answering<'_, Option<Booking>>;

    /// Cancels, confirms, declines …: everything that needs no other time.
    fn happen(&self, token: TokenHash, event: Event, now: i64) -> Answering<'_, Changed>;

    /// What time alone brings about on the waiting lists: nobody answered, a day's last chance is over. Answers how many
    /// requests that changed.
    fn sweep(&self, now: i64) -> Answering<'_, u32>;

    /// To another time, or not at all: never both, never none.
    fn move_to(&self, token: TokenHash, wish: Wish, rules: Arc<Rules>, now: i64) -> Answering<'_, Changed>;

    /// When a team can be met; `None` for one that takes no bookings here.
    fn rules(&self, team: AssociationId) -> Answering<'_, Option<Opening>>;

    /// From now on these hold. What is booked stays booked.
    fn put_rules(&self, team: AssociationId, opening: Opening, now: i64) -> Answering<'_, ()>;

    /// The teams that have rules, in order.
    fn bookable(&self) -> Answering<'_, Vec<AssociationId>>;

    /// Its bookings that begin between two moments, whatever became of them, in order of time.
    fn of_team(&self, team: AssociationId, from: i64, to: i64) -> Answering<'_, Vec<Booking>>;

    /// What holds a place of the team between two moments (seconds since 1970).
    fn taken(&self, team: AssociationId, from: i64, to: i64) -> Answering<'_, Vec<Taken>>;
}

/// SHA-256 of the token she holds; the token itself is never written down.
pub type TokenHash = [u8; 32];

/// When a team can be met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    pub rules: RulesFile,
    /// A demonstration: whatever is booked is marked as such, too.
    pub fictional: bool,
}

/// A request that passed every check that needs no database.
#[derive(Clone, Debug)]
pub struct NewBooking {
    /// The idempotency key.
    pub key: String,
    /// SHA-256 of the whole request: the same key with another one is somebody's mistake.
    pub fingerprint: [u8; 32],
    pub team: AssociationId,
    pub rules: Arc<Rules>,
    pub wanted: Wanted,
    /// What she says on the telephone; nobody else has the same.
    pub reference: String,
    pub token: TokenHash,
    /// Of the server's key the letter was closed for.
    pub key_id: String,
    /// The letter: who she is and what it is about.
    pub sealed: Vec<u8>,
    pub fictional: bool,
    /// When she tapped 送信, by her phone's clock.
    pub made_at: i64,
    pub received_at: i64,
}

/// What came of a request. The same key gets the same answer again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Booked {
    /// A time, or a place on the waiting list.
    Taken { rank: u8, booking: Booking },
    /// None of the wishes is offered; the nearest that are, at most three.
    Conflict(Vec<Slot>),
    /// The key was used for another request. Nothing was written.
    KeyReused,
    /// Made longer ago than a request may wait, and its key is not known. Nothing was written.
    TooOld,
}

/// A consultation, without who she is. One that waits for a day begins at its midnight and is as long as the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    pub id: i64,
    pub reference: String,
    pub team: AssociationId,
    pub start: i64,
    pub length: u16,
    pub kind: Kind,
    pub place: u8,
    pub status: Status,
    /// Of the calendar entry: rises with every change she has to hear of.
    pub sequence: u32,
    /// Minutes before its beginning until which she can change it herself; as it was when she booked.
    pub deadline: u32,
    /// Until then a time is kept for her answer; only while one is offered.
    pub answer_by: Option<i64>,
    pub fictional: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    Done(Booking),
    /// It is as was asked already.
    Already(Booking),
    Unknown,
    WrongState(WrongState),
    /// The other time is not offered; it stays where it was.
    Conflict(Vec<Slot>),
}

#[derive(Debug, Error)]
pub enum StoreError {
    /// Trying again may help.
    #[error("the database is busy")]
    Busy,
    /// Trying again will not help.
    #[error("the database failed: {0}")]
    Broken(String),
}

impl StoreError {
    /// The same for everybody who waited for the same commit.
    fn again(&self) -> Self {
        match self {
            Self::Busy => Self::Busy,
            Self::Broken(why) => Self::Broken(why.clone()),
        }
    }
}
