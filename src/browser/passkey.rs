//! The two ceremonies of a passkey: making one, and showing that one is there. What the browser and the server say to each
//! other passes through as text; nothing of it is kept.
//!
//! Browsers have learnt to read and write that text themselves only lately, and some extensions take their place without
//! learning it: where they cannot, the bytes are turned into base64url here.

use js_sys::{Array, Function, JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use crate::error;
use crate::time_limit::within;

/// A person has to find her phone or her finger: longer than the five minutes the server waits for.
const LIMIT_MS: u32 = 6 * 60 * 1000;

/// Why there is none, by what she can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPasskey {
    /// This browser has no passkeys: use another.
    Unsupported,
    /// She closed the browser's question, or it waited too long: try again.
    Closed,
    /// This device already holds one for her: sign in with it.
    AlreadyHere,
    /// This address is not the one the passkeys are for.
    WrongPlace,
    /// Anything else.
    Failed,
}

#[must_use]
pub fn is_supported() -> bool {
    let window = crate::window();
    crate::has(&window, "PublicKeyCredential") && crate::has(&window.navigator(), "credentials")
}

/// Makes a passkey by the server's options and answers what the server has to know of it.
pub async fn create(options: &str) -> Result<String, NoPasskey> {
    ceremony("create", "parseCreationOptionsFromJSON", options).await
}

/// Shows that a passkey is there.
pub async fn get(options: &str) -> Result<String, NoPasskey> {
    ceremony("get", "parseRequestOptionsFromJSON", options).await
}

async fn ceremony(what: &str, reader: &str, options: &str) -> Result<String, NoPasskey> {
    if !is_supported() {
        return Err(NoPasskey::Unsupported);
    }
    let abort = AbortController::new()?;
    let asked = Object::new();
    put(&asked, "publicKey", &read_options(reader, options)?)?;
    put(&asked, "signal", &abort.signal())?;
    let credentials = field(&crate::window().navigator(), "credentials");
    let begin = method(&credentials, what).ok_or(NoPasskey::Unsupported)?;
    let promise: js_sys::Promise = begin.call1(&credentials, &asked)?.unchecked_into();
    let Ok(answer) = within(LIMIT_MS, JsFuture::from(promise)).await else {
        abort.abort();
        return Err(NoPasskey::Closed);
    };
    let credential = answer?;
    if credential.is_null() {
        return Err(NoPasskey::Closed);
    }
    let told = JSON::stringify(&write_credential(&credential)?)?;
    told.as_string().ok_or(NoPasskey::Failed)
}

impl From<JsValue> for NoPasskey {
    fn from(thrown: JsValue) -> Self {
        match error::name(&thrown).as_deref() {
            Some("NotAllowedError" | "AbortError" | "TimeoutError") => Self::Closed,
            Some("InvalidStateError") => Self::AlreadyHere,
            Some("SecurityError") => Self::WrongPlace,
            Some("NotSupportedError") => Self::Unsupported,
            Some(_) | None => {
                web_sys::console::warn_1(&thrown);
                Self::Failed
            }
        }
    }
}

/// By the browser itself where it can.
fn read_options(reader: &str, options: &str) -> Result<JsValue, NoPasskey> {
    let plain = JSON::parse(options)?;
    let class = field(&crate::window(), "PublicKeyCredential");
    if let Some(read) = method(&class, reader) {
        return Ok(read.call1(&class, &plain)?);
    }
    bytes_at(&plain, "challenge")?;
    let user = field(&plain, "user");
    if user.is_object() {
        bytes_at(&user, "id")?;
    }
    for list in ["excludeCredentials", "allowCredentials"] {
        for named in Array::from(&or_empty(field(&plain, list))).iter() {
            bytes_at(&named, "id")?;
        }
    }
    Ok(plain)
}

fn or_empty(list: JsValue) -> JsValue {
    if list.is_object() { list } else { Array::new().into() }
}

/// Puts bytes in the place of their base64url.
fn bytes_at(object: &JsValue, name: &str) -> Result<(), NoPasskey> {
    let text = field(object, name).as_string().ok_or(NoPasskey::Failed)?;
    let padding = "=".repeat((4 - text.len() % 4) % 4);
    let binary = crate::window().atob(&(from_url(&text) + &padding))?;
    // One character a byte: that is what `atob` gives.
    let bytes: Vec<u8> = binary.chars().map(|byte| byte as u8).collect();
    put(object, name, &Uint8Array::from(&bytes[..]))
}

fn write_credential(credential: &JsValue) -> Result<JsValue, NoPasskey> {
    if let Some(write) = method(credential, "toJSON")
        && let Ok(told) = write.call0(credential)
    {
        return Ok(told);
    }
    let told = Object::new();
    let id = base64url(&field(credential, "rawId"))?;
    put(&told, "id", &id)?;
    put(&told, "rawId", &id)?;
    put(&told, "type", &field(credential, "type"))?;
    put(&told, "clientExtensionResults", &Object::new())?;
    let (response, said) = (field(credential, "response"), Object::new());
    for part in ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"] {
        let bytes = field(&response, part);
        if bytes.is_object() {
            put(&said, part, &base64url(&bytes)?)?;
        }
    }
    put(&told, "response", &said)?;
    Ok(told.into())
}

fn base64url(buffer: &JsValue) -> Result<JsValue, NoPasskey> {
    let binary: String = Uint8Array::new(buffer).to_vec().into_iter().map(char::from).collect();
    let text = crate::window().btoa(&binary)?;
    Ok(to_url(&text).into())
}

fn from_url(text: &str) -> String {
    text.replace('-', "+").replace('_', "/")
}

fn to_url(text: &str) -> String {
    text.trim_end_matches('=').replace('+', "-").replace('/', "_")
}

fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn method(object: &JsValue, name: &str) -> Option<Function> {
    field(object, name).dyn_into().ok()
}

fn put(object: &JsValue, name: &str, value: &JsValue) -> Result<(), NoPasskey> {
    Reflect::set(object, &name.into(), value).map(drop).map_err(NoPasskey::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_alphabets_differ_in_two_letters_and_the_padding() {
        assert_eq!(to_url("a+/b=="), "a-_b");
        assert_eq!(from_url("a-_b"), "a+/b");
    }
}
