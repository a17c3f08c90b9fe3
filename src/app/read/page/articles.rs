//! よみもの: looked through, searched, narrowed down.

use domain::content::{Choice, Counts, Facet, Genre, ShelfName};
use ui::component::{button, segmented};
use ui::i18n::{Key, plain, say, say_with};
use ui::live::Live;
use ui::node::{Content, El, el};

use super::card;
use super::doors::doors;
use super::topics::{FACETS, facet_key, topic};
use super::{packs, small, title, without};
use crate::read::routes::ReadRoute;
use crate::read::state::Reading;
use crate::read::state::choosing::{Found, Sort};

pub fn articles(reading: Reading) -> Content {
    let there = move || reading.shelves.stories.with(|standing| !standing.items().is_empty());
    // Worked out once for all that shows it.
    let shown: Live<(Vec<Found>, Counts)> = Live::new((Vec::new(), Counts::new()));
    let pages = Live::new(1);
    let list = el("div")
        .class("tn-saved tn-reading__list")
        .put_live(move || {
            let now_shown = reading.choosing.shown(reading.now.get());
            if shown.peek(|before| *before != now_shown) {
                pages.settle(1);
                shown.set(now_shown);
            }
            Content::Nothing
        })
        .put_each(
            move || shown.with(|(found, _)| found.iter().take(pages.get() * reading.page).cloned().collect()),
            move |found| card::found(reading, found),
        );
    let nothing = move || {
        reading.shelves.stories.with(|standing| {
            if standing.items().is_empty() {
                return without(reading, ShelfName::Stories, standing);
            }
            let none = shown.with(|(found, _)| found.is_empty());
            none.then(|| el("p").class("tn-saved__empty").set("data-testid", "none").put(say(Key::ReadNone)))
                .into()
        })
    };
    let tools = el("div")
        .class("tn-reading__tools")
        .put(search(reading))
        .put(el("div").put_live(move || there().then(|| genres(reading, shown))))
        .put(el("div").put_live(move || there().then(|| filters(reading, shown))));
    Content::Many(vec![
        title(say(Key::ReadTitle)).into(),
        el("p").class("tn-find__lead").put(say(Key::ReadLead)).into(),
        doors(&ReadRoute::Articles).into(),
        tools.into(),
        packs::limited(reading, ShelfName::Stories).into(),
        count(shown).into(),
        list.into(),
        el("div").class("tn-reading__more").put_live(move || more(shown, pages, reading.page)).into(),
        el("div").put_live(nothing).into(),
        el("div")
            .class("tn-reading__foot")
            .put(small(say(Key::ReadPrivate)))
            .put(packs::kept(reading))
            .put(packs::packs(reading))
            .into(),
    ])
}

/// The rest, a page at a time: a thousand cards at each letter would be felt.
fn more(shown: Live<(Vec<Found>, Counts)>, pages: Live<usize>, page: usize) -> Option<El> {
    let rest = shown.with(|(found, _)| found.len()).saturating_sub(pages.get() * page);
    let words = say_with(Key::ReadMore, &[("n", &rest.to_string())]);
    (rest > 0)
        .then(|| button("line", words, move || pages.update(|pages| *pages += 1)).set("data-testid", "more"))
}

fn search(reading: Reading) -> El {
    let typed = reading.choosing.typed;
    let field = el("input")
        .class("tn-field__input tn-search__input")
        .id("search")
        .set("type", "search")
        .set("enterkeyhint", "search")
        .set("autocomplete", "off")
        .set("autocapitalize", "off")
        .set("spellcheck", "false")
        .set("maxlength", "100")
        .set("placeholder", &plain(Key::ReadSearchHint))
        .live_property("value", move || typed.get().into())
        .on_input(move |words| typed.settle(words));
    let form = el("form").class("tn-search").set("role", "search").instead("submit", || {});
    form.put(el("label").class("tn-field__label").set("for", "search").put(say(Key::ReadSearchLabel)))
        .put(field)
}

/// The three kinds of texts, always in sight.
fn genres(reading: Reading, shown: Live<(Vec<Found>, Counts)>) -> El {
    let genres = [Genre::Story, Genre::Case, Genre::Guide].map(Choice::Genre);
    let legend = plain(Key::ReadFacetGenre);
    el("div")
        .class("tn-chips")
        .set("role", "group")
        .set("aria-label", &legend)
        .put(Content::Many(genres.into_iter().map(|choice| chip(reading, shown, choice).into()).collect()))
}

/// Everything else, behind one word.
fn filters(reading: Reading, shown: Live<(Vec<Found>, Counts)>) -> El {
    let chosen = move || {
        reading
            .choosing
            .filter
            .with(|filter| filter.choices().iter().filter(|choice| choice.facet() != Facet::Genre).count())
    };
    let number = move || {
        let chosen = chosen();
        (chosen > 0).then(|| el("span").class("tn-chip__count").put(chosen.to_string()))
    };
    let mut body = el("div").class("tn-filter__body");
    for facet in FACETS {
        body = body.put_live(move || facet_group(reading, shown, facet));
    }
    let clear = move || {
        let any = reading.choosing.filter.with(|filter| !filter.is_empty());
        any.then(|| {
            button("line", say(Key::ReadFilterClear), move || reading.choosing.clear())
                .set("data-testid", "clear")
        })
    };
    let sorts = vec![(Sort::Newest, say(Key::ReadSortNew)), (Sort::Shortest, say(Key::ReadSortShort))];
    let sort = reading.choosing.sort;
    el("details")
        .class("tn-filter")
        .put(el("summary").class("tn-filter__summary").put(say(Key::ReadFilter)).put(" ").put_live(number))
        .put(body)
        .put(segmented("sort", say(Key::ReadSortLabel), sorts, sort, move |chosen| sort.set(chosen)))
        .put(el("div").class("tn-filter__clear").put_live(clear))
}

/// Choices of the facet that would find something, and what is chosen already.
fn facet_group(reading: Reading, shown: Live<(Vec<Found>, Counts)>, facet: Facet) -> Option<El> {
    let keys = move || {
        let mut choices: Vec<Choice> = shown.with(|(_, counts)| {
            counts.iter().map(|(choice, _)| *choice).filter(|choice| choice.facet() == facet).collect()
        });
        reading.choosing.filter.with(|filter| {
            let lost = filter.choices().iter().filter(|one| one.facet() == facet && !choices.contains(one));
            let lost: Vec<Choice> = lost.copied().collect();
            choices.extend(lost);
        });
        choices.sort_unstable();
        choices
    };
    let chips = el("div").class("tn-chips").put_each(keys, move |choice| chip(reading, shown, *choice));
    let group = el("fieldset").class("tn-filter__facet");
    Some(group.put(el("legend").class("tn-checks__legend").put(say(facet_key(facet)))).put(chips))
}

/// A toggle with the number of texts it would leave.
fn chip(reading: Reading, shown: Live<(Vec<Found>, Counts)>, choice: Choice) -> El {
    let filter = reading.choosing.filter;
    let count = move || {
        shown.with(|(_, counts)| {
            let count = counts.iter().find(|(one, _)| *one == choice).map_or(0, |(_, count)| *count);
            el("span").class("tn-chip__count").put(count.to_string())
        })
    };
    el("button")
        .class("tn-chip")
        .set("type", "button")
        .set("data-choice", &super::topic_words(choice))
        .live("aria-pressed", move || {
            Some(if filter.with(|filter| filter.has(choice)) { "true" } else { "false" }.into())
        })
        .put(el("span").put(topic(choice)))
        .put_live(count)
        .on_click(move || reading.choosing.toggle(choice))
}

fn count(shown: Live<(Vec<Found>, Counts)>) -> El {
    let words = move || {
        let count = shown.with(|(found, _)| found.len());
        say_with(Key::ReadCount, &[("n", &count.to_string())])
    };
    el("p").class("tn-reading__count").set("role", "status").set("data-testid", "count").put_live(words)
}
