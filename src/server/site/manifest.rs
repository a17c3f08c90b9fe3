//! One version of the app = one manifest of hashes. The service worker takes all of its files or nothing.

use std::collections::BTreeMap;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

const WORDS: &str = "/words/";

/// Address of the booking page, under which the worker keeps it for all addresses of that entry.
pub const BOOKING_PAGE: &str = "/bookings";
const BOOKING_FILES: &str = "/book-";

/// The same of the reading page: with nothing to read in it yet.
pub const READING_PAGE: &str = "/read.html";
const READING_FILES: &str = "/read-";

const HOSTS_FILES: [&str; 5] = ["/embed", "/frame.", "/words/frame_", "/generator.", "/demo."];

#[derive(Debug, Serialize)]
pub struct Manifest {
    /// Hex of SHA-256 over all paths and hashes: two builds with the same files are the same version.
    pub version: String,
    /// Path → base64 of SHA-256 of the bytes as served, before any transfer encoding.
    pub files: BTreeMap<String, String>,
    /// The same for files that are kept only by those who have asked for one: the words of other languages, and the entries
    /// for booking and reading.
    pub later: BTreeMap<String, String>,
}

impl Manifest {
    #[must_use]
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let hashed = |(path, bytes): (&str, &[u8])| (path.to_owned(), STANDARD.encode(Sha256::digest(bytes)));
        let (later, files): (BTreeMap<_, _>, BTreeMap<_, _>) =
            files.into_iter().map(hashed).partition(|(path, _)| is_for_later(path));
        let mut all = Sha256::new();
        for (path, hash) in files.iter().chain(&later) {
            // Neither a path nor base64 has a line break in it, so no two lists give the same bytes.
            all.update(format!("{path}\n{hash}\n"));
        }
        Self { version: hex(&all.finalize()), files, later }
    }

    /// As a JavaScript object literal.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("strings are plain JSON")
    }
}

/// What a frame on somebody else's page loads, and what its host does: a worker of ours has no say there.
#[must_use]
pub fn is_for_hosts(path: &str) -> bool {
    HOSTS_FILES.iter().any(|part| path.starts_with(part))
}

fn is_for_later(path: &str) -> bool {
    let parts = [WORDS, BOOKING_FILES, READING_FILES];
    [BOOKING_PAGE, READING_PAGE].contains(&path) || parts.iter().any(|part| path.starts_with(part))
}

#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a String does not fail");
        text
    })
}
