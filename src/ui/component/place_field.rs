//! The one question: a combobox after the ARIA pattern, safe for Japanese input methods.
//!
//! While an input method composes, Enter belongs to it and not to us; suggestions follow `input` events, which the
//! method sends all along. The field is written by hand into the first HTML too, so its markup and `index.html` change
//! together.

use std::borrow::Cow;

use super::icon::{IconName, icon};
use crate::i18n::{Key, plain, plain_with, ruby, say, with_reading};
use crate::live::Live;
use crate::node::{Content, El, Key as Pressed, el};

/// One line under the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceOption {
    pub label: String,
    /// In hiragana, shown where the language shows readings.
    pub reading: String,
    /// What tells it from others of the same name: its prefecture.
    pub detail: String,
}

/// Why an input has no answer, in words and with a way on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    pub what: Key,
    pub way_on: Key,
}

/// What the field shows; it outlives the field, because the page is drawn anew in another language.
#[derive(Clone, Copy)]
pub struct PlaceFieldState {
    /// What stands in the field.
    pub typed: Live<String>,
    /// Best matches of what is typed, best first.
    pub options: Live<Vec<PlaceOption>>,
    pub problem: Live<Option<FieldProblem>>,
    open: Live<bool>,
    active: Live<Option<usize>>,
}

impl PlaceFieldState {
    #[must_use]
    pub fn new() -> Self {
        Self {
            typed: Live::new(String::new()),
            options: Live::new(Vec::new()),
            problem: Live::new(None),
            open: Live::new(false),
            active: Live::new(None),
        }
    }

    fn is_open(self) -> bool {
        self.open.get() && self.options.with(|options| !options.is_empty())
    }

    fn was_open(self) -> bool {
        self.open.now() && self.options.peek(|options| !options.is_empty())
    }

    fn close(self) {
        self.open.settle(false);
        self.active.settle(None);
    }

    /// One line down or up; beyond the ends nothing is chosen.
    fn step(self, down: bool) {
        let count = self.options.peek(Vec::len);
        if count == 0 {
            return;
        }
        self.open.settle(true);
        self.active.update(|at| {
            *at = match (*at, down) {
                (None, true) => Some(0),
                (None, false) => Some(count - 1),
                (Some(i), true) => (i + 1 < count).then_some(i + 1),
                (Some(i), false) => i.checked_sub(1),
            };
        });
    }

    /// Whether the key was ours.
    fn press(self, key: &Pressed, choose: &dyn Fn(usize)) -> bool {
        if key.composing {
            return false;
        }
        match key.name.as_str() {
            "ArrowDown" => self.step(true),
            "ArrowUp" => self.step(false),
            "Escape" if self.was_open() => self.close(),
            "Enter" => match self.active.now().filter(|_| self.was_open()) {
                Some(at) => {
                    self.close();
                    choose(at);
                }
                None => return false,
            },
            _ => return false,
        }
        true
    }
}

impl Default for PlaceFieldState {
    fn default() -> Self {
        Self::new()
    }
}

/// `write` gets what she types, `choose` the position of a suggestion, `submit` the wish for what stands there.
pub fn place_field(
    state: PlaceFieldState,
    write: impl Fn(String) + 'static,
    choose: impl Fn(usize) + Copy + 'static,
    submit: impl Fn() + 'static,
) -> El {
    let describe = move || state.problem.with(|problem| problem.map(|_| Cow::Borrowed("place-problem")));
    let input = el("input")
        .class("tn-place__input")
        .id("place")
        .set("type", "text")
        .set("role", "combobox")
        .set("enterkeyhint", "search")
        .set("autocomplete", "off")
        .set("autocapitalize", "off")
        .set("spellcheck", "false")
        .set("aria-label", &plain(Key::FindFieldLabel))
        .set("placeholder", &plain(Key::FindFieldPlaceholder))
        .set("aria-autocomplete", "list")
        .set("aria-controls", "place-list")
        .live("aria-expanded", move || Some(if state.is_open() { "true" } else { "false" }.into()))
        .live("aria-activedescendant", move || {
            state.active.get().filter(|_| state.is_open()).map(|at| format!("place-option-{at}").into())
        })
        .live("aria-invalid", move || state.problem.with(|problem| problem.map(|_| "true".into())))
        .live("aria-describedby", describe)
        .live_property("value", move || state.typed.get().into())
        .on_input(move |text| {
            state.active.settle(None);
            state.open.settle(true);
            write(text);
        })
        .on_key(move |key| state.press(key, &choose))
        .when("blur", move || state.close());
    let go = el("button").class("tn-place__go").set("type", "submit").put(say(Key::FindGo));
    // As a property, which is left alone while it says the same: else it would be read out with each letter.
    let count = move || {
        let n = state.options.with(Vec::len).to_string();
        let words = plain_with(Key::FindSuggestionCount, &[("n", &n)]);
        if state.is_open() { words.into() } else { "".into() }
    };
    el("form")
        .class("tn-place")
        .set("role", "search")
        .set("novalidate", "")
        .instead("submit", move || {
            state.close();
            submit();
        })
        .put(
            el("div")
                .class("tn-place__box")
                .live("data-problem", move || state.problem.with(|problem| problem.map(|_| "".into())))
                .put(input)
                .put(go),
        )
        .put(list(state, choose))
        .put(el("p").class("tn-visually-hidden").set("role", "status").live_property("textContent", count))
        .put(problem_line(state))
}

fn list(state: PlaceFieldState, choose: impl Fn(usize) + Copy + 'static) -> El {
    let lines = move || {
        let options = state.options.get();
        options
            .into_iter()
            .enumerate()
            .map(|(at, option)| line(state, at, option, choose))
            .collect::<Vec<El>>()
    };
    el("ul")
        .class("tn-place__list")
        .id("place-list")
        .set("role", "listbox")
        .set("aria-label", &plain(Key::FindSuggestionsLabel))
        .live("hidden", move || (!state.is_open()).then_some("".into()))
        .put_live(lines)
}

fn line(state: PlaceFieldState, at: usize, option: PlaceOption, choose: impl Fn(usize) + 'static) -> El {
    let chosen = move || Some(if state.active.get() == Some(at) { "true" } else { "false" }.into());
    el("li")
        .class("tn-place__option")
        .id(&format!("place-option-{at}"))
        .set("role", "option")
        .live("aria-selected", chosen)
        .put(el("span").class("tn-place__name").put(ruby(with_reading(&option.label, &option.reading))))
        .put(el("span").class("tn-place__detail").put(option.detail))
        // The field must not lose the focus before the choice is made.
        .instead("pointerdown", || {})
        .instead("mousedown", || {})
        .on_click(move || {
            state.close();
            choose(at);
        })
}

fn problem_line(state: PlaceFieldState) -> El {
    el("div").class("tn-place__problem").id("place-problem").set("role", "alert").put_live(
        move || match state.problem.get() {
            Some(FieldProblem { what, way_on }) => Content::Many(vec![
                icon(IconName::Warning).into(),
                el("span").put(say(what)).put(" ").put(say(way_on)).into(),
            ]),
            None => Content::Nothing,
        },
    )
}
