//! Addresses without a router crate: where we are, go somewhere, hear of changes.
//!
//! Scrolling is left to the browser on *back* and *forward* (`scrollRestoration` stays `auto`): it knows the position
//! of every entry, also after a reload. A new address starts at the top; that is the caller's step, after rendering.
//!
//! A frame on somebody else's page has no history of its own: its entries would be the host's, and its *back* button with
//! them. There addresses are held in memory only.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent};

use crate::document;

/// Where the page is: path and query, without fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    pub path: String,
    /// With its leading `?`, or empty.
    pub query: String,
}

/// How we came to an address; decides about scroll and focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// A link or `push`: start at the top.
    Pushed,
    /// The same screen under another address: leave everything as it is.
    Replaced,
    /// Back or forward: the browser restores the position.
    Returned,
}

type Watcher = Rc<dyn Fn(Location, Arrival)>;

thread_local! {
    static WATCHERS: RefCell<Vec<Watcher>> = const { RefCell::new(Vec::new()) };
    /// A frame's way so far; empty in a page of our own.
    static HELD: RefCell<Vec<Location>> = const { RefCell::new(Vec::new()) };
}

/// From here on addresses are held in memory, beginning with this one.
pub fn hold(href: &str) {
    HELD.set(vec![parted(href)]);
}

/// How many steps *back* there are in what is held.
#[must_use]
pub fn steps_back() -> usize {
    HELD.with_borrow(Vec::len).saturating_sub(1)
}

#[must_use]
pub fn location() -> Location {
    if let Some(held) = HELD.with_borrow(|held| held.last().cloned()) {
        return held;
    }
    let location = crate::window().location();
    Location {
        path: location.pathname().unwrap_or_else(|_| "/".to_owned()),
        query: location.search().unwrap_or_default(),
    }
}

/// Goes to an address of ours, as a new entry.
pub fn push(href: &str) {
    if held(href, false) {
        return tell(Arrival::Pushed);
    }
    if let Ok(history) = crate::window().history()
        && history.push_state_with_url(&JsValue::NULL, "", Some(href)).is_ok()
    {
        tell(Arrival::Pushed);
    }
}

/// Loads another page of ours, as a new entry.
#[cfg(feature = "desk")]
pub fn leave_for(href: &str) {
    // A page that cannot be left is being left already.
    let _ = crate::window().location().assign(href);
}

/// Changes the address of the present entry.
pub fn replace(href: &str) {
    if held(href, true) {
        return tell(Arrival::Replaced);
    }
    if let Ok(history) = crate::window().history()
        && history.replace_state_with_url(&JsValue::NULL, "", Some(href)).is_ok()
    {
        tell(Arrival::Replaced);
    }
}

/// The whole address of a path of ours, to carry out of the app.
#[must_use]
pub fn absolute(path: &str) -> String {
    crate::window().location().origin().unwrap_or_default() + path
}

pub fn back() {
    if steps_back() > 0 {
        HELD.with_borrow_mut(Vec::pop);
        return tell(Arrival::Returned);
    }
    if let Ok(history) = crate::window().history() {
        // Nothing to go back to: staying is the answer.
        let _ = history.back();
    }
}

/// Takes the address into the frame's own way, if this is one.
fn held(href: &str, instead: bool) -> bool {
    HELD.with_borrow_mut(|held| {
        let before = held.pop();
        let framed = before.is_some();
        held.extend(before.filter(|_| !instead));
        held.extend(framed.then(|| parted(href)));
        framed
    })
}

fn parted(href: &str) -> Location {
    let at = href.find('?').unwrap_or(href.len());
    Location { path: href[..at].to_owned(), query: href[at..].to_owned() }
}

/// Calls back with every new address, for the life of the page.
pub fn on_change(changed: impl Fn(Location, Arrival) + 'static) {
    let first = WATCHERS.with_borrow_mut(|watchers| {
        watchers.push(Rc::new(changed));
        watchers.len() == 1
    });
    if first {
        EventListener::new(&crate::window(), "popstate", |_| tell(Arrival::Returned)).forget();
    }
}

/// Lets `follow` take plain clicks on links of this origin instead of a page load. It gets path and query and answers
/// whether it knows the address; if not, the browser follows the link as usual.
pub fn intercept_links(follow: impl Fn(&str) -> bool + 'static) {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&crate::window(), "click", options, move |event| {
        let taken = match plain_local_click(event) {
            Some(Click::Jump(id)) => document::jump(&id),
            Some(Click::Go(href)) => follow(&href),
            None => false,
        };
        if taken {
            event.prevent_default();
        }
    })
    .forget();
}

enum Click {
    Go(String),
    /// To an element of this screen. The page's `<base>` would lead a browser to the first screen instead.
    Jump(String),
}

fn plain_local_click(event: &Event) -> Option<Click> {
    let click: &MouseEvent = event.dyn_ref()?;
    let modified = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    if event.default_prevented() || click.button() != 0 || modified {
        return None;
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    if let Some(id) = link.get_attribute("href")?.strip_prefix('#') {
        return Some(Click::Jump(id.to_owned()));
    }
    // As written on the link: Firefox's `target` is also that of the page's `<base>`.
    let elsewhere = link.get_attribute("target").is_some_and(|target| target != "_self")
        || link.has_attribute("download");
    if elsewhere || crate::window().location().origin().ok()? != link.origin() {
        return None;
    }
    Some(Click::Go(link.pathname() + &link.search() + &link.hash()))
}

fn tell(arrival: Arrival) {
    // A watcher may push again: do not hold the list while calling.
    let watchers = WATCHERS.with_borrow(Clone::clone);
    for watcher in watchers {
        watcher(location(), arrival);
    }
}
