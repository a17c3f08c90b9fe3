//! Pictures on disk, beside the items that show them. One that no item shows any more goes in the same transaction as the
//! last that did.

use std::sync::Arc;

use domain::association::AssociationId;
use domain::content::{Alt, Item};

use super::journal::Entry;
use super::{Answering, StoreError};

pub trait PictureStore: Send + Sync + 'static {
    /// The one of this hash that is there now: this, or who was first.
    fn add(&self, new: Arc<NewPicture>, entry: Entry) -> Answering<'_, About>;

    fn picture(&self, sha: String) -> Answering<'_, Option<About>>;

    /// An association's, the newest first.
    fn of(&self, association: AssociationId, most: u32) -> Answering<'_, Vec<About>>;

    /// A JPEG.
    fn bytes(&self, sha: String, size: Size) -> Answering<'_, Option<Vec<u8>>>;

    /// Those that were added before this moment and that neither an item nor a draft shows; answers how many.
    fn forget_unused(&self, before: i64, is_rehearsal: bool) -> Answering<'_, u32>;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    Shown,
    Small,
}

/// Everything but its pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// 64 hexadecimal digits.
    pub sha: String,
    pub association: AssociationId,
    pub width: u32,
    pub height: u32,
    pub alt: Alt,
    pub alt_en: Option<Alt>,
    pub at: i64,
}

#[derive(Clone, PartialEq, Eq)]
pub struct NewPicture {
    pub about: About,
    pub bytes: Vec<u8>,
    pub small: Vec<u8>,
}

/// A row as both databases have it.
pub(super) type Row = (String, String, i64, i64, String, Option<String>, i64);

impl About {
    pub(super) const COLUMNS: &'static str = "sha, association, width, height, alt, alt_en, added_at";

    /// Of a row.
    pub(super) fn kept(row: Row) -> Result<Self, StoreError> {
        let (sha, association, width, height, alt, alt_en, at) = row;
        let broken = || StoreError::Broken(format!("the picture {sha} is not as it was written"));
        let side = |side: i64| u32::try_from(side).map_err(|_| broken());
        let words = |text: String| Alt::parse(&text).ok_or_else(broken);
        Ok(Self {
            width: side(width)?,
            height: side(height)?,
            alt: words(alt)?,
            alt_en: alt_en.map(words).transpose()?,
            association: AssociationId(association),
            at,
            sha: sha.clone(),
        })
    }
}

/// The picture an item shows, of its body as it is kept.
pub(super) fn shown_in(body: &str) -> Option<String> {
    if !body.contains("\"picture\"") {
        return None;
    }
    let item = Item::read(body.as_bytes()).ok()?;
    Some(item.head().picture.as_ref()?.sha.as_str().to_owned())
}
