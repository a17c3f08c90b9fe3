//! Carry something out of the app: the phone's share sheet, or the clipboard.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, ShareData, Url};

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

/// Saves a text as a file, as the browser saves files. Call it from a click.
pub fn save(name: &str, text: &str) -> Result<(), BrowserError> {
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let parts = Array::of1(&text.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let document = crate::window().document().ok_or(BrowserError::Unavailable)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser takes what it needs in its own time; the bytes go with the page.
    Ok(())
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
