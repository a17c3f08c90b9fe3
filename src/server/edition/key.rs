//! The key that signs editions: ECDSA on P-256, because WebCrypto verifies it and so the phone needs no crypto code.
//!
//! Made at the first start, kept in one file only its owner may read. A phone trusts the key in the page it was
//! served with; losing the file means that phones take new editions only after their next update of the app.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use p256::elliptic_curve::Generate;
use p256::pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};

use crate::private_file::{self, FileError};

pub struct EditionKey(SigningKey);

/// Why there is no key to sign with.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error(
        "the key {0} is not a P-256 key in PKCS#8 PEM; restore it from a backup, or remove it to make a new one"
    )]
    NotAKey(String),
}

impl EditionKey {
    /// The key in this file, which is made if it is missing.
    ///
    /// # Errors
    /// [`KeyError`], in one line that says what to do.
    pub fn load_or_create(path: &Path) -> Result<Self, KeyError> {
        let fresh = || {
            let pem = SigningKey::generate().to_pkcs8_pem(LineEnding::LF);
            pem.expect("a fresh key has a PEM").to_string()
        };
        let pem = private_file::read_or_make(path, fresh)?;
        SigningKey::from_pkcs8_pem(&pem).map(Self).map_err(|_| KeyError::NotAKey(path.display().to_string()))
    }

    /// For `importKey("raw", …, { name: "ECDSA", namedCurve: "P-256" })`: the uncompressed point, base64url.
    #[must_use]
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.verifying_key().to_sec1_point(false).as_bytes())
    }

    /// r‖s over SHA-256 of the message, base64url: what WebCrypto's `verify` takes. The same message always gets the
    /// same signature (RFC 6979), so answers can be compared and cached.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> String {
        let signature: Signature = self.0.sign(message);
        URL_SAFE_NO_PAD.encode(signature.to_bytes())
    }
}
