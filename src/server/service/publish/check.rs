//! Whether a draft can be read by others, asked of the very code that reads a published file. Its sentences are for whoever
//! writes files; a form says them by a code.

use domain::api::FieldProblem;
use domain::api::desk::publish::Written;
use domain::calendar::Date;
use domain::content::draft::has_consent;
use domain::content::{BadContent, File, Item};
use serde_json::{Value, json};

use crate::store::drafts::Draft;

/// The item that readers would get today.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn item(draft: &Draft, written: &Written, now: i64, today: Date) -> Result<Item, FieldProblem> {
    let mut item = serde_json::to_value(written).expect("a draft is plain JSON");
    item["kind"] = Value::from(draft.kind.code());
    item["id"] = Value::from(draft.item_id().as_str());
    item["association"] = Value::from(draft.association.as_str());
    item["published"] = Value::from(draft.published_on.unwrap_or(today).to_text());
    let file = json!({ "items": [item] }).to_string();
    let item = File::read(file.as_bytes()).map_err(|bad| problem(&bad))?.items.remove(0);
    if !has_consent(&item, draft.newest.consent, today) {
        let field = if draft.newest.consent.is_none() { "consent-how" } else { "consent" };
        return Err(wrong(field, "no_consent"));
    }
    if let Some(field) = over(&item, now, today) {
        return Err(wrong(field, "over"));
    }
    Ok(item)
}

/// The field that says so: nobody would ever read it.
fn over(item: &Item, now: i64, today: Date) -> Option<&'static str> {
    match item {
        Item::Event(event) if event.ends <= now => Some("ends"),
        Item::Notice(notice) if notice.to <= now => Some("to"),
        _ => item.head().expires.is_some_and(|last| last < today).then_some("expires"),
    }
}

pub fn problem(bad: &BadContent) -> FieldProblem {
    match bad {
        BadContent::Field(misread) => {
            let field = misread.path.strip_prefix("items[0].").unwrap_or(&misread.path);
            wrong(field, code(misread.wanted))
        }
        BadContent::Body { language, .. } => wrong(&format!("{language}.body"), "marks"),
        // One item, written by a program of ours.
        BadContent::Json(_) | BadContent::Twice(..) => wrong("", "invalid"),
    }
}

/// Beginnings of what the reader wants, each with its code.
const CODES: [(&str, &str); 21] = [
    ("a text of 1", "length"),
    ("one line", "one_line"),
    ("free of control", "hidden_marks"),
    ("there: whatever", "no_source"),
    ("there: the day", "no_consent"),
    ("there", "missing"),
    ("a text", "missing"),
    ("a known code", "missing"),
    ("a day", "not_a_day"),
    ("a year", "not_a_day"),
    ("a time", "not_a_time"),
    ("an address", "not_an_address"),
    ("a phone", "not_a_phone"),
    ("hiragana", "not_hiragana"),
    ("what is to be seen", "length"),
    ("after it", "ends_first"),
    ("before it starts", "deadline_late"),
    ("true, and there is no place", "no_place"),
    ("the JIS code", "no_area"),
    ("absent: a notice", "not_here"),
    ("a whole number", "not_a_number"),
];

fn code(wanted: &str) -> &'static str {
    CODES.iter().find(|(start, _)| wanted.starts_with(start)).map_or("invalid", |(_, code)| code)
}

pub fn wrong(field: &str, code: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), code: code.to_owned() }
}

#[cfg(test)]
mod tests {
    use domain::api::desk::publish::{Reads, Source, Venue, Words};
    use domain::association::AssociationId;
    use domain::content::draft::{Consent, Kind, State};

    use super::*;
    use crate::store::drafts::Revision;

    const NOW: i64 = 1_795_996_800;

    fn today() -> Date {
        Date::parse("2026-11-30").unwrap()
    }

    fn draft(kind: Kind, consent: Option<Consent>) -> Draft {
        Draft {
            id: 12,
            association: AssociationId("shimane".to_owned()),
            kind,
            author: 7,
            state: State::Draft,
            newest: Revision { number: 1, by: 7, at: NOW, body: String::new(), consent },
            public: None,
            published_on: None,
            changed_at: NOW,
            writers: vec![7],
            comments: (0, 0),
        }
    }

    fn good() -> Written {
        let text = |text: &str| Some(text.to_owned());
        Written {
            ja: Words { title: "題".to_owned(), summary: "要約".to_owned(), body: "本文".to_owned() },
            sources: vec![Source { title: "協会".to_owned(), ..Source::default() }],
            consent: text("2026-11-01"),
            sort: text("seminar"),
            starts: text("2026-12-10T13:30"),
            ends: text("2026-12-10T15:30"),
            online: true,
            from: text("2026-11-30T09:00"),
            to: text("2026-12-30T09:00"),
            severity: text("crisis"),
            ..Written::default()
        }
    }

    fn said(kind: Kind, change: impl FnOnce(&mut Written)) -> (String, String) {
        let mut written = good();
        change(&mut written);
        let wrong = item(&draft(kind, Some(Consent::Paper)), &written, NOW, today()).unwrap_err();
        (wrong.field, wrong.code)
    }

    #[test]
    fn what_is_whole_is_an_item_of_its_own_association_whatever_was_typed() {
        for kind in Kind::ALL {
            let item = item(&draft(kind, Some(Consent::Mail)), &good(), NOW, today()).unwrap();
            let head = item.head();
            assert_eq!(Kind::of(&item), Some(kind));
            assert_eq!(head.id.as_str(), format!("{}-shimane-12", kind.code()));
            assert_eq!(head.association.as_ref().map(AssociationId::as_str), Some("shimane"));
            assert_eq!(head.published, today());
        }
    }

    // 「入力に誤りがあります」 stood above a form of forty fields.
    #[test]
    fn whatever_is_wrong_is_said_by_its_field_and_a_code_that_has_words() {
        type Change = fn(&mut Written);
        let cases: [(Kind, Change, &str, &str); 16] = [
            (Kind::Story, |w| w.ja.title.clear(), "ja.title", "length"),
            (Kind::Story, |w| w.ja.summary = "あ".repeat(161), "ja.summary", "length"),
            (Kind::Story, |w| w.ja.title = "二\n行".to_owned(), "ja.title", "one_line"),
            (Kind::Story, |w| w.ja.body = "**強い".to_owned(), "ja.body", "marks"),
            (Kind::Story, |w| w.sources.clear(), "sources", "no_source"),
            (Kind::Story, |w| w.consent = None, "consent", "missing"),
            (Kind::Story, |w| w.consent = Some("2026-12-01".to_owned()), "consent", "no_consent"),
            (Kind::Story, |w| w.expires = Some("2026-11-29".to_owned()), "expires", "over"),
            (Kind::Case, |w| w.sources[0].url = Some("www".to_owned()), "sources[0].url", "not_an_address"),
            (
                Kind::Case,
                |w| w.readings.push(Reads { of: "島根".to_owned(), reads: "シマネ".to_owned() }),
                "readings[0].reads",
                "not_hiragana",
            ),
            (Kind::Event, |w| w.sort = None, "sort", "missing"),
            (Kind::Event, |w| w.ends = w.starts.clone(), "ends", "ends_first"),
            (Kind::Event, |w| w.online = false, "online", "no_place"),
            (
                Kind::Event,
                |w| {
                    w.place = Some(Venue {
                        name: "会館".to_owned(),
                        address: "松江".to_owned(),
                        municipality: None,
                    })
                },
                "place.municipality",
                "missing",
            ),
            (Kind::Notice, |w| w.to = Some("2026-11-30".to_owned()), "to", "not_a_time"),
            (Kind::Notice, |w| w.phone = Some("電話".to_owned()), "phone", "not_a_phone"),
        ];
        for (kind, change, field, code) in cases {
            assert_eq!(said(kind, change), (field.to_owned(), code.to_owned()));
        }
    }

    // She had said yes on the telephone, and nobody could say to whom.
    #[test]
    fn a_founders_story_says_how_she_agreed_and_an_invented_one_needs_nobody() {
        let missing = item(&draft(Kind::Story, None), &good(), NOW, today()).unwrap_err();
        assert_eq!((&*missing.field, &*missing.code), ("consent-how", "no_consent"));
        let invented = Written { fictional: true, consent: None, ..good() };
        assert!(item(&draft(Kind::Story, None), &invented, NOW, today()).is_ok());
        assert!(item(&draft(Kind::Case, None), &Written { consent: None, ..good() }, NOW, today()).is_ok());
    }

    #[test]
    fn what_is_over_before_anybody_could_read_it_is_not_published() {
        let past = |w: &mut Written| {
            (w.from, w.to) = (Some("2026-11-01T09:00".to_owned()), Some("2026-11-02T09:00".to_owned()));
        };
        assert_eq!(said(Kind::Notice, past), ("to".to_owned(), "over".to_owned()));
    }
}
