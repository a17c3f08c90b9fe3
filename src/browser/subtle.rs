//! The browser's own cryptography.

use js_sys::{Object, Reflect};
use web_sys::SubtleCrypto;

/// Absent on insecure pages and in some WebViews.
pub(crate) fn subtle() -> Option<SubtleCrypto> {
    let crypto = Reflect::get(&crate::window(), &"crypto".into()).ok()?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok()?;
    subtle.is_object().then(|| subtle.into())
}

pub(crate) fn options(fields: &[(&str, &str)]) -> Option<Object> {
    let object = Object::new();
    for (field, value) in fields {
        Reflect::set(&object, &(*field).into(), &(*value).into()).ok()?;
    }
    Some(object)
}
