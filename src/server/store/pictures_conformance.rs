//! What every store must do with pictures, told as stories.

use std::sync::Arc;

use domain::association::AssociationId;
use domain::content::draft::Kind;
use domain::content::{Alt, File, Item};
use serde_json::json;

use super::Store;
use super::Whole;
use super::content::Change;
use super::content_conformance::id;
use super::drafts::{NewDraft, Revision};
use super::journal_conformance::entry;
use super::pictures::{About, NewPicture, Size};

const NOW: i64 = 1_795_000_000;

pub(super) fn picture(mark: &str, at: i64) -> Arc<NewPicture> {
    let about = About {
        sha: mark.repeat(64),
        association: AssociationId("shimane".to_owned()),
        width: 1_200,
        height: 800,
        alt: Alt::parse("蔵の入口").unwrap(),
        alt_en: Alt::parse("A storehouse"),
        at,
    };
    Arc::new(NewPicture {
        about,
        bytes: format!("shown {mark}").into(),
        small: format!("small {mark}").into(),
    })
}

fn showing(id: &str, mark: &str) -> Item {
    let item = json!({
        "kind": "case", "id": id, "published": "2026-11-25", "fictional": true,
        "ja": { "title": "題", "summary": "要約", "body": "本文" },
        "picture": { "sha": mark.repeat(64), "alt": "蔵の入口", "width": 1_200, "height": 800 },
        "industries": [], "stages": [], "areas": [], "schemes": [], "lives": []
    });
    File::read(json!({ "items": [item] }).to_string().as_bytes()).unwrap().items.remove(0)
}

async fn is_there(store: &Store, mark: &str) -> bool {
    let shown = store.pictures.bytes(mark.repeat(64), Size::Shown).await.unwrap();
    let small = store.pictures.bytes(mark.repeat(64), Size::Small).await.unwrap();
    assert_eq!(shown.is_some(), small.is_some());
    shown.is_some()
}

async fn change(store: &Store, change: Change) {
    store.contents.change(change, NOW).await.unwrap();
}

/// A text that nobody has published yet.
async fn drafted_with(store: &Store, mark: &str) -> i64 {
    let body = json!({ "picture": { "sha": mark.repeat(64), "alt": "蔵の入口" } }).to_string();
    let new = NewDraft {
        key: "key".to_owned(),
        association: AssociationId("shimane".to_owned()),
        kind: Kind::Case,
        revision: Revision { number: 0, by: 1, at: NOW, body, consent: None },
    };
    store.drafts.begin_draft(new, entry("member:1", "draft_begun", "")).await.unwrap().unwrap().id
}

// Two colleagues uploaded the same photograph, and the second one read of a broken database.
pub async fn the_same_picture_twice_is_one_with_the_words_of_who_was_first(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let mut other = picture("a", NOW + 1);
    Arc::make_mut(&mut other).about.alt = Alt::parse("ほかの言葉").unwrap();
    let line = || entry("member:1", "picture_added", "picture:a");
    let first = store.pictures.add(picture("a", NOW), line()).await.unwrap();
    assert_eq!(store.pictures.add(other, line()).await.unwrap(), first);
    assert_eq!(first, picture("a", NOW).about);
    assert_eq!(store.pictures.picture("a".repeat(64)).await.unwrap(), Some(first.clone()));
    assert_eq!(store.pictures.picture("b".repeat(64)).await.unwrap(), None);
    assert_eq!(store.pictures.bytes("a".repeat(64), Size::Small).await.unwrap(), Some(b"small a".to_vec()));
    assert_eq!(store.journal.lines(0, 10).await.unwrap().len(), 1, "one was added");
    store.pictures.add(picture("b", NOW), line()).await.unwrap();
    let of = |id: &str| store.pictures.of(AssociationId(id.to_owned()), 10);
    assert_eq!(of("shimane").await.unwrap(), [picture("b", NOW).about.clone(), first]);
    assert_eq!(of("gunma").await.unwrap(), []);
}

// A founder took her consent back; her story was gone, and her face was still at its address.
pub async fn a_picture_goes_with_the_last_item_that_shows_it(store: Arc<impl Whole>) {
    let store = Store::of(store);
    for mark in ["a", "b", "c"] {
        store.pictures.add(picture(mark, NOW), entry("member:1", "picture_added", mark)).await.unwrap();
    }
    let both = vec![showing("one-case", "a"), showing("two-case", "a")];
    change(&store, Change::Publish(Arc::new(both))).await;
    change(&store, Change::Withdraw(id("one-case"))).await;
    assert!(is_there(&store, "a").await, "another one shows it");
    // Published again with another picture.
    change(&store, Change::Publish(Arc::new(vec![showing("two-case", "b")]))).await;
    assert_eq!((is_there(&store, "a").await, is_there(&store, "b").await), (false, true));
    change(&store, Change::Publish(Arc::new(vec![showing("two-case", "b")]))).await;
    assert!(is_there(&store, "b").await);
    change(&store, Change::Withdraw(id("two-case"))).await;
    assert!(!is_there(&store, "b").await);
    assert!(is_there(&store, "c").await, "it still waits for its item");
}

pub async fn a_picture_that_waits_in_vain_is_forgotten(store: Arc<impl Whole>) {
    let store = Store::of(store);
    for (mark, at) in [("a", NOW), ("b", NOW), ("c", NOW + 10)] {
        store.pictures.add(picture(mark, at), entry("member:1", "picture_added", mark)).await.unwrap();
    }
    change(&store, Change::Publish(Arc::new(vec![showing("a-case", "b")]))).await;
    store.pictures.add(picture("d", NOW), entry("member:1", "picture_added", "d")).await.unwrap();
    let draft = drafted_with(&store, "d").await;
    let keys = ["key", "nobody's"].map(str::to_owned).to_vec();
    assert_eq!(store.drafts.begun_with(keys).await.unwrap(), [("key".to_owned(), draft)]);
    for (is_rehearsal, expected) in [(true, 1), (false, 1), (false, 0)] {
        assert_eq!(store.pictures.forget_unused(NOW + 5, is_rehearsal).await.unwrap(), expected);
    }
    let there = [is_there(&store, "a").await, is_there(&store, "b").await, is_there(&store, "c").await];
    assert_eq!(there, [false, true, true]);
    assert!(is_there(&store, "d").await, "it waits for a second person");
}
