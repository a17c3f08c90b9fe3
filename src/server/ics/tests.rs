//! Held against a reader that is not ours, and against the bytes: readers forgive too much.

use calcard::icalendar::{ICalendar, ICalendarComponentType as Part, ICalendarProperty, ICalendarValue};
use calcard::{Entry, Parser};
use domain::association::AssociationId;
use domain::slot::Kind;
use proptest::prelude::*;

use super::*;

/// 2026-12-01, ten o'clock in Japan.
const START: i64 = 1_796_086_800;

fn booking() -> Booking {
    Booking {
        id: 1,
        reference: "7K3M9QF2".to_owned(),
        team: AssociationId("shimane".to_owned()),
        start: START,
        length: 60,
        kind: Kind::Visit,
        place: 0,
        status: Status::Confirmed,
        sequence: 0,
        deadline: 1440,
        answer_by: None,
        fictional: false,
    }
}

fn words(text: &str) -> Words {
    Words { title: text.to_owned(), location: Some(text.to_owned()), description: text.to_owned() }
}

const SENDER: Sender<'_> = Sender { host: "tonari.example.jp", mail: "yoyaku@tonari.example.jp" };

fn written(method: Method<'_>, booking: &Booking, text: &str) -> String {
    file(method, booking, &words(text), &SENDER, START - 86_400)
}

/// As another program understands it.
fn read(file: &str) -> ICalendar {
    let mut parser = Parser::new(file);
    let calendar = match parser.entry() {
        Entry::ICalendar(calendar) => calendar,
        other => panic!("{other:?}: {file}"),
    };
    assert_eq!(parser.entry(), Entry::Eof, "more than a calendar");
    calendar
}

fn parts(calendar: &ICalendar) -> Vec<Part> {
    calendar.components.iter().map(|one| one.component_type.clone()).collect()
}

fn texts(calendar: &ICalendar, name: &ICalendarProperty) -> Vec<String> {
    let event = calendar.components.iter().find(|one| one.component_type == Part::VEvent).unwrap();
    let values = event.entries.iter().filter(|entry| entry.name == *name).flat_map(|entry| &entry.values);
    values
        .filter_map(|value| if let ICalendarValue::Text(text) = value { Some(text.clone()) } else { None })
        .collect()
}

/// The values of the event's lines of this name, as written.
fn all<'a>(unfolded: &'a str, name: &str) -> Vec<&'a str> {
    let (_, event) = unfolded.split_once("BEGIN:VEVENT\r\n").unwrap();
    let event = event.split("BEGIN:VALARM").next().unwrap();
    let lines = event.split("\r\n").filter_map(|line| line.split_once(':'));
    lines.filter(|(left, _)| left.split(';').next() == Some(name)).map(|(_, value)| value).collect()
}

fn one<'a>(unfolded: &'a str, name: &str) -> &'a str {
    let [value] = all(unfolded, name)[..] else { panic!("{name} is not there once: {unfolded}") };
    value
}

#[test]
fn an_entry_says_when_in_utc_and_who_it_is_for() {
    let file = written(Method::Request { to: "hana@example.jp" }, &booking(), "相談").replace("\r\n ", "");
    for (name, value) in [
        ("UID", "7K3M9QF2@tonari.example.jp"),
        ("DTSTART", "20261201T010000Z"),
        ("DTEND", "20261201T020000Z"),
        ("DTSTAMP", "20261130T010000Z"),
        ("STATUS", "CONFIRMED"),
        ("ATTENDEE", "mailto:hana@example.jp"),
    ] {
        assert_eq!(one(&file, name), value);
    }
    assert_eq!(parts(&read(&file)), [Part::VCalendar, Part::VEvent, Part::VAlarm]);
    assert!(all(&written(Method::Publish, &booking(), "相談"), "ATTENDEE").is_empty());
}

// She moved her consultation, and the calendar had two of them: the id was another one.
#[test]
fn a_move_and_a_cancellation_are_about_the_same_entry() {
    let to = "hana@example.jp";
    let moved = Booking { status: Status::Moved, sequence: 1, start: START + 7200, ..booking() };
    let cancelled = Booking { status: Status::Cancelled, sequence: 2, ..moved.clone() };
    let all = [
        written(Method::Request { to }, &booking(), "相談"),
        written(Method::Request { to }, &moved, "相談"),
        written(Method::Cancel { to }, &cancelled, "相談"),
    ];
    assert_eq!(all.each_ref().map(|file| one(file, "SEQUENCE")), ["0", "1", "2"]);
    assert!(all.iter().all(|file| one(file, "UID") == one(&all[0], "UID")));
    assert!(all[2].contains("\r\nMETHOD:CANCEL\r\n") && one(&all[2], "STATUS") == "CANCELLED");
    // No alarm for what will not take place.
    assert_eq!(parts(&read(&all[2])), [Part::VCalendar, Part::VEvent]);
}

proptest! {
    // A folder of failures beside the crates would be taken for one of them.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    // A name held "BEGIN:VEVENT" on a line of its own.
    #[test]
    fn e04_whatever_is_in_a_text_it_is_one_event_and_every_line_fits(
        text in prop_oneof![
            any::<String>(),
            "[\\\\;,\r\n\t :a🌸あ\u{0}\u{85}\u{2028}]{0,200}",
            Just("x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:eve@example.com\r\n y".to_owned()),
        ],
    ) {
        let file = written(Method::Request { to: "hana@example.jp" }, &booking(), &text);
        prop_assert!(file.ends_with("END:VCALENDAR\r\n"));
        for line in file.strip_suffix("\r\n").unwrap().split("\r\n") {
            prop_assert!(!line.is_empty() && line.len() <= 75, "{line:?}");
            prop_assert!(line.chars().all(|c| !c.is_control()), "{line:?}");
        }
        let calendar = read(&file);
        prop_assert_eq!(parts(&calendar), [Part::VCalendar, Part::VEvent, Part::VAlarm]);
        let wanted: Vec<String> = Some(as_read(&text)).filter(|text| !text.is_empty()).into_iter().collect();
        for name in [ICalendarProperty::Summary, ICalendarProperty::Location, ICalendarProperty::Description] {
            prop_assert_eq!(&texts(&calendar, &name), &wanted);
        }
        let unfolded = file.replace("\r\n ", "");
        prop_assert_eq!(all(&unfolded, "ATTENDEE"), ["mailto:hana@example.jp"]);
        for name in ["UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "STATUS", "SUMMARY", "DESCRIPTION"] {
            one(&unfolded, name);
        }
    }
}

/// What is left of a text once it went into a file.
fn as_read(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}
