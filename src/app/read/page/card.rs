//! An article in a list: what it is, what it says, why it was found.

use crate::state::routing::Address;
use domain::content::{Genre, Item};
use domain::search::{Field, How, Query, Reason, highlight, snippet};
use ui::component::badge;
use ui::i18n::{Key, ruby, say, say_with, without_readings};
use ui::node::{Content, El, el};

use super::topics::genre_key;
use super::{fictional, spoken};
use crate::read::routes::ReadRoute;
use crate::read::state::Reading;
use crate::read::state::choosing::Found;

/// Characters of the text around what was found in it.
const AROUND: usize = 60;

pub fn found(reading: Reading, found: &Found) -> El {
    let made = reading.shelves.stories.peek(|standing| {
        standing.item(found.id.as_str()).map(|item| {
            let query = reading.choosing.query_of(&found.typed);
            card(reading, item, query.as_ref(), &found.reasons, &found.typed)
        })
    });
    made.unwrap_or_else(|| el("div"))
}

pub fn card(reading: Reading, item: &Item, query: Option<&Query>, reasons: &[Reason], typed: &str) -> El {
    let head = item.head();
    let (text, lang) = spoken(&head.texts);
    let genre = item.article().map_or(Genre::Story, |(genre, _)| genre);
    let route = ReadRoute::Article(head.id.clone());
    let (is_kept, is_read) = (head.id.clone(), head.id.clone());
    let badges = el("p")
        .class("tn-card__badges")
        .put(badge("plain", say(genre_key(genre))))
        .put(fictional(item))
        .put_live(move || reading.marks.is_kept(&is_kept).then(|| mark(Key::ReadTitleLater)))
        .put_live(move || reading.marks.is_read(&is_read).then(|| mark(Key::ReadSeen)));
    let link = el("a").class("tn-card__link").set("href", &route.href()).put(marked(&text.title, query));
    el("article")
        .class("tn-card tn-reading")
        .set("data-testid", "article-card")
        .set("data-item", head.id.as_str())
        .put(badges)
        .put(el("h2").class("tn-reading__title").set("lang", lang).put(link))
        .put(el("p").class("tn-reading__summary").set("lang", lang).put(marked(&text.summary, query)))
        .put(query.zip(reasons.first()).map(|(query, reason)| why(item, query, reason, typed)))
        .put(el("p").class("tn-card__dated").put(meta(reading, item)))
}

fn mark(words: Key) -> El {
    el("span").class("tn-reading__mark").put(say(words))
}

/// Whose it is, and how long it takes.
fn meta(reading: Reading, item: &Item) -> Content {
    let head = item.head();
    let name = head.association.as_ref().and_then(|id| {
        reading.directory.edition.peek(|edition| Some(edition.association(id)?.name.value.clone()))
    });
    let name = name.map(|name| el("span").set("lang", "ja").put([name.as_str(), " · "].concat()));
    Content::Many(vec![name.into(), minutes(&head.texts.ja.body)])
}

/// A grown-up reads about 500 characters of Japanese in a minute.
pub fn minutes(body: &str) -> Content {
    let minutes = body.chars().count().div_ceil(500);
    say_with(Key::ReadMinutes, &[("n", &minutes.to_string())])
}

/// Words with what was found in them marked; furigana only where nothing is looked for.
fn marked(text: &str, query: Option<&Query>) -> Content {
    let Some(query) = query else { return ruby(text.to_owned()) };
    let text = without_readings(text);
    pieces(&text, &highlight(&text, query))
}

fn pieces(text: &str, ranges: &[std::ops::Range<usize>]) -> Content {
    let mut pieces = Vec::new();
    let mut at = 0;
    for range in ranges {
        pieces.push(text[at..range.start].to_owned().into());
        pieces.push(el("mark").class("tn-mark").put(text[range.clone()].to_owned()).into());
        at = range.end;
    }
    pieces.push(text[at..].to_owned().into());
    Content::Many(pieces)
}

/// Where it was found and how, and the words around it where the card does not show them.
fn why(item: &Item, query: &Query, reason: &Reason, typed: &str) -> El {
    let place = match reason.field {
        Field::Title => Key::ReadFieldTitle,
        Field::Summary => Key::ReadFieldSummary,
        Field::Label => Key::ReadFieldTopics,
        Field::Body => Key::ReadFieldBody,
    };
    let typed = typed.trim();
    let words = match reason.how {
        How::Written => say_with(Key::ReadHit, &[("word", typed), ("where", &ui::i18n::plain(place))]),
        How::Reading | How::Romaji => say_with(Key::ReadHitReading, &[("word", typed)]),
    };
    let around = (reason.field == Field::Body).then(|| {
        let (text, lang) = spoken(&item.head().texts);
        let body = domain::content::text::plain(&text.body);
        let piece = snippet(&body, query, AROUND);
        el("span")
            .class("tn-reading__around")
            .set("lang", lang)
            .put(piece.begins_inside.then(|| el("span").put("…")))
            .put(pieces(piece.text, &piece.marks))
            .put(piece.ends_inside.then(|| el("span").put("…")))
    });
    el("p").class("tn-reading__why").set("data-testid", "why").put(words).put(around)
}
