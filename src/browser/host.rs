//! The page around a frame: how it wants us to look, and what it is told.
//!
//! It may be any of the sites that the association named (the server refuses to be framed by others), and everything else
//! on it may be anybody's. So: only the window around us is heard, only from an origin of that list, only in the one shape;
//! and it is told only what anybody may know. Nothing is said before it has greeted us, and then to its origin alone.

use std::cell::RefCell;

use domain::frame::{Look, View};
use gloo_events::EventListener;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, ResizeObserver};

use crate::document;

/// Where `frame.js` left a greeting that came before the app.
const EARLY: &str = "tonariGreeting";
/// In the head of the page: the origins that may frame it.
const HOSTS: &str = "meta[name=tonari-hosts]";

/// What a host is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Word<'a> {
    /// There is something to see, this many pixels high.
    Ready(f64),
    Resize(f64),
    /// Another screen, of this kind.
    Navigate(View),
    /// A request of hers was taken; which team's, and how it stands.
    Booked {
        team: &'a str,
        status: &'a str,
    },
}

thread_local! {
    /// Who greeted us.
    static ORIGIN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Hears how the host wants us to look, from the greeting on.
pub fn listen(look: impl Fn(Look) + 'static) {
    let early = Reflect::get(&crate::window(), &EARLY.into()).ok();
    if let Some(greeting) = early.and_then(|early| early.dyn_into::<MessageEvent>().ok()) {
        hear(&greeting, &look);
    }
    EventListener::new(&crate::window(), "message", move |event| {
        if let Some(message) = event.dyn_ref() {
            hear(message, &look);
        }
    })
    .forget();
}

fn hear(message: &MessageEvent, look: &impl Fn(Look)) {
    let window = crate::window();
    let Some(parent) = window.parent().ok().flatten().filter(|parent| *parent != window) else { return };
    let from_parent = message.source().is_some_and(|source| Object::is(&source, &parent));
    if !from_parent || !may_frame(&message.origin()) {
        return;
    }
    let data = message.data();
    let text = |name: &str| field(&data, name).and_then(|value| value.as_string());
    let ours = field(&data, "tonari").and_then(|version| version.as_f64()) == Some(1.0);
    if ours && text("type").as_deref() == Some("look") {
        ORIGIN.set(Some(message.origin()));
        let size = field(&data, "text").and_then(|size| size.as_f64());
        look(Look::read(text("theme").as_deref(), text("accent").as_deref(), size));
    }
}

/// Own values only: what a page did to the prototypes of its own is not ours, but a getter would run here.
fn field(data: &JsValue, name: &str) -> Option<JsValue> {
    let object: &Object = data.dyn_ref()?;
    Object::has_own(object, &name.into()).then(|| Reflect::get(object, &name.into()).ok())?
}

fn may_frame(origin: &str) -> bool {
    let page = crate::window().document();
    let named = page.and_then(|page| page.query_selector(HOSTS).ok().flatten());
    let hosts = named.and_then(|meta| meta.get_attribute("content")).unwrap_or_default();
    hosts.split(' ').any(|host| host == origin)
}

/// Says something to whoever greeted us; false where nobody did.
pub fn tell(word: &Word<'_>) -> bool {
    let Some(origin) = ORIGIN.with_borrow(Clone::clone) else { return false };
    let Ok(Some(parent)) = crate::window().parent() else { return false };
    parent.post_message(&message(word), &origin).is_ok()
}

fn message(word: &Word<'_>) -> JsValue {
    let fields: Vec<(&str, JsValue)> = match word {
        Word::Ready(height) => vec![("type", "ready".into()), ("height", (*height).into())],
        Word::Resize(height) => vec![("type", "resize".into()), ("height", (*height).into())],
        Word::Navigate(view) => vec![("type", "navigate".into()), ("view", view.code().into())],
        Word::Booked { team, status } => {
            vec![("type", "booked".into()), ("team", (*team).into()), ("status", (*status).into())]
        }
    };
    let object = Object::new();
    for (name, value) in [("tonari", 1.into())].into_iter().chain(fields) {
        Reflect::set(&object, &name.into(), &value).expect("a fresh object takes properties");
    }
    object.into()
}

/// Calls back with the height of an element, now and whenever it changes, for the life of the page. Now, because browsers
/// spare themselves the frames that nobody sees yet.
pub fn watch_height(id: &str, changed: impl Fn(f64) + 'static) {
    let Some(element) = document::host(id) else { return };
    let watched = element.clone();
    let measure =
        Closure::<dyn FnMut()>::new(move || changed(watched.get_bounding_client_rect().height().ceil()));
    if let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) {
        observer.observe(&element);
        measure.forget();
    }
}
