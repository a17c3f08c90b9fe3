//! The team's own lines in its mails: kept as one document, put in when a mail is composed. The outbox keeps no text, so what
//! is sent after they were saved has the new lines, whenever it was that it became due to be sent.

use domain::api::FieldProblem;
use domain::api::desk::ops::{AskPreview, Decided as By, MailLines, MailTexts, NewMailTexts, Preview};
use domain::association::{Association, AssociationId};
use domain::booking::Status;
use domain::booking::contact::Mail;
use domain::booking::letter::Language;
use domain::booking::waiting::WHOLE_DAY;
use domain::calendar::{JstTime, to_rfc3339};
use domain::mail_text::{Own, written};
use domain::slot::Kind;

use super::Bookings;
use super::board::{Asking, Refused, field};
use super::vault::unhex;
use crate::mail::{self, Origin, Telling, Written};
use crate::site::manifest::hex;
use crate::store::journal::Entry;
use crate::store::mail::News;
use crate::store::settings::{Decided, Deciding, Setting};
use crate::store::{Booking, StoreError};

const DAY: i64 = 86_400;

impl Bookings {
    /// # Errors
    /// As the store says.
    pub async fn mail_texts(&self, team: &AssociationId) -> Result<MailTexts, Refused> {
        let there = self.settings.setting(team.clone(), Setting::MailTexts).await?;
        Ok(MailTexts {
            texts: there.as_ref().map(read).transpose()?.unwrap_or_default(),
            mark: there.as_ref().map(|there| hex(&there.mark())),
            decided: there.as_ref().map(told_by),
        })
    }

    /// # Errors
    /// Everything that is wrong with the lines, or somebody who saved meanwhile.
    pub async fn put_mail_texts(&self, asking: Asking<'_>, new: &NewMailTexts) -> Result<MailTexts, Refused> {
        let texts = checked(&new.texts)?;
        let value = serde_json::to_string(&texts).expect("lines are plain JSON");
        let entry = Entry {
            at: (self.clock)(),
            who: asking.who.to_owned(),
            association: Some(asking.team.clone()),
            what: "mails_saved",
            about: "mails".to_owned(),
            detail: texts.len().to_string(),
        };
        let seen = seen_mark(new.mark.as_deref())?;
        match self.settings.decide(asking.team.clone(), Setting::MailTexts, value, seen, entry).await? {
            Deciding::Done => self.mail_texts(asking.team).await,
            Deciding::Meanwhile(_) => Err(Refused::Saved),
        }
    }

    /// A mail to nobody, in the words of the composer that sends, about a booking that is marked as invented.
    ///
    /// # Errors
    /// Lines that could not be saved either.
    pub async fn preview(
        &self,
        team: (&AssociationId, Option<&Association>),
        asked: &AskPreview,
        origin: &Origin,
    ) -> Result<Preview, Refused> {
        let lines = one(0, &asked.lines).map_err(Refused::Invalid)?;
        let (news, language) = (News::parse(&lines.news), language(&lines.language));
        let (Some(news), Some(language)) = (news, language) else { return Err(Refused::Malformed) };
        let now = (self.clock)();
        let booking = sample(team.0, news, now);
        let room = self.room_told(&booking).await?;
        let to = Mail::parse("sample@example.jp").map_err(|_| Refused::Malformed)?;
        let told = Telling {
            news,
            booking: &booking,
            to: &to,
            language,
            discreet: asked.discreet,
            team: team.1,
            token: "sample",
            reason: None,
            own: &Own { greeting: lines.greeting, closing: lines.closing },
            room: room.as_deref(),
            now,
        };
        let Written { sender, subject, text } = mail::written(&told, origin);
        Ok(Preview { sender, subject, text })
    }

    /// What the team adds to such a mail. Easy Japanese has the lines in Japanese: better than none.
    pub(super) async fn own_lines(
        &self,
        team: &AssociationId,
        news: News,
        language: Language,
    ) -> Result<Own, StoreError> {
        let Some(there) = self.settings.setting(team.clone(), Setting::MailTexts).await? else {
            return Ok(Own::default());
        };
        let wanted = match language {
            Language::Japanese | Language::Easy => "ja",
            Language::English => "en",
        };
        let all = read(&there)?;
        let found = all.into_iter().find(|one| one.news == news.code() && one.language == wanted);
        Ok(found.map(|one| Own { greeting: one.greeting, closing: one.closing }).unwrap_or_default())
    }
}

fn read(there: &Decided) -> Result<Vec<MailLines>, StoreError> {
    serde_json::from_str(&there.value)
        .map_err(|cause| StoreError::Broken(format!("lines of mails that cannot be read: {cause}")))
}

fn language(code: &str) -> Option<Language> {
    match code {
        "ja" => Some(Language::Japanese),
        "en" => Some(Language::English),
        _ => None,
    }
}

/// As they are kept: each kind and language once and in one order, so that the same lines are the same bytes.
fn checked(texts: &[MailLines]) -> Result<Vec<MailLines>, Refused> {
    let mut wrong = Vec::new();
    let mut kept: Vec<MailLines> = Vec::new();
    for (at, lines) in texts.iter().enumerate() {
        if News::parse(&lines.news).is_none() || language(&lines.language).is_none() {
            return Err(Refused::Malformed);
        }
        match one(at, lines) {
            Ok(lines) if lines.greeting.is_empty() && lines.closing.is_empty() => {}
            Ok(lines) => kept.push(lines),
            Err(more) => wrong.extend(more),
        }
    }
    if !wrong.is_empty() {
        return Err(Refused::Invalid(wrong));
    }
    kept.sort_by(|a, b| (&a.news, &a.language).cmp(&(&b.news, &b.language)));
    let twice =
        kept.windows(2).any(|two| (&two[0].news, &two[0].language) == (&two[1].news, &two[1].language));
    if twice { Err(field("texts", "twice")) } else { Ok(kept) }
}

fn one(at: usize, lines: &MailLines) -> Result<MailLines, Vec<FieldProblem>> {
    let mut wrong = Vec::new();
    let mut text = |name: &str, text: &str| match written(text) {
        Ok(text) => text,
        Err(why) => {
            wrong.push(FieldProblem { field: format!("texts[{at}].{name}"), code: why.code().to_owned() });
            String::new()
        }
    };
    let (greeting, closing) = (text("greeting", &lines.greeting), text("closing", &lines.closing));
    let MailLines { news, language, .. } = lines.clone();
    if wrong.is_empty() { Ok(MailLines { news, language, greeting, closing }) } else { Err(wrong) }
}

/// A booking nobody made, of the state in which there is such news.
fn sample(team: &AssociationId, news: News, now: i64) -> Booking {
    let date = JstTime::from_unix_seconds(now + 7 * DAY).date;
    let waits = matches!(news, News::Waiting | News::NoneFree);
    let status = match news {
        News::Received => Status::Pending,
        News::Confirmed | News::Reminder => Status::Confirmed,
        News::Moved => Status::Moved,
        News::Declined => Status::Declined,
        News::Cancelled => Status::Cancelled,
        News::Waiting => Status::Waiting,
        News::Offered => Status::Offered,
        News::NoneFree => Status::Expired,
    };
    Booking {
        id: 0,
        reference: "00000000".to_owned(),
        team: team.clone(),
        start: JstTime { date, minute: if waits { 0 } else { 600 } }.unix_seconds(),
        length: if waits { WHOLE_DAY } else { 60 },
        kind: Kind::Visit,
        place: 0,
        status,
        sequence: 0,
        deadline: 24 * 60,
        answer_by: (news == News::Offered).then_some(now + DAY),
        fictional: true,
    }
}

/// As a screen said it.
pub(super) fn seen_mark(mark: Option<&str>) -> Result<Option<[u8; 32]>, Refused> {
    match mark {
        Some(mark) => Ok(Some(unhex(mark).ok_or(Refused::Malformed)?)),
        None => Ok(None),
    }
}

pub(super) fn told_by(decided: &Decided) -> By {
    By { by: decided.by.clone(), at: to_rfc3339(decided.at) }
}
