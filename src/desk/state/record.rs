//! One booking with everything about it. It is asked for once and not again by itself: each reading is written down.

use std::mem;

use browser::spawn_local;
use domain::api::OfferedTime;
use domain::api::desk::{Act, Doing, HandOver, NewNote, NewSubject, Record, Times, Town};
use domain::report::subject::Subject;
use ui::live::Live;

use super::board::Told;
use super::drafts::Drafts;
use super::session::Session;
use super::{Fetched, Trouble, today};

/// As far ahead as another time is looked for.
const DAYS_AHEAD: u16 = 28;

/// The act whose words or time are being chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened(pub Act);

#[derive(Clone, Copy)]
pub struct Records {
    pub shown: Live<Fetched<Record>>,
    pub told: Live<Option<Told>>,
    pub busy: Live<bool>,
    pub opened: Live<Option<Opened>>,
    pub times: Live<Fetched<Vec<OfferedTime>>>,
    /// Ways to reach her that she did not choose, and that a second step has laid open.
    pub laid_open: Live<Vec<&'static str>>,
    /// The municipalities she can choose one of, by code and name.
    pub towns: Live<Fetched<Vec<(String, String)>>>,
    /// What is chosen of what a consultation was about, recorded or not.
    pub saying: Live<Subject>,
    /// Somebody has begun to choose.
    begun: Live<bool>,
    reference: Live<String>,
    session: Session,
    drafts: Drafts,
}

/// Names of the drafts of a booking.
#[must_use]
pub fn note_draft(reference: &str) -> String {
    ["note:", reference].concat()
}

#[must_use]
pub fn reason_draft(reference: &str) -> String {
    ["reason:", reference].concat()
}

impl Records {
    pub(super) fn new(session: Session, drafts: Drafts) -> Self {
        Self {
            shown: Live::new(Fetched::NotYet),
            told: Live::new(None),
            busy: Live::new(false),
            opened: Live::new(None),
            times: Live::new(Fetched::NotYet),
            laid_open: Live::new(Vec::new()),
            towns: Live::new(Fetched::NotYet),
            saying: Live::new(Subject::default()),
            begun: Live::new(false),
            reference: Live::new(String::new()),
            session,
            drafts,
        }
    }

    /// Reads the record, unless it is the one on the screen.
    pub fn open(self, reference: &str) {
        let same = self.reference.peek(|shown| shown == reference);
        if same && self.shown.peek(|shown| matches!(shown, Fetched::There(_))) {
            return;
        }
        self.forget();
        self.reference.set(reference.to_owned());
        // Words she had begun to write are shown, not hidden behind a button.
        if !self.drafts.of(&reason_draft(reference)).is_empty() {
            self.opened.settle(Some(Opened(Act::Decline)));
        }
        self.read();
    }

    /// Reads it once more, because she wants to.
    pub fn read(self) {
        let reference = self.reference.now();
        spawn_local(async move {
            let found = self.session.get(&["bookings/", &reference].concat()).await;
            if self.is_of(&reference) {
                self.shown.settle(found.map_or_else(Fetched::Failed, Fetched::There));
            }
        });
    }

    pub fn forget(self) {
        self.reference.take_quietly(String::clear);
        self.shown.settle(Fetched::NotYet);
        self.times.settle(Fetched::NotYet);
        self.told.settle(None);
        self.opened.settle(None);
        self.laid_open.settle(Vec::new());
        self.begun.take_quietly(|begun| *begun = false);
    }

    fn is_of(self, reference: &str) -> bool {
        self.reference.peek(|shown| shown == reference)
    }

    pub fn lay_open(self, channel: &'static str) {
        self.laid_open.update(|open| open.push(channel));
    }

    /// Shows the form of an act, or puts it away.
    pub fn turn_to(self, act: Act) {
        let open = self.opened.now() != Some(Opened(act));
        self.opened.set(open.then_some(Opened(act)));
        self.told.settle(None);
        if open && act == Act::Propose {
            self.look_for_times();
        }
    }

    fn look_for_times(self) {
        let Fetched::There(record) = self.shown.now() else { return };
        let path = times_path(record.card.kind.code(), DAYS_AHEAD);
        self.times.settle(Fetched::NotYet);
        spawn_local(async move {
            let found = self.session.get::<Times>(&path).await;
            self.times.settle(found.map_or_else(Fetched::Failed, |found| Fetched::There(found.times)));
        });
    }

    /// Does it, if the booking is still as she sees it.
    pub fn act(self, act: Act, reason: Option<String>, start: Option<String>) {
        let Fetched::There(record) = self.shown.now() else { return };
        let doing = Doing { reason, start, seen: record.card.sequence };
        let reference = record.card.reference;
        self.do_it(async move {
            let path = ["bookings/", &reference, "/", act.code()].concat();
            let record = self.session.post(&path, &doing).await?;
            self.drafts.drop(&reason_draft(&reference));
            self.opened.settle(None);
            Ok((record, Told::Done(reference, act)))
        });
    }

    pub fn note(self, text: String) {
        let reference = self.reference.now();
        self.do_it(async move {
            let path = ["bookings/", &reference, "/notes"].concat();
            let record = self.session.post(&path, &NewNote { text }).await?;
            self.drafts.drop(&note_draft(&reference));
            Ok((record, Told::Noted))
        });
    }

    /// What the lists show: what she chose, else what is recorded, and of the stage what the letter tells.
    pub fn begin_saying(self, recorded: &Subject, told: String) -> Subject {
        if !self.begun.take_quietly(|begun| mem::replace(begun, true)) {
            let stage = if recorded.stage.is_empty() { told } else { recorded.stage.clone() };
            self.saying.take_quietly(|saying| *saying = Subject { stage, ..recorded.clone() });
        }
        self.saying.now()
    }

    pub fn look_for_towns(self) {
        if self.towns.peek(|towns| matches!(towns, Fetched::There(_))) {
            return;
        }
        spawn_local(async move {
            let found = self.session.get::<Vec<Town>>("towns").await;
            let coded = |towns: Vec<Town>| towns.into_iter().map(|town| (town.code, town.name)).collect();
            self.towns.settle(found.map_or_else(Fetched::Failed, |towns| Fetched::There(coded(towns))));
        });
    }

    /// Where a colleague said something else meanwhile, it is read again; what she chose stays chosen.
    pub fn say_subject(self) {
        let Fetched::There(record) = self.shown.now() else { return };
        let (reference, seen) = (record.card.reference, record.subject.unwrap_or_default());
        let said = NewSubject { subject: self.saying.now(), seen };
        self.do_it(async move {
            let path = ["bookings/", &reference, "/subject"].concat();
            let record = self.session.post(&path, &said).await.inspect_err(|why| {
                // Without a network there would be nothing to see instead.
                if matches!(why, Trouble::Refused(_)) {
                    self.read();
                }
            })?;
            Ok((record, Told::Recorded))
        });
    }

    pub fn hand_over(self, member: Option<i64>) {
        let reference = self.reference.now();
        self.do_it(async move {
            let path = ["bookings/", &reference, "/hand-over"].concat();
            let record = self.session.post(&path, &HandOver { member }).await?;
            Ok((record, Told::HandedOver(reference)))
        });
    }

    fn do_it(self, work: impl Future<Output = Result<(Record, Told), Trouble>> + 'static) {
        if self.busy.now() {
            return;
        }
        self.busy.set(true);
        self.told.settle(None);
        spawn_local(async move {
            match work.await {
                Ok((record, told)) => {
                    if self.is_of(&record.card.reference) {
                        self.shown.set(Fetched::There(record));
                    }
                    self.told.set(Some(told));
                }
                Err(trouble) => self.take_refusal(trouble),
            }
            self.busy.set(false);
        });
    }

    /// Somebody else was quicker, or the time is gone: the screen shows what is, and keeps what she wrote.
    fn take_refusal(self, trouble: Trouble) {
        if let Trouble::Refused(problem) = &trouble {
            if let (Some(card), Fetched::There(mut record)) = (&problem.now, self.shown.now()) {
                record.card = (**card).clone();
                self.shown.settle(Fetched::There(record));
            }
            if !problem.alternatives.is_empty() {
                self.times.settle(Fetched::There(problem.alternatives.clone()));
            }
        }
        self.told.set(Some(Told::of(trouble)));
    }
}

/// Free times of a kind from today on.
#[must_use]
pub fn times_path(kind: &str, days: u16) -> String {
    ["times?from=", &today().to_text(), "&days=", &days.to_string(), "&kind=", kind].concat()
}
