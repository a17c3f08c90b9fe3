//! One mail: who, what, and the entry for her calendar.

use std::time::{Duration, UNIX_EPOCH};

use domain::association::Association;
use domain::booking::contact::Mail;
use domain::booking::letter::Language;
use domain::booking::waiting::WHOLE_DAY;
use domain::calendar::JstTime;
use domain::mail_text::Own;
use lettre::address::{AddressError, Envelope};
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};

use super::Origin;
use crate::ics;
use crate::ics::entry::entry;
use crate::store::Booking;
use crate::store::mail::News;
use crate::words::{Words, spoken};

/// What she is told.
pub struct Telling<'a> {
    pub news: News,
    pub booking: &'a Booking,
    pub to: &'a Mail,
    pub language: Language,
    pub discreet: bool,
    /// `None` when the directory does not know it any more.
    pub team: Option<&'a Association>,
    pub token: &'a str,
    /// The team's own words about a refusal.
    pub reason: Option<&'a str>,
    /// The team's own lines about this kind of news.
    pub own: &'a Own,
    /// Where she comes to, where the team tells it.
    pub room: Option<&'a str>,
    pub now: i64,
}

/// The same for the same news, so that whoever gets it twice can tell.
#[must_use]
pub fn name(news: News, booking: &Booking) -> String {
    format!("{}.{}.{}", booking.reference, booking.sequence, news.code())
}

/// What of a mail can be read by people.
pub struct Written {
    pub sender: String,
    pub subject: String,
    pub text: String,
}

/// The very words of the mail that is sent.
#[must_use]
pub fn written(told: &Telling<'_>, origin: &Origin) -> Written {
    let words = Words::of(told.language);
    let named = told.team.filter(|_| !told.discreet);
    let sender =
        named.map_or_else(|| words.neutral_sender.to_owned(), |team| one_line(&(words.team_name)(team)));
    let subject = if told.discreet { words.neutral_subject } else { words.telling(told.news).subject };
    let mark = if told.booking.fictional { words.fictional } else { "" };
    let text = text(told, words, origin, invitation(told, words, origin).is_some());
    Written { sender, subject: format!("{mark}{subject}"), text }
}

/// lettre ends the program over a header with a line end. Whoever writes the directory is not believed to write none.
fn one_line(name: &str) -> String {
    name.replace(char::is_control, " ")
}

/// # Errors
/// An address no mail can be sent to.
pub fn compose(told: &Telling<'_>, origin: &Origin) -> Result<Message, AddressError> {
    let Written { sender, subject, text } = written(told, origin);
    let seconds = u64::try_from(told.now).unwrap_or_default();
    let (from, to) = (address(&origin.from)?, address(told.to)?);
    // Named, because lettre would read it from its own header again and not find a name in quotation marks.
    let envelope = Envelope::new(Some(from.clone()), vec![to.clone()]).expect("there is a recipient");
    let builder = Message::builder()
        .envelope(envelope)
        .from(Mailbox::new(Some(sender), from))
        .to(Mailbox::new(None, to))
        .subject(subject)
        .date(UNIX_EPOCH + Duration::from_secs(seconds))
        .message_id(Some(format!("<{}@{}>", name(told.news, told.booking), origin.host)))
        .header(AutoSubmitted);
    let body = SinglePart::plain(text);
    let message = match invitation(told, Words::of(told.language), origin) {
        Some(invitation) => builder.multipart(MultiPart::mixed().singlepart(body).singlepart(invitation)),
        None => builder.singlepart(body),
    };
    Ok(message.expect("sender and recipient are there"))
}

fn text(told: &Telling<'_>, words: &Words, origin: &Origin, for_calendar: bool) -> String {
    let Telling { booking, .. } = told;
    let mut lines = Vec::new();
    if booking.fictional {
        lines.extend([words.fictional_line.to_owned(), String::new()]);
    }
    lines.extend([words.telling(told.news).opening.to_owned(), String::new()]);
    // Whatever a team writes may name it, so a discreet mail has none of it.
    let own = |text: &str| (!told.discreet && !text.is_empty()).then(|| [text.to_owned(), String::new()]);
    lines.extend(own(&told.own.greeting).into_iter().flatten());
    let mut row = |name: &str, value: String| lines.push(format!("{name}{}{value}", words.colon));
    row(words.when, words.time(booking.start, booking.length));
    row(words.how, words.kind(booking.kind).to_owned());
    if let Some(room) = told.room.filter(|_| !told.discreet) {
        row(words.room, room.to_owned());
    }
    if let Some(team) = told.team.filter(|_| !told.discreet) {
        row(words.team, (words.team_name)(team));
        if let Some(phone) = words.phone_of(team) {
            row(words.team_phone, phone);
        }
    }
    row(words.reference, spoken(&booking.reference));
    lines.push(String::new());
    // It may name what a discreet mail does not; she reads it where the address below leads.
    if let Some(reason) = told.reason.filter(|_| !told.discreet) {
        lines.extend([format!("{}{}{reason}", words.reason, words.colon), String::new()]);
    }
    lines.extend(way_on(told, words));
    lines.extend([origin.booking(told.token), String::new()]);
    if for_calendar {
        lines.push(words.calendar.to_owned());
    }
    lines.extend(own(&told.own.closing).into_iter().flatten());
    lines.extend([words.automatic.to_owned(), String::new()]);
    lines.join("\n")
}

/// What she can still do, before the address where she can.
fn way_on(told: &Telling<'_>, words: &Words) -> Vec<String> {
    match told.news {
        News::Declined | News::Cancelled | News::NoneFree => vec![words.look.to_owned()],
        News::Waiting => vec![words.leave_list.to_owned()],
        News::Offered => {
            let until = told.booking.answer_by.unwrap_or(told.booking.start);
            let moment = (words.moment)(JstTime::from_unix_seconds(until));
            vec![words.answer_until.replace("{until}", &moment)]
        }
        News::Received | News::Confirmed | News::Moved | News::Reminder => {
            let until = told.booking.start - i64::from(told.booking.deadline) * 60;
            if until > told.now {
                let moment = (words.moment)(JstTime::from_unix_seconds(until));
                vec![words.change_until.replace("{until}", &moment)]
            } else {
                vec![words.change_past.to_owned(), words.look.to_owned()]
            }
        }
    }
}

/// The entry for her calendar. A reminder brings none: it is there already, with an alarm of its own. Nor does what has no
/// time that both count on.
fn invitation(told: &Telling<'_>, words: &Words, origin: &Origin) -> Option<SinglePart> {
    let to = told.to.as_str();
    if told.booking.length == WHOLE_DAY {
        return None;
    }
    let method = match told.news {
        News::Received | News::Confirmed | News::Moved => ics::Method::Request { to },
        News::Declined | News::Cancelled => ics::Method::Cancel { to },
        News::Waiting | News::Offered | News::NoneFree | News::Reminder => return None,
    };
    let entry = entry(words, told.booking, told.team, told.room, told.discreet);
    let sender = ics::Sender { host: &origin.host, mail: origin.from.as_str() };
    let file = ics::file(method, told.booking, &entry, &sender, told.now);
    let kind = format!("text/calendar; charset=utf-8; method={}", method.name());
    let kind = ContentType::parse(&kind).expect("it is a type");
    Some(Attachment::new(ics::FILE_NAME.to_owned()).body(file, kind))
}

/// Old addresses of Japanese phones have dots where no standard allows them, at the end or two together; in quotation
/// marks they are delivered.
pub(super) fn address(mail: &Mail) -> Result<Address, AddressError> {
    let (user, host) = mail.as_str().rsplit_once('@').ok_or(AddressError::MissingParts)?;
    Address::new(user, host).or_else(|_| Address::new(format!("\"{user}\""), host))
}

/// RFC 3834: no absence notes, please.
#[derive(Clone)]
pub(super) struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
