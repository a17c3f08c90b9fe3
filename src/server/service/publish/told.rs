//! Drafts in the words of the desk's wire. People are named to their own team; to others it is the association.

use domain::api::desk::publish::{Comment, DraftCard, DraftRecord, Drafts, Home, RevisionLine};
use domain::api::desk::{Happened, Place};
use domain::association::{Area, AssociationId};
use domain::calendar::to_rfc3339;
use domain::content::draft::{Act, Kind, State};
use domain::directory::Edition;

use super::{Asker, NotDone, Publishing, check, is_crisis, written};
use crate::store::StoreError;
use crate::store::drafts::{Draft, Sort, draft_named};
use crate::store::staff::Member;

/// In the journal.
pub const fn deed(act: Act) -> &'static str {
    match act {
        Act::Send => "draft_sent",
        Act::Ask => "draft_changes_asked",
        Act::Approve => "draft_approved",
        Act::Share => "draft_shared",
        Act::Publish => "draft_published",
        Act::Withdraw => "draft_withdrawn",
        Act::Remove => "draft_removed",
    }
}

impl Publishing {
    /// # Errors
    /// As the store says.
    pub async fn list(&self, asker: Asker<'_>, edition: &Edition) -> Result<Drafts, NotDone> {
        let members = self.staff.members().await?;
        let (mut own, mut shared) = (Vec::new(), Vec::new());
        for draft in self.drafts.drafts(asker.team.clone()).await? {
            let is_own = draft.association == *asker.team;
            let cards = if is_own { &mut own } else { &mut shared };
            cards.push(card(&draft, asker, edition, &members)?);
        }
        own.sort_by_key(|card| !card.waits_for_me);
        Ok(Drafts { own, shared, home: home(asker.team, edition) })
    }

    /// # Errors
    /// A draft that nobody of this team may read.
    pub async fn record(&self, asker: Asker<'_>, id: i64, edition: &Edition) -> Result<DraftRecord, NotDone> {
        let draft = self.readable(asker, id).await?;
        self.told(asker, &draft, edition).await
    }

    /// # Errors
    /// As the store says.
    pub async fn told(
        &self,
        asker: Asker<'_>,
        draft: &Draft,
        edition: &Edition,
    ) -> Result<DraftRecord, NotDone> {
        let members = self.staff.members().await?;
        let is_own = draft.association == *asker.team;
        let (written, hand) = (written(draft)?, draft.hand(asker.member, asker.role));
        let acts = if is_own { draft.state.acts(draft.about(is_crisis(draft)?), hand) } else { Vec::new() };
        let wrong = check::item(draft, &written, (self.clock)(), self.today()).err();
        let comments = self.drafts.draft_comments(draft.id).await?.into_iter();
        let comments = comments.filter(|one| is_own || one.sort == Sort::Open).map(|one| Comment {
            at: to_rfc3339(one.at),
            by: named(&members, one.by),
            association: (one.association != *asker.team).then(|| name(&one.association, edition)),
            text: one.text,
            asked: one.sort == Sort::Asked,
            open: one.sort == Sort::Open,
        });
        let (revisions, history) =
            if is_own { self.past(draft, &members).await? } else { (Vec::new(), Vec::new()) };
        Ok(DraftRecord {
            card: card(draft, asker, edition, &members)?,
            association: Place {
                id: draft.association.clone(),
                name: name(&draft.association, edition),
                team: None,
            },
            is_own,
            consent: draft.newest.consent.filter(|_| is_own),
            wrong: wrong.filter(|_| is_own).into_iter().collect(),
            may_write: is_own && hand.may_write(),
            written,
            acts,
            revisions,
            comments: comments.collect(),
            history,
        })
    }

    async fn past(
        &self,
        draft: &Draft,
        members: &[Member],
    ) -> Result<(Vec<RevisionLine>, Vec<Happened>), StoreError> {
        let revisions = self.drafts.revisions(draft.id).await?.into_iter().rev().map(|one| RevisionLine {
            number: one.number,
            at: to_rfc3339(one.at),
            by: named(members, one.by),
        });
        let lines = self.journal.about(draft_named(draft.id)).await?.into_iter();
        let history = lines.map(|line| {
            let member = line.who.strip_prefix("member:").and_then(|id| id.parse().ok());
            let by = member.map_or(line.who.clone(), |id| named(members, id));
            Happened { at: to_rfc3339(line.at), by, what: line.what }
        });
        Ok((revisions.collect(), history.collect()))
    }
}

fn card(
    draft: &Draft,
    asker: Asker<'_>,
    edition: &Edition,
    members: &[Member],
) -> Result<DraftCard, StoreError> {
    let is_own = draft.association == *asker.team;
    let hand = draft.hand(asker.member, asker.role);
    let can = |act| draft.state.on(act, draft.about(false), hand).is_ok();
    let waits_for_me = is_own
        && match draft.state {
            State::InReview => can(Act::Approve),
            State::Approved => can(Act::Publish) || can(Act::Share),
            State::ChangesAsked => hand.is_author,
            State::Draft | State::Shared | State::Published | State::Withdrawn => false,
        };
    let (all, open) = draft.comments;
    Ok(DraftCard {
        id: draft.id,
        kind: draft.kind,
        state: draft.state,
        revision: draft.newest.number,
        title: written(draft)?.ja.title,
        by: if is_own { named(members, draft.author) } else { name(&draft.association, edition) },
        changed_at: to_rfc3339(draft.changed_at),
        public: draft.public.map(|_| address(draft)),
        public_is_older: draft.public.is_some_and(|public| public != draft.newest.number),
        comments: if is_own { all } else { open },
        waits_for_me,
    })
}

fn address(draft: &Draft) -> String {
    let folder = match draft.kind {
        Kind::Story | Kind::Case => "/read/",
        Kind::Event => "/events/",
        Kind::Notice => "/notices/",
    };
    [folder, draft.item_id().as_str()].concat()
}

/// Rows of members stay, so everybody who ever wrote has a name.
fn named(members: &[Member], id: i64) -> String {
    members.iter().find(|member| member.id == id).map_or_else(String::new, |member| member.name.clone())
}

/// One that the directory does not know any more has its id for a name.
fn name(id: &AssociationId, edition: &Edition) -> String {
    edition.association(id).map_or_else(|| id.as_str().to_owned(), |one| one.name.value.clone())
}

fn home(id: &AssociationId, edition: &Edition) -> Home {
    let known = edition.association(id);
    Home {
        name: name(id, edition),
        website: known.map(|one| one.website.value.clone()).unwrap_or_default(),
        phone: known.and_then(|one| one.phone.as_ref()).map(|phone| phone.value.clone()),
        area: match known.map(|one| one.area) {
            Some(Area::Prefecture(number)) => number.into(),
            Some(Area::City(number)) => number,
            None => 0,
        },
    }
}
