//! What every store must do with the hosts of widgets, told as stories.

use std::sync::Arc;

use domain::association::AssociationId;
use domain::embed::Origin;

use super::Store;
use super::Whole;
use super::hosts::Host;

const NOW: i64 = 1_795_000_000;

pub(super) fn host(association: &str, origin: &str) -> Host {
    Host { association: AssociationId(association.to_owned()), origin: Origin::parse(origin).unwrap() }
}

// 島根 took a host back, and 群馬's widget on the same host went dark.
pub async fn a_host_is_of_one_association_and_taking_it_back_leaves_the_others(store: Arc<impl Whole>) {
    let hosts = Store::of(store).hosts;
    assert_eq!(hosts.hosts().await.unwrap(), []);
    let (ours, theirs) = (host("shimane", "https://b.example.jp"), host("gunma", "https://b.example.jp"));
    let second = host("shimane", "https://a.example.jp:8443");
    for (one, is_new) in [(&ours, true), (&theirs, true), (&second, true), (&ours, false)] {
        assert_eq!(hosts.allow(one.clone(), NOW).await.unwrap(), is_new, "{one:?}");
    }
    assert_eq!(hosts.hosts().await.unwrap(), [theirs.clone(), second.clone(), ours.clone()]);
    assert!(hosts.refuse(ours.clone()).await.unwrap());
    assert!(!hosts.refuse(ours).await.unwrap(), "it was not there any more");
    assert_eq!(hosts.hosts().await.unwrap(), [theirs, second]);
}

// Two people added the same host from two desks, and one of them read of a broken database.
pub async fn whoever_allows_the_same_host_at_once_is_told_who_was_first(store: Arc<impl Whole>) {
    let hosts = Store::of(store).hosts;
    let all: Vec<_> = (0..20)
        .map(|_| {
            let hosts = Arc::clone(&hosts);
            tokio::spawn(async move { hosts.allow(host("shimane", "https://b.example.jp"), NOW).await })
        })
        .collect();
    let mut firsts = 0;
    for one in all {
        firsts += usize::from(one.await.unwrap().unwrap());
    }
    assert_eq!((firsts, hosts.hosts().await.unwrap().len()), (1, 1));
}
