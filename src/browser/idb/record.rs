//! Plain JS objects as records: readable in any browser's tools, and no serialiser in the bundle.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// Builds a record field by field.
pub(super) struct Writer(Object);

impl Writer {
    pub(super) fn new() -> Self {
        Self(Object::new())
    }

    pub(super) fn with(self, field: &str, value: impl Into<JsValue>) -> Self {
        Reflect::set(&self.0, &field.into(), &value.into()).expect("a fresh object takes any field");
        self
    }

    pub(super) fn finish(self) -> JsValue {
        self.0.into()
    }
}

pub(super) fn text(record: &JsValue, field: &str) -> Option<String> {
    Reflect::get(record, &field.into()).ok()?.as_string()
}

pub(super) fn number(record: &JsValue, field: &str) -> Option<f64> {
    Reflect::get(record, &field.into()).ok()?.as_f64()
}
