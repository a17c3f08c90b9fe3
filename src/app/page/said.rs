//! What became of her last wish to save or to share.

use ui::component::{Tone, notice};
use ui::i18n::{Key, say};
use ui::node::{Content, El, el};

use crate::state::Tonari;

/// Under the banners.
pub fn said(tonari: Tonari, banners: El) -> El {
    banners.put(aloud(tonari)).put_live(move || trouble(tonari))
}

fn worked(key: Key) -> bool {
    matches!(key, Key::SavedDone | Key::SavedRemoved)
}

fn aloud(tonari: Tonari) -> El {
    el("p").class("tn-visually-hidden").set("role", "status").set("data-testid", "said").put_live(move || {
        let copied = tonari.device.copied.get().then_some(Key::ShareCopied);
        tonari.saved.said.get().filter(|key| worked(*key)).or(copied).map_or(Content::Nothing, say)
    })
}

/// The same in sight, where it did not quite work.
fn trouble(tonari: Tonari) -> Option<El> {
    let key = tonari.saved.said.get().filter(|key| !worked(*key))?;
    Some(notice(Tone::Warning, el("span").set("data-testid", "said-trouble").put(say(key))))
}
