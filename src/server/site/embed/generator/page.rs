//! The generator's page. What changes with the choice carries `data-part`; the script takes these from the page it asked for.

use domain::association::Association;
use domain::frame::{View, accent::READABLE};
use maud::{DOCTYPE, Markup, html};

use super::choice::{Choice, HEIGHTS, LANGUAGES, Theme, USUAL_HEIGHT, code_of, teams_first};
use super::snippet::Snippet;
use super::words::{Section, Words};
use crate::router::App;
use crate::site::embed::file::{GENERATOR_SCRIPT, GENERATOR_STYLE};

pub fn page(app: &App, snippet: &Snippet<'_>, words: &Words) -> Markup {
    let choice = snippet.choice;
    html! {
        (DOCTYPE)
        html lang=(words.code) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="robots" content="noindex";
                meta name="format-detection" content="telephone=no";
                title { (words.title) " | となり" }
                link rel="icon" href="/icons/mark.svg" type="image/svg+xml";
                @if let Some(style) = app.site.style() { link rel="stylesheet" href=(style); }
                link rel="stylesheet" href=(GENERATOR_STYLE);
                script src=(GENERATOR_SCRIPT) defer {}
                script src="/embed.js" defer {}
            }
            body {
                div.tn-app {
                    header.tn-header {
                        a.tn-header__brand href="/" { img.tn-icon src="/icons/mark.svg" alt=""; span.tn-header__name { "となり" } }
                        span data-part="other" { (other(choice, words)) }
                    }
                    main.tn-main {
                        h1.tn-page__title { (words.title) }
                        p.tn-gen__lead { (words.lead) }
                        div.tn-gen {
                            (form(app, choice, words))
                            div.tn-gen__results { (results(app, snippet, words)) }
                        }
                    }
                }
            }
        }
    }
}

fn other(choice: &Choice<'_>, words: &Words) -> Markup {
    let there = Choice { in_english: !choice.in_english, ..choice.clone() };
    let code = if there.in_english { "en" } else { "ja" };
    html! {
        a.tn-header__exit href={ "/embed/generator?" (there.query()) } lang=(code) hreflang=(code) { (words.other) }
    }
}

fn form(app: &App, choice: &Choice<'_>, words: &Words) -> Markup {
    let accent =
        choice.accent.map(|accent| format!("#{}", accent.digits())).or_else(|| choice.no_colour.clone());
    html! {
        form.tn-gen__form method="get" action="/embed/generator" autocomplete="off" data-failed=(words.failed)
            data-copied=(words.copied) data-selected=(words.selected) {
            h2.tn-page__subtitle { (words.choose) }
            @if choice.in_english { input type="hidden" name="lang" value="en"; }
            (select("team", words.team, &teams(app, choice, words)))
            (select("view", words.view, &html! {
                @for view in View::ALL {
                    option value=(view.code()) selected[view == choice.view] { ((words.views)(view)) }
                }
            }))
            div data-part="view" { @if choice.without_team { p.tn-gen__note { (words.no_team) } } }
            div.tn-gen__pair {
                (select("words", words.language, &html! {
                    @for one in LANGUAGES {
                        option value=(code_of(one)) selected[one == choice.language] { ((words.languages)(one)) }
                    }
                }))
                (select("theme", words.theme, &html! {
                    @for theme in Theme::ALL {
                        option value=(theme.code()) selected[theme == choice.theme] { ((words.themes)(theme)) }
                    }
                }))
            }
            div.tn-field {
                label.tn-field__label for="accent" { (words.accent) }
                p.tn-field__hint #accent-hint { (words.accent_hint) }
                div.tn-gen__colour {
                    input.tn-field__input #accent name="accent" type="text" value=[accent] maxlength="20" placeholder="#0a7c86"
                        spellcheck="false" autocapitalize="off" aria-describedby="accent-hint accent-said";
                    input.tn-gen__pick type="color" value="#0a5756" aria-label=(words.pick) hidden;
                }
                p.tn-field__hint #accent-said data-part="accent" { (said_of_accent(choice, words)) }
            }
            div.tn-field {
                label.tn-field__label for="height" { (words.height) }
                p.tn-field__hint #height-hint {
                    (words.height_hint) " " span.tn-gen__whole data-part="height" { ((words.usual_height)(USUAL_HEIGHT)) }
                }
                input.tn-field__input.tn-gen__short #height name="height" type="number" inputmode="numeric" step="10"
                    min=(HEIGHTS.start()) max=(HEIGHTS.end()) value=[choice.height] aria-describedby="height-hint";
            }
            div.tn-field {
                label.tn-check {
                    input.tn-check__box type="checkbox" name="strict" value="yes" checked[choice.strict]
                        aria-describedby="strict-hint";
                    span { (words.strict) }
                }
                p.tn-field__hint #strict-hint { (words.strict_hint) }
            }
            p.tn-gen__make data-make { button.tn-button data-kind="primary" type="submit" { (words.make) } }
            p.tn-gen__said role="status" data-said {}
            p.tn-visually-hidden role="status" data-heard {}
        }
    }
}

fn select(name: &str, label: &str, options: &Markup) -> Markup {
    html! {
        div.tn-field {
            label.tn-field__label for=(name) { (label) }
            select.tn-field__input id=(name) name=(name) { (options) }
        }
    }
}

fn teams(app: &App, choice: &Choice<'_>, words: &Words) -> Markup {
    let option = |one: &Association| {
        html! { option value=(one.id.as_str()) selected[one.id == choice.association.id] { (one.name.value) } }
    };
    let published = app.published();
    let (with, without): (Vec<_>, Vec<_>) =
        teams_first(&published.edition).into_iter().partition(|one| one.team.is_some());
    html! {
        optgroup label=(words.with_team) { @for one in with { (option(one)) } }
        optgroup label=(words.without_team) { @for one in without { (option(one)) } }
    }
}

fn said_of_accent(choice: &Choice<'_>, words: &Words) -> Markup {
    html! {
        @if choice.no_colour.is_some() { strong { (words.no_colour) } }
        @else if let Some(accent) = choice.accent { ((words.contrast)(accent.contrasts(), READABLE)) }
    }
}

fn results(app: &App, snippet: &Snippet<'_>, words: &Words) -> Markup {
    html! {
        @if !app.https { p.tn-gen__note { (words.only_here) } }
        section.tn-gen__section aria-labelledby="preview" {
            h2.tn-page__subtitle #preview { (words.preview) }
            p.tn-page__small { (words.preview_hint) }
            div.tn-gen__hosts data-part="preview" {
                (host(snippet.choice, words, "light", words.on_light))
                (host(snippet.choice, words, "dark", words.on_dark))
            }
        }
        section.tn-gen__section aria-labelledby="paste" {
            h2.tn-page__subtitle #paste { (words.paste) }
            p { (words.paste_hint) }
            (code("tag", &snippet.tag(), words))
            div data-part="rule" {
                @if let Some(rule) = snippet.rule() { p { (words.rule) } (code("rule", &rule, words)) }
            }
        }
        section.tn-gen__section aria-labelledby="allowed" {
            h2.tn-page__subtitle #allowed { (words.allowed) }
            div data-part="allowed" { (allowed(snippet.choice, words)) }
        }
        section.tn-gen__section aria-labelledby="others" {
            h2.tn-page__subtitle #others { (words.others) }
            (others(snippet, words))
        }
        p { a.tn-page__door href="/embed/demo" { (words.demo) } }
    }
}

/// A piece of a host's page, with the widget in it as it is chosen. Inside, the one thing a host has to have: a way on.
fn host(choice: &Choice<'_>, words: &Words, scheme: &str, label: &str) -> Markup {
    html! {
        figure.tn-gen__host data-scheme=(scheme) {
            figcaption { (label) }
            tonari-widget team=(choice.association.id.as_str()) view=(choice.view.code()) lang=(code_of(choice.language))
                theme=(choice.theme.code()) accent=[choice.accent.map(|accent| format!("#{}", accent.digits()))] {
                p { a href=(choice.view.address(Some(&choice.association.id))) { (words.full) } }
            }
        }
    }
}

fn allowed(choice: &Choice<'_>, words: &Words) -> Markup {
    let site = url::Url::parse(&choice.association.website.value).ok();
    let origin = site.filter(|site| site.scheme() == "https").map(|site| site.origin().ascii_serialization());
    let command = format!("tonari embed allow {} https://www.example.jp\n", choice.association.id.as_str());
    html! {
        @match origin {
            Some(origin) => { p { ((words.allowed_already)(&origin)) } p { (words.allow_others) } }
            None => p { (words.allowed_not_yet) },
        }
        (code("command", &command, words))
    }
}

fn others(snippet: &Snippet<'_>, words: &Words) -> Markup {
    let query = snippet.choice.query();
    html! {
        (way(&words.pinned, &html! {
            @match snippet.pinned() {
                Some(pinned) => (code("pinned", &pinned, words)),
                None => p { (words.no_pinned) },
            }
        }))
        (way(&words.frame, &code("frame", &snippet.frame(), words)))
        (way(&words.wordpress, &html! {
            p { (words.wordpress_plugin) }
            (code("plugin", &snippet.plugin(), words))
        }))
        (way(&words.policy, &html! {
            (code("policy", &snippet.policy(), words))
            p { (words.policy_frame) }
        }))
        (way(&words.test, &html! {
            p.tn-page__actions data-part="test" {
                a.tn-button data-size="content" href={ "/embed/generator/page?" (query) } target="_blank" rel="noopener" { (words.test_open) }
                a.tn-button data-size="content" href={ "/embed/generator/file?" (query) } download="tonari-test.html" { (words.test_download) }
            }
            (code("page", &test_page(snippet), words))
        }))
    }
}

fn way(section: &Section, content: &Markup) -> Markup {
    html! {
        details.tn-gen__way {
            summary { (section.title) }
            div.tn-gen__inside { p { (section.hint) } (content) }
        }
    }
}

/// What is copied. Without a script one tap selects all of it.
fn code(part: &str, text: &str, words: &Words) -> Markup {
    let id = format!("code-{part}");
    html! {
        div.tn-gen__code {
            pre id=(id) data-part=(id) tabindex="0" translate="no" { code { (text) } }
            button.tn-gen__copy type="button" data-copy=(id) hidden { (words.copy) }
        }
    }
}

/// The page that is opened, downloaded and shown.
pub fn test_page(snippet: &Snippet<'_>) -> String {
    let words = Words::of(snippet.choice.in_english);
    let heading = (words.test_heading)(&snippet.name());
    snippet.page(&heading, words.test_before, words.test_after)
}
