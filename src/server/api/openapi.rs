//! `GET /api/openapi.json`: the API described by itself (OpenAPI 3.1), so that it cannot disagree with what runs.

mod bounds;
mod examples;

use std::sync::LazyLock;

use axum::http::{HeaderMap, Method};
use axum::response::Response;
use serde_json::Value;
use utoipa::openapi::{ContentBuilder, Ref, ResponseBuilder};
use utoipa::{Modify, OpenApi};

use crate::site::asset::{Asset, CachePolicy};
use crate::site::compress;

/// Path of the description.
pub const OPENAPI: &str = "/api/openapi.json";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tonari",
        description = "The signed directory of the 51 credit guarantee associations and their women’s teams. No request \
                       takes a place, a position or a distance: the phone works those out alone."
    ),
    paths(
        super::associations::get,
        super::slots::get,
        super::contents::stories,
        super::contents::events,
        super::contents::notices,
        super::bookings::book,
        super::bookings::get,
        super::bookings::cancel,
        super::bookings::move_to,
        super::bookings::accept,
        super::bookings::pass,
        super::bookings::calendar,
        super::meta::get,
        super::health::alive,
        super::health::ready,
        super::metrics::get
    ),
    modifiers(&Always)
)]
struct Description;

/// What can happen to every request under `/api/v1` is said once.
struct Always;

const ALWAYS: [(&str, &str); 3] = [
    ("429", "Too many requests from one place; `Retry-After` says when"),
    ("500", "A bug; other requests go on"),
    ("503", "Busy, or given up; `Retry-After` says when, if it is known"),
];

impl Modify for Always {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        for (_, item) in api.paths.paths.iter_mut().filter(|(path, _)| path.starts_with("/api/v1/")) {
            for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
                for (status, why) in ALWAYS {
                    let problem =
                        ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
                    let refused = ResponseBuilder::new().description(why);
                    let refused = refused.content("application/problem+json", problem).build();
                    operation.responses.responses.entry(status.to_owned()).or_insert(refused.into());
                }
            }
        }
    }
}

/// The whole description.
fn described() -> Value {
    let mut description =
        serde_json::to_value(Description::openapi()).expect("the description is plain JSON");
    bounds::add(&mut description);
    examples::add(&mut description);
    description
}

/// Each with its path.
fn operations(description: &mut Value) -> impl Iterator<Item = (&str, &mut Value)> {
    let paths = description["paths"].as_object_mut().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let operations = item.as_object_mut().into_iter().flatten();
        let operations = operations.filter(|(method, _)| ["get", "post"].contains(&method.as_str()));
        operations.map(move |(_, operation)| (path.as_str(), operation))
    })
}

fn parameters(operation: &mut Value) -> impl Iterator<Item = &mut Value> {
    operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten()
}

static ASSET: LazyLock<Asset> = LazyLock::new(|| {
    let mut asset = Asset::new(OPENAPI, described().to_string().into(), CachePolicy::Revalidate);
    compress::one(&mut asset);
    asset
});

pub async fn get(method: Method, headers: HeaderMap) -> Response {
    ASSET.respond(&method, &headers)
}
