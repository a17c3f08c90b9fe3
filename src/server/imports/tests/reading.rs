//! Calendars and feeds as programs write them, and as nobody should.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use domain::association::AssociationId;
use domain::calendar::{Date, JstTime};
use domain::content::{Cited, Event, EventSort, Item};
use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8};
use proptest::prelude::*;

use crate::imports::{Import, Lack, Places, Unreadable, Why, Wish, read};

static PLACES: LazyLock<Places> = LazyLock::new(Places::bundled);

/// By the clock of Japan.
fn at(year: i32, month: u8, day: u8, hour: u16, minute: u16) -> i64 {
    JstTime { date: Date { year, month, day }, minute: hour * 60 + minute }.unix_seconds()
}

fn wish() -> Wish {
    let source = Cited { title: "島根県信用保証協会".to_owned(), url: None, as_of: None };
    Wish {
        association: AssociationId("shimane".to_owned()),
        sort: EventSort::Seminar,
        source,
        now: at(2026, 11, 30, 9, 0),
    }
}

fn import(bytes: &[u8]) -> Result<Import, Unreadable> {
    read(bytes, &wish(), &PLACES)
}

fn calendar(events: &str) -> String {
    format!("BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:協会の予定\n{events}\nEND:VCALENDAR\n")
        .replace('\n', "\r\n")
}

fn event(lines: &str) -> String {
    format!(
        "BEGIN:VEVENT\nUID:1@example.jp\nSUMMARY:創業セミナー\nLOCATION:松江テルサ、松江市朝日町478-18\n{lines}\nEND:VEVENT"
    )
}

fn events(text: &str) -> Vec<Event> {
    let import = import(text.as_bytes()).unwrap();
    assert!(import.drafts.is_empty(), "{:?}", import.drafts);
    import
        .events
        .into_iter()
        .map(|item| if let Item::Event(event) = item { event } else { panic!() })
        .collect()
}

fn starts(text: &str) -> Vec<i64> {
    events(text).iter().map(|event| event.starts).collect()
}

#[test]
fn an_event_is_read_with_everything_it_says() {
    let text = calendar(&event(
        "DTSTART;TZID=Asia/Tokyo:20261210T133000\nDTEND;TZID=Asia/Tokyo:20261210T160000\nURL:https://example.jp/s\nDESCRIPTION:<p>はじめての方へ。</p><p>定員 20名&amp;無料</p>",
    ));
    let all = events(&text);
    let [event] = &all[..] else { panic!("{all:?}") };
    assert_eq!((event.starts, event.ends), (at(2026, 12, 10, 13, 30), at(2026, 12, 10, 16, 0)));
    let place = event.place.as_ref().unwrap();
    assert_eq!(
        (&*place.name, &*place.address, place.municipality.number()),
        ("松江テルサ", "松江市朝日町478-18", 32_201)
    );
    let words = &event.head.texts.ja;
    assert_eq!((&*words.title, &*words.summary), ("創業セミナー", "はじめての方へ。"));
    assert!(words.body.contains("20名&無料"), "{}", words.body);
    assert_eq!(event.link.as_deref(), Some("https://example.jp/s"));
    assert_eq!(
        (&*event.head.sources[0].title, event.head.sources[0].as_of.as_deref()),
        ("協会の予定", Some("2026-11-30"))
    );
    assert!(!event.head.fictional && event.head.published == Date { year: 2026, month: 11, day: 30 });
    // The same again is the same, and of another association another.
    assert_eq!(events(&text)[0].head.id, event.head.id);
    let other = Wish { association: AssociationId("gunma".to_owned()), ..wish() };
    let other = read(text.as_bytes(), &other, &PLACES).unwrap();
    assert_ne!(other.events[0].head().id, event.head.id);
}

// A seminar of a colleague in London stood at four in the morning.
#[test]
fn every_clock_becomes_japans() {
    let same = at(2026, 12, 10, 13, 30);
    for time in [
        "DTSTART:20261210T043000Z\nDURATION:PT2H",
        "DTSTART:20261210T133000\nDURATION:PT2H",
        "DTSTART;TZID=Asia/Tokyo:20261210T133000\nDTEND;TZID=Asia/Tokyo:20261210T153000",
        "DTSTART;TZID=Europe/London:20261210T043000\nDTEND:20261210T063000Z",
        "DTSTART;TZID=Tokyo Standard Time:20261210T133000\nDURATION:PT2H",
    ] {
        let all = events(&calendar(&event(time)));
        assert_eq!((all[0].starts, all[0].ends), (same, same + 7_200), "{time}");
    }
    let named = "BEGIN:VTIMEZONE\nTZID:Ours\nX-LIC-LOCATION:Asia/Tokyo\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0900\nTZOFFSETTO:+0900\nEND:STANDARD\nEND:VTIMEZONE\n";
    let own = event("DTSTART;TZID=Ours:20261210T133000\nDURATION:PT2H");
    assert_eq!(starts(&calendar(&format!("{named}{own}"))), [same]);
    let nobodys =
        import(calendar(&event("DTSTART;TZID=Nowhere:20261210T133000\nDURATION:PT2H")).as_bytes()).unwrap();
    assert_eq!(nobodys.drafts[0].lacks, [Lack::Clock]);
    assert!(nobodys.drafts[0].item.get("starts").is_none(), "{}", nobodys.drafts[0].item);
}

#[test]
fn a_whole_day_lasts_to_its_last_minute() {
    let all = events(&calendar(&event("DTSTART;VALUE=DATE:20261210")));
    assert_eq!((all[0].starts, all[0].ends), (at(2026, 12, 10, 0, 0), at(2026, 12, 10, 23, 59)));
    let all = events(&calendar(&event("DTSTART;VALUE=DATE:20261210\nDTEND;VALUE=DATE:20261212")));
    assert_eq!(all[0].ends, at(2026, 12, 11, 23, 59));
}

#[test]
fn what_repeats_is_twelve_events_at_most_and_none_that_is_over() {
    let weekly =
        |rule: &str| event(&format!("DTSTART;TZID=Asia/Tokyo:20200107T100000\nDURATION:PT1H\n{rule}"));
    let all = starts(&calendar(&weekly("RRULE:FREQ=WEEKLY")));
    assert_eq!((all.len(), all[0], all[1] - all[0]), (12, at(2026, 12, 1, 10, 0), 7 * 86_400));
    let all = starts(&calendar(&weekly(
        "RRULE:FREQ=WEEKLY;UNTIL=20261215T010000Z\nEXDATE;TZID=Asia/Tokyo:20261208T100000",
    )));
    assert_eq!(all, [at(2026, 12, 1, 10, 0), at(2026, 12, 15, 10, 0)]);
    let all = starts(&calendar(&weekly("RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=85")));
    assert_eq!(all, [at(2026, 12, 8, 10, 0), at(2027, 1, 12, 10, 0)]);
    // By the clock that the rule is written in, and by days without one.
    let all = starts(&calendar(&event(
        "DTSTART:20261203T160000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=2",
    )));
    assert_eq!(all, [at(2026, 12, 4, 1, 0), at(2026, 12, 11, 1, 0)]);
    let all = starts(&calendar(&weekly("RRULE:FREQ=WEEKLY;UNTIL=20261208")));
    assert_eq!(all, [at(2026, 12, 1, 10, 0), at(2026, 12, 8, 10, 0)]);
    let over = import(calendar(&weekly("RRULE:FREQ=WEEKLY;COUNT=3")).as_bytes()).unwrap();
    assert!(over.events.is_empty() && over.left_out[0].why == Why::Past, "{over:?}");
}

// The December meeting moved by a day, and both days were announced.
#[test]
fn a_day_that_was_moved_is_one_event_and_keeps_its_name() {
    let series = event("DTSTART:20261201T010000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;COUNT=2");
    let before = events(&calendar(&series));
    let moved = event("RECURRENCE-ID:20261201T010000Z\nDTSTART:20261202T010000Z\nDURATION:PT1H");
    let after = events(&calendar(&format!("{series}\n{moved}")));
    let times: Vec<i64> = after.iter().map(|event| event.starts).collect();
    assert_eq!(times, [at(2026, 12, 2, 10, 0), at(2027, 1, 1, 10, 0)]);
    assert_eq!(after[1].head.id, before[1].head.id);
    let cancelled =
        event("RECURRENCE-ID:20261201T010000Z\nDTSTART:20261201T010000Z\nDURATION:PT1H\nSTATUS:CANCELLED");
    let rest = import(calendar(&format!("{series}\n{cancelled}")).as_bytes()).unwrap();
    assert_eq!((rest.events.len(), rest.left_out[0].why), (1, Why::Cancelled));
}

#[test]
fn what_is_missing_or_not_for_founders_is_said() {
    for (lines, lack) in [
        ("DTSTART:20261210T043000Z", Lack::End),
        ("DTSTAMP:20261101T000000Z", Lack::Times),
        ("DTSTART:20261210T043000Z\nDTEND:20261210T043000Z", Lack::End),
    ] {
        assert_eq!(import(calendar(&event(lines)).as_bytes()).unwrap().drafts[0].lacks, [lack], "{lines}");
    }
    let nowhere = event("DTSTART:20261210T043000Z\nDURATION:PT1H").replace("松江市朝日町478-18", "3階");
    let nowhere = import(calendar(&nowhere).as_bytes()).unwrap();
    assert_eq!(nowhere.drafts[0].lacks, [Lack::Place]);
    assert_eq!(nowhere.drafts[0].item["place"]["name"], "松江テルサ、3階");
    for (lines, why) in [
        ("DTSTART:20251210T043000Z\nDURATION:PT1H", Why::Past),
        ("DTSTART:20291210T043000Z\nDURATION:PT1H", Why::FarAway),
        ("DTSTART:20261210T043000Z\nDURATION:PT1H\nSTATUS:CANCELLED", Why::Cancelled),
        ("DTSTART:20261210T043000Z\nDURATION:PT1H\nCLASS:PRIVATE", Why::Private),
        ("DTSTART:20261210T043000Z\nDURATION:PT1H\nRRULE:FREQ=SECONDLY", Why::Rule),
        ("DTSTART:20261210T043000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYHOUR=1,2,3", Why::Rule),
    ] {
        let import = import(calendar(&event(lines)).as_bytes()).unwrap();
        assert_eq!((import.events.len(), import.left_out[0].why), (0, why), "{lines}");
    }
}

// A blog's 「日時」 was the minute at which somebody pressed "publish".
#[test]
fn an_entry_of_a_feed_waits_for_its_dates() {
    let rss = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>お知らせ</title><link>https://example.jp/</link>\
        <description>d</description><item><title>創業セミナー &amp; 相談会</title><guid>https://example.jp/7</guid>\
        <link>https://example.jp/7</link><pubDate>Mon, 30 Nov 2026 00:00:00 +0900</pubDate>\
        <description>&lt;p&gt;12月10日に&lt;b&gt;開きます&lt;/b&gt;。&lt;/p&gt;</description></item></channel></rss>";
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>お知らせ</title><id>f</id><updated>2026-11-30T00:00:00Z</updated>\
        <entry><id>https://example.jp/7</id><title>創業セミナー &amp; 相談会</title><link href=\"https://example.jp/7\"/>\
        <updated>2026-11-30T00:00:00Z</updated><summary type=\"html\">&lt;p&gt;12月10日に開きます。&lt;/p&gt;</summary></entry></feed>";
    for feed in [rss, atom] {
        let import = import(feed.as_bytes()).unwrap();
        assert!(import.events.is_empty());
        let draft = &import.drafts[0];
        assert_eq!(draft.lacks, [Lack::Times, Lack::Place]);
        assert_eq!(draft.item["ja"]["title"], "創業セミナー & 相談会");
        assert_eq!(draft.item["ja"]["summary"], "12月10日に開きます。");
        assert_eq!(draft.item["link"], "https://example.jp/7");
        assert!(draft.item.get("starts").is_none());
    }
}

// A site wrote a long declaration: the parser had passed the place at which it may still change its encoding, and panicked.
#[test]
fn a_feed_is_read_in_the_encoding_of_which_it_speaks() {
    let feed = |declaration: &str, encoding: &'static Encoding| {
        let item = "<item><title>創業相談会</title><guid>1</guid><description>表</description></item>";
        let rss = format!(
            "{declaration}<rss version=\"2.0\"><channel><title>お知らせ</title>{item}</channel></rss>"
        );
        import(&encoding.encode(&rss).0)
    };
    let long = format!("<?xml version='1.0' encoding = 'Shift_JIS'{}?>", " ".repeat(300));
    for (declaration, encoding) in [
        ("", UTF_8),
        ("<?xml version=\"1.0\"?>", UTF_8),
        ("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>", SHIFT_JIS),
        (&long, SHIFT_JIS),
        ("<?xml version=\"1.0\" encoding=\"euc-jp\"?>", EUC_JP),
        ("<?xml version=\"1.0\" encoding=\"iso-2022-jp\"?>", ISO_2022_JP),
    ] {
        let import = feed(declaration, encoding).unwrap();
        assert_eq!(import.drafts[0].item["ja"]["title"], "創業相談会", "{declaration}");
    }
    let unknown = "<?xml version=\"1.0\" encoding=\"klingon\"?>";
    let twice = "<?xml version=\"1.0\"?> <?xml version=\"1.0\" encoding=\"euc-jp\"?>";
    for declaration in [unknown, twice, "<?xml version=\"1.0\""] {
        assert_eq!(feed(declaration, UTF_8).unwrap_err(), Unreadable::Broken, "{declaration}");
    }
}

#[test]
fn what_is_no_calendar_is_said() {
    for (bytes, expected) in [
        (&b""[..], Unreadable::Neither),
        (b"hello", Unreadable::Neither),
        (b"<html><body>404</body></html>", Unreadable::Neither),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", Unreadable::Broken),
        (b"BEGIN:VCALENDAR\r\nSUMMARY:\xff\r\nEND:VCALENDAR\r\n", Unreadable::Broken),
    ] {
        assert_eq!(import(bytes).unwrap_err(), expected, "{}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(import(&[b'\n'; 10_001]).unwrap_err(), Unreadable::TooLarge);
    assert!(import(calendar("").as_bytes()).unwrap().events.is_empty(), "an empty one is one");
}

// One line asked for every second since 1970, and the server thought about it until it was started anew.
#[test]
fn a_file_costs_what_a_file_may_cost() {
    let many = |rule: &str| {
        let one = |n: usize| {
            event(&format!("DTSTART:19700101T000000Z\nDURATION:PT1H\n{rule}"))
                .replace("UID:1", &format!("UID:{n}"))
        };
        calendar(&(0..600).map(one).collect::<Vec<_>>().join("\n"))
    };
    let nested = format!("BEGIN:VCALENDAR\r\n{}", "BEGIN:VEVENT\r\n".repeat(9_990));
    let deep = "<a>".repeat(300_000);
    let groups = |tag: &str| {
        let head = "<rss version=\"2.0\" xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><item>";
        format!("{head}{}", tag.repeat(40_000))
    };
    let brackets = "<".repeat(1 << 20);
    for text in [
        many("RRULE:FREQ=SECONDLY"),
        many("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        many("RRULE:FREQ=DAILY"),
        many("RRULE:FREQ=DAILY;COUNT=4000000000"),
        nested,
        format!("<rss version=\"2.0\"><channel>{deep}"),
        format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content type=\"xhtml\">{deep}"),
        brackets,
        // Groups are read by a function that calls itself.
        groups("<media:group>"),
        groups("<media:group a='/>'>"),
    ] {
        let begun = Instant::now();
        if let Ok(import) = import(text.as_bytes()) {
            assert!(import.events.len() <= 600, "{}", import.events.len());
        }
        let took = begun.elapsed();
        assert!(
            took < Duration::from_secs(30),
            "{took:?} for {}",
            text.chars().take(300).collect::<String>()
        );
        println!("{took:?}");
    }
}

/// A real calendar with something in it changed, taken out or doubled.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let whole = calendar(&[
        event("DTSTART;TZID=Asia/Tokyo:20261210T133000\nDTEND;TZID=Asia/Tokyo:20261210T160000\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=5"),
        event("RECURRENCE-ID;RANGE=THISANDFUTURE:20261210T043000Z\nDTSTART:99991210T043000Z\nDURATION:P9999W"),
        event("DTSTART;VALUE=DATE:20261231\nRDATE:20270101T000000Z,20270102T000000Z\nDESCRIPTION:<p>あ\\, い\\n</p>"),
    ].join("\n"));
    let length = whole.len();
    let change = (0..length, 0..40_usize, prop::collection::vec(any::<u8>(), 0..6));
    prop::collection::vec(change, 0..8).prop_map(move |changes| {
        let mut bytes = whole.clone().into_bytes();
        for (from, cut, put) in changes {
            let from = from.min(bytes.len());
            let to = (from + cut).min(bytes.len());
            bytes.splice(from..to, put);
        }
        bytes
    })
}

proptest! {
    #[test]
    fn whatever_comes_is_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = import(&bytes);
        let _ = import(&[b"BEGIN:VCALENDAR\r\n", &bytes[..]].concat());
        let _ = import(&[b"<rss version=\"2.0\"><channel>", &bytes[..]].concat());
    }

    #[test]
    fn a_damaged_calendar_is_an_answer_and_what_it_holds_can_be_published(bytes in mutated()) {
        if let Ok(import) = import(&bytes) {
            for item in &import.events {
                let again = serde_json::to_vec(item).unwrap();
                prop_assert!(Item::read(&again).is_ok());
            }
        }
    }
}
