//! The one question: a combobox after the ARIA pattern, safe for Japanese input methods.
//!
//! While an input method composes, Enter belongs to it and not to us; suggestions follow `input` events, which the
//! method sends all along. The field is written by hand into the first HTML too, so its markup and `index.html` change
//! together.

use leptos::ev::{Event, FocusEvent, KeyboardEvent, SubmitEvent};
use leptos::prelude::*;

use super::icon::{Icon, IconName};
use crate::i18n::{Key, plain, ruby, say, with_reading};

/// One line under the field.
#[derive(Clone, Debug, PartialEq)]
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

/// 229 is what browsers report for a key that the input method has taken.
fn composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}

#[component]
pub fn PlaceField(
    /// What stands in the field.
    #[prop(into)]
    typed: Signal<String>,
    on_type: Callback<String>,
    /// Best matches of what is typed, best first.
    #[prop(into)]
    suggestions: Signal<Vec<PlaceOption>>,
    /// The position of the chosen line.
    on_choose: Callback<usize>,
    /// She asks for what stands in the field.
    on_submit: Callback<()>,
    #[prop(into)] problem: Signal<Option<FieldProblem>>,
    /// So that the page can put the focus here.
    field: NodeRef<leptos::html::Input>,
) -> impl IntoView {
    let active = RwSignal::new(None::<usize>);
    let open = RwSignal::new(false);
    let is_open = Memo::new(move |_| open.get() && suggestions.with(|s| !s.is_empty()));

    let type_in = move |event: Event| {
        active.set(None);
        open.set(true);
        on_type.run(event_target_value(&event));
    };
    let choose = move |at: usize| {
        open.set(false);
        active.set(None);
        on_choose.run(at);
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        open.set(false);
        on_submit.run(());
    };
    let step = move |down: bool| {
        let count = suggestions.with(Vec::len);
        if count == 0 {
            return;
        }
        open.set(true);
        active.update(|at| {
            *at = match (*at, down) {
                (None, true) => Some(0),
                (None, false) => Some(count - 1),
                (Some(i), true) => (i + 1 < count).then_some(i + 1),
                (Some(i), false) => i.checked_sub(1),
            };
        });
    };
    let on_key = move |event: KeyboardEvent| {
        if composing(&event) {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => step(true),
            "ArrowUp" => step(false),
            "Escape" if is_open.get_untracked() => open.set(false),
            "Enter" => match active.get_untracked().filter(|_| is_open.get_untracked()) {
                Some(at) => choose(at),
                None => return,
            },
            _ => return,
        }
        event.prevent_default();
    };
    let leave = move |_: FocusEvent| open.set(false);

    view! {
        <form class="tn-place" role="search" on:submit=submit novalidate autocomplete="off">
            <div class="tn-place__box" data-problem=move || problem.get().map(|_| "")>
                <input
                    node_ref=field
                    class="tn-place__input"
                    id="place"
                    type="text"
                    role="combobox"
                    inputmode="text"
                    enterkeyhint="search"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-label=plain(Key::FindFieldLabel)
                    placeholder=plain(Key::FindFieldPlaceholder)
                    aria-autocomplete="list"
                    aria-controls="place-list"
                    aria-expanded=move || is_open.get().to_string()
                    aria-activedescendant=move || {
                        active.get().filter(|_| is_open.get()).map(|at| format!("place-option-{at}"))
                    }
                    aria-invalid=move || problem.get().map(|_| "true")
                    aria-describedby=move || problem.get().map(|_| "place-problem")
                    prop:value=move || typed.get()
                    on:input=type_in
                    on:keydown=on_key
                    on:blur=leave
                />
                <button class="tn-place__go" type="submit">{say(Key::FindGo)}</button>
            </div>
            <SuggestionList suggestions is_open active choose=Callback::new(choose)/>
            <p class="tn-visually-hidden" role="status">
                {move || {
                    is_open.get().then(|| {
                        crate::i18n::plain_with(
                            Key::FindSuggestionCount,
                            &[("n", &suggestions.with(Vec::len).to_string())],
                        )
                    })
                }}
            </p>
            <div class="tn-place__problem" id="place-problem" role="alert">
                {move || {
                    problem.get().map(|FieldProblem { what, way_on }| {
                        view! {
                            <Icon name=IconName::Warning/>
                            <span>{say(what)} " " {say(way_on)}</span>
                        }
                    })
                }}
            </div>
        </form>
    }
}

#[component]
fn SuggestionList(
    suggestions: Signal<Vec<PlaceOption>>,
    #[prop(into)] is_open: Signal<bool>,
    active: RwSignal<Option<usize>>,
    choose: Callback<usize>,
) -> impl IntoView {
    let rows = move || {
        suggestions
            .get()
            .into_iter()
            .enumerate()
            .map(|(at, PlaceOption { label, reading, detail })| {
                view! {
                    <li
                        class="tn-place__option"
                        id=format!("place-option-{at}")
                        role="option"
                        aria-selected=move || (active.get() == Some(at)).to_string()
                        // The field must not lose the focus before the choice is made.
                        on:pointerdown=move |event| event.prevent_default()
                        on:click=move |_| choose.run(at)
                    >
                        <span class="tn-place__name">
                            {ruby(with_reading(&label, &reading))}
                        </span>
                        <span class="tn-place__detail">{detail}</span>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <ul
            class="tn-place__list"
            id="place-list"
            role="listbox"
            aria-label=plain(Key::FindSuggestionsLabel)
            hidden=move || !is_open.get()
        >
            {rows}
        </ul>
    }
}
