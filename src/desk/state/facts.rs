//! The association's own facts as she reads and edits them. What she has typed lies in the drafts until the server has it, or
//! she clears it; a colleague who was faster never takes it away.

use browser::{document, spawn_local};
use domain::api::FieldProblem;
use domain::api::desk::Fault;
use domain::api::desk::facts::{AsSeen, FactLine, Facts, NewFact, Publish};
use domain::profile::{Field, Freshness};
use domain::staff::Needs;
use serde::Serialize;
use ui::live::Live;

use super::drafts::Drafts;
use super::session::{Session, Standing};
use super::{Fetched, Trouble, today};

const PATH: &str = "facts";

/// What became of something she did.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    Drafted(Field),
    Dropped(Field),
    TakenBack(Field),
    /// With the edition's number, and when.
    Published(u32, String),
    /// Somebody else was quicker. Nothing was done.
    Meanwhile,
    Trouble(Trouble),
}

#[derive(Clone, Copy)]
pub struct OwnFacts {
    pub there: Live<Fetched<Facts>>,
    /// The field whose form is open.
    pub editing: Live<Option<Field>>,
    pub wrong: Live<Vec<FieldProblem>>,
    /// Somebody changed the field while she was writing.
    pub overtaken: Live<bool>,
    pub told: Live<Option<Told>>,
    pub busy: Live<bool>,
    /// Of the open form.
    form: Live<NewFact>,
    session: Session,
    drafts: Drafts,
}

fn draft_of(field: Field) -> String {
    ["fact:", field.code()].concat()
}

impl OwnFacts {
    pub(super) fn new(session: Session, drafts: Drafts) -> Self {
        Self {
            there: Live::new(Fetched::NotYet),
            editing: Live::new(None),
            wrong: Live::new(Vec::new()),
            overtaken: Live::new(false),
            told: Live::new(None),
            busy: Live::new(false),
            form: Live::new(blank(0)),
            session,
            drafts,
        }
    }

    /// A form she had begun is open again.
    pub fn open(self) {
        self.told.settle(None);
        self.look();
    }

    pub fn look(self) {
        let of_a_team =
            |standing: &Standing| matches!(standing, Standing::In(me) if me.member.role.may(Needs::Team));
        if !self.session.standing.peek(of_a_team) {
            return;
        }
        spawn_local(async move {
            match self.session.get::<Facts>(PATH).await {
                Ok(there) => {
                    self.there.settle(Fetched::There(there));
                    self.open_begun();
                }
                Err(trouble) => self.there.settle(Fetched::Failed(trouble)),
            }
        });
    }

    pub fn forget(self) {
        self.there.settle(Fetched::NotYet);
        self.editing.settle(None);
        self.told.settle(None);
        self.wrong.settle(Vec::new());
    }

    fn open_begun(self) {
        let begun =
            |field: &&Field| !self.drafts.of(&draft_of(**field)).is_empty() && self.line(**field).is_some();
        if self.editing.now().is_none()
            && let Some(field) = Field::ALL.iter().find(begun)
        {
            self.take_up(*field);
            self.editing.settle(Some(*field));
        }
    }

    fn line(self, field: Field) -> Option<FactLine> {
        self.there.peek(|there| match there {
            Fetched::There(facts) => facts.facts.iter().find(|line| line.field == field).cloned(),
            Fetched::NotYet | Fetched::Failed(_) => None,
        })
    }

    /// What is to be looked at, and has no draft yet; follows.
    #[must_use]
    pub fn to_check(self) -> usize {
        self.there.with(|there| match there {
            Fetched::There(facts) => {
                let open = |line: &&FactLine| line.freshness != Freshness::Fresh && line.draft.is_none();
                facts.facts.iter().filter(open).count()
            }
            Fetched::NotYet | Fetched::Failed(_) => 0,
        })
    }

    pub fn edit(self, field: Field) {
        self.told.settle(None);
        self.take_up(field);
        self.editing.set(Some(field));
        document::once_drawn(|| {
            document::focus("fact-form");
        });
    }

    /// What she had begun, or what stands there.
    fn take_up(self, field: Field) {
        let Some(line) = self.line(field) else { return };
        let kept = serde_json::from_str(&self.drafts.of(&draft_of(field))).ok();
        let begun: NewFact = kept.unwrap_or_else(|| {
            let there = line.draft.as_ref().map_or(&line.now, |draft| &draft.after);
            let value = there.as_ref().map(|said| said.value.clone()).unwrap_or_default();
            NewFact { value: Some(value), ..blank(line.seen) }
        });
        self.overtaken.settle(begun.seen != line.seen);
        self.wrong.settle(Vec::new());
        self.form.set(begun);
    }

    /// Of the open form, as it stands: fields are drawn from it and not again.
    #[must_use]
    pub fn form(self) -> NewFact {
        self.form.now()
    }

    /// Part of the form shows other fields by it; follows.
    #[must_use]
    pub fn asks(self) -> (bool, bool) {
        self.form.with(|form| (form.value.is_some(), form.own))
    }

    /// A field was written in; the screen shows it already.
    pub fn write(self, change: impl FnOnce(&mut NewFact)) {
        self.form.take_quietly(change);
        self.keep();
    }

    /// Another answer, which other fields depend on.
    pub fn choose(self, change: impl FnOnce(&mut NewFact)) {
        self.form.update(change);
        self.wrong.settle(Vec::new());
        self.keep();
    }

    fn keep(self) {
        let Some(field) = self.editing.now() else { return };
        let text = self.form.peek(|form| serde_json::to_string(form).unwrap_or_default());
        self.drafts.write(&draft_of(field), &text);
    }

    /// What she wrote is not wanted.
    pub fn close(self) {
        if let Some(field) = self.editing.now() {
            self.drafts.drop(&draft_of(field));
        }
        self.editing.set(None);
        document::once_drawn(|| {
            document::focus("page-title");
        });
    }

    /// She has seen the other's, and goes on with hers.
    pub fn go_on(self) {
        let Some(line) = self.editing.now().and_then(|field| self.line(field)) else { return };
        self.write(|form| form.seen = line.seen);
        self.overtaken.settle(false);
    }

    pub fn save(self) {
        let Some(field) = self.editing.now() else { return };
        let new = self.form.now();
        let path = [PATH, "/", field.code()].concat();
        self.send(path, new, move |_| {
            self.drafts.drop(&draft_of(field));
            self.editing.settle(None);
            Told::Drafted(field)
        });
    }

    pub fn confirm(self, line: &FactLine) {
        let field = line.field;
        let path = [PATH, "/", field.code(), "/confirm"].concat();
        self.send(path, AsSeen { seen: line.seen }, move |_| Told::Drafted(field));
    }

    pub fn undo(self, line: &FactLine) {
        let (field, dropped) = (line.field, line.draft.is_some());
        let path = [PATH, "/", field.code(), "/undo"].concat();
        self.send(path, AsSeen { seen: line.seen }, move |_| {
            if dropped { Told::Dropped(field) } else { Told::TakenBack(field) }
        });
    }

    /// Exactly those that stand on the screen.
    pub fn publish(self) {
        let drafts = self.there.peek(|there| match there {
            Fetched::There(facts) => {
                facts.facts.iter().filter_map(|line| line.draft.as_ref()).map(|draft| draft.id).collect()
            }
            Fetched::NotYet | Fetched::Failed(_) => Vec::new(),
        });
        self.send([PATH, "/publish"].concat(), Publish { drafts }, |facts| {
            Told::Published(facts.edition, facts.published_at.clone().unwrap_or_default())
        });
    }

    fn send<B: Serialize + 'static>(
        self,
        path: String,
        body: B,
        told: impl FnOnce(&Facts) -> Told + 'static,
    ) {
        if self.busy.now() {
            return;
        }
        self.busy.set(true);
        self.told.settle(None);
        spawn_local(async move {
            match self.session.post::<B, Facts>(&path, &body).await {
                Ok(facts) => {
                    self.wrong.settle(Vec::new());
                    let told = told(&facts);
                    self.there.set(Fetched::There(facts));
                    self.tell(told);
                }
                Err(trouble) => self.take_refusal(trouble).await,
            }
            self.busy.set(false);
        });
    }

    fn tell(self, told: Told) {
        self.told.set(Some(told));
        document::once_drawn(|| {
            document::focus("facts-told");
        });
    }

    async fn take_refusal(self, trouble: Trouble) {
        match trouble {
            Trouble::Refused(problem) if problem.code == Fault::Invalid => {
                self.wrong.set(problem.fields);
                document::once_drawn(|| {
                    document::focus("errors");
                });
            }
            Trouble::Refused(problem) if problem.code == Fault::ChangedMeanwhile => {
                match self.session.get::<Facts>(PATH).await {
                    Ok(facts) => self.show_theirs(facts),
                    Err(trouble) => self.tell(Told::Trouble(trouble)),
                }
            }
            other => self.tell(Told::Trouble(other)),
        }
    }

    fn show_theirs(self, facts: Facts) {
        self.there.set(Fetched::There(facts));
        let line = self.editing.now().and_then(|field| self.line(field));
        let seen = self.form.peek(|form| form.seen);
        self.overtaken.settle(line.is_some_and(|line| line.seen != seen));
        self.tell(Told::Meanwhile);
    }
}

fn blank(seen: i64) -> NewFact {
    NewFact {
        seen,
        value: Some(String::new()),
        own: true,
        title: String::new(),
        url: String::new(),
        checked: today().to_text(),
        note: String::new(),
    }
}
