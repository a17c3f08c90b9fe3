//! What the app has to say on every screen: offline, a new version, trouble with storage, an in-app browser.

use browser::environment::in_app_browser;
use browser::service_worker::Status;
use leptos::prelude::*;
use ui::component::{Notice, Tone};
use ui::i18n::{Key, say, say_with};

use crate::state::Tonari;
use crate::state::device::{StorageWord, storage_key};

#[component]
pub fn Banners() -> impl IntoView {
    let tonari = expect_context::<Tonari>();
    let device = tonari.device;
    view! {
        {move || (!device.online.get()).then(|| view! {
            <p class="tn-line" role="status" data-testid="offline">{say(Key::BannerOffline)}</p>
        })}
        {in_app_browser().map(|_| view! {
            <Notice tone=Tone::Plain>
                <div data-testid="in-app">{say(Key::BannerInApp)}</div>
            </Notice>
        })}
        {move || (device.worker.get() == Status::UpdateWaiting).then(|| view! {
            <Notice tone=Tone::Plain live=true>
                <div class="tn-notice__row" data-testid="update">
                    <span>{say(Key::BannerUpdate)}</span>
                    <button type="button" class="tn-notice__act" on:click=move |_| device.update_now()>
                        {say(Key::BannerUpdateNow)}
                    </button>
                </div>
            </Notice>
        })}
        {move || device.storage.get().map(storage_banner)}
        {move || tonari.directory.refused.get().then(|| view! {
            <Notice tone=Tone::Warning live=true>
                <span data-testid="edition-refused">{say(Key::BannerEditionRefused)}</span>
            </Notice>
        })}
        <Said/>
    }
}

fn storage_banner(word: StorageWord) -> impl IntoView {
    let key = storage_key(&word);
    let reload = word == StorageWord::ReloadNeeded || word == StorageWord::NewerElsewhere;
    let words = match &word {
        StorageWord::Lost { count, ids } => {
            say_with(key, &[("n", &count.to_string()), ("ids", &ids.join("、"))])
        }
        _ => say(key),
    };
    view! {
        <Notice tone=Tone::Warning live=true>
            <div class="tn-notice__row" data-testid="storage">
                <span>{words}</span>
                {reload.then(|| view! {
                    <button type="button" class="tn-notice__act" on:click=|_| browser::document::reload_keeping("place")>
                        {say(Key::BannerReload)}
                    </button>
                })}
            </div>
        </Notice>
    }
}

/// What became of the last wish: aloud when it worked, in sight too when it did not quite.
#[component]
fn Said() -> impl IntoView {
    let tonari = expect_context::<Tonari>();
    let worked = |key: Key| matches!(key, Key::SavedDone | Key::SavedRemoved);
    let trouble = move || tonari.saved.said.get().filter(|key| !worked(*key));
    view! {
        <p class="tn-visually-hidden" role="status" data-testid="said">
            {move || tonari.saved.said.get().filter(|key| worked(*key)).map(say)}
            {move || tonari.device.copied.get().then(|| say(Key::ShareCopied))}
        </p>
        {move || trouble().map(|key| view! {
            <Notice tone=Tone::Warning live=true><span data-testid="said-trouble">{say(key)}</span></Notice>
        })}
    }
}
