//! Names for things that are made on the phone: unguessable, and the same for every sending.

use domain::outbox::Key;

use crate::{BrowserError, clock};

/// A key for a new request: a UUID of version 7. Its beginning is the moment, so that databases keep neighbours together;
/// the rest is random. It says nothing about her but when she tapped.
pub fn new_key() -> Result<Key, BrowserError> {
    let mut random = [0; 10];
    fill(&mut random)?;
    Ok(Key(uuid_v7(clock::now_ms() as u64, random)))
}

/// From the browser's own generator. There is no weaker one to fall back to: whoever needs this needs secrets.
pub fn random_bytes(count: usize) -> Result<Vec<u8>, BrowserError> {
    let mut bytes = vec![0; count];
    fill(&mut bytes)?;
    Ok(bytes)
}

fn fill(bytes: &mut [u8]) -> Result<(), BrowserError> {
    if !crate::has(&crate::window(), "crypto") {
        return Err(BrowserError::Unavailable);
    }
    crate::window().crypto()?.get_random_values_with_u8_array(bytes)?;
    Ok(())
}

fn uuid_v7(ms: u64, random: [u8; 10]) -> String {
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&ms.to_be_bytes()[2..]);
    bytes[6..].copy_from_slice(&random);
    bytes[6] = 0x70 | bytes[6] & 0x0f;
    bytes[8] = 0x80 | bytes[8] & 0x3f;
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes.into_iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for half in [byte >> 4, byte & 0x0f] {
            text.push(char::from_digit(half.into(), 16).expect("half a byte is a digit"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_uuid_of_version_seven() {
        // The example of RFC 9562, A.6.
        let random = [0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f];
        assert_eq!(uuid_v7(0x017F_22E2_79B0, random), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
        assert_eq!(uuid_v7(0, [0xff; 10]), "00000000-0000-7fff-bfff-ffffffffffff");
    }

    #[cfg(target_arch = "wasm32")]
    #[wasm_bindgen_test::wasm_bindgen_test]
    fn no_two_keys_are_the_same() {
        let keys: std::collections::BTreeSet<_> = (0..1_000).map(|_| new_key().unwrap()).collect();
        assert_eq!(keys.len(), 1_000);
        assert_ne!(random_bytes(16).unwrap(), random_bytes(16).unwrap());
    }
}
