//! A file she has chosen. It goes to the server as it is: nothing here reads it, and nothing of it is kept.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, File, Headers, HtmlInputElement, RequestInit, RequestRedirect, Response};

use crate::BrowserError;
use crate::http::Said;
use crate::time_limit::within;

/// Ten megabytes over the line of a small office.
const LIMIT_MS: u32 = 120_000;

#[derive(Clone)]
pub struct Chosen(File);

/// In the field of this id.
#[must_use]
pub fn chosen(id: &str) -> Option<Chosen> {
    let field = crate::window().document()?.get_element_by_id(id)?;
    field.dyn_into::<HtmlInputElement>().ok()?.files()?.get(0).map(Chosen)
}

impl Chosen {
    #[must_use]
    pub fn bytes(&self) -> f64 {
        self.0.size()
    }

    /// As the browser calls its kind, by its name: `image/png`.
    #[must_use]
    pub fn kind(&self) -> String {
        self.0.type_()
    }
}

/// Says to the server that it is of this kind. When nothing came back, whether it arrived is not known.
pub async fn post(path: &str, kind: &str, file: &Chosen) -> Result<Said, BrowserError> {
    let abort = AbortController::new()?;
    let headers = Headers::new()?;
    headers.set("Accept", "application/json")?;
    headers.set("Content-Type", kind)?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&JsValue::from(file.0.clone()));
    init.set_redirect(RequestRedirect::Error);
    init.set_signal(Some(&abort.signal()));
    let answer = wasm_bindgen_futures::JsFuture::from(crate::window().fetch_with_str_and_init(path, &init));
    let response: Response = match within(LIMIT_MS, answer).await {
        Ok(Ok(response)) => response.unchecked_into(),
        Ok(Err(_)) => return Err(BrowserError::Network),
        Err(late) => {
            abort.abort();
            return Err(late);
        }
    };
    let status = response.status();
    let body = wasm_bindgen_futures::JsFuture::from(response.array_buffer()?);
    match within(LIMIT_MS, body).await {
        Ok(Ok(body)) => Ok(Said { status, body: js_sys::Uint8Array::new(&body).to_vec() }),
        Ok(Err(_)) => Err(BrowserError::Network),
        Err(late) => {
            abort.abort();
            Err(late)
        }
    }
}

/// For a part of an address.
#[must_use]
pub fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
