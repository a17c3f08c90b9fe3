//! What every store must do with the journal, told as stories.

use std::sync::Arc;

use domain::association::AssociationId;

use super::Store;
use super::Whole;
use super::journal::{Entry, Line};

pub(super) fn entry(who: &str, what: &'static str, about: &str) -> Entry {
    Entry {
        at: 1_795_000_000,
        who: who.to_owned(),
        association: Some(AssociationId("shimane".to_owned())),
        what,
        about: about.to_owned(),
        detail: String::new(),
    }
}

// Two colleagues opened two letters in the same moment; both lines named the same one before, and the chain was two.
pub async fn whoever_writes_at_once_writes_one_chain(store: Arc<impl Whole>) {
    let journal = Store::of(store).journal;
    let all: Vec<_> = (0..20)
        .map(|n| {
            let journal = Arc::clone(&journal);
            let entry = entry(&format!("member:{n}"), "opened", "AAAA0000");
            tokio::spawn(async move { journal.append(entry).await })
        })
        .collect();
    for one in all {
        one.await.unwrap().unwrap();
    }
    let lines = journal.lines(0, 100).await.unwrap();
    assert_eq!(lines.iter().map(|line| line.id).collect::<Vec<_>>(), (1..=20).collect::<Vec<_>>());
    assert_eq!(journal.broken().await.unwrap(), None);
    let mut about = journal.about("AAAA0000".to_owned()).await.unwrap();
    about.reverse();
    assert_eq!(about, lines, "the newest first");
    assert_eq!(journal.about("AAAA".to_owned()).await.unwrap(), Vec::<Line>::new());
}
