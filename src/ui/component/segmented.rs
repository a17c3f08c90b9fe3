//! Two or three ways of looking at the same thing: native radio buttons that look like one switch.

use leptos::prelude::*;

/// One of the ways.
pub struct Segment<T> {
    pub value: T,
    pub label: AnyView,
}

/// Values are compared by `PartialEq`; the group has a visible legend.
#[component]
pub fn Segmented<T>(
    /// Shared by the group's radio buttons; unique on the page.
    name: &'static str,
    legend: AnyView,
    segments: Vec<Segment<T>>,
    #[prop(into)] chosen: Signal<T>,
    on_choose: Callback<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let options = segments
        .into_iter()
        .map(|Segment { value, label }| {
            view! {
                <label class="tn-segmented__option">
                    <input
                        type="radio"
                        class="tn-segmented__input"
                        name=name
                        prop:checked=move || chosen.get() == value
                        on:change=move |_| on_choose.run(value)
                    />
                    <span class="tn-segmented__label">{label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="tn-segmented">
            <legend class="tn-segmented__legend">{legend}</legend>
            <div class="tn-segmented__row">{options}</div>
        </fieldset>
    }
}
