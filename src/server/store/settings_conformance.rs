//! What every store must do with what associations decide, and with whom they called, told as stories.

use std::sync::Arc;

use domain::api::desk::CallMark;
use domain::association::AssociationId;

use super::calls::Call;
use super::conformance::{NOW, at, booking, request, rules, team};
use super::journal_conformance::entry;
use super::settings::{Decided, Deciding, Setting, SettingStore};
use super::{Store, Whole};

pub(super) fn of(association: &str) -> AssociationId {
    AssociationId(association.to_owned())
}

// Both leads had the page open; the later one saved, and what the earlier had written about the entrance was gone.
pub async fn of_two_who_decide_the_later_is_shown_what_holds(store: Arc<impl Whole>) {
    let Store { settings, journal, .. } = Store::of(store);
    let (kind, shimane) = (Setting::MailTexts, of("shimane"));
    let decide = |value: &str, seen| {
        settings.decide(
            shimane.clone(),
            kind,
            value.to_owned(),
            seen,
            entry("member:1", "mails_saved", "mails"),
        )
    };
    assert_eq!(settings.setting(shimane.clone(), kind).await.unwrap(), None);
    assert_eq!(decide("a", None).await.unwrap(), Deciding::Done);
    let first = settings.setting(shimane.clone(), kind).await.unwrap().unwrap();
    assert_eq!((first.value.as_str(), first.by.as_str()), ("a", "member:1"));
    assert_eq!(decide("b", None).await.unwrap(), Deciding::Meanwhile(Some(first.clone())));
    assert_eq!(decide("a", None).await.unwrap(), Deciding::Done, "sent twice is done once");
    assert_eq!(decide("b", Some(first.mark())).await.unwrap(), Deciding::Done);
    is_the_only_decision(&*settings, kind).await;
    assert_eq!(journal.about("mails".to_owned()).await.unwrap().len(), 2, "once for each change");
}

async fn is_the_only_decision(settings: &dyn SettingStore, kind: Setting) {
    assert_eq!(settings.setting(of("shimane"), Setting::Retention).await.unwrap(), None);
    assert_eq!(settings.setting(of("gunma"), kind).await.unwrap(), None);
    let all = settings.settings(kind).await.unwrap();
    let told = |(id, decided): &(AssociationId, Decided)| (id.0.clone(), decided.value.clone());
    assert_eq!(all.iter().map(told).collect::<Vec<_>>(), [("shimane".to_owned(), "b".to_owned())]);
}

pub async fn of_many_who_decide_at_once_one_does_and_the_others_learn_of_it(store: Arc<impl Whole>) {
    let settings = Store::of(store).settings;
    let all: Vec<_> = (0..20)
        .map(|n| {
            let settings = Arc::clone(&settings);
            let entry = entry("member:1", "retention_saved", "retention");
            tokio::spawn(async move {
                settings.decide(of("shimane"), Setting::Retention, n.to_string(), None, entry).await
            })
        })
        .collect();
    let mut done = 0;
    for one in all {
        done += usize::from(one.await.unwrap().unwrap() == Deciding::Done);
    }
    assert_eq!(done, 1);
}

// Two colleagues called the same founder within ten minutes, at a number she shares with her husband.
pub async fn who_was_called_is_known_to_everybody_and_goes_with_her(store: Arc<impl Whole>) {
    let Store { bookings, calls, keeping, .. } = Store::of(store);
    let hers = booking(bookings.book(request(1, &rules(720, 1), &[at(600)])).await.unwrap());
    let call = |mark, at| Call { booking: hers.id, start: hers.start, mark, by: 7, at };
    for (mark, at) in [(CallMark::NotReached, NOW), (CallMark::Done, NOW + 1)] {
        calls.mark_call(call(mark, at), entry("member:7", "called", "booking:1")).await.unwrap();
    }
    let (from, to) = (hers.start, hers.start + 1);
    let told = calls.calls(team(), from, to).await.unwrap();
    assert_eq!(told, [call(CallMark::NotReached, NOW), call(CallMark::Done, NOW + 1)]);
    assert_eq!(calls.calls(team(), from - 10, from).await.unwrap(), []);
    assert_eq!(calls.calls(of("gunma"), from, to).await.unwrap(), []);
    keeping.erase(hers.id, NOW + 2).await.unwrap();
    assert_eq!(calls.calls(team(), from, to).await.unwrap(), []);
}
