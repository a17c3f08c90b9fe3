//! One fact with its source and date under it; or an honest 要確認 with the way to the official site.

use domain::directory::Edition;
use domain::fact::Fact;
use leptos::prelude::*;

use super::icon::{Icon, IconName};
use crate::format;
use crate::i18n::{Key, say, say_with};

/// Where a fact was read and of when it speaks, in small ink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    pub title: String,
    pub url: Option<String>,
    pub as_of: Option<String>,
    /// What has to be said with the value.
    pub note: Option<String>,
}

impl Provenance {
    #[must_use]
    pub fn of<T>(fact: &Fact<T>, edition: &Edition) -> Self {
        let source = edition.source(fact.source);
        Self {
            title: source.map(|s| s.title.clone()).unwrap_or_default(),
            url: source.and_then(|s| s.url.clone()),
            as_of: fact.as_of.as_ref().map(format::as_of),
            note: fact.note.clone(),
        }
    }

    fn view(self) -> impl IntoView {
        let date = match self.as_of {
            Some(date) => say_with(Key::FactAsOf, &[("date", &date)]),
            None => say(Key::FactUndated),
        };
        let source = match self.url {
            Some(url) => view! {
                <a class="tn-fact__source" href=url rel="noopener noreferrer external" target="_blank" lang="ja">
                    {self.title}
                    <Icon name=IconName::External/>
                </a>
            }
            .into_any(),
            None => view! { <span class="tn-fact__source" lang="ja">{self.title}</span> }.into_any(),
        };
        view! {
            {self.note.map(|note| view! { <p class="tn-fact__note" lang="ja">{note}</p> })}
            <p class="tn-fact__provenance">{source} <span class="tn-fact__date">{date}</span></p>
        }
    }
}

/// A known fact.
#[component]
pub fn FactRow(
    label: AnyView,
    value: AnyView,
    provenance: Provenance,
    /// Names the row for tests and deep links.
    testid: &'static str,
) -> impl IntoView {
    view! {
        <div class="tn-fact" data-testid=testid>
            <dt class="tn-fact__label">{label}</dt>
            <dd class="tn-fact__body">
                <div class="tn-fact__value">{value}</div>
                {provenance.view()}
            </dd>
        </div>
    }
}

/// A fact nobody has written down where we may read it: as large as a known one, never grey.
#[component]
pub fn UnknownRow(
    label: AnyView,
    /// The association's official site.
    website: String,
    testid: &'static str,
) -> impl IntoView {
    view! {
        <div class="tn-fact" data-testid=testid>
            <dt class="tn-fact__label">{label}</dt>
            <dd class="tn-fact__body">
                <div class="tn-fact__value">
                    <span class="tn-fact__unknown">{say(Key::FactUnknown)}</span>
                    <a class="tn-fact__ask" href=website rel="noopener noreferrer external" target="_blank">
                        {say(Key::FactAskSite)}
                        <Icon name=IconName::External/>
                    </a>
                </div>
            </dd>
        </div>
    }
}
