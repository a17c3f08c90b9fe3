//! When the team can be met, as she edits it. What she has typed lies in the drafts until it is saved or put aside; nothing
//! here throws any of it away.

pub mod edit;
pub mod faults;
pub mod outlook;

use browser::{document, spawn_local};
use domain::api::desk::{Availability, Card, Fault, NewAvailability};
use domain::slot::file::RulesFile;
use domain::slot::{Rules, Taken};
use serde::{Deserialize, Serialize};
use ui::live::Live;

use super::drafts::Drafts;
use super::session::Session;
use super::{Fetched, Trouble, moment};
use edit::example;
use faults::{NOT_A_NUMBER, Wrong, faults};

const DRAFT: &str = "availability";
const PATH: &str = "availability";

/// What the drafts hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    rules: RulesFile,
    /// Of what she began with.
    mark: Option<String>,
    aside: Option<RulesFile>,
}

#[derive(Clone, Copy)]
pub struct Hours {
    /// As it is saved.
    pub there: Live<Fetched<Availability>>,
    /// As it stands in the form.
    pub form: Live<RulesFile>,
    /// Another number where the form is to be drawn anew: a line came, went, or holds something else.
    pub shape: Live<u32>,
    /// Of what she typed, while she looks at what is saved.
    pub aside: Live<Option<RulesFile>>,
    pub wrong: Live<Vec<Wrong>>,
    /// She tried to save while something was wrong.
    pub tried: Live<bool>,
    /// Bookings that would lie outside.
    pub hits: Live<Vec<Card>>,
    /// Somebody else saved while she was editing.
    pub meanwhile: Live<bool>,
    pub saved: Live<bool>,
    pub trouble: Live<Option<Trouble>>,
    pub busy: Live<bool>,
    /// The last rules of the form that could be used: a half-typed line does not take the preview away.
    pub usable: Live<Option<Rules>>,
    /// Fields that hold something that is no number they can take.
    unread: Live<Vec<String>>,
    mark: Live<Option<String>>,
    session: Session,
    drafts: Drafts,
}

impl Hours {
    pub(super) fn new(session: Session, drafts: Drafts) -> Self {
        Self {
            there: Live::new(Fetched::NotYet),
            form: Live::new(example()),
            shape: Live::new(0),
            aside: Live::new(None),
            wrong: Live::new(Vec::new()),
            tried: Live::new(false),
            hits: Live::new(Vec::new()),
            meanwhile: Live::new(false),
            saved: Live::new(false),
            trouble: Live::new(None),
            busy: Live::new(false),
            usable: Live::new(None),
            unread: Live::new(Vec::new()),
            mark: Live::new(None),
            session,
            drafts,
        }
    }

    pub fn open(self) {
        self.saved.settle(false);
        self.trouble.settle(None);
        self.look();
    }

    pub fn look(self) {
        self.there.settle(Fetched::NotYet);
        spawn_local(async move {
            match self.session.get::<Availability>(PATH).await {
                Ok(there) => self.begin(there),
                Err(trouble) => self.there.settle(Fetched::Failed(trouble)),
            }
        });
    }

    pub fn forget(self) {
        self.there.settle(Fetched::NotYet);
        self.aside.settle(None);
        self.hits.settle(Vec::new());
        self.meanwhile.settle(false);
        self.show(example());
    }

    /// With what she had begun, where there is something.
    fn begin(self, there: Availability) {
        let kept: Option<Kept> = serde_json::from_str(&self.drafts.of(DRAFT)).ok();
        let saved = there.rules.clone().unwrap_or_else(example);
        let (rules, mark, aside) = match kept {
            Some(kept) => (kept.rules, kept.mark, kept.aside),
            None => (saved, there.mark.clone(), None),
        };
        self.meanwhile.settle(mark != there.mark);
        self.mark.settle(mark);
        self.aside.settle(aside);
        self.usable.settle(there.rules.as_ref().and_then(|rules| rules.parse().ok()));
        self.there.set(Fetched::There(there));
        self.show(rules);
    }

    fn show(self, rules: RulesFile) {
        self.unread.settle(Vec::new());
        self.form.set(rules);
        self.shape.update(|shape| *shape += 1);
        self.check();
    }

    /// A field was written in.
    pub fn edit(self, change: impl FnOnce(&mut RulesFile)) {
        self.form.update(change);
        self.check();
        self.keep();
        self.saved.settle(false);
        self.hits.settle(Vec::new());
    }

    /// A line comes or goes; then the focus goes to this field.
    pub fn reshape(self, focus: String, change: impl FnOnce(&mut RulesFile)) {
        self.edit(change);
        self.show(self.form.now());
        document::once_drawn(move || {
            document::focus(&focus);
        });
    }

    /// What is no number from `least` to `most` stays in its field, and the number before it in the rules.
    pub fn write_number(
        self,
        id: &str,
        text: &str,
        (least, most): (u32, u32),
        put: impl FnOnce(&mut RulesFile, u32),
    ) {
        let number = text.trim().parse().ok().filter(|number| (least..=most).contains(number));
        self.unread.update(|unread| {
            unread.retain(|one| one != id);
            unread.extend(number.is_none().then(|| id.to_owned()));
        });
        self.edit(|file| {
            if let Some(number) = number {
                put(file, number);
            }
        });
    }

    fn check(self) {
        if let Ok(rules) = self.form.peek(RulesFile::parse) {
            self.usable.settle(Some(rules));
        }
        let unread = self.unread.now();
        let mut wrong = self.form.peek(faults);
        wrong.retain(|one| !unread.contains(&one.id));
        wrong.extend(unread.into_iter().map(|id| Wrong { id, code: NOT_A_NUMBER }));
        if wrong.is_empty() {
            self.tried.settle(false);
        }
        self.wrong.settle(wrong);
    }

    fn keep(self) {
        let rules = self.form.now();
        let aside = self.aside.now();
        if aside.is_none() && self.saved_rules().as_ref() == Some(&rules) {
            self.drafts.drop(DRAFT);
            return;
        }
        let kept = Kept { rules, mark: self.mark.now(), aside };
        self.drafts.write(DRAFT, &serde_json::to_string(&kept).unwrap_or_default());
    }

    fn saved_rules(self) -> Option<RulesFile> {
        self.there.peek(|there| match there {
            Fetched::There(there) => there.rules.clone(),
            Fetched::NotYet | Fetched::Failed(_) => None,
        })
    }

    /// Whether there is anything to save; follows.
    #[must_use]
    pub fn is_changed(self) -> bool {
        let unread = self.unread.with(|unread| !unread.is_empty());
        let form = self.form.get();
        self.there.with(|there| match there {
            Fetched::There(there) => unread || there.rules.as_ref() != Some(&form),
            Fetched::NotYet | Fetched::Failed(_) => false,
        })
    }

    /// The rules that are saved, and what is taken; follows.
    #[must_use]
    pub fn ground(self) -> (Option<Rules>, Vec<Taken>) {
        self.there.with(|there| match there {
            Fetched::There(there) => {
                let taken = there.taken.iter();
                let taken = taken.map(|one| Taken {
                    start: moment(&one.start),
                    length: one.length,
                    place: one.place,
                });
                (there.rules.as_ref().and_then(|rules| rules.parse().ok()), taken.collect())
            }
            Fetched::NotYet | Fetched::Failed(_) => (None, Vec::new()),
        })
    }

    /// Shows what is saved; what she typed is put aside.
    pub fn see_saved(self) {
        let mine = self.form.now();
        self.take_up_theirs();
        let saved = self.saved_rules().unwrap_or_else(example);
        if mine != saved {
            self.aside.settle(Some(mine));
        }
        self.show(saved);
        self.keep();
    }

    /// Back to what she typed.
    pub fn take_back(self) {
        let Some(mine) = self.aside.now() else { return };
        self.aside.settle(None);
        self.show(mine);
        self.keep();
    }

    /// What was put aside is not wanted any more.
    pub fn drop_aside(self) {
        self.aside.settle(None);
        self.keep();
    }

    /// Goes on with hers, knowing of the other's.
    pub fn go_on(self) {
        self.take_up_theirs();
        self.keep();
    }

    fn take_up_theirs(self) {
        let mark = self.there.peek(|there| match there {
            Fetched::There(there) => there.mark.clone(),
            Fetched::NotYet | Fetched::Failed(_) => None,
        });
        self.mark.settle(mark);
        self.meanwhile.settle(false);
        self.hits.settle(Vec::new());
        self.saved.settle(false);
    }

    /// Saves, with the bookings that were shown named as known; false where something is wrong first.
    pub fn save(self) -> bool {
        if !self.wrong.peek(Vec::is_empty) {
            self.tried.settle(true);
            return false;
        }
        if self.busy.now() {
            return true;
        }
        let known = self.hits.peek(|hits| hits.iter().map(|hit| hit.reference.clone()).collect());
        let new = NewAvailability { rules: self.form.now(), mark: self.mark.now(), known };
        self.busy.set(true);
        self.trouble.settle(None);
        spawn_local(async move {
            match self.session.post::<_, Availability>(PATH, &new).await {
                Ok(there) => self.finish(there, &new.rules),
                Err(trouble) => self.take_refusal(trouble).await,
            }
            self.busy.set(false);
        });
        true
    }

    /// What she typed while it was on its way is still to be saved.
    fn finish(self, there: Availability, sent: &RulesFile) {
        self.mark.settle(there.mark.clone());
        self.there.set(Fetched::There(there));
        self.hits.settle(Vec::new());
        self.saved.settle(self.form.peek(|form| form == sent));
        self.keep();
    }

    async fn take_refusal(self, trouble: Trouble) {
        match trouble {
            Trouble::Refused(problem) if problem.code == Fault::HitsBookings => self.hits.set(problem.hits),
            Trouble::Refused(problem) if problem.code == Fault::ChangedMeanwhile => {
                match self.session.get::<Availability>(PATH).await {
                    Ok(there) => {
                        self.there.set(Fetched::There(there));
                        self.hits.settle(Vec::new());
                        self.meanwhile.settle(true);
                        document::once_drawn(|| {
                            document::focus("meanwhile");
                        });
                    }
                    Err(trouble) => self.trouble.set(Some(trouble)),
                }
            }
            other => self.trouble.set(Some(other)),
        }
    }
}
