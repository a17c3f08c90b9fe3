//! What every store must do with what desks say about their associations, told as stories.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::association::AssociationId;
use domain::profile::{Basis, Field, Given, Statement};

use super::Store;
use super::Whole;
use super::facts::{Draft, FactStore, File, State, Written, seen};
use super::journal_conformance::entry;

const NOW: i64 = 1_795_000_000;

fn shimane() -> AssociationId {
    AssociationId("shimane".to_owned())
}

fn file(number: u32) -> File {
    File { number, body: format!("{{\"number\":{number}}}") }
}

fn own(value: &str) -> Option<Given> {
    Some(Given::Known(Statement {
        value: value.to_owned(),
        basis: Basis::Own,
        checked: "2026-11-26".to_owned(),
        note: None,
        municipality: None,
    }))
}

fn draft(field: Field, given: Option<Given>, by: i64) -> Draft {
    Draft { association: shimane(), field, given, by }
}

/// One telephone, drafted and published.
pub(super) async fn published(store: &impl FactStore, phone: &str) {
    store.lay(file(1), NOW).await.unwrap();
    let rows = store.facts_of(shimane()).await.unwrap();
    let drafted = entry("member:1", "fact_drafted", "");
    let new = draft(Field::Phone, own(phone), 1);
    assert_eq!(store.draft(new, seen(&rows, Field::Phone), drafted).await.unwrap(), Written::Done);
    let rows = store.facts_of(shimane()).await.unwrap();
    let drafts: Vec<i64> = rows.iter().filter(|row| row.state == State::Draft).map(|row| row.id).collect();
    let done = store.publish(shimane(), drafts, entry("member:1", "facts_published", "")).await.unwrap();
    assert_eq!(done, Written::Done);
}

// The edition was written anew under the number it had; phones that had it kept the old telephone for ever.
pub async fn what_is_published_gets_a_higher_number_and_what_was_before_comes_back(store: Arc<impl Whole>) {
    assert_eq!((store.newest().await.unwrap(), store.laid().await.unwrap()), (0, None));
    published(&*store, "0852-21-0000").await;
    let laid = store.laid().await.unwrap().unwrap();
    assert_eq!((laid.number, laid.file, laid.stated.len()), (2, file(1), 1));
    assert_eq!(Some(laid.stated[0].given.clone()), own("0852-21-0000"));
    published(&*store, "0852-21-1111").await;
    let rows = store.facts_of(shimane()).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| row.state).collect::<Vec<_>>(),
        [State::Published(2), State::Published(3)]
    );
    // What the file has shall hold again.
    let back = draft(Field::Phone, None, 1);
    let drafted = entry("member:1", "fact_drafted", "");
    FactStore::draft(&*store, back, seen(&rows, Field::Phone), drafted).await.unwrap();
    let last = store.facts_of(shimane()).await.unwrap().last().unwrap().id;
    let entry = || entry("member:1", "facts_published", "");
    assert_eq!(store.publish(shimane(), vec![last], entry()).await.unwrap(), Written::Done);
    assert_eq!(store.publish(shimane(), vec![last], entry()).await.unwrap(), Written::Already);
    let laid = store.laid().await.unwrap().unwrap();
    assert_eq!((laid.number, laid.stated), (4, Vec::new()));
    every_step_is_told(&*store).await;
}

async fn every_step_is_told(store: &impl Whole) {
    let lines = store.lines(0, 100).await.unwrap();
    let told: Vec<(&str, &str)> =
        lines.iter().map(|line| (line.what.as_str(), line.about.as_str())).collect();
    let expected = [
        ("fact_drafted", "fact:1"),
        ("facts_published", "edition:2"),
        ("fact_drafted", "fact:2"),
        ("facts_published", "edition:3"),
        ("fact_drafted", "fact:3"),
        ("facts_published", "edition:4"),
    ];
    assert_eq!(told, expected);
    assert_eq!(store.broken().await.unwrap(), None);
}

// Two colleagues corrected the same telephone on the same morning, one of them from an old letterhead.
pub async fn of_two_who_edit_a_field_at_once_the_later_is_told(store: Arc<impl Whole>) {
    let facts = Store::of(Arc::clone(&store)).facts;
    let write = |value: &str, by: i64, seen: i64| {
        let (facts, new) = (Arc::clone(&facts), draft(Field::Phone, own(value), by));
        async move { facts.draft(new, seen, entry("member:1", "fact_drafted", "")).await.unwrap() }
    };
    let (one, other) = tokio::join!(write("0852-21-0000", 1, 0), write("0852-21-1111", 2, 0));
    assert!(
        [one, other].contains(&Written::Done) && [one, other].contains(&Written::Meanwhile),
        "{one:?} {other:?}"
    );
    let rows = facts.facts_of(shimane()).await.unwrap();
    assert_eq!((rows.len(), rows[0].state), (1, State::Draft));
    let (by, first) = (rows[0].by, if rows[0].by == 1 { "0852-21-0000" } else { "0852-21-1111" });
    assert_eq!(write(first, by, 0).await, Written::Already, "the answer was lost on its way");
    // Another field is nobody's business.
    let hours = draft(Field::Hours, own("9:00〜17:00"), 2);
    assert_eq!(facts.draft(hours, 0, entry("member:2", "fact_drafted", "")).await.unwrap(), Written::Done);
    // Who has seen it may write another one; the first is kept, and withdrawn.
    assert_eq!(write("0852-21-2222", 2, rows[0].id).await, Written::Done);
    a_draft_is_dropped_once(&*facts).await;
    assert_eq!(store.lines(0, 100).await.unwrap().len(), 4, "a line for what was done, and for nothing else");
}

async fn a_draft_is_dropped_once(facts: &dyn FactStore) {
    let rows = facts.facts_of(shimane()).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| row.state).collect::<Vec<_>>(),
        [State::Withdrawn, State::Draft, State::Draft]
    );
    let drop = |id| facts.drop_draft(shimane(), id, entry("member:1", "fact_dropped", ""));
    assert_eq!(drop(rows[2].id).await.unwrap(), Written::Done);
    assert_eq!(drop(rows[2].id).await.unwrap(), Written::Already);
    assert_eq!(drop(99).await.unwrap(), Written::Meanwhile);
    assert_eq!(seen(&facts.facts_of(shimane()).await.unwrap(), Field::Phone), 0);
}

// The lead pressed 「公開する」 below three changes; a fourth had been written while she read.
pub async fn whoever_publishes_has_seen_all_of_it(store: Arc<impl Whole>) {
    let facts = Store::of(store).facts;
    facts.lay(file(1), NOW).await.unwrap();
    for field in [Field::Phone, Field::Hours] {
        facts.draft(draft(field, own("0852-21-0000"), 1), 0, entry("member:1", "", "")).await.unwrap();
    }
    let publish = |ids: &[i64]| facts.publish(shimane(), ids.to_vec(), entry("member:1", "", ""));
    for ids in [&[][..], &[1], &[1, 3], &[1, 2, 3]] {
        assert_eq!(publish(ids).await.unwrap(), Written::Meanwhile, "{ids:?}");
    }
    let other = AssociationId("akita".to_owned());
    assert_eq!(
        facts.publish(other, vec![1, 2], entry("member:9", "", "")).await.unwrap(),
        Written::Meanwhile
    );
    assert_eq!(facts.newest().await.unwrap(), 1);
    assert_eq!(publish(&[2, 1]).await.unwrap(), Written::Done);
    assert_eq!(facts.newest().await.unwrap(), 2);
}

// The program was renewed with edition 2; a phone that had the desk's edition 5 refused all that came after.
pub async fn a_newer_file_lies_below_what_desks_said_and_an_older_one_nowhere(store: Arc<impl Whole>) {
    published(&*store, "0852-21-0000").await;
    published(&*store, "0852-21-1111").await;
    let number = async |lay: File| {
        store.lay(lay, NOW).await.unwrap();
        let laid = store.laid().await.unwrap().unwrap();
        assert_eq!(laid.stated.len(), 1);
        (laid.number, laid.file.number)
    };
    assert_eq!(number(file(1)).await, (3, 1), "the same again brings nothing");
    assert_eq!(number(file(2)).await, (4, 2));
    assert_eq!(number(file(1)).await, (4, 2), "a server that is not renewed yet");
    assert_eq!(number(file(90)).await, (90, 90));
    let changed = File { number: 90, body: "{}".to_owned() };
    assert_eq!(number(changed).await, (91, 90), "changed under the same number");
}

pub async fn of_many_who_publish_at_once_each_gets_a_number_of_its_own(store: Arc<impl Whole>) {
    let facts = Store::of(store).facts;
    facts.lay(file(1), NOW).await.unwrap();
    let all: Vec<_> = (0..12)
        .map(|n| {
            let facts = Arc::clone(&facts);
            tokio::spawn(async move {
                let association = AssociationId(format!("nr-{n}"));
                let new =
                    Draft { association: association.clone(), ..draft(Field::Phone, own("0852-21-0000"), n) };
                facts.draft(new, 0, entry("member:1", "", "")).await.unwrap();
                let id = facts.facts_of(association.clone()).await.unwrap()[0].id;
                let done = facts.publish(association.clone(), vec![id], entry("member:1", "", "")).await;
                assert_eq!(done.unwrap(), Written::Done);
                facts.facts_of(association).await.unwrap()[0].state
            })
        })
        .collect();
    let mut numbers = BTreeSet::new();
    for one in all {
        let State::Published(number) = one.await.unwrap() else { panic!("not published") };
        numbers.insert(number);
    }
    assert_eq!(numbers, (2..=13).collect());
    assert_eq!(facts.laid().await.unwrap().unwrap().stated.len(), 12);
}
