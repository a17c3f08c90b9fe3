//! Several right answers: hers to choose, never ours to guess.

use leptos::prelude::*;

/// One possible answer.
pub struct Choice {
    pub label: AnyView,
    /// What tells it from the others: the prefecture.
    pub detail: Option<AnyView>,
    pub on_choose: Callback<()>,
}

#[component]
pub fn ChoiceList(
    /// Question above the choices; labels the list.
    question: AnyView,
    choices: Vec<Choice>,
) -> impl IntoView {
    let rows = choices
        .into_iter()
        .map(|choice| {
            view! {
                <li class="tn-choices__item">
                    <button type="button" class="tn-choices__button" on:click=move |_| choice.on_choose.run(())>
                        <span class="tn-choices__label">{choice.label}</span>
                        {choice.detail.map(|detail| view! { <span class="tn-choices__detail">{detail}</span> })}
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="tn-choices" aria-labelledby="choices-question" data-testid="choices">
            <h2 class="tn-choices__question" id="choices-question" tabindex="-1">{question}</h2>
            <ul class="tn-choices__list">{rows}</ul>
        </section>
    }
}
