//! Closes what she writes for the server's key, so that the phone's disk and the database hold nothing readable.
//!
//! HPKE (RFC 9180), base mode: X25519, HKDF-SHA256, ChaCha20-Poly1305. Synchronous, so it can be done before a
//! transaction begins. Randomness is an argument; opening needs the server's secret key and happens nowhere else. The
//! request's own key is bound in: what was sealed for one request does not open under another.

use std::convert::Infallible;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256 as X25519;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, single_shot_open, single_shot_seal_with_rng,
};

const INFO: &[u8] = b"tonari booking 1";

/// Bytes of a key, public or secret.
pub const KEY: usize = 32;

/// What has to be random, once for each sealing.
pub type Random = [u8; KEY];

/// The key pair that these random bytes stand for: secret, public.
#[must_use]
pub fn key_pair(random: &Random) -> ([u8; KEY], [u8; KEY]) {
    let (secret, public) = X25519::derive_keypair(random);
    (bytes(&secret), bytes(&public))
}

/// The encapsulated key and the ciphertext behind it; `None` for a public key that is none.
#[must_use]
pub fn seal(public: &[u8], bound_to: &str, plain: &[u8], random: Random) -> Option<Vec<u8>> {
    let public = <X25519 as Kem>::PublicKey::from_bytes(public).ok()?;
    let (encapsulated, closed) = single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519>(
        &OpModeS::Base,
        &public,
        INFO,
        plain,
        bound_to.as_bytes(),
        &mut Given(random),
    )
    .ok()?;
    Some([&bytes(&encapsulated)[..], &closed].concat())
}

/// What was sealed; `None` when it was made for another key or another request, or was changed on the way.
#[must_use]
pub fn open(secret: &[u8; KEY], bound_to: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    let secret = <X25519 as Kem>::PrivateKey::from_bytes(secret).ok()?;
    let (encapsulated, closed) = sealed.split_at_checked(KEY)?;
    let encapsulated = <X25519 as Kem>::EncappedKey::from_bytes(encapsulated).ok()?;
    single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519>(
        &OpModeR::Base,
        &secret,
        &encapsulated,
        INFO,
        closed,
        bound_to.as_bytes(),
    )
    .ok()
}

/// As it travels: base64url without padding.
#[must_use]
pub fn to_text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// `None` for what [`to_text`] does not write.
#[must_use]
pub fn from_text(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

fn bytes(key: &impl Serializable) -> [u8; KEY] {
    let mut bytes = [0; KEY];
    bytes.copy_from_slice(&key.to_bytes());
    bytes
}

/// Hands out the bytes it was given, once. The sealing asks for exactly so many.
struct Given(Random);

impl TryRng for Given {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut four = [0; 4];
        self.try_fill_bytes(&mut four)?;
        Ok(u32::from_le_bytes(four))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut eight = [0; 8];
        self.try_fill_bytes(&mut eight)?;
        Ok(u64::from_le_bytes(eight))
    }

    fn try_fill_bytes(&mut self, wanted: &mut [u8]) -> Result<(), Infallible> {
        assert!(wanted.len() <= KEY && self.0 != [0; KEY], "asked for more randomness than was given");
        wanted.copy_from_slice(&self.0[..wanted.len()]);
        self.0 = [0; KEY];
        Ok(())
    }
}

impl TryCryptoRng for Given {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_sealed_is_opened_by_its_key_for_its_request_only(
            note in any::<Vec<u8>>(), key in any::<Random>(), other in any::<Random>(), random in any::<Random>(),
        ) {
            prop_assume!(key != other && random != [0; KEY]);
            let (secret, public) = key_pair(&key);
            let sealed = seal(&public, "request 1", &note, random).unwrap();
            prop_assert_eq!(open(&secret, "request 1", &sealed), Some(note.clone()));
            prop_assert_eq!(open(&secret, "request 2", &sealed), None);
            prop_assert_eq!(open(&key_pair(&other).0, "request 1", &sealed), None);
            let mut changed = sealed.clone();
            let last = changed.len() - 1;
            changed[last] ^= 1;
            prop_assert_eq!(open(&secret, "request 1", &changed), None);
            prop_assert!(note.len() < 8 || !sealed.windows(note.len()).any(|part| part == note));
        }

        #[test]
        fn rubbish_is_not_opened(sealed in any::<Vec<u8>>(), key in any::<Random>()) {
            prop_assert_eq!(open(&key_pair(&key).0, "request", &sealed), None);
        }
    }

    #[test]
    fn a_key_that_is_none_seals_nothing() {
        assert_eq!(seal(&[1; 7], "request", b"note", [1; KEY]), None);
    }
}
