//! The stories every store must live through, on a real PostgreSQL, and what is its own.

mod moving;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use cluster::{Cluster, SHARED, connect};
use domain::booking::Event;
use domain::slot::Rules;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Config};

use super::PostgresStore;
use crate::store::conformance::{NOW, at, booking, request, rules, team, token};
use crate::store::stories::all_stories;
use crate::store::{
    Booked, BookingStore, Changed, NewBooking, Postgres, StoreError, board_conformance, conformance,
    content_conformance, drafts_conformance, facts_conformance, hosts_conformance, journal_conformance,
    keeping_conformance, mail_conformance, pictures_conformance, random_conformance, recorded_conformance,
    report_conformance, settings_conformance, staff_conformance, waiting_conformance,
};

macro_rules! stories {
    ($suite:ident: $($story:ident),* $(,)?) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $story() {
                let (store, _) = fresh().await;
                $suite::$story(store).await;
            }
        )*
    };
}

all_stories!(stories);

async fn fresh() -> (Arc<PostgresStore>, Config) {
    let config = SHARED.database().await;
    (Arc::new(open(&config).await.unwrap()), config)
}

/// On this machine, where nothing is encrypted.
async fn open(config: &Config) -> Result<PostgresStore, StoreError> {
    let address = Postgres { config: config.clone(), encrypted: false, authority: None };
    PostgresStore::open(&address).await
}

async fn refused(config: &Config) -> String {
    open(config).await.err().expect("it has to be refused").to_string()
}

async fn count(client: &Client, table: &str) -> i64 {
    client.query_one(&format!("SELECT count(*) FROM {table}"), &[]).await.unwrap().get(0)
}

/// Before this many answers are written, the database does this instead; each time counts, also when it is taken back.
async fn disturb(client: &Client, times: u32, what: &str) {
    let sql = format!(
        "CREATE SEQUENCE disturbed;
         CREATE FUNCTION disturb() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN IF nextval('disturbed') <= {times} THEN {what}; END IF; RETURN NEW; END $$;
         CREATE TRIGGER disturb BEFORE INSERT ON answers FOR EACH ROW EXECUTE FUNCTION disturb();"
    );
    client.batch_execute(&sql).await.unwrap();
}

/// Until this many connections of the database wait for a lock.
async fn until_waiting(client: &Client, how_many: i64) {
    let limit = Instant::now() + Duration::from_secs(20);
    let sql = "SELECT count(*) FROM pg_stat_activity
               WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while client.query_one(sql, &[]).await.unwrap().get::<_, i64>(0) != how_many {
        assert!(Instant::now() < limit, "nobody waits for a lock");
        tokio::task::yield_now().await;
    }
}

// Three servers were started together on an empty database, and two of them failed.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_that_start_together_migrate_once() {
    let config = SHARED.database().await;
    let (one, two, three) = tokio::join!(open(&config), open(&config), open(&config));
    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    let client = connect(&config).await;
    let again = client.query_one("SELECT count(*) - count(DISTINCT version) FROM tonari_schema", &[]).await;
    assert_eq!(again.unwrap().get::<_, i64>(0), 0);
}

// The program was downgraded; it must not write into a database it does not understand, nor into somebody else's.
#[tokio::test]
async fn c14_a_database_of_a_newer_version_or_of_another_kind_is_refused() {
    let (_, config) = fresh().await;
    connect(&config).await.batch_execute("INSERT INTO tonari_schema (version) VALUES (99)").await.unwrap();
    let why = refused(&config).await;
    assert!(why.contains("version 99"), "{why}");
    let of_a_hotel = SHARED.database().await;
    connect(&of_a_hotel).await.batch_execute("CREATE TABLE bookings (room integer)").await.unwrap();
    let why = refused(&of_a_hotel).await;
    assert!(why.contains("\"bookings\" already exists"), "{why}");
    let why = refused(of_a_hotel.clone().dbname("nowhere")).await;
    assert!(why.contains("\"nowhere\" does not exist"), "{why}");
}

// The company's database team gave a user without rights; the error was three pages of a stack.
#[tokio::test]
async fn c14_without_its_extension_it_says_what_to_ask_the_owner_for() {
    let config = SHARED.database().await;
    let owner = connect(&config).await;
    owner.batch_execute("CREATE ROLE guest LOGIN; GRANT CREATE ON SCHEMA public TO guest").await.unwrap();
    let why = refused(config.clone().user("guest")).await;
    assert!(why.contains("CREATE EXTENSION btree_gist") && !why.contains('\n'), "{why}");
    // Once the owner did, the rest needs no special rights.
    owner.batch_execute("CREATE EXTENSION btree_gist").await.unwrap();
    open(config.clone().user("guest")).await.unwrap();
}

// Somebody had made the database faster. Bookings that were answered were gone after the power cut.
#[tokio::test]
async fn c14_a_database_that_does_not_wait_for_the_disk_is_refused() {
    let config = SHARED.database().await;
    let name = config.get_dbname().unwrap();
    let setting = format!("ALTER DATABASE {name} SET synchronous_commit = off");
    connect(&config).await.batch_execute(&setting).await.unwrap();
    let why = refused(&config).await;
    assert!(why.contains("synchronous_commit is off"), "{why}");
}

// A script wrote a booking by hand while she asked for the same hour. The database refuses, not the program.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn c20_what_was_written_past_the_line_is_not_booked_over() {
    let (store, config) = fresh().await;
    let mut by_hand = connect(&config).await;
    let watching = connect(&config).await;
    let rules = rules(660, 1);
    let script = by_hand.transaction().await.unwrap();
    let insert = format!(
        "INSERT INTO bookings (reference, token, team, start, length, held_until, kind, place, status, deadline,
                               fictional, key, key_id, sealed, received_at, changed_at)
         SELECT 'by hand', decode(repeat('ff', 32), 'hex'), '{}', {start}, 60, {start} + 4500, 'visit', 0, 'confirmed',
                60, false, 'by hand', '', '', 0, 0",
        team().as_str(),
        start = at(600).start
    );
    script.batch_execute(&insert).await.unwrap();
    let hers = tokio::spawn({
        let (store, new) = (Arc::clone(&store), request(1, &rules, &[at(600)]));
        async move { store.book(new).await.unwrap() }
    });
    until_waiting(&watching, 1).await;
    script.commit().await.unwrap();
    assert!(matches!(hers.await.unwrap(), Booked::Conflict(_)));
    // Not even in the quarter of an hour after it, which is its buffer.
    let overlapping = insert.replace("by hand", "again").replace("'ff'", "'fe'");
    let overlapping = overlapping.replace(&at(600).start.to_string(), &(at(660).start).to_string());
    let refused = watching.batch_execute(&overlapping).await.unwrap_err();
    assert_eq!(refused.code(), Some(&SqlState::EXCLUSION_VIOLATION));
}

#[tokio::test]
async fn c20_a_refused_transaction_is_done_again_three_times_and_not_a_fourth() {
    for (times, code) in [(3, "40001"), (3, "40P01"), (4, "40001"), (4, "40P01")] {
        let (store, config) = fresh().await;
        let client = connect(&config).await;
        disturb(&client, times, &format!("RAISE EXCEPTION 'made up' USING ERRCODE = '{code}'")).await;
        let answer = store.book(request(1, &rules(720, 1), &[at(600)])).await;
        match times {
            3 => assert!(matches!(answer, Ok(Booked::Taken { .. })), "{answer:?}"),
            _ => assert!(matches!(answer, Err(StoreError::Busy)), "{answer:?}"),
        }
        let written = i64::from(times == 3);
        assert_eq!((count(&client, "bookings").await, count(&client, "answers").await), (written, written));
    }
}

// A colleague's tool held her booking and asked for the team's line, which her move held and asked for the booking.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn c20_a_real_deadlock_ends_and_the_move_is_done() {
    let (store, config) = fresh().await;
    let rules = rules(720, 1);
    store.book(request(1, &rules, &[at(600)])).await.unwrap();
    let watching = connect(&config).await;
    let other = open(&config).await.unwrap();
    let mut client = other.connection().await.unwrap();
    let tool = client.transaction().await.unwrap();
    tool.batch_execute("SELECT 1 FROM bookings FOR UPDATE").await.unwrap();
    let hers = tokio::spawn({
        let (store, rules) = (Arc::clone(&store), Arc::clone(&rules));
        async move { store.move_to(token(1), at(660), rules, NOW).await.unwrap() }
    });
    until_waiting(&watching, 1).await;
    super::booking::stand_in_line(&tool, &team())
        .await
        .expect("she waits longer, so hers is the one that ends");
    tool.commit().await.unwrap();
    let Changed::Done(moved) = hers.await.unwrap() else { panic!("not moved") };
    assert_eq!((moved.start, moved.sequence), (at(660).start, 1));
}

// The connection broke off in the middle of her booking; she was told that it failed, and it stood.
#[tokio::test]
async fn c19_a_connection_lost_in_the_middle_is_tried_once_more_by_the_key() {
    for (times, written) in [(1, 1), (2, 0)] {
        let (store, config) = fresh().await;
        let client = connect(&config).await;
        disturb(&client, times, "PERFORM pg_terminate_backend(pg_backend_pid())").await;
        let answer = store.book(request(1, &rules(720, 1), &[at(600)])).await;
        assert_eq!(answer.is_ok(), written == 1, "{answer:?}");
        assert!(answer.is_ok() || matches!(answer, Err(StoreError::Busy)), "{answer:?}");
        assert_eq!(count(&client, "bookings").await, written);
    }
}

// A switch between server and database died. No connection was closed, none was answered, and soon nobody could book.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn c19_a_database_that_says_nothing_any_more_is_not_waited_for_without_end() {
    let cluster = Cluster::start().unwrap_or_else(|why| panic!("{why}"));
    let config = cluster.database().await;
    let mut store = open(&config).await.unwrap();
    store.patience.answer = Duration::from_millis(500);
    store.patience.restart = Duration::from_millis(500);
    let rules = rules(720, 1);
    let new = request(1, &rules, &[at(600)]);
    booking(store.book(new.clone()).await.unwrap());
    let silent = cluster.fall_silent();
    let limit = Duration::from_secs(15);
    for _ in 0..2 {
        let answer =
            tokio::time::timeout(limit, store.book(new.clone())).await.expect("it waits without end");
        assert!(matches!(answer, Err(StoreError::Busy)), "{answer:?}");
        let found = tokio::time::timeout(limit, store.find(token(1))).await.expect("it waits without end");
        assert!(matches!(found, Err(StoreError::Busy)), "{found:?}");
    }
    drop(silent);
    assert!(matches!(insist(&store, &new).await, Booked::Taken { .. }));
}

/// As a phone does: the same request until there is an answer.
async fn insist(store: &PostgresStore, new: &NewBooking) -> Booked {
    loop {
        match store.book(new.clone()).await {
            Ok(answer) => return answer,
            Err(StoreError::Busy) => {}
            Err(broken) => panic!("{broken}"),
        }
    }
}

// The database crashed and came back, three times in a minute, while founders booked.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn c19_through_crashes_of_the_database_every_answer_stands_and_nothing_is_twice() {
    const CLIENTS: u32 = 8;
    let cluster = Cluster::start().unwrap_or_else(|why| panic!("{why}"));
    let config = cluster.database().await;
    let store = Arc::new(open(&config).await.unwrap());
    let rules = wide();
    let (answered, crashes) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let (store, rules) = (Arc::clone(&store), Arc::clone(&rules));
            let (answered, crashes) = (Arc::clone(&answered), Arc::clone(&crashes));
            tokio::spawn(async move {
                let mut given = Vec::new();
                for n in (client..).step_by(CLIENTS as usize) {
                    let new = request(n, &rules, &[at(600 + 30 * (n % 20) as u16)]);
                    given.push((n, insist(&store, &new).await));
                    answered.fetch_add(1, Ordering::Relaxed);
                    if crashes.load(Ordering::Relaxed) == 3 {
                        break;
                    }
                }
                given
            })
        })
        .collect();
    for crash in 1..=3 {
        let seen = answered.load(Ordering::Relaxed);
        let limit = Instant::now() + Duration::from_secs(60);
        while answered.load(Ordering::Relaxed) < seen + 50 {
            assert!(Instant::now() < limit, "nobody gets an answer");
            tokio::task::yield_now().await;
        }
        tokio::task::block_in_place(|| cluster.crash_and_restart());
        crashes.store(crash, Ordering::Relaxed);
    }
    let mut taken = 0;
    for client in clients {
        for (n, answer) in client.await.unwrap() {
            if let Booked::Taken { booking, .. } = &answer {
                taken += 1;
                assert_eq!(store.find(token(n)).await.unwrap().as_ref(), Some(booking));
            }
            let again = store.book(request(n, &rules, &[at(600 + 30 * (n % 20) as u16)])).await.unwrap();
            assert_eq!(again, answer, "another answer than before");
        }
    }
    assert_eq!(count(&connect(&config).await, "bookings").await, taken, "somebody has one without an answer");
}

/// Ten hours in two hundred places: room for all of them.
fn wide() -> Arc<Rules> {
    rules(600 + 660, 200)
}

// An error said which row was there already, with her reference in it, and went into the log.
#[tokio::test]
async fn e20_an_error_quotes_nothing_of_a_booking() {
    let (store, _) = fresh().await;
    let rules = rules(720, 3);
    booking(store.book(request(1, &rules, &[at(600)])).await.unwrap());
    let same = NewBooking { reference: "00000001".to_owned(), ..request(2, &rules, &[at(600)]) };
    let error = store.book(same).await.unwrap_err().to_string();
    assert!(error.contains("bookings_reference_key") && !error.contains("00000001"), "{error}");
    // Nothing of it was written, so she can ask again.
    store
        .happen(token(2), Event::Cancel, NOW)
        .await
        .map(|answer| assert_eq!(answer, Changed::Unknown))
        .unwrap();
}
