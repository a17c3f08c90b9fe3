//! `tonari bookings receive`: a request that came as a file, because no network would carry it.

use std::path::Path;

use anyhow::{Context, anyhow, bail};
use domain::api::ErrorCode;
use domain::calendar::from_rfc3339;
use serde::Deserialize;

use super::hands::{self, Var};
use crate::error::ApiError;

/// Bytes; far more than the longest letter.
const MOST: u64 = 256 * 1024;

/// As the phone saves it ([`domain::outbox::Entry::to_file`]).
#[derive(Deserialize)]
pub struct Saved {
    pub key: String,
    pub body: String,
}

impl Saved {
    /// `None` for what no phone saved.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

/// # Errors
/// What cannot be done, as one line.
pub fn run(file: &Path, var: &Var) -> anyhow::Result<()> {
    let (bookings, runtime) = var.open()?;
    let saved = read(file)?;
    let booked = runtime.block_on(bookings.book(saved.key, saved.body.as_bytes()));
    let view = booked.map_err(|failure| anyhow!(why(&failure)))?;
    let at = hands::clock(from_rfc3339(&view.start).unwrap_or_default());
    println!("{} {at} {} min {} {}", view.reference, view.length, view.kind.code(), view.status.code());
    Ok(())
}

fn read(file: &Path) -> anyhow::Result<Saved> {
    let name = file.display();
    let size = std::fs::metadata(file).with_context(|| format!("cannot read {name}"))?.len();
    if size > MOST {
        bail!("{name} is too large to be a saved request");
    }
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {name}"))?;
    Saved::read(&bytes).ok_or_else(|| anyhow!("{name} is not a saved request"))
}

fn why(failure: &ApiError) -> String {
    let near = failure.alternatives.iter().filter_map(|time| from_rfc3339(&time.start));
    let near: Vec<String> = near.map(hands::clock).collect();
    let words = match failure.code {
        ErrorCode::SlotTaken if near.is_empty() => "none of its times is free, nor any near them",
        ErrorCode::SlotTaken => {
            return format!("none of its times is free; the nearest are {}", near.join(", "));
        }
        ErrorCode::TooOld => "it was made more than 30 days ago",
        ErrorCode::NotForUs => {
            "its letter cannot be opened: it was closed for another server, or the key is gone"
        }
        ErrorCode::KeyReused => "its key was used for another request",
        ErrorCode::NotFound => "its team takes no bookings here",
        ErrorCode::Busy => "the database is busy; try again",
        ErrorCode::Malformed => "what is in it is not a request",
        other => return format!("it was refused: {}", other.code()),
    };
    words.to_owned()
}
