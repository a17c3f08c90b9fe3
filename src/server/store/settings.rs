//! What an association decides about its desk, on disk: one document of a kind, written whole.
//!
//! Two of its people may edit the same one, so whoever writes says which state she has seen; where it is another one by now,
//! nothing is written.

use domain::association::AssociationId;
use sha2::{Digest, Sha256};

use super::Answering;
use super::journal::Entry;

pub trait SettingStore: Send + Sync + 'static {
    /// `None` where nothing was decided.
    fn setting(&self, association: AssociationId, kind: Setting) -> Answering<'_, Option<Decided>>;

    /// Of all associations that decided, in order.
    fn settings(&self, kind: Setting) -> Answering<'_, Vec<(AssociationId, Decided)>>;

    /// From now on this holds, if what held is what was seen: [`Decided::mark`], or none. The journal gets its line by the
    /// same transaction.
    fn decide(
        &self,
        association: AssociationId,
        kind: Setting,
        value: String,
        seen: Option<[u8; 32]>,
        entry: Entry,
    ) -> Answering<'_, Deciding>;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The team's own lines in mails.
    MailTexts,
    /// Days after which what ended is erased.
    Retention,
}

impl Setting {
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::MailTexts => "mail_texts",
            Self::Retention => "retention",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    pub value: String,
    /// As the journal names her.
    pub by: String,
    pub at: i64,
}

impl Decided {
    /// By which one state is told from another.
    #[must_use]
    pub fn mark(&self) -> [u8; 32] {
        Sha256::digest(&self.value).into()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deciding {
    Done,
    /// Somebody was faster; this holds now. Nothing was written.
    Meanwhile(Option<Decided>),
}

impl Deciding {
    /// Why nothing is to be written, if it is not. What was written before by the same hand is done already.
    pub(super) fn without_writing(
        there: Option<Decided>,
        value: &str,
        seen: Option<[u8; 32]>,
    ) -> Option<Self> {
        if there.as_ref().is_some_and(|there| there.value == value) {
            return Some(Self::Done);
        }
        (there.as_ref().map(Decided::mark) != seen).then_some(Self::Meanwhile(there))
    }
}
