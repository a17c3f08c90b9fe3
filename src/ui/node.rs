//! Elements by calls: one type for every element, over leptos's own renderer, effects and owners.
//!
//! `view!` gives every piece of a page a type of its own, and with it a copy of build, rebuild, mount and unmount: the
//! founder's screens came to 265 KB of brotli wasm that way, with a budget of 120. Here nothing is generic, so a call
//! costs its string and little else. What is live stays leptos's: a [`Live`](crate::live::Live) value read inside
//! `put_live` or `live` is tracked by a render effect, which is dropped with the region it belongs to.

mod each;

use std::any::Any;
use std::borrow::Cow;

use reactive_graph::effect::RenderEffect;
use reactive_graph::owner::StoredValue;
use tachys::renderer::Rndr;
use tachys::renderer::types::{Element, Node};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent};

const SVG: &str = "http://www.w3.org/2000/svg";

/// What stands inside an element.
#[derive(Default)]
pub enum Content {
    #[default]
    Nothing,
    Text(Cow<'static, str>),
    One(El),
    Many(Vec<Content>),
}

/// An element being built. Dropping it before it is put somewhere is harmless.
#[must_use = "an element that is put nowhere is not on the page"]
pub struct El(Element);

/// A new HTML element.
pub fn el(tag: &'static str) -> El {
    El(Rndr::create_element(tag, None))
}

/// A new SVG element.
pub fn svg(tag: &'static str) -> El {
    El(Rndr::create_element(tag, Some(SVG)))
}

impl El {
    pub fn set(self, name: &str, value: &str) -> Self {
        Rndr::set_attribute(&self.0, name, value);
        self
    }

    pub fn class(self, names: &str) -> Self {
        self.set("class", names)
    }

    pub fn id(self, id: &str) -> Self {
        self.set("id", id)
    }

    /// An attribute without a value, or none.
    pub fn flag(self, name: &str, on: bool) -> Self {
        if on { self.set(name, "") } else { self }
    }

    /// An attribute that follows what it reads; absent at `None`.
    pub fn live(self, name: &'static str, value: impl Fn() -> Option<Cow<'static, str>> + 'static) -> Self {
        follow_attribute(self.0.clone(), name, Box::new(value));
        self
    }

    /// A property that follows what it reads: what a field holds, whether a box is ticked. Left alone while it is the same.
    pub fn live_property(self, name: &'static str, value: impl Fn() -> JsValue + 'static) -> Self {
        follow_property(self.0.clone(), name, Box::new(value));
        self
    }

    pub fn put(self, content: impl Into<Content>) -> Self {
        insert(&self.0, None, content.into(), &mut Vec::new());
        self
    }

    /// A region that is made anew whenever something it reads changes.
    pub fn put_live<C: Into<Content>>(self, content: impl Fn() -> C + 'static) -> Self {
        follow_content(&self.0, Box::new(move || content().into()));
        self
    }

    /// A region of one element per key, each kept as it is while its key is wanted. What an element shows beyond its key
    /// has to be live.
    pub fn put_each<K: PartialEq + 'static>(
        self,
        keys: impl Fn() -> Vec<K> + 'static,
        make: impl Fn(&K) -> El + 'static,
    ) -> Self {
        each::follow_each(&self.0, Box::new(keys), Box::new(make));
        self
    }

    /// Calls `act` on clicks.
    pub fn on_click(self, act: impl Fn() + 'static) -> Self {
        self.on("click", Box::new(move |_| act()))
    }

    /// Calls `act` with what the field holds after every input.
    pub fn on_input(self, act: impl Fn(String) + 'static) -> Self {
        self.on("input", Box::new(move |event| act(field_of(&event).map(|f| f.value()).unwrap_or_default())))
    }

    /// The same for a field of several lines.
    pub fn on_writing(self, act: impl Fn(String) + 'static) -> Self {
        let field = self.0.clone();
        self.when("input", move || act(field.unchecked_ref::<HtmlTextAreaElement>().value()))
    }

    /// Calls `act` with whether the box is ticked after every change.
    pub fn on_change(self, act: impl Fn(bool) + 'static) -> Self {
        self.on("change", Box::new(move |event| act(field_of(&event).is_some_and(|f| f.checked()))))
    }

    /// Calls `act` on keys; a key it has taken (`true`) does nothing else.
    pub fn on_key(self, act: impl Fn(&Key) -> bool + 'static) -> Self {
        self.on(
            "keydown",
            Box::new(move |event| {
                let pressed: &KeyboardEvent = event.unchecked_ref();
                // 229 is what browsers report for a key that the input method has taken.
                let composing = pressed.is_composing() || pressed.key_code() == 229;
                if act(&Key { name: pressed.key(), composing }) {
                    event.prevent_default();
                }
            }),
        )
    }

    /// Calls `act` instead of what the browser would do: on submit, or to keep the focus where it is.
    pub fn instead(self, event: &'static str, act: impl Fn() + 'static) -> Self {
        self.on(
            event,
            Box::new(move |event| {
                event.prevent_default();
                act();
            }),
        )
    }

    /// Calls `act` when the event comes.
    pub fn when(self, event: &'static str, act: impl Fn() + 'static) -> Self {
        self.on(event, Box::new(move |_| act()))
    }

    fn on(self, event: &'static str, act: Box<dyn Fn(Event)>) -> Self {
        let hear = Box::new(move |event: JsValue| act(event.unchecked_into()));
        keep(Box::new(Rndr::add_event_listener(&self.0, event, hear)));
        self
    }

    /// Puts the element into `host`, which is the page's own, in the place of all that was there.
    pub fn mount_alone(self, host: &Element) {
        host.replace_children_with_node_1(&self.0);
    }
}

/// A key that was pressed.
pub struct Key {
    /// As the browser names it: `ArrowDown`, `Enter`, ` `.
    pub name: String,
    /// The input method has it; it is not ours.
    pub composing: bool,
}

fn field_of(event: &Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}

/// Lives as long as the region it was made in.
fn keep(thing: Box<dyn Any>) {
    StoredValue::new_local(thing);
}

type Value = Box<dyn Fn() -> Option<Cow<'static, str>>>;

fn follow_attribute(element: Element, name: &'static str, value: Value) {
    follow(Box::new(move || match value() {
        Some(value) => Rndr::set_attribute(&element, name, &value),
        None => Rndr::remove_attribute(&element, name),
    }));
}

fn follow_property(element: Element, name: &'static str, value: Box<dyn Fn() -> JsValue>) {
    follow(Box::new(move || {
        let value = value();
        if js_sys::Reflect::get(&element, &name.into()) != Ok(value.clone()) {
            Rndr::set_property(&element, name, &value);
        }
    }));
}

fn follow_content(parent: &Element, content: Box<dyn Fn() -> Content>) {
    let end = Rndr::create_placeholder();
    Rndr::insert_node(parent, &end, None);
    let parent = parent.clone();
    let there = std::cell::RefCell::new(Vec::new());
    follow(Box::new(move || {
        let content = content();
        let mut there = there.borrow_mut();
        for node in there.drain(..) {
            Rndr::remove(&node);
        }
        insert(&parent, Some(&end), content, &mut there);
    }));
}

fn follow(step: Box<dyn Fn()>) {
    keep(Box::new(RenderEffect::new(move |_: Option<()>| step())));
}

/// Puts content before `anchor` and notes what was put, so that it can be taken away again.
fn insert(parent: &Element, anchor: Option<&Node>, content: Content, put: &mut Vec<Node>) {
    let node: Node = match content {
        Content::Nothing => return,
        Content::Text(text) => Rndr::create_text_node(&text).into(),
        Content::One(element) => element.0.into(),
        Content::Many(all) => {
            for content in all {
                insert(parent, anchor, content, put);
            }
            return;
        }
    };
    Rndr::insert_node(parent, &node, anchor);
    put.push(node);
}

impl From<()> for Content {
    fn from((): ()) -> Self {
        Self::Nothing
    }
}

impl From<&'static str> for Content {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<El> for Content {
    fn from(element: El) -> Self {
        Self::One(element)
    }
}

impl From<Vec<Content>> for Content {
    fn from(all: Vec<Content>) -> Self {
        Self::Many(all)
    }
}

impl From<Vec<El>> for Content {
    fn from(all: Vec<El>) -> Self {
        Self::Many(all.into_iter().map(Content::One).collect())
    }
}

impl From<Option<El>> for Content {
    fn from(element: Option<El>) -> Self {
        element.map_or(Self::Nothing, Self::One)
    }
}
