//! A team's hands: the commands, on the data of a server.

use domain::api::{BOOKINGS, BookingView, Offer, slots_path};
use domain::association::AssociationId;
use domain::booking::Status;

use crate::binary::tonari_on as tonari;
use crate::bookings::{letter, request};
use crate::server_under_test::Server;

const TIMES: &str = r#"{
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
