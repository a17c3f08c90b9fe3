//! What is read: files of ours, calendars and feeds of others, and the Markdown in all of them.

use std::sync::LazyLock;

use domain::association::AssociationId;
use domain::content::text::{Block, check, parse, plain};
use domain::content::{Cited, EventSort, File, Item};
use serde_json::json;
use server::imports::{DAYS_AHEAD, Import, MOST_EVENTS, Places, Wish, read};

use crate::shown;

static PLACES: LazyLock<Places> = LazyLock::new(Places::bundled);

/// 30 November 2026, nine in the morning in Japan.
const NOW: i64 = 1_795_996_800;

/// Somebody's calendar.
pub fn calendar(data: &[u8]) {
    import(&[b"BEGIN:VCALENDAR\r\n", data, b"\r\nEND:VCALENDAR\r\n"].concat());
    import(data);
}

/// Somebody's feed.
pub fn feed(data: &[u8]) {
    import(&[b"<", data].concat());
}

fn import(bytes: &[u8]) {
    let wish = Wish {
        association: AssociationId("shimane".to_owned()),
        sort: EventSort::Seminar,
        source: Cited { title: "協会の予定".to_owned(), url: None, as_of: None },
        now: NOW,
    };
    let Ok(Import { events, drafts, left_out }) = read(bytes, &wish, &PLACES) else { return };
    assert!(events.len() + drafts.len() <= MOST_EVENTS);
    for item in &events {
        let Item::Event(event) = item else { panic!("a calendar has events") };
        assert!(event.starts <= NOW + DAYS_AHEAD * 86_400 && event.ends >= event.starts);
        published(item);
    }
    for draft in &drafts {
        assert!(!draft.lacks.is_empty(), "{:?} could have been published", draft.item);
        let words = draft.item["ja"]["body"].as_str().expect("a draft has a text");
        assert!(check(words).is_ok(), "{words:?} has marks that nobody meant");
        shown::as_page(words);
    }
    assert!(left_out.iter().all(|left| left.title.chars().count() <= 60 && !left.title.contains('\n')));
}

/// A file that somebody publishes.
pub fn content(data: &[u8]) {
    let Ok(file) = File::read(data) else { return };
    file.items.iter().for_each(published);
}

/// As it goes to phones, to pages and to calendars.
fn published(item: &Item) {
    let wire = serde_json::to_vec(item).expect("an item is plain JSON");
    let again = Item::read(&wire).unwrap_or_else(|why| panic!("{why} in {}", String::from_utf8_lossy(&wire)));
    assert_eq!(&again, item);
    let file = json!({ "items": [item] }).to_string();
    assert!(File::read(file.as_bytes()).is_ok(), "{file}");
    let texts = &item.head().texts;
    for text in [Some(&texts.ja), texts.easy.as_ref(), texts.en.as_ref()].into_iter().flatten() {
        shown::as_page(&text.body);
        assert!(!text.title.contains(char::is_control), "{:?}", text.title);
    }
    if let Item::Event(event) = item {
        shown::as_entry(event);
    }
}

/// A text with marks.
pub fn text(data: &[u8]) {
    let Ok(words) = str::from_utf8(data) else { return };
    for block in parse(words) {
        match block {
            Block::List { items, .. } => assert!(!items.is_empty()),
            Block::Chart(chart) => assert!(chart.bars.iter().all(|bar| bar.share <= 1000)),
            Block::Paragraph(spans) | Block::Heading(spans) | Block::Quote(spans) => {
                assert!(!spans.is_empty())
            }
        }
    }
    drop((plain(words), check(words)));
    shown::as_page(words);
}
