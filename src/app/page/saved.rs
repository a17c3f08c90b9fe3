//! What she kept: opens without a signal, and says how fresh it is.

use leptos::prelude::*;
use ui::component::{Icon, IconName};
use ui::format;
use ui::i18n::{Key, say};

use super::association::say_refreshed;
use crate::state::Tonari;
use crate::state::saved::Kept;

#[component]
pub fn SavedPage() -> impl IntoView {
    let tonari = expect_context::<Tonari>();
    let list = move || {
        if !tonari.saved.loaded.get() {
            return ().into_any();
        }
        let kept = tonari.saved.teams.get();
        if kept.is_empty() {
            return view! {
                <div class="tn-saved__empty" data-testid="saved-empty">
                    <p>{say(Key::SavedEmpty)}</p>
                    <div class="tn-page__actions">
                        <a class="tn-button" data-kind="primary" href="/">{say(Key::SavedEmptyWayOn)}</a>
                    </div>
                </div>
            }
            .into_any();
        }
        let rows = kept.into_iter().map(|kept| view! { <KeptCard kept/> }).collect_view();
        view! { <div class="tn-saved" data-testid="saved-list">{rows}</div> }.into_any()
    };
    view! {
        <h1 class="tn-page__title" id="page-title" tabindex="-1">{say(Key::TabSaved)}</h1>
        {list}
    }
}

#[component]
fn KeptCard(kept: Kept) -> impl IntoView {
    let tonari = expect_context::<Tonari>();
    let association = kept.association;
    let id = association.id.clone();
    let href = format!("/associations/{}", id.as_str());
    let named = id.as_str().to_owned();
    let name = association.name.value.clone();
    let team = association.team.as_ref().and_then(|team| team.name.as_ref()).map(|fact| fact.value.clone());
    let under = team.is_some().then(|| name.clone());
    let phone = association.phone.as_ref().map(|phone| {
        view! {
            <a class="tn-button" data-kind="primary" href=format::tel(&phone.value)>
                {say(Key::ActionPhone)}
                <span class="tn-button__detail">{phone.value.clone()}</span>
            </a>
        }
    });
    view! {
        <article class="tn-card" data-testid="saved-card" data-association=named>
            <h2 class="tn-card__title" lang="ja">
                <a class="tn-card__link" href=href>{team.unwrap_or(name)}</a>
            </h2>
            {under.map(|name| view! { <p class="tn-card__under" lang="ja">{name}</p> })}
            <p class="tn-card__dated">{say_refreshed(kept.refreshed_at_ms)}</p>
            <div class="tn-saved__row">
                {phone}
                <button
                    type="button"
                    class="tn-button"
                    data-kind="line"
                    data-testid="remove"
                    on:click=move |_| tonari.saved.toggle(id.clone())
                >
                    <Icon name=IconName::Check/>
                    {say(Key::SavedRemove)}
                </button>
            </div>
        </article>
    }
}
