//! The page of an association that does not exist, in the plain style of an old content system, with the widget between its
//! own paragraphs: so that whoever decides sees it where it will stand. Everything on it that is not from the directory says
//! that it is invented.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse, Response};
use domain::api::ErrorCode;
use domain::association::{Association, AssociationId};
use maud::{DOCTYPE, Markup, html};
use url::form_urlencoded::parse;

use super::file::{self, DEMO_STYLE};
use crate::error::ApiError;
use crate::router::App;

/// As strict as a host can be: no style but its own sheet, no script but the loader.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
    trusted-types 'none'";

/// Whose booking is shown: the first team there was.
const TEAM: &str = "shimane";

const MENU: [(&str, &str); 4] = [
    ("#top", "ホーム"),
    ("#find", "担当の協会をさがす"),
    ("#book", "相談を予約する"),
    ("#about", "この見本について"),
];

/// `GET /embed/demo`
pub async fn show(State(app): State<Arc<App>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let published = app.published();
    let Some(team) = published.edition.association(&AssociationId(TEAM.to_owned())) else {
        return ApiError::from(ErrorCode::NotFound).into_response();
    };
    let query = uri.query().unwrap_or_default();
    let is_dark = parse(query.as_bytes()).any(|(name, value)| name == "theme" && value == "dark");
    file::page(page(team, is_dark).into_string(), POLICY, &method, &headers)
}

fn page(team: &Association, is_dark: bool) -> Markup {
    let theme = if is_dark { "dark" } else { "light" };
    html! {
        (DOCTYPE)
        html lang="ja" data-theme=(theme) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="format-detection" content="telephone=no";
                title { "架空の協会のページ（見本）" }
                link rel="icon" href="/icons/neutral.svg" type="image/svg+xml";
                link rel="stylesheet" href=(DEMO_STYLE);
                script src="/embed.js" defer {}
            }
            body id="top" {
                header {
                    p.sample { strong { "架空の協会のページ（見本）" } "　実在の協会のページではありません。" }
                    div.sheet { (banner(is_dark)) }
                }
                div.sheet {
                    table.frame role="presentation" {
                        tr {
                            td.side { nav aria-label="メニュー" { (menu()) } }
                            td.content { main { (content(team, theme)) } }
                        }
                    }
                    footer.foot { "みほん県信用保証協会（架空）" br; "所在地・電話番号はありません。" }
                }
            }
        }
    }
}

fn banner(is_dark: bool) -> Markup {
    html! {
        table.banner role="presentation" {
            tr {
                td { span.name { "みほん県信用保証協会" } span.invented { "（架空）" } }
                td.tools {
                    @if is_dark { a href="?theme=light" { "明るい表示" } } @else { a href="?theme=dark" { "暗い表示" } }
                }
            }
        }
    }
}

fn menu() -> Markup {
    html! {
        ul { @for (place, name) in MENU { li { a href=(place) { (name) } } } }
    }
}

fn content(team: &Association, theme: &str) -> Markup {
    html! {
        p.path { "ホーム ＞ 創業をお考えの方へ" }
        h1 { "創業をお考えの方へ" }
        p { "これから事業を始める方、始めて間もない方のご相談をお受けしています。資金のこと、計画の立て方、手続きの順番など、\
             まとまっていなくてもかまいません。" }
        table.hours {
            tr { th scope="row" { "ご相談" } td { "無料（この行は架空です）" } }
            tr { th scope="row" { "お持ちいただくもの" } td { "ありません（この行は架空です）" } }
        }
        h2 id="find" { "担当の協会をさがす" }
        p { "住まいやお店の場所から、担当の協会と、女性職員の相談チームが分かります。" }
        (widget(team, "find", theme))
        p { "協会は都道府県などに51あります。場所によっては、二つの協会にご相談いただけます。" }
        h2 id="book" { "相談を予約する" }
        p { "次は、" (team.name.value) "の女性チームを予約する部品です。ほかの協会の部品をここに置いているのは、\
             見本だからです。" }
        (widget(team, "book", theme))
        p { "当日のご都合が悪くなったときは、予約の控えから取り消せます。" }
        h2 id="about" { "この見本について" }
        p { "協会のサイトに、となりの部品を置いたところです。この協会と、部品の外の文章は架空です。部品の中の協会の情報は、\
             出典のあるものだけです。" }
        p { a href="/embed/generator" { "ご自身の協会の部品を作る" } }
    }
}

fn widget(team: &Association, view: &str, theme: &str) -> Markup {
    let (id, site) = (team.id.as_str(), &team.website.value);
    let full = if view == "book" { format!("/book/{id}") } else { "/find".to_owned() };
    html! {
        tonari-widget team=(id) view=(view) lang="ja" theme=(theme) {
            p { strong { (team.name.value) } }
            @if let Some(phone) = &team.phone {
                p {
                    "電話 " a href={ "tel:" (phone.value) } { (phone.value) }
                    @if let Some(note) = &phone.note { "（" (note) "）" }
                }
            }
            p { a href=(site) { "公式サイト" } "　" a href=(full) { "となりで開く" } }
        }
    }
}
