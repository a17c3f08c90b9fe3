//! ECDSA P-256 with SHA-256 through WebCrypto: the browser has it, the bundle does not have to.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use crate::time_limit::within;

const LIMIT_MS: u32 = 3_000;

/// True only when `signature` (base64url of r‖s) was made over exactly these bytes by the key this page came with.
pub(super) async fn is_good(body: &[u8], signature: &str) -> bool {
    let checked = within(LIMIT_MS, verify(body, signature)).await;
    matches!(checked, Ok(Some(true)))
}

async fn verify(body: &[u8], signature: &str) -> Option<bool> {
    let key = decode(&key_of_this_page()?)?;
    let signature = decode(signature)?;
    let subtle = subtle()?;
    let curve = options(&[("name", "ECDSA"), ("namedCurve", "P-256")])?;
    let uses = Array::of1(&"verify".into());
    let import =
        subtle.import_key_with_object("raw", &Uint8Array::from(key.as_slice()), &curve, false, &uses);
    let key: CryptoKey = JsFuture::from(import.ok()?).await.ok()?.into();
    let algorithm = options(&[("name", "ECDSA"), ("hash", "SHA-256")])?;
    // By typed array: a body of several kilobytes must not be turned into a JS array of numbers.
    let (signature, body) = (Uint8Array::from(signature.as_slice()), Uint8Array::from(body));
    let verdict = subtle
        .verify_with_object_and_buffer_source_and_buffer_source(&algorithm, &key, &signature, &body)
        .ok()?;
    Some(JsFuture::from(verdict).await.ok()? == JsValue::TRUE)
}

/// The server writes its key into the page, so both come over the same connection or not at all.
fn key_of_this_page() -> Option<String> {
    let document = crate::window().document()?;
    let meta = document.query_selector("meta[name=tonari-edition-key]").ok()??;
    meta.get_attribute("content")
}

/// Absent on insecure pages and in some WebViews.
fn subtle() -> Option<SubtleCrypto> {
    let crypto = Reflect::get(&crate::window(), &"crypto".into()).ok()?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok()?;
    subtle.is_object().then(|| subtle.into())
}

fn options(fields: &[(&str, &str)]) -> Option<Object> {
    let object = Object::new();
    for (field, value) in fields {
        Reflect::set(&object, &(*field).into(), &(*value).into()).ok()?;
    }
    Some(object)
}

/// base64url without padding; the browser's own decoder wants the older alphabet.
fn decode(text: &str) -> Option<Vec<u8>> {
    let plain: String = text
        .trim()
        .trim_end_matches('=')
        .chars()
        .map(|letter| match letter {
            '-' => '+',
            '_' => '/',
            other => other,
        })
        .collect();
    let bytes = crate::window().atob(&plain).ok()?;
    // `atob` gives one character per byte.
    Some(bytes.chars().map(|byte| byte as u8).collect())
}
