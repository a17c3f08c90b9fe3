//! The addresses that people open who look after an association's site, and what these pages load.

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use super::{demo, file, generator};
use crate::router::App;

pub fn pages() -> Router<Arc<App>> {
    Router::new()
        .route("/embed/generator", get(generator::show))
        .route("/embed/generator/page", get(generator::test_page))
        .route("/embed/generator/file", get(generator::test_file))
        .route("/embed/demo", get(demo::show))
        .route(file::GENERATOR_SCRIPT, get(file::generator_script))
        .route(file::GENERATOR_STYLE, get(file::generator_style))
        .route(file::DEMO_STYLE, get(file::demo_style))
}
