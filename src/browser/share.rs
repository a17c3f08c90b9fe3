//! Carry something out of the app: the phone's share sheet, or the clipboard.

use wasm_bindgen_futures::JsFuture;
use web_sys::ShareData;

use crate::{BrowserError, error};

/// What became of a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// Handed to another app.
    Handed,
    /// She closed the sheet: not an error, say nothing.
    Cancelled,
    /// There is no share sheet here; the address was copied instead.
    Copied,
}

#[must_use]
pub fn has_share_sheet() -> bool {
    crate::has(&crate::window().navigator(), "share")
}

/// Offers title and address to other apps; where there is no share sheet, copies the address. Call it from a click.
pub async fn share(title: &str, url: &str) -> Result<Shared, BrowserError> {
    if !has_share_sheet() {
        return copy(url).await.map(|()| Shared::Copied);
    }
    let data = ShareData::new();
    data.set_title(title);
    data.set_url(url);
    match JsFuture::from(crate::window().navigator().share_with_data(&data)).await {
        Ok(_) => Ok(Shared::Handed),
        Err(thrown) if error::name(&thrown).as_deref() == Some("AbortError") => Ok(Shared::Cancelled),
        Err(thrown) => Err(thrown.into()),
    }
}

/// Puts a text on the clipboard. Call it from a click.
pub async fn copy(text: &str) -> Result<(), BrowserError> {
    let navigator = crate::window().navigator();
    if !crate::has(&navigator, "clipboard") {
        return Err(BrowserError::Unavailable);
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await?;
    Ok(())
}
