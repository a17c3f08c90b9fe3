//! Who works at the desk, how each comes in, and for how long: members, their passkeys, invitations, ceremonies and sessions.
//!
//! Codes, tokens and ceremonies are kept as SHA-256 only: who reads the database cannot come in with what is in it.
//! What changes somebody's rights is written into the journal by the same transaction.

use domain::association::AssociationId;
use domain::staff::Role;

use super::journal::Entry;
use super::{Answering, StoreError, TokenHash};

pub trait StaffStore: Send + Sync + 'static {
    /// In order of their numbers, those who are disabled, too.
    fn members(&self) -> Answering<'_, Vec<Member>>;

    fn member(&self, id: i64) -> Answering<'_, Option<Member>>;

    /// Whoever already waits with an invitation for the same member waits in vain from now on.
    fn invite(&self, invitation: Invitation, entry: Entry) -> Answering<'_, ()>;

    /// One that can be used.
    fn invitation(&self, code: TokenHash, now: i64) -> Answering<'_, Option<Invitation>>;

    /// The invitation is used up: she is a member, or one again, with this passkey alone, and signed in. `None` where it
    /// cannot be used (any more), or where the passkey is somebody's already. Sent twice is done once.
    fn accept(&self, joining: Joining, now: i64) -> Answering<'_, Option<Member>>;

    /// In order of their numbers.
    fn passkeys(&self, member: i64) -> Answering<'_, Vec<Passkey>>;

    /// Whose it is.
    fn passkey(&self, credential: Vec<u8>) -> Answering<'_, Option<(Passkey, Member)>>;

    /// `false` where it is somebody's already.
    fn add_passkey(&self, member: i64, new: NewPasskey, entry: Entry) -> Answering<'_, bool>;

    /// All her sessions end but the one in which she does it: who has the lost telephone may be in one.
    fn remove_passkey(
        &self,
        member: i64,
        passkey: i64,
        within: TokenHash,
        entry: Entry,
    ) -> Answering<'_, Removed>;

    /// The passkey was used: what it looks like now, and the session it opens. `false` where it or she is gone meanwhile.
    fn sign_in(&self, used: Used, entry: Entry) -> Answering<'_, bool>;

    /// The state of a ceremony is kept until then.
    fn begin(&self, ceremony: TokenHash, state: String, until: i64) -> Answering<'_, ()>;

    /// Once only.
    fn take(&self, ceremony: TokenHash, now: i64) -> Answering<'_, Option<String>>;

    /// As it was written; whether it has ended, its reader says.
    fn session(&self, token: TokenHash) -> Answering<'_, Option<Session>>;

    /// Of one member, as they were written, those that have ended and are not forgotten yet, too; the latest first.
    fn sessions(&self, member: i64) -> Answering<'_, Vec<Session>>;

    fn seen(&self, token: TokenHash, now: i64) -> Answering<'_, ()>;

    /// Signed out. Whether there was a session.
    fn end(&self, token: TokenHash, entry: Entry) -> Answering<'_, bool>;

    /// All of hers but the one in which she says so. Whether there was another.
    fn end_others(&self, member: i64, within: TokenHash, entry: Entry) -> Answering<'_, bool>;

    /// Where it is `spared`, the last one of her association who can invite others stays one while there is anybody else.
    fn change_member(&self, id: i64, change: Change, spared: bool, entry: Entry) -> Answering<'_, Changing>;

    /// Forgets what has ended: invitations and ceremonies that were not used, sessions.
    fn sweep_staff(&self, now: i64, ended: Ended) -> Answering<'_, u32>;
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub id: i64,
    pub handle: [u8; 16],
    pub name: String,
    pub role: Role,
    /// None of the federation.
    pub association: Option<AssociationId>,
    pub disabled: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub code: TokenHash,
    pub role: Role,
    pub association: Option<AssociationId>,
    /// Who she is already.
    pub member: Option<i64>,
    pub until: i64,
}

/// Somebody came with an invitation and a passkey.
#[derive(Clone, Debug)]
pub struct Joining {
    pub code: TokenHash,
    /// Of a new member; who is one already keeps hers.
    pub handle: [u8; 16],
    pub name: Option<String>,
    pub passkey: NewPasskey,
    pub session: TokenHash,
}

#[derive(Clone, Debug)]
pub struct NewPasskey {
    pub credential: Vec<u8>,
    pub body: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    pub id: i64,
    pub credential: Vec<u8>,
    pub body: String,
    pub added_at: i64,
    pub used_at: Option<i64>,
}

#[derive(Clone, Debug)]
pub struct Used {
    pub passkey: i64,
    pub body: String,
    pub session: TokenHash,
    pub now: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub token: TokenHash,
    pub member: Member,
    pub began_at: i64,
    pub seen_at: i64,
    /// How many passkeys she has.
    pub passkeys: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removed {
    Done,
    Unknown,
    LastOne,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Her sessions end and her open invitation is void.
    Disable,
    Enable,
    /// Not from or to the federation.
    Role(Role),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changing {
    Done(Member),
    Already(Member),
    Unknown,
    /// A role of another kind of member.
    NotHers,
    LastOne,
}

/// Sessions that began or were seen last before these moments are over.
#[derive(Clone, Copy, Debug)]
pub struct Ended {
    pub began: i64,
    pub seen: i64,
}

impl Member {
    pub(super) fn kept(id: i64, handle: &[u8], name: String, role: &str) -> Result<Self, StoreError> {
        let broken = |what: &str| StoreError::Broken(format!("member {id} has no {what} that can be read"));
        let role = Role::parse(role).ok_or_else(|| broken("role"))?;
        let handle = handle.try_into().map_err(|_| broken("handle"))?;
        Ok(Self { id, handle, name, role, association: None, disabled: false })
    }

    /// What would come of a change, seen beside everybody of her association.
    pub(super) fn on(&self, change: Change, spared: bool, all: &[Self]) -> Changing {
        let mut changed = self.clone();
        match change {
            Change::Disable => changed.disabled = true,
            Change::Enable => changed.disabled = false,
            Change::Role(role) => {
                if (role == Role::Federation) != (self.role == Role::Federation) {
                    return Changing::NotHers;
                }
                changed.role = role;
            }
        }
        if changed == *self {
            return Changing::Already(changed);
        }
        let others = || all.iter().filter(|other| other.id != self.id);
        let is_last = self.invites() && !changed.invites() && !others().any(Self::invites);
        if spared && is_last && others().next().is_some() {
            return Changing::LastOne;
        }
        Changing::Done(changed)
    }

    /// As the journal names her.
    #[must_use]
    pub fn who(&self) -> String {
        format!("member:{}", self.id)
    }

    pub(super) fn joined(&self, again: bool, now: i64) -> Entry {
        Entry {
            at: now,
            who: self.who(),
            association: self.association.clone(),
            what: if again { "recovered" } else { "joined" },
            about: self.who(),
            detail: self.role.code().to_owned(),
        }
    }

    fn invites(&self) -> bool {
        !self.disabled && self.role.may(domain::staff::Needs::Inviting)
    }
}

pub(super) fn role(code: &str) -> Result<Role, StoreError> {
    Role::parse(code).ok_or_else(|| StoreError::Broken(format!("the role {code:?} is unknown")))
}

pub(super) fn token(bytes: &[u8]) -> Result<TokenHash, StoreError> {
    bytes.try_into().map_err(|_| StoreError::Broken("a token is not of 32 bytes".to_owned()))
}
