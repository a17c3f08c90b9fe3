//! The frame of every page of the form: no script, no picture, the look of the app.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use crate::headers::Openness;
use crate::router::App;

/// Where the exit leads: the weather, as in the app.
const WEATHER: &str = "https://www.jma.go.jp/bosai/forecast/";

/// A whole page. It may hold what she typed or what she booked, so no cache keeps it.
#[must_use]
pub fn page(app: &App, status: StatusCode, title: &str, body: &Markup) -> Response {
    let markup = html! {
        (DOCTYPE)
        html lang="ja" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="robots" content="noindex";
                meta name="format-detection" content="telephone=no";
                title { (title) " | となり" }
                link rel="icon" href="/icons/neutral.svg" type="image/svg+xml";
                @if let Some(style) = app.site.style() { link rel="stylesheet" href=(style); }
            }
            body {
                div.tn-app {
                    header.tn-header {
                        a.tn-header__brand href="/" { img.tn-icon src="/icons/mark.svg" alt=""; span.tn-header__name { "となり" } }
                        a.tn-header__exit href=(WEATHER) rel="nofollow noreferrer" { "すぐ閉じる" }
                    }
                    main.tn-main {
                        h1.tn-page__title { (title) }
                        div.tn-plain__stack { (body) }
                    }
                }
            }
        }
    };
    let mut response = (status, Html(markup.into_string())).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.extensions_mut().insert(Openness::Form);
    response
}

/// A page that says one thing, and where to go from there.
#[must_use]
pub fn notice(app: &App, status: StatusCode, title: &str, words: &str) -> Response {
    let body = html! {
        p { (words) }
        p { a href="/form" { "予約できるチーム" } }
        p { a href="/#associations" { "協会の一覧と電話番号" } }
    };
    page(app, status, title, &body)
}
