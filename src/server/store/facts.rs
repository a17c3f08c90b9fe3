//! What associations said about themselves at their desks, and every number an edition of the directory ever had.
//!
//! No row is taken away or written anew; a draft becomes published or withdrawn, and that is all. What a change does is decided
//! here, purely, so that both databases do the same; they hold all facts still while it is decided.

use domain::association::AssociationId;
use domain::profile::{Field, Given, Stated};

use super::journal::Entry;
use super::{Answering, StoreError};

pub trait FactStore: Send + Sync + 'static {
    /// The edition of this program's file lies below what desks say, unless a newer one does. A phone takes only a higher
    /// number, so it gets one if what founders read may change by it.
    fn lay(&self, file: File, now: i64) -> Answering<'_, ()>;

    /// The number of what is published; 0 where nothing ever was. Asked often; the rest only when it has risen.
    fn newest(&self) -> Answering<'_, u32>;

    /// All that the newest edition is made of.
    fn laid(&self) -> Answering<'_, Option<Laid>>;

    /// When an edition got its number.
    fn published_at(&self, edition: u32) -> Answering<'_, Option<i64>>;

    /// The oldest first.
    fn facts_of(&self, association: AssociationId) -> Answering<'_, Vec<Row>>;

    /// A draft in the place of what stood there, if that is still what was seen ([`seen`]).
    fn draft(&self, new: Draft, seen: i64, entry: Entry) -> Answering<'_, Written>;

    /// This draft is not wanted any more, if it still is the draft.
    fn drop_draft(&self, association: AssociationId, draft: i64, entry: Entry) -> Answering<'_, Written>;

    /// These drafts of the association, if they are all there are, with a number of their own.
    fn publish(&self, association: AssociationId, drafts: Vec<i64>, entry: Entry) -> Answering<'_, Written>;
}

/// An edition as it lies in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub number: u32,
    pub body: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laid {
    pub number: u32,
    pub at: i64,
    pub file: File,
    /// At most one of each field of an association.
    pub stated: Vec<Stated>,
}

#[derive(Clone, Debug)]
pub struct Draft {
    pub association: AssociationId,
    pub field: Field,
    /// None: what the file has shall hold again.
    pub given: Option<Given>,
    pub by: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: i64,
    pub association: AssociationId,
    pub field: Field,
    pub given: Option<Given>,
    pub by: i64,
    pub at: i64,
    pub state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Draft,
    /// With this number.
    Published(u32),
    Withdrawn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Done,
    /// It had been done before: the answer was lost on its way.
    Already,
    /// Somebody was faster. Nothing was written.
    Meanwhile,
}

/// What two who look at a field have to have seen alike: its newest row that was not withdrawn. 0 where there is none.
#[must_use]
pub fn seen(rows: &[Row], field: Field) -> i64 {
    newest(rows, field).map_or(0, |row| row.id)
}

fn newest(rows: &[Row], field: Field) -> Option<&Row> {
    rows.iter().rev().find(|row| row.field == field && row.state != State::Withdrawn)
}

impl State {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published(_) => "published",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Row {
    /// `None` for a field that this program does not know any more: others go on.
    #[expect(clippy::too_many_arguments, reason = "a row has so many columns")]
    pub(super) fn kept(
        id: i64,
        association: String,
        field: &str,
        given: Option<&str>,
        by: i64,
        at: i64,
        state: &str,
        edition: Option<i64>,
    ) -> Result<Option<Self>, StoreError> {
        let broken = |what: &str| StoreError::Broken(format!("fact {id} has no {what} that can be read"));
        let Some(field) = Field::parse(field) else { return Ok(None) };
        let given =
            given.map(|given| serde_json::from_str(given).map_err(|_| broken("value"))).transpose()?;
        let state = match (state, edition.map(u32::try_from)) {
            ("draft", None) => State::Draft,
            ("withdrawn", None) => State::Withdrawn,
            ("published", Some(Ok(edition))) => State::Published(edition),
            _ => return Err(broken("state")),
        };
        Ok(Some(Self { id, association: AssociationId(association), field, given, by, at, state }))
    }
}

pub(super) fn as_kept(given: Option<&Given>) -> Option<String> {
    given.map(|given| serde_json::to_string(given).expect("what was said is plain JSON"))
}

pub(super) fn number_of(number: i64) -> Result<u32, StoreError> {
    u32::try_from(number).map_err(|_| StoreError::Broken("an edition's number is out of range".to_owned()))
}

/// Of rows in their order: what was published last of each field holds, if it says anything.
pub(super) fn stated(rows: Vec<Row>) -> Vec<Stated> {
    let mut last: Vec<Row> = Vec::new();
    for row in rows.into_iter().filter(|row| matches!(row.state, State::Published(_))) {
        last.retain(|there| (&there.association, there.field) != (&row.association, row.field));
        last.push(row);
    }
    let said = last.into_iter().filter_map(|Row { association, field, given, .. }| {
        given.map(|given| Stated { association, field, given })
    });
    said.collect()
}

/// The number a file gets, or none where it brings nothing: one that is older than the newest file, or the same.
pub(super) fn number_for(file: &File, newest: u32, there: Option<&File>) -> Option<u32> {
    let Some(there) = there else { return Some(file.number.max(newest + 1)) };
    let brings = file.number > there.number || (file.number == there.number && file.body != there.body);
    brings.then(|| file.number.max(newest + 1))
}

/// What to do with a draft: `Err` where nothing is to be written, else the earlier draft that it takes the place of.
pub(super) fn on_draft(rows: &[Row], draft: &Draft, at: i64) -> Result<Option<i64>, Written> {
    let there = newest(rows, draft.field);
    if there.map_or(0, |row| row.id) == at {
        return Ok(there.filter(|row| row.state == State::Draft).map(|row| row.id));
    }
    let same = |row: &&Row| {
        row.state == State::Draft && row.by == draft.by && row.given == draft.given && at < row.id
    };
    Err(there.filter(same).map_or(Written::Meanwhile, |_| Written::Already))
}

pub(super) fn on_drop(rows: &[Row], draft: i64) -> Written {
    match rows.iter().find(|row| row.id == draft).map(|row| row.state) {
        Some(State::Draft) => Written::Done,
        Some(State::Withdrawn) => Written::Already,
        Some(State::Published(_)) | None => Written::Meanwhile,
    }
}

pub(super) fn on_publish(rows: &[Row], drafts: &[i64]) -> Written {
    let waiting = || rows.iter().filter(|row| row.state == State::Draft);
    let is_published =
        |id: &i64| rows.iter().any(|row| row.id == *id && matches!(row.state, State::Published(_)));
    if drafts.is_empty() {
        Written::Meanwhile
    } else if waiting().count() == drafts.len() && waiting().all(|row| drafts.contains(&row.id)) {
        Written::Done
    } else if drafts.iter().all(is_published) {
        Written::Already
    } else {
        Written::Meanwhile
    }
}
