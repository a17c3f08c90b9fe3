//! What every store must do with what is read, told as stories.

use std::sync::Arc;

use domain::content::{File, Item, ItemId, ShelfName};
use serde_json::{Value, json};

use super::Store;
use super::Whole;
use super::content::{Change, Kept, Origin, Tally};

const NOW: i64 = 1_795_000_000;

pub(super) fn id(id: &str) -> ItemId {
    ItemId::parse(id).unwrap()
}

/// A case for each id, a notice for what ends in one.
pub(super) fn items<const N: usize>(ids: [&str; N]) -> Arc<Vec<Item>> {
    Arc::new(ids.into_iter().map(|id| item(id, "題")).collect())
}

fn item(id: &str, title: &str) -> Item {
    let mut item = json!({
        "kind": "case", "id": id, "published": "2026-11-25", "fictional": true,
        "ja": { "title": title, "summary": "要約", "body": "本文" },
        "industries": [], "stages": [], "areas": [], "schemes": [], "lives": []
    });
    if id.ends_with("notice") {
        item["kind"] = Value::from("notice");
        for (name, value) in
            [("from", "2026-11-25T00:00"), ("to", "2026-12-25T00:00"), ("severity", "crisis")]
        {
            item[name] = Value::from(value);
        }
    }
    File::read(json!({ "items": [item] }).to_string().as_bytes()).unwrap().items.remove(0)
}

async fn shelf(store: &Store, name: ShelfName) -> Kept {
    store.contents.shelf(name).await.unwrap()
}

async fn change(store: &Store, change: Change) -> Tally {
    store.contents.change(change, NOW).await.unwrap()
}

fn ids(kept: &Kept) -> Vec<&str> {
    kept.shelf.items.iter().map(|item| item.head().id.as_str()).collect()
}

// A notice was published, and every phone in the country fetched all stories again.
pub async fn what_is_published_is_there_and_only_its_shelf_has_changed(store: Arc<impl Whole>) {
    let store = Store::of(store);
    assert_eq!(shelf(&store, ShelfName::Stories).await.shelf.number, 0);
    assert!(store.contents.numbers().await.unwrap().is_empty());

    let tally = change(&store, Change::Publish(items(["b-case", "a-case"]))).await;
    assert_eq!(tally, Tally { added: 2, ..Tally::default() });
    change(&store, Change::Publish(items(["a-notice"]))).await;
    let stories = shelf(&store, ShelfName::Stories).await;
    assert_eq!((stories.shelf.number, ids(&stories)), (1, vec!["a-case", "b-case"]));

    // The same once more is no change; other words are one.
    let tally = change(&store, Change::Publish(items(["a-case", "b-case"]))).await;
    assert_eq!(tally, Tally { same: 2, ..Tally::default() });
    let other = Change::Publish(Arc::new(vec![item("a-case", "別の題")]));
    assert_eq!(change(&store, other).await, Tally { changed: 1, ..Tally::default() });
    let numbers = store.contents.numbers().await.unwrap();
    assert_eq!((numbers[&ShelfName::Stories], numbers[&ShelfName::Notices]), (2, 1));
    assert_eq!(shelf(&store, ShelfName::Stories).await.shelf.items[0].head().texts.ja.title, "別の題");
}

pub async fn what_is_withdrawn_leaves_its_name_and_no_word(store: Arc<impl Whole>) {
    let store = Store::of(store);
    change(&store, Change::Publish(items(["a-case", "b-case"]))).await;
    let withdraw = || Change::Withdraw(id("a-case"));
    assert_eq!(change(&store, withdraw()).await.withdrawn, 1);
    assert_eq!(change(&store, withdraw()).await.already, 1);
    assert_eq!(change(&store, Change::Withdraw(id("nobody"))).await, Tally::default());
    let kept = shelf(&store, ShelfName::Stories).await;
    assert_eq!((kept.shelf.number, ids(&kept), &kept.withdrawn), (2, vec!["b-case"], &vec![id("a-case")]));
    // Whoever withdrew it by mistake publishes it again.
    assert_eq!(change(&store, Change::Publish(items(["a-case"]))).await.added, 1);
    let kept = shelf(&store, ShelfName::Stories).await;
    assert_eq!((ids(&kept), kept.withdrawn.len()), (vec!["a-case", "b-case"], 0));
}

// A lead had corrected one of the first texts and withdrawn another; after the next update both were back.
pub async fn what_comes_with_the_program_follows_it_until_somebody_touches_it(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let stock = |origin, titles: &[(&str, &str)]| {
        Change::Stock(origin, Arc::new(titles.iter().map(|(id, title)| item(id, title)).collect()))
    };
    let first = [("a-case", "一"), ("b-case", "二"), ("c-case", "三"), ("d-case", "四")];
    assert_eq!(change(&store, stock(Origin::First, &first)).await.added, 4);
    change(&store, stock(Origin::Demo, &[("demo-case", "架空")])).await;
    change(&store, Change::Publish(Arc::new(vec![item("a-case", "直した")]))).await;
    change(&store, Change::Withdraw(id("b-case"))).await;

    let newer = [("a-case", "新一"), ("b-case", "新二"), ("c-case", "新三")];
    let tally = change(&store, stock(Origin::First, &newer)).await;
    assert_eq!(tally, Tally { same: 2, changed: 1, withdrawn: 1, ..Tally::default() });
    assert_eq!(change(&store, stock(Origin::Demo, &[])).await.withdrawn, 1);
    let kept = shelf(&store, ShelfName::Stories).await;
    let titles: Vec<&str> = kept.shelf.items.iter().map(|item| item.head().texts.ja.title.as_str()).collect();
    assert_eq!((titles, &kept.withdrawn), (vec!["直した", "新三"], &vec![id("b-case")]));
    let before = store.contents.numbers().await.unwrap();
    change(&store, stock(Origin::First, &newer)).await;
    assert_eq!(store.contents.numbers().await.unwrap(), before, "starting again is no change");
}

pub async fn whoever_publishes_at_once_loses_nothing(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let all: Vec<_> = (0..20)
        .map(|n| {
            let contents = Arc::clone(&store.contents);
            let one =
                Arc::new(vec![item(&format!("case-{n:02}"), "題"), item("same-case", &format!("題{n}"))]);
            tokio::spawn(async move { contents.change(Change::Publish(one), NOW).await.unwrap() })
        })
        .collect();
    for one in all {
        one.await.unwrap();
    }
    let kept = shelf(&store, ShelfName::Stories).await;
    assert_eq!((kept.shelf.items.len(), kept.shelf.number), (21, 20));
}
