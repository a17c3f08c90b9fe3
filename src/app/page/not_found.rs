//! An address that leads nowhere, and the way on.

use leptos::prelude::*;
use ui::i18n::{Key, say};

#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <h1 class="tn-page__title" id="page-title" tabindex="-1">{say(Key::NotFoundTitle)}</h1>
        <p>{say(Key::NotFoundWords)}</p>
        <div class="tn-page__actions">
            <a class="tn-button" data-kind="primary" data-size="content" href="/">{say(Key::NotFoundWayOn)}</a>
        </div>
    }
}
