use proptest::prelude::*;
use serde_json::{Value, json};

use crate::calendar::{Date, JstTime, Weekday, to_rfc3339};
use crate::place::PrefectureCode;

use super::*;

fn everything() -> Value {
    let text = json!({ "title": "題", "summary": "要約", "body": "## 見出し\n本文" });
    json!({ "anchor": "2026-01-05", "items": [
        { "kind": "story", "id": "a-story", "ja": text, "easy": text, "en": text, "association": "shimane",
          "readings": [{ "of": "島根", "reads": "しまね" }],
          "picture": { "sha": "0123456789abcdef".repeat(4), "alt": "蔵の入口", "alt_en": "A storehouse", "width": 1200, "height": 800 },
          "sources": [{ "title": "報告", "url": "https://a.jp/1", "as_of": "2018-06" }],
          "published": "2026-01-06", "expires": "2027-01-06", "fictional": false, "consent": "2025-12-01",
          "industries": ["food"], "stages": ["opening"], "areas": [32, 32201], "schemes": ["municipal"],
          "lives": ["childcare"] },
        { "kind": "case", "id": "a-case", "ja": text, "sources": [{ "title": "報告" }], "published": "2026-01-06",
          "fictional": false, "industries": [], "stages": [], "areas": [], "schemes": [], "lives": [] },
        { "kind": "guide", "id": "a-guide", "ja": text, "sources": [{ "title": "報告" }], "order": 3,
          "published": "2026-01-06", "fictional": false, "industries": ["it", "food"], "stages": [],
          "areas": [1], "schemes": [], "lives": [] },
        { "kind": "event", "id": "an-event", "ja": text, "published": "2026-01-06", "fictional": true,
          "sort": "school", "starts": "2026-01-13T13:30", "ends": "2026-01-13T16:00",
          "deadline": "2026-01-09T17:00", "online": true, "capacity": 20, "cost": "無料",
          "place": { "name": "会館", "address": "松江市", "municipality": 32201 }, "link": "https://a.jp/e" },
        { "kind": "notice", "id": "a-notice", "ja": text, "published": "2026-01-06", "fictional": true,
          "areas": [17], "from": "2026-01-05T00:00", "to": "2026-01-20T00:00", "phone": "076-000-0000",
          "severity": "crisis", "link": "https://a.jp/n" }
    ] })
}

fn read(file: &Value) -> Result<File, BadContent> {
    File::read(file.to_string().as_bytes())
}

#[test]
fn what_the_server_writes_the_phone_reads_as_it_was_meant() {
    let items = read(&everything()).unwrap().items;
    let shelf = Shelf { number: 7, items };
    let wire = serde_json::to_vec(&shelf).unwrap();
    assert_eq!(Shelf::read(&wire).unwrap(), shelf);
    for item in &shelf.items {
        assert_eq!(&Item::read(&serde_json::to_vec(item).unwrap()).unwrap(), item);
    }
    let Item::Event(event) = &shelf.items[3] else { panic!("an event") };
    assert_eq!(serde_json::to_value(event).unwrap()["starts"], "2026-01-13T04:30:00Z");
}

// One code had a typing error; whoever published looked for it half an hour.
#[test]
fn whatever_is_wrong_is_named_by_the_way_to_it() {
    for (pointer, value, expected) in [
        ("/items/0/industries/0", json!("foods"), "items[0].industries[0] is not a known code"),
        (
            "/items/0/ja/title",
            json!("あ".repeat(61)),
            "items[0].ja.title is not a text of 1 to 60 characters",
        ),
        ("/items/0/ja/title", json!("二\n行"), "items[0].ja.title is not one line"),
        ("/items/0/picture/alt", json!(""), "items[0].picture.alt is not what is to be seen"),
        ("/items/0/picture/alt", json!("あ".repeat(201)), "items[0].picture.alt is not what is to be seen"),
        ("/items/0/picture/sha", json!("../secret"), "items[0].picture.sha is not 64 hexadecimal digits"),
        ("/items/0/picture/width", json!(0), "items[0].picture.width is not a number of pixels"),
        ("/items/0/picture/height", json!(1_201), "items[0].picture.height is not"),
        ("/items/0/ja/summary", json!("\u{202e}裏"), "items[0].ja.summary is not free of control"),
        ("/items/0/ja/body", json!("[公式](javascript:x)"), "items[0].ja.body is not a text whose links"),
        ("/items/0/readings/0/reads", json!("シマネ"), "items[0].readings[0].reads is not hiragana"),
        ("/items/0/sources/0/url", json!("javascript:x"), "items[0].sources[0].url is not an address"),
        ("/items/0/sources/0/as_of", json!("2018-13"), "items[0].sources[0].as_of is not a year"),
        ("/items/0/consent", json!(null), "items[0].consent is not there: the day"),
        ("/items/0/areas/1", json!(48), "items[0].areas[1] is not the JIS code"),
        ("/items/0/published", json!("2026-02-30"), "items[0].published is not a day"),
        ("/items/1/sources", json!([]), "items[1].sources is not there"),
        ("/items/1/id", json!("A case"), "items[1].id is not 3 to 60"),
        ("/items/1/id", json!("a-story"), "items[1].id: a-story is there twice"),
        ("/items/1/kind", json!("blog"), "items[1].kind is not story, case"),
        ("/items/3/ends", json!("2026-01-13T13:30"), "items[3].ends is not after it starts"),
        ("/items/3/starts", json!("2026-01-13 13:30"), "items[3].starts is not a time in Japan"),
        ("/items/3/deadline", json!("2026-01-14T00:00"), "items[3].deadline is not before"),
        ("/items/4/to", json!("2026-01-01T00:00"), "items[4].to is not after it begins"),
        ("/items/4/expires", json!("2026-01-10"), "items[4].expires is not absent"),
        ("/items/4/phone", json!("<b>"), "items[4].phone is not a phone number"),
        ("/items", json!({}), "items is not a list"),
    ] {
        let mut file = everything();
        if pointer.ends_with("expires") {
            file["items"][4]["expires"] = value;
        } else {
            *file.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
        }
        let line = read(&file).unwrap_err().to_string();
        assert!(line.starts_with(expected), "{pointer}: {line}");
    }
    let mut file = everything();
    file["items"][3].as_object_mut().unwrap().remove("place");
    file["items"][3]["online"] = json!(false);
    assert!(read(&file).unwrap_err().to_string().starts_with("items[3].online"));
}

#[test]
fn a_demonstration_begins_in_the_week_it_is_shown_in_and_keeps_its_weekdays() {
    let at = |text: &str| JstTime { date: Date::parse(text).unwrap(), minute: 600 }.unix_seconds();
    for (now, monday) in
        [("2026-01-05", "2026-01-05"), ("2026-11-26", "2026-11-23"), ("2026-11-29", "2026-11-23")]
    {
        let items = read(&everything()).unwrap().in_week_of(at(now));
        let Item::Event(event) = &items[3] else { panic!("an event") };
        let starts = JstTime::from_unix_seconds(event.starts);
        assert_eq!(starts.date, Date::parse(monday).unwrap().plus_days(8), "{now}");
        assert_eq!((starts.date.weekday(), starts.minute), (Weekday::Tuesday, 13 * 60 + 30));
        assert_eq!(items[0].head().published, Date::parse(monday).unwrap().plus_days(1));
    }
}

#[test]
fn a_notice_is_for_its_area_and_for_its_days() {
    let items = read(&everything()).unwrap().items;
    let Item::Notice(notice) = &items[4] else { panic!("a notice") };
    let prefecture = |number| PrefectureCode::new(number).unwrap();
    assert!(notice.concerns(prefecture(17)) && !notice.concerns(prefecture(32)));
    let current = |now| items[4].is_current(now);
    assert!(
        !current(notice.from - 1) && current(notice.from) && current(notice.to - 1) && !current(notice.to)
    );
    // The last day of a story is a whole day.
    let last = JstTime { date: Date::parse("2027-01-06").unwrap(), minute: 1439 }.unix_seconds();
    assert!(items[0].is_current(last) && !items[0].is_current(last + 60));
}

// The first screen showed a notice that its own page said was over.
#[test]
fn a_notice_in_one_line_says_what_the_whole_one_says() {
    let mut file = everything();
    let mut others = ["b-notice", "c-notice"].map(|id| {
        let mut notice = file["items"][4].clone();
        notice["id"] = id.into();
        notice
    });
    others[0]["areas"] = json!([]);
    others[0]["severity"] = "warning".into();
    others[1]["areas"] = json!([1_101, 47]);
    others[1]["en"] = json!({ "title": "English", "summary": "s", "body": "b" });
    file["items"] = json!([file["items"][4], others[0], others[1]]);
    let shelf = Shelf { number: 1, items: read(&file).unwrap().items };
    let briefs = brief::read(&serde_json::to_vec(&shelf).unwrap()).unwrap();
    assert_eq!(briefs.len(), 3);
    for (item, brief) in shelf.items.iter().zip(&briefs) {
        let Item::Notice(notice) = item else { panic!("a notice") };
        assert_eq!(
            (brief.id.as_str(), &brief.titles[0]),
            (notice.head.id.as_str(), &notice.head.texts.ja.title)
        );
        assert_eq!(brief.is_crisis, notice.severity == Severity::Crisis);
        for hour in -24..24 * 20 {
            let now = notice.from + hour * 3_600;
            assert_eq!(brief.is_current(&to_rfc3339(now)), item.is_current(now), "{} {hour}", brief.id);
        }
        for prefecture in PrefectureCode::all() {
            assert_eq!(brief.concerns(prefecture), notice.concerns(prefecture));
        }
    }
    assert_eq!(briefs[2].titles, ["題", "", "English"]);
    assert_eq!(brief::read(b"<html>"), None);
}

#[test]
fn a_document_that_breaks_off_is_refused_wherever_it_does() {
    let wire = everything().to_string().into_bytes();
    assert!((0..wire.len()).all(|end| File::read(&wire[..end]).is_err()));
}

proptest! {
    // She chose 飲食, 12件, and found eleven.
    #[test]
    fn the_number_beside_a_choice_is_what_the_list_has_with_it(
        articles in prop::collection::vec((0usize..3, prop::collection::vec(0usize..11, 0..3), prop::collection::vec(1u32..48, 0..3)), 0..20),
        taps in prop::collection::vec((0usize..3, 0usize..11, 1u8..48, 0usize..3), 0..4),
    ) {
        let genres = [Genre::Story, Genre::Case, Genre::Guide];
        let Item::Case(one) = &read(&everything()).unwrap().items[1] else { panic!("a case") };
        let list: Vec<(Genre, Article)> = articles.iter().map(|(genre, industries, areas)| {
            let mut article = one.clone();
            article.topics.industries = industries.iter().map(|at| Industry::ALL[*at]).collect();
            article.topics.areas = areas.iter().filter_map(|code| AreaCode::of(*code)).collect();
            (genres[*genre], article)
        }).collect();
        let mut filter = Filter::default();
        for (which, industry, area, genre) in taps {
            filter.toggle([
                Choice::Industry(Industry::ALL[industry]),
                Choice::Area(PrefectureCode::new(area).unwrap()),
                Choice::Genre(genres[genre]),
            ][which]);
        }
        let found = |filter: &Filter| list.iter().filter(|(genre, article)| filter.lets_through(*genre, article)).count();
        for (choice, count) in filter.counts(&list.iter().map(|(genre, article)| (*genre, article))) {
            let mut with = filter.clone();
            with.only(choice.facet(), Some(choice));
            prop_assert_eq!(found(&with), count, "{:?}", choice);
        }
    }
}
