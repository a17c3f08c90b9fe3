//! One thing to send: its bytes in every encoding, its type, its tag, and how long it may be kept.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::encoding::{Encoding, preferred, unchanged};
use super::loader;

/// How long a copy is good without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// Its name has a hash of its content in it, or the number of a version that never changes.
    Immutable,
    /// It keeps its name while its content changes: ask each time, by tag.
    Revalidate,
    /// Many sites name it and nobody can wait: a copy of minutes is good, and one of yesterday while it is looked up.
    Evergreen,
}

impl CachePolicy {
    /// By the name, which is all that is known of a file. Trunk writes `name-<hash>.js` and `name-<hash>_bg.wasm`, with up to 16 hexadecimal digits.
    #[must_use]
    pub fn of(path: &str) -> Self {
        if path == loader::EVERGREEN {
            return Self::Evergreen;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.split('.').next().unwrap_or(name);
        let stem = stem.strip_suffix("_bg").unwrap_or(stem);
        let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
        let hashed = (12..=64).contains(&hash.len()) && hash.bytes().all(|b| b.is_ascii_hexdigit());
        if hashed || loader::version(path).is_some() { Self::Immutable } else { Self::Revalidate }
    }

    fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Revalidate => "no-cache",
            Self::Evergreen => "public, max-age=600, stale-while-revalidate=86400",
        })
    }
}

pub struct Asset {
    pub(super) plain: Bytes,
    pub(super) brotli: Option<Bytes>,
    pub(super) gzip: Option<Bytes>,
    pub(super) kind: ContentType,
    /// SHA-256 of the plain bytes.
    pub(super) hash: [u8; 32],
    policy: CachePolicy,
}

impl Asset {
    /// Not yet compressed: see [`super::compress`].
    #[must_use]
    pub fn new(path: &str, bytes: Vec<u8>, policy: CachePolicy) -> Self {
        let hash = Sha256::digest(&bytes).into();
        Self { plain: bytes.into(), brotli: None, gzip: None, kind: ContentType::of(path), hash, policy }
    }

    /// 200 in the encoding the client likes best, or 304 if it has it already.
    #[must_use]
    pub fn respond(&self, method: &Method, headers: &HeaderMap) -> Response<Body> {
        let encoding = self.choose(headers);
        let tag = self.tag(encoding);
        if unchanged(headers, &tag) {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            self.describe(&mut response, &tag);
            return response;
        }
        let mut response = self.body(StatusCode::OK, method, encoding);
        self.describe(&mut response, &tag);
        response
    }

    /// The same bytes under another status, as the page for an unknown address. Never 304, never kept.
    #[must_use]
    pub fn respond_as(&self, status: StatusCode, method: &Method, headers: &HeaderMap) -> Response<Body> {
        let mut response = self.body(status, method, self.choose(headers));
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    fn choose(&self, headers: &HeaderMap) -> Encoding {
        let offered = [(Encoding::Brotli, self.brotli.is_some()), (Encoding::Gzip, self.gzip.is_some())];
        preferred(headers, offered.into_iter().filter_map(|(encoding, there)| there.then_some(encoding)))
    }

    /// Strong, so each encoding has its own.
    fn tag(&self, encoding: Encoding) -> String {
        let hash = URL_SAFE_NO_PAD.encode(&self.hash[..16]);
        match encoding {
            Encoding::Brotli => format!("\"{hash}-br\""),
            Encoding::Gzip => format!("\"{hash}-gz\""),
            Encoding::Identity => format!("\"{hash}\""),
        }
    }

    fn body(&self, status: StatusCode, method: &Method, encoding: Encoding) -> Response<Body> {
        let bytes = match encoding {
            Encoding::Brotli => self.brotli.as_ref(),
            Encoding::Gzip => self.gzip.as_ref(),
            Encoding::Identity => None,
        };
        let bytes = bytes.unwrap_or(&self.plain);
        let mut response =
            Response::new(if method == Method::HEAD { Body::empty() } else { Body::from(bytes.clone()) });
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind.mime));
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        if let Some(name) = encoding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        self.vary(headers);
        response
    }

    fn describe(&self, response: &mut Response<Body>, tag: &str) {
        let headers = response.headers_mut();
        headers.insert(header::ETAG, HeaderValue::from_str(tag).expect("base64url fits a header"));
        headers.insert(header::CACHE_CONTROL, self.policy.header());
        self.vary(headers);
    }

    fn vary(&self, headers: &mut HeaderMap) {
        if self.kind.compressible {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
    }
}

/// What a file is, by its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct ContentType {
    mime: &'static str,
    pub(super) compressible: bool,
}

impl ContentType {
    fn of(path: &str) -> Self {
        let (mime, compressible) = match path.rsplit_once('.').map_or(path, |(_, extension)| extension) {
            folder if folder.ends_with('/') => ("text/html; charset=utf-8", true),
            "html" => ("text/html; charset=utf-8", true),
            "js" => ("text/javascript; charset=utf-8", true),
            "css" => ("text/css; charset=utf-8", true),
            "json" => ("application/json", true),
            "webmanifest" => ("application/manifest+json", true),
            "wasm" => ("application/wasm", true),
            "svg" => ("image/svg+xml", true),
            "ics" => ("text/calendar; charset=utf-8", true),
            "atom" => ("application/atom+xml; charset=utf-8", true),
            "xml" => ("application/xml; charset=utf-8", true),
            "txt" => ("text/plain; charset=utf-8", true),
            "png" => ("image/png", false),
            "ico" => ("image/x-icon", true),
            "woff2" => ("font/woff2", false),
            _ => ("application/octet-stream", true),
        };
        Self { mime, compressible }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_in_them_are_kept_for_ever() {
        for (path, immutable) in [
            ("/app-8f2c4e1a9b3d7f60.js", true),
            ("/app-8f2c4e1a9b3d7f60_bg.wasm", true),
            ("/tonari-1a9b3d7f6012.css", true),
            ("/snippets/app-8f2c4e1a9b3d7f60/inline0.js", false),
            ("/embed.1.js", true),
            ("/embed.js", false),
            ("/embed.old.js", false),
            ("/boot.js", false),
            ("/sw.js", false),
            ("/data/places.bin", false),
            ("/icon-512.png", false),
            ("/icon-maskable-512.png", false),
            ("/apple-touch-icon.png", false),
        ] {
            assert_eq!(CachePolicy::of(path) == CachePolicy::Immutable, immutable, "{path}");
        }
    }
}
