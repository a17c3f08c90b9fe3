//! Which path is answered by what, and what every answer passes through.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use domain::api::{ASSOCIATIONS, BOOKINGS, META};
use domain::content::ShelfName;
use url::Url;

use crate::api::openapi::OPENAPI;
use crate::desk::pages::Files;
use crate::edition::Published;
use crate::limit::{self, Limits};
use crate::mail::{Origin, Post};
use crate::metrics::Metrics;
use crate::pressure::Pressure;
use crate::service::Bookings;
use crate::service::directory::Directory;
use crate::service::hosts::Hosts;
use crate::service::imports::Imports;
use crate::service::library::Library;
use crate::service::live::Live;
use crate::service::pictures::Pictures;
use crate::service::publish::Publishing;
use crate::service::staff::Desk;
use crate::service::staff::passkeys::WayIn;
use crate::site::Site;
use crate::site::addresses::ADDRESSES;
use crate::site::frame::Pages;
use crate::{api, desk, error, form, headers, site, telemetry};

/// Everything that is served. Fixed for the life of the process, but for `draining`.
pub struct App {
    pub site: Site,
    pub directory: Directory,
    pub bookings: Bookings,
    pub library: Library,
    pub texts: Publishing,
    pub hosts: Hosts,
    pub pictures: Pictures,
    pub imports: Imports,
    pub live: Live,
    pub staff: Desk,
    /// None where browsers have no passkeys for our address: then there is no desk.
    pub way_in: Option<WayIn>,
    /// Where browsers know the desk.
    pub home: Option<Url>,
    /// Its build, if there is one.
    pub desk: Option<Files>,
    /// For invitations, while somebody waits for it.
    pub post: Post,
    pub pages: Pages,
    pub origin: Origin,
    pub limits: Limits,
    pub pressure: Pressure,
    pub metrics: Metrics,
    /// Who has it may read the metrics; without one nobody may.
    pub metrics_token: Option<String>,
    pub min_version: Option<String>,
    /// People reach the server over https.
    pub https: bool,
    /// Told to stop: ready no more.
    pub draining: AtomicBool,
}

impl App {
    /// The directory as it is sent at this moment.
    #[must_use]
    pub fn published(&self) -> Arc<Published> {
        self.directory.now()
    }
}

pub fn router(app: Arc<App>) -> Router {
    let public = Router::new()
        .route(ASSOCIATIONS, get(api::associations::get))
        .route(META, get(api::meta::get))
        .route(ShelfName::Stories.path(), get(api::contents::stories))
        .route(ShelfName::Events.path(), get(api::contents::events))
        .route(ShelfName::Notices.path(), get(api::contents::notices))
        .route("/api/v1/teams/{team}/slots", get(api::slots::get))
        .route_layer(from_fn_with_state(Arc::clone(&app), limit::reading))
        .route_layer(from_fn(headers::share));
    let reading = Router::new()
        .route("/api/v1/bookings/{token}", get(api::bookings::get))
        .route("/api/v1/bookings/{token}/calendar.ics", get(api::bookings::calendar))
        .route("/events.ics", get(site::feeds::events))
        .route("/pictures/{name}", get(site::pictures::get))
        .route("/feed.atom", get(site::feeds::atom))
        .route("/sitemap.xml", get(site::feeds::sitemap))
        .route("/robots.txt", get(site::feeds::robots))
        .route("/form", get(form::teams))
        .route("/form/{team}", get(form::show))
        .route("/form/bookings/{token}", get(form::booking))
        .merge(site::embed::routes::pages())
        .route_layer(from_fn_with_state(Arc::clone(&app), limit::reading));
    let changing = Router::new()
        .route(BOOKINGS, post(api::bookings::book))
        .route("/api/v1/bookings/{token}/cancel", post(api::bookings::cancel))
        .route("/api/v1/bookings/{token}/accept", post(api::bookings::accept))
        .route("/api/v1/bookings/{token}/pass", post(api::bookings::pass))
        .route("/api/v1/bookings/{token}/move", post(api::bookings::move_to))
        .route("/form/{team}", post(form::send))
        .route("/form/bookings/{token}", post(form::cancel))
        .route_layer(from_fn_with_state(Arc::clone(&app), limit::changing));
    let collected = Router::new().route(ADDRESSES, get(site::addresses::list));
    public
        .merge(if app.site.books() { Router::new() } else { collected })
        .merge(reading)
        .merge(changing)
        .merge(desk::router(&app))
        .route(OPENAPI, get(api::openapi::get))
        .route("/events/{name}", get(site::feeds::event))
        .route("/healthz", get(api::health::alive))
        .route("/readyz", get(api::health::ready))
        .route("/metrics", get(api::metrics::get))
        .method_not_allowed_fallback(error::method_not_allowed)
        .fallback(site::pages::serve)
        .layer(DefaultBodyLimit::max(api::bookings::BODY_LIMIT))
        .layer(from_fn(error::contain))
        .layer(from_fn_with_state(Arc::clone(&app), headers::secure))
        .layer(from_fn_with_state(Arc::clone(&app), telemetry::observe))
        .with_state(app)
}
