//! What stands somewhere else and is taken over: a calendar, a file, a picture. Nothing of it reaches a reader by itself.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::api::desk::elsewhere::{Addresses, FileRead, LastLook, Looked};
use domain::api::desk::publish::{DraftRecord, Drafts, Shown};
use domain::api::desk::{Fault, Problem};
use domain::staff::Role;
use flate2::Crc;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use server::imports::fetch::{Names, Reach, Resolving};
use server::pictures::LARGEST;
use server::service::imports::Imports;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::desk::{Seated, seat};
use crate::server_under_test::{Answer, Server};

const PNG: &str = "image/png";

fn of<T: DeserializeOwned>(answer: &Answer) -> T {
    assert_eq!(answer.status, 200, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

/// The field and the code of what is wrong.
fn wrong(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, 422, "{}", answer.text());
    let problem: Problem = serde_json::from_slice(&answer.body).unwrap();
    let first = problem.fields.into_iter().next().unwrap();
    (first.field, first.code)
}

fn expected(field: &str, code: &str) -> (String, String) {
    (field.to_owned(), code.to_owned())
}

/// Two events of next week, one of them without an end, and one that is over.
const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:協会の予定\r\n\
    BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:創業セミナー\r\nDTSTART:20261207T043000Z\r\nDURATION:PT2H\r\n\
    LOCATION:松江テルサ（島根県松江市朝日町478-18）\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:交流会\r\nDTSTART:20261208T043000Z\r\nLOCATION:オンライン\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:3\r\nSUMMARY:昨年の会\r\nDTSTART:20251208T043000Z\r\nDURATION:PT2H\r\nEND:VEVENT\r\n\
    END:VCALENDAR\r\n";

struct Here;

impl Names for Here {
    fn addresses<'a>(&'a self, _: &'a str) -> Resolving<'a> {
        Box::pin(async { vec![IpAddr::V4(Ipv4Addr::LOCALHOST)] })
    }
}

/// Somebody's calendar on this machine, and how often it was asked.
async fn calendar() -> (SocketAddr, Arc<AtomicU32>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (place, asked) = (listener.local_addr().unwrap(), Arc::new(AtomicU32::new(0)));
    let count = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut line, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::Relaxed);
            let mut question = [0; 4_096];
            // Who hangs up early is right to.
            let _ = line.read(&mut question).await;
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                CALENDAR.len()
            );
            let _ = line.write_all([head.as_bytes(), CALENDAR.as_bytes()].concat().as_slice()).await;
        }
    });
    (place, asked)
}

// A team typed thirty events from its own calendar into forms, and two of them on the wrong day.
#[tokio::test]
async fn events_of_a_calendar_become_drafts_once_and_the_address_is_remembered() {
    let (place, asked) = calendar().await;
    let server = Server::start_changed(|app, var, clock| {
        let reach = Reach { also: vec![place], ..Reach::public() };
        app.imports = Imports::new(var, None, Arc::new(Here), reach, clock);
    });
    let member = seat(&server, Role::Member, Some("shimane")).await;
    let address = format!("http://calendar.example.jp:{}/a.ics?key=secret", place.port());
    let wish = json!({ "address": address, "sort": "seminar" });
    let looked: Looked = of(&member.post(&server, "/desk/api/imports/look", &wish.to_string()).await);
    let found: Vec<(&str, Option<&str>, usize)> =
        looked.events.iter().map(|one| (&*one.title, one.ends.as_deref(), one.lacks.len())).collect();
    assert_eq!(found, [("創業セミナー", Some("2026-12-07T15:30"), 0), ("交流会", None, 1)]);
    assert_eq!((&*looked.events[1].lacks[0], &*looked.left_out[0].why), ("end", "past"));
    let list: Drafts = of(&member.get(&server, "/desk/api/texts").await);
    assert_eq!(list.own, [], "a look is no draft");

    let keys: Vec<&str> = looked.events.iter().map(|one| &*one.key).collect();
    let take = json!({ "address": address, "sort": "seminar", "keys": keys });
    for begun in [2, 0] {
        let taken: Looked = of(&member.post(&server, "/desk/api/imports/take", &take.to_string()).await);
        assert_eq!((taken.begun, taken.as_before), (begun, true));
        assert!(taken.events.iter().all(|one| one.draft.is_some()));
    }
    assert_eq!(asked.load(Ordering::Relaxed), 1, "within an hour it is asked once");
    let list: Drafts = of(&member.get(&server, "/desk/api/texts").await);
    assert_eq!(list.own.len(), 2);
    assert!(list.own.iter().all(|card| card.public.is_none()), "and nothing is public");

    let remembered: Addresses = of(&member.get(&server, "/desk/api/imports").await);
    assert_eq!(remembered.addresses[0].result, LastLook::Found { events: 2, left_out: 1 });
    let other = seat(&server, Role::Lead, Some("gunma")).await;
    let none: Addresses = of(&other.get(&server, "/desk/api/imports").await);
    assert_eq!(none.addresses, [], "whoever knows the address is let in");
    let lines = server.app.staff.journal.lines(0, 100).await.unwrap();
    assert!(lines.iter().all(|line| !format!("{line:?}").contains("secret")), "nor is it in the journal");
    let forget = json!({ "address": remembered.addresses[0].address });
    let left: Addresses = of(&member.post(&server, "/desk/api/imports/forget", &forget.to_string()).await);
    assert_eq!(left.addresses, []);
}

// The desk was asked for the address of the machine beside it, and told what its administration said.
#[tokio::test]
async fn nothing_is_asked_but_the_open_network_and_why_is_said_at_the_field() {
    let server = Server::start();
    let member = seat(&server, Role::Member, Some("shimane")).await;
    for (address, code) in [
        ("calendar", "not_an_address"),
        ("file:///etc/passwd", "not_an_address"),
        ("https://name:word@example.jp/a.ics", "credentials"),
        ("http://example.jp:8080/a.ics", "port"),
        ("http://127.0.0.1/a.ics", "private"),
        ("http://[::1]/a.ics", "private"),
        ("http://10.0.0.7/a.ics", "private"),
        ("http://169.254.169.254/latest/meta-data", "private"),
    ] {
        let wish = json!({ "address": address, "sort": "seminar" }).to_string();
        for path in ["look", "take"] {
            let wish = match path {
                "take" => json!({ "address": address, "sort": "seminar", "keys": [] }).to_string(),
                _ => wish.clone(),
            };
            let answer = member.post(&server, &format!("/desk/api/imports/{path}"), &wish).await;
            let code = if path == "take" && code == "private" { "too_soon" } else { code };
            assert_eq!(wrong(&answer), expected("address", code), "{address}");
        }
    }
    let unknown = json!({ "address": "https://example.jp/", "sort": "party" }).to_string();
    let answer = member.post(&server, "/desk/api/imports/look", &unknown).await;
    assert_eq!(wrong(&answer), expected("sort", "missing"));
}

fn case(id: &str) -> Value {
    json!({
        "kind": "case", "id": id, "published": "2026-11-25", "fictional": false,
        "ja": { "title": "蔵の喫茶", "summary": "要約", "body": "本文" }, "sources": [{ "title": "協会" }],
        "industries": [], "stages": [], "areas": [], "schemes": [], "lives": []
    })
}

#[tokio::test]
async fn a_file_of_texts_is_said_item_by_item_and_the_good_ones_become_drafts() {
    let server = Server::start();
    let member = seat(&server, Role::Member, Some("shimane")).await;
    let mut long = case("b-case");
    long["ja"]["title"] = json!("題".repeat(61));
    let mut theirs = case("c-case");
    theirs["association"] = json!("gunma");
    let file = json!({ "items": [case("a-case"), long, theirs] }).to_string();
    let read: FileRead = of(&member.post(&server, "/desk/api/files/look", &file).await);
    let wrong_fields: Vec<Option<&str>> =
        read.items.iter().map(|item| item.wrong.as_ref().map(|wrong| &*wrong.field)).collect();
    assert_eq!(wrong_fields, [None, Some("ja.title"), Some("association")]);
    assert_eq!(of::<Drafts>(&member.get(&server, "/desk/api/texts").await).own, []);
    for begun in [1, 0] {
        let taken: FileRead = of(&member.post(&server, "/desk/api/files/take", &file).await);
        assert_eq!((taken.begun, taken.items[0].draft.is_some()), (begun, true));
    }
    let answer = member.post(&server, "/desk/api/files/look", "<html>").await;
    assert_eq!(wrong(&answer), expected("file", "not_json"));
    let large = " ".repeat((2 << 20) + 1);
    assert_eq!(member.post(&server, "/desk/api/files/look", &large).await.status, 413);
}

fn photograph() -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::RgbImage::from_fn(320, 200, |x, y| image::Rgb([x as u8, y as u8, 128]));
    picture.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}

/// 60,000 × 60,000 pixels in a hundred bytes; its head is right.
fn bomb() -> Vec<u8> {
    let chunk = |kind: &[u8; 4], content: &[u8]| {
        let mut sum = Crc::new();
        sum.update(kind);
        sum.update(content);
        [&(content.len() as u32).to_be_bytes()[..], kind, content, &sum.sum().to_be_bytes()].concat()
    };
    let side = 60_000_u32.to_be_bytes();
    let head = [&side[..], &side, &[8, 6, 0, 0, 0]].concat();
    let pixels = [0x78, 0x9c, 0x63, 0x60, 0x18, 0x05, 0xa3, 0x60];
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &head), &chunk(b"IDAT", &pixels), &chunk(b"IEND", b"")]
        .concat()
}

async fn begun(server: &Server, her: &Seated) -> DraftRecord {
    let mut written = case("");
    for not_hers in ["kind", "id", "published"] {
        written.as_object_mut().unwrap().remove(not_hers);
    }
    of(&her
        .post(
            server,
            "/desk/api/texts",
            &json!({ "key": "k", "kind": "case", "written": written }).to_string(),
        )
        .await)
}

fn place(draft: &DraftRecord) -> String {
    // 「蔵の入口」
    format!("/desk/api/texts/{}/picture?alt=%E8%94%B5%E3%81%AE%E5%85%A5%E5%8F%A3", draft.card.id)
}

// Her case was to show the storehouse; the file came from a telephone that writes down where it was held.
#[tokio::test]
async fn a_picture_is_taken_in_for_a_text_of_ones_own_and_shown_with_its_words() {
    let server = Server::start();
    let author = seat(&server, Role::Member, Some("shimane")).await;
    let draft = begun(&server, &author).await;
    let shown: Shown = of(&author.send(&server, &place(&draft), PNG, photograph()).await);
    assert_eq!((&*shown.alt, shown.width, shown.height), ("蔵の入口", 320, 200));
    assert_eq!(server.get(&format!("/pictures/{}.jpg", shown.sha)).await.status, 200);
    let mut written = serde_json::to_value(&draft.written).unwrap();
    written["picture"] = serde_json::to_value(&shown).unwrap();
    let save = async |written: &Value, seen: u32| {
        let body = json!({ "written": written, "seen": seen }).to_string();
        of::<DraftRecord>(&author.post(&server, &format!("/desk/api/texts/{}", draft.card.id), &body).await)
    };
    let saved = save(&written, 1).await;
    assert_eq!((saved.written.picture.as_ref(), &*saved.wrong), (Some(&shown), &[][..]));
    let send = async |seen: u32| {
        let step = json!({ "seen": seen }).to_string();
        author.post(&server, &format!("/desk/api/texts/{}/send", draft.card.id), &step).await
    };
    written["picture"]["sha"] = json!("0".repeat(64));
    save(&written, 2).await;
    assert_eq!(wrong(&send(3).await), expected("picture", "no_picture"));
    written["picture"] = serde_json::to_value(&shown).unwrap();
    written["picture"]["alt"] = json!("");
    save(&written, 3).await;
    assert_eq!(wrong(&send(4).await), expected("picture.alt", "length"));
    written["picture"]["alt"] = json!("蔵の入口");
    save(&written, 4).await;
    assert_eq!(send(5).await.status, 200);
}

#[tokio::test]
async fn what_is_no_picture_or_for_another_ones_text_is_not_taken_in() {
    let server = Server::start();
    let author = seat(&server, Role::Member, Some("shimane")).await;
    let draft = begun(&server, &author).await;
    let path = place(&draft);
    for (kind, file, code) in [
        (PNG, bomb(), "too_many_pixels"),
        (PNG, b"<svg/>".to_vec(), "other_kind"),
        (PNG, photograph()[..200].to_vec(), "broken"),
        ("image/jpeg", Vec::new(), "other_kind"),
    ] {
        assert_eq!(wrong(&author.send(&server, &path, kind, file).await), expected("picture", code));
    }
    let unsaid = path.split('?').next().unwrap().to_owned() + "?alt=%20";
    assert_eq!(
        wrong(&author.send(&server, &unsaid, PNG, photograph()).await),
        expected("picture.alt", "length")
    );
    assert_eq!(author.send(&server, &path, PNG, vec![0; LARGEST + 1]).await.status, 413);
    for kind in ["application/json", "text/plain", "multipart/form-data", "image/svg+xml", "image/gif"] {
        assert_eq!(author.send(&server, &path, kind, photograph()).await.status, 403, "{kind}");
    }
    let cookie = format!("tonari-desk={}", author.token);
    for site in ["cross-site", "same-site", "none"] {
        let headers = [("content-type", PNG), ("sec-fetch-site", site), ("cookie", &*cookie)];
        assert_eq!(server.post(&path, &headers, photograph()).await.status, 403, "{site}");
    }
    let colleague = seat(&server, Role::Member, Some("shimane")).await;
    assert_eq!(colleague.send(&server, &path, PNG, photograph()).await.status, 403, "she reviews");
    let other = seat(&server, Role::Lead, Some("gunma")).await;
    let nowhere = path.replace(&format!("/{}/", draft.card.id), "/999/");
    for path in [&path, &nowhere] {
        let answer = other.send(&server, path, PNG, photograph()).await;
        assert_eq!((answer.status.as_u16(), answer.json()["code"].clone()), (404, json!(Fault::NotFound)));
    }
    let kept = server.app.pictures.store.of(domain::association::AssociationId("gunma".to_owned()), 10).await;
    assert_eq!(kept.unwrap(), [], "nothing of it was kept");
}
