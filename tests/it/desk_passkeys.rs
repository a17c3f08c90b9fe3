//! In by an invitation, and again by a passkey: the whole ceremony, with a device in software.

use domain::api::desk::{Begun, Finish};
use domain::staff::Role;

use crate::desk::{OURS, Seated, entries, invited, seat};
use crate::device::{Device, LOCAL};
use crate::server_under_test::{Answer, Server};

async fn ask(server: &Server, path: &str, finish: &Finish) -> Answer {
    server.post(path, &OURS, serde_json::to_string(finish).unwrap()).await
}

fn begun(answer: &Answer) -> Begun {
    assert_eq!(answer.status, 200, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

fn finish(begun: &Begun, credential: String, name: Option<&str>) -> Finish {
    Finish { ceremony: begun.ceremony.clone(), credential, name: name.map(str::to_owned) }
}

async fn begin_joining(server: &Server, code: &str) -> Begun {
    begun(&server.post(&format!("/desk/api/invitations/{code}/begin"), &OURS, "").await)
}

async fn join(server: &Server, code: &str, device: &mut Device) -> Answer {
    let begun = begin_joining(server, code).await;
    let made = device.create(LOCAL, &begun).await.unwrap();
    let path = format!("/desk/api/invitations/{code}/finish");
    ask(server, &path, &finish(&begun, made, Some("佐藤"))).await
}

async fn sign_in(server: &Server, device: &mut Device) -> Answer {
    let begun = begun(&server.post("/desk/api/sign-in/begin", &OURS, "").await);
    let shown = device.show(LOCAL, &begun).await.unwrap();
    ask(server, "/desk/api/sign-in/finish", &finish(&begun, shown, None)).await
}

fn code(answer: &Answer) -> String {
    answer.json()["code"].as_str().unwrap_or_default().to_owned()
}

fn token(answer: &Answer) -> String {
    let cookie = answer.header("set-cookie");
    let (pair, rest) = cookie.split_once(';').unwrap();
    assert_eq!(rest, " Path=/; HttpOnly; SameSite=Strict");
    pair.strip_prefix("tonari-desk=").unwrap().to_owned()
}

#[tokio::test]
async fn who_is_invited_comes_in_with_a_passkey_and_again_without_a_name() {
    let server = Server::start();
    let invitation = invited(&server, Role::Member, Some("shimane"), None).await;
    let seen = server.get(&format!("/desk/api/invitations/{invitation}")).await.json();
    assert_eq!((&seen["role"], &seen["association"]["id"]), (&"member".into(), &"shimane".into()));
    let mut device = Device::default();
    let joined = join(&server, &invitation, &mut device).await;
    assert_eq!(joined.status, 200, "{}", joined.text());
    assert_eq!(joined.json()["member"]["name"], "佐藤");
    let first = token(&joined);
    server.pass(13 * 3600);
    let signed_in = sign_in(&server, &mut device).await;
    assert_eq!(signed_in.status, 200, "{}", signed_in.text());
    let second = token(&signed_in);
    assert_ne!(first, second);
    let listed = Seated::of(second).get(&server, "/desk/api/passkeys").await.json();
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert!(listed[0]["used_at"].is_string());
    assert_eq!(entries(&server).await, ["invited", "joined", "signed_in"]);
    let again = server.get(&format!("/desk/api/invitations/{invitation}")).await;
    assert_eq!((again.status.as_u16(), code(&again)), (410, "invitation_over".to_owned()));
}

// What her browser had sent was read by somebody on the way and sent once more.
#[tokio::test]
async fn a_ceremony_is_finished_once_in_time_and_by_whom_it_was_begun_for() {
    let server = Server::start();
    let mut device = Device::default();
    let invitation = invited(&server, Role::Lead, Some("shimane"), None).await;
    join(&server, &invitation, &mut device).await;
    let begin = async || begun(&server.post("/desk/api/sign-in/begin", &OURS, "").await);
    let try_in = async |finish: &Finish| {
        let answer = ask(&server, "/desk/api/sign-in/finish", finish).await;
        (answer.status.as_u16(), if answer.status == 200 { String::new() } else { code(&answer) })
    };
    let refused = (403, "passkey_refused".to_owned());
    let begun_now = begin().await;
    let once = finish(&begun_now, device.show(LOCAL, &begun_now).await.unwrap(), None);
    assert_eq!(try_in(&once).await.0, 200);
    assert_eq!(try_in(&once).await, refused, "a second time");
    let late = begin().await;
    let late = finish(&late, device.show(LOCAL, &late).await.unwrap(), None);
    server.pass(300);
    assert_eq!(try_in(&late).await, refused, "after five minutes");
    let (one, other) = (begin().await, begin().await);
    let mixed = finish(&one, device.show(LOCAL, &other).await.unwrap(), None);
    assert_eq!(try_in(&mixed).await, refused, "the answer to another challenge");
    let other_door = invited(&server, Role::Member, Some("shimane"), None).await;
    let joining = begin_joining(&server, &other_door).await;
    let shown = begin().await;
    let crossed = finish(&joining, device.show(LOCAL, &shown).await.unwrap(), None);
    assert_eq!(try_in(&crossed).await, refused, "begun for joining");
    for nonsense in ["", "{}", "null", "[[["] {
        let begun = begin().await;
        assert_eq!(try_in(&finish(&begun, nonsense.to_owned(), None)).await, refused, "{nonsense:?}");
    }
}

// A page of a look-alike name let her sign in to itself, and passed on what her telephone said to it.
#[tokio::test]
async fn what_a_device_says_to_another_page_or_without_her_finger_lets_nobody_in() {
    let server = Server::start();
    let mut device = Device::default();
    let invitation = invited(&server, Role::Lead, Some("shimane"), None).await;
    join(&server, &invitation, &mut device).await;
    let begin = async || begun(&server.post("/desk/api/sign-in/begin", &OURS, "").await);
    // With our name, from a browser that does not look; and with its own.
    for named in ["localhost", "tonari.example"] {
        let begun = begin().await;
        let mut options: serde_json::Value = serde_json::from_str(&begun.options).unwrap();
        options["rpId"] = named.into();
        let elsewhere = Begun { options: options.to_string(), ..begun };
        let shown = device.show("https://tonari.example", &elsewhere).await.unwrap();
        let answer = ask(&server, "/desk/api/sign-in/finish", &finish(&elsewhere, shown, None)).await;
        assert_eq!((answer.status.as_u16(), code(&answer)), (403, "passkey_refused".to_owned()), "{named}");
    }
    let mut stolen = Device { is_strangers: true, ..device.clone() };
    let begun = begin().await;
    let shown = stolen.show(LOCAL, &begun).await;
    assert!(shown.is_err(), "a device that asks for the finger");
    // One that was made to forget to ask.
    let mut options: serde_json::Value = serde_json::from_str(&begun.options).unwrap();
    options["userVerification"] = "discouraged".into();
    let shown = stolen.show_as_asked(LOCAL, &options.to_string()).await.unwrap();
    let answer = ask(&server, "/desk/api/sign-in/finish", &finish(&begun, shown, None)).await;
    assert_eq!((answer.status.as_u16(), code(&answer)), (403, "passkey_refused".to_owned()));
    assert_eq!(entries(&server).await, ["invited", "joined"]);
}

// A backup of her telephone was put on another one, and two people came and went by one name.
#[tokio::test]
async fn of_a_passkey_that_is_there_twice_the_one_that_counts_less_is_refused_and_written_down() {
    let server = Server::start();
    let mut device = Device::default();
    let invitation = invited(&server, Role::Lead, Some("shimane"), None).await;
    join(&server, &invitation, &mut device).await;
    let mut copy = device.clone();
    assert_eq!(sign_in(&server, &mut device).await.status, 200);
    assert_eq!(sign_in(&server, &mut device).await.status, 200);
    let refused = sign_in(&server, &mut copy).await;
    assert_eq!((refused.status.as_u16(), code(&refused)), (403, "passkey_refused".to_owned()));
    assert_eq!(entries(&server).await, ["invited", "joined", "signed_in", "signed_in", "passkey_cloned"]);
    assert_eq!(sign_in(&server, &mut device).await.status, 200, "hers counts on");
}

#[tokio::test]
async fn a_second_passkey_is_added_on_another_device_and_the_last_one_is_not_removed() {
    let server = Server::start();
    let (mut telephone, mut stick) = (Device::default(), Device::default());
    let invitation = invited(&server, Role::Member, Some("shimane"), None).await;
    let her = Seated::of(token(&join(&server, &invitation, &mut telephone).await));
    let begin = async || begun(&her.post(&server, "/desk/api/passkeys/begin", "{}").await);
    let same = telephone.create(LOCAL, &begin().await).await;
    assert_eq!(
        same.unwrap_err(),
        "AuthenticatorError(25)",
        "CTAP2_ERR_CREDENTIAL_EXCLUDED: it has one already"
    );
    let added = begin().await;
    let made = stick.create(LOCAL, &added).await.unwrap();
    let other = seat(&server, Role::Member, Some("shimane")).await;
    let finish = serde_json::to_string(&finish(&added, made, None)).unwrap();
    let listed = her.post(&server, "/desk/api/passkeys/finish", &finish).await;
    assert_eq!(listed.json().as_array().unwrap().len(), 2, "{}", listed.text());
    assert_eq!(other.post(&server, "/desk/api/passkeys/finish", &finish).await.status, 403);
    let id = |n: usize| format!("/desk/api/passkeys/{}/remove", listed.json()[n]["id"]);
    assert_eq!(other.post(&server, &id(0), "").await.status, 404, "a colleague's");
    // Her telephone was taken, with the desk open on it; without its passkey it still read on for twelve hours.
    let taken = Seated::of(token(&sign_in(&server, &mut telephone).await));
    assert_eq!(taken.get(&server, "/desk/api/me").await.status, 200);
    assert_eq!(her.post(&server, &id(0), "").await.status, 200);
    assert_eq!(taken.get(&server, "/desk/api/me").await.status, 401, "whoever has it is out");
    assert_eq!(her.get(&server, "/desk/api/me").await.status, 200, "she goes on");
    assert_eq!(other.get(&server, "/desk/api/me").await.status, 200, "nobody else's affair");
    let last = her.post(&server, &id(1), "").await;
    assert_eq!((last.status.as_u16(), code(&last)), (409, "last_one".to_owned()));
    let gone = sign_in(&server, &mut telephone).await;
    assert_eq!((gone.status.as_u16(), code(&gone)), (403, "passkey_refused".to_owned()));
    assert_eq!(sign_in(&server, &mut stick).await.status, 200);
}

// She was at lunch with her desk open; somebody who passed by gave himself a key to it.
#[tokio::test]
async fn ways_in_are_changed_by_her_finger_and_not_by_an_open_desk() {
    let server = Server::start();
    let (mut telephone, mut stick) = (Device::default(), Device::default());
    let invitation = invited(&server, Role::Member, Some("shimane"), None).await;
    let her = Seated::of(token(&join(&server, &invitation, &mut telephone).await));
    server.pass(601);
    let refused = her.post(&server, "/desk/api/passkeys/begin", "{}").await;
    assert_eq!((refused.status.as_u16(), code(&refused)), (403, "sign_in_again".to_owned()));
    let listed = her.get(&server, "/desk/api/passkeys").await;
    let remove = format!("/desk/api/passkeys/{}/remove", listed.json()[0]["id"]);
    let refused = her.post(&server, &remove, "").await;
    assert_eq!((refused.status.as_u16(), code(&refused)), (403, "sign_in_again".to_owned()));
    let her = Seated::of(token(&sign_in(&server, &mut telephone).await));
    let begun = begun(&her.post(&server, "/desk/api/passkeys/begin", "{}").await);
    let made = stick.create(LOCAL, &begun).await.unwrap();
    let finish = serde_json::to_string(&finish(&begun, made, None)).unwrap();
    let added = her.post(&server, "/desk/api/passkeys/finish", &finish).await;
    assert_eq!(added.json().as_array().unwrap().len(), 2, "{}", added.text());
}

// She found in the morning that the screen in the meeting room had been hers all night, and had to ask a lead to end it.
#[tokio::test]
async fn she_sees_where_she_is_signed_in_and_ends_it_from_elsewhere() {
    let server = Server::start();
    let mut telephone = Device::default();
    let invitation = invited(&server, Role::Member, Some("shimane"), None).await;
    let room = Seated::of(token(&join(&server, &invitation, &mut telephone).await));
    let other = seat(&server, Role::Member, Some("shimane")).await;
    server.pass(600);
    let copies = [sign_in(&server, &mut telephone).await, sign_in(&server, &mut telephone).await];
    let [her, bus] = copies.map(|answer| Seated::of(token(&answer)));
    let listed = her.get(&server, "/desk/api/sessions").await.json();
    let here: Vec<_> = listed.as_array().unwrap().iter().map(|one| one["here"] == true).collect();
    assert_eq!(here.iter().filter(|here| **here).count(), 1, "{listed}");
    assert_eq!(here.len(), 3, "{listed}");
    // The first to come in is the last of the list.
    let rooms = format!("/desk/api/sessions/{}/end", listed[2]["id"].as_str().unwrap());
    assert_eq!(other.post(&server, &rooms, "").await.status, 404, "a colleague's");
    let ended = room.post(&server, "/desk/api/sessions/others/end", "").await;
    assert_eq!(ended.status, 200, "ten minutes are fresh");
    assert_eq!(her.get(&server, "/desk/api/me").await.status, 401);
    assert_eq!(bus.get(&server, "/desk/api/me").await.status, 401);
    server.pass(1);
    let refused = room.post(&server, "/desk/api/sessions/others/end", "").await;
    assert_eq!((refused.status.as_u16(), code(&refused)), (403, "sign_in_again".to_owned()));
    let her = Seated::of(token(&sign_in(&server, &mut telephone).await));
    let left = her.post(&server, &rooms, "").await;
    assert_eq!(left.json().as_array().unwrap().len(), 1, "{}", left.text());
    assert_eq!(room.get(&server, "/desk/api/me").await.status, 401);
    assert_eq!(her.post(&server, &rooms, "").await.status, 404, "it has ended");
    // What has ended by itself is not in the list any more, though nobody has forgotten it yet.
    server.pass(1_000);
    let again = Seated::of(token(&sign_in(&server, &mut telephone).await));
    server.pass(1_000);
    let listed = again.get(&server, "/desk/api/sessions").await.json();
    assert_eq!(listed.as_array().unwrap().len(), 1, "{listed}");
}

// Her name was refused, and the passkey she had just made stayed on her telephone, of no use to anybody.
#[tokio::test]
async fn a_name_that_is_none_uses_up_neither_ceremony_nor_invitation() {
    let server = Server::start();
    let invitation = invited(&server, Role::Member, Some("shimane"), None).await;
    let begun = begin_joining(&server, &invitation).await;
    let made = Device::default().create(LOCAL, &begun).await.unwrap();
    let path = format!("/desk/api/invitations/{invitation}/finish");
    for name in [None, Some("  "), Some("a\nb")] {
        let answer = ask(&server, &path, &finish(&begun, made.clone(), name)).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["fields"][0]["field"]), (422, &"name".into()));
    }
    assert_eq!(ask(&server, &path, &finish(&begun, made, Some("佐藤"))).await.status, 200);
}

// She had lost her telephone; a lead let her in again, and the telephone that was found did not open the desk any more.
#[tokio::test]
async fn who_is_let_in_again_by_a_lead_has_her_new_passkey_only() {
    let server = Server::start();
    let lead = seat(&server, Role::Lead, Some("shimane")).await;
    let (mut lost, mut new) = (Device::default(), Device::default());
    let invitation = invited(&server, Role::Member, Some("shimane"), None).await;
    let joined = join(&server, &invitation, &mut lost).await;
    let (id, before) = (joined.json()["member"]["id"].clone(), Seated::of(token(&joined)));
    let invite = format!(r#"{{"role":"member","member":{id}}}"#);
    let answer = lead.post(&server, "/desk/api/invitations", &invite).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let link = answer.json()["link"].as_str().unwrap().to_owned();
    let (_, again) = link.split_once("/desk/invitation#").unwrap();
    assert_eq!(before.get(&server, "/desk/api/me").await.status, 200, "not before she uses it");
    let back = join(&server, again, &mut new).await;
    assert_eq!((&back.json()["member"]["id"], &back.json()["passkeys"]), (&id, &1.into()));
    assert_eq!(before.get(&server, "/desk/api/me").await.status, 401);
    assert_eq!(sign_in(&server, &mut lost).await.status, 403);
    assert_eq!(sign_in(&server, &mut new).await.status, 200);
}
