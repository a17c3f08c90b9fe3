//! What every store must do with those who work at the desk, told as stories.

use std::sync::Arc;

use domain::association::AssociationId;
use domain::staff::Role;

use super::Whole;
use super::journal_conformance::entry;
use super::staff::{
    Change, Changing, Ended, Invitation, Joining, Member, NewPasskey, Removed, StaffStore, Used,
};
use super::{Store, TokenHash};

const NOW: i64 = 1_795_000_000;

fn shimane() -> Option<AssociationId> {
    Some(AssociationId("shimane".to_owned()))
}

fn hash(n: u8) -> TokenHash {
    [n; 32]
}

fn invitation(n: u8, role: Role, member: Option<i64>) -> Invitation {
    Invitation { code: hash(n), role, association: shimane(), member, until: NOW + 100 }
}

/// With the passkey and the session of the same number.
fn joining(n: u8, code: u8) -> Joining {
    Joining {
        code: hash(code),
        handle: [n; 16],
        name: Some(format!("田中{n}")),
        passkey: NewPasskey { credential: vec![n], body: format!("body {n}") },
        session: hash(n),
    }
}

/// Member of the number's passkey and session.
pub(super) async fn joined(store: &impl StaffStore, n: u8, role: Role) -> Member {
    store.invite(invitation(n, role, None), entry("cli:x", "invited", "")).await.unwrap();
    store.accept(joining(n, n), NOW).await.unwrap().unwrap()
}

// She opened the link on her telephone and on the office's computer, and became two people.
pub async fn two_browsers_with_one_invitation_are_one_member(store: Arc<impl Whole>) {
    let staff = Store::of(Arc::clone(&store)).staff;
    staff.invite(invitation(100, Role::Lead, None), entry("cli:x", "invited", "")).await.unwrap();
    let all: Vec<_> = (0..20)
        .map(|n| {
            let staff = Arc::clone(&staff);
            tokio::spawn(async move { staff.accept(joining(n, 100), NOW).await })
        })
        .collect();
    let mut let_in = Vec::new();
    for one in all {
        let_in.extend(one.await.unwrap().unwrap());
    }
    let members = staff.members().await.unwrap();
    assert_eq!(members, let_in, "one, and exactly who was told so");
    assert_eq!((members.len(), members[0].role, members[0].association.clone()), (1, Role::Lead, shimane()));
    assert_eq!(staff.passkeys(members[0].id).await.unwrap().len(), 1);
    assert_eq!(staff.invitation(hash(100), NOW).await.unwrap(), None);
    assert_eq!(store.broken().await.unwrap(), None);
}

pub async fn an_invitation_ends_by_time_and_by_a_newer_one_for_the_same_member(store: Arc<impl Whole>) {
    let her = joined(&*store, 1, Role::Member).await;
    for n in [10, 11] {
        store.invite(invitation(n, her.role, Some(her.id)), entry("cli:x", "invited", "")).await.unwrap();
    }
    assert_eq!(store.invitation(hash(10), NOW).await.unwrap(), None, "taken back");
    assert_eq!(store.accept(joining(2, 10), NOW).await.unwrap(), None);
    assert!(store.invitation(hash(11), NOW + 99).await.unwrap().is_some());
    assert_eq!(store.invitation(hash(11), NOW + 100).await.unwrap(), None);
    assert_eq!(store.accept(joining(2, 11), NOW + 100).await.unwrap(), None);
    let ended = Ended { began: i64::MIN, seen: i64::MIN };
    assert_eq!(store.sweep_staff(NOW + 100, ended).await.unwrap(), 1);
}

// Her telephone was stolen. The colleague who let her in again left the thief's way open.
pub async fn who_is_let_in_again_stays_who_she_was_and_everything_of_before_is_over(store: Arc<impl Whole>) {
    let her = joined(&*store, 1, Role::Member).await;
    let other = joined(&*store, 2, Role::Lead).await;
    store.invite(invitation(10, her.role, Some(her.id)), entry("member:2", "invited", "")).await.unwrap();
    // A colleague's passkey does not become hers.
    assert_eq!(store.accept(Joining { session: hash(9), ..joining(2, 10) }, NOW).await.unwrap(), None);
    let again = store.accept(joining(3, 10), NOW).await.unwrap().unwrap();
    assert_eq!(again, her, "her name and handle, too");
    assert_eq!(store.session(hash(1)).await.unwrap(), None);
    let passkeys = store.passkeys(her.id).await.unwrap();
    assert_eq!(passkeys.iter().map(|one| one.credential.as_slice()).collect::<Vec<_>>(), [[3]]);
    assert!(store.session(hash(2)).await.unwrap().is_some_and(|session| session.member == other));
    let what: Vec<_> = store.about(her.who()).await.unwrap().into_iter().map(|line| line.what).collect();
    assert_eq!(what, ["recovered", "joined"]);
}

// She was let go at noon, and confirmed bookings until her session ended in the evening.
pub async fn who_is_disabled_is_out_at_once_and_cannot_come_back(store: Arc<impl Whole>) {
    let her = joined(&*store, 1, Role::Member).await;
    joined(&*store, 2, Role::Lead).await;
    store.invite(invitation(10, her.role, Some(her.id)), entry("cli:x", "invited", "")).await.unwrap();
    let disable =
        || store.change_member(her.id, Change::Disable, true, entry("member:2", "disabled", "member:1"));
    assert!(matches!(disable().await.unwrap(), Changing::Done(Member { disabled: true, .. })));
    assert!(matches!(disable().await.unwrap(), Changing::Already(_)), "twice is once");
    assert_eq!(store.session(hash(1)).await.unwrap(), None);
    assert_eq!(store.accept(joining(3, 10), NOW).await.unwrap(), None, "her open invitation is void");
}

pub async fn a_passkey_lets_in_while_its_owner_may_come(store: Arc<impl Whole>) {
    let her = joined(&*store, 1, Role::Member).await;
    let entry = || entry("member:1", "signed_in", "member:1");
    store.change_member(her.id, Change::Disable, false, entry()).await.unwrap();
    let (passkey, _) = store.passkey(vec![1]).await.unwrap().unwrap();
    let used = Used { passkey: passkey.id, body: "later".to_owned(), session: hash(4), now: NOW + 1 };
    assert!(!store.sign_in(used.clone(), entry()).await.unwrap());
    assert_eq!(store.session(hash(4)).await.unwrap(), None);
    store.change_member(her.id, Change::Enable, false, entry()).await.unwrap();
    assert!(store.sign_in(used, entry()).await.unwrap());
    let session = store.session(hash(4)).await.unwrap().unwrap();
    assert_eq!((session.member, session.began_at, session.passkeys), (her, NOW + 1, 1));
    let (passkey, _) = store.passkey(vec![1]).await.unwrap().unwrap();
    assert_eq!((passkey.body.as_str(), passkey.used_at), ("later", Some(NOW + 1)));
}

// Two leads each took the lead from the other in the same minute, and nobody could ask anybody in any more.
pub async fn the_last_one_who_invites_stays_one_unless_somebody_above_says_so(store: Arc<impl Whole>) {
    let first = joined(&*store, 1, Role::Lead).await;
    let second = joined(&*store, 2, Role::Lead).await;
    let staff = Store::of(Arc::clone(&store)).staff;
    let demote = |id: i64, spared: bool| {
        let entry = entry("member:1", "role", "member:2");
        staff.change_member(id, Change::Role(Role::Member), spared, entry)
    };
    let (one, other) = tokio::join!(demote(first.id, true), demote(second.id, true));
    let both = [one.unwrap(), other.unwrap()];
    assert_eq!(both.iter().filter(|one| matches!(one, Changing::Done(_))).count(), 1, "{both:?}");
    assert_eq!(both.iter().filter(|one| **one == Changing::LastOne).count(), 1, "{both:?}");
    let lead = staff.members().await.unwrap().into_iter().find(|one| one.role == Role::Lead).unwrap();
    let disable = staff.change_member(lead.id, Change::Disable, true, entry("member:1", "disabled", ""));
    assert_eq!(disable.await.unwrap(), Changing::LastOne);
    let promoted =
        staff.change_member(lead.id, Change::Role(Role::Federation), false, entry("cli:x", "role", ""));
    assert_eq!(promoted.await.unwrap(), Changing::NotHers);
    assert!(matches!(demote(lead.id, false).await.unwrap(), Changing::Done(_)));
    assert_eq!(demote(99, false).await.unwrap(), Changing::Unknown);
    assert_eq!(store.broken().await.unwrap(), None);
}

// She removed the old telephone's passkey on both her screens, one each, and had none.
pub async fn the_last_passkey_stays_and_a_passkey_is_one_persons(store: Arc<impl Whole>) {
    let her = joined(&*store, 1, Role::Member).await;
    let other = joined(&*store, 2, Role::Member).await;
    let add = |member: i64, n: u8| {
        let new = NewPasskey { credential: vec![n], body: String::new() };
        store.add_passkey(member, new, entry("member:1", "passkey_added", "member:1"))
    };
    assert!(add(her.id, 10).await.unwrap());
    assert!(!add(other.id, 10).await.unwrap(), "somebody's already");
    let [first, second] = &store.passkeys(her.id).await.unwrap()[..] else { panic!("not two") };
    let remove = |member: i64, passkey: i64| {
        store.remove_passkey(member, passkey, hash(1), entry("member:1", "passkey_removed", "member:1"))
    };
    assert_eq!(remove(other.id, first.id).await.unwrap(), Removed::Unknown, "not hers");
    let used = Used { passkey: first.id, body: String::new(), session: hash(9), now: NOW };
    assert!(store.sign_in(used, entry("member:1", "signed_in", "member:1")).await.unwrap());
    let (one, other) = tokio::join!(remove(her.id, first.id), remove(her.id, second.id));
    let both = [one.unwrap(), other.unwrap()];
    assert!(both.contains(&Removed::Done) && both.contains(&Removed::LastOne), "{both:?}");
    let passkeys = store.passkeys(her.id).await.unwrap().len();
    let (telephone, hers) = tokio::join!(store.session(hash(9)), store.session(hash(1)));
    let lasting = (telephone.unwrap().is_some(), hers.unwrap().is_some());
    assert_eq!((passkeys, lasting), (1, (false, true)), "whoever has her telephone is out, and she goes on");
}

// What a browser had sent was sent once more by somebody who had listened, and let in.
pub async fn a_ceremony_is_good_once_and_for_a_while(store: Arc<impl Whole>) {
    let staff = Store::of(store).staff;
    staff.begin(hash(1), "state".to_owned(), NOW + 300).await.unwrap();
    let all: Vec<_> = (0..20)
        .map(|_| {
            let staff = Arc::clone(&staff);
            tokio::spawn(async move { staff.take(hash(1), NOW + 299).await })
        })
        .collect();
    let mut taken = Vec::new();
    for one in all {
        taken.extend(one.await.unwrap().unwrap());
    }
    assert_eq!(taken, ["state"]);
    staff.begin(hash(2), "late".to_owned(), NOW + 300).await.unwrap();
    assert_eq!(staff.take(hash(2), NOW + 300).await.unwrap(), None);
}

pub async fn a_session_is_ended_once(store: Arc<impl Whole>) {
    joined(&*store, 3, Role::Lead).await;
    let end = || store.end(hash(3), entry("member:3", "signed_out", "member:3"));
    assert!(end().await.unwrap() && !end().await.unwrap());
    assert_eq!(store.session(hash(3)).await.unwrap(), None);
    assert_eq!(store.lines(0, 9).await.unwrap().len(), 3, "invited, joined, signed out");
}

// She had left the desk open in the meeting room, and could end it from nowhere but there.
pub async fn her_sessions_elsewhere_end_and_nobody_elses(store: Arc<impl Whole>) {
    let her = joined(&*store, 1, Role::Member).await;
    joined(&*store, 2, Role::Member).await;
    let (passkey, _) = store.passkey(vec![1]).await.unwrap().unwrap();
    for n in [10, 11] {
        let used =
            Used { passkey: passkey.id, body: String::new(), session: hash(n), now: NOW + i64::from(n) };
        assert!(store.sign_in(used, entry("member:1", "signed_in", "member:1")).await.unwrap());
    }
    let open = async || {
        let all = store.sessions(her.id).await.unwrap();
        assert!(all.iter().all(|one| one.member == her));
        all.into_iter().map(|one| one.token).collect::<Vec<_>>()
    };
    assert_eq!(open().await, [hash(11), hash(10), hash(1)], "the latest first");
    let end = || store.end_others(her.id, hash(10), entry("member:1", "session_ended", "member:1"));
    assert!(end().await.unwrap() && !end().await.unwrap());
    assert_eq!(open().await, [hash(10)]);
    assert!(store.session(hash(2)).await.unwrap().is_some(), "a colleague's");
    let lines = store.lines(0, 99).await.unwrap();
    assert_eq!(lines.iter().filter(|line| line.what == "session_ended").count(), 1);
}

pub async fn what_has_ended_is_forgotten_and_nothing_else(store: Arc<impl Whole>) {
    for n in [1, 2] {
        joined(&*store, n, Role::Lead).await;
    }
    store.seen(hash(2), NOW + 50).await.unwrap();
    store.seen(hash(2), NOW + 40).await.unwrap();
    assert_eq!(store.session(hash(2)).await.unwrap().unwrap().seen_at, NOW + 50, "never back");
    let ended = |began, seen| store.sweep_staff(NOW, Ended { began, seen });
    assert_eq!(ended(NOW - 1, NOW - 1).await.unwrap(), 0);
    assert_eq!(ended(NOW - 1, NOW).await.unwrap(), 1);
    assert!(
        store.session(hash(1)).await.unwrap().is_none() && store.session(hash(2)).await.unwrap().is_some()
    );
    assert_eq!(ended(NOW, NOW - 1).await.unwrap(), 1);
    assert_eq!(store.session(hash(2)).await.unwrap(), None);
}
