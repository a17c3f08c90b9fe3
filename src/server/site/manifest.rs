//! One version of the app = one manifest of hashes. The service worker takes all of its files or nothing.

use std::collections::BTreeMap;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

const WORDS: &str = "/words/";

const BOOKING_FILES: [&str; 2] = ["/book-", "/words/booking_"];
const READING_FILES: &str = "/read-";

/// Addresses of the pages of further entries, under which the worker keeps each for all addresses of its entry.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Places {
    pub booking: &'static str,
    /// With nothing to read in it yet.
    pub reading: &'static str,
}

impl Places {
    pub const SERVED: Self = Self { booking: "/bookings", reading: "/read.html" };
}

const HOSTS_FILES: [&str; 5] = ["/embed", "/frame.", "/words/frame_", "/generator.", "/demo."];

#[derive(Debug, Serialize)]
pub struct Manifest {
    /// Hex of SHA-256 over all paths and hashes: two builds with the same files are the same version.
    pub version: String,
    /// The one version that is still good: it takes the place of any other without waiting for her.
    #[serde(skip_serializing_if = "is_false")]
    pub alone: bool,
    pub pages: Places,
    /// Path → base64 of SHA-256 of the bytes as served, before any transfer encoding.
    pub files: BTreeMap<String, String>,
    /// The same for files that are kept only by those who have asked for one: the words of other languages, and the entries
    /// for booking and reading.
    pub later: BTreeMap<String, String>,
}

impl Manifest {
    #[must_use]
    pub fn of<'a>(pages: Places, files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let hashed = |(path, bytes): (&str, &[u8])| (path.to_owned(), STANDARD.encode(Sha256::digest(bytes)));
        let (later, files): (BTreeMap<_, _>, BTreeMap<_, _>) =
            files.into_iter().map(hashed).partition(|(path, _)| is_for_later(path, pages));
        let mut all = Sha256::new();
        for (path, hash) in files.iter().chain(&later) {
            // Neither a path nor base64 has a line break in it, so no two lists give the same bytes.
            all.update(format!("{path}\n{hash}\n"));
        }
        Self { version: hex(&all.finalize()), alone: false, pages, files, later }
    }

    /// Where an operator says which version is still good. Its worker is another file then, so every browser that looks for
    /// a new one finds it; also one in which this version waits already, or whose app no longer starts.
    #[must_use]
    pub fn retiring(self, good: Option<&str>) -> Self {
        Self { alone: good.is_some_and(|good| good.eq_ignore_ascii_case(&self.version)), ..self }
    }

    /// As a JavaScript object literal.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("strings are plain JSON")
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// What a frame on somebody else's page loads, and what its host does: a worker of ours has no say there.
#[must_use]
pub fn is_for_hosts(path: &str) -> bool {
    HOSTS_FILES.iter().any(|part| path.starts_with(part))
}

/// What the entry for booking is made of, but for its page.
#[must_use]
pub fn is_for_booking(path: &str) -> bool {
    BOOKING_FILES.iter().any(|part| path.starts_with(part))
}

/// A page without its entry, which says only that nobody books here, is small and for everybody.
fn is_for_later(path: &str, pages: Places) -> bool {
    let page = path == Places::SERVED.booking || path == pages.reading;
    page || is_for_booking(path) || [WORDS, READING_FILES].iter().any(|part| path.starts_with(part))
}

#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a String does not fail");
        text
    })
}
