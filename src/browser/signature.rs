//! ECDSA P-256 with SHA-256 through WebCrypto: the browser has it, the bundle does not have to.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;

use crate::subtle::{options, subtle};
use crate::time_limit::within;

const LIMIT_MS: u32 = 3_000;

/// True only when `signature` (base64url of r‖s) was made over exactly these bytes by the key this page came with.
pub(crate) async fn is_good(body: &[u8], signature: &str) -> bool {
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

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    use super::is_good;

    wasm_bindgen_test_configure!(run_in_browser);

    /// Made once with a key that was thrown away.
    const KEY: &str =
        "BGWoV5V7b_9cLMKChC_OO9MF447c5ipeNOItui4OWrRt__0r7za5L_QRDU_iC7rndjGiQphN_pWp2DWcvDF8xDE";
    const SIGNATURE: &str =
        "gPncFifoLuDvT-PtfU_4hrvB06kuh9xAFupaU38LrNbK06nvn-ZVesHyG8iof-SJLbya6ynzB-Jh-TeA9kwzLQ";
    const BODY: &[u8] = br#"{"number":7}"#;

    fn page_with_key(key: &str) {
        let document = crate::window().document().unwrap();
        let earlier = document.query_selector("meta[name=tonari-edition-key]").unwrap();
        let meta = earlier.unwrap_or_else(|| document.create_element("meta").unwrap());
        meta.set_attribute("name", "tonari-edition-key").unwrap();
        meta.set_attribute("content", key).unwrap();
        document.body().unwrap().append_child(&meta).unwrap();
    }

    // A proxy on the way changed one digit of a phone number.
    #[wasm_bindgen_test]
    async fn only_the_bytes_that_were_signed_by_this_pages_key_are_good() {
        page_with_key(KEY);
        assert!(is_good(BODY, SIGNATURE).await);
        assert!(!is_good(br#"{"number":8}"#, SIGNATURE).await);
        assert!(!is_good(BODY, &SIGNATURE.replace('A', "B").replace('x', "y")).await);
        for nonsense in ["", "****", "AAAA"] {
            assert!(!is_good(BODY, nonsense).await, "{nonsense}");
        }
        // The page came without a server that fills in the key.
        page_with_key("__TONARI_EDITION_KEY__");
        assert!(!is_good(BODY, SIGNATURE).await);
    }
}
