//! What the team writes for others to read. What she has typed lies in the drafts of this tab until it is saved; nothing here
//! throws any of it away.

use browser::{document, spawn_local};
use domain::api::FieldProblem;
use domain::api::desk::Fault;
use domain::api::desk::publish::{
    DraftRecord, Drafts as Listed, NewComment, NewDraft, RevisionView, Rewritten, Stepping,
};
use domain::content::draft::{Act, Kind};
use ui::live::Live;

use super::begin;
use super::form::{CRISIS, Form, draft_of, words_draft};
use crate::routes::Route;
use crate::state::drafts::Drafts;
use crate::state::routing::Routing;
use crate::state::session::Session;
use crate::state::{Base, Fetched, Trouble};

/// What was done last.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    Saved,
    Did(Act),
    Commented,
    Pictured,
    /// Another revision than the one she saw.
    Changed,
    /// Which fields, stands in `wrong`.
    Wrong,
    Trouble(Trouble),
}

#[derive(Clone, Copy)]
pub struct Texts {
    pub list: Live<Fetched<Listed>>,
    /// As the server has it; nothing while a new text is begun.
    pub shown: Live<Option<Fetched<DraftRecord>>>,
    pub form: Live<Form>,
    /// A new one before she has typed anything.
    untouched: Live<Form>,
    /// Another number where the form is to be drawn anew.
    pub shape: Live<u32>,
    /// The form is open, not only the text.
    pub editing: Live<bool>,
    pub wrong: Live<Vec<FieldProblem>>,
    pub told: Live<Option<Told>>,
    pub busy: Live<bool>,
    /// Somebody else saved while she was writing.
    pub meanwhile: Live<bool>,
    pub compared: Live<Option<Fetched<RevisionView>>>,
    key: Live<Option<String>>,
    pub(super) session: Session,
    pub(super) drafts: Drafts,
    routing: Routing,
}

pub(super) fn path_of(id: i64) -> String {
    ["texts/", &id.to_string()].concat()
}

impl Texts {
    pub(super) fn new(base: Base) -> Self {
        let Base { session, drafts, routing, .. } = base;
        Self {
            list: Live::new(Fetched::NotYet),
            shown: Live::new(None),
            form: Live::new(Form::blank(Kind::Story)),
            untouched: Live::new(Form::blank(Kind::Story)),
            shape: Live::new(0),
            editing: Live::new(false),
            wrong: Live::new(Vec::new()),
            told: Live::new(None),
            busy: Live::new(false),
            meanwhile: Live::new(false),
            compared: Live::new(None),
            key: Live::new(None),
            session,
            drafts,
            routing,
        }
    }

    pub fn look(self) {
        self.clear();
        self.fetch_list(|| {});
    }

    fn fetch_list(self, then: impl FnOnce() + 'static) {
        spawn_local(async move {
            let found = self.session.get("texts").await;
            self.list.set(found.map_or_else(Fetched::Failed, Fetched::There));
            then();
        });
    }

    pub fn forget(self) {
        self.list.settle(Fetched::NotYet);
        self.clear();
        self.form.set(Form::blank(Kind::Story));
    }

    fn clear(self) {
        self.shown.settle(None);
        self.told.settle(None);
        self.wrong.settle(Vec::new());
        self.meanwhile.settle(false);
        self.compared.settle(None);
        self.key.settle(None);
    }

    /// A text that is there, with what she had begun to change in it.
    pub fn open(self, id: i64) {
        // It was made on the screen before, and what became of it is still to be read.
        if self.record_now().is_some_and(|record| record.card.id == id) {
            return;
        }
        self.clear();
        self.shown.settle(Some(Fetched::NotYet));
        spawn_local(async move {
            match self.session.get::<DraftRecord>(&path_of(id)).await {
                Ok(record) => self.begin(record),
                Err(trouble) => self.shown.set(Some(Fetched::Failed(trouble))),
            }
        });
    }

    fn begin(self, record: DraftRecord) {
        let kept = self.kept(Some(record.card.id), record.card.kind).filter(|_| record.may_write);
        self.meanwhile.settle(kept.as_ref().is_some_and(|kept| kept.seen != record.card.revision));
        let wants_words = record.acts.contains(&Act::Send);
        self.editing.settle(record.may_write && (kept.is_some() || wants_words));
        let form = kept.unwrap_or_else(|| Form::of(&record));
        self.shown.set(Some(Fetched::There(record)));
        self.show(form);
    }

    /// A new text, with what the directory knows already; once that is here.
    pub fn open_new(self, kind: Kind) {
        self.clear();
        self.editing.settle(true);
        self.untouched.set(Form::blank(kind));
        self.show(self.kept(None, kind).unwrap_or_else(|| Form::blank(kind)));
        self.fetch_list(move || {
            let untouched = self.form.peek(|form| *form == Form::blank(kind));
            if let (true, Fetched::There(list)) = (untouched, self.list.now()) {
                let first = Form { written: begin::first(kind, &list.home), ..Form::blank(kind) };
                self.untouched.set(first.clone());
                self.show(first);
            }
        });
    }

    /// A crisis notice: the one she had begun, or the choice of a template.
    pub fn open_crisis(self) {
        self.clear();
        self.editing.settle(true);
        let kept = serde_json::from_str(&self.drafts.of(CRISIS)).ok();
        self.show(kept.unwrap_or_else(|| Form::blank(Kind::Notice)));
        self.fetch_list(|| {});
    }

    /// Ready to be published as it is.
    pub fn take_template(self, at: usize) {
        let Fetched::There(list) = self.list.now() else { return };
        let written = begin::crisis(at, &list.home, crate::state::now());
        self.show(Form { written, from_template: true, ..Form::blank(Kind::Notice) });
        self.keep();
    }

    fn kept(self, id: Option<i64>, kind: Kind) -> Option<Form> {
        serde_json::from_str(&self.drafts.of(&draft_of(id, kind))).ok()
    }

    fn show(self, form: Form) {
        self.form.set(form);
        self.shape.update(|shape| *shape += 1);
    }

    pub fn edit(self, change: impl FnOnce(&mut Form)) {
        self.form.update(change);
        if matches!(self.told.now(), Some(Told::Saved | Told::Did(_))) {
            self.told.set(None);
        }
        self.keep();
    }

    /// A line comes or goes; then the focus goes to this field.
    pub fn reshape(self, focus: String, change: impl FnOnce(&mut Form)) {
        self.edit(change);
        self.shape.update(|shape| *shape += 1);
        document::once_drawn(move || {
            document::focus(&focus);
        });
    }

    fn keep(self) {
        let form = self.form.now();
        let name = form.draft();
        if form.aside.is_none() && !self.differs(&form) {
            self.drafts.drop(&name);
        } else {
            self.drafts.write(&name, &serde_json::to_string(&form).unwrap_or_default());
        }
    }

    fn differs(self, form: &Form) -> bool {
        self.shown.peek(|shown| match shown {
            Some(Fetched::There(record)) => {
                (&record.written, record.consent) != (&form.written, form.consent)
            }
            _ => self.untouched.peek(|untouched| untouched != form),
        })
    }

    /// Whether there is anything to save; follows.
    #[must_use]
    pub fn is_changed(self) -> bool {
        let form = self.form.get();
        self.shown.with(|_| ());
        self.differs(&form)
    }

    /// The record on the screen; follows.
    #[must_use]
    pub fn record(self) -> Option<DraftRecord> {
        self.shown.with(|shown| match shown {
            Some(Fetched::There(record)) => Some(record.clone()),
            _ => None,
        })
    }

    fn record_now(self) -> Option<DraftRecord> {
        self.shown.peek(|shown| match shown {
            Some(Fetched::There(record)) => Some(record.clone()),
            _ => None,
        })
    }

    /// Shows what a colleague saved; what she typed is put aside.
    pub fn see_theirs(self) {
        let Some(record) = self.record_now() else { return };
        let mine = self.form.now();
        self.meanwhile.settle(false);
        self.show(Form { aside: Some((mine.written, mine.consent)), ..Form::of(&record) });
        self.keep();
    }

    /// Back to what she typed, knowing of the other's; or without it.
    pub fn end_aside(self, take_back: bool) {
        let mut form = self.form.now();
        if let (Some((written, consent)), true) = (form.aside.take(), take_back) {
            (form.written, form.consent) = (written, consent);
        }
        self.show(form);
        self.keep();
    }

    /// Goes on with hers.
    pub fn keep_mine(self) {
        let Some(record) = self.record_now() else { return };
        self.meanwhile.settle(false);
        self.form.update(|form| form.seen = record.card.revision);
        self.keep();
    }

    pub fn save(self) {
        self.do_it(async move {
            self.saved().await?;
            Ok(Told::Saved)
        });
    }

    /// Takes a step with what stands in the form, saved first.
    pub fn step(self, act: Act, words: Option<String>) {
        self.do_it(async move {
            let record = match act {
                Act::Send | Act::Publish if self.editing.now() => self.saved().await?,
                _ => self.record_now().ok_or(Trouble::Broken)?,
            };
            let (id, seen) = (record.card.id, record.card.revision);
            let path = [&path_of(id), "/", act.code()].concat();
            let next: Option<DraftRecord> = self.session.post(&path, &Stepping { seen, words }).await?;
            self.drafts.drop(&words_draft("ask", id));
            match next {
                Some(record) => self.begin(record),
                None => {
                    self.drafts.drop(&draft_of(Some(id), record.card.kind));
                    self.routing.go(&Route::Texts);
                }
            }
            Ok(Told::Did(act))
        });
    }

    pub fn comment(self, text: String) {
        self.do_it(async move {
            let id = self.record_now().ok_or(Trouble::Broken)?.card.id;
            let path = [&*path_of(id), "/comments"].concat();
            let record = self.session.post(&path, &NewComment { text }).await?;
            self.drafts.drop(&words_draft("comment", id));
            self.shown.set(Some(Fetched::There(record)));
            Ok(Told::Commented)
        });
    }

    pub fn compare(self, number: u32) {
        let Some(record) = self.record_now() else { return };
        self.compared.settle(Some(Fetched::NotYet));
        spawn_local(async move {
            let path = [&*path_of(record.card.id), "/revisions/", &number.to_string()].concat();
            let found = self.session.get(&path).await;
            self.compared.set(Some(found.map_or_else(Fetched::Failed, Fetched::There)));
        });
    }

    /// The newest revision is what stands in the form.
    pub(super) async fn saved(self) -> Result<DraftRecord, Trouble> {
        let form = self.form.now();
        if let Some(record) = self.record_now().filter(|_| !self.differs(&form)) {
            return Ok(record);
        }
        let (written, consent) = (form.written.clone(), form.consent);
        let record: DraftRecord = match form.id {
            Some(id) => {
                self.session.post(&path_of(id), &Rewritten { written, consent, seen: form.seen }).await?
            }
            None => {
                let key = self.key.now().or_else(|| browser::id::new_key().ok().map(|key| key.0));
                self.key.settle(key.clone());
                let key = key.ok_or(Trouble::Broken)?;
                self.session.post("texts", &NewDraft { key, kind: form.kind, written, consent }).await?
            }
        };
        self.drafts.drop(&form.draft());
        let (id, seen) = (Some(record.card.id), record.card.revision);
        self.shown.set(Some(Fetched::There(record.clone())));
        // What she typed meanwhile is still to be saved.
        let same = self.form.peek(|now| *now == form);
        self.form.update(|now| (now.id, now.seen, now.from_template) = (id, seen, false));
        if same {
            self.show(Form::of(&record));
        }
        self.keep();
        Ok(record)
    }

    pub(super) fn do_it(self, work: impl Future<Output = Result<Told, Trouble>> + 'static) {
        if self.busy.now() {
            return;
        }
        self.busy.set(true);
        self.told.settle(None);
        self.wrong.settle(Vec::new());
        spawn_local(async move {
            let told = match work.await {
                Ok(told) => told,
                Err(trouble) => self.take_refusal(trouble).await,
            };
            self.told.set(Some(told));
            self.busy.set(false);
            let begun = self.routing.route.peek(|route| matches!(route, Route::NewText(_) | Route::Crisis));
            if let (true, Some(id)) = (begun, self.form.peek(|form| form.id)) {
                self.routing.go_instead(&Route::Text(id));
            }
            document::once_drawn(|| {
                document::focus("told");
            });
        });
    }

    async fn take_refusal(self, trouble: Trouble) -> Told {
        match trouble {
            Trouble::Refused(problem) if problem.code == Fault::Invalid => {
                self.editing.settle(self.record_now().is_none_or(|record| record.may_write));
                self.wrong.set(problem.fields);
                Told::Wrong
            }
            Trouble::Refused(problem)
                if matches!(problem.code, Fault::ChangedMeanwhile | Fault::WrongState) =>
            {
                let Some(id) = self.form.peek(|form| form.id) else { return Told::Changed };
                match self.session.get::<DraftRecord>(&path_of(id)).await {
                    Ok(record) => self.begin(record),
                    Err(trouble) => return Told::Trouble(trouble),
                }
                Told::Changed
            }
            other => Told::Trouble(other),
        }
    }
}
