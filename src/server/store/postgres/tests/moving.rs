//! Everything moves to another database and back, and goes on there.

use std::sync::Arc;

use cluster::connect;
use domain::api::desk::CallMark;
use domain::booking::{DayWish, Event, Status, Wanted};
use domain::calendar::JstTime;
use domain::report::subject::Subject;
use domain::slot::Kind;
use domain::staff::Role;

use super::fresh;
use crate::store::board::BoardStore;
use crate::store::board_conformance::note;
use crate::store::calls::{Call, CallStore};
use crate::store::conformance::{NOW, at, booking, opening, request, rules, team, token};
use crate::store::content::{Change, ContentStore};
use crate::store::content_conformance::{id, items};
use crate::store::drafts_conformance::drafted;
use crate::store::hosts::HostStore;
use crate::store::hosts_conformance::host;
use crate::store::journal_conformance::entry;
use crate::store::keeping::Keeping;
use crate::store::mail::{MailStore, Outcome};
use crate::store::moving::{MoveError, copy};
use crate::store::pictures::PictureStore;
use crate::store::pictures_conformance::picture;
use crate::store::report_conformance::{about, saying};
use crate::store::settings::{Setting, SettingStore};
use crate::store::sqlite::SqliteStore;
use crate::store::staff_conformance::joined;
use crate::store::subjects::SubjectStore;
use crate::store::{Booked, BookingStore, NewBooking, facts_conformance};

// Ten associations had joined and one server was not enough any more; the move lost who had been promised what.
#[tokio::test]
async fn everything_moves_to_another_database_and_back_and_goes_on_there() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| SqliteStore::open(&folder.path().join(name)).unwrap();
    let (from, back) = (file("from.db"), file("back.db"));
    let (to, config) = fresh().await;
    let mut narrow = rules(60 * 18, 3);
    Arc::make_mut(&mut narrow).buffer = 15;
    from.put_rules(team(), opening("18:00", 15), NOW).await.unwrap();
    for n in 0..1_100 {
        // Some are taken, most are conflicts: both are answers.
        from.book(request(n, &narrow, &[at(600 + 30 * (n % 16) as u16)])).await.unwrap();
    }
    from.happen(token(0), Event::Cancel, NOW + 1).await.unwrap();
    from.move_to(token(1), at(600), Arc::clone(&narrow), NOW + 2).await.unwrap();
    // One waits for a day, is offered a time of it, and lets it go.
    let date = JstTime::from_unix_seconds(at(600).start).date.plus_days(7);
    let day = DayWish { date, kind: Kind::Visit };
    let wait = NewBooking { wanted: Wanted::Day(day), ..request(2_000, &narrow, &[]) };
    assert_eq!(booking(from.book(wait).await.unwrap()).status, Status::Offered);
    from.happen(token(2_000), Event::Pass, NOW + 2).await.unwrap();
    from.looked(2, entry("cli:hanako", "disclosure", "2")).await.unwrap();
    from.add_note(2, note("by the window"), entry("member:7", "noted", "2")).await.unwrap();
    from.assign(2, Some(7), entry("member:7", "handed_over", "2")).await.unwrap();
    from.erase(3, NOW + 3).await.unwrap();
    ContentStore::change(&from, Change::Publish(items(["a-story", "a-notice"])), NOW).await.unwrap();
    ContentStore::change(&from, Change::Withdraw(id("a-notice")), NOW).await.unwrap();
    HostStore::allow(&from, host("shimane", "https://www.example.jp"), NOW).await.unwrap();
    PictureStore::add(&from, picture("a", NOW), entry("cli:hanako", "picture_added", "a")).await.unwrap();
    joined(&from, 1, Role::Lead).await;
    facts_conformance::published(&from, "0852-21-0000").await;
    drafted(&from).await;
    let decided = entry("member:1", "retention_saved", "retention");
    from.decide(team(), Setting::Retention, "400".to_owned(), None, decided).await.unwrap();
    let call = Call { booking: 2, start: at(600).start, mark: CallMark::Done, by: 7, at: NOW };
    from.mark_call(call, entry("member:7", "called", "2")).await.unwrap();
    what_it_was_about(&from).await;
    let mails = from.due(NOW + 4, 2).await.unwrap();
    from.ended(mails[0].id, Outcome::Sent).await.unwrap();

    let counts = copy(&from, &*to).await.unwrap();
    assert_eq!(counts.iter().map(|(table, _)| *table).collect::<Vec<_>>(), TABLES);
    assert!(counts.iter().all(|(_, rows)| *rows > 0) && counts[3].1 > 1_000, "{counts:?}");
    assert_eq!(copy(&*to, &back).await.unwrap(), counts);
    for findings in [to.findings().await.unwrap(), back.findings().await.unwrap()] {
        assert_eq!(findings, Vec::<String>::new());
    }
    assert!(matches!(copy(&from, &*to).await, Err(MoveError::NotEmpty("rules"))));

    // The next one gets a number of its own, and the chain of the journal goes on.
    assert_eq!(joined(&*to, 2, Role::Member).await.id, 2);
    assert_eq!(drafted(&*to).await.id, 2);
    assert!(to.allow(host("gunma", "https://www.example.jp"), NOW).await.unwrap());

    // Nobody is promised again what is taken, and whoever comes next is somebody else.
    let same = Arc::clone(&narrow);
    let answers = [from.book(request(7, &same, &[at(600)])), to.book(request(7, &same, &[at(600)]))];
    let [before, after] = answers.map(|answer| async { answer.await.unwrap() });
    assert_eq!(before.await, after.await, "her key is answered as before");
    to.move_to(token(1), at(60 * 17), Arc::clone(&narrow), NOW + 5).await.unwrap();
    let next = to.book(request(5_000, &narrow, &[at(600)])).await.unwrap();
    assert!(matches!(next, Booked::Taken { .. } | Booked::Conflict(_)), "{next:?}");
    assert_eq!(to.findings().await.unwrap(), Vec::<String>::new());

    let spoiler = connect(&config).await;
    spoiler.batch_execute("UPDATE hosts SET origin = 'https://*'").await.unwrap();
    assert!(to.findings().await.unwrap()[0].starts_with("hosts: a host of"));
    let changed = "DELETE FROM hosts; UPDATE journal SET detail = 'member' WHERE id = 2";
    spoiler.batch_execute(changed).await.unwrap();
    assert!(to.findings().await.unwrap()[0].starts_with("journal: line 2 is not what was written"));
}

/// Of two consultations; one of the two founders was erased since and is a count of her month only.
async fn what_it_was_about(from: &SqliteStore) {
    from.happen(token(4), Event::Attend, NOW + 3).await.unwrap();
    for id in [2, 5] {
        let said = entry("member:7", "subject", "2");
        assert!(from.say(id, Subject::default(), saying(about("food", "32201")), said).await.unwrap());
    }
    from.erase(5, NOW + 4).await.unwrap();
}

const TABLES: [&str; 23] = [
    "rules",
    "bookings",
    "passed",
    "answers",
    "mails",
    "accesses",
    "notes",
    "contents",
    "shelves",
    "hosts",
    "pictures",
    "members",
    "passkeys",
    "editions",
    "facts",
    "journal",
    "drafts",
    "draft_revisions",
    "draft_comments",
    "settings",
    "calls",
    "subjects",
    "tallies",
];
