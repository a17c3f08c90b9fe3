//! What stands in a mail, and what never does.

use std::collections::BTreeSet;

use domain::association::AssociationId;
use domain::booking::Status;
use domain::booking::letter::Language;
use domain::directory::Edition;
use domain::mail_text::{Own, written as checked};
use domain::slot::Kind;
use lettre::Message;
use mail_parser::{MessageParser, MimeHeaders};
use proptest::prelude::*;

use super::*;
use crate::store::Booking;
use crate::store::mail::News;

#[path = "../../../tests/evil.rs"]
mod evil;

/// 2026-12-01, ten o'clock in Japan.
const START: i64 = 1_796_086_800;

fn edition() -> Edition {
    Edition::parse(include_bytes!("../../../public/data/directory.json")).unwrap()
}

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
        sequence: 3,
        deadline: 1440,
        answer_by: None,
        fictional: false,
    }
}

fn origin() -> Origin {
    Origin {
        base: "https://tonari.example.jp".to_owned(),
        host: "tonari.example.jp".to_owned(),
        from: Mail::parse("yoyaku@tonari.example.jp").unwrap(),
    }
}

fn mail(
    news: News,
    language: Language,
    discreet: bool,
    to: &Mail,
) -> Result<Message, impl std::fmt::Debug + use<>> {
    with(news, language, discreet, to, &Own::default(), None)
}

fn with(
    news: News,
    language: Language,
    discreet: bool,
    to: &Mail,
    own: &Own,
    room: Option<&str>,
) -> Result<Message, impl std::fmt::Debug + use<>> {
    let (edition, booking) = (edition(), booking());
    let team = edition.association(&booking.team);
    let told = Telling {
        news,
        booking: &booking,
        to,
        language,
        discreet,
        team,
        token: "token",
        reason: (news == News::Declined).then_some("今週の女性相談は満席です。"),
        own,
        room,
        now: START - 5 * 86_400,
    };
    compose(&told, &origin())
}

/// Everything a person or a program could read in it: headers and parts, decoded.
fn readable(message: &Message) -> String {
    let bytes = message.formatted();
    let read = MessageParser::default().parse(&bytes).unwrap();
    let from = read.from().and_then(|from| from.first()).unwrap();
    let mut all = vec![
        read.subject().unwrap().to_owned(),
        from.name.as_deref().unwrap_or_default().to_owned(),
        read.body_text(0).unwrap().into_owned(),
    ];
    for part in read.attachments() {
        all.push(part.attachment_name().unwrap().to_owned());
        all.push(part.text_contents().unwrap().replace("\r\n ", ""));
    }
    all.join("\n")
}

#[test]
fn a_mail_says_what_and_when_and_how_in_her_language() {
    let to = Mail::parse("hana@example.jp").unwrap();
    for (language, parts) in [
        (
            Language::Japanese,
            [
                "日時：2026年12月1日（火）10:00〜11:00（日本時間）",
                "方法：来所",
                "相談先：島根県信用保証協会 エスポワール",
                "2026年11月30日（月）10:00まで",
            ],
        ),
        (
            Language::Easy,
            [
                "2026年12月1日（火よう日）10:00から 11:00まで",
                "行って 話す",
                "島根県信用保証協会 エスポワール",
                "2026年11月30日（月よう日）10:00まで",
            ],
        ),
        (
            Language::English,
            [
                "When: Tuesday, 1 December 2026, 10:00–11:00 (Japan time)",
                "How: In person",
                "With: 島根県信用保証協会 (Espoir)",
                "until Monday, 30 November 2026, 10:00 (Japan time)",
            ],
        ),
    ] {
        let text = readable(&mail(News::Confirmed, language, false, &to).unwrap());
        for part in parts.into_iter().chain(["7K3M-9QF2", "https://tonari.example.jp/bookings/token"]) {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        assert!(!text.contains(['!', '！']), "{text}");
    }
}

// "女性チーム相談" lit up on the phone that lay on the table between them.
#[test]
fn f07_a_discreet_mail_names_neither_the_team_nor_what_it_is_about() {
    let to = Mail::parse("hana@example.jp").unwrap();
    let mut subjects = BTreeSet::new();
    for (language, news) in Language::ALL.iter().flat_map(|l| News::ALL.map(|news| (*l, news))) {
        let message = mail(news, language, true, &to).unwrap();
        let text = readable(&message);
        for word in [
            "女性",
            "相談",
            "そうだん",
            "保証",
            "協会",
            "島根",
            "エスポワール",
            "0852",
            "創業",
            "women",
            "Women",
            "consult",
            "Espoir",
            "guarantee",
        ] {
            assert!(!text.contains(word), "{word} is in {text}");
        }
        let bytes = message.formatted();
        subjects.insert(MessageParser::default().parse(&bytes).unwrap().subject().unwrap().to_owned());
    }
    // The subject does not tell one kind of news from another.
    assert_eq!(subjects.len(), Language::ALL.len(), "{subjects:?}");
    assert!(subjects.contains("ご予定の確認"));
}

// 島根's own directions stood in the mail of a founder who had asked that nobody could tell where it came from.
#[test]
fn a_teams_own_lines_and_its_room_stand_in_every_mail_and_in_no_discreet_one() {
    let to = Mail::parse("hana@example.jp").unwrap();
    let own = Own {
        greeting: "北口からお入りください。\n持ち物：身分証".to_owned(),
        closing: "迷ったら お電話を。".to_owned(),
    };
    for (language, news) in Language::ALL.iter().flat_map(|l| News::ALL.map(|news| (*l, news))) {
        let open = readable(&with(news, language, false, &to, &own, Some("和室")).unwrap());
        for line in ["北口からお入りください。", "持ち物：身分証", "迷ったら お電話を。", "和室"]
        {
            assert!(open.contains(line), "{line} is not in {open}");
        }
        let discreet = readable(&with(news, language, true, &to, &own, Some("和室")).unwrap());
        let without = readable(&mail(news, language, true, &to).unwrap());
        assert_eq!(discreet, without, "{news:?}");
    }
}

// Whatever somebody pastes into the field: it is refused, or it stays in the text of the mail.
#[test]
fn no_line_of_a_teams_becomes_a_header_or_another_part() {
    let to = Mail::parse("hana@example.jp").unwrap();
    let mut taken = 0;
    for evil in evil::EVIL {
        let Ok(text) = checked(evil) else { continue };
        taken += 1;
        let own = Own { greeting: text.clone(), closing: text };
        let message = with(News::Confirmed, Language::Japanese, false, &to, &own, None).unwrap();
        let bytes = message.formatted();
        let read = MessageParser::default().parse(&bytes).unwrap();
        assert_eq!(read.headers().iter().count(), 8, "{evil:?}");
        assert!(read.bcc().is_none() && read.cc().is_none() && read.attachment_count() == 1, "{evil:?}");
        assert_eq!(read.to().unwrap().iter().count(), 1);
        let entry = read.attachment(0).unwrap().text_contents().unwrap();
        assert_eq!(entry.matches("BEGIN:VEVENT").count(), 1, "{evil:?}");
    }
    assert!(taken > 10, "{taken}: nearly everything was refused, so nothing was tried");
}

#[test]
fn ids_belong_to_the_public_name_and_to_nobody_without_one() {
    let args = |url: Option<&str>| crate::config::Config {
        listen: "127.0.0.1:8080".parse().unwrap(),
        site: "site".into(),
        desk: "".into(),
        var: "var".into(),
        database: crate::store::Address::of(None, std::path::Path::new("")).unwrap(),
        public_url: url.map(|url| url.parse().unwrap()),
        min_version: None,
        demo: false,
        smtp_url: None,
        mail_from: None,
        metrics_token: None,
        files: None,
        allowance: crate::limit::Allowance::unlimited(),
        bearable: crate::pressure::Bearable::everything(),
    };
    for (url, host, page) in [
        (None, NAMELESS, "http://127.0.0.1:8080/bookings/t"),
        (Some("http://192.168.0.2:8080"), NAMELESS, "http://192.168.0.2:8080/bookings/t"),
        (
            Some("https://tonari.example.jp:444"),
            "tonari.example.jp",
            "https://tonari.example.jp:444/bookings/t",
        ),
    ] {
        let origin = Origin::of(&args(url));
        assert_eq!((origin.host.as_str(), origin.booking("t").as_str()), (host, page));
        assert_eq!(origin.from.as_str(), format!("no-reply@{host}"));
    }
}

// Her phone's company gave her an address with two dots, years ago.
#[test]
fn addresses_that_no_standard_knows_but_phones_have_are_written_to() {
    for address in ["ha..na@example.jp", "hana.@example.jp"] {
        let message =
            mail(News::Confirmed, Language::Japanese, false, &Mail::parse(address).unwrap()).unwrap();
        let to = message.envelope().to()[0].to_string();
        let (user, host) = address.split_once('@').unwrap();
        assert_eq!(to, format!("\"{user}\"@{host}"));
    }
}

proptest! {
    // A folder of failures beside the crates would be taken for one of them.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    // A line end in an address became a header.
    #[test]
    fn e03_whatever_passes_for_an_address_is_one_recipient_and_no_header(
        text in prop_oneof![
            "[ -~]{1,30}@[a-zA-Z0-9.<>\r\n-]{1,30}",
            "[a-z.%!#$&'*+/=?^_`{|}~-]{1,60}@([a-z0-9-]{1,12}\\.){1,4}[a-z]{2,5}",
            any::<String>().prop_map(|text| format!("{text}@example.jp")),
        ],
    ) {
        let Ok(to) = Mail::parse(&text) else { return Ok(()) };
        let Ok(message) = mail(News::Cancelled, Language::English, false, &to) else { return Ok(()) };
        prop_assert_eq!(message.envelope().to().len(), 1);
        let bytes = message.formatted();
        let read = MessageParser::default().parse(&bytes).unwrap();
        let names: Vec<&str> = read.headers().iter().map(|header| header.name()).collect();
        prop_assert_eq!(names.len(), 8, "{:?}", names);
        let recipients = read.to().unwrap().iter().count();
        prop_assert_eq!(recipients, 1);
        prop_assert!(read.cc().is_none() && read.bcc().is_none());
        let entry = read.attachment(0).unwrap().text_contents().unwrap().replace("\r\n ", "");
        prop_assert_eq!(entry.matches("\r\nATTENDEE").count(), 1);
    }
}
