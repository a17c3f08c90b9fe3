//! One story, case or guide; then where it comes from, who can be talked to, and what else there is.

use std::cmp::Reverse;

use crate::state::routing::Address;
use domain::association::AssociationId;
use domain::content::{Article, Genre, Item, ItemId, ShelfName};
use domain::fact::AsOf;
use ui::component::{IconName, badge, book_or_reach, button, icon, rich_text, save_button};
use ui::format;
use ui::i18n::{Key, ruby, say, say_with};
use ui::node::{Content, El, el};

use super::card::{card, minutes};
use super::sources::sources;
use super::topics::{choices_of, genre_key, topic};
use super::{actions, fictional, japanese_only, paragraph, picture, section, spoken, title, without};
use crate::read::routes::ReadRoute;
use crate::read::state::Reading;

/// Other texts below one.
const OTHERS: usize = 3;

pub fn article(reading: Reading, id: ItemId) -> El {
    reading.marks.has_read(&id);
    el("div").put_live(move || {
        reading.shelves.stories.with(|standing| {
            let found = standing.item(id.as_str()).filter(|item| item.is_current(reading.now.get()));
            match found.and_then(|item| Some((item, item.article()?))) {
                Some((item, (genre, article))) => whole(reading, standing.items(), item, genre, article),
                None if standing.items().is_empty() || standing.may_lack(id.as_str()) => Content::Many(vec![
                    title(say(Key::ReadTitle)).into(),
                    without(reading, ShelfName::Stories, standing),
                ]),
                None => gone(),
            }
        })
    })
}

fn gone() -> Content {
    Content::Many(vec![
        title(say(Key::NotFoundTitle)).into(),
        paragraph(say(Key::ReadGone)).set("data-testid", "gone").into(),
        back().into(),
    ])
}

pub fn back() -> El {
    el("p").class("tn-back").put(
        el("a")
            .class("tn-back__link")
            .set("href", &ReadRoute::Articles.href())
            .put(icon(IconName::Back))
            .put(say(Key::ReadBack)),
    )
}

fn whole(reading: Reading, all: &[Item], item: &Item, genre: Genre, article: &Article) -> Content {
    let head = &article.head;
    let (text, lang) = spoken(&head.texts);
    let badges =
        el("p").class("tn-page__badges").put(badge("plain", say(genre_key(genre)))).put(fictional(item));
    let body = el("article")
        .class("tn-reading__whole")
        .set("data-testid", "article")
        .put(badges)
        .put(title(ruby(text.title.clone())).set("lang", lang))
        .put(el("p").class("tn-reading__lead").set("lang", lang).put(ruby(text.summary.clone())))
        .put(el("p").class("tn-card__dated").put(meta(reading, article)))
        .put(picture(head))
        .put(japanese_only(&head.texts))
        .put(buttons(reading, item))
        .put(rich_text(&text.body).set("lang", lang))
        .put(topics(genre, article))
        .put(sources(head));
    Content::Many(vec![
        back().into(),
        body.into(),
        team(reading, head.association.as_ref()).into(),
        others(reading, all, article).into(),
    ])
}

fn meta(reading: Reading, article: &Article) -> Content {
    let head = &article.head;
    let date = format::as_of(&AsOf(head.published.to_text()));
    let by = head.association.as_ref().and_then(|id| {
        reading.directory.edition.peek(|edition| Some(edition.association(id)?.name.value.clone()))
    });
    let by = by.map(|name| el("span").put(say_with(Key::ReadBy, &[("name", &name)])).put(" · "));
    Content::Many(vec![
        by.into(),
        say_with(Key::ReadPublished, &[("date", &date)]),
        " · ".into(),
        minutes(&head.texts.ja.body),
    ])
}

fn buttons(reading: Reading, item: &Item) -> El {
    let id = item.head().id.clone();
    let (kept, toggled) = (id.clone(), id.clone());
    let keep = save_button(
        (Key::ReadKeep, Key::ReadKeptMark),
        move || reading.marks.is_kept(&kept),
        move || reading.marks.toggle_kept(&toggled),
    );
    let name = item.head().texts.ja.title.clone();
    let share = button("line", say(Key::ReadShare), move || {
        reading.device.share_page(&name, &ReadRoute::Article(id.clone()).href());
    })
    .set("data-testid", "share");
    let copied = move || {
        reading.device.copied.get().then(|| el("span").set("role", "status").put(say(Key::ReadCopied)))
    };
    actions(keep).put(share).put_live(copied)
}

fn topics(genre: Genre, article: &Article) -> El {
    let mut list = el("ul").class("tn-topics");
    for choice in choices_of(genre, article).into_iter().skip(1) {
        list = list.put(el("li").class("tn-topics__one").put(topic(choice)));
    }
    list
}

/// From the story to the team: the way on.
fn team(reading: Reading, id: Option<&AssociationId>) -> Option<El> {
    let id = id?.clone();
    reading.directory.edition.peek(|edition| {
        let association = edition.association(&id)?;
        let bookable = id.clone();
        let see = el("a")
            .class("tn-button")
            .set("data-kind", "line")
            .set("href", &["/associations/", id.as_str()].concat())
            .put(say(Key::ReadTeamSee));
        let ways = book_or_reach(association, move || reading.directory.is_bookable(&bookable));
        Some(
            section("team", say(Key::ReadTeam))
                .class("tn-page__section tn-reading__team")
                .put(el("p").class("tn-reading__title").set("lang", "ja").put(association.name.value.clone()))
                .put(actions(ways).put(see)),
        )
    })
}

/// Those that share most with it.
fn others(reading: Reading, all: &[Item], of: &Article) -> Option<El> {
    let now = reading.now.get();
    let own = choices_of(Genre::Story, of);
    let mut ranked: Vec<(usize, &Item)> = all
        .iter()
        .filter(|item| item.head().id != of.head.id && item.is_current(now))
        .filter_map(|item| {
            let (genre, article) = item.article()?;
            let shared =
                choices_of(genre, article).into_iter().filter(|choice| own[1..].contains(choice)).count();
            (shared > 0).then_some((shared, item))
        })
        .collect();
    ranked.sort_by_key(|(shared, item)| (Reverse(*shared), item.head().id.clone()));
    if ranked.is_empty() {
        return None;
    }
    let mut list = el("div").class("tn-saved");
    for (_, item) in ranked.into_iter().take(OTHERS) {
        list = list.put(card(reading, item, None, &[], ""));
    }
    Some(section("others", say(Key::ReadOthers)).put(list))
}
