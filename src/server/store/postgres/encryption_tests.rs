//! A database on another machine, and everybody between.

use std::path::PathBuf;

use cluster::Cluster;
use tokio_postgres::Config;

use super::PostgresStore;
use crate::store::conformance::{at, booking, request, rules};
use crate::store::{BookingStore, Postgres};

struct Elsewhere {
    cluster: Cluster,
    config: Config,
    authority: PathBuf,
}

async fn elsewhere() -> Elsewhere {
    let cluster = Cluster::start_elsewhere().unwrap();
    let config = cluster.database().await;
    Elsewhere { config: cluster.from_afar(&config), authority: cluster.authority(), cluster }
}

impl Elsewhere {
    async fn open(&self, authority: Option<PathBuf>) -> Result<PostgresStore, String> {
        let address = Postgres { config: self.config.clone(), encrypted: true, authority };
        PostgresStore::open(&address).await.map_err(|refused| refused.to_string())
    }
}

// Names of founders went over the corridor in the clear, because a server that cannot encrypt was taken as it was.
#[tokio::test]
async fn the_way_to_another_machine_is_encrypted_or_not_taken() {
    let there = elsewhere().await;
    let store = there.open(Some(there.authority.clone())).await.unwrap();
    booking(store.book(request(1, &rules(720, 1), &[at(600)])).await.unwrap());
    let client = store.pool.get().await.unwrap();
    let encrypted = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    assert!(client.query_one(encrypted, &[]).await.unwrap().get::<_, bool>(0));

    // Somebody between us answers with a certificate of his own.
    let stranger = there.open(None).await.err().unwrap();
    assert!(stranger.contains("certificate"), "taken for the database: {stranger}");
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "").unwrap();
    let unusable = there.open(Some(empty)).await.err().unwrap();
    assert!(unusable.contains("sslrootcert") && unusable.lines().count() == 1, "{unusable}");
    // He says that he cannot encrypt.
    there.cluster.stop_encrypting().unwrap();
    let plain = there.open(Some(there.authority.clone())).await.err().unwrap();
    assert!(plain.contains("TLS"), "{plain}");
}
