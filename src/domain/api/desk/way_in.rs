//! How somebody comes in, and stays the only one who does as herself: invitations, passkeys, sessions.

use serde::{Deserialize, Serialize};

use super::Place;
use crate::association::AssociationId;
use crate::staff::Role;

/// What a link of an invitation leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub association: Option<Place>,
    pub role: Role,
    pub until: String,
}

/// The first half of a ceremony: `options` is what the browser's `parseCreationOptionsFromJSON` or
/// `parseRequestOptionsFromJSON` takes, as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    pub ceremony: String,
    pub options: String,
}

/// The second half: what `PublicKeyCredential.toJSON` gave, as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    pub ceremony: String,
    pub credential: String,
    /// How she is called; of an invitation only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    pub id: i64,
    pub added_at: String,
    pub used_at: Option<String>,
}

/// Where she is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSession {
    /// Names it among hers and lets nobody in.
    pub id: String,
    pub began_at: String,
    pub seen_at: String,
    /// The one in which she asks.
    pub here: bool,
}

/// Somebody is to be asked in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invite {
    /// Of the inviting one's own association, unless the federation asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub association: Option<AssociationId>,
    pub role: Role,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
    /// For somebody who lost all her ways in: she stays who she was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<i64>,
}

/// From now on hers, within her association.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRole {
    pub role: Role,
}

/// The link is shown once and is nowhere afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    pub link: String,
    pub until: String,
    pub mailed: bool,
}
