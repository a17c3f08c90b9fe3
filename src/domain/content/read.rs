//! From JSON to items, and why not. The same for a file that somebody publishes, for what the server keeps, and for what
//! a phone was sent.
//!
//! Times may be written as a clock in Japan shows them (`2026-12-10T13:30`, in files) or in UTC (`…Z`, on the wire). The
//! surprising rule: members nobody asks for are ignored here, so that an old phone reads what a newer server writes;
//! whoever publishes is told of them by [`super::File`].

use crate::association::AssociationId;
use crate::calendar::{Date, JstTime, from_rfc3339};
use crate::json::{self, Json, Malformed, Misread, Node};
use crate::place::MunicipalityCode;

use super::area::AreaCode;
use super::codes::{EventSort, Industry, Life, Scheme, Severity, Stage};
use super::item::{
    Article, Cited, Event, Genre, Head, Item, ItemId, Notice, Place, Reading, Text, Texts, Topics,
};
use super::picture::{Alt, Picture, PictureHash};
use super::text;

/// Items of one file, one answer, one shelf.
const MOST_ITEMS: usize = 5_000;
/// Readings, sources, areas of one item.
const MOST_LINES: usize = 100;

/// Why something cannot be published or shown.
#[derive(Debug, thiserror::Error)]
pub enum BadContent {
    #[error("not JSON: {0}")]
    Json(#[from] Malformed),
    #[error("{0}")]
    Field(#[from] Misread),
    #[error("items[{1}].id: {0} is there twice")]
    Twice(String, usize),
    #[error("items[{item}].{language}.body is not {wanted}")]
    Body { item: usize, language: &'static str, wanted: &'static str },
}

/// What `tonari publish` takes.
#[derive(Debug)]
pub struct File {
    pub items: Vec<Item>,
    /// A Monday. The dates are meant from it on: a demonstration begins in the week it is shown in.
    pub anchor: Option<Date>,
}

impl File {
    /// # Errors
    /// The first thing that is wrong, with the way to its field.
    pub fn read(bytes: &[u8]) -> Result<Self, BadContent> {
        let file = json::read(&Json::parse(bytes)?, |node| Self {
            items: items(&node.field("items")),
            anchor: maybe(node, "anchor", date),
        })?;
        unique(&file.items)?;
        file.items.iter().enumerate().try_for_each(|(at, item)| bodies(at, item))?;
        Ok(file)
    }
}

/// Whether what looks like a mark in a text is one. Asked of whoever publishes; what a phone was sent was asked before.
fn bodies(item: usize, one: &Item) -> Result<(), BadContent> {
    let texts = &one.head().texts;
    let all = [("ja", Some(&texts.ja)), ("easy", texts.easy.as_ref()), ("en", texts.en.as_ref())];
    for (language, text) in all.into_iter().filter_map(|(language, text)| Some((language, text?))) {
        text::check(&text.body).map_err(|wanted| BadContent::Body { item, language, wanted })?;
    }
    Ok(())
}

impl Item {
    /// One item as it is kept.
    ///
    /// # Errors
    /// As for a file.
    pub fn read(bytes: &[u8]) -> Result<Self, BadContent> {
        Ok(json::read(&Json::parse(bytes)?, item)?)
    }
}

pub(super) fn items(node: &Node<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    node.each(&mut |one| {
        if items.len() < MOST_ITEMS {
            items.push(item(one));
        } else {
            one.wrong("one of at most 5,000", ());
        }
    });
    items
}

/// No id may be there twice.
pub(super) fn unique(items: &[Item]) -> Result<(), BadContent> {
    let mut ids: Vec<(&str, usize)> =
        items.iter().enumerate().map(|(at, item)| (item.head().id.as_str(), at)).collect();
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        Some(pair) => Err(BadContent::Twice(pair[1].0.to_owned(), pair[1].1)),
        None => Ok(()),
    }
}

fn item(node: &Node<'_>) -> Item {
    let kind = node.field("kind");
    match kind.text() {
        "story" => Item::Story(article(node, Genre::Story)),
        "case" => Item::Case(article(node, Genre::Case)),
        "guide" => Item::Guide(article(node, Genre::Guide)),
        "event" => Item::Event(event(node)),
        "notice" => Item::Notice(notice(node)),
        _ => kind.wrong("story, case, guide, event or notice", Item::Guide(article(node, Genre::Guide))),
    }
}

fn article(node: &Node<'_>, genre: Genre) -> Article {
    let article = Article {
        head: head(node),
        topics: Topics {
            industries: codes(&node.field("industries"), Industry::parse),
            stages: codes(&node.field("stages"), Stage::parse),
            areas: areas(&node.field("areas")),
            schemes: codes(&node.field("schemes"), Scheme::parse),
            lives: codes(&node.field("lives"), Life::parse),
        },
        consent: maybe(node, "consent", date),
        order: maybe(node, "order", |node| node.number(u16::MAX.into()) as u16),
    };
    // A founder's story is hers.
    if genre == Genre::Story && !article.head.fictional && article.consent.is_none() {
        node.field("consent").wrong("there: the day on which the founder agreed", ());
    }
    article
}

fn event(node: &Node<'_>) -> Event {
    let event = Event {
        head: head(node),
        sort: code(&node.field("sort"), EventSort::parse, EventSort::Seminar),
        starts: moment(&node.field("starts")),
        ends: moment(&node.field("ends")),
        deadline: maybe(node, "deadline", moment),
        place: maybe(node, "place", place),
        online: node.field("online").bool(),
        capacity: maybe(node, "capacity", |node| node.number(100_000)),
        cost: maybe(node, "cost", |node| words(node, 60)),
        link: maybe(node, "link", address),
    };
    if event.ends <= event.starts {
        node.field("ends").wrong("after it starts", ());
    }
    if event.deadline.is_some_and(|deadline| deadline > event.starts) {
        node.field("deadline").wrong("before it starts", ());
    }
    if event.place.is_none() && !event.online {
        node.field("online").wrong("true, and there is no place", ());
    }
    event
}

fn notice(node: &Node<'_>) -> Notice {
    let notice = Notice {
        head: head(node),
        areas: areas(&node.field("areas")),
        from: moment(&node.field("from")),
        to: moment(&node.field("to")),
        phone: maybe(node, "phone", phone),
        severity: code(&node.field("severity"), Severity::parse, Severity::Information),
        link: maybe(node, "link", address),
    };
    if notice.head.expires.is_some() {
        node.field("expires").wrong("absent: a notice ends at its `to`", ());
    }
    if notice.to <= notice.from {
        node.field("to").wrong("after it begins", ());
    }
    notice
}

fn head(node: &Node<'_>) -> Head {
    let id = node.field("id");
    let head = Head {
        id: ItemId::parse(id.text()).unwrap_or_else(|| {
            id.wrong("3 to 60 of a-z, 0-9 and hyphens", ());
            ItemId::parse("none").expect("well formed")
        }),
        texts: Texts {
            ja: text(&node.field("ja")),
            easy: maybe(node, "easy", text),
            en: maybe(node, "en", text),
        },
        association: maybe(node, "association", |node| AssociationId(words(node, 40))),
        readings: lines(node, "readings", |node| Reading {
            of: words(&node.field("of"), 40),
            reads: hiragana(&node.field("reads")),
        }),
        sources: lines(node, "sources", |node| Cited {
            title: words(&node.field("title"), 200),
            url: maybe(node, "url", address),
            as_of: maybe(node, "as_of", as_of),
        }),
        published: date(&node.field("published")),
        expires: maybe(node, "expires", date),
        fictional: node.field("fictional").bool(),
        picture: maybe(node, "picture", picture),
    };
    if head.sources.is_empty() && !head.fictional {
        node.field("sources").wrong("there: whatever is not invented says where it was read", ());
    }
    head
}

fn picture(node: &Node<'_>) -> Picture {
    let hash = node.field("sha");
    Picture {
        sha: PictureHash::parse(hash.text()).unwrap_or_else(|| {
            hash.wrong("64 hexadecimal digits", ());
            PictureHash::parse(&"0".repeat(64)).expect("well formed")
        }),
        alt: alt(&node.field("alt")),
        alt_en: maybe(node, "alt_en", alt),
        width: side(&node.field("width")),
        height: side(&node.field("height")),
    }
}

fn alt(node: &Node<'_>) -> Alt {
    Alt::parse(node.text()).unwrap_or_else(|| {
        node.wrong("what is to be seen, a line of 1 to 200 characters", ());
        Alt::parse("-").expect("a line")
    })
}

fn side(node: &Node<'_>) -> u16 {
    match node.number(Picture::MOST) {
        0 => node.wrong("a number of pixels", 1),
        side => side as u16,
    }
}

fn text(node: &Node<'_>) -> Text {
    Text {
        title: words(&node.field("title"), 60),
        summary: words(&node.field("summary"), 160),
        body: several_lines(&node.field("body"), 8_000),
    }
}

fn place(node: &Node<'_>) -> Place {
    let code = node.field("municipality");
    Place {
        name: words(&node.field("name"), 80),
        address: words(&node.field("address"), 160),
        municipality: MunicipalityCode::new(code.number(47_999)).unwrap_or_else(|| {
            code.wrong("the JIS code of a municipality", ());
            MunicipalityCode::new(1_000).expect("in the first prefecture")
        }),
    }
}

fn areas(node: &Node<'_>) -> Vec<AreaCode> {
    let mut areas = Vec::new();
    node.each(&mut |one| match AreaCode::of(one.number(47_999)) {
        Some(area) if areas.len() < MOST_LINES => areas.push(area),
        _ => one.wrong("the JIS code of a prefecture or a municipality, one of at most 100", ()),
    });
    areas
}

fn codes<T>(node: &Node<'_>, parse: fn(&str) -> Option<T>) -> Vec<T>
where
    T: PartialEq,
{
    let mut codes = Vec::new();
    node.each(&mut |one| match parse(one.text()) {
        Some(code) if !codes.contains(&code) => codes.push(code),
        Some(_) => one.wrong("there only once", ()),
        None => one.wrong("a known code", ()),
    });
    codes
}

fn code<T>(node: &Node<'_>, parse: fn(&str) -> Option<T>, instead: T) -> T {
    parse(node.text()).unwrap_or_else(|| node.wrong("a known code", instead))
}

fn lines<T>(node: &Node<'_>, name: &str, read: fn(&Node<'_>) -> T) -> Vec<T> {
    let mut lines = Vec::new();
    if let Some(node) = node.optional(name) {
        node.each(&mut |one| {
            if lines.len() < MOST_LINES {
                lines.push(read(one));
            } else {
                one.wrong("one of at most 100", ());
            }
        });
    }
    lines
}

fn maybe<T>(node: &Node<'_>, name: &str, read: fn(&Node<'_>) -> T) -> Option<T> {
    node.optional(name).filter(|node| !node.is_null()).map(|node| read(&node))
}

fn date(node: &Node<'_>) -> Date {
    let instead = Date { year: 2000, month: 1, day: 1 };
    Date::parse(node.text()).unwrap_or_else(|| node.wrong("a day, like 2026-12-10", instead))
}

fn moment(node: &Node<'_>) -> i64 {
    let text = node.text();
    let moment = if text.ends_with('Z') { from_rfc3339(text) } else { in_japan(text) };
    moment.unwrap_or_else(|| node.wrong("a time in Japan, like 2026-12-10T13:30", 0))
}

fn in_japan(text: &str) -> Option<i64> {
    let (date, time) = text.split_once('T')?;
    let (hour, minute) = time.split_once(':')?;
    let number = |part: &str| {
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse::<u16>().ok()).flatten()
    };
    let (hour, minute) = (number(hour)?, number(minute)?);
    let exists = hour < 24 && minute < 60;
    exists.then_some(JstTime { date: Date::parse(date)?, minute: hour * 60 + minute }.unix_seconds())
}

fn as_of(node: &Node<'_>) -> String {
    let text = node.text();
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    match Date::parse(&whole) {
        Some(_) => text.to_owned(),
        None => node.wrong("a year, a month or a day, like 2018-06", String::new()),
    }
}

fn address(node: &Node<'_>) -> String {
    let text = words(node, 300);
    if text::is_address(&text) { text } else { node.wrong("an address with http or https", text) }
}

fn phone(node: &Node<'_>) -> String {
    let text = words(node, 20);
    let known = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b'+');
    if known && text.len() >= 3 { text } else { node.wrong("a phone number of digits and hyphens", text) }
}

fn hiragana(node: &Node<'_>) -> String {
    let text = words(node, 60);
    let known = text.chars().all(|c| matches!(c, 'ぁ'..='ゖ' | 'ー' | '・' | ' '));
    if known { text } else { node.wrong("hiragana", text) }
}

/// One line.
fn words(node: &Node<'_>, most: usize) -> String {
    let text = node.text();
    if text.chars().any(char::is_control) {
        node.wrong("one line", ());
    }
    several_lines(node, most)
}

/// Lengths are in characters, as whoever writes counts them.
fn several_lines(node: &Node<'_>, most: usize) -> String {
    let text = node.text();
    let length = text.chars().count();
    if length == 0 || length > most || text.trim() != text {
        let wanted = match most {
            20 => "a text of 1 to 20 characters without space around it",
            40 => "a text of 1 to 40 characters without space around it",
            60 => "a text of 1 to 60 characters without space around it",
            80 => "a text of 1 to 80 characters without space around it",
            160 => "a text of 1 to 160 characters without space around it",
            200 => "a text of 1 to 200 characters without space around it",
            300 => "a text of 1 to 300 characters without space around it",
            _ => "a text of 1 to 8,000 characters without space around it",
        };
        node.wrong(wanted, ());
    }
    if text.chars().any(hides) {
        node.wrong("free of control characters and of marks that turn the writing direction", ());
    }
    text.to_owned()
}

/// What is not seen, or makes seen something else than is there.
pub(super) fn hides(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{2028}' | '\u{2029}')
}
