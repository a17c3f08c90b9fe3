//! Who belongs to a team: asked in, let in again, disabled, given another role. The desk and the command line do the same
//! here; only how far each reaches differs.

use domain::association::AssociationId;
use domain::staff::{Needs, Role};
use thiserror::Error;

use super::{Desk, fresh_token};
use crate::service::vault::hash;
use crate::store::StoreError;
use crate::store::journal::Entry;
use crate::store::staff::{Change, Changing, Invitation, Member};

/// Seconds.
const INVITED_FOR: i64 = 7 * 86_400;

/// Who does it.
#[derive(Clone, Copy, Debug)]
pub enum Actor<'a> {
    Member(&'a Member),
    /// Whoever sits at the server.
    Hands(&'a str),
}

/// Whom somebody asks in.
#[derive(Clone, Debug)]
pub enum Wanted {
    New {
        role: Role,
        association: Option<AssociationId>,
    },
    /// Somebody who lost all her ways in.
    Again(i64),
}

#[derive(Debug, Error)]
pub enum NotDone {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("there is no such member")]
    Unknown,
    #[error("that is beyond what the role may do")]
    Forbidden,
    #[error(
        "that role does not go with it: the federation's people have no association, all others have one"
    )]
    Role,
    #[error("the member is disabled; enable first")]
    Disabled,
    #[error("nobody would be left who can invite others")]
    LastOne,
}

impl Actor<'_> {
    fn who(&self) -> String {
        match self {
            Self::Member(member) => member.who(),
            Self::Hands(who) => (*who).to_owned(),
        }
    }

    fn reaches(&self, association: Option<&AssociationId>) -> bool {
        match self {
            Self::Hands(_) => true,
            Self::Member(Member { role: Role::Federation, .. }) => true,
            Self::Member(member) => {
                member.role.may(Needs::Inviting) && member.association.as_ref() == association
            }
        }
    }

    fn entry(&self, at: i64, of: Option<&AssociationId>, what: &'static str, about: String) -> Entry {
        Entry { at, who: self.who(), association: of.cloned(), what, about, detail: String::new() }
    }
}

impl Desk {
    /// The code, which is nowhere afterwards, and until when it is good.
    ///
    /// # Errors
    /// Whom the actor may not ask in.
    pub async fn invite(&self, actor: Actor<'_>, wanted: Wanted) -> Result<(String, i64), NotDone> {
        let (role, association, member) = match wanted {
            Wanted::New { role, association } => (role, association, None),
            Wanted::Again(id) => {
                let known = self.known(actor, id).await?;
                if known.disabled {
                    return Err(NotDone::Disabled);
                }
                (known.role, known.association, Some(id))
            }
        };
        if (role == Role::Federation) != association.is_none() {
            return Err(NotDone::Role);
        }
        if !actor.reaches(association.as_ref()) {
            return Err(NotDone::Forbidden);
        }
        let (code, now) = (fresh_token(), self.now());
        let about = member.map_or_else(String::new, |id| format!("member:{id}"));
        let entry = actor.entry(now, association.as_ref(), "invited", about);
        let entry = Entry { detail: role.code().to_owned(), ..entry };
        let until = now + INVITED_FOR;
        let invitation = Invitation { code: hash(&code), role, association, member, until };
        self.store.invite(invitation, entry).await?;
        Ok((code, until))
    }

    /// # Errors
    /// What cannot happen to her, or not by this actor.
    pub async fn change(&self, actor: Actor<'_>, id: i64, change: Change) -> Result<Member, NotDone> {
        let known = self.known(actor, id).await?;
        let what = match change {
            Change::Disable => "disabled",
            Change::Enable => "enabled",
            Change::Role(_) => "role",
        };
        let entry = actor.entry(self.now(), known.association.as_ref(), what, known.who());
        let detail = if let Change::Role(role) = change { role.code().to_owned() } else { String::new() };
        // Whoever stands above a team can give it another lead.
        let spared = matches!(actor, Actor::Member(member) if member.association == known.association);
        match self.store.change_member(id, change, spared, Entry { detail, ..entry }).await? {
            Changing::Done(member) | Changing::Already(member) => Ok(member),
            Changing::Unknown => Err(NotDone::Unknown),
            Changing::NotHers => Err(NotDone::Role),
            Changing::LastOne => Err(NotDone::LastOne),
        }
    }

    /// Who is beyond reach is nobody.
    async fn known(&self, actor: Actor<'_>, id: i64) -> Result<Member, NotDone> {
        let known = self.store.member(id).await?;
        known.filter(|member| actor.reaches(member.association.as_ref())).ok_or(NotDone::Unknown)
    }
}
