//! What she looks for and how she narrows it down. Only in this page's memory: not in an address, not on the disk.

use std::sync::Arc;

use browser::shelves::Opened;
use domain::content::text::plain;
use domain::content::{Article, Choice, Counts, Filter, Genre, Item, ItemId};
use domain::search::{Document, Field, Index, Query, Reason};
use ui::i18n::{Lang, language, without_readings};
use ui::live::Live;

use super::shelves::Shelves;
use crate::read::page::topic_words;

/// More than anybody reads through.
const MOST: usize = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Newest,
    Shortest,
}

#[derive(Clone, Copy)]
pub struct Choosing {
    pub filter: Live<Filter>,
    pub typed: Live<String>,
    pub sort: Live<Sort>,
    shelves: Shelves,
    /// Of the shelf with this number, in this language.
    index: Live<Option<Arc<Indexed>>>,
}

/// The articles of one shelf, searchable.
pub struct Indexed {
    opened: Arc<Opened>,
    /// Its labels are words.
    lang: Lang,
    index: Index,
}

/// One that is shown, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub id: ItemId,
    /// Why it was found; nothing where nothing was looked for.
    pub reasons: Vec<Reason>,
    /// Whatever the card shows of the query has to change with it.
    pub typed: String,
    /// And of the shelf.
    pub number: u32,
}

impl Choosing {
    pub(super) fn new(shelves: Shelves) -> Self {
        Self {
            filter: Live::new(Filter::default()),
            typed: Live::new(String::new()),
            sort: Live::new(Sort::Newest),
            shelves,
            index: Live::new(None),
        }
    }

    /// What the list shows, in its order, and what each further choice would leave. Follows everything it depends on.
    pub fn shown(self, now: i64) -> (Vec<Found>, Counts) {
        let Some(opened) = self.shelves.stories.with(|standing| standing.opened.clone()) else {
            return (Vec::new(), Counts::new());
        };
        let typed = self.typed.get();
        let found = self.found(&opened, &typed, now);
        let articles = found.iter().filter_map(|(at, _)| opened.shelf.items[*at].article());
        let counts = self.filter.with(|filter| filter.counts(&articles));
        let list = self.filter.with(|filter| {
            let chosen = found.into_iter().filter(|(at, _)| {
                opened.shelf.items[*at]
                    .article()
                    .is_some_and(|(genre, article)| filter.lets_through(genre, article))
            });
            chosen
                .map(|(at, reasons)| Found {
                    id: opened.shelf.items[at].head().id.clone(),
                    reasons,
                    typed: typed.clone(),
                    number: opened.shelf.number,
                })
                .collect()
        });
        (list, counts)
    }

    /// All that are current: by how well they fit where something is looked for, else in her order.
    fn found(self, opened: &Arc<Opened>, typed: &str, now: i64) -> Vec<(usize, Vec<Reason>)> {
        let items = &opened.shelf.items;
        let current = |at: &usize| items[*at].is_current(now) && items[*at].article().is_some();
        if let Some((indexed, query)) = self.query(opened, typed) {
            let hits = indexed.index.search(&query, MOST);
            return hits
                .into_iter()
                .map(|hit| (hit.document, hit.reasons))
                .filter(|(at, _)| current(at))
                .collect();
        }
        let mut all: Vec<usize> = (0..items.len()).filter(current).collect();
        match self.sort.get() {
            Sort::Newest => all.sort_by(|a, b| newer(&items[*a], &items[*b])),
            Sort::Shortest => all.sort_by_key(|at| items[*at].head().texts.ja.body.len()),
        }
        all.into_iter().map(|at| (at, Vec::new())).collect()
    }

    fn query(self, opened: &Arc<Opened>, typed: &str) -> Option<(Arc<Indexed>, Query)> {
        if typed.trim().is_empty() {
            return None;
        }
        let indexed = self.indexed(opened);
        let query = indexed.index.query(typed);
        (!query.is_empty()).then_some((indexed, query))
    }

    /// For marking what was found.
    pub fn query_of(self, typed: &str) -> Option<Query> {
        let opened = self.shelves.stories.peek(|standing| standing.opened.clone())?;
        Some(self.query(&opened, typed)?.1)
    }

    /// Made when she first looks for something, and again for another shelf.
    fn indexed(self, opened: &Arc<Opened>) -> Arc<Indexed> {
        let lang = language();
        let same = |indexed: &Arc<Indexed>| Arc::ptr_eq(&indexed.opened, opened) && indexed.lang == lang;
        if let Some(there) = self.index.peek(|there| there.clone().filter(same)) {
            return there;
        }
        let made = Arc::new(Indexed { opened: Arc::clone(opened), lang, index: build(&opened.shelf.items) });
        self.index.take_quietly(|there| *there = Some(Arc::clone(&made)));
        made
    }

    pub fn toggle(self, choice: Choice) {
        self.filter.update(|filter| filter.toggle(choice));
    }

    pub fn clear(self) {
        self.filter.set(Filter::default());
    }
}

/// Guides first, in their order; then by date.
fn newer(a: &Item, b: &Item) -> std::cmp::Ordering {
    let rank = |item: &Item| match item.article() {
        Some((Genre::Guide, guide)) => (0, guide.order.unwrap_or(u16::MAX)),
        _ => (1, 0),
    };
    let date = |item: &Item| std::cmp::Reverse(item.head().published);
    (rank(a), date(a), &a.head().id).cmp(&(rank(b), date(b), &b.head().id))
}

/// In all languages at once: she may look for what she heard, not for what she reads.
fn build(items: &[Item]) -> Index {
    let mut index = Index::build([]);
    for item in items {
        let head = item.head();
        let texts = [Some(&head.texts.ja), head.texts.easy.as_ref(), head.texts.en.as_ref()];
        let mut words: Vec<(Field, String)> = Vec::new();
        for text in texts.into_iter().flatten() {
            words.push((Field::Title, without_readings(&text.title)));
            words.push((Field::Summary, without_readings(&text.summary)));
            words.push((Field::Body, plain(&text.body)));
        }
        if let Some((genre, article)) = item.article() {
            words.push((Field::Label, labels(genre, article)));
        }
        index.add(&Document {
            fields: words.iter().map(|(field, words)| (*field, words.as_str())).collect(),
            readings: head.readings.iter().map(|one| (one.of.as_str(), one.reads.as_str())).collect(),
        });
    }
    index
}

fn labels(genre: Genre, article: &Article) -> String {
    let choices = crate::read::page::choices_of(genre, article);
    choices.into_iter().map(topic_words).collect::<Vec<_>>().join("\n")
}
