//! Whom the team telephones today, in which room it meets her, and what the federation knows of desks.

use domain::api::desk::ops::{Association, Number, ToCall};
use domain::api::desk::{Board, CallMark, Record, Times};
use domain::booking::contact::Channel;
use domain::staff::Role;
use mail_parser::MessageParser;
use server::store::Opening;
use tests::smtp::MailServer;

use crate::bookings::{CANARY, team};
use crate::desk::{entries, seat};
use crate::desk_board::{caller, of, problem};
use crate::mails::{book, by_mail, deliver, delivery};
use crate::server_under_test::Server;

fn day_of(start: &str) -> String {
    let at = domain::calendar::from_rfc3339(start).unwrap();
    domain::calendar::JstTime::from_unix_seconds(at).date.to_text()
}

// Two colleagues called her within ten minutes, and the second rang while he was in the room.
#[tokio::test]
async fn who_is_to_be_telephoned_is_a_list_without_numbers_and_each_call_is_seen_by_all() {
    let server = Server::start().open("shimane").await;
    let one = seat(&server, Role::Member, Some("shimane")).await;
    let other = seat(&server, Role::Member, Some("shimane")).await;
    let mut safe = by_mail();
    safe.contact.safety.channels = [Channel::Phone].into_iter().collect();
    safe.contact.safety.hours = "平日の昼".to_owned();
    let view = book(&server, "k1", &safe).await;
    let list = format!("/desk/api/calls?day={}", day_of(&view.start));
    let answer = one.get(&server, &list).await;
    assert!(!answer.text().contains("090-1234-5678") && !answer.text().contains(CANARY));
    let listed: Vec<ToCall> = of(&answer);
    assert_eq!(listed.len(), 1);
    assert!(listed[0].may_call && listed[0].calls.is_empty());
    assert_eq!(listed[0].hours, "平日の昼");

    let path = format!("/desk/api/calls/{}", view.reference);
    let number: Number = of(&one.get(&server, &path).await);
    assert_eq!(number.letter.unwrap().phone, "090-1234-5678");
    for mark in ["not_reached", "done"] {
        let body = format!("{{\"mark\":\"{mark}\"}}");
        assert_eq!(one.post(&server, &path, &body).await.status, 200);
    }
    let seen: Vec<ToCall> = of(&other.get(&server, &list).await);
    let marks: Vec<(CallMark, &str)> = seen[0].calls.iter().map(|call| (call.mark, &*call.by)).collect();
    assert_eq!(marks, [(CallMark::NotReached, "田中"), (CallMark::Done, "田中")]);
    let record: Record = of(&one.get(&server, &format!("/desk/api/bookings/{}", view.reference)).await);
    let what: Vec<&str> = record.history.iter().rev().map(|one| one.what.as_str()).collect();
    assert_eq!(what, ["opened", "called", "called", "opened"]);
    assert!(entries(&server).await.contains(&"calls_listed".to_owned()));

    let gunma = seat(&server, Role::Lead, Some("gunma")).await;
    assert_eq!(gunma.get(&server, &path).await.status, 404);
    assert_eq!(gunma.post(&server, &path, "{\"mark\":\"done\"}").await.status, 404);
    assert_eq!(of::<Vec<ToCall>>(&gunma.get(&server, &list).await).len(), 0);
    let told = server.bookings.disclose(&view.reference, "cli:hanako").await.unwrap();
    assert_eq!(told["telephoned"].as_array().unwrap().len(), 2, "what is kept is told");
}

// She wrote an address only; the list would have had somebody ring at her home.
#[tokio::test]
async fn whom_it_is_not_safe_to_telephone_is_on_no_list_but_for_a_consultation_by_telephone() {
    let server = Server::start().open("shimane").await;
    let her = seat(&server, Role::Member, Some("shimane")).await;
    let mut by_mail_only = by_mail();
    by_mail_only.contact.safety.channels = [Channel::Mail].into_iter().collect();
    let view = book(&server, "k1", &by_mail_only).await;
    let listed: Vec<ToCall> =
        of(&her.get(&server, &format!("/desk/api/calls?day={}", day_of(&view.start))).await);
    let by_phone = view.kind == domain::slot::Kind::Phone;
    assert_eq!(listed.len(), usize::from(by_phone));
    assert!(listed.iter().all(|one| !one.may_call));
}

// A colleague wrote the address down while she spoke, and nobody had asked who else reads it.
#[tokio::test]
async fn a_caller_gets_a_mail_where_she_said_that_a_mail_is_safe_and_else_her_address_is_refused() {
    let server = Server::start().open("shimane").await;
    let her = seat(&server, Role::Member, Some("shimane")).await;
    let times: Times = of(&her.get(&server, "/desk/api/times?days=3&kind=visit").await);
    let mut booking = caller("one", &times.times[0].start);
    booking["letter"]["mail"] = "hana@example.jp".into();
    let (status, wrong) = problem(&her.post(&server, "/desk/api/bookings", &booking.to_string()).await);
    assert_eq!((status, &*wrong.fields[0].code), (422, "not_asked"));
    booking["letter"]["channels"] = serde_json::json!(["phone", "mail"]);
    of::<Record>(&her.post(&server, "/desk/api/bookings", &booking.to_string()).await);
    let mail_server = MailServer::start().await.unwrap();
    deliver(&delivery(&server, &mail_server.url())).await;
    let mails = mail_server.received();
    assert_eq!(mails.len(), 1);
    let mail = MessageParser::default().parse(mails[0].data.as_bytes()).unwrap();
    assert!(!mail.body_text(0).unwrap().contains("島根"), "discreet, as it is unless she says otherwise");
}

// She stood before three closed doors with a booking that said only "2F".
#[tokio::test]
async fn a_room_is_on_the_board_and_told_to_her_where_the_team_wants_it() {
    for tells in [false, true] {
        let server = Server::start().open("shimane").await;
        let Opening { mut rules, fictional } = server.bookings.store.rules(team()).await.unwrap().unwrap();
        let before = rules.parse().unwrap();
        rules.rooms = vec!["第1相談室".to_owned(), "和室".to_owned()];
        rules.tell_room = tells;
        // Every time of the team is one at its office.
        for line in &mut rules.weekly {
            line.hours.kinds = vec![domain::slot::Kind::Visit];
        }
        assert_eq!(rules.parse().unwrap().horizon, before.horizon);
        let opening = Opening { rules, fictional };
        server.bookings.store.put_rules(team(), opening, (server.bookings.clock)()).await.unwrap();
        let mail_server = MailServer::start().await.unwrap();
        let delivery = delivery(&server, &mail_server.url());
        let view = book(&server, "k1", &by_mail()).await;
        deliver(&delivery).await;
        let her = seat(&server, Role::Member, Some("shimane")).await;
        let board: Board = of(&her.get(&server, "/desk/api/board?days=14").await);
        assert_eq!(board.booked[0].room.as_deref(), Some("第1相談室"));
        let sheet = format!("/desk/api/sheet?day={}", day_of(&view.start));
        let sheet: Vec<Record> = of(&her.get(&server, &sheet).await);
        assert_eq!(sheet[0].card.room.as_deref(), Some("第1相談室"));
        let mails = mail_server.received();
        let mail = MessageParser::default().parse(mails[0].data.as_bytes()).unwrap();
        let entry = mail.attachment(0).unwrap().text_contents().unwrap().replace("\r\n ", "");
        assert_eq!(mail.body_text(0).unwrap().contains("部屋：第1相談室"), tells);
        assert_eq!(entry.contains("第1相談室"), tells, "{entry}");
        let own = server.get(&format!("/api/v1/bookings/{}/calendar.ics", view.token)).await;
        let own = own.text().replace("\r\n ", "");
        assert!(own.contains("BEGIN:VEVENT"), "{own}");
        assert_eq!(own.contains("第1相談室"), tells, "{own}");
    }
}

// The federation typed an id out of its head, and invited the lead of another prefecture.
#[tokio::test]
async fn the_federation_sees_who_has_a_desk_and_nothing_about_founders_or_members() {
    let server = Server::start().open("shimane").await;
    book(&server, "k1", &by_mail()).await;
    let federation = seat(&server, Role::Federation, None).await;
    let lead = seat(&server, Role::Lead, Some("gunma")).await;
    let answer = federation.get(&server, "/desk/api/associations").await;
    assert!(!answer.text().contains("田中"));
    let all: Vec<Association> = of(&answer);
    assert_eq!(all.len(), 51);
    let told = |id: &str| {
        let one = all.iter().find(|one| one.place.id.as_str() == id).unwrap();
        (one.has_desk, one.takes_bookings)
    };
    assert_eq!(
        (told("gunma"), told("shimane"), told("akita")),
        ((true, false), (false, true), (false, false))
    );
    assert_eq!(lead.get(&server, "/desk/api/associations").await.status, 403);
}
