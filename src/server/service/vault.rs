//! The server's secrets: what opens letters and what tokens are made from.
//!
//! One file only its owner may read, a line for each secret. The newest sealing key is the one phones are given; older
//! ones stay, because a letter may wait on a phone for a month. Tokens are made from the booking's reference, so that a
//! mail written months later can hold the link without the token being written down anywhere.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::api::SealKey;
use domain::calendar::{from_rfc3339, to_rfc3339};
use domain::seal;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::private_file::{self, FileError};
use crate::site::manifest::hex;
use crate::store::TokenHash;

/// Bytes of a token: 160 bit.
const TOKEN: usize = 20;

pub struct Vault {
    token_secret: [u8; 32],
    /// The newest last.
    seals: Vec<SealPair>,
}

struct SealPair {
    id: String,
    made_at: i64,
    random: [u8; 32],
    /// Follows from it; worked out once, because everybody who looks at times is given it.
    public: [u8; 32],
}

#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("{0} does not hold the keys of bookings; restore it from a backup")]
    NotKeys(String),
    #[error("there is no key {0}")]
    Unknown(String),
    #[error("phones are given the key {0}; rotate first")]
    Newest(String),
    #[error("phones were given the key {id} until {until}; it is kept for 60 days after that")]
    TooYoung { id: String, until: String },
}

/// A sealing key, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealKept {
    pub id: String,
    pub made_at: i64,
    /// Since when phones are given another one.
    pub until: Option<i64>,
}

/// A letter may wait on a phone for 30 days, and a server may go on with the old key until it is started anew.
const KEPT_AFTER: i64 = 60 * 86_400;

impl Vault {
    /// The secrets in this file, which is made if it is missing.
    ///
    /// # Errors
    /// A file that cannot be used. It is never replaced: without it nothing sealed can be opened again.
    pub fn load_or_create(path: &Path, now: i64) -> Result<Self, VaultError> {
        let fresh = || Self { token_secret: random(), seals: vec![SealPair::of(random(), now)] }.to_text();
        let text = private_file::read_or_make(path, fresh)?;
        Self::read(&text).ok_or_else(|| VaultError::NotKeys(path.display().to_string()))
    }

    /// A new sealing key for phones; the old ones go on opening.
    ///
    /// # Errors
    /// As [`Self::load_or_create`], or a folder that cannot be written.
    pub fn rotate(path: &Path, now: i64) -> Result<String, VaultError> {
        let mut vault = Self::load_or_create(path, now)?;
        vault.seals.push(SealPair::of(random(), now));
        vault.save(path)?;
        Ok(vault.newest().id.clone())
    }

    /// Takes an old sealing key away for ever. Whether a letter still needs it is for the caller to know.
    ///
    /// # Errors
    /// A key that is too young, or as [`Self::rotate`].
    pub fn prune(path: &Path, id: &str, now: i64) -> Result<(), VaultError> {
        let mut vault = Self::load_or_create(path, now)?;
        let kept = vault.seals().into_iter().find(|kept| kept.id == id);
        let kept = kept.ok_or_else(|| VaultError::Unknown(id.to_owned()))?;
        let until = kept.until.ok_or_else(|| VaultError::Newest(id.to_owned()))?;
        if now - until < KEPT_AFTER {
            return Err(VaultError::TooYoung { id: id.to_owned(), until: to_rfc3339(until) });
        }
        vault.seals.retain(|pair| pair.id != id);
        vault.save(path)
    }

    /// All sealing keys, the newest last.
    #[must_use]
    pub fn seals(&self) -> Vec<SealKept> {
        let untils = self.seals.iter().skip(1).map(|next| Some(next.made_at)).chain([None]);
        let kept = self.seals.iter().zip(untils);
        kept.map(|(pair, until)| SealKept { id: pair.id.clone(), made_at: pair.made_at, until }).collect()
    }

    fn save(&self, path: &Path) -> Result<(), VaultError> {
        let written = private_file::replace(path, self.to_text().as_bytes());
        Ok(written.map_err(|cause| FileError::Unusable { path: path.display().to_string(), cause })?)
    }

    /// The key phones close their letters with.
    #[must_use]
    pub fn public(&self) -> SealKey {
        let newest = self.newest();
        SealKey { id: newest.id.clone(), public: URL_SAFE_NO_PAD.encode(newest.public) }
    }

    /// A letter closed here, for those who write without an app.
    #[must_use]
    pub fn close(&self, bound_to: &str, letter: &[u8]) -> (String, Vec<u8>) {
        let newest = self.newest();
        let sealed = seal::seal(&newest.public, bound_to, letter, random()).expect("our own key is one");
        (newest.id.clone(), sealed)
    }

    /// The letter of the request, if it was closed for one of our keys.
    #[must_use]
    pub fn open(&self, key_id: &str, bound_to: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let pair = self.seals.iter().find(|pair| pair.id == key_id)?;
        let (secret, _) = seal::key_pair(&pair.random);
        seal::open(&secret, bound_to, sealed)
    }

    /// The token of a booking; the same every time.
    #[must_use]
    pub fn token(&self, reference: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.token_secret).expect("any length is a key");
        mac.update(reference.as_bytes());
        URL_SAFE_NO_PAD.encode(&mac.finalize().into_bytes()[..TOKEN])
    }

    /// Shows later that a text was ours.
    #[must_use]
    pub fn mark(&self, text: &str) -> String {
        // No reference has a blank in it, so no mark is a token.
        self.token(&format!("mark {text}"))
    }

    /// What challenges of proof of work are signed with; the same on all servers that share this file.
    #[must_use]
    pub fn proof_key(&self) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.token_secret).expect("any length is a key");
        // As in a mark: no reference has a blank in it.
        mac.update(b"proof of work");
        mac.finalize().into_bytes().into()
    }

    fn newest(&self) -> &SealPair {
        self.seals.last().expect("there is at least one")
    }

    fn to_text(&self) -> String {
        let mut text = format!("token {}\n", hex(&self.token_secret));
        for pair in &self.seals {
            text.push_str(&format!("seal {} {}\n", to_rfc3339(pair.made_at), hex(&pair.random)));
        }
        text
    }

    fn read(text: &str) -> Option<Self> {
        let (mut token_secret, mut seals) = (None, Vec::new());
        for line in text.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            match words[..] {
                ["token", secret] => token_secret = Some(unhex(secret)?),
                ["seal", made_at, random] => {
                    seals.push(SealPair::of(unhex(random)?, from_rfc3339(made_at)?));
                }
                _ => return None,
            }
        }
        (!seals.is_empty()).then_some(Self { token_secret: token_secret?, seals })
    }
}

impl SealPair {
    fn of(random: [u8; 32], made_at: i64) -> Self {
        let (_, public) = seal::key_pair(&random);
        Self { id: hex(&Sha256::digest(public)[..8]), made_at, random, public }
    }
}

/// What the database knows of a token.
#[must_use]
pub fn hash(token: &str) -> TokenHash {
    Sha256::digest(token).into()
}

/// Random bytes of the system.
///
/// # Panics
/// When the system has none: nothing secret could be made.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system has randomness");
    bytes
}

/// 32 bytes in hexadecimal digits.
#[must_use]
pub fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let digits = (text.len() == 64 && text.is_ascii()).then_some(text)?;
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    // The key was changed while her request waited in the tunnel; nobody could read it afterwards.
    #[test]
    fn d11_a_letter_closed_for_the_key_before_is_still_opened() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("booking.keys");
        let vault = Vault::load_or_create(&file, 1_700_000_000).unwrap();
        let (id, sealed) = vault.close("request", b"letter");
        let newer = Vault::rotate(&file, 1_700_000_001).unwrap();
        let vault = Vault::load_or_create(&file, 1_700_000_002).unwrap();
        assert_eq!(vault.public().id, newer);
        assert_ne!(id, newer);
        assert_eq!(vault.open(&id, "request", &sealed), Some(b"letter".to_vec()));
        assert_eq!(vault.open(&newer, "request", &sealed), None);
    }

    #[test]
    fn f14_a_key_goes_only_when_no_phone_can_have_closed_a_letter_with_it() {
        const DAY: i64 = 86_400;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("booking.keys");
        let first = Vault::load_or_create(&file, 0).unwrap().public().id;
        let says = |id: &str, now| Vault::prune(&file, id, now).map_err(|refused| refused.to_string());
        assert!(says(&first, 400 * DAY).unwrap_err().contains("rotate first"));
        let second = Vault::rotate(&file, 400 * DAY).unwrap();
        assert!(says(&first, 459 * DAY).unwrap_err().contains("60 days"));
        assert_eq!(says(&first, 460 * DAY), Ok(()));
        assert!(says(&first, 460 * DAY).unwrap_err().contains("no key"));
        let left = Vault::load_or_create(&file, 0).unwrap().seals();
        assert_eq!(left, [SealKept { id: second, made_at: 400 * DAY, until: None }]);
    }

    #[test]
    fn tokens_outlive_the_process_and_are_of_160_bits() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("booking.keys");
        let token = Vault::load_or_create(&file, 0).unwrap().token("7K3M9QF2");
        let vault = Vault::load_or_create(&file, 1).unwrap();
        assert_eq!(vault.token("7K3M9QF2"), token);
        assert_ne!(vault.token("7K3M9QF3"), token);
        assert_eq!(URL_SAFE_NO_PAD.decode(&token).unwrap().len(), 20);
    }

    #[test]
    fn a_file_that_holds_something_else_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("booking.keys");
        drop(Vault::load_or_create(&file, 0).unwrap());
        private_file::replace(&file, b"nothing of ours\n").unwrap();
        assert!(Vault::load_or_create(&file, 0).is_err());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "nothing of ours\n");
    }
}
