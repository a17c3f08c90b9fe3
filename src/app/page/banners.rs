//! What the app has to say on every screen: offline, a new version, trouble with storage, an in-app browser.

use browser::environment::in_app_browser;
use browser::service_worker::Status;
use ui::component::{Tone, notice, notice_with_act};
use ui::i18n::{Key, say, say_with};
use ui::node::{Content, El, el};

use crate::state::device::{Device, StorageWord};
use crate::state::directory::Directory;
use crate::state::language;

pub fn banners(device: Device, directory: Directory) -> El {
    el("div")
        .class("tn-banners")
        .put_live(move || (!device.online.get()).then(offline))
        .put(
            in_app_browser().map(|_| {
                notice(Tone::Plain, el("span").set("data-testid", "in-app").put(say(Key::BannerInApp)))
            }),
        )
        .put_live(move || (device.worker.get() == Status::UpdateWaiting).then(|| update(device)))
        .put_live(move || device.words_missing.get().then(|| words_missing(device)))
        .put_live(move || device.storage.get().map(|word| storage(&word)))
        .put_live(move || {
            directory.refused.get().then(|| {
                notice(
                    Tone::Warning,
                    el("span").set("data-testid", "edition-refused").put(say(Key::BannerEditionRefused)),
                )
            })
        })
}

fn offline() -> El {
    el("p").class("tn-line").set("role", "status").set("data-testid", "offline").put(say(Key::BannerOffline))
}

fn update(device: Device) -> El {
    notice_with_act(Tone::Plain, "update", say(Key::BannerUpdate), say(Key::BannerUpdateNow), move || {
        device.update_now();
    })
}

/// Said in the language that is at hand, which is hardly hers.
fn words_missing(device: Device) -> El {
    let again = say(Key::BannerWordsAgain);
    notice_with_act(Tone::Warning, "words-missing", say(Key::BannerWordsMissing), again, move || {
        device.choose_language(language::wanted());
    })
}

fn storage(word: &StorageWord) -> El {
    let (words, mended_by_reload) = match word {
        StorageWord::Healing => (say(Key::StorageHealing), false),
        StorageWord::ReloadNeeded => (say(Key::StorageReload), true),
        StorageWord::MemoryOnly => (say(Key::StorageMemoryOnly), false),
        StorageWord::Blocked => (say(Key::StorageBlocked), false),
        StorageWord::NewerElsewhere => (say(Key::StorageNewer), true),
        StorageWord::LostUnsent(count) => (counted(Key::StorageLostUnsent, *count), false),
        StorageWord::LostSent(count) => (counted(Key::StorageLostSent, *count), false),
        StorageWord::Lost { count, ids } => {
            (say_with(Key::StorageLost, &[("n", &count.to_string()), ("ids", &ids.join("、"))]), false)
        }
    };
    if mended_by_reload {
        return notice_with_act(Tone::Warning, "storage", words, say(Key::BannerReload), || {
            browser::document::reload_keeping("place");
        });
    }
    notice(Tone::Warning, el("span").set("data-testid", "storage").put(words))
}

fn counted(key: Key, count: usize) -> Content {
    say_with(key, &[("n", &count.to_string())])
}
