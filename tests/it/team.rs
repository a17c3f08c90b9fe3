//! A team's hands: the commands, on the data of a server.

use domain::api::{BOOKINGS, BookingView, Offer, slots_path};
use domain::association::AssociationId;
use domain::booking::Status;
use domain::outbox::{Entry, Key, Status as Queued};

use crate::binary::tonari_on as tonari;
use crate::bookings::{letter, request};
use crate::server_under_test::Server;

/// Of a team that confirms by hand.
pub const TIMES: &str = r#"{
    "weekly": [
        { "day": "mon", "from": "10:00", "to": "16:00", "length": 60, "every": 60, "places": 1, "kinds": ["visit"] },
        { "day": "thu", "from": "10:00", "to": "16:00", "length": 60, "every": 60, "places": 1, "kinds": ["visit"] }
    ],
    "lead_hours": 1, "horizon_days": 365, "cap": null, "deadline_hours": 24, "by_hand": true
}"#;

#[tokio::test]
async fn a_team_imports_its_times_and_answers_a_request() {
    let server = Server::start();
    let var = server.var.path().to_path_buf();
    let file = var.join("times.json");
    std::fs::write(&file, TIMES).unwrap();
    let file = file.to_str().unwrap();
    tonari(&var, &["slots", "import", "kochi", file]).unwrap();
    assert!(tonari(&var, &["slots", "show", "kochi"]).unwrap().contains("T10:00 60 min visit"));

    let team = AssociationId("kochi".to_owned());
    let offer = Offer::read(&server.get(&slots_path(&team)).await.body).unwrap();
    assert!(offer.by_hand && !offer.fictional);
    let headers = [("content-type", "application/json"), ("idempotency-key", "k1")];
    let answer = server.post(BOOKINGS, &headers, request(&offer, "k1", &letter()).to_json()).await;
    let booked = BookingView::read(&answer.body).unwrap();
    assert_eq!(booked.status, Status::Pending);

    let number = booked.reference.to_lowercase();
    let list = tonari(&var, &["bookings", "list", "kochi", "--from", "2026-11-30"]).unwrap();
    assert!(
        list.contains(&booked.reference) && list.contains("pending") && !list.contains("canary"),
        "{list}"
    );
    let shown = tonari(&var, &["bookings", "show", &number]).unwrap();
    let (safety, phone) = (shown.find("may leave a message: no").unwrap(), shown.find("phone: 090").unwrap());
    assert!(safety < phone, "how it is safe to reach her stands above her number:\n{shown}");
    assert!(tonari(&var, &["bookings", "confirm", &number]).unwrap().contains("confirmed"));
    let seen = server.get(&format!("{BOOKINGS}/{}", booked.token)).await;
    assert_eq!(BookingView::read(&seen.body).unwrap().status, Status::Confirmed);
    let twice = tonari(&var, &["bookings", "decline", &number]).unwrap_err();
    assert_eq!(twice, "tonari: it is confirmed already, so that cannot happen to it\n");
}

// The valley was cut off for a week. Her neighbour drove out and took her request along on a stick.
#[tokio::test]
async fn a_request_that_comes_as_a_file_is_the_one_her_phone_sends_later() {
    let server = Server::start();
    let var = server.var.path().to_path_buf();
    let times = var.join("times.json");
    std::fs::write(&times, TIMES).unwrap();
    tonari(&var, &["slots", "import", "kochi", times.to_str().unwrap()]).unwrap();
    let team = AssociationId("kochi".to_owned());
    let offer = Offer::read(&server.get(&slots_path(&team)).await.body).unwrap();
    let body = request(&offer, "k1", &letter()).to_json();
    let status = Queued::Queued { not_before_ms: 0 };
    let entry =
        Entry { key: Key("k1".to_owned()), body: body.clone(), created_at_ms: 0, attempts: 3, status };
    let (file, path) = (entry.to_file(), var.join("yoyaku.json"));
    let path = path.to_str().unwrap();
    std::fs::write(path, &file).unwrap();
    let first = tonari(&var, &["bookings", "receive", path]).unwrap();
    assert!(first.contains(" 60 min visit pending"), "{first}");
    assert_eq!(tonari(&var, &["bookings", "receive", path]).unwrap(), first);
    let headers = [("content-type", "application/json"), ("idempotency-key", "k1")];
    let sent = BookingView::read(&server.post(BOOKINGS, &headers, body).await.body).unwrap();
    assert!(first.starts_with(&sent.reference), "{first}");

    let refused = |text: &str| {
        std::fs::write(path, text).unwrap();
        tonari(&var, &["bookings", "receive", path]).unwrap_err()
    };
    assert!(refused(&file.replace("\"k1\"", "\"k2\"")).contains("its letter cannot be opened"));
    assert!(refused("{}").contains("is not a saved request"));
    assert!(refused(&" ".repeat(300_000)).contains("too large"));
}

// The team was full that week. Its request was declined without a word, and she took it personally.
#[tokio::test]
async fn a_team_says_why_it_declines_and_another_time_when_it_has_one() {
    let server = Server::start();
    let var = server.var.path().to_path_buf();
    let file = var.join("times.json");
    std::fs::write(&file, TIMES).unwrap();
    tonari(&var, &["slots", "import", "kochi", file.to_str().unwrap()]).unwrap();
    let offer = server.get(&slots_path(&AssociationId("kochi".to_owned()))).await;
    let offer = Offer::read(&offer.body).unwrap();
    let mut booked = Vec::new();
    for (key, time) in [("k1", &offer.times[0]), ("k2", &offer.times[4])] {
        let mut request = request(&offer, key, &letter());
        request.wishes[0].start.clone_from(&time.start);
        let answer = crate::bookings::send(&server, key, &request).await;
        booked.push(BookingView::read(&answer.body).unwrap());
    }
    let [hers, other] = [&booked[0].reference, &booked[1].reference];
    let on_time = |time: &str| domain::calendar::from_rfc3339(time).unwrap();
    let at = domain::calendar::JstTime::from_unix_seconds(on_time(&offer.times[2].start));
    let at = format!("{}T{:02}:{:02}", at.date.to_text(), at.minute / 60, at.minute % 60);
    assert!(tonari(&var, &["bookings", "propose", other, &at]).unwrap().contains(&at));
    assert!(tonari(&var, &["bookings", "propose", hers, &at]).unwrap_err().contains("not offered"));
    assert!(tonari(&var, &["bookings", "attended", other]).unwrap_err().contains("it has not begun"));
    assert!(tonari(&var, &["bookings", "decline", hers, "--reason", " "]).unwrap_err().contains("1 to 500"));
    for _ in 0..2 {
        tonari(&var, &["bookings", "decline", hers, "--reason", "この週は満席です。"]).unwrap();
    }
    let seen = BookingView::read(&server.get(&format!("{BOOKINGS}/{}", booked[0].token)).await.body).unwrap();
    assert_eq!((seen.status, seen.reason.as_deref()), (Status::Declined, Some("この週は満席です。")));
    let list = ["bookings", "list", "--from", "2026-11-30", "--status", "pending", "--json"];
    let list: serde_json::Value = serde_json::from_str(&tonari(&var, &list).unwrap()).unwrap();
    assert_eq!((list.as_array().unwrap().len(), &list[0]["reference"]), (1, &other.as_str().into()));
    assert!(tonari(&var, &["bookings", "list", "--status", "maybe"]).unwrap_err().contains("no state"));
}

#[test]
fn what_is_wrong_is_one_line_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let var = folder.path();
    let file = var.join("times.json");
    std::fs::write(&file, TIMES.replace("16:00\", \"length\": 60", "16:10\", \"length\": 60")).unwrap();
    let file = file.to_str().unwrap();
    let refused = |args: &[&str]| {
        let line = tonari(var, args).unwrap_err();
        assert_eq!(line.matches('\n').count(), 1, "{line}");
        line
    };
    assert!(
        refused(&["slots", "import", "kochi", file]).contains("weekly[0]: times are multiples of 15 minutes")
    );
    assert!(refused(&["slots", "show", "kochi"]).contains("there is no"));
    assert_eq!(std::fs::read_dir(var).unwrap().count(), 1, "a command in a wrong folder made something");
    assert!(refused(&["slots", "import", "tokyo", file]).contains("not listed with a women's team"));
    assert!(refused(&["slots", "import", "nowhere", file]).contains("no association \"nowhere\""));
    std::fs::write(file, TIMES).unwrap();
    tonari(var, &["slots", "import", "kochi", file]).unwrap();
    assert!(refused(&["slots", "show", "shimane"]).contains("takes no bookings here"));
    assert!(refused(&["slots", "why", "kochi", "tomorrow"]).contains("not a time like 2026-12-01T10:00"));
    assert!(refused(&["bookings", "show", "7K3M-9QF2"]).contains("no booking has the number 7K3M-9QF2"));
}
