//! Somebody else's site: pages with headers of their own, under another name of this machine, which to a browser is another
//! site.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use anyhow::Result;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Writes down what happens on the page around the frame.
pub const RECORDER: &str = include_str!("recorder.js");

#[derive(Clone, Default)]
pub struct Page {
    pub headers: Vec<(String, String)>,
    pub html: String,
}

type Pages = Arc<Mutex<BTreeMap<String, Page>>>;

pub struct Host {
    port: u16,
    pages: Pages,
    task: JoinHandle<()>,
}

impl Host {
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let pages = Pages::default();
        let router = Router::new().route("/{name}", get(page)).with_state(Arc::clone(&pages));
        let task = tokio::spawn(async move {
            // The test ends it.
            axum::serve(listener, router).await.ok();
        });
        Ok(Self { port, pages, task })
    }

    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    pub fn put(&self, name: &str, page: Page) -> String {
        self.pages.lock().expect("no holder of this lock panics").insert(name.to_owned(), page);
        format!("{}/{name}", self.origin())
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn page(State(pages): State<Pages>, Path(name): Path<String>) -> Response {
    let fixed = match name.as_str() {
        "recorder.js" => Some(("text/javascript", RECORDER.to_owned())),
        // What a site has whose policy forbids styles in the tag.
        "host.css" => Some(("text/css", "tonari-widget{display:block;min-height:560px}".to_owned())),
        // As they are shipped for production.
        "preact.mjs" => Some(("text/javascript", module("preact/dist/preact.mjs"))),
        "vue.mjs" => Some(("text/javascript", module("vue/dist/vue.runtime.esm-browser.prod.js"))),
        _ => None,
    };
    if let Some((kind, text)) = fixed {
        let same = HeaderName::from_static("cross-origin-resource-policy");
        return ([(axum::http::header::CONTENT_TYPE, kind), (same, "same-origin")], text).into_response();
    }
    let Some(page) = pages.lock().expect("no holder of this lock panics").get(&name).cloned() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = axum::response::Html(page.html).into_response();
    for (name, value) in page.headers {
        let name = HeaderName::try_from(name).expect("a test names headers well");
        response.headers_mut().insert(name, HeaderValue::try_from(value).expect("and their values"));
    }
    response
}

/// Of a package that `cargo xtask test` has installed.
fn module(path: &str) -> String {
    let folder = std::env::var_os("TONARI_FRAMEWORKS").expect("cargo xtask test e2e says where they are");
    std::fs::read_to_string(std::path::Path::new(&folder).join(path)).expect("the package holds this file")
}
