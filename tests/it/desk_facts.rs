//! An association's own facts: from a desk into the signed edition that founders' phones take.

use axum::http::Method;
use domain::api::desk::facts::{FactLine, Facts};
use domain::api::desk::{Fault, Problem};
use domain::association::AssociationId;
use domain::directory::Edition;
use domain::profile::{Field, Freshness};
use domain::staff::Role;
use serde_json::{Value, json};
use server::config::Config;

use crate::desk::{Seated, entries, seat};
use crate::directory::{bundled, verifies};
use crate::server_under_test::{Answer, Server};
use crate::stories_on;

const PHONE: &str = "0852-21-0000";
/// The day of the server's clock.
const TODAY: &str = "2026-11-30";

fn of(answer: &Answer) -> Facts {
    assert_eq!(answer.status, 200, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

fn line(facts: &Facts, field: Field) -> &FactLine {
    facts.facts.iter().find(|line| line.field == field).unwrap()
}

fn problem(answer: &Answer) -> (Fault, Vec<(String, String)>) {
    let problem: Problem = serde_json::from_slice(&answer.body).unwrap();
    (problem.code, problem.fields.into_iter().map(|one| (one.field, one.code)).collect())
}

async fn write(server: &Server, her: &Seated, field: &str, change: Value) -> Answer {
    let mut new = json!({ "seen": 0, "value": PHONE, "own": true, "checked": TODAY });
    new.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    her.post(server, &format!("/desk/api/facts/{field}"), &new.to_string()).await
}

async fn publish(server: &Server, her: &Seated, facts: &Facts) -> Answer {
    let drafts: Vec<i64> =
        facts.facts.iter().filter_map(|line| line.draft.as_ref()).map(|one| one.id).collect();
    her.post(server, "/desk/api/facts/publish", &json!({ "drafts": drafts }).to_string()).await
}

async fn phone(server: &Server) -> (String, Option<String>) {
    let answer = server.get("/api/v1/associations").await;
    assert!(verifies(&server.get("/").await, &answer, &answer.body));
    let edition = Edition::parse(&answer.body).unwrap();
    assert_eq!(answer.header("tonari-edition"), edition.number.to_string());
    let shimane = edition.association(&AssociationId("shimane".to_owned())).unwrap().clone();
    (edition.number.to_string(), shimane.phone.map(|phone| phone.value))
}

// The number on a founder's phone had rung in an empty room for three years.
#[tokio::test]
async fn a_telephone_goes_from_a_members_draft_into_a_newer_signed_edition_and_back() {
    let server = Server::start();
    let before = phone(&server).await;
    let member = seat(&server, Role::Member, Some("shimane")).await;
    let lead = seat(&server, Role::Lead, Some("shimane")).await;
    let facts = of(&member.get(&server, "/desk/api/facts").await);
    assert_eq!((facts.edition, facts.published_at.as_deref()), (1, None));
    let there = line(&facts, Field::Phone);
    assert_eq!((there.freshness, there.seen), (Freshness::Stale, 0), "its source has no day");
    assert_eq!(line(&facts, Field::TeamFounded).freshness, Freshness::Unknown);
    assert_eq!(line(&facts, Field::Address).freshness, Freshness::Fresh);

    let drafted = of(&write(&server, &member, "phone", json!({})).await);
    let draft = line(&drafted, Field::Phone).draft.clone().unwrap();
    assert_eq!((draft.by.as_str(), draft.after.as_ref().unwrap().value.as_str()), ("田中", PHONE));
    assert_eq!(draft.after.unwrap().source, "島根県信用保証協会の申告（となりの窓口）");
    server.pass(1);
    assert_eq!(phone(&server).await, before, "a draft is nobody's but the team's");
    assert_eq!(publish(&server, &member, &drafted).await.status, 403);

    let published = of(&publish(&server, &lead, &drafted).await);
    assert_eq!((published.edition, published.published_at.is_some()), (2, true));
    assert_eq!(line(&published, Field::Phone).freshness, Freshness::Fresh);
    assert_eq!(phone(&server).await, ("2".to_owned(), Some(PHONE.to_owned())));
    assert_eq!(server.get("/api/v1/meta").await.json()["edition"], 2);
    let page = server.get("/associations/shimane").await;
    assert!(page.text().contains(PHONE), "its page, too");

    let seen = json!({ "seen": line(&published, Field::Phone).seen }).to_string();
    let back = of(&member.post(&server, "/desk/api/facts/phone/undo", &seen).await);
    let again = of(&publish(&server, &lead, &back).await);
    let history = &line(&again, Field::Phone).history;
    assert_eq!(history.iter().map(|one| one.edition).collect::<Vec<_>>(), [Some(3), Some(2)]);
    assert_eq!(history[0].after, history[1].before);
    assert_eq!(phone(&server).await, ("3".to_owned(), before.1));
    let told = entries(&server).await;
    let facts: Vec<&str> = told.iter().map(String::as_str).filter(|what| what.starts_with("fact")).collect();
    assert_eq!(facts, ["fact_drafted", "facts_published", "fact_taken_back", "facts_published"]);
}

// She had read an hour long what her colleague had changed in the first minute of it.
#[tokio::test]
async fn whoever_was_slower_has_changed_nothing_and_published_nothing() {
    let server = Server::start();
    let one = seat(&server, Role::Lead, Some("shimane")).await;
    let other = seat(&server, Role::Lead, Some("shimane")).await;
    let first = of(&write(&server, &one, "phone", json!({})).await);
    let late = write(&server, &other, "phone", json!({ "value": "0852-21-1111" })).await;
    assert_eq!((late.status.as_u16(), problem(&late).0), (409, Fault::ChangedMeanwhile));
    let again = of(&write(&server, &one, "phone", json!({})).await);
    assert_eq!(again, first, "sent twice is done once");
    write(&server, &other, "hours", json!({ "value": "月〜金 9:00〜17:00" })).await;
    let unseen = publish(&server, &one, &first).await;
    assert_eq!((unseen.status.as_u16(), problem(&unseen).0), (409, Fault::ChangedMeanwhile));
    assert_eq!(phone(&server).await.0, "1");
    let whole = of(&one.get(&server, "/desk/api/facts").await);
    assert_eq!(of(&publish(&server, &one, &whole).await).edition, 2);
    assert_eq!(of(&publish(&server, &one, &whole).await).edition, 2, "the answer was lost on its way");
}

#[tokio::test]
async fn one_tap_makes_a_fact_of_today_and_what_is_wrong_is_named() {
    let server = Server::start();
    let lead = seat(&server, Role::Lead, Some("shimane")).await;
    for field in ["phone", "address", "team"] {
        let path = format!("/desk/api/facts/{field}/confirm");
        of(&lead.post(&server, &path, "{\"seen\":0}").await);
    }
    let facts = of(&lead.get(&server, "/desk/api/facts").await);
    let facts = of(&publish(&server, &lead, &facts).await);
    for field in [Field::Phone, Field::Address, Field::Team] {
        let now = line(&facts, field).now.clone().unwrap();
        assert_eq!((now.checked.as_deref(), now.note), (Some(TODAY), None), "{field:?}");
    }
    let edition = Edition::parse(&server.get("/api/v1/associations").await.body).unwrap();
    let id = AssociationId("shimane".to_owned());
    let office = |edition: &Edition| edition.association(&id).unwrap().office.clone().unwrap().value;
    assert_eq!(office(&edition), office(&bundled()), "where it stands is as exact as before");
    let elsewhere = json!({ "value": "島根県出雲市今市町1番地", "seen": line(&facts, Field::Address).seen });
    let facts = of(&write(&server, &lead, "address", elsewhere).await);
    of(&publish(&server, &lead, &facts).await);
    let edition = Edition::parse(&server.get("/api/v1/associations").await.body).unwrap();
    assert_eq!(office(&edition).municipality, 32203);

    for (field, change, wrong) in [
        ("phone", json!({ "value": "電話" }), ("value", "phone")),
        ("address", json!({ "value": "東京都千代田区" }), ("value", "place")),
        ("hours", json!({ "own": false }), ("title", "missing")),
        ("hours", json!({ "checked": "2026-12-01" }), ("checked", "ahead")),
        ("name", json!({ "value": null }), ("value", "needed")),
    ] {
        let answer = write(&server, &lead, field, change).await;
        let wrong = vec![(wrong.0.to_owned(), wrong.1.to_owned())];
        assert_eq!((answer.status.as_u16(), problem(&answer)), (422, (Fault::Invalid, wrong)), "{field}");
    }
    let confirmed = lead.post(&server, "/desk/api/facts/team-founded/confirm", "{\"seen\":0}").await;
    assert_eq!(confirmed.status, 404, "nothing stands there");
    assert_eq!(lead.post(&server, "/desk/api/facts/first/undo", "{\"seen\":0}").await.status, 404);
}

// The program was renewed; the desk's telephone was gone, and phones refused everything under the lower number.
#[tokio::test]
async fn what_was_published_outlives_the_server_and_a_newer_file_lies_below_it() {
    let server = Server::start();
    let lead = seat(&server, Role::Lead, Some("shimane")).await;
    let facts = of(&write(&server, &lead, "phone", json!({})).await);
    of(&publish(&server, &lead, &facts).await);
    let published = phone(&server).await;
    assert_eq!(published, ("2".to_owned(), Some(PHONE.to_owned())));
    let var = server.var.path().to_path_buf();
    let there = |config: &mut Config| {
        config.database = stories_on::database(&var);
        config.var.clone_from(&var);
    };
    let again = Server::start_with(there);
    assert_eq!(phone(&again).await, published);
    let mut newer = Edition { number: 2, ..bundled() };
    let id = AssociationId("shimane".to_owned());
    let shimane = newer.associations.iter_mut().find(|one| one.id == id).unwrap();
    shimane.hours.as_mut().unwrap().value = "月〜金 10:00〜16:00".to_owned();
    std::fs::write(var.join("edition.json"), serde_json::to_vec(&newer).unwrap()).unwrap();
    let renewed = Server::start_with(there);
    let answer = renewed.get("/api/v1/associations").await;
    let edition = Edition::parse(&answer.body).unwrap();
    let shimane = edition.association(&id).unwrap();
    assert_eq!((edition.number, shimane.phone.as_ref().unwrap().value.as_str()), (3, PHONE));
    assert_eq!(
        shimane.hours.as_ref().unwrap().value,
        "月〜金 10:00〜16:00",
        "what no desk spoke of is the file's"
    );
    // The first server goes on beside it, and sends the same within a second.
    server.pass(1);
    assert_eq!(phone(&server).await.0, "3");
    let known = [("if-none-match", answer.header("etag"))];
    assert_eq!(server.ask(Method::GET, "/api/v1/associations", &known).await.status, 304, "byte for byte");
}

#[tokio::test]
async fn another_teams_facts_are_not_hers() {
    let server = Server::start();
    let shimane = seat(&server, Role::Lead, Some("shimane")).await;
    let akita = seat(&server, Role::Lead, Some("akita")).await;
    let facts = of(&write(&server, &shimane, "phone", json!({})).await);
    let hers = of(&akita.get(&server, "/desk/api/facts").await);
    assert!(hers.facts.iter().all(|line| line.draft.is_none() && line.history.is_empty()));
    assert_eq!(publish(&server, &akita, &facts).await.status, 409);
    assert_eq!(server.app.published().edition.number, 1);
    let federation = seat(&server, Role::Federation, None).await;
    assert_eq!(federation.get(&server, "/desk/api/facts").await.status, 403);
    assert_eq!(publish(&server, &federation, &facts).await.status, 403);
}
