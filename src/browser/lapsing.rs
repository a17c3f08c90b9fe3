//! Bytes that can be read until a day, and not afterwards: closed under a key of their own, which is thrown away when the
//! day has come. What the disk still holds of them then is noise.
//!
//! A phone whose owner wants to keep the key keeps it: this is a promise between us and whoever published, not a lock
//! against the owner. So the key lies beside the bytes as bytes: browsers write keys of their own kind to the same disk,
//! and WebKit on Linux writes none at all.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use crate::id::random_bytes;
use crate::subtle::{options, subtle};
use crate::time_limit::within;

const LIMIT_MS: u32 = 5_000;
const KEY: usize = 32;
const NONCE: usize = 12;

/// What lies on the disk.
#[derive(Clone, Debug)]
pub(crate) struct Closed {
    pub(crate) key: Vec<u8>,
    pub(crate) nonce: Vec<u8>,
    pub(crate) bytes: Uint8Array,
}

/// `None` where the browser has no cryptography for this page.
pub(crate) async fn close(bytes: &[u8]) -> Option<Closed> {
    within(LIMIT_MS, async {
        let subtle = subtle()?;
        let (key, nonce) = (random_bytes(KEY).ok()?, random_bytes(NONCE).ok()?);
        let with = imported(&subtle, &key, "encrypt").await?;
        let bytes = Uint8Array::from(bytes);
        let closing = subtle.encrypt_with_object_and_buffer_source(&under(&nonce)?, &with, &bytes).ok()?;
        let closed: JsValue = JsFuture::from(closing).await.ok()?;
        Some(Closed { key, nonce, bytes: Uint8Array::new(&closed) })
    })
    .await
    .ok()
    .flatten()
}

/// `None` for whatever is not what was closed.
pub(crate) async fn open(closed: &Closed) -> Option<Vec<u8>> {
    within(LIMIT_MS, async {
        let subtle = subtle()?;
        let with = imported(&subtle, &closed.key, "decrypt").await?;
        let how = under(&closed.nonce)?;
        let opening = subtle.decrypt_with_object_and_buffer_source(&how, &with, &closed.bytes).ok()?;
        Some(Uint8Array::new(&JsFuture::from(opening).await.ok()?).to_vec())
    })
    .await
    .ok()
    .flatten()
}

async fn imported(subtle: &SubtleCrypto, key: &[u8], used_to: &str) -> Option<CryptoKey> {
    let uses = Array::of1(&used_to.into());
    let kind = options(&[("name", "AES-GCM")])?;
    let import = subtle.import_key_with_object("raw", &Uint8Array::from(key), &kind, false, &uses).ok()?;
    Some(JsFuture::from(import).await.ok()?.unchecked_into())
}

fn under(nonce: &[u8]) -> Option<Object> {
    let how = options(&[("name", "AES-GCM")])?;
    Reflect::set(&how, &"iv".into(), &Uint8Array::from(nonce)).ok()?;
    Some(how)
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    use super::{close, open};

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    async fn what_was_closed_opens_with_its_own_key_and_with_no_other() {
        let closed = close("同意のある話".as_bytes()).await.unwrap();
        assert!(!closed.bytes.to_vec().windows(6).any(|six| six == "同意".as_bytes()));
        assert_eq!(open(&closed).await.unwrap(), "同意のある話".as_bytes());
        let mut other = closed.clone();
        other.key[0] ^= 1;
        assert_eq!(open(&other).await, None);
        let mut other = closed;
        other.nonce[0] ^= 1;
        assert_eq!(open(&other).await, None);
    }
}
