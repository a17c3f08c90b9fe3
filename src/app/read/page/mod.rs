//! The screens of the entry for reading, one a file: state in, elements out.

mod article;
mod articles;
mod card;
mod doors;
mod event;
mod events;
mod later;
mod notice;
mod packs;
mod picking;
mod sources;
mod topics;

pub use article::article;
pub use articles::articles;
pub use event::event;
pub use events::events;
pub use later::later;
pub use notice::notice;
pub use topics::{choices_of, topic_words};

pub use crate::page::{actions, paragraph, section, small, title};

use browser::spawn_local;
use domain::content::{Head, Item, ShelfName, Text, Texts};
use ui::component::{Tone, badge, notice_with_act};
use ui::i18n::{Key, Lang, language, say};
use ui::node::{Content, El, el};

use crate::read::state::Reading;
use crate::read::state::shelves::{Asked, Standing};

/// The text in her language, or the Japanese one; and the `lang` it is in.
fn spoken(texts: &Texts) -> (&Text, &'static str) {
    let other = match language() {
        Lang::Japanese => None,
        Lang::Easy => texts.easy.as_ref(),
        Lang::English => texts.en.as_ref(),
    };
    match other {
        Some(text) => (text, language().html()),
        None => (&texts.ja, "ja"),
    }
}

/// Its room is there before it is; without a network the words are.
fn picture(head: &Head) -> Option<El> {
    let picture = head.picture.as_ref()?;
    let english = picture.alt_en.as_ref().filter(|_| language() == Lang::English);
    let (alt, lang) = english.map_or((&picture.alt, "ja"), |alt| (alt, "en"));
    let img = el("img").class("tn-reading__picture").set("alt", alt.as_str()).set("lang", lang);
    let img = img.set("loading", "lazy").set("decoding", "async");
    let (width, height) = (picture.width.to_string(), picture.height.to_string());
    // Last: what is asked for at once would not be lazy.
    Some(img.set("width", &width).set("height", &height).set("src", &picture.path()))
}

/// Said where her language is not there.
fn japanese_only(texts: &Texts) -> Option<El> {
    let there = match language() {
        Lang::Japanese => true,
        Lang::Easy => texts.easy.is_some(),
        Lang::English => texts.en.is_some(),
    };
    (!there).then(|| small(say(Key::ReadJapaneseOnly)))
}

/// On everything that is invented.
fn fictional(item: &Item) -> Option<El> {
    item.head().fictional.then(|| badge("warm", say(Key::ReadFictional)).set("data-testid", "fictional"))
}

/// What stands in a shelf's place while there is nothing of it.
fn without(reading: Reading, name: ShelfName, standing: &Standing) -> Content {
    match standing.asked {
        Asked::NotYet => el("p").class("tn-line").set("role", "status").put(say(Key::ReadLoading)).into(),
        Asked::Answered => paragraph(say(Key::ReadEmpty)).set("data-testid", "shelf-empty").into(),
        Asked::Unreachable | Asked::Refused => {
            let (testid, words) = if standing.is_part() {
                ("only-part", packs::only_part(standing.areas()))
            } else {
                ("not-kept", say(Key::ReadNotKept))
            };
            let again = move || spawn_local(reading.shelves.fetch(name));
            notice_with_act(Tone::Plain, testid, words, say(Key::ReadAgain), again).into()
        }
    }
}
