//! The router with the small site of `tests/fixtures/site`, and answers taken apart for reading.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use domain::association::AssociationId;
use http_body_util::BodyExt;
use server::command::serve::load;
use server::config::Config;
use server::limit::Allowance;
use server::pressure::Bearable;
use server::router::{App, router};
use server::service::{Bookings, Clock, demo};
use tempfile::TempDir;
pub use tests::binary::fixture_site;
use tower::ServiceExt;

use crate::stories_on;

/// 2026-11-30, a Monday, at nine in Japan.
pub const MONDAY: i64 = 1_795_996_800;

pub struct Server {
    router: Router,
    pub app: Arc<App>,
    pub var: TempDir,
    pub bookings: Bookings,
    now: Arc<AtomicI64>,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

pub fn fixture_desk() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/desk")
}

pub fn config(var: &Path) -> Config {
    Config {
        listen: "127.0.0.1:0".parse().unwrap(),
        site: fixture_site(),
        desk: fixture_desk(),
        var: var.to_path_buf(),
        database: stories_on::database(var),
        public_url: None,
        min_version: None,
        demo: false,
        smtp_url: None,
        mail_from: None,
        metrics_token: None,
        files: None,
        allowance: Allowance::unlimited(),
        bearable: Bearable::everything(),
    }
}

/// The app as `tonari serve` would load it.
pub fn app(config: &Config) -> anyhow::Result<App> {
    load(config, stories_on::opened(config, Arc::new(|| MONDAY))?)
}

impl Server {
    pub fn start() -> Self {
        Self::start_with(|_| {})
    }

    pub fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        Self::start_as(change, |_, _, _| {})
    }

    /// With a part that the settings cannot change; it gets the server's folder and clock.
    pub fn start_changed(change: impl FnOnce(&mut App, &Path, Clock)) -> Self {
        Self::start_as(|_| {}, change)
    }

    fn start_as(settings: impl FnOnce(&mut Config), change: impl FnOnce(&mut App, &Path, Clock)) -> Self {
        let var = tempfile::tempdir().unwrap();
        let mut config = config(var.path());
        settings(&mut config);
        let now = Arc::new(AtomicI64::new(MONDAY));
        let told = Arc::clone(&now);
        let clock: Clock = Arc::new(move || told.load(Ordering::Relaxed));
        let opened = stories_on::opened(&config, Arc::clone(&clock)).unwrap();
        let bookings = opened.bookings.clone();
        let mut app = load(&config, opened).unwrap();
        change(&mut app, var.path(), clock);
        let app = Arc::new(app);
        Self { router: router(Arc::clone(&app)), app, var, bookings, now }
    }

    /// Fictional times for this team.
    pub async fn open(self, team: &str) -> Self {
        demo::open(&self.bookings, vec![AssociationId(team.to_owned())]).await.unwrap();
        self
    }

    pub fn pass(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::Relaxed);
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[]).await
    }

    pub async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let mut request = Request::post(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(body.into()).unwrap()).await
    }

    /// The body of an answer that does not end by itself.
    pub async fn open_line(&self, path: &str, headers: &[(&str, &str)]) -> Body {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        answer.into_body()
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        // A line that stays open has no end to wait for.
        let is_line = parts.headers.get("content-type").is_some_and(|kind| kind == "text/event-stream");
        let body = if is_line { Vec::new() } else { body.collect().await.unwrap().to_bytes().to_vec() };
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

impl Answer {
    /// Empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}
