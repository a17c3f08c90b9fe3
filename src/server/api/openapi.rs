//! `GET /api/openapi.json`: the API described by itself (OpenAPI 3.1), so that it cannot disagree with what runs.

use std::sync::LazyLock;

use axum::http::{HeaderMap, Method};
use axum::response::Response;
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
    modifiers(&Limited)
)]
struct Description;

/// Everything under `/api/v1` is counted by `limit`, so it is said once.
struct Limited;

impl Modify for Limited {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let refused = ResponseBuilder::new()
            .description("Too many requests from one place; `Retry-After` says when")
            .content("application/problem+json", problem)
            .build();
        for (_, item) in api.paths.paths.iter_mut().filter(|(path, _)| path.starts_with("/api/v1/")) {
            for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
                operation.responses.responses.insert("429".to_owned(), refused.clone().into());
            }
        }
    }
}

static ASSET: LazyLock<Asset> = LazyLock::new(|| {
    let json = Description::openapi().to_json().expect("the description is plain JSON");
    let mut asset = Asset::new(OPENAPI, json.into(), CachePolicy::Revalidate);
    compress::one(&mut asset);
    asset
});

pub async fn get(method: Method, headers: HeaderMap) -> Response {
    ASSET.respond(&method, &headers)
}
