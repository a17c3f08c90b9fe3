//! What every store must do for a report, told as stories.

use std::sync::Arc;

use domain::booking::{Event, Status};
use domain::calendar::{Date, JstTime};
use domain::report::subject::{Axis, Said, Subject};
use domain::report::{Fact, Figures};

use super::Store;
use super::Whole;
use super::board::Deed;
use super::conformance::{NOW, at, booking, request, rules, team, token};
use super::journal::Entry;
use super::subjects::{Saying, Span};

/// As the desk writes it.
fn entry(booking: i64, what: &'static str, at: i64) -> Entry {
    Entry {
        at,
        who: "member:7".to_owned(),
        association: Some(team()),
        what,
        about: format!("booking:{booking}"),
        detail: String::new(),
    }
}

async fn facts(store: &Store) -> Vec<Fact> {
    let day = at(0).start;
    store.boards.facts(team(), day, day + 86_400).await.unwrap()
}

// A team of one hand had answered within the hour; moving a booking two weeks later made of it a wait of two weeks.
pub async fn a_report_knows_when_a_request_was_first_answered_and_no_letter(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let mut by_hand = (*rules(960, 2)).clone();
    by_hand.by_hand = true;
    let by_hand = Arc::new(by_hand);
    let book = async |n, rules| {
        booking(store.bookings.book(request(n, rules, &[at(600 + 60 * n as u16)])).await.unwrap())
    };
    let asked = book(1, &by_hand).await;
    let moved = book(2, &rules(960, 2)).await;
    let act = async |n, seen, deed: Deed, id, later| {
        let entry = entry(id, deed.code(), NOW + later);
        store.boards.act(token(n), seen, deed, entry).await.unwrap();
    };
    act(1, 0, Deed::Propose(at(840), Arc::clone(&by_hand)), asked.id, 600).await;
    act(1, 1, Deed::Happen(Event::Confirm), asked.id, 900).await;
    act(2, 0, Deed::Propose(at(900), by_hand), moved.id, 7_200).await;
    let found = facts(&store).await;
    let told: Vec<_> = found.iter().map(|one| (one.status, one.start, one.answered_at)).collect();
    assert_eq!(
        told,
        [(Status::Confirmed, at(840).start, Some(NOW + 600)), (Status::Moved, at(900).start, None)]
    );
    assert!(found.iter().all(|one| one.received_at == Some(NOW) && one.length == 60 && !one.fictional));
    let nobody = domain::association::AssociationId("nobody".to_owned());
    assert!(store.boards.facts(nobody, 0, i64::MAX).await.unwrap().is_empty());
    assert!(store.boards.facts(team(), 0, at(840).start).await.unwrap().is_empty());
}

// She asked to be forgotten, and the year's report had one consultation less.
pub async fn who_was_erased_is_counted_and_nothing_else(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let one = booking(store.bookings.book(request(1, &rules(960, 2), &[at(600)])).await.unwrap());
    let after = at(600).start + 7_200;
    store
        .boards
        .act(token(1), 0, Deed::Happen(Event::Attend), entry(one.id, "attended", after))
        .await
        .unwrap();
    store.keeping.erase(one.id, after).await.unwrap();
    let found = facts(&store).await;
    assert_eq!((found[0].status, found[0].received_at), (Status::Attended, None));
    let figures = Figures::of(&found);
    assert_eq!((figures.all, figures.no_show(), figures.lead), (1, Some((0, 1)), None));
}

pub(super) fn about(industry: &str, area: &str) -> Subject {
    Subject { industry: industry.to_owned(), area: area.to_owned(), ..Subject::default() }
}

pub(super) fn saying(subject: Subject) -> Saying {
    Saying { subject, by: 7, at: NOW }
}

async fn attended(store: &Store, n: u32, minute: u16) -> i64 {
    let one = booking(store.bookings.book(request(n, &rules(960, 2), &[at(minute)])).await.unwrap());
    let came = Deed::Happen(Event::Attend);
    store.boards.act(token(n), 0, came, entry(one.id, "attended", one.start + 7_200)).await.unwrap();
    one.id
}

async fn say(store: &Store, id: i64, seen: Subject, new: Subject) -> bool {
    store.boards.say(id, seen, saying(new), entry(id, "subject", NOW)).await.unwrap()
}

/// Of the month or the day of the bookings.
async fn said(store: &Store, days: (Date, Date)) -> Vec<(Axis, String, u32)> {
    let all = store.boards.said(team(), Span::of(days, false)).await.unwrap();
    all.into_iter().map(|Said { axis, value, count }| (axis, value, count)).collect()
}

// After ninety days the letters were erased, and the year's report knew the industries of its last quarter only.
pub async fn what_it_was_about_is_counted_by_answer_and_stays_a_count_when_she_goes(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let [one, two] = [attended(&store, 1, 600).await, attended(&store, 2, 660).await];
    let absent = booking(store.bookings.book(request(3, &rules(960, 2), &[at(720)])).await.unwrap()).id;
    let answers = [(one, about("food", "32201")), (two, about("food", "")), (absent, about("it", "32201"))];
    for (id, subject) in answers {
        assert!(say(&store, id, Subject::default(), subject).await);
    }
    let (day, month) = spans();
    let (food, matsue) = (|n| (Axis::Industry, "food".to_owned(), n), (Axis::Area, "32201".to_owned(), 1));
    assert_eq!(said(&store, day).await, [matsue.clone(), food(2)], "who has not come is not counted");
    assert_eq!(store.boards.subject(one).await.unwrap(), about("food", "32201"));
    for _ in 0..2 {
        store.keeping.erase(one, NOW).await.unwrap();
    }
    assert_eq!(store.boards.subject(one).await.unwrap(), Subject::default());
    assert_eq!(said(&store, month).await, [matsue, food(2)]);
    assert_eq!(said(&store, day).await, [food(1)], "a day's count would be hers");
}

// A demonstration was played with, and the consultations of a day that never was were in the team's report.
pub async fn what_it_was_about_is_told_to_its_own_team_only(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let id = attended(&store, 1, 600).await;
    assert!(say(&store, id, Subject::default(), about("food", "32201")).await);
    let (_, month) = spans();
    let elsewhere = domain::association::AssociationId("nobody".to_owned());
    for erased in [false, true] {
        if erased {
            store.keeping.erase(id, NOW).await.unwrap();
        }
        let span = |fictional| Span::of(month, fictional);
        assert_eq!(store.boards.said(team(), span(false)).await.unwrap().len(), 2);
        assert_eq!(store.boards.said(elsewhere.clone(), span(false)).await.unwrap(), []);
        assert_eq!(store.boards.said(team(), span(true)).await.unwrap(), []);
    }
    assert!(!say(&store, id, Subject::default(), about("it", "")).await, "she is gone");
}

/// The day of the bookings, and the month it is in.
fn spans() -> ((Date, Date), (Date, Date)) {
    let day = JstTime::from_unix_seconds(at(600).start).date;
    let first = Date { day: 1, ..day };
    ((day, day), (first, Date { day: 1, ..first.plus_days(31) }.plus_days(-1)))
}

// Two had sat with her; each wrote another industry, and the second never saw that there was a first.
pub async fn of_two_who_say_what_it_was_about_the_later_is_told(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let id = attended(&store, 1, 600).await;
    let both = [about("food", "32201"), about("retail", "32201")].map(|subject| {
        let store = store.clone();
        tokio::spawn(async move { say(&store, id, Subject::default(), subject).await })
    });
    let mut done = 0;
    for one in both {
        done += usize::from(one.await.unwrap());
    }
    assert_eq!(done, 1);
    let now = store.boards.subject(id).await.unwrap();
    assert!(say(&store, id, now, about("", "32202")).await);
    assert_eq!(store.boards.subject(id).await.unwrap(), about("", "32202"), "an answer can be taken back");
    let lines = store.journal.about(format!("booking:{id}")).await.unwrap();
    assert_eq!(lines.iter().filter(|line| line.what == "subject").count(), 2);
}
