//! What a team writes, from the first words to its readers: who may do what, and what nobody else gets to see.

use domain::api::desk::publish::{DraftRecord, Drafts, RevisionView};
use domain::api::desk::{Fault, Problem};
use domain::content::draft::{Act, State};
use domain::staff::Role;
use serde_json::{Value, json};

use crate::desk::{Seated, entries, seat};
use crate::server_under_test::{Answer, Server};

fn story() -> Value {
    json!({
        "ja": { "title": "波の音がする食堂", "summary": "港の空き家で食堂を始めた話", "body": "はじめは**三席**でした。" },
        "sources": [{ "title": "島根県信用保証協会" }],
        "consent": "2026-11-20",
        "industries": ["food"], "areas": [32]
    })
}

fn crisis() -> Value {
    json!({
        "ja": { "title": "大雨の影響を受けた方へ", "summary": "ご相談ください", "body": "まず安全を。" },
        "sources": [{ "title": "島根県信用保証協会" }],
        "from": "2026-11-30T09:00", "to": "2026-12-14T09:00", "severity": "crisis", "areas": [32]
    })
}

async fn begin(server: &Server, her: &Seated, kind: &str, written: &Value) -> DraftRecord {
    let new = json!({ "key": "k1", "kind": kind, "written": written, "consent": "paper" });
    of(&her.post(server, "/desk/api/texts", &new.to_string()).await)
}

async fn try_step(server: &Server, her: &Seated, record: &DraftRecord, act: &str) -> Answer {
    let mut step = json!({ "seen": record.card.revision });
    if act == "ask" {
        step["words"] = Value::from("もう少し短く");
    }
    her.post(server, &format!("/desk/api/texts/{}/{act}", record.card.id), &step.to_string()).await
}

async fn step(server: &Server, her: &Seated, record: &DraftRecord, act: &str) -> DraftRecord {
    of(&try_step(server, her, record, act).await)
}

fn of<T: serde::de::DeserializeOwned>(answer: &Answer) -> T {
    assert_eq!(answer.status, 200, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

fn fault(answer: &Answer) -> Fault {
    serde_json::from_slice::<Problem>(&answer.body).unwrap().code
}

/// Of 島根: who writes, who reviews, who leads.
async fn three(server: &Server) -> [Seated; 3] {
    let member = async || seat(server, Role::Member, Some("shimane")).await;
    [member().await, member().await, seat(server, Role::Lead, Some("shimane")).await]
}

async fn status(server: &Server, path: &str) -> u16 {
    // Whoever looks, looks once a second.
    server.pass(2);
    server.get(path).await.status.as_u16()
}

// A story went out that only its author had read; the founder's village was in it.
#[tokio::test]
async fn a_story_goes_from_its_author_past_a_second_person_to_readers_and_back() {
    let server = Server::start();
    let [author, second, lead] = three(&server).await;
    let draft = begin(&server, &author, "story", &story()).await;
    assert_eq!((draft.card.state, &*draft.acts), (State::Draft, &[Act::Send, Act::Remove][..]));
    assert!(draft.may_write && draft.wrong.is_empty(), "{:?}", draft.wrong);

    let sent = step(&server, &author, &draft, "send").await;
    assert_eq!(sent.acts, [], "hers is done");
    assert_eq!(try_step(&server, &author, &sent, "approve").await.status, 403);
    let list: Drafts = of(&second.get(&server, "/desk/api/texts").await);
    assert!(list.own[0].waits_for_me);
    let asked = step(&server, &second, &sent, "ask").await;
    assert_eq!((asked.card.state, asked.comments[0].asked), (State::ChangesAsked, true));

    let mut shorter = story();
    shorter["ja"]["title"] = Value::from("波の音の食堂");
    let body = json!({ "written": shorter, "consent": "paper", "seen": 1 });
    let path = format!("/desk/api/texts/{}", draft.card.id);
    assert_eq!(second.post(&server, &path, &body.to_string()).await.status, 403, "she reviews");
    let written: DraftRecord = of(&author.post(&server, &path, &body.to_string()).await);
    let stale = try_step(&server, &second, &sent, "approve").await;
    assert_eq!((stale.status.as_u16(), fault(&stale)), (409, Fault::ChangedMeanwhile));
    let sent = step(&server, &author, &written, "send").await;
    let approved = step(&server, &second, &sent, "approve").await;
    assert_eq!(try_step(&server, &second, &approved, "publish").await.status, 403);
    let public = step(&server, &lead, &approved, "publish").await;
    let address = public.card.public.clone().unwrap();
    let id = format!("story-shimane-{}", draft.card.id);
    assert_eq!(address, format!("/read/{id}"));
    assert_eq!(status(&server, &address).await, 200);
    let shelf = server.get("/api/v1/stories").await;
    let shelf = shelf.text();
    assert!(shelf.contains(&id) && shelf.contains("波の音の食堂") && !shelf.contains("paper"));

    let revision: RevisionView = of(&second.get(&server, &format!("{path}/revisions/2")).await);
    assert_eq!(revision.before.unwrap().ja.title, "波の音がする食堂");
    step(&server, &lead, &public, "withdraw").await;
    assert_eq!(status(&server, &address).await, 410);
    let all = entries(&server).await;
    let drafts: Vec<&str> = all.iter().filter_map(|what| what.strip_prefix("draft_")).collect();
    let way = ["begun", "sent", "changes_asked", "written", "sent", "approved", "published", "withdrawn"];
    assert_eq!(drafts, way);
}

#[tokio::test]
async fn a_crisis_is_told_by_a_lead_alone_and_the_journal_says_so() {
    let server = Server::start();
    let [author, _, lead] = three(&server).await;
    let by_member = begin(&server, &author, "notice", &crisis()).await;
    assert_eq!(try_step(&server, &author, &by_member, "publish").await.status, 403);
    let draft = begin(&server, &lead, "notice", &crisis()).await;
    let public = step(&server, &lead, &draft, "publish").await;
    assert_eq!(status(&server, &public.card.public.unwrap()).await, 200);
    assert!(server.get("/api/v1/notices").await.text().contains("大雨の影響を受けた方へ"));
    assert!(entries(&server).await.contains(&"draft_published_alone".to_owned()));

    let mut calm = crisis();
    calm["severity"] = Value::from("warning");
    let new = json!({ "key": "k2", "kind": "notice", "written": calm });
    let draft: DraftRecord = of(&lead.post(&server, "/desk/api/texts", &new.to_string()).await);
    let alone = try_step(&server, &lead, &draft, "publish").await;
    assert_eq!((alone.status.as_u16(), fault(&alone)), (409, Fault::WrongState));
}

// The form said that something was wrong; which of forty fields it was stood nowhere.
#[tokio::test]
async fn what_is_wrong_is_said_by_its_field_and_a_half_written_text_is_kept_all_the_same() {
    let server = Server::start();
    let [author, ..] = three(&server).await;
    let mut half = story();
    half["sources"] = json!([{ "title": "協会", "url": "www.example.jp" }]);
    let draft = begin(&server, &author, "story", &half).await;
    let refused = try_step(&server, &author, &draft, "send").await;
    let problem: Problem = serde_json::from_slice(&refused.body).unwrap();
    assert_eq!((refused.status.as_u16(), problem.code), (422, Fault::Invalid));
    assert_eq!((&*problem.fields[0].field, &*problem.fields[0].code), ("sources[0].url", "not_an_address"));

    let new = json!({ "key": "k2", "kind": "story", "written": story() });
    let unasked: DraftRecord = of(&author.post(&server, "/desk/api/texts", &new.to_string()).await);
    assert_eq!(unasked.wrong[0].field, "consent-how");
    assert_eq!(try_step(&server, &author, &unasked, "send").await.status, 422);
    for body in [
        json!({ "key": "k3", "kind": "guide", "written": story() }),
        json!({ "key": "k3", "kind": "story", "written": { "id": "story-of-others" } }),
        json!({ "key": "k3", "kind": "story", "written": { "association": "gunma" } }),
        json!({ "key": "", "kind": "story", "written": story() }),
    ] {
        let answer = author.post(&server, "/desk/api/texts", &body.to_string()).await;
        assert_eq!(answer.status, 400, "{body}");
    }
    let long = json!({ "key": "k4", "kind": "story", "written": { "ja": { "body": "あ".repeat(8_000) },
        "easy": { "body": "あ".repeat(8_000) }, "en": { "body": "あ".repeat(8_000) } } });
    assert_eq!(author.post(&server, "/desk/api/texts", &long.to_string()).await.status, 200);
    let huge = json!({ "key": "k5", "kind": "story", "written": { "ja": { "body": "あ".repeat(60_000) } } });
    assert_eq!(author.post(&server, "/desk/api/texts", &huge.to_string()).await.status, 413);
}

// A number was counted up in the address, and a story that nobody had agreed to yet was on another team's screen.
#[tokio::test]
async fn another_teams_draft_is_the_same_as_none_until_a_case_is_shared() {
    let server = Server::start();
    let [author, second, lead] = three(&server).await;
    let other = seat(&server, Role::Lead, Some("gunma")).await;
    let case = json!({ "ja": story()["ja"], "sources": story()["sources"] });
    let draft = begin(&server, &author, "case", &case).await;
    let path = format!("/desk/api/texts/{}", draft.card.id);
    let (theirs, none) = (other.get(&server, &path).await, other.get(&server, "/desk/api/texts/999").await);
    assert_eq!((theirs.status.as_u16(), &theirs.body), (404, &none.body));
    for act in ["send", "approve", "publish", "withdraw", "remove"] {
        assert_eq!(try_step(&server, &other, &draft, act).await.status, 404, "{act}");
    }
    let comment = json!({ "text": "うちでもできそうです" }).to_string();
    assert_eq!(other.post(&server, &format!("{path}/comments"), &comment).await.status, 404);
    let inner: DraftRecord = of(&second.post(&server, &format!("{path}/comments"), &comment).await);
    assert!(!inner.comments[0].open);

    let sent = step(&server, &author, &draft, "send").await;
    let approved = step(&server, &second, &sent, "approve").await;
    assert_eq!(try_step(&server, &lead, &approved, "publish").await.status, 409, "first all associations");
    let shared = step(&server, &lead, &approved, "share").await;
    let list: Drafts = of(&other.get(&server, "/desk/api/texts").await);
    assert_eq!((list.own.len(), list.shared.len(), &*list.shared[0].by), (0, 1, "島根県信用保証協会"));
    let read: DraftRecord = of(&other.post(&server, &format!("{path}/comments"), &comment).await);
    assert_eq!(
        (read.comments.len(), read.comments[0].open),
        (1, true),
        "what the team said among itself is not there"
    );
    assert!(!read.is_own && !read.may_write && read.acts.is_empty());
    assert!(read.revisions.is_empty() && read.history.is_empty());
    assert_eq!(other.get(&server, &format!("{path}/revisions/1")).await.status, 404);
    assert_eq!(
        other.post(&server, &path, &json!({ "written": case, "seen": 1 }).to_string()).await.status,
        404
    );
    let ours: DraftRecord = of(&lead.get(&server, &path).await);
    let said: Vec<_> = ours.comments.iter().map(|one| one.association.as_deref()).collect();
    assert_eq!(said, [None, Some("群馬県信用保証協会")]);
    let public = step(&server, &lead, &shared, "publish").await;
    assert_eq!(status(&server, &public.card.public.unwrap()).await, 200);
}

// She took her consent back; what she had told them lay on at the desk.
#[tokio::test]
async fn what_is_removed_is_nowhere_any_more() {
    let server = Server::start();
    let [author, second, _] = three(&server).await;
    let draft = begin(&server, &author, "story", &story()).await;
    assert_eq!(try_step(&server, &second, &draft, "remove").await.status, 403);
    let gone = try_step(&server, &author, &draft, "remove").await;
    assert_eq!((gone.status.as_u16(), gone.text()), (200, "null"));
    assert_eq!(author.get(&server, &format!("/desk/api/texts/{}", draft.card.id)).await.status, 404);
    assert!(entries(&server).await.contains(&"draft_removed".to_owned()));
}
