//! Script and looks of the generator and of the demonstration page. They are compiled in: no part of the app, so no phone
//! keeps them and no founder's first visit carries them.

use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::Response;

use crate::headers::Openness;
use crate::site::asset::{Asset, CachePolicy};
use crate::site::compress;

pub const GENERATOR_SCRIPT: &str = "/embed/generator.js";
pub const GENERATOR_STYLE: &str = "/embed/generator.css";
pub const DEMO_STYLE: &str = "/embed/demo.css";

pub async fn generator_script(method: Method, headers: HeaderMap) -> Response {
    sent("generator.js", include_str!("../../../../public/generator.js"), &method, &headers)
}

pub async fn generator_style(method: Method, headers: HeaderMap) -> Response {
    sent("generator.css", include_str!("../../../../style/embed/generator.css"), &method, &headers)
}

pub async fn demo_style(method: Method, headers: HeaderMap) -> Response {
    sent("demo.css", include_str!("../../../../style/embed/demo.css"), &method, &headers)
}

/// A page that is made for each request, with a policy of its own.
pub(super) fn page(html: String, policy: &str, method: &Method, headers: &HeaderMap) -> Response {
    let mut response = sent("page.html", html, method, headers);
    if let Ok(policy) = HeaderValue::from_str(policy) {
        response.extensions_mut().insert(Openness::Under(policy));
    }
    response
}

/// Kept as a file instead of being shown.
pub(super) fn keep(response: &mut Response, how: &'static str) {
    response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(how));
}

fn sent(name: &str, body: impl Into<String>, method: &Method, headers: &HeaderMap) -> Response {
    let mut asset = Asset::new(name, body.into().into_bytes(), CachePolicy::Revalidate);
    compress::quickly(&mut asset);
    asset.respond(method, headers)
}
