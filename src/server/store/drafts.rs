//! What a team writes for others to read, on disk: drafts, every revision of them, and what was said about them.
//!
//! Two may have the same text open, so whoever writes or reviews says which revision she has seen; where it is another one by
//! now, nothing is done. What brings a text to readers is one transaction with what they read, and with its line in the
//! journal.

use std::sync::Arc;

use domain::association::AssociationId;
use domain::calendar::Date;
use domain::content::draft::{About, Act, Consent, Hand, Kind, Next, Refused, State};
use domain::content::{Item, ItemId};
use domain::staff::Role;

use super::content::Change;
use super::journal::Entry;
use super::{Answering, StoreError};

pub trait DraftStore: Send + Sync + 'static {
    /// All of this association's, and what others have opened to every association; the newest first.
    fn drafts(&self, association: AssociationId) -> Answering<'_, Vec<Draft>>;

    fn draft(&self, id: i64) -> Answering<'_, Option<Draft>>;

    /// The same key again is the draft that was begun with it; `None` where another association or another kind has it.
    /// The journal's entry gets the number of the draft.
    fn begin_draft(&self, new: NewDraft, entry: Entry) -> Answering<'_, Option<Draft>>;

    /// Which of these keys a draft was begun with, each with its number.
    fn begun_with(&self, keys: Vec<String>) -> Answering<'_, Vec<(String, i64)>>;

    /// Another revision of what was seen.
    fn write_draft(&self, id: i64, seen: u32, revision: Revision, entry: Entry) -> Answering<'_, Stepped>;

    fn step_draft(&self, id: i64, step: Step, entry: Entry) -> Answering<'_, Stepped>;

    fn comment_on_draft(&self, id: i64, comment: Comment, entry: Entry) -> Answering<'_, ()>;

    /// The oldest first.
    fn revisions(&self, id: i64) -> Answering<'_, Vec<Revision>>;

    /// The oldest first.
    fn draft_comments(&self, id: i64) -> Answering<'_, Vec<Comment>>;
}

/// A draft with its newest revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub id: i64,
    pub association: AssociationId,
    pub kind: Kind,
    pub author: i64,
    pub state: State,
    pub newest: Revision,
    /// What readers have.
    pub public: Option<u32>,
    pub published_on: Option<Date>,
    pub changed_at: i64,
    /// Everybody whose hand is in one of its revisions.
    pub writers: Vec<i64>,
    /// Of them all, and of those that every association reads.
    pub comments: (u32, u32),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    pub number: u32,
    pub by: i64,
    pub at: i64,
    /// JSON, as it was written; perhaps not whole.
    pub body: String,
    pub consent: Option<Consent>,
}

#[derive(Clone, Debug)]
pub struct NewDraft {
    pub key: String,
    pub association: AssociationId,
    pub kind: Kind,
    /// The first, whose number does not count.
    pub revision: Revision,
}

#[derive(Clone, Debug)]
pub struct Step {
    pub act: Act,
    pub seen: u32,
    pub by: i64,
    pub role: Role,
    /// The revision that was seen is a notice of a crisis.
    pub crisis: bool,
    /// What a review asks for.
    pub words: Option<String>,
    /// What readers get, of `publish`.
    pub item: Option<Arc<Item>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub association: AssociationId,
    pub by: i64,
    pub at: i64,
    pub text: String,
    pub sort: Sort,
}

/// Who reads a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Team,
    /// The team, as what a review asks for.
    Asked,
    /// Every association.
    Open,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stepped {
    Done(Draft),
    /// Removed; nothing of it is left.
    Gone,
    Unknown,
    /// Somebody was faster; it is like this now. Nothing was written, so here and below.
    Meanwhile(Draft),
    Refused(Refused),
    /// What readers have under its id came by another way.
    Taken,
}

/// What a step does to the tables.
#[derive(Debug)]
pub(super) enum Doing {
    Nothing(Stepped),
    Put(Put),
    Remove,
}

#[derive(Debug)]
pub(super) struct Put {
    pub(super) state: State,
    pub(super) public: Option<u32>,
    pub(super) published_on: Option<Date>,
    pub(super) change: Option<Change>,
    pub(super) comment: Option<Comment>,
}

impl Entry {
    /// Of this draft, which may have got its number just now.
    pub(super) fn about_draft(&self, id: i64, revision: u32) -> Self {
        Self { about: draft_named(id), detail: revision.to_string(), ..self.clone() }
    }
}

/// As the journal names it.
#[must_use]
pub fn draft_named(id: i64) -> String {
    format!("draft:{id}")
}

impl Sort {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Asked => "asked",
            Self::Open => "open",
        }
    }

    pub(super) fn kept(code: &str) -> Result<Self, StoreError> {
        let all = [Self::Team, Self::Asked, Self::Open];
        let broken = || StoreError::Broken(format!("a comment is of no known sort: {code}"));
        all.into_iter().find(|sort| sort.code() == code).ok_or_else(broken)
    }
}

/// A row of both tables, before its codes are read.
pub(super) struct Row {
    pub(super) id: i64,
    pub(super) association: String,
    pub(super) kind: String,
    pub(super) author: i64,
    pub(super) state: String,
    pub(super) public: Option<i64>,
    pub(super) published_on: Option<String>,
    pub(super) changed_at: i64,
    /// `7,8`
    pub(super) writers: String,
    pub(super) comments: (i64, i64),
    pub(super) newest: Revision,
}

impl Draft {
    pub(super) fn kept(row: Row) -> Result<Self, StoreError> {
        let broken =
            |what: &str| StoreError::Broken(format!("draft {} has no {what} that can be read", row.id));
        let number = |number: i64, what: &str| u32::try_from(number).map_err(|_| broken(what));
        let writers = row.writers.split(',').map(str::parse).collect::<Result<_, _>>();
        Ok(Self {
            kind: Kind::parse(&row.kind).ok_or_else(|| broken("kind"))?,
            state: State::parse(&row.state).ok_or_else(|| broken("state"))?,
            public: row.public.map(|public| number(public, "public revision")).transpose()?,
            published_on: match &row.published_on {
                Some(day) => Some(Date::parse(day).ok_or_else(|| broken("day"))?),
                None => None,
            },
            writers: writers.map_err(|_| broken("writers"))?,
            comments: (number(row.comments.0, "comments")?, number(row.comments.1, "comments")?),
            id: row.id,
            association: AssociationId(row.association),
            author: row.author,
            newest: row.newest,
            changed_at: row.changed_at,
        })
    }

    /// Under which readers find it: nothing that anybody typed, so nobody takes another one's.
    ///
    /// # Panics
    /// Never: associations are named by letters and hyphens.
    #[must_use]
    pub fn item_id(&self) -> ItemId {
        let id = format!("{}-{}-{}", self.kind.code(), self.association.as_str(), self.id);
        ItemId::parse(&id).expect("made of a code, an id and a number")
    }

    #[must_use]
    pub fn hand(&self, member: i64, role: Role) -> Hand {
        Hand { role, is_author: self.author == member, has_written: self.writers.contains(&member) }
    }

    #[must_use]
    pub const fn about(&self, crisis: bool) -> About {
        About { kind: self.kind, crisis, public: self.public.is_some() }
    }

    /// What comes of a step, seen in the transaction that would take it. `taken`: readers have something under its id that is
    /// not its own.
    pub(super) fn decide(&self, step: &Step, at: i64, taken: bool) -> Doing {
        if self.newest.number != step.seen {
            return Doing::Nothing(Stepped::Meanwhile(self.clone()));
        }
        let state = match self.state.on(step.act, self.about(step.crisis), self.hand(step.by, step.role)) {
            Ok(Next::Gone) => return Doing::Remove,
            Ok(Next::Stands(state)) => state,
            // It was done before, by an attempt whose answer was lost.
            Err(Refused::NotNow) if self.is_done(step) => {
                return Doing::Nothing(Stepped::Done(self.clone()));
            }
            Err(refused) => return Doing::Nothing(Stepped::Refused(refused)),
        };
        let mut put = Put {
            state,
            public: self.public,
            published_on: self.published_on,
            change: None,
            comment: step.words.as_ref().map(|text| Comment {
                association: self.association.clone(),
                by: step.by,
                at,
                text: text.clone(),
                sort: Sort::Asked,
            }),
        };
        match (step.act, &step.item) {
            (Act::Publish, _) if taken => return Doing::Nothing(Stepped::Taken),
            (Act::Publish, Some(item)) => {
                put.public = Some(self.newest.number);
                put.published_on = Some(item.head().published);
                put.change = Some(Change::Publish(Arc::new(vec![Item::clone(item)])));
            }
            (Act::Publish, None) => return Doing::Nothing(Stepped::Refused(Refused::NotNow)),
            (Act::Withdraw, _) => {
                put.public = None;
                put.change = Some(Change::Withdraw(self.item_id()));
            }
            (Act::Send | Act::Ask | Act::Approve | Act::Share | Act::Remove, _) => {}
        }
        Doing::Put(put)
    }

    /// The answer, where nothing is to be written: somebody was faster, or it is there already.
    pub(super) fn unwritten(&self, seen: u32, revision: &Revision) -> Option<Stepped> {
        let newest = &self.newest;
        let same = (&newest.body, newest.consent) == (&revision.body, revision.consent);
        // Sent again, because the answer was lost.
        let is_hers = newest.number == seen + 1 && newest.by == revision.by;
        match newest.number == seen {
            _ if same && (newest.number == seen || is_hers) => Some(Stepped::Done(self.clone())),
            true => None,
            false => Some(Stepped::Meanwhile(self.clone())),
        }
    }

    fn is_done(&self, step: &Step) -> bool {
        let stands = match step.act {
            Act::Send => State::InReview,
            Act::Ask => State::ChangesAsked,
            Act::Approve => State::Approved,
            Act::Share => State::Shared,
            Act::Publish => State::Published,
            Act::Withdraw => State::Withdrawn,
            Act::Remove => return false,
        };
        self.state == stands
    }
}
