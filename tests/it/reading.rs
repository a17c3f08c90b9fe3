//! What is published, as it reaches phones, browsers without a program, search engines and calendars.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::Method;
use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty, ICalendarValue};
use calcard::{Entry, Parser};
use domain::content::{File, ItemId, Shelf};
use scraper::{Html, Selector};
use serde_json::{Value, json};
use server::store::content::Change;
use tests::evil::EVIL;

use crate::evil::kinds;
use crate::server_under_test::{MONDAY, Server};

/// A case, a seminar in Matsue and a notice for Ishikawa, all of this week.
pub fn items() -> Value {
    let text = |title: &str| json!({ "title": title, "summary": "短い説明", "body": "## 見出し\n本文の**大事**なところ。" });
    json!({ "items": [
        { "kind": "case", "id": "a-case", "ja": text("島根から群馬へ"), "association": "shimane",
          "sources": [{ "title": "報告書", "url": "https://example.jp/r", "as_of": "2018-06" }],
          "published": "2026-11-20", "fictional": false, "industries": ["food"], "stages": ["opening"],
          "areas": [32], "schemes": [], "lives": ["childcare"] },
        { "kind": "event", "id": "a-seminar", "ja": text("はじめてのセミナー"), "association": "shimane",
          "published": "2026-11-20", "fictional": true, "sort": "seminar", "starts": "2026-12-05T13:30",
          "ends": "2026-12-05T16:00", "online": false, "capacity": 20, "cost": "無料",
          "place": { "name": "市民会館", "address": "松江市1-1", "municipality": 32201 } },
        { "kind": "notice", "id": "a-notice", "ja": text("大雪の相談窓口"), "association": "ishikawa",
          "sources": [{ "title": "公式" }], "published": "2026-11-29", "fictional": false, "areas": [17],
          "from": "2026-11-30T00:00", "to": "2026-12-02T17:00", "phone": "076-222-1511", "severity": "crisis" }
    ] })
}

pub async fn publish(server: &Server, file: &Value) {
    let items = File::read(file.to_string().as_bytes()).unwrap().items;
    server.app.library.store.change(Change::Publish(Arc::new(items)), MONDAY).await.unwrap();
    // The server looks once a second.
    server.pass(2);
}

async fn withdraw(server: &Server, id: &str) {
    let id = ItemId::parse(id).unwrap();
    server.app.library.store.change(Change::Withdraw(id), MONDAY).await.unwrap();
    server.pass(2);
}

fn calendar(file: &str) -> ICalendar {
    assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{file}");
    let mut parser = Parser::new(file);
    let Entry::ICalendar(calendar) = parser.entry() else { panic!("{file}") };
    assert_eq!(parser.entry(), Entry::Eof, "more than a calendar");
    calendar
}

fn summaries(calendar: &ICalendar) -> Vec<String> {
    let events =
        calendar.components.iter().filter(|one| one.component_type == ICalendarComponentType::VEvent);
    let entries =
        events.flat_map(|event| &event.entries).filter(|entry| entry.name == ICalendarProperty::Summary);
    let texts = entries.flat_map(|entry| &entry.values);
    texts
        .filter_map(|value| if let ICalendarValue::Text(text) = value { Some(text.clone()) } else { None })
        .collect()
}

#[tokio::test]
async fn what_is_published_is_on_every_way_out_a_second_later_and_what_is_withdrawn_on_none() {
    let server = Server::start();
    let before = server.get("/api/v1/stories").await;
    assert_eq!((before.status.as_u16(), before.header("tonari-edition")), (200, "0"));
    assert_eq!(server.get("/read/a-case").await.status, 404);

    publish(&server, &items()).await;
    let answer = server.get("/api/v1/stories").await;
    let shelf = Shelf::read(&answer.body).unwrap();
    assert_eq!((shelf.number, shelf.items.len()), (1, 1));
    assert_eq!(answer.header("tonari-keep-until"), "2026-12-14T00:00:02Z");
    let again = server.ask(Method::GET, "/api/v1/stories", &[("if-none-match", answer.header("etag"))]).await;
    assert_eq!((again.status.as_u16(), again.header("tonari-edition")), (304, "1"));
    assert_eq!(again.header("tonari-signature"), answer.header("tonari-signature"));

    let page = server.get("/read/a-case").await;
    assert_eq!(page.status, 200);
    for part in
        ["島根から群馬へ", "<strong>大事</strong>", "島根県信用保証協会", "2018-06", "application/ld+json"]
    {
        assert!(page.text().contains(part), "{part}");
    }
    assert!(server.get("/read").await.text().contains("/read/a-case"));
    assert!(server.get("/feed.atom").await.text().contains("/read/a-case"));
    assert!(server.get("/sitemap.xml").await.text().contains("/read/a-case"));

    withdraw(&server, "a-case").await;
    let gone = server.get("/read/a-case").await;
    assert_eq!((gone.status.as_u16(), gone.header("cache-control")), (410, "no-store"));
    for path in ["/read/a-case", "/read", "/feed.atom", "/sitemap.xml", "/api/v1/stories"] {
        assert!(!server.get(path).await.text().contains("群馬"), "{path}");
    }
    assert!(!server.get("/sitemap.xml").await.text().contains("a-case"));
}

// A notice of a desk that had closed stood on the first screen for a month.
#[tokio::test]
async fn what_ends_is_gone_at_its_minute() {
    let server = Server::start();
    publish(&server, &items()).await;
    let status = async |path: &str| server.get(path).await.status.as_u16();
    assert_eq!((status("/notices/a-notice").await, status("/events/a-seminar").await), (200, 200));
    // Wednesday at five.
    server.pass(2 * 86_400 + 8 * 3_600 - 2);
    assert_eq!((status("/notices/a-notice").await, status("/events/a-seminar").await), (410, 200));
    server.pass(3 * 86_400);
    assert_eq!(status("/events/a-seminar").await, 410);
    assert!(server.get("/events").await.text().contains("予定されているイベントはありません"));
}

#[tokio::test]
async fn a_calendar_has_the_events_that_were_asked_for() {
    let server = Server::start();
    let mut file = items();
    let mut online = file["items"][1].clone();
    online["id"] = "b-school".into();
    online["ja"]["title"] = "オンラインの学校".into();
    online["sort"] = "school".into();
    online["association"] = "gunma".into();
    online["online"] = true.into();
    online.as_object_mut().unwrap().remove("place");
    file["items"].as_array_mut().unwrap().push(online);
    publish(&server, &file).await;

    let both = ["【架空の例】はじめてのセミナー".to_owned(), "【架空の例】オンラインの学校".to_owned()];
    for (query, expected) in [
        ("", &both[..]),
        ("?area=32", &both[..]),
        ("?area=32201,13", &both[..]),
        ("?area=10", &both[1..]),
        ("?kind=seminar", &both[..1]),
        ("?kind=school,seminar", &both[..]),
        ("?association=gunma", &both[1..]),
        ("?association=gunma&area=32&kind=seminar", &[][..]),
    ] {
        let answer = server.get(&format!("/events.ics{query}")).await;
        assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
        assert_eq!(summaries(&calendar(answer.text())), expected, "{query}");
    }
    let one = server.get("/events/b-school.ics").await;
    assert_eq!(summaries(&calendar(one.text())), both[1..]);
    for wrong in ["?area=99", "?kind=party", "?zone=1", "?area="] {
        assert_eq!(server.get(&format!("/events.ics{wrong}")).await.json()["code"], "malformed", "{wrong}");
    }
    assert_eq!(server.get("/events/nobody.ics").await.status, 404);
    // The same bytes while nothing changes.
    let first = server.get("/events.ics").await;
    server.pass(3_600);
    assert_eq!(server.get("/events.ics").await.header("etag"), first.header("etag"));
}

// A title with `</script>` in it ended the structured data, and the rest of it was a program.
#[tokio::test]
async fn e01_what_is_published_is_text_on_every_way_out() {
    let server = Server::start();
    publish(&server, &items()).await;
    let paths = ["/read", "/read/a-case", "/events", "/events/a-seminar", "/notices/a-notice"];
    let mut known = BTreeSet::new();
    for path in paths {
        known.extend(kinds(&Html::parse_document(server.get(path).await.text())));
    }
    let mut published = 0;
    for text in EVIL {
        let mut file = items();
        let fields = file["items"].as_array_mut().unwrap();
        for item in fields {
            for name in ["title", "summary", "body"] {
                item["ja"][name] = text.into();
            }
        }
        fields_of_the_seminar(&mut file, text);
        // What no text may hold is refused whole, by name; what may be there is there as text.
        let Ok(read) = File::read(file.to_string().as_bytes()) else { continue };
        published += 1;
        server.app.library.store.change(Change::Publish(Arc::new(read.items)), MONDAY).await.unwrap();
        server.pass(2);
        for path in paths {
            let foreign: Vec<_> = kinds(&Html::parse_document(server.get(path).await.text()))
                .difference(&known)
                .cloned()
                .collect();
            assert!(foreign.is_empty(), "{path}: {text:?} brought {foreign:?}");
        }
        let page = Html::parse_document(server.get("/read/a-case").await.text());
        let title: String =
            page.select(&Selector::parse("h1").unwrap()).flat_map(|heading| heading.text()).collect();
        assert_eq!(title, text);
        let data: String = page
            .select(&Selector::parse("script[type='application/ld+json']").unwrap())
            .flat_map(|script| script.text())
            .collect();
        assert_eq!(serde_json::from_str::<Value>(&data).unwrap()["headline"], text);
        let events = calendar(server.get("/events.ics").await.text());
        assert_eq!(summaries(&events), [format!("【架空の例】{text}")]);
        let feed = server.get("/feed.atom").await;
        assert!(!feed.text().contains("<script") && !feed.text().contains("<img"), "{text:?}");
    }
    assert!(published >= 15, "{published}");
}

fn fields_of_the_seminar(file: &mut Value, text: &str) {
    let seminar = &mut file["items"][1];
    seminar["cost"] = text.into();
    seminar["place"]["name"] = text.into();
    seminar["place"]["address"] = text.into();
}

#[tokio::test]
async fn structured_data_says_what_the_page_says() {
    let server = Server::start();
    publish(&server, &items()).await;
    let data = async |path: &str| -> Value {
        let answer = server.get(path).await;
        let (_, rest) = answer.text().split_once("<script type=\"application/ld+json\">").unwrap();
        serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
    };
    let case = data("/read/a-case").await;
    assert_eq!((&case["@type"], &case["datePublished"]), (&json!("Article"), &json!("2026-11-20")));
    assert_eq!(case["publisher"]["name"], "島根県信用保証協会");
    let event = data("/events/a-seminar").await;
    assert_eq!((&event["@type"], &event["startDate"]), (&json!("Event"), &json!("2026-12-05T04:30:00Z")));
    assert_eq!(event["location"]["address"]["addressRegion"], "島根県");
    // What is invented is shown to whoever asks, and found by nobody else.
    let page = server.get("/events/a-seminar").await;
    assert!(page.text().contains("noindex") && page.text().contains("架空の例"));
    assert!(!server.get("/sitemap.xml").await.text().contains("a-seminar"));
}

// The database was away for a minute, and with it everything there was to read.
#[tokio::test]
async fn c19_reading_goes_on_while_the_database_cannot_be_asked() {
    let server = Server::start();
    publish(&server, &items()).await;
    assert_eq!(server.get("/read/a-case").await.status, 200);
    let spoiler = rusqlite::Connection::open(server.var.path().join("tonari.db")).unwrap();
    spoiler.execute_batch("ALTER TABLE shelves RENAME TO elsewhere").unwrap();
    server.pass(60);
    assert_eq!(server.get("/read/a-case").await.status, 200);
    assert_eq!(server.get("/api/v1/stories").await.header("tonari-edition"), "1");
    spoiler.execute_batch("ALTER TABLE elsewhere RENAME TO shelves").unwrap();
    withdraw(&server, "a-case").await;
    assert_eq!(server.get("/read/a-case").await.status, 410);
}
