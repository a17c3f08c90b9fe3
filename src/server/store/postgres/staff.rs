//! Members and what changes them, in PostgreSQL.

use std::sync::Arc;

use super::PostgresStore;
use super::journal::append;
use super::{joining, members, sessions};
use crate::store::journal::Entry;
use crate::store::staff::{
    Change, Changing, Ended, Invitation, Joining, Member, NewPasskey, Passkey, Removed, Session, StaffStore,
    Used,
};
use crate::store::{Answering, TokenHash};

impl StaffStore for PostgresStore {
    fn members(&self) -> Answering<'_, Vec<Member>> {
        self.read(|client| Box::pin(members::all(client)))
    }

    fn member(&self, id: i64) -> Answering<'_, Option<Member>> {
        self.read(move |client| Box::pin(members::find(client, id)))
    }

    fn invite(&self, invitation: Invitation, entry: Entry) -> Answering<'_, ()> {
        let given = Arc::new((invitation, entry));
        self.change(move |transaction| {
            let given = Arc::clone(&given);
            Box::pin(async move { joining::invite(transaction, &given.0, &given.1).await })
        })
    }

    fn invitation(&self, code: TokenHash, now: i64) -> Answering<'_, Option<Invitation>> {
        self.read(move |client| Box::pin(async move { joining::open(client, &code, now, "").await }))
    }

    fn accept(&self, joining: Joining, now: i64) -> Answering<'_, Option<Member>> {
        let joining = Arc::new(joining);
        self.change(move |transaction| {
            let joining = Arc::clone(&joining);
            Box::pin(async move { joining::accept(transaction, &joining, now).await })
        })
    }

    fn passkeys(&self, member: i64) -> Answering<'_, Vec<Passkey>> {
        self.read(move |client| Box::pin(members::passkeys(client, member)))
    }

    fn passkey(&self, credential: Vec<u8>) -> Answering<'_, Option<(Passkey, Member)>> {
        let credential = Arc::new(credential);
        self.read(move |client| {
            let credential = Arc::clone(&credential);
            Box::pin(async move { members::passkey(client, &credential).await })
        })
    }

    fn add_passkey(&self, member: i64, new: NewPasskey, entry: Entry) -> Answering<'_, bool> {
        let given = Arc::new((new, entry));
        self.change(move |transaction| {
            let given = Arc::clone(&given);
            Box::pin(async move {
                let is_new = members::add_passkey(transaction, member, &given.0, given.1.at).await?;
                if is_new {
                    append(transaction, &given.1).await?;
                }
                Ok(is_new)
            })
        })
    }

    fn remove_passkey(
        &self,
        member: i64,
        passkey: i64,
        within: TokenHash,
        entry: Entry,
    ) -> Answering<'_, Removed> {
        let entry = Arc::new(entry);
        self.change(move |transaction| {
            let entry = Arc::clone(&entry);
            Box::pin(
                async move { members::remove_passkey(transaction, member, passkey, &within, &entry).await },
            )
        })
    }

    fn sign_in(&self, used: Used, entry: Entry) -> Answering<'_, bool> {
        let given = Arc::new((used, entry));
        self.change(move |transaction| {
            let given = Arc::clone(&given);
            Box::pin(async move { sessions::sign_in(transaction, &given.0, &given.1).await })
        })
    }

    fn begin(&self, ceremony: TokenHash, state: String, until: i64) -> Answering<'_, ()> {
        let state = Arc::new(state);
        self.change(move |transaction| {
            let state = Arc::clone(&state);
            Box::pin(async move { joining::begin(transaction, &ceremony, &state, until).await })
        })
    }

    fn take(&self, ceremony: TokenHash, now: i64) -> Answering<'_, Option<String>> {
        self.change(move |transaction| {
            Box::pin(async move { joining::take(transaction, &ceremony, now).await })
        })
    }

    fn session(&self, token: TokenHash) -> Answering<'_, Option<Session>> {
        self.read(move |client| Box::pin(sessions::find(client, token)))
    }

    fn sessions(&self, member: i64) -> Answering<'_, Vec<Session>> {
        self.read(move |client| Box::pin(sessions::of(client, member)))
    }

    fn seen(&self, token: TokenHash, now: i64) -> Answering<'_, ()> {
        self.change(move |transaction| Box::pin(sessions::seen(transaction, token, now)))
    }

    fn end(&self, token: TokenHash, entry: Entry) -> Answering<'_, bool> {
        let entry = Arc::new(entry);
        self.change(move |transaction| {
            let entry = Arc::clone(&entry);
            Box::pin(async move { sessions::end(transaction, token, &entry).await })
        })
    }

    fn end_others(&self, member: i64, within: TokenHash, entry: Entry) -> Answering<'_, bool> {
        let entry = Arc::new(entry);
        self.change(move |transaction| {
            let entry = Arc::clone(&entry);
            Box::pin(async move { sessions::end_others(transaction, member, within, &entry).await })
        })
    }

    fn change_member(&self, id: i64, change: Change, spared: bool, entry: Entry) -> Answering<'_, Changing> {
        let entry = Arc::new(entry);
        self.change(move |transaction| {
            let entry = Arc::clone(&entry);
            Box::pin(async move { members::change(transaction, id, change, spared, &entry).await })
        })
    }

    fn sweep_staff(&self, now: i64, ended: Ended) -> Answering<'_, u32> {
        self.change(move |transaction| Box::pin(sessions::sweep(transaction, now, ended)))
    }
}
