//! Whatever the directory says and whatever an address asks for: on the host's page it is text, and never markup.

use std::sync::LazyLock;

use domain::association::{Association, Office, Precision, Team};
use domain::directory::Edition;
use domain::fact::{Fact, SourceId};
use proptest::prelude::*;
use scraper::{Html, Selector};

use super::*;

const ORIGIN: &str = "https://tonari.example.jp";

fn edition() -> Edition {
    Edition::parse(include_bytes!("../../../../../../public/data/directory.json")).unwrap()
}

fn snippet<'a>(choice: &'a Choice<'a>) -> Snippet<'a> {
    static LOADER: LazyLock<Loader> =
        LazyLock::new(|| Loader { version: 1, integrity: "sha384-abc+/=".to_owned() });
    Snippet { origin: ORIGIN, choice, loader: Some(&LOADER) }
}

/// Every element in order, with its attributes by name.
fn shape(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let every = Selector::parse("*").unwrap();
    let read = Html::parse_fragment(html);
    let elements = read.select(&every).skip(1).map(|element| {
        let mut attributes: Vec<_> =
            element.value().attrs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        attributes.sort();
        (element.value().name().to_owned(), attributes)
    });
    elements.collect()
}

fn names(html: &str) -> Vec<(String, Vec<String>)> {
    let names = |attributes: Vec<(String, String)>| attributes.into_iter().map(|(name, _)| name).collect();
    shape(html).into_iter().map(|(element, attributes)| (element, names(attributes))).collect()
}

#[test]
fn the_snippet_of_a_team_is_what_its_web_person_pastes() {
    let edition = edition();
    let choice = Choice::of("team=shimane&view=book&accent=%230a7c86", &edition).unwrap();
    assert_eq!(
        snippet(&choice).tag(),
        r##"<script src="https://tonari.example.jp/embed.js" defer></script>
<tonari-widget team="shimane" view="book" lang="ja" theme="auto" accent="#0a7c86" style="display:block;min-height:560px">
  <p><strong>島根県信用保証協会 エスポワール</strong></p>
  <p>電話 <a href="tel:0852-21-0561">0852-21-0561</a>（協会自身のページによる（掲載日不明）。要確認）</p>
  <p>受付 月〜金 9:00〜17:10（掲載日不明・要確認）</p>
  <p><a href="https://www.shimane-cgc.or.jp/">公式サイト</a></p>
  <p><a href="https://tonari.example.jp/book/shimane">となりで、相談を予約する</a></p>
</tonari-widget>
"##
    );
}

// Nothing was known of its phone, and the page of the association said 要確認 of the association.
#[test]
fn what_is_not_known_stays_out() {
    let edition = edition();
    let choice = Choice::of("team=tokyo&view=find&words=en", &edition).unwrap();
    let tag = snippet(&choice).tag();
    assert!(!tag.contains("tel:") && !tag.contains("Phone") && !tag.contains("要確認"), "{tag}");
    assert_eq!(tag.matches("<p>").count(), 3, "{tag}");
    assert!(tag.contains("<a href=\"https://www.cgc-tokyo.or.jp/\">Official site</a>"), "{tag}");
}

// Their policy forbade the attribute, the browser dropped it, and the page jumped.
#[test]
fn a_strict_host_gets_a_rule_instead_of_an_attribute() {
    let edition = edition();
    let choice = Choice::of("team=shimane&strict=yes&height=480", &edition).unwrap();
    let snippet = snippet(&choice);
    for text in [snippet.tag(), snippet.pinned().unwrap(), snippet.frame(), snippet.plugin()] {
        assert!(!text.contains("style="), "{text}");
    }
    assert_eq!(snippet.rule().unwrap(), "tonari-widget {\n  display: block;\n  min-height: 480px;\n}\n");
    assert!(snippet.page("a", "b", "c").contains("min-height: 480px"));
}

#[test]
fn a_numbered_script_is_held_to_its_bytes_and_asked_for_without_cookies() {
    let edition = edition();
    let choice = Choice::of("", &edition).unwrap();
    let pinned = snippet(&choice).pinned().unwrap();
    let first = &shape(&pinned)[0];
    let value = |name: &str| first.1.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    assert_eq!(
        (value("src"), value("integrity"), value("crossorigin")),
        (Some("https://tonari.example.jp/embed.1.js"), Some("sha384-abc+/="), Some("anonymous"))
    );
    assert!(Snippet { loader: None, ..snippet(&choice) }.pinned().is_none());
}

#[test]
fn a_frame_has_a_title_a_height_and_the_address_of_the_choice() {
    let edition = edition();
    let choice = Choice::of("team=shimane&view=find&theme=dark&accent=0a7c86&words=en", &edition).unwrap();
    let frame = snippet(&choice).frame();
    let value = |name: &str| shape(&frame)[0].1.iter().find(|(known, _)| known == name).unwrap().1.clone();
    assert_eq!(
        value("src"),
        "https://tonari.example.jp/embed/find?team=shimane&lang=en&theme=dark&accent=0a7c86"
    );
    assert_eq!((value("loading").as_str(), value("height").as_str()), ("lazy", "560"));
    assert!(value("title").contains("島根県信用保証協会"), "{}", value("title"));
    assert!(frame.contains("tel:0852-21-0561"), "the fallback stands beside it: {frame}");
}

/// Text in single quotes of PHP, taken out and read as PHP reads it; what is left is the program.
fn php(text: &str) -> (String, Vec<String>) {
    let (mut program, mut strings) = (String::new(), Vec::new());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        program.push(character);
        if character != '\'' {
            continue;
        }
        let mut string = String::new();
        while let Some(character) = characters.next().filter(|character| *character != '\'') {
            let escaped = (character == '\\').then(|| characters.next()).flatten();
            string.extend(escaped.or(Some(character)));
        }
        strings.push(string);
    }
    (program, strings)
}

fn evil() -> impl Strategy<Value = String> {
    let marks = r#"[<>&"'`/=\\?\-! a-z$'\n{}]{0,24}"#;
    prop_oneof![
        any::<String>(),
        marks.prop_map(|marks: String| marks),
        Just("\"><img src=x onerror=alert(1)>".to_owned()),
        Just("</tonari-widget><script>alert(1)</script>".to_owned()),
        Just("' . system('id') . '\\".to_owned()),
        Just("\\' ?><?php phpinfo(); //".to_owned()),
        Just("-->\"' onload='alert(1)".to_owned()),
    ]
}

fn fact<T>(value: T, note: Option<String>) -> Fact<T> {
    Fact { value, source: SourceId(0), as_of: None, note }
}

/// An association whose every text is such a text.
fn association() -> impl Strategy<Value = Association> {
    (evil(), evil(), evil(), evil(), evil()).prop_map(|(name, phone, note, hours, team)| {
        let mut one = edition().associations.swap_remove(0);
        one.website.value = format!("https://example.jp/{name}");
        one.name.value = name;
        one.phone = Some(fact(phone, Some(note.clone())));
        one.hours = Some(fact(hours, Some(note)));
        let office =
            Office { address: team.clone(), precision: Precision::City, postcode: None, municipality: 1 };
        one.office = Some(fact(office, None));
        one.team = Some(Team {
            listed: fact(true, None),
            name: Some(fact(team.clone(), None)),
            name_en: Some(fact(team, None)),
            founded: None,
            first_in_japan: None,
        });
        one
    })
}

/// HTML knows no zero, and reads every line end as one.
fn as_read(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    // The name of a team closed the attribute, and the rest of it ran on the page of the association.
    #[test]
    fn no_fact_is_ever_markup(evil in association(), book in any::<bool>(), query in any::<String>()) {
        let calm = edition();
        let mut edition = calm.clone();
        let at = edition.associations.iter().position(|one| one.id.as_str() == "shimane").unwrap();
        edition.associations[at] = Association { id: edition.associations[at].id.clone(), ..evil };
        let asked = format!("{query}&team=shimane&view={}&accent=0a7c86", if book { "book" } else { "find" });
        // Only what is chosen last counts, so both ask for the same but for what the query adds.
        let (choice, known) = (Choice::of(&asked, &edition).unwrap(), Choice::of(&asked, &calm).unwrap());
        let (ours, calm) = (snippet(&choice), snippet(&known));
        for (text, like) in [
            (ours.tag(), calm.tag()),
            (ours.pinned().unwrap(), calm.pinned().unwrap()),
            (ours.frame(), calm.frame()),
            (ours.page("a", "b", "c"), calm.page("a", "b", "c")),
        ] {
            prop_assert_eq!(names(&text), names(&like), "{}", text);
        }
        let tag = shape(&ours.tag());
        let link = tag.iter().find(|(name, attributes)| name == "a" && attributes[0].1.starts_with("tel:"));
        let phone = &choice.association.phone.as_ref().unwrap().value;
        prop_assert_eq!(&link.unwrap().1[0].1, &as_read(&format!("tel:{phone}")));

        let (program, strings) = php(&ours.plugin());
        let (known, _) = php(&calm.plugin());
        prop_assert_eq!(program, known);
        prop_assert!(strings.contains(&fallback(&choice, ORIGIN, "").into_string()));
    }

    // An address from a mail brought a program along.
    #[test]
    fn no_address_is_ever_markup(query in evil(), raw in any::<String>()) {
        let edition = edition();
        let values = ["team", "view", "words", "theme", "accent", "height", "strict", "lang"];
        let mut asked = url::form_urlencoded::Serializer::new(String::new());
        asked.extend_pairs(values.map(|name| (name, query.as_str())));
        for asked in [asked.finish(), raw] {
            let choice = Choice::of(&asked, &edition).unwrap();
            let tag = shape(&snippet(&choice).tag());
            prop_assert_eq!(tag.iter().filter(|(name, _)| name == "script").count(), 1);
            for (name, attributes) in &tag {
                let allowed: &[&str] = match name.as_str() {
                    "script" => &["defer", "src"],
                    "tonari-widget" => &["accent", "lang", "style", "team", "theme", "view"],
                    "a" => &["href"],
                    "p" | "strong" => &[],
                    other => return Err(TestCaseError::fail(format!("{other} in {tag:?}"))),
                };
                prop_assert!(attributes.iter().all(|(name, _)| allowed.contains(&name.as_str())), "{:?}", tag);
            }
        }
    }
}
