//! What a team decides about its desk and does beside its board: its lines in mails, how long bookings are kept, whom it
//! telephones today; and for the federation, who has a desk.

use serde::{Deserialize, Serialize};

use super::{CallMark, Card, LetterView, Place};

/// Who decided last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    pub by: String,
    pub at: String,
}

/// The team's own lines, only those that are not empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailTexts {
    pub texts: Vec<MailLines>,
    /// By which these are told from others; to be said again when they are saved.
    pub mark: Option<String>,
    pub decided: Option<Decided>,
}

/// Of one kind of mail, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailLines {
    /// A code of the server's news: `received`, `confirmed` …
    pub news: String,
    /// `ja`, which easy Japanese has, too, or `en`.
    pub language: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub greeting: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub closing: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewMailTexts {
    pub texts: Vec<MailLines>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
}

/// A mail as it would be with these lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskPreview {
    pub lines: MailLines,
    pub discreet: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub sender: String,
    pub subject: String,
    pub text: String,
}

/// Days after the end of a consultation on which everything personal about it is erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// None where the association has not decided: then it is as the server's operator has it.
    pub days: Option<u16>,
    pub mark: Option<String>,
    pub decided: Option<Decided>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskOutlook {
    pub days: u32,
}

/// What would go at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlook {
    pub days: u16,
    pub bookings: u32,
    /// Days of the first and the last of them.
    pub first: Option<String>,
    pub last: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRetention {
    pub days: u32,
    /// How many bookings she was shown that would go; more than these are shown first.
    pub known: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
}

/// Somebody to be telephoned. Her number is not in it: opening it is written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToCall {
    pub card: Card,
    /// She may be telephoned at all; else she waits for a mail.
    pub may_call: bool,
    pub hours: String,
    pub may_leave_message: bool,
    pub discreet: bool,
    /// Of the booking's time as it is now, the oldest first.
    pub calls: Vec<Called>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    pub mark: CallMark,
    pub by: String,
    pub at: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewMark {
    pub mark: CallMark,
}

/// Her letter, for whoever calls now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// None where it was erased, or where its key is gone.
    pub letter: Option<LetterView>,
}

/// An association, as the federation sees it: whether somebody can sign in there, and whether it takes bookings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Association {
    pub place: Place,
    /// Somebody who is not disabled is a member.
    pub has_desk: bool,
    pub takes_bookings: bool,
}
