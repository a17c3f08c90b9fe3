//! Somebody who is signed in at the desk, without a browser that can make a passkey: her rows are written into the server's
//! database. The server itself has no such way in.

use anyhow::{Context, Result};
use domain::association::AssociationId;
use domain::staff::Role;
use server::service::staff::fresh_token;
use server::service::vault::{hash, random};
use server::store::journal::Entry;
use server::store::staff::{Invitation, Joining, Member, NewPasskey, StaffStore};

/// Who she is, and the token of her session. Her passkey is no real one; she never shows it.
pub async fn seat(
    store: &dyn StaffStore,
    role: Role,
    association: Option<&str>,
    now: i64,
) -> Result<(Member, String)> {
    let association = association.map(|id| AssociationId(id.to_owned()));
    let (code, token) = (hash(&fresh_token()), fresh_token());
    let entry = Entry {
        at: now,
        who: "cli:test".to_owned(),
        association: association.clone(),
        what: "invited",
        about: String::new(),
        detail: role.code().to_owned(),
    };
    let invitation = Invitation { code, role, association, member: None, until: now + 60 };
    store.invite(invitation, entry).await?;
    let joining = Joining {
        code,
        handle: random(),
        name: Some("田中".to_owned()),
        passkey: NewPasskey { credential: random::<32>().to_vec(), body: "{}".to_owned() },
        session: hash(&token),
    };
    let member = store.accept(joining, now).await?.context("she was not let in")?;
    Ok((member, token))
}
