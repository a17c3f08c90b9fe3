//! Her device: how Tonari looks and speaks, what it keeps, and how to make it forget.

use browser::environment::{is_ios, is_standalone};
use browser::service_worker::Status;
use leptos::prelude::*;
use ui::component::{Notice, Segment, Segmented, Tone};
use ui::i18n::{Key, Lang, say, say_with};

use crate::state::Tonari;
use crate::state::device::{TextSize, Theme};

#[component]
pub fn DevicePage() -> impl IntoView {
    view! {
        <h1 class="tn-page__title" id="page-title" tabindex="-1">{say(Key::TabDevice)}</h1>
        <Look/>
        <Discretion/>
        <Install/>
        <Keeping/>
        <Erase/>
    }
}

#[component]
fn Look() -> impl IntoView {
    let device = expect_context::<Tonari>().device;
    let languages = Lang::ALL
        .map(|lang| Segment {
            value: lang,
            label: view! { <span lang=lang.html()>{lang.own_name()}</span> }.into_any(),
        })
        .into();
    let theme_word = |theme| match theme {
        Theme::System => Key::ThemeSystem,
        Theme::Light => Key::ThemeLight,
        Theme::Dark => Key::ThemeDark,
    };
    let text_word = |text| match text {
        TextSize::Medium => Key::TextMedium,
        TextSize::Large => Key::TextLarge,
        TextSize::Largest => Key::TextLargest,
    };
    view! {
        <section>
            <Segmented
                name="language"
                legend=say(Key::DeviceLanguage)
                segments=languages
                chosen=device.lang
                on_choose=Callback::new(move |lang| device.choose_language(lang))
            />
            <Segmented
                name="theme"
                legend=say(Key::DeviceTheme)
                segments=Theme::ALL.map(|theme| Segment { value: theme, label: say(theme_word(theme)) }).into()
                chosen=device.theme
                on_choose=Callback::new(move |theme| device.choose_theme(theme))
            />
            <Segmented
                name="text"
                legend=say(Key::DeviceText)
                segments=TextSize::ALL.map(|text| Segment { value: text, label: say(text_word(text)) }).into()
                chosen=device.text
                on_choose=Callback::new(move |text| device.choose_text_size(text))
            />
        </section>
    }
}

#[component]
fn Discretion() -> impl IntoView {
    let device = expect_context::<Tonari>().device;
    view! {
        <section class="tn-page__section" aria-labelledby="discretion">
            <h2 class="tn-page__subtitle" id="discretion">{say(Key::DiscreetTitle)}</h2>
            <label class="tn-switch">
                <input
                    type="checkbox"
                    class="tn-switch__box"
                    data-testid="discreet"
                    prop:checked=move || device.discreet.get()
                    on:change=move |event| device.be_discreet(event_target_checked(&event))
                />
                <span>{say(Key::DiscreetSwitch)}</span>
            </label>
            <p class="tn-page__small">{say(Key::DiscreetWords)}</p>
            <p>{say(Key::ExitWords)}</p>
            <p class="tn-page__small">{say(Key::ExitLimits)}</p>
        </section>
    }
}

#[component]
fn Install() -> impl IntoView {
    let device = expect_context::<Tonari>().device;
    let way = move || {
        if is_standalone() {
            say(Key::InstallDone)
        } else if device.can_install.get() {
            view! {
                <button type="button" class="tn-button" data-kind="line" data-size="content" on:click=move |_| device.install()>
                    {say(Key::InstallButton)}
                </button>
            }
            .into_any()
        } else if is_ios() {
            say(Key::InstallIos)
        } else {
            say(Key::InstallMenu)
        }
    };
    view! {
        <section class="tn-page__section" aria-labelledby="install">
            <h2 class="tn-page__subtitle" id="install">{say(Key::InstallTitle)}</h2>
            <p>{say(Key::InstallWhy)}</p>
            <div class="tn-page__actions">{way}</div>
        </section>
    }
}

#[component]
fn Keeping() -> impl IntoView {
    let tonari = expect_context::<Tonari>();
    let device = tonari.device;
    device.look_at_storage();
    let worker = move || {
        say(match device.worker.get() {
            Status::Ready => Key::WorkerReady,
            Status::Installing => Key::WorkerInstalling,
            Status::UpdateWaiting => Key::WorkerWaiting,
            Status::UpdateFailed => Key::WorkerUpdateFailed,
            Status::Bypassed => Key::WorkerBypassed,
            Status::Unsupported | Status::Failed => Key::WorkerNone,
        })
    };
    let kept = move || {
        let keeping = device.keeping.get();
        let used = keeping.used.map(|bytes| format!("{:.1}", bytes / 1_000_000.0));
        view! {
            <p>{say(if keeping.persisted { Key::KeepingPersisted } else { Key::KeepingMayVanish })}</p>
            {used.map(|mb| view! { <p class="tn-page__small">{say_with(Key::KeepingUsed, &[("mb", &mb)])}</p> })}
            {(!keeping.persisted).then(|| view! {
                <div class="tn-page__actions">
                    <button type="button" class="tn-button" data-kind="line" data-size="content" on:click=move |_| device.ask_to_keep()>
                        {say(Key::KeepingAsk)}
                    </button>
                </div>
            })}
        }
    };
    view! {
        <section class="tn-page__section" aria-labelledby="keeping">
            <h2 class="tn-page__subtitle" id="keeping">{say(Key::KeepingTitle)}</h2>
            <p data-testid="worker">{worker}</p>
            {kept}
            <p class="tn-page__small" data-testid="edition">
                {move || {
                    let edition = tonari.directory.edition.get();
                    let issued = ui::format::as_of(&domain::fact::AsOf(edition.issued.chars().take(10).collect()));
                    say_with(Key::KeepingEdition, &[("n", &edition.number.to_string()), ("date", &issued)])
                }}
            </p>
        </section>
    }
}

/// Two steps, because it cannot be undone.
#[component]
fn Erase() -> impl IntoView {
    let device = expect_context::<Tonari>().device;
    let asked = RwSignal::new(false);
    view! {
        <section class="tn-page__section" aria-labelledby="erase">
            <h2 class="tn-page__subtitle" id="erase">{say(Key::EraseTitle)}</h2>
            <p>{say(Key::EraseWords)}</p>
            <div class="tn-page__actions" role="status">
                {move || match (device.erased.get(), asked.get()) {
                    (Some(true), _) => view! {
                        <Notice tone=Tone::Good><span data-testid="erased">{say(Key::EraseDone)}</span></Notice>
                    }
                    .into_any(),
                    (Some(false), _) => view! { <Notice tone=Tone::Warning>{say(Key::EraseFailed)}</Notice> }.into_any(),
                    (None, false) => view! {
                        <button type="button" class="tn-button" data-kind="danger" data-size="content" data-testid="erase" on:click=move |_| asked.set(true)>
                            {say(Key::EraseButton)}
                        </button>
                    }
                    .into_any(),
                    (None, true) => view! {
                        <button type="button" class="tn-button" data-kind="danger" data-testid="erase-yes" on:click=move |_| device.erase()>
                            {say(Key::EraseYes)}
                        </button>
                        <button type="button" class="tn-button" data-kind="line" on:click=move |_| asked.set(false)>
                            {say(Key::EraseNo)}
                        </button>
                    }
                    .into_any(),
                }}
            </div>
        </section>
    }
}
