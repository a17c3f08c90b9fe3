//! The few things outside the mount point that the app may change: title, attributes of `<html>`, focus.

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{FocusOptions, HtmlElement, HtmlInputElement};

use crate::local;

fn document() -> web_sys::Document {
    crate::window().document().expect("a window has a document")
}

pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Sets or removes an attribute of `<html>`: `lang`, `data-theme`, `data-text`, `data-discreet`.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    let Some(root) = document().document_element() else { return };
    let done = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
    done.expect("attribute names are literals of ours");
}

/// Moves the focus without moving the page; false when there is no such element. Headings need `tabindex="-1"`.
pub fn focus(id: &str) -> bool {
    let Some(element) = element(id) else { return false };
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    element.focus_with_options(&options).is_ok()
}

/// To an element of this page, for eyes and for the keyboard; false when there is no such element.
pub fn jump(id: &str) -> bool {
    let Some(element) = element(id) else { return false };
    element.scroll_into_view();
    focus(id)
}

/// The same, but a field she is already typing into keeps the focus.
pub fn focus_unless_typing(id: &str) {
    let typing =
        document().active_element().is_some_and(|active| active.is_instance_of::<HtmlInputElement>());
    if !typing {
        focus(id);
    }
}

/// Brings an element to the top of the page, at once: no animation for those who asked for none.
pub fn scroll_to_top() {
    crate::window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// In a row of links that scrolls sideways, brings the current one to its middle; the page stays where it is.
pub fn show_current(row: &str) {
    let current = [".", row, " [aria-current=page]"].concat();
    let Ok(Some(link)) = document().query_selector(&current) else { return };
    let (Ok(Some(row)), Some(link)) = (link.closest(&[".", row].concat()), link.dyn_ref::<HtmlElement>())
    else {
        return;
    };
    row.set_scroll_left(link.offset_left() + (link.offset_width() - row.client_width()) / 2);
}

/// Calls back when the screen has followed what was just changed, and still within this task: the effects were woken before
/// and share one queue. A frame would be too late: where frames are rare, she has scrolled on or tapped by then.
pub fn once_drawn(act: impl FnOnce() + 'static) {
    spawn_local(async move { act() });
}

/// Moves the focus when the screen has followed what was just changed.
pub fn focus_once_drawn(id: impl AsRef<str> + 'static) {
    once_drawn(move || {
        focus(id.as_ref());
    });
}

/// The element the static page stands in, for the app to take over; `None` where there is no such element.
#[must_use]
pub fn host(id: &str) -> Option<HtmlElement> {
    element(id)
}

/// Loads the page anew, by her wish only.
pub fn reload() {
    // A page that cannot reload is being left already.
    let _ = crate::window().location().reload();
}

/// Loads the page anew with what stands in the field of this id, for the day only a reload mends the storage.
pub fn reload_keeping(id: &str) {
    if let Some(field) = element(id).and_then(|element| element.dyn_into::<HtmlInputElement>().ok()) {
        local::keep_for_reload(id, &field.value());
    }
    reload();
}

/// Sets a property of the style sheets (`--lamp`) for the whole page, or takes it back.
pub fn set_root_style(name: &str, value: Option<&str>) {
    let root = crate::window().document().and_then(|page| page.document_element());
    let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) else { return };
    // A name of ours and a value made here: nothing a browser refuses.
    let _ = match value {
        Some(value) => root.style().set_property(name, value),
        None => root.style().remove_property(name).map(drop),
    };
}

/// What stands behind the `#` of this page's address, if it is something for us; taken out then, so that a reload begins
/// without.
pub fn take_fragment<T>(read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    let location = crate::window().location();
    let taken = read(&location.hash().ok()?)?;
    let href = location.pathname().ok()? + &location.search().ok()?;
    // Where it cannot be taken out, a reload reads it again.
    let _ = crate::window().history().ok()?.replace_state_with_url(&JsValue::NULL, "", Some(&href));
    Some(taken)
}

/// Whether the device asks for a dark screen.
#[must_use]
pub fn prefers_dark() -> bool {
    crate::window()
        .match_media("(prefers-color-scheme: dark)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}

/// Calls back when the device turns dark or light, for the life of the page.
pub fn watch_dark(changed: impl Fn(bool) + 'static) {
    if let Ok(Some(query)) = crate::window().match_media("(prefers-color-scheme: dark)") {
        let asked = query.clone();
        EventListener::new(&query, "change", move |_| changed(asked.matches())).forget();
    }
}

/// What she had typed into the static page before wasm took over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlyInput {
    pub value: String,
    pub selection: Option<(u32, u32)>,
    pub focused: bool,
}

/// Reads the static field of this id; call it before the static page is replaced. After `reload_keeping` it is what
/// was in the app's field.
#[must_use]
pub fn take_early_input(id: &str) -> Option<EarlyInput> {
    let field: HtmlInputElement = element(id)?.dyn_into().ok()?;
    let kept = local::take_for_reload(id).filter(|_| field.value().is_empty());
    let focused = document().active_element().is_some_and(|active| active.id() == id);
    let selection = match (field.selection_start(), field.selection_end()) {
        (Ok(Some(start)), Ok(Some(end))) => Some((start, end)),
        _ => None,
    };
    Some(EarlyInput { value: kept.unwrap_or_else(|| field.value()), selection, focused })
}

/// Gives focus and cursor back to the field that took the static one's place. Its value is the app's business.
pub fn restore_early_input(id: &str, early: &EarlyInput) {
    if !early.focused || !focus(id) {
        return;
    }
    let field = element(id).and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
    if let (Some(field), Some((start, end))) = (field, early.selection) {
        // Fields without a text cursor refuse a selection; then the browser's own choice is fine.
        let _ = field.set_selection_range(start, end);
    }
}

fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
