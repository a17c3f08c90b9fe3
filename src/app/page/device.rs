//! Her device: how Tonari looks and speaks, what it keeps, and how to make it forget.

use browser::environment::{is_ios, is_standalone};
use browser::service_worker::Status;
use domain::fact::AsOf;
use ui::component::{Tone, button, notice, segmented};
use ui::i18n::{Key, Lang, say, say_with};
use ui::node::{Content, El, el};

use super::{actions, paragraph, section, small, title};
use crate::state::Tonari;
use crate::state::device::{Device, TextSize, Theme};

pub fn device(tonari: Tonari) -> Content {
    tonari.device.look_at_storage();
    Content::Many(vec![
        title(say(Key::TabDevice)).into(),
        look(tonari.device).into(),
        discretion(tonari.device).into(),
        install(tonari.device).into(),
        keeping(tonari).into(),
        erase(tonari.device).into(),
        about().into(),
    ])
}

fn look(device: Device) -> El {
    let languages =
        Lang::ALL.map(|lang| (lang, el("span").set("lang", lang.html()).put(lang.own_name()).into()));
    let themes = [
        (Theme::System, say(Key::ThemeSystem)),
        (Theme::Light, say(Key::ThemeLight)),
        (Theme::Dark, say(Key::ThemeDark)),
    ];
    let sizes = [
        (TextSize::Medium, say(Key::TextMedium)),
        (TextSize::Large, say(Key::TextLarge)),
        (TextSize::Largest, say(Key::TextLargest)),
    ];
    let language = say(Key::DeviceLanguage);
    el("section")
        .put(segmented("language", language, languages.into(), device.lang, move |l| {
            device.choose_language(l)
        }))
        .put(segmented("theme", say(Key::DeviceTheme), themes.into(), device.theme, move |t| {
            device.choose_theme(t);
        }))
        .put(segmented("text", say(Key::DeviceText), sizes.into(), device.text, move |t| {
            device.choose_text_size(t);
        }))
}

fn discretion(device: Device) -> El {
    let tick = el("input")
        .class("tn-switch__box")
        .set("type", "checkbox")
        .set("data-testid", "discreet")
        .live_property("checked", move || device.discreet.get().into())
        .on_change(move |on| device.be_discreet(on));
    section("discretion", say(Key::DiscreetTitle))
        .put(el("label").class("tn-switch").put(tick).put(el("span").put(say(Key::DiscreetSwitch))))
        .put(small(say(Key::DiscreetWords)))
        .put(paragraph(say(Key::ExitWords)))
        .put(small(say(Key::ExitLimits)))
}

fn install(device: Device) -> El {
    let way = move || -> Content {
        if is_standalone() {
            say(Key::InstallDone)
        } else if device.can_install.get() {
            narrow("line", Key::InstallButton, move || device.install()).into()
        } else if is_ios() {
            say(Key::InstallIos)
        } else {
            say(Key::InstallMenu)
        }
    };
    section("install", say(Key::InstallTitle))
        .put(paragraph(say(Key::InstallWhy)))
        .put(el("div").class("tn-page__actions").put_live(way))
}

fn keeping(tonari: Tonari) -> El {
    let device = tonari.device;
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
    let edition = move || {
        tonari.directory.edition.with(|edition| {
            let issued = AsOf(edition.issued.chars().take(10).collect());
            let places = [("n", &*edition.number.to_string()), ("date", &*ui::format::as_of(&issued))];
            small(say_with(Key::KeepingEdition, &places)).set("data-testid", "edition")
        })
    };
    section("keeping", say(Key::KeepingTitle))
        .put(el("p").set("data-testid", "worker").put_live(worker))
        .put_live(move || kept(device))
        .put_live(edition)
        .put(actions(narrow("line", Key::KeepingLookForUpdate, move || device.look_for_update())))
}

fn kept(device: Device) -> Content {
    let keeping = device.keeping.get();
    let used = keeping.used.map(|bytes| {
        // One decimal by whole numbers: printing floats costs more code than all of this page.
        let tenths = (bytes / 100_000.0) as u64;
        let mb = [(tenths / 10).to_string(), (tenths % 10).to_string()].join(".");
        small(say_with(Key::KeepingUsed, &[("mb", &mb)]))
    });
    let key = if keeping.persisted { Key::KeepingPersisted } else { Key::KeepingMayVanish };
    let ask =
        (!keeping.persisted).then(|| actions(narrow("line", Key::KeepingAsk, move || device.ask_to_keep())));
    Content::Many(vec![paragraph(say(key)).into(), used.into(), ask.into()])
}

/// What stands behind all this.
fn about() -> El {
    let link = el("a").class("tn-page__door").set("href", "/about").put(say(Key::TabAbout));
    el("p").class("tn-page__section").put(link)
}

/// What can be pressed without harm, or tells how it ended: the focus goes there when what had it goes away.
const HARMLESS: &str = "erase-harmless";

/// Two steps, because it cannot be undone.
fn erase(device: Device) -> El {
    let told = |tone, words: El| notice(tone, words).id(HARMLESS).set("tabindex", "-1").into();
    let steps = move || -> Content {
        match (device.erased.get(), device.erase_asked.get()) {
            (Some(true), _) => {
                told(Tone::Good, el("span").set("data-testid", "erased").put(say(Key::EraseDone)))
            }
            (Some(false), _) => told(Tone::Warning, el("span").put(say(Key::EraseFailed))),
            (None, false) => narrow("danger", Key::EraseButton, move || ask_to_erase(device, true))
                .id(HARMLESS)
                .set("data-testid", "erase")
                .into(),
            (None, true) => Content::Many(vec![
                unsent().into(),
                button("danger", say(Key::EraseYes), move || device.erase(HARMLESS))
                    .set("data-testid", "erase-yes")
                    .into(),
                button("line", say(Key::EraseNo), move || ask_to_erase(device, false)).id(HARMLESS).into(),
            ]),
        }
    };
    section("erase", say(Key::EraseTitle))
        .put(paragraph(say(Key::EraseWords)))
        .put(el("div").class("tn-page__actions").set("role", "status").put_live(steps))
}

fn ask_to_erase(device: Device, asked: bool) {
    device.erase_asked.set(asked);
    browser::document::focus_once_drawn(HARMLESS);
}

/// The only thing that is nowhere else.
fn unsent() -> Option<El> {
    let count = browser::idb::unsent();
    (count > 0).then(|| {
        paragraph(say_with(Key::EraseUnsent, &[("n", &count.to_string())])).set("data-testid", "erase-unsent")
    })
}

/// A button as wide as its words.
fn narrow(kind: &str, words: Key, act: impl Fn() + 'static) -> El {
    button(kind, say(words), act).set("data-size", "content")
}
