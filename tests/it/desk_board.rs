//! A team at its desk: what it sees of its bookings, what it does, and what nobody but the team gets to know.

use domain::api::BookingView;
use domain::api::desk::{
    Act, Availability, Board, Fault, LetterView, NewAvailability, Problem, Record, Times,
};
use domain::booking::Status;
use domain::staff::Role;
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use server::store::Opening;

use crate::bookings::{CANARY, DAY, letter, offer, request, send, team};
use crate::desk::{Seated, seat};
use crate::server_under_test::{Answer, Server};

/// 島根 confirms by hand; one booking waits there.
pub async fn asked() -> (Server, BookingView) {
    let server = Server::start().open("shimane").await;
    let Opening { mut rules, fictional } = server.bookings.store.rules(team()).await.unwrap().unwrap();
    rules.by_hand = true;
    let by_hand = Opening { rules, fictional };
    server.bookings.store.put_rules(team(), by_hand, (server.bookings.clock)()).await.unwrap();
    let view = booked(&server, "k1").await;
    (server, view)
}

pub async fn booked(server: &Server, key: &str) -> BookingView {
    let answer = send(server, key, &request(&offer(server).await, key, &letter())).await;
    BookingView::read(&answer.body).unwrap()
}

pub fn of<T: DeserializeOwned>(answer: &Answer) -> T {
    assert_eq!(answer.status, 200, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

pub fn problem(answer: &Answer) -> (u16, Problem) {
    (answer.status.as_u16(), serde_json::from_slice(&answer.body).unwrap())
}

pub async fn doing(server: &Server, her: &Seated, reference: &str, act: &str, body: Value) -> Answer {
    her.post(server, &format!("/desk/api/bookings/{reference}/{act}"), &body.to_string()).await
}

// A request came on Friday evening. The whole way it goes at the desk, and what she sees of it on her phone.
#[tokio::test]
async fn a_request_goes_from_the_board_to_an_end_and_she_learns_of_each_step() {
    let (server, view) = asked().await;
    let her = seat(&server, Role::Member, Some("shimane")).await;
    let board: Board = of(&her.get(&server, "/desk/api/board?days=7").await);
    assert_eq!((board.waiting.len(), board.open), (1, true));
    let card = &board.waiting[0];
    assert_eq!((card.status, card.sequence, card.notes, card.assigned), (Status::Pending, 0, 0, None));
    assert_eq!(card.acts, [Act::Confirm, Act::Decline, Act::Propose]);

    // Her number, as she reads it out.
    let number = format!("{}-{}", &card.reference[..4], card.reference[4..].to_lowercase());
    let record: Record = of(&her.get(&server, &format!("/desk/api/bookings/{number}")).await);
    assert_eq!(record.letter.as_ref().map(|letter| letter.name.as_str()), Some(CANARY));
    assert!(record.letter.unwrap().channels.is_empty());

    let confirmed: Record = of(&doing(&server, &her, &number, "confirm", json!({ "seen": 0 })).await);
    assert_eq!((confirmed.card.status, confirmed.card.sequence), (Status::Confirmed, 1));
    let times: Times = of(&her.get(&server, "/desk/api/times?days=14").await);
    let other = &times.times[3].start;
    let moved = json!({ "seen": 1, "start": other });
    let moved: Record = of(&doing(&server, &her, &number, "propose", moved).await);
    assert_eq!((moved.card.status, &moved.card.start), (Status::Moved, other));
    let phone = server.get(&format!("/api/v1/bookings/{}", view.token)).await;
    assert_eq!(BookingView::read(&phone.body).unwrap().start, *other);

    let noted: Record = of(&doing(&server, &her, &number, "notes", json!({ "text": CANARY })).await);
    assert_eq!((noted.notes[0].text.as_str(), noted.notes[0].by.as_str()), (CANARY, "田中"));
    let mine = json!({ "member": her.member.id });
    let mine: Record = of(&doing(&server, &her, &number, "hand-over", mine).await);
    assert_eq!((mine.card.assigned, mine.card.notes), (Some(her.member.id), 1));

    let early = problem(&doing(&server, &her, &number, "attended", json!({ "seen": 2 })).await);
    assert_eq!((early.0, early.1.code), (409, Fault::WrongState));
    server.pass(20 * DAY);
    let her = seat(&server, Role::Member, Some("shimane")).await;
    let came: Record = of(&doing(&server, &her, &number, "attended", json!({ "seen": 2 })).await);
    assert_eq!((came.card.status, came.card.acts.as_slice()), (Status::Attended, &[Act::Absent][..]));
    let history: Vec<&str> = came.history.iter().rev().map(|one| one.what.as_str()).collect();
    assert_eq!(history, ["opened", "confirm", "propose", "noted", "handed_over", "attended"]);
    assert!(came.history.iter().all(|one| one.by == "田中"));
    assert_eq!(server.app.staff.journal.broken().await.unwrap(), None);

    // Nothing she wrote, and nothing that was written about her, is in the journal or lies open in the database.
    let lines = server.app.staff.journal.lines(0, 100).await.unwrap();
    assert!(lines.iter().all(|line| !format!("{line:?}").contains("canary")));
    for file in std::fs::read_dir(server.var.path())
        .unwrap()
        .filter_map(|entry| std::fs::read(entry.unwrap().path()).ok())
    {
        assert!(!file.windows(11).any(|bytes| bytes == b"canary-4711"));
    }
}

// Two colleagues had the same board open. One had moved it; the other one's 「断る」 reached her ten seconds later.
#[tokio::test]
async fn whoever_was_slower_is_shown_how_it_stands_and_has_changed_nothing() {
    let (server, view) = asked().await;
    let (one, other) = (
        seat(&server, Role::Member, Some("shimane")).await,
        seat(&server, Role::Lead, Some("shimane")).await,
    );
    let reference = &view.reference;
    let confirmed: Record = of(&doing(&server, &one, reference, "confirm", json!({ "seen": 0 })).await);
    let decline = json!({ "seen": 0, "reason": "満席です。" });
    let (status, late) = problem(&doing(&server, &other, reference, "decline", decline).await);
    assert_eq!((status, late.code), (409, Fault::ChangedMeanwhile));
    assert_eq!(late.now.as_deref(), Some(&confirmed.card));
    // The same once more is done already.
    let again: Record = of(&doing(&server, &other, reference, "confirm", json!({ "seen": 0 })).await);
    assert_eq!(again.card, confirmed.card);
}

// 群馬's desk opened a link with a number of 島根. It said "of another team", and so that there is one.
#[tokio::test]
async fn another_teams_booking_is_as_unknown_as_none_whatever_is_asked() {
    let (server, view) = asked().await;
    let theirs = seat(&server, Role::Lead, Some("gunma")).await;
    let board: Board = of(&theirs.get(&server, "/desk/api/board?days=62").await);
    assert!(board.waiting.is_empty() && board.booked.is_empty() && !board.open);
    let asks = [
        ("", Value::Null),
        ("/confirm", json!({ "seen": 0 })),
        ("/decline", json!({ "seen": 0, "reason": "満席です。" })),
        ("/notes", json!({ "text": "メモ" })),
        ("/hand-over", json!({ "member": null })),
    ];
    for (act, body) in asks {
        let mut answers = Vec::new();
        for reference in [view.reference.as_str(), "ZZZZZZZZ"] {
            let path = format!("/desk/api/bookings/{reference}{act}");
            answers.push(match body {
                Value::Null => theirs.get(&server, &path).await,
                _ => theirs.post(&server, &path, &body.to_string()).await,
            });
        }
        assert_eq!(answers[0].status, 404, "{act}");
        assert_eq!((&answers[0].body, &answers[0].headers), (&answers[1].body, &answers[1].headers), "{act}");
    }
    let after = server.get(&format!("/api/v1/bookings/{}", view.token)).await;
    assert_eq!(BookingView::read(&after.body).unwrap().status, Status::Pending);
    // A colleague of another team cannot be given what is ours.
    let ours = seat(&server, Role::Member, Some("shimane")).await;
    let given = json!({ "member": theirs.member.id });
    let (status, refused) = problem(&doing(&server, &ours, &view.reference, "hand-over", given).await);
    assert_eq!((status, refused.fields[0].code.as_str()), (422, "no_colleague"));
}

pub fn caller(key: &str, start: &str) -> Value {
    json!({
        "key": key,
        "wish": { "start": start, "kind": "visit" },
        "letter": LetterView {
            channels: vec!["phone".to_owned()],
            hours: "平日の昼".to_owned(),
            may_leave_message: false,
            discreet: true,
            name: CANARY.to_owned(),
            phone: "0852-21-0000".to_owned(),
            mail: String::new(),
            stage: None,
            topics: vec!["money".to_owned()],
            note: String::new(),
            language: "ja".to_owned(),
        },
        "consent": true,
    })
}

// The line broke while she was on the telephone; the colleague pressed 「予約する」 again, and she had two times.
#[tokio::test]
async fn a_booking_for_a_caller_stands_at_once_and_twice_is_once() {
    let server = Server::start().open("shimane").await;
    let her = seat(&server, Role::Member, Some("shimane")).await;
    let times: Times = of(&her.get(&server, "/desk/api/times?days=3&kind=visit").await);
    let start = &times.times[0].start;
    let public = offer(&server).await;
    assert!(*start < public.times[0].start, "the team is not bound by its own lead time");
    let body = caller("one", start);
    let first: Record = of(&her.post(&server, "/desk/api/bookings", &body.to_string()).await);
    let second: Record = of(&her.post(&server, "/desk/api/bookings", &body.to_string()).await);
    assert_eq!((first.card.status, &first.card.start), (Status::Confirmed, start));
    assert_eq!(first.card, second.card);
    assert_eq!(first.letter.unwrap().hours, "平日の昼");

    let mut unasked = caller("two", &times.times[1].start);
    unasked["consent"] = false.into();
    unasked["letter"]["phone"] = "".into();
    let (status, wrong) = problem(&her.post(&server, "/desk/api/bookings", &unasked.to_string()).await);
    assert_eq!((status, wrong.code), (422, Fault::Invalid));
    let codes: Vec<&str> = wrong.fields.iter().map(|field| field.code.as_str()).collect();
    assert_eq!(codes, ["no_way_back", "channel_without_address", "consent_missing"]);
}

// He printed the list of tomorrow, and nobody could say afterwards who had carried six names out of the house.
#[tokio::test]
async fn what_is_printed_is_written_down_one_by_one() {
    let (server, view) = asked().await;
    let her = seat(&server, Role::Member, Some("shimane")).await;
    let day =
        domain::calendar::JstTime::from_unix_seconds(domain::calendar::from_rfc3339(&view.start).unwrap());
    let sheet: Vec<Record> =
        of(&her.get(&server, &format!("/desk/api/sheet?day={}", day.date.to_text())).await);
    assert_eq!(sheet.len(), 1);
    assert_eq!(sheet[0].history[0].what, "printed");
    for bad in [
        "/desk/api/sheet",
        "/desk/api/sheet?day=tomorrow",
        "/desk/api/board?days=63",
        "/desk/api/board?days=0",
    ] {
        assert_eq!(problem(&her.get(&server, bad).await).1.code, Fault::Malformed, "{bad}");
    }
}

// The board had been open since the morning; a request of ten o'clock was seen at four.
#[tokio::test]
async fn the_live_line_tells_of_a_change_and_ends_with_the_session() {
    let (server, view) = asked().await;
    let her = seat(&server, Role::Member, Some("shimane")).await;
    let cookie = [("cookie", format!("tonari-desk={}", her.token))];
    let headers: Vec<(&str, &str)> = cookie.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut line = server.open_line("/desk/api/live", &headers).await;
    let mut heard = String::new();
    let mut hear = async |what: &str| {
        while !heard.contains(what) {
            let frame = line.frame().await.expect("the line goes on").unwrap();
            heard.push_str(&String::from_utf8_lossy(&frame.into_data().unwrap_or_default()));
        }
        std::mem::take(&mut heard)
    };
    let board: Board = of(&her.get(&server, "/desk/api/board").await);
    assert!(hear("event: board").await.contains(&board.version.to_string()));
    doing(&server, &her, &view.reference, "confirm", json!({ "seen": 0 })).await;
    let changed = hear("event: board").await;
    let board: Board = of(&her.get(&server, "/desk/api/board").await);
    assert!(changed.contains(&board.version.to_string()), "{changed}");
    her.post(&server, "/desk/api/sign-out", "").await;
    hear("event: signed_out").await;
}

// A colleague was disabled on the busiest morning of the year; her board went on hearing, because it was never quiet.
#[tokio::test]
async fn the_live_line_of_a_session_that_is_over_ends_also_where_a_board_never_rests() {
    let (server, view) = asked().await;
    let her = seat(&server, Role::Member, Some("shimane")).await;
    let colleague = seat(&server, Role::Member, Some("shimane")).await;
    let cookie = format!("tonari-desk={}", her.token);
    let mut line = server.open_line("/desk/api/live", &[("cookie", &cookie)]).await;
    her.post(&server, "/desk/api/sign-out", "").await;
    let note = format!("/desk/api/bookings/{}/notes", view.reference);
    let mut changes = 0;
    loop {
        let frame = line.frame().await.expect("the line says that it is over").unwrap();
        let heard = String::from_utf8_lossy(&frame.into_data().unwrap_or_default()).into_owned();
        if heard.contains("signed_out") {
            break;
        }
        changes += 1;
        assert!(changes < 10, "it goes on as long as something changes");
        let written = colleague.post(&server, &note, "{\"text\":\"折り返し\"}").await;
        assert_eq!(written.status, 200, "{}", written.text());
    }
}

// The hours of Thursday were taken out, and the two who had booked them stood before a locked door.
#[tokio::test]
async fn times_are_saved_once_whoever_saves_knows_whom_that_leaves_outside() {
    let (server, view) = asked().await;
    let her = seat(&server, Role::Member, Some("shimane")).await;
    let there: Availability = of(&her.get(&server, "/desk/api/availability").await);
    assert!(there.taken.iter().any(|one| one.start == view.start) && there.fictional);
    let mut rules = there.rules.clone().unwrap();
    rules.weekly.clear();
    let mut new = NewAvailability { rules, mark: there.mark.clone(), known: Vec::new() };
    let save = async |new: &NewAvailability| {
        her.post(&server, "/desk/api/availability", &serde_json::to_string(new).unwrap()).await
    };
    let (status, refused) = problem(&save(&new).await);
    assert_eq!((status, refused.code), (409, Fault::HitsBookings));
    let hits: Vec<String> = refused.hits.into_iter().map(|card| card.reference).collect();
    assert_eq!(hits, [view.reference.as_str()]);
    new.known = hits;
    let saved: Availability = of(&save(&new).await);
    assert_eq!((saved.rules, saved.fictional), (Some(new.rules.clone()), true));
    assert!(offer(&server).await.times.is_empty());
    let kept = server.get(&format!("/api/v1/bookings/{}", view.token)).await;
    assert_eq!(BookingView::read(&kept.body).unwrap().status, Status::Pending, "she keeps her time");

    // Another tab still had the hours of before.
    let late = NewAvailability { rules: there.rules.unwrap(), mark: there.mark, known: Vec::new() };
    assert_eq!(problem(&save(&late).await).1.code, Fault::ChangedMeanwhile);
    let mut wrong = late;
    wrong.rules.weekly[0].hours.from = "9:30".to_owned();
    let (status, wrong) = problem(&save(&wrong).await);
    assert_eq!((status, wrong.fields[0].field.as_str()), (422, "weekly[0].from"));
}
