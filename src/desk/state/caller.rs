//! A booking for somebody on the telephone, while she waits. What the team may do with her number is asked, not guessed.

use browser::spawn_local;
use domain::api::WishedTime;
use domain::api::desk::{CallerBooking, LetterView, Record, Times};
use domain::booking::Wish;
use domain::booking::contact::{Channel, Draft, FieldError, Safety};
use domain::slot::Kind;
use ui::live::Live;

use super::drafts::Drafts;
use super::record::times_path;
use super::session::Session;
use super::{Fetched, Trouble, moment};

const DAYS_AHEAD: u16 = 28;
/// Of the list at first, and with each step more.
pub const A_FEW: usize = 8;

/// Names of the fields, as drafts are kept.
pub const NAME: &str = "call:name";
pub const PHONE: &str = "call:phone";
pub const HOURS: &str = "call:hours";
pub const NOTE: &str = "call:note";
pub const MAIL: &str = "call:mail";
const FIELDS: [&str; 5] = [NAME, PHONE, HOURS, NOTE, MAIL];

/// What is missing or wrong, beside what every letter needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    Time,
    /// Whether she may be called was not asked.
    NotAsked,
    /// There is an address, and nobody asked whether a mail is safe.
    MailNotAsked,
    /// She was not told what it is used for, or did not agree.
    NotAgreed,
    Field(FieldError),
}

#[derive(Clone, Copy)]
pub struct Caller {
    pub kind: Live<Kind>,
    pub times: Live<Fetched<Vec<i64>>>,
    pub many: Live<usize>,
    pub chosen: Live<Option<i64>>,
    pub may_call: Live<Option<bool>>,
    pub may_mail: Live<Option<bool>>,
    pub may_leave_message: Live<bool>,
    pub discreet: Live<bool>,
    pub agreed: Live<bool>,
    pub wrong: Live<Vec<Wrong>>,
    pub trouble: Live<Option<Trouble>>,
    pub busy: Live<bool>,
    pub done: Live<Option<Record>>,
    /// Of this booking, however often it is sent.
    key: Live<Option<String>>,
    session: Session,
    drafts: Drafts,
}

impl Caller {
    pub(super) fn new(session: Session, drafts: Drafts) -> Self {
        Self {
            kind: Live::new(Kind::Visit),
            times: Live::new(Fetched::NotYet),
            many: Live::new(A_FEW),
            chosen: Live::new(None),
            may_call: Live::new(None),
            may_mail: Live::new(None),
            may_leave_message: Live::new(false),
            discreet: Live::new(true),
            agreed: Live::new(false),
            wrong: Live::new(Vec::new()),
            trouble: Live::new(None),
            busy: Live::new(false),
            done: Live::new(None),
            key: Live::new(None),
            session,
            drafts,
        }
    }

    /// The page is opened: times as they are now.
    pub fn open(self) {
        self.done.settle(None);
        self.look_for_times();
    }

    pub fn choose_kind(self, kind: Kind) {
        self.kind.settle(kind);
        self.chosen.settle(None);
        self.look_for_times();
    }

    pub fn look_for_times(self) {
        let kind = self.kind.now();
        self.times.settle(Fetched::NotYet);
        self.many.settle(A_FEW);
        spawn_local(async move {
            let found = self.session.get::<Times>(&times_path(kind.code(), DAYS_AHEAD)).await;
            if self.kind.now() != kind {
                return;
            }
            self.times.settle(found.map_or_else(Fetched::Failed, |found| {
                let mut starts: Vec<i64> = found.times.iter().map(|time| moment(&time.start)).collect();
                starts.dedup();
                Fetched::There(starts)
            }));
        });
    }

    fn letter(self) -> LetterView {
        let typed = |name| self.drafts.of(name).trim().to_owned();
        // An address that may not be written to is not kept at all: no later hand could write to it by a slip.
        let mail = if self.may_mail.now() == Some(false) { String::new() } else { typed(MAIL) };
        let may_mail = self.may_mail.now() == Some(true) && !mail.is_empty();
        let asked = [(Channel::Phone, self.may_call.now() == Some(true)), (Channel::Mail, may_mail)];
        let channels =
            asked.into_iter().filter(|(_, may)| *may).map(|(channel, _)| channel.code().to_owned());
        LetterView {
            channels: channels.collect(),
            hours: typed(HOURS),
            may_leave_message: self.may_leave_message.now(),
            discreet: self.discreet.now(),
            name: typed(NAME),
            phone: typed(PHONE),
            mail,
            stage: None,
            topics: Vec::new(),
            note: typed(NOTE),
            language: "ja".to_owned(),
        }
    }

    /// Sends it, if nothing is missing; true where it goes.
    pub fn send(self) -> bool {
        let letter = self.letter();
        let wrong =
            check(&letter, self.chosen.now(), (self.may_call.now(), self.may_mail.now()), self.agreed.now());
        let (Some(start), true) = (self.chosen.now(), wrong.is_empty()) else {
            self.wrong.set(wrong);
            return false;
        };
        self.wrong.settle(wrong);
        if self.busy.now() {
            return false;
        }
        // Without a generator of chance there is no key, and two of one booking could be made.
        let key = self.key.now().or_else(|| browser::id::new_key().ok().map(|key| key.0));
        let Some(key) = key else { return false };
        self.key.set(Some(key.clone()));
        let wish = WishedTime::of(Wish { start, kind: self.kind.now() });
        self.busy.set(true);
        self.trouble.settle(None);
        let booking = CallerBooking { key, wish, letter, consent: true };
        spawn_local(async move {
            match self.session.post("bookings", &booking).await {
                Ok(record) => self.finish(record),
                Err(trouble) => self.take_refusal(trouble),
            }
            self.busy.set(false);
        });
        true
    }

    fn finish(self, record: Record) {
        for field in FIELDS {
            self.drafts.drop(field);
        }
        self.key.settle(None);
        self.chosen.settle(None);
        self.may_call.settle(None);
        self.may_mail.settle(None);
        self.may_leave_message.settle(false);
        self.discreet.settle(true);
        self.agreed.settle(false);
        self.done.set(Some(record));
    }

    /// A time somebody else took: the nearest are offered, and everything typed stays.
    fn take_refusal(self, trouble: Trouble) {
        if let Trouble::Refused(problem) = &trouble {
            // That request was answered: another time is another request.
            self.key.settle(None);
            if !problem.alternatives.is_empty() {
                self.chosen.settle(None);
                let starts = problem.alternatives.iter().map(|time| moment(&time.start)).collect();
                self.times.settle(Fetched::There(starts));
            }
        }
        self.trouble.set(Some(trouble));
    }
}

/// All that is missing or wrong at once, in the order of the form.
fn check(
    letter: &LetterView,
    time: Option<i64>,
    (may_call, may_mail): (Option<bool>, Option<bool>),
    agreed: bool,
) -> Vec<Wrong> {
    let mut wrong: Vec<Wrong> = time.is_none().then_some(Wrong::Time).into_iter().collect();
    let draft = Draft {
        name: letter.name.clone(),
        phone: letter.phone.clone(),
        mail: letter.mail.clone(),
        safety: Safety::default(),
        note: letter.note.clone(),
        // Asked below, in words of its own.
        consent: Some(String::new()),
    };
    wrong.extend(draft.parse().err().unwrap_or_default().into_iter().map(Wrong::Field));
    wrong.extend(may_call.is_none().then_some(Wrong::NotAsked));
    wrong.extend((!letter.mail.is_empty() && may_mail.is_none()).then_some(Wrong::MailNotAsked));
    wrong.extend((!agreed).then_some(Wrong::NotAgreed));
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(name: &str, phone: &str) -> LetterView {
        LetterView {
            channels: Vec::new(),
            hours: String::new(),
            may_leave_message: false,
            discreet: true,
            name: name.to_owned(),
            phone: phone.to_owned(),
            mail: String::new(),
            stage: None,
            topics: Vec::new(),
            note: String::new(),
            language: "ja".to_owned(),
        }
    }

    // A colleague hung up, and nobody had asked whether that number could be called at all.
    #[test]
    fn nothing_is_sent_before_it_was_asked_whether_she_may_be_called() {
        let complete = letter("はな", "090-1234-5678");
        assert_eq!(check(&complete, Some(0), (None, None), true), [Wrong::NotAsked]);
        assert_eq!(check(&complete, Some(0), (Some(false), None), false), [Wrong::NotAgreed]);
        assert_eq!(check(&complete, Some(0), (Some(false), None), true), []);
    }

    // The confirmation went to an address that her husband reads, too.
    #[test]
    fn no_address_is_taken_before_it_was_asked_whether_a_mail_is_safe() {
        let with = LetterView { mail: "hana@example.jp".to_owned(), ..letter("はな", "090-1234-5678") };
        assert_eq!(check(&with, Some(0), (Some(true), None), true), [Wrong::MailNotAsked]);
        assert_eq!(check(&with, Some(0), (Some(true), Some(true)), true), []);
        let wrong = LetterView { mail: "hana@".to_owned(), ..with };
        assert_eq!(check(&wrong, Some(0), (Some(true), Some(true)), true), [Wrong::Field(FieldError::Mail)]);
    }

    #[test]
    fn everything_that_is_missing_is_said_at_once() {
        let wrong = check(&letter(" ", "12"), None, (None, None), false);
        let fields = [FieldError::NameMissing, FieldError::Phone].map(Wrong::Field);
        assert_eq!(wrong, [Wrong::Time, fields[0], fields[1], Wrong::NotAsked, Wrong::NotAgreed]);
    }
}
