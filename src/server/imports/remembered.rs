//! What an address said last, and when it was asked: so that nothing is fetched twice, and nobody is asked too often. A
//! file an address in the server's folder; what is lost of it costs one question more.

use std::fs;
use std::io;
use std::path::PathBuf;

use sha2::{Digest, Sha256};
use url::Url;

use super::fetch::Known;
use crate::private_file;
use crate::site::manifest::hex;

/// Addresses; the oldest make room. An association has one or two.
const MOST: usize = 200;

pub struct Remembered {
    folder: PathBuf,
}

/// What is known of one address.
#[derive(Debug, Default)]
pub struct Page {
    /// When it was asked last, with or without success.
    pub tried: i64,
    pub known: Known,
    pub body: Option<Vec<u8>>,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Head {
    tried: i64,
    known: Known,
    has_body: bool,
}

impl Remembered {
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// What cannot be read was never asked.
    #[must_use]
    pub fn page(&self, url: &Url) -> Page {
        let read = || {
            let bytes = fs::read(self.file(url)).ok()?;
            let end = bytes.iter().position(|byte| *byte == b'\n')?;
            let head: Head = serde_json::from_slice(&bytes[..end]).ok()?;
            let body = head.has_body.then(|| bytes[end + 1..].to_vec());
            Some(Page { tried: head.tried, known: head.known, body })
        };
        read().unwrap_or_default()
    }

    /// # Errors
    /// As the system says. Whoever cannot remember must not ask.
    pub fn keep(&self, url: &Url, page: &Page) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let head = Head { tried: page.tried, known: page.known.clone(), has_body: page.body.is_some() };
        let mut bytes = serde_json::to_vec(&head)?;
        bytes.push(b'\n');
        bytes.extend_from_slice(page.body.as_deref().unwrap_or_default());
        private_file::replace(&self.file(url), &bytes)?;
        self.make_room()
    }

    fn file(&self, url: &Url) -> PathBuf {
        self.folder.join(hex(&Sha256::digest(url.as_str())[..16]))
    }

    fn make_room(&self) -> io::Result<()> {
        let mut files = Vec::new();
        for file in fs::read_dir(&self.folder)? {
            let file = file?;
            files.push((file.metadata()?.modified()?, file.path()));
        }
        files.sort();
        let too_many = files.len().saturating_sub(MOST);
        files[..too_many].iter().try_for_each(|(_, path)| fs::remove_file(path))
    }
}
