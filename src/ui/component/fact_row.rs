//! One fact with its source and date under it; or an honest 要確認 with the way to the official site.

use domain::directory::Edition;
use domain::fact::{AsOf, Fact, SourceId};

use super::link::outside;
use crate::format;
use crate::i18n::{Key, say, say_with};
use crate::node::{Content, El, el};

/// Where a fact was read and of when it speaks.
pub struct Provenance<'a> {
    source: SourceId,
    as_of: Option<&'a AsOf>,
    /// What has to be said with the value.
    note: Option<&'a str>,
    edition: &'a Edition,
}

impl<'a> Provenance<'a> {
    #[must_use]
    pub fn of<T>(fact: &'a Fact<T>, edition: &'a Edition) -> Self {
        Self { source: fact.source, as_of: fact.as_of.as_ref(), note: fact.note.as_deref(), edition }
    }

    /// In small ink, the note above.
    fn lines(&self) -> Content {
        let date = match self.as_of {
            Some(date) => say_with(Key::FactAsOf, &[("date", &format::as_of(date))]),
            None => say(Key::FactUndated),
        };
        let note =
            self.note.map(|note| el("p").class("tn-fact__note").set("lang", "ja").put(note.to_owned()));
        let source = self.edition.source(self.source).map(|source| {
            let element = match &source.url {
                Some(url) => outside(url, source.title.clone()),
                None => el("span").put(source.title.clone()),
            };
            element.class("tn-fact__source").set("lang", "ja")
        });
        let line = el("p")
            .class("tn-fact__provenance")
            .put(source)
            .put(" ")
            .put(el("span").class("tn-fact__date").put(date));
        Content::Many(vec![note.into(), line.into()])
    }
}

fn row(testid: &str, label: Key, value: El) -> (El, El) {
    let fact = el("div").class("tn-fact").set("data-testid", testid);
    let body = el("dd").class("tn-fact__body").put(value.class("tn-fact__value"));
    (fact.put(el("dt").class("tn-fact__label").put(say(label))), body)
}

/// A known fact; `testid` names the row for tests and deep links.
pub fn fact_row(testid: &str, label: Key, value: impl Into<Content>, provenance: &Provenance<'_>) -> El {
    let (fact, body) = row(testid, label, el("div").put(value));
    fact.put(body.put(provenance.lines()))
}

/// A fact nobody has written down where we may read it: as large as a known one, never grey.
pub fn unknown_row(testid: &str, label: Key, website: &str) -> El {
    let value = el("div")
        .put(el("span").class("tn-fact__unknown").put(say(Key::FactUnknown)))
        .put(" ")
        .put(outside(website, say(Key::FactAskSite)).class("tn-fact__ask"));
    let (fact, body) = row(testid, label, value);
    fact.put(body)
}
