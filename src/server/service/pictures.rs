//! Pictures of stories and events: taken in one at a time, kept by the hash of what is shown, gone with the last item that
//! shows them. Whoever adds one says what is to be seen on it: without those words nobody who cannot see it is told.

use std::sync::Arc;

use domain::association::AssociationId;
use domain::content::{Alt, Item};
use thiserror::Error;
use tokio::sync::Semaphore;

use super::Clock;
use crate::pictures::{self, BadPicture};
use crate::store::StoreError;
use crate::store::journal::Entry;
use crate::store::pictures::{About, NewPicture, PictureStore};

/// Seconds for which a picture may wait for the item that shows it.
pub const WAITS: i64 = 30 * 86_400;

#[derive(Clone)]
pub struct Pictures {
    pub store: Arc<dyn PictureStore>,
    clock: Clock,
    /// One at a time: each may take hundreds of megabytes while it is decoded.
    turn: Arc<Semaphore>,
}

#[derive(Debug, Error)]
pub enum NotAdded {
    #[error(transparent)]
    Bad(#[from] BadPicture),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whose it is and what is to be seen.
#[derive(Clone, Debug)]
pub struct Offered {
    pub association: AssociationId,
    pub alt: Alt,
    pub alt_en: Option<Alt>,
}

impl Pictures {
    #[must_use]
    pub fn new(store: Arc<dyn PictureStore>, clock: Clock) -> Self {
        Self { store, clock, turn: Arc::new(Semaphore::new(1)) }
    }

    /// The picture as it is kept; the same one again is the one that is there.
    ///
    /// # Errors
    /// No picture, or as the store says.
    ///
    /// # Panics
    /// Never: nobody closes the turn.
    pub async fn add(&self, file: Vec<u8>, offered: Offered, who: &str) -> Result<About, NotAdded> {
        let turn = Arc::clone(&self.turn).acquire_owned().await.expect("it is never closed");
        let working = tokio::task::spawn_blocking(move || {
            // Held while it works, also where nobody waits for it any more.
            let _turn = turn;
            pictures::prepare(&file)
        });
        // A decoder that panics has met a file it did not understand.
        let prepared = working.await.unwrap_or(Err(BadPicture::Broken))?;
        let at = (self.clock)();
        let new = NewPicture {
            about: About {
                sha: prepared.sha,
                association: offered.association.clone(),
                width: prepared.width,
                height: prepared.height,
                alt: offered.alt,
                alt_en: offered.alt_en,
                at,
            },
            bytes: prepared.bytes,
            small: prepared.small,
        };
        let entry = Entry {
            at,
            who: who.to_owned(),
            association: Some(offered.association),
            what: "picture_added",
            about: format!("picture:{}", new.about.sha),
            detail: String::new(),
        };
        Ok(self.store.add(Arc::new(new), entry).await?)
    }

    /// The first item whose picture is not there as the item says.
    ///
    /// # Errors
    /// As the store says.
    pub async fn missing(&self, items: &[Item]) -> Result<Option<usize>, StoreError> {
        for (at, item) in items.iter().enumerate() {
            let Some(picture) = &item.head().picture else { continue };
            let there = self.store.picture(picture.sha.as_str().to_owned()).await?;
            let sides = (u32::from(picture.width), u32::from(picture.height));
            if there.is_none_or(|there| (there.width, there.height) != sides) {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// Forgets what waited for its item in vain; only counted where `is_rehearsal`.
    ///
    /// # Errors
    /// As the store says.
    pub async fn forget_unused(&self, is_rehearsal: bool) -> Result<u32, StoreError> {
        self.store.forget_unused((self.clock)() - WAITS, is_rehearsal).await
    }
}
