//! What a team writes for others to read, from the first words until readers have it, and back.
//!
//! Nothing goes to a second pair of eyes, to other associations or to readers that `tonari publish` would refuse: it is read by
//! the same code. Whose it is, under which id and of which day is never what somebody typed. Another team's draft is the same
//! as none, but for cases that were shared.

mod check;
pub mod taken_over;
mod told;

use std::sync::Arc;

use domain::api::FieldProblem;
use domain::api::desk::publish::{NewDraft, RevisionView, Rewritten, Shown, Stepping, Written};
use domain::association::AssociationId;
use domain::calendar::{Date, JstTime};
use domain::content::draft::{Act, Kind, Refused, State};
use domain::content::{Alt, Item};
use domain::staff::Role;

use super::Clock;
use super::pictures::{NotAdded, Offered, Pictures};
use crate::pictures::BadPicture;
use crate::store::StoreError;
use crate::store::drafts::{self, Comment, Draft, DraftStore, Revision, Sort, Step, Stepped, draft_named};
use crate::store::journal::{Entry, Journal};
use crate::store::staff::StaffStore;

/// Characters of a comment, and of what a review asks for.
const WORDS_MOST: usize = 2_000;

#[derive(Clone)]
pub struct Publishing {
    pub drafts: Arc<dyn DraftStore>,
    // The same database.
    pub staff: Arc<dyn StaffStore>,
    pub journal: Arc<dyn Journal>,
    pub pictures: Pictures,
    pub clock: Clock,
}

/// Who asks: somebody of a team.
#[derive(Clone, Copy, Debug)]
pub struct Asker<'a> {
    pub team: &'a AssociationId,
    pub member: i64,
    pub role: Role,
    /// As the journal names her.
    pub who: &'a str,
}

/// Why something was not done.
#[derive(Debug)]
pub enum NotDone {
    Store(StoreError),
    /// Or another team's.
    Unknown,
    /// Somebody was faster; it has to be read again.
    Meanwhile,
    /// Not as it stands now.
    WrongState,
    /// By somebody else.
    Forbidden,
    Malformed,
    Invalid(FieldProblem),
}

impl From<StoreError> for NotDone {
    fn from(failure: StoreError) -> Self {
        Self::Store(failure)
    }
}

impl Publishing {
    fn today(&self) -> Date {
        JstTime::from_unix_seconds((self.clock)()).date
    }

    /// # Errors
    /// A key that is none.
    pub async fn begin(&self, asker: Asker<'_>, new: NewDraft) -> Result<Draft, NotDone> {
        let fits = (1..=64).contains(&new.key.len()) && new.key.bytes().all(|b| b.is_ascii_graphic());
        if !fits {
            return Err(NotDone::Malformed);
        }
        let new = drafts::NewDraft {
            // Nobody guesses another one's.
            key: format!("{}-{}", asker.member, new.key),
            association: asker.team.clone(),
            kind: new.kind,
            revision: self.revision(asker, new.written, new.consent),
        };
        let begun = self.drafts.begin_draft(new, self.entry(asker, "draft_begun")).await?;
        begun.ok_or(NotDone::Malformed)
    }

    /// # Errors
    /// Somebody who wrote meanwhile, or whoever may not.
    pub async fn write(&self, asker: Asker<'_>, id: i64, new: Rewritten) -> Result<Draft, NotDone> {
        let there = self.own(asker, id).await?;
        if !there.hand(asker.member, asker.role).may_write() {
            return Err(NotDone::Forbidden);
        }
        let revision = self.revision(asker, new.written, new.consent);
        let entry = self.entry(asker, "draft_written");
        stepped(self.drafts.write_draft(id, new.seen, revision, entry).await?)?.ok_or(NotDone::Unknown)
    }

    /// `None` where it was removed.
    ///
    /// # Errors
    /// What is wrong with its words, with its state, or with who wants it.
    pub async fn step(
        &self,
        asker: Asker<'_>,
        id: i64,
        act: Act,
        step: Stepping,
    ) -> Result<Option<Draft>, NotDone> {
        let there = self.own(asker, id).await?;
        let words = match (act, step.words) {
            (Act::Ask, words) => Some(words_of(words.as_deref().unwrap_or_default(), "words")?),
            (_, None) => None,
            (_, Some(_)) => return Err(NotDone::Malformed),
        };
        let (written, crisis) = (written(&there)?, is_crisis(&there)?);
        // Who may not is not told first what is wrong with it.
        let next = there.state.on(act, there.about(crisis), there.hand(asker.member, asker.role));
        let onward = matches!(act, Act::Send | Act::Approve | Act::Share | Act::Publish);
        let item = if next.is_ok() && onward && there.newest.number == step.seen {
            let item =
                check::item(&there, &written, (self.clock)(), self.today()).map_err(NotDone::Invalid)?;
            Some(self.with_its_picture(item).await?)
        } else {
            None
        };
        let alone = act == Act::Publish && !matches!(there.state, State::Approved | State::Shared);
        let entry = self.entry(asker, if alone { "draft_published_alone" } else { told::deed(act) });
        let item = item.filter(|_| act == Act::Publish).map(Arc::new);
        let (seen, by, role) = (step.seen, asker.member, asker.role);
        let step = Step { act, seen, by, role, crisis, words, item };
        stepped(self.drafts.step_draft(id, step, entry).await?)
    }

    /// By somebody of its own team, or of any where it is shared; then all associations read it.
    ///
    /// # Errors
    /// An empty comment, or one that is too long.
    pub async fn comment(&self, asker: Asker<'_>, id: i64, text: &str) -> Result<Draft, NotDone> {
        let there = self.readable(asker, id).await?;
        let sort = if there.state.is_open(there.kind) { Sort::Open } else { Sort::Team };
        let text = words_of(text, "comment")?;
        let comment =
            Comment { association: asker.team.clone(), by: asker.member, at: (self.clock)(), text, sort };
        let entry = Entry { about: draft_named(id), ..self.entry(asker, "draft_commented") };
        self.drafts.comment_on_draft(id, comment, entry).await?;
        self.readable(asker, id).await
    }

    /// A revision beside the one before it; of the own team only.
    ///
    /// # Errors
    /// A number that none has.
    pub async fn revision_of(&self, asker: Asker<'_>, id: i64, number: u32) -> Result<RevisionView, NotDone> {
        self.own(asker, id).await?;
        let all = self.drafts.revisions(id).await?;
        let body = |number: u32| all.iter().find(|one| one.number == number).map(|one| read(&one.body));
        let after = body(number).ok_or(NotDone::Unknown)??;
        let before = number.checked_sub(1).and_then(body).transpose()?;
        Ok(RevisionView { number, before, after })
    }

    /// Takes a picture in for a text. Its words are hers; the text shows it once she saves it so.
    ///
    /// # Errors
    /// A text that is none of hers, words that are none, or no picture.
    pub async fn picture(
        &self,
        asker: Asker<'_>,
        id: i64,
        file: Vec<u8>,
        (alt, alt_en): (&str, Option<&str>),
    ) -> Result<Shown, NotDone> {
        let there = self.own(asker, id).await?;
        if !there.hand(asker.member, asker.role).may_write() {
            return Err(NotDone::Forbidden);
        }
        // Readers find none with a notice.
        if there.kind == Kind::Notice {
            return Err(NotDone::WrongState);
        }
        let wrong = |field: &str, code: &str| NotDone::Invalid(check::wrong(field, code));
        let words = |field: &str, text: &str| Alt::parse(text.trim()).ok_or_else(|| wrong(field, "length"));
        let alt = words("picture.alt", alt)?;
        let alt_en = alt_en.map(|text| words("picture.alt_en", text)).transpose()?;
        let offered = Offered { association: asker.team.clone(), alt: alt.clone(), alt_en: alt_en.clone() };
        let kept = self.pictures.add(file, offered, asker.who).await.map_err(|not| match not {
            NotAdded::Store(failure) => NotDone::Store(failure),
            NotAdded::Bad(bad) => wrong("picture", picture_code(bad)),
        })?;
        let side = |side: u32| u16::try_from(side).unwrap_or(u16::MAX);
        Ok(Shown {
            sha: kept.sha,
            alt: alt.as_str().to_owned(),
            alt_en: alt_en.map(|alt| alt.as_str().to_owned()),
            width: side(kept.width),
            height: side(kept.height),
        })
    }

    /// Not without the picture it shows: it goes with the last text that did, and a page with a hole in it is not what was meant.
    async fn with_its_picture(&self, item: Item) -> Result<Item, NotDone> {
        match self.pictures.missing(std::slice::from_ref(&item)).await? {
            Some(_) => Err(NotDone::Invalid(check::wrong("picture", "no_picture"))),
            None => Ok(item),
        }
    }

    async fn own(&self, asker: Asker<'_>, id: i64) -> Result<Draft, NotDone> {
        let there = self.drafts.draft(id).await?;
        there.filter(|draft| draft.association == *asker.team).ok_or(NotDone::Unknown)
    }

    /// The own team's, or what is shared.
    async fn readable(&self, asker: Asker<'_>, id: i64) -> Result<Draft, NotDone> {
        let there = self.drafts.draft(id).await?;
        let may = |draft: &Draft| draft.association == *asker.team || draft.state.is_open(draft.kind);
        there.filter(may).ok_or(NotDone::Unknown)
    }

    fn revision(
        &self,
        asker: Asker<'_>,
        written: Written,
        consent: Option<domain::content::draft::Consent>,
    ) -> Revision {
        let body = serde_json::to_string(&written.tidied()).expect("a draft is plain JSON");
        Revision { number: 0, by: asker.member, at: (self.clock)(), body, consent }
    }

    /// Which draft it is about is filled in where its row is held.
    fn entry(&self, asker: Asker<'_>, what: &'static str) -> Entry {
        Entry {
            at: (self.clock)(),
            who: asker.who.to_owned(),
            association: Some(asker.team.clone()),
            what,
            about: String::new(),
            detail: String::new(),
        }
    }
}

fn picture_code(bad: BadPicture) -> &'static str {
    match bad {
        BadPicture::TooManyBytes => "too_many_bytes",
        BadPicture::TooManyPixels => "too_many_pixels",
        BadPicture::OtherKind => "other_kind",
        BadPicture::Broken => "broken",
    }
}

fn stepped(answer: Stepped) -> Result<Option<Draft>, NotDone> {
    Err(match answer {
        Stepped::Done(draft) => return Ok(Some(draft)),
        Stepped::Gone => return Ok(None),
        Stepped::Unknown => NotDone::Unknown,
        Stepped::Meanwhile(_) => NotDone::Meanwhile,
        Stepped::Refused(Refused::NotNow) | Stepped::Taken => NotDone::WrongState,
        Stepped::Refused(Refused::NotHers) => NotDone::Forbidden,
    })
}

fn words_of(text: &str, field: &str) -> Result<String, NotDone> {
    let text = text.trim();
    if (1..=WORDS_MOST).contains(&text.chars().count()) {
        return Ok(text.to_owned());
    }
    Err(NotDone::Invalid(FieldProblem { field: field.to_owned(), code: "length".to_owned() }))
}

fn written(draft: &Draft) -> Result<Written, StoreError> {
    read(&draft.newest.body)
}

fn read(body: &str) -> Result<Written, StoreError> {
    serde_json::from_str(body).map_err(|why| StoreError::Broken(format!("a draft cannot be read: {why}")))
}

fn is_crisis(draft: &Draft) -> Result<bool, StoreError> {
    let code = domain::content::Severity::Crisis.code();
    Ok(draft.kind == Kind::Notice && written(draft)?.severity.as_deref() == Some(code))
}
