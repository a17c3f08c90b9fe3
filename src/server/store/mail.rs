//! The mails that are still to be sent. A row says what happened and when to tell it; who she is and how to reach her
//! stays in the sealed letter until the mail is written.
//!
//! Two look-alikes: *news* is what happened, once for each change; a *due mail* is news whose time has come.

use domain::booking::Status;
use domain::booking::waiting::WHOLE_DAY;
use domain::calendar::JstTime;

use super::{Answering, Booking};

/// Seconds for which a mail that was handed out is nobody else's. Longer than any sending takes; a program that dies in
/// the middle leaves it to the next one after that.
pub const HANDED_OUT: i64 = 10 * 60;

/// JST, on the day before.
const REMINDER_AT: u16 = 10 * 60;

/// Beside [`super::BookingStore`], which writes the rows together with the changes they tell of ([`news`]).
pub trait MailStore: Send + Sync + 'static {
    /// Hands out what is due, the longest waiting first; each of them to nobody else for [`HANDED_OUT`].
    fn due(&self, now: i64, most: usize) -> Answering<'_, Vec<Due>>;

    /// Nothing more is to be done about it.
    fn ended(&self, mail: i64, outcome: Outcome) -> Answering<'_, ()>;

    /// To be tried again, then.
    fn again(&self, mail: i64, at: i64) -> Answering<'_, ()>;

    /// What should have been sent by now and has not ended.
    fn backlog(&self, now: i64) -> Answering<'_, Backlog>;

    /// Her letter, as it came.
    fn sealed(&self, booking: i64) -> Answering<'_, Option<Sealed>>;
}

/// How far the sending is behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    pub count: i64,
    /// When the oldest was due, seconds since 1970.
    pub oldest: Option<i64>,
}

/// What she hears of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum News {
    /// The team confirms by hand; it does not stand yet.
    Received,
    Confirmed,
    Moved,
    Declined,
    Cancelled,
    /// On a day's waiting list.
    Waiting,
    /// A time of it is kept for her answer.
    Offered,
    /// No time of it came free.
    NoneFree,
    /// The day before.
    Reminder,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// She gave no address, or mail is not safe for her.
    NotWanted,
    /// Something newer happened before it was told, or its time has passed.
    Overtaken,
    /// It could not be sent for too long.
    GivenUp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub id: i64,
    pub news: News,
    /// Of the booking when it happened; the booking may have gone on.
    pub sequence: u32,
    pub due_at: i64,
    /// This one included.
    pub attempts: u32,
    pub booking: Booking,
    pub sealed: Sealed,
}

/// A letter, the key it was closed for and the request it is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    pub key: String,
    pub key_id: String,
    pub sealed: Vec<u8>,
}

impl News {
    pub const ALL: [Self; 9] = [
        Self::Received,
        Self::Confirmed,
        Self::Moved,
        Self::Declined,
        Self::Cancelled,
        Self::Waiting,
        Self::Offered,
        Self::NoneFree,
        Self::Reminder,
    ];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Confirmed => "confirmed",
            Self::Moved => "moved",
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
            Self::Waiting => "waiting",
            Self::Offered => "offered",
            Self::NoneFree => "none_free",
            Self::Reminder => "reminder",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|news| news.code() == code)
    }
}

impl Outcome {
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::NotWanted => "not_wanted",
            Self::Overtaken => "overtaken",
            Self::GivenUp => "given_up",
        }
    }
}

/// What there is to tell when a booking has become this, and from when on.
#[must_use]
pub fn news(booking: &Booking, now: i64) -> Vec<(News, i64)> {
    let told = match booking.status {
        Status::Pending => News::Received,
        Status::Confirmed => News::Confirmed,
        Status::Moved => News::Moved,
        Status::Declined => News::Declined,
        Status::Cancelled => News::Cancelled,
        // She who let a time go knows that she still waits.
        Status::Waiting if booking.sequence > 0 => return Vec::new(),
        Status::Waiting => News::Waiting,
        Status::Offered => News::Offered,
        Status::Expired if booking.length == WHOLE_DAY => News::NoneFree,
        Status::Draft | Status::Queued | Status::Sending => return Vec::new(),
        Status::Expired | Status::Attended | Status::Absent => return Vec::new(),
    };
    let mut all = vec![(told, now)];
    if matches!(booking.status, Status::Confirmed | Status::Moved) {
        let date = JstTime::from_unix_seconds(booking.start).date.plus_days(-1);
        let at = JstTime { date, minute: REMINDER_AT }.unix_seconds();
        // Whoever books later than that has just been told.
        if at > now {
            all.push((News::Reminder, at));
        }
    }
    all
}
