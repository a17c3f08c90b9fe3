//! The power goes. What the disk was not told to keep (`fsync`) may be there, or not, or in parts and in any order; what
//! was promised before has to be there.
//!
//! Modelled, not produced: the two files are copied at each promise and at each step of a checkpoint, and a disk after a
//! power cut is put together from the sectors of two copies. That SQLite asks the disk before it promises is its
//! documented contract for a log with `synchronous = FULL`, and is not tested here.

use std::fs;
use std::path::Path;

use super::SqliteStore;
use crate::store::conformance::{at, booking, request, rules, token};
use crate::store::keeping::Keeping;
use crate::store::random_conformance::{Dice, seed};
use crate::store::{BookingStore, TokenHash};

/// What a disk writes as a whole, at least.
const SECTOR: usize = 512;
/// Of the log.
const HEADER: usize = 32;
const BOOKINGS: u32 = 16;
/// Power cuts between two moments.
const CUTS: usize = 6;

#[derive(Clone)]
struct Disk {
    database: Vec<u8>,
    log: Vec<u8>,
}

impl Disk {
    fn of(folder: &Path) -> Self {
        let read = |name| fs::read(folder.join(name)).unwrap();
        Self { database: read("tonari.db"), log: read("tonari.db-wal") }
    }

    async fn keeps(&self, promised: &[TokenHash]) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("tonari.db"), &self.database).unwrap();
        fs::write(folder.path().join("tonari.db-wal"), &self.log).unwrap();
        let store = SqliteStore::open(&folder.path().join("tonari.db")).unwrap();
        assert_eq!(store.findings().await.unwrap(), Vec::<String>::new());
        for token in promised {
            assert!(store.find(*token).await.unwrap().is_some(), "promised and gone");
        }
    }
}

/// Each sector as it was before, as it was to be, or, where there was nothing before, empty; sometimes the end is missing.
fn torn(before: &[u8], after: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut torn = Vec::with_capacity(after.len());
    for (nth, new) in after.chunks(SECTOR).enumerate() {
        let old = before.get(nth * SECTOR..).unwrap_or_default();
        let old = &old[..old.len().min(new.len())];
        if dice.below(2) == 0 {
            torn.extend(new);
        } else {
            torn.extend(old);
            torn.resize(torn.len() + new.len() - old.len(), 0);
        }
    }
    if dice.below(3) == 0 {
        torn.truncate(before.len().max(dice.below(torn.len() as u64 + 1) as usize));
    }
    torn
}

// The plug was pulled under load. The log's last pages were half written, and with them went a booking of the day before.
#[tokio::test]
async fn c11_whatever_the_disk_lost_that_it_was_not_told_to_keep_every_promise_stands() {
    let seed = seed();
    println!("TONARI_SEED={seed}");
    let mut dice = Dice(seed);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tonari.db");
    let store = SqliteStore::open(&file).unwrap();
    let keeper = rusqlite::Connection::open(&file).unwrap();
    let (rules, mut promised, mut before) = (rules(720, 200), Vec::new(), Disk::of(folder.path()));
    for n in 0..BOOKINGS {
        booking(store.book(request(n, &rules, &[at(600)])).await.unwrap());
        let after = Disk::of(folder.path());
        // A commit only writes the log.
        assert_eq!(after.database, before.database);
        for _ in 0..CUTS {
            let mut log = torn(&before.log, &after.log, &mut dice);
            // SQLite lets the disk keep the header of a log begun anew before it writes what follows.
            log[..HEADER].copy_from_slice(&after.log[..HEADER]);
            Disk { log, ..after.clone() }.keeps(&promised).await;
        }
        promised.push(token(n));
        after.keeps(&promised).await;
        before = after;
        if n % 4 == 3 {
            // Brings the log into the file; the next commit then begins the log anew, over what was in it.
            keeper.query_row("PRAGMA wal_checkpoint(FULL)", [], |_| Ok(())).unwrap();
            let after = Disk::of(folder.path());
            for _ in 0..CUTS {
                let database = torn(&before.database, &after.database, &mut dice);
                Disk { database, log: before.log.clone() }.keeps(&promised).await;
            }
            before = after;
        }
    }
}

// A test in which no power cut had ever cost anything.
#[tokio::test]
async fn c11_a_promise_before_the_disk_was_told_is_missed() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("tonari.db")).unwrap();
    let before = Disk::of(folder.path());
    booking(store.book(request(1, &rules(720, 1), &[at(600)])).await.unwrap());
    let told_too_early = tokio::spawn(async move { before.keeps(&[token(1)]).await });
    assert!(told_too_early.await.unwrap_err().is_panic());
}
