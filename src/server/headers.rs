//! The security headers of every response, whatever answered it.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use domain::embed::Origin;

use std::fmt::Write;
use std::sync::Arc;

use crate::router::App;

/// What an answer is to pages of others. It stands on the response; without it, it is ours.
#[derive(Clone, Debug, Default)]
pub enum Openness {
    /// Nobody shows it in a frame, and only our own pages read it.
    #[default]
    Ours,
    /// The same, and who it is for signs in there.
    Desk,
    /// The same, and there is a form on it.
    Form,
    /// The same, under a policy that was made for it.
    Under(HeaderValue),
    /// Nobody shows it in a frame, but whoever likes reads it: it is the same for everybody and says nothing of anybody.
    Shared,
    /// We show it in a frame, and so may pages of these. Under which name we are known, where we know it.
    Framed { own: Option<Origin>, hosts: Vec<Origin> },
}

/// `wasm-unsafe-eval` lets WebAssembly compile and nothing else; the `default` Trusted Types policy is made by
/// `boot.js` for the address of the service worker. Markup as text is refused.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src 'none'; base-uri 'self'; \
    form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default";

/// For pages with a form: no script runs on them.
const FORM_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

/// For frames: the app's own, but for a worker and a manifest. Our origin is named: to WebKit a frame that its host has
/// sandboxed has no `'self'`. Who may frame it follows.
fn frame_policy(own: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{own}; style-src 'self'{own}; img-src 'self'{own}; \
         connect-src 'self'{own}; frame-src 'none'; base-uri 'self'{own}; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types default; frame-ancestors 'self'"
    )
}

macro_rules! features_for {
    (position $whom:literal, passkeys $passkeys:literal) => {
        concat!(
            "geolocation=",
            $whom,
            ", accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), gyroscope=(), hid=(), \
             magnetometer=(), microphone=(), midi=(), payment=(), ",
            $passkeys,
            ", screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()"
        )
    };
}

/// The position is asked for by our own pages only; everything else a browser could hand out is off.
const PERMISSIONS_POLICY: &str = features_for!(position "(self)", passkeys "publickey-credentials-get=()");

/// In somebody else's page she could not tell who asks.
const FRAME_PERMISSIONS: &str = features_for!(position "()", passkeys "publickey-credentials-get=()");

/// Nobody at the desk is looked for.
const DESK_PERMISSIONS: &str = features_for!(
    position "()",
    passkeys "publickey-credentials-create=(self), publickey-credentials-get=(self)"
);

pub const REFERRER: &str = "no-referrer";

/// The app's policy as far as a page may say it itself. Browsers do not hear who may frame it from there.
#[must_use]
pub fn policy_in_page() -> String {
    let heard = CONTENT_SECURITY_POLICY.split("; ").filter(|part| !part.starts_with("frame-ancestors"));
    heard.collect::<Vec<_>>().join("; ")
}

const ALWAYS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, REFERRER),
    (PERMISSIONS, PERMISSIONS_POLICY),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (RESOURCE, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");
const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const EMBEDDER: HeaderName = HeaderName::from_static("cross-origin-embedder-policy");

/// What scripts of others may see beside the body.
const EXPOSED: &str =
    "ETag, Retry-After, Tonari-Bookable, Tonari-Edition, Tonari-Keep-Until, Tonari-Signature";

/// Two years, as the preload lists ask; only over https, where browsers heed it.
const STRICT_TRANSPORT: &str = "max-age=63072000; includeSubDomains";

/// Middleware: sets them all.
pub async fn secure(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let openness = response.extensions_mut().remove::<Openness>().unwrap_or_default();
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    match openness {
        Openness::Ours => {}
        Openness::Desk => drop(headers.insert(PERMISSIONS, HeaderValue::from_static(DESK_PERMISSIONS))),
        Openness::Form => {
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FORM_POLICY));
        }
        Openness::Under(policy) => drop(headers.insert(header::CONTENT_SECURITY_POLICY, policy)),
        Openness::Shared => shared(headers),
        Openness::Framed { own, hosts } => framed(headers, own.as_ref(), &hosts),
    }
    if app.https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(STRICT_TRANSPORT));
    }
    response
}

/// A frame may be sandboxed, which makes it a stranger to its own server, and a host may ask all it loads for consent.
fn shared(headers: &mut HeaderMap) {
    headers.insert(RESOURCE, HeaderValue::from_static("cross-origin"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
}

fn framed(headers: &mut HeaderMap, own: Option<&Origin>, hosts: &[Origin]) {
    let mut policy = frame_policy(&own.map(|own| format!(" {own}")).unwrap_or_default());
    for host in hosts {
        write!(policy, " {host}").expect("writing to a String does not fail");
    }
    let policy = HeaderValue::from_str(&policy).expect("nothing of an origin ends a header");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(PERMISSIONS, HeaderValue::from_static(FRAME_PERMISSIONS));
    headers.insert(RESOURCE, HeaderValue::from_static("cross-origin"));
    headers.insert(EMBEDDER, HeaderValue::from_static("require-corp"));
    // It knows no list, and browsers that know lists ignore it beside one.
    headers.remove(header::X_FRAME_OPTIONS);
}

/// Middleware: what is asked here is anybody's, also why it could not be answered. Whoever wants to change something or to
/// be asked first is not meant.
pub async fn share(request: Request, next: Next) -> Response {
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    let mut response = next.run(request).await;
    if reads {
        response.extensions_mut().insert(Openness::Shared);
    }
    response
}
