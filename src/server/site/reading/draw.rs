//! What stands in the middle of a reading page. Classes and order are those of the app's screens.

use domain::calendar::{JstTime, Weekday};
use domain::content::{
    AreaCode, Article, Choice, Cited, Event, EventSort, Genre, Head, Item, Notice, Topics,
};
use domain::directory::Edition;
use domain::place::prefecture::Prefecture;
use maud::{Markup, html};

use super::super::words::{filled, word};
use super::text;

pub fn articles<'a>(items: impl Iterator<Item = &'a Item>, edition: &Edition) -> Markup {
    let mut listed: Vec<(&Item, Genre, &Article)> =
        items.filter_map(|item| item.article().map(|(genre, article)| (item, genre, article))).collect();
    listed.sort_by_key(|(_, genre, article)| {
        let rank = if *genre == Genre::Guide { article.order.unwrap_or(u16::MAX) } else { u16::MAX };
        (rank, std::cmp::Reverse(article.head.published), article.head.id.clone())
    });
    html! {
        (heading("read.title"))
        p.tn-find__lead { (word("read.lead")) }
        (doors("/read"))
        (tools(&listed))
        div.tn-saved.tn-reading__list {
            @for (item, genre, article) in listed {
                article.tn-card.tn-reading {
                    p.tn-card__badges { (badge(genre_word(genre))) (fictional(item.head())) }
                    h2.tn-reading__title { a.tn-card__link href={ "/read/" (article.head.id.as_str()) } { (article.head.texts.ja.title) } }
                    p.tn-reading__summary { (article.head.texts.ja.summary) }
                    p.tn-card__dated {
                        @if let Some(name) = name(&article.head, edition) { (name) " · " }
                        (minutes(&article.head))
                    }
                }
            }
        }
    }
}

/// The same room as the app's, for those in whose browser it will take their place.
fn tools(listed: &[(&Item, Genre, &Article)]) -> Markup {
    let genres = [Genre::Story, Genre::Case, Genre::Guide];
    html! {
        div.tn-reading__tools {
            div.tn-search {
                label.tn-field__label for="search" { (word("read.search-label")) }
                input.tn-field__input.tn-search__input id="search" type="search" placeholder=(word("read.search-hint")) autocomplete="off";
            }
            div { div.tn-chips {
                @for genre in genres {
                    span.tn-chip {
                        span { (genre_word(genre)) }
                        span.tn-chip__count { (listed.iter().filter(|(_, one, _)| *one == genre).count()) }
                    }
                }
            } }
            div { div.tn-filter { p.tn-filter__summary { (word("read.filter")) } } }
        }
        p.tn-reading__count { (filled("read.count", "n", &listed.len().to_string())) }
    }
}

pub fn events<'a>(items: impl Iterator<Item = &'a Item>) -> Markup {
    let mut listed: Vec<(&Item, &Event)> = items
        .filter_map(|item| match item {
            Item::Event(event) => Some((item, event)),
            _ => None,
        })
        .collect();
    listed.sort_by_key(|(_, event)| (event.starts, event.head.id.clone()));
    html! {
        (heading("read.title-events"))
        p.tn-find__lead { (word("event.lead")) }
        (doors("/events"))
        div.tn-saved.tn-reading__list {
            @if listed.is_empty() { p.tn-saved__empty { (word("event.none")) } }
            @for (item, event) in listed {
                article.tn-card.tn-event {
                    div.tn-event__words {
                        p.tn-card__badges { (badge(sort_word(event.sort))) (fictional(item.head())) }
                        h2.tn-reading__title { a.tn-card__link href={ "/events/" (event.head.id.as_str()) } { (event.head.texts.ja.title) } }
                        p.tn-event__when { (when(event)) }
                        p.tn-card__where { (place(event)) }
                    }
                }
            }
        }
    }
}

pub fn later() -> Markup {
    html! {
        (heading("read.title-later"))
        (doors("/reading-list"))
    }
}

pub fn article(item: &Item, article: &Article, edition: &Edition) -> Markup {
    let head = &article.head;
    let genre = item.article().map_or(Genre::Story, |(genre, _)| genre);
    html! {
        (back("/read", "read.back"))
        article.tn-reading__whole {
            p.tn-page__badges { (badge(genre_word(genre))) (fictional(head)) }
            (opening(head))
            p.tn-card__dated {
                @if let Some(name) = name(head, edition) { (filled("read.by", "name", name)) " · " }
                (filled("read.published", "date", &date(head))) " · " (minutes(head))
            }
            (picture(head))
            (text::body(&head.texts.ja.body))
            ul.tn-topics {
                @for word in topics(&article.topics) { li.tn-topics__one { (word) } }
            }
            (sources(&head.sources))
        }
        @if let Some(association) = head.association.as_ref().and_then(|id| edition.association(id)) {
            section.tn-page__section.tn-reading__team {
                h2.tn-page__subtitle { (word("read.team")) }
                p.tn-reading__title { (association.name.value) }
                p.tn-page__actions {
                    a.tn-button data-kind="line" href={ "/associations/" (association.id.as_str()) } { (word("read.team-see")) }
                }
            }
        }
    }
}

pub fn event(item: &Item, event: &Event, now: i64) -> Markup {
    let head = &event.head;
    html! {
        (back("/events", "event.back"))
        article.tn-reading__whole {
            p.tn-page__badges { (badge(sort_word(event.sort))) (fictional(item.head())) }
            (opening(head))
            (picture(head))
            dl.tn-facts {
                (fact("event.when", &html! { (when(event)) }))
                (fact("event.where", &html! {
                    (place(event))
                    @if let Some(place) = &event.place { span.tn-card__address { (place.address) } }
                }))
                @if let Some(deadline) = event.deadline {
                    (fact("event.deadline", &html! {
                        @if deadline <= now { (word("event.closed")) } @else { (moment(deadline)) }
                    }))
                }
                @if let Some(people) = event.capacity {
                    (fact("event.capacity", &html! { (filled("event.people", "n", &people.to_string())) }))
                }
                @if let Some(cost) = &event.cost { (fact("event.cost", &html! { (cost) })) }
            }
            p.tn-page__actions {
                a.tn-button data-kind="primary" href={ "/events/" (head.id.as_str()) ".ics" } { (word("event.add")) }
                @if let Some(link) = &event.link {
                    a.tn-button data-kind="line" href=(link) rel="noopener noreferrer external" { (word("event.link")) }
                }
            }
            (text::body(&head.texts.ja.body))
            (sources(&head.sources))
        }
    }
}

pub fn notice(item: &Item, notice: &Notice) -> Markup {
    let head = &notice.head;
    let last = day(JstTime::from_unix_seconds(notice.to - 1));
    html! {
        article.tn-reading__whole {
            p.tn-page__badges { (fictional(item.head())) }
            (opening(head))
            p { (word("notice.for")) "： " (areas(&notice.areas)) " · " (filled("notice.until", "date", &last)) }
            p.tn-page__actions {
                @if let Some(phone) = &notice.phone {
                    a.tn-button data-kind="primary" href={ "tel:" (phone) } { (phone) }
                }
            }
            (text::body(&head.texts.ja.body))
            (sources(&head.sources))
        }
        (back("/read", "read.back"))
    }
}

pub fn gone(id: &str) -> Markup {
    html! {
        h1.tn-page__title id="page-title" tabindex="-1" { "このページはありません" }
        p data-item=(id) { (word("read.gone")) }
        (back("/read", "read.back"))
        (back("/", "read.to-start"))
    }
}

fn heading(key: &str) -> Markup {
    html! { h1.tn-page__title id="page-title" tabindex="-1" { (word(key)) } }
}

fn opening(head: &Head) -> Markup {
    html! {
        h1.tn-page__title id="page-title" tabindex="-1" { (head.texts.ja.title) }
        p.tn-reading__lead { (head.texts.ja.summary) }
    }
}

/// Its room is there before it is.
fn picture(head: &Head) -> Markup {
    html! {
        @if let Some(picture) = &head.picture {
            img.tn-reading__picture src=(picture.path()) alt=(picture.alt.as_str()) width=(picture.width)
                height=(picture.height) loading="lazy" decoding="async";
        }
    }
}

fn doors(current: &str) -> Markup {
    let doors = [
        ("/read", "read.title-article"),
        ("/events", "read.title-events"),
        ("/reading-list", "read.title-later"),
    ];
    html! {
        nav.tn-doors aria-label=(word("read.doors")) {
            @for (href, key) in doors {
                a.tn-doors__link href=(href) aria-current=[(href == current).then_some("page")] { (word(key)) }
            }
        }
    }
}

fn back(href: &str, key: &str) -> Markup {
    html! { p.tn-back { a.tn-back__link href=(href) { (word(key)) } } }
}

fn badge(words: &str) -> Markup {
    html! { span.tn-badge data-tone="plain" { (words) } }
}

fn fictional(head: &Head) -> Markup {
    html! {
        @if head.fictional { span.tn-badge data-tone="warm" { (word("read.fictional")) } }
    }
}

fn fact(key: &str, value: &Markup) -> Markup {
    html! { div.tn-fact { dt.tn-fact__label { (word(key)) } dd.tn-fact__value { (value) } } }
}

fn sources(sources: &[Cited]) -> Markup {
    html! {
        @if !sources.is_empty() {
            section.tn-page__section {
                h2.tn-page__subtitle { (word("read.sources")) }
                ul.tn-page__bullets {
                    @for cited in sources {
                        li {
                            @match &cited.url {
                                Some(url) => a href=(url) rel="noopener noreferrer external" { (cited.title) },
                                None => (cited.title),
                            }
                            @if let Some(as_of) = &cited.as_of {
                                span.tn-page__small { " " (filled("read.source-date", "date", as_of)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn name<'e>(head: &Head, edition: &'e Edition) -> Option<&'e str> {
    Some(&edition.association(head.association.as_ref()?)?.name.value)
}

fn minutes(head: &Head) -> String {
    filled("read.minutes", "n", &head.texts.ja.body.chars().count().div_ceil(500).to_string())
}

fn date(head: &Head) -> String {
    let date = head.published;
    format!("{}年{}月{}日", date.year, date.month, date.day)
}

fn day(at: JstTime) -> String {
    let weekday = match at.date.weekday() {
        Weekday::Monday => "月",
        Weekday::Tuesday => "火",
        Weekday::Wednesday => "水",
        Weekday::Thursday => "木",
        Weekday::Friday => "金",
        Weekday::Saturday => "土",
        Weekday::Sunday => "日",
    };
    format!("{}月{}日（{weekday}）", at.date.month, at.date.day)
}

fn moment(seconds: i64) -> String {
    let at = JstTime::from_unix_seconds(seconds);
    format!("{} {}:{:02}", day(at), at.minute / 60, at.minute % 60)
}

fn when(event: &Event) -> String {
    let (from, to) = (JstTime::from_unix_seconds(event.starts), JstTime::from_unix_seconds(event.ends));
    let end = if from.date == to.date {
        format!("{}:{:02}", to.minute / 60, to.minute % 60)
    } else {
        moment(event.ends)
    };
    format!("{}–{end}", moment(event.starts))
}

fn place(event: &Event) -> Markup {
    html! {
        @match &event.place {
            None => (word("event.online")),
            Some(place) => {
                (Prefecture::of(place.municipality.prefecture()).name) " · " (place.name)
                @if event.online { span.tn-card__address { (word("event.and-online")) } }
            }
        }
    }
}

fn areas(areas: &[AreaCode]) -> String {
    if areas.is_empty() {
        return word("read.everywhere").to_owned();
    }
    let mut names: Vec<&str> = areas.iter().map(|area| Prefecture::of(area.prefecture()).name).collect();
    names.dedup();
    names.join("、")
}

fn topics(topics: &Topics) -> Vec<&'static str> {
    let mut choices: Vec<Choice> = topics.industries.iter().copied().map(Choice::Industry).collect();
    choices.extend(topics.stages.iter().copied().map(Choice::Stage));
    choices.extend(topics.areas.iter().map(|area| Choice::Area(area.prefecture())));
    choices.extend(topics.schemes.iter().copied().map(Choice::Scheme));
    choices.extend(topics.lives.iter().copied().map(Choice::Life));
    choices.dedup();
    choices.into_iter().map(topic).collect()
}

fn topic(choice: Choice) -> &'static str {
    let code = |facet: &str, code: &str| word(&format!("topic.{facet}-{code}"));
    match choice {
        Choice::Genre(genre) => genre_word(genre),
        Choice::Industry(one) => code("industry", one.code()),
        Choice::Stage(one) => code("stage", one.code()),
        Choice::Area(one) => Prefecture::of(one).short(),
        Choice::Scheme(one) => code("scheme", one.code()),
        Choice::Life(one) => code("life", one.code()),
    }
}

fn genre_word(genre: Genre) -> &'static str {
    match genre {
        Genre::Story => word("read.genre-story"),
        Genre::Case => word("read.genre-case"),
        Genre::Guide => word("read.genre-guide"),
    }
}

pub fn sort_word(sort: EventSort) -> &'static str {
    word(&format!("event.{}", sort.code()))
}
