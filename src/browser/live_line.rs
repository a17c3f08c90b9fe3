//! One line on which the server says that something changed. It says no more than that: what it is, is fetched.
//!
//! A laptop that slept, a Wi-Fi that went: browsers give a line up for good on some errors and keep a dead one on others.
//! So it is opened anew with growing pauses, and at once when she comes back; whoever listens fetches then, because what
//! was said in between was said to nobody.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{EventSource, MessageEvent, VisibilityState};

use crate::id;

const FIRST_PAUSE_MS: u32 = 1_000;
const LONGEST_PAUSE_MS: u32 = 60_000;
/// Shorter absences are no reason to fetch again.
const AWAY_MS: f64 = 30_000.0;

/// What the line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The line stands, for the first time or again: fetch.
    Up,
    /// It is broken and will be opened again.
    Down,
    /// She has come back to the page: fetch.
    Back,
    /// An event of this name, with its data.
    Event(&'static str, String),
}

struct Line {
    path: &'static str,
    events: &'static [&'static str],
    heard: Box<dyn Fn(Heard)>,
    source: RefCell<Option<EventSource>>,
    listening: RefCell<Vec<EventListener>>,
    again: RefCell<Option<Timeout>>,
    /// Errors since it last stood.
    broken: Cell<u32>,
    wanted: Cell<bool>,
    hidden_at: Cell<f64>,
}

/// A line for the life of the page, closed at first.
#[derive(Clone)]
pub struct LiveLine(Rc<Line>);

impl LiveLine {
    pub fn new(path: &'static str, events: &'static [&'static str], heard: impl Fn(Heard) + 'static) -> Self {
        let line = Self(Rc::new(Line {
            path,
            events,
            heard: Box::new(heard),
            source: RefCell::default(),
            listening: RefCell::default(),
            again: RefCell::default(),
            broken: Cell::new(0),
            wanted: Cell::new(false),
            hidden_at: Cell::new(f64::INFINITY),
        }));
        line.watch_returns();
        line
    }

    /// Opens it, unless it is open or waits to be opened again: then it keeps to its pause, however often it is asked.
    pub fn open(&self) {
        if !self.0.wanted.replace(true) {
            self.connect();
        }
    }

    pub fn close(&self) {
        self.0.wanted.set(false);
        self.0.again.take();
        self.hang_up();
    }

    fn hang_up(&self) {
        self.0.listening.take();
        if let Some(source) = self.0.source.take() {
            source.close();
        }
    }

    fn connect(&self) {
        self.0.again.take();
        self.hang_up();
        let Ok(source) = EventSource::new(self.0.path) else { return };
        let mut listening = vec![self.on(&source, "open", |line, _| {
            line.0.broken.set(0);
            (line.0.heard)(Heard::Up);
        })];
        listening.push(self.on(&source, "error", |line, _| line.break_off()));
        for name in self.0.events {
            listening.push(self.on(&source, name, move |line, event| {
                let data = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                (line.0.heard)(Heard::Event(name, data.unwrap_or_default()));
            }));
        }
        self.0.listening.replace(listening);
        self.0.source.replace(Some(source));
    }

    fn on(
        &self,
        source: &EventSource,
        event: &'static str,
        act: impl Fn(&Self, &web_sys::Event) + 'static,
    ) -> EventListener {
        let line = self.clone();
        EventListener::new(source, event, move |event| act(&line, event))
    }

    /// The browser's own attempts are not waited for: they stop for good at some answers.
    fn break_off(&self) {
        if let Some(source) = self.0.source.take() {
            source.close();
        }
        let times = self.0.broken.get();
        self.0.broken.set(times.saturating_add(1));
        (self.0.heard)(Heard::Down);
        if !self.0.wanted.get() {
            return;
        }
        // Where there is no chance to be had, everybody comes at the same moment: slower, not wrong.
        let chance = id::random_bytes(1).map_or(255, |bytes| bytes[0]);
        let line = self.clone();
        let again = Timeout::new(pause_ms(times, chance), move || line.connect());
        self.0.again.replace(Some(again));
    }

    fn watch_returns(&self) {
        let window = crate::window();
        let line = self.clone();
        EventListener::new(&window, "online", move |_| line.come_back()).forget();
        // A page kept for *back* would keep its line, and six lines are all a browser has for one server: the seventh page
        // would never load.
        let line = self.clone();
        EventListener::new(&window, "pagehide", move |_| line.hang_up()).forget();
        let line = self.clone();
        EventListener::new(&window, "pageshow", move |_| {
            if line.0.source.borrow().is_none() {
                line.come_back();
            }
        })
        .forget();
        let Some(document) = window.document() else { return };
        let (line, page) = (self.clone(), document.clone());
        EventListener::new(&document, "visibilitychange", move |_| {
            if page.visibility_state() == VisibilityState::Hidden {
                line.0.hidden_at.set(crate::clock::now_ms());
            } else if crate::clock::now_ms() - line.0.hidden_at.replace(f64::INFINITY) > AWAY_MS {
                line.come_back();
            }
        })
        .forget();
    }

    fn come_back(&self) {
        if self.0.wanted.get() {
            self.connect();
            (self.0.heard)(Heard::Back);
        }
    }
}

/// How long to wait after so many errors in a row: twice as long each time, and between half and all of it, so that a
/// whole office does not knock at once when the server is back.
fn pause_ms(broken: u32, chance: u8) -> u32 {
    let whole = FIRST_PAUSE_MS.saturating_mul(1 << broken.min(10)).min(LONGEST_PAUSE_MS);
    whole / 2 + whole / 2 * u32::from(chance) / 255
}

#[cfg(test)]
mod tests {
    use super::*;

    // The server was started anew at noon and forty desks called within the same second, and again a second later.
    #[test]
    fn pauses_grow_to_a_minute_and_are_never_the_same_for_everybody() {
        assert_eq!((pause_ms(0, 0), pause_ms(0, 255)), (500, 1_000));
        assert_eq!((pause_ms(3, 0), pause_ms(3, 255)), (4_000, 8_000));
        assert_eq!((pause_ms(6, 0), pause_ms(60, 255)), (30_000, 60_000));
    }
}
