//! GET and POST with a time limit. Only the app's own origin is ever asked, and no address built here holds anything she typed.

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, RequestRedirect, Response};

use crate::BrowserError;
use crate::time_limit::within;

/// Slow 4G needs about two seconds for the tables; a train tunnel should not hold the screen for longer than this.
pub const LIMIT_MS: u32 = 15_000;

/// The body of a file of ours, for example `/data/places.bin`.
pub async fn bytes(path: &str) -> Result<Vec<u8>, BrowserError> {
    let answer = get(path, &[]).await?;
    if !answer.response.ok() {
        return Err(BrowserError::Status(answer.response.status()));
    }
    answer.body().await
}

/// The same, for those who cannot wait that long.
pub async fn bytes_within(path: &str, limit_ms: u32) -> Result<Vec<u8>, BrowserError> {
    within(limit_ms, bytes(path)).await?
}

/// An answer whose body has not been read yet. Dropping it lets go of the connection.
pub(crate) struct Answer {
    pub(crate) response: Response,
    abort: AbortController,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.response.headers().get(name).ok().flatten()
    }

    pub(crate) async fn body(self) -> Result<Vec<u8>, BrowserError> {
        let buffer = JsFuture::from(self.response.array_buffer()?);
        match within(LIMIT_MS, buffer).await {
            Ok(Ok(buffer)) => Ok(Uint8Array::new(&buffer).to_vec()),
            // A `TypeError` for every kind of missing network, in words of the browser's own.
            Ok(Err(_)) => Err(BrowserError::Network),
            Err(late) => {
                self.abort.abort();
                Err(late)
            }
        }
    }
}

/// Status and headers of a GET; a 304 counts as an answer.
pub(crate) async fn get(path: &str, headers: &[(&str, &str)]) -> Result<Answer, BrowserError> {
    ask(path, headers, &RequestInit::new()).await
}

/// Status and headers of a POST. When nothing came back, whether it arrived is not known.
pub(crate) async fn post(path: &str, headers: &[(&str, &str)], body: &str) -> Result<Answer, BrowserError> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&body.into());
    // A network that wants her to log in first would have the request carried to its own page.
    init.set_redirect(RequestRedirect::Error);
    ask(path, headers, &init).await
}

/// An answer of whatever status, read to its end.
#[cfg(feature = "desk")]
pub struct Said {
    pub status: u16,
    pub body: Vec<u8>,
}

/// JSON, or a problem in JSON.
#[cfg(feature = "desk")]
pub async fn get_json(path: &str) -> Result<Said, BrowserError> {
    said(get(path, &[("Accept", JSON)]).await?).await
}

/// The same for something that is to be changed. When nothing came back, whether it arrived is not known.
#[cfg(feature = "desk")]
pub async fn post_json(path: &str, body: &str) -> Result<Said, BrowserError> {
    said(post(path, &[("Accept", JSON), ("Content-Type", JSON)], body).await?).await
}

#[cfg(feature = "desk")]
const JSON: &str = "application/json";

#[cfg(feature = "desk")]
async fn said(answer: Answer) -> Result<Said, BrowserError> {
    Ok(Said { status: answer.response.status(), body: answer.body().await? })
}

async fn ask(path: &str, headers: &[(&str, &str)], init: &RequestInit) -> Result<Answer, BrowserError> {
    let abort = AbortController::new()?;
    init.set_signal(Some(&abort.signal()));
    let sent = Headers::new()?;
    for (name, value) in headers {
        sent.set(name, value)?;
    }
    init.set_headers(&sent);
    let answer = JsFuture::from(crate::window().fetch_with_str_and_init(path, init));
    match within(LIMIT_MS, answer).await {
        Ok(Ok(response)) => Ok(Answer { response: response.unchecked_into(), abort }),
        Ok(Err(_)) => Err(BrowserError::Network),
        Err(late) => {
            abort.abort();
            Err(late)
        }
    }
}
