//! What consultations were about: said by who held them, counted by answer, and nothing of it beside a founder.

use domain::api::desk::report::{National, Report};
use domain::api::desk::{Fault, Record, Town};
use domain::booking::{Event, Wish};
use domain::calendar::from_rfc3339;
use domain::report::few::Shown;
use domain::report::subject::Subject;
use domain::slot::Kind;
use domain::staff::Role;
use serde_json::json;
use server::service::vault::hash;
use server::store::journal::Entry;
use server::store::subjects::Saying;

use crate::bookings::{DAY, offer, team};
use crate::desk::{entries, seat};
use crate::desk_board::{asked, doing, of, problem};
use crate::desk_reports::book;
use crate::server_under_test::Server;

fn subject(industry: &str, stage: &str, area: &str) -> Subject {
    Subject { industry: industry.to_owned(), stage: stage.to_owned(), area: area.to_owned() }
}

// The prefecture asked which trades came; the team counted a year of paper by hand, and half of it was guessed.
#[tokio::test]
async fn what_a_consultation_was_about_is_said_by_who_held_it_and_counted_for_the_report() {
    let (server, view) = asked().await;
    let her = seat(&server, Role::Member, Some("shimane")).await;
    let none = Subject::default();
    let food = subject("food", "idea", "32201");
    let say = async |who, new: &Subject, seen: &Subject| {
        doing(&server, who, &view.reference, "subject", json!({ "subject": new, "seen": seen })).await
    };
    let early = problem(&say(&her, &food, &none).await);
    assert_eq!((early.0, early.1.code), (409, Fault::WrongState), "she has not been there");
    let _: Record = of(&doing(&server, &her, &view.reference, "confirm", json!({ "seen": 0 })).await);
    server.pass(29 * DAY);
    let her = seat(&server, Role::Member, Some("shimane")).await;
    let record: Record = of(&doing(&server, &her, &view.reference, "attended", json!({ "seen": 1 })).await);
    assert_eq!(record.subject, Some(none.clone()), "nobody has said anything");

    let towns: Vec<Town> = of(&her.get(&server, "/desk/api/towns").await);
    assert!(towns.len() == 19 && towns[0].code == "32201" && towns[0].name == "松江市", "{towns:?}");
    for (wrong, field) in [
        (subject("飲食", "", ""), "industry"),
        (subject("", "thinking", ""), "stage"),
        (subject("", "", "13101"), "area"),
    ] {
        let (status, refused) = problem(&say(&her, &wrong, &none).await);
        assert_eq!((status, refused.fields[0].field.as_str()), (422, field));
    }
    let record: Record = of(&say(&her, &food, &none).await);
    assert_eq!((record.subject.as_ref(), record.history[0].what.as_str()), (Some(&food), "subject"));
    let (status, refused) = problem(&say(&her, &subject("it", "", ""), &none).await);
    assert_eq!((status, refused.code), (409, Fault::ChangedMeanwhile), "a colleague had said it");
    assert!(refused.now.is_some());
    let gunma = seat(&server, Role::Lead, Some("gunma")).await;
    assert_eq!(say(&gunma, &food, &food).await.status, 404);

    let days = "from=2026-12-01&to=2026-12-31";
    let report: Report = of(&her.get(&server, &format!("/desk/api/report?{days}")).await);
    assert_eq!((report.subjects.industries[0], report.subjects.stages[0]), (1, 1));
    assert_eq!(report.subjects.areas, [("松江市".to_owned(), 1), (String::new(), 0)]);
    let totals = her.get(&server, &format!("/desk/api/report/totals.csv?{days}")).await.text().to_owned();
    for line in ["業種,飲食,1", "業種,記録なし,0", "段階,考えはじめた,1", "地域,松江市,1"]
    {
        assert!(totals.contains(&format!("\r\n{line}\r\n")), "{line}: {totals}");
    }
    let rows = her.get(&server, &format!("/desk/api/report/bookings.csv?{days}")).await.text().to_owned();
    assert!(!rows.contains("飲食") && !rows.contains("松江"), "a row would be somebody: {rows}");
    let told = server.bookings.disclose(&view.reference, "cli:hanako").await.unwrap();
    assert_eq!(told["subject"], json!(food), "what is kept is told");
    assert_eq!(entries(&server).await.iter().filter(|what| *what == "subject").count(), 1);
}

// One lodging house in the whole country had asked, and the national table named it as one.
#[tokio::test]
async fn the_federation_sees_industries_of_all_and_no_count_of_few() {
    let server = Server::start().open("shimane").await;
    let first = offer(&server).await.times.remove(0);
    let start = from_rfc3339(&first.start).unwrap();
    for kind in Kind::ALL {
        book(&server, "shimane", 16, Wish { start, kind }).await;
    }
    for (n, kind) in (0..36).zip(Kind::ALL.iter().cycle()) {
        let token = hash(&format!("shimane-{kind:?}-{}", n / 3));
        let came = server.bookings.store.find(token).await.unwrap().unwrap();
        server.bookings.store.happen(token, Event::Attend, start).await.unwrap();
        let subject = match n {
            0..30 => subject("food", "", ""),
            30 => subject("lodging", "", ""),
            _ => Subject::default(),
        };
        let saying = Saying { subject, by: 7, at: start };
        let entry = Entry {
            at: start,
            who: "member:7".to_owned(),
            association: Some(team()),
            what: "subject",
            about: format!("booking:{}", came.id),
            detail: String::new(),
        };
        assert!(server.bookings.boards.say(came.id, Subject::default(), saying, entry).await.unwrap());
    }
    server.pass(45 * DAY);
    let federation = seat(&server, Role::Federation, None).await;
    let national: National = of(&federation.get(&server, "/desk/api/report/national").await);
    assert_eq!(national.table.total, Some(48), "a quarter of them has not come yet");
    let industries = national.industries.unwrap();
    assert_eq!((industries.total, industries.counts[0]), (Some(36), Shown::Count(30)));
    assert_eq!(industries.counts[8], Shown::Few, "the one lodging house");
    // 36 - 30 - 5 leaves one, and it may be in any of ten.
    assert_eq!(industries.counts.last(), Some(&Shown::Count(5)));
    assert!(industries.counts[1..11].iter().all(|count| *count == Shown::Few));
    assert_eq!(national.stages.unwrap().counts.last(), Some(&Shown::Withheld), "nobody said anything");
}
