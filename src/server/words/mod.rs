//! What the server says to her outside the app: in mails and calendar entries. Sentences of the app are in `ui`.
//!
//! A sentence serves the discreet mail as well wherever it can: it then names neither a team nor a consultation. All
//! languages are complete because a field cannot be left out.

mod easy;
mod english;
mod japanese;
pub mod report;

use domain::association::Association;
use domain::booking::letter::Language;
use domain::booking::waiting::WHOLE_DAY;
use domain::calendar::{Date, JstTime, Weekday};
use domain::slot::Kind;

use crate::store::mail::News;

pub struct Words {
    /// Before the subject and the title, and as the first line, of everything fictional.
    pub fictional: &'static str,
    pub fictional_line: &'static str,
    /// Who writes, where nothing may be named or nothing is known.
    pub neutral_sender: &'static str,
    pub neutral_subject: &'static str,
    pub neutral_title: &'static str,
    pub title: &'static str,
    pub received: Telling,
    pub confirmed: Telling,
    pub moved: Telling,
    pub declined: Telling,
    pub cancelled: Telling,
    pub waiting: Telling,
    pub offered: Telling,
    pub none_free: Telling,
    pub reminder: Telling,
    pub when: &'static str,
    pub how: &'static str,
    pub visit: &'static str,
    pub online: &'static str,
    pub phone: &'static str,
    pub room: &'static str,
    pub team: &'static str,
    pub team_phone: &'static str,
    /// Behind a fact that is known with a reservation.
    pub to_check: &'static str,
    pub reference: &'static str,
    /// Before what the team wrote.
    pub reason: &'static str,
    /// Between a name and its value.
    pub colon: &'static str,
    /// `{until}` is a moment.
    pub change_until: &'static str,
    pub change_past: &'static str,
    pub look: &'static str,
    /// `{until}` is a moment.
    pub answer_until: &'static str,
    pub leave_list: &'static str,
    pub calendar: &'static str,
    pub automatic: &'static str,
    pub span: fn(JstTime, JstTime) -> String,
    pub day: fn(Date) -> String,
    pub moment: fn(JstTime) -> String,
    /// The team's own name in this language, beside its association's.
    pub team_name: fn(&Association) -> String,
}

/// One kind of news.
pub struct Telling {
    pub subject: &'static str,
    pub opening: &'static str,
}

impl Words {
    #[must_use]
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::Japanese => &japanese::WORDS,
            Language::Easy => &easy::WORDS,
            Language::English => &english::WORDS,
        }
    }

    #[must_use]
    pub const fn telling(&self, news: News) -> &Telling {
        match news {
            News::Received => &self.received,
            News::Confirmed => &self.confirmed,
            News::Moved => &self.moved,
            News::Declined => &self.declined,
            News::Cancelled => &self.cancelled,
            News::Waiting => &self.waiting,
            News::Offered => &self.offered,
            News::NoneFree => &self.none_free,
            News::Reminder => &self.reminder,
        }
    }

    #[must_use]
    pub const fn kind(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Visit => self.visit,
            Kind::Online => self.online,
            Kind::Phone => self.phone,
        }
    }

    /// From `start` (seconds since 1970) for so many minutes; only the day where it is all of it.
    #[must_use]
    pub fn time(&self, start: i64, length: u16) -> String {
        let at = JstTime::from_unix_seconds;
        if length == WHOLE_DAY {
            return (self.day)(at(start).date);
        }
        (self.span)(at(start), at(start + i64::from(length) * 60))
    }

    /// As the directory knows it, and marked where it does so with a reservation.
    #[must_use]
    pub fn phone_of(&self, team: &Association) -> Option<String> {
        let fact = team.phone.as_ref()?;
        let mark = fact.note.as_ref().map_or("", |_| self.to_check);
        Some(format!("{}{mark}", fact.value))
    }
}

/// `10:00`
#[must_use]
pub fn clock(time: JstTime) -> String {
    format!("{:02}:{:02}", time.minute / 60, time.minute % 60)
}

/// `7K3M-9QF2`, as it is read out.
#[must_use]
pub fn spoken(reference: &str) -> String {
    match reference.split_at_checked(4) {
        Some((first, second)) if !second.is_empty() => format!("{first}-{second}"),
        _ => reference.to_owned(),
    }
}

fn in_japanese(weekday: Weekday) -> char {
    match weekday {
        Weekday::Monday => '月',
        Weekday::Tuesday => '火',
        Weekday::Wednesday => '水',
        Weekday::Thursday => '木',
        Weekday::Friday => '金',
        Weekday::Saturday => '土',
        Weekday::Sunday => '日',
    }
}

/// 12月1日（火）
#[must_use]
pub fn day_and_weekday(date: Date) -> String {
    format!("{}月{}日（{}）", date.month, date.day, in_japanese(date.weekday()))
}

fn day_in_japanese(date: Date) -> String {
    format!("{}年{}月{}日", date.year, date.month, date.day)
}

/// 島根県信用保証協会 エスポワール
fn named_in_japanese(team: &Association) -> String {
    match team.team.as_ref().and_then(|team| team.name.as_ref()) {
        Some(name) => format!("{} {}", team.name.value, name.value),
        None => team.name.value.clone(),
    }
}
