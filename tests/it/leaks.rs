//! Something leaked: from the first question to the women it concerns.

use domain::staff::Role;
use serde_json::Value;
use server::service::vault::Vault;
use server::store::Opening;

use crate::binary::tonari_on;
use crate::bookings::{CANARY, team};
use crate::desk::seat;
use crate::desk_board::{asked, booked};

/// After all that happens here; the command has a clock of its own.
const LATER: &str = "2040-01-01T00:00";

// A colleague's telephone was stolen, unlocked. The authority asked on the third day how many women it concerned.
#[tokio::test]
async fn f20_a_leak_is_told_with_whom_it_concerns_and_how_they_may_be_reached() {
    let (server, sample) = asked().await;
    let Opening { rules, .. } = server.bookings.store.rules(team()).await.unwrap().unwrap();
    let real = Opening { rules, fictional: false };
    server.bookings.store.put_rules(team(), real, (server.bookings.clock)()).await.unwrap();
    let (seen, unseen) = (booked(&server, "k2").await, booked(&server, "k3").await);
    let her = seat(&server, Role::Member, Some("shimane")).await;
    for opened in [&sample, &seen] {
        her.get(&server, &format!("/desk/api/bookings/{}", opened.reference)).await;
    }
    let (var, id) = (server.var.path(), her.member.id.to_string());

    let told = tonari_on(var, &["leak", "--member", &id, "--to", LATER]).unwrap();
    assert!((1..=9).all(|point| told.contains(&format!("\n{point} "))), "{told}");
    assert!(told.contains("最大1人") && told.contains(&seen.reference) && told.contains(" opened"), "{told}");
    assert!(!told.contains(&unseen.reference) && !told.contains(CANARY), "{told}");
    let before = tonari_on(var, &["leak", "--member", &id, "--to", "2001-01-01T00:00"]).unwrap();
    assert!(before.contains("最大0人"), "{before}");

    // Who was made up for trying things out is no woman that anybody has to write to.
    assert!(told.contains(&format!("{} ", sample.reference)) && told.contains(" fictional"), "{told}");

    // Safety stands above the number, and that somebody looked is written down.
    let told = tonari_on(var, &["leak", "--member", &id, "--to", LATER, "--reach"]).unwrap();
    let (safe, name) = (told.find("safe channels:").unwrap(), told.find(CANARY).unwrap());
    assert!(safe < name, "{told}");
    let kept: Value = serde_json::from_str(&tonari_on(var, &["disclose", &seen.reference]).unwrap()).unwrap();
    let looks: Vec<_> = kept["accesses"].as_array().unwrap().iter().map(|one| &one["who"]).collect();
    assert_eq!(looks, [&*format!("member:{id}"), "cli:hanako", "cli:hanako"]);

    let copy = ["leak", "--team", "shimane", "--to", LATER];
    let all: Vec<Value> =
        serde_json::from_str(&tonari_on(var, &[&copy[..], &["--json"]].concat()).unwrap()).unwrap();
    let references: Vec<_> = all.iter().map(|one| &one["reference"]).collect();
    assert_eq!(references, [&*sample.reference, &seen.reference, &unseen.reference]);
    let closed = tonari_on(var, &[&copy[..], &["--without-keys"]].concat()).unwrap();
    assert!(closed.contains("最大2人") && closed.contains("読めない暗号文"), "{closed}");
    // The keys of another machine were put there: whoever cannot be reached is named, and the list goes on.
    std::fs::remove_file(var.join("booking.keys")).unwrap();
    Vault::load_or_create(&var.join("booking.keys"), 0).unwrap();
    let told = tonari_on(var, &["leak", "--to", LATER, "--reach"]).unwrap();
    assert_eq!(
        told.matches("cannot be opened").count() + told.matches("no booking has").count(),
        3,
        "{told}"
    );
    let refused = tonari_on(var, &["leak", "--member", "4711"]).unwrap_err();
    assert_eq!(refused, "tonari: there is no member 4711\n");
}
