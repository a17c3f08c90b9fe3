//! What stands somewhere else: a look at it, and drafts of what she wants of it.

use browser::files::{self, Chosen};
use browser::{document, spawn_local};
use domain::api::FieldProblem;
use domain::api::desk::Fault;
use domain::api::desk::elsewhere::{Addresses, FileRead, Forget, LookAt, Looked, Remembered, TakeOver};
use ui::live::Live;

use crate::state::drafts::Drafts;
use crate::state::session::Session;
use crate::state::{Base, Fetched, Trouble};

/// The address she types.
const ADDRESS: &str = "import-address";
/// Where she chooses a file.
pub const FILE: &str = "file";
pub const FILE_MOST_MB: u32 = 2;

/// What was done last.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// So many drafts are new.
    Begun(u32),
    Trouble(Trouble),
}

/// A calendar or a feed.
#[derive(Clone, Copy)]
pub struct Imports {
    pub addresses: Live<Fetched<Addresses>>,
    /// Nothing before she looks.
    pub looked: Live<Option<Fetched<Looked>>>,
    pub at: Live<LookAt>,
    /// Where what is shown was found: she may have typed another address since.
    seen: Live<LookAt>,
    /// Another number where the fields are to be drawn anew.
    pub shape: Live<u32>,
    /// Of what was found, by their keys.
    pub chosen: Live<Vec<String>>,
    pub wrong: Live<Option<FieldProblem>>,
    pub told: Live<Option<Told>>,
    pub busy: Live<bool>,
    session: Session,
    drafts: Drafts,
}

impl Imports {
    pub(super) fn new(base: Base) -> Self {
        Self {
            addresses: Live::new(Fetched::NotYet),
            looked: Live::new(None),
            at: Live::new(blank()),
            seen: Live::new(blank()),
            shape: Live::new(0),
            chosen: Live::new(Vec::new()),
            wrong: Live::new(None),
            told: Live::new(None),
            busy: Live::new(false),
            session: base.session,
            drafts: base.drafts,
        }
    }

    pub fn open(self) {
        self.forget_all();
        let address = self.drafts.of(ADDRESS);
        self.at.settle(LookAt { address, ..blank() });
        spawn_local(async move {
            let found = self.session.get("imports").await;
            self.addresses.set(found.map_or_else(Fetched::Failed, Fetched::There));
        });
    }

    pub fn forget_all(self) {
        self.addresses.settle(Fetched::NotYet);
        self.looked.settle(None);
        self.chosen.settle(Vec::new());
        self.wrong.settle(None);
        self.told.settle(None);
    }

    pub fn write(self, address: &str) {
        self.at.take_quietly(|at| address.clone_into(&mut at.address));
        self.drafts.write(ADDRESS, address);
    }

    pub fn choose_sort(self, sort: &str) {
        self.at.take_quietly(|at| sort.clone_into(&mut at.sort));
    }

    pub fn look_again(self, one: &Remembered) {
        self.at.settle(LookAt { address: one.address.clone(), sort: one.sort.clone() });
        self.shape.update(|shape| *shape += 1);
        self.look();
    }

    pub fn look(self) {
        let at = self.at.now();
        self.do_it(async move {
            self.looked.settle(Some(Fetched::NotYet));
            let looked: Looked = self.session.post("imports/look", &at).await?;
            self.seen.settle(at);
            let new = looked.events.iter().filter(|one| one.draft.is_none());
            self.chosen.settle(new.map(|one| one.key.clone()).collect());
            self.looked.set(Some(Fetched::There(looked)));
            Ok(None)
        });
    }

    pub fn choose(self, key: &str, on: bool) {
        self.chosen.update(|chosen| {
            chosen.retain(|one| one != key);
            chosen.extend(on.then(|| key.to_owned()));
        });
    }

    pub fn take(self) {
        let (LookAt { address, sort }, keys) = (self.seen.now(), self.chosen.now());
        self.do_it(async move {
            let looked: Looked = self.session.post("imports/take", &TakeOver { address, sort, keys }).await?;
            let begun = looked.begun;
            self.chosen.settle(Vec::new());
            self.looked.set(Some(Fetched::There(looked)));
            self.drafts.drop(ADDRESS);
            Ok(Some(Told::Begun(begun)))
        });
    }

    pub fn forget(self, address: String) {
        self.do_it(async move {
            let left = self.session.post("imports/forget", &Forget { address }).await?;
            self.addresses.set(Fetched::There(left));
            Ok(None)
        });
    }

    fn do_it(self, work: impl Future<Output = Result<Option<Told>, Trouble>> + 'static) {
        if self.busy.now() {
            return;
        }
        self.busy.set(true);
        self.told.settle(None);
        self.wrong.settle(None);
        spawn_local(async move {
            let told = work.await;
            if told.is_err() && self.looked.peek(|looked| *looked == Some(Fetched::NotYet)) {
                self.looked.set(None);
            }
            match told {
                Ok(told) => self.told.set(told),
                Err(trouble) => match first_wrong(&trouble) {
                    Some(wrong) => self.wrong.set(Some(wrong)),
                    None => self.told.set(Some(Told::Trouble(trouble))),
                },
            }
            self.busy.set(false);
            focus_on(self.wrong, self.told);
            if let Ok(found) = self.session.get("imports").await {
                self.addresses.set(Fetched::There(found));
            }
        });
    }
}

fn blank() -> LookAt {
    LookAt { address: String::new(), sort: "seminar".to_owned() }
}

/// A file of texts.
#[derive(Clone, Copy)]
pub struct FromFile {
    pub read: Live<Option<FileRead>>,
    pub wrong: Live<Option<FieldProblem>>,
    pub told: Live<Option<Told>>,
    pub busy: Live<bool>,
    /// The one that was looked into: what becomes drafts is what she has seen.
    file: Live<Option<Held>>,
    session: Session,
}

#[derive(Clone)]
struct Held(Chosen);

impl FromFile {
    pub(super) fn new(base: Base) -> Self {
        Self {
            read: Live::new(None),
            wrong: Live::new(None),
            told: Live::new(None),
            busy: Live::new(false),
            file: Live::new(None),
            session: base.session,
        }
    }

    pub fn forget(self) {
        self.read.set(None);
        self.wrong.settle(None);
        self.told.settle(None);
        self.file.set(None);
    }

    pub fn look(self) {
        let Some(file) = files::chosen(FILE) else {
            return self.refuse("no_file");
        };
        if file.bytes() > f64::from(FILE_MOST_MB << 20) {
            return self.refuse("too_many_bytes");
        }
        self.file.set(Some(Held(file)));
        self.send("files/look", |_| None);
    }

    pub fn take(self) {
        self.send("files/take", |begun| Some(Told::Begun(begun)));
    }

    fn refuse(self, code: &str) {
        self.read.set(None);
        self.wrong.set(Some(FieldProblem { field: FILE.to_owned(), code: code.to_owned() }));
        focus_on(self.wrong, self.told);
    }

    fn send(self, path: &'static str, then: fn(u32) -> Option<Told>) {
        let Some(Held(file)) = self.file.now() else { return };
        if self.busy.now() {
            return;
        }
        self.busy.set(true);
        self.told.settle(None);
        self.wrong.settle(None);
        spawn_local(async move {
            match self.session.post_file::<FileRead>(path, "application/json", &file).await {
                Ok(read) => {
                    self.told.set(then(read.begun));
                    self.read.set(Some(read));
                }
                Err(trouble) => {
                    self.read.set(None);
                    match first_wrong(&trouble) {
                        Some(wrong) => self.wrong.set(Some(wrong)),
                        None => self.told.set(Some(Told::Trouble(trouble))),
                    }
                }
            }
            self.busy.set(false);
            focus_on(self.wrong, self.told);
        });
    }
}

fn first_wrong(trouble: &Trouble) -> Option<FieldProblem> {
    match trouble {
        Trouble::Refused(problem) if problem.code == Fault::Invalid => problem.fields.first().cloned(),
        Trouble::Refused(_) | Trouble::SignedOut | Trouble::Unreachable | Trouble::Broken => None,
    }
}

/// The field to mend, or what was done; else nothing is taken from where she is.
fn focus_on(wrong: Live<Option<FieldProblem>>, told: Live<Option<Told>>) {
    let field = wrong.peek(|wrong| wrong.as_ref().map(|wrong| wrong.field.clone()));
    let to = field.or_else(|| told.peek(Option::is_some).then(|| "told".to_owned()));
    document::once_drawn(move || {
        to.iter().for_each(|id| {
            document::focus(id);
        });
    });
}
