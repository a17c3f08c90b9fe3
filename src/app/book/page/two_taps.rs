//! What cannot be undone takes two taps: first its name, then whether she is sure. Each tap takes its button away, and the
//! keyboard's focus would be nowhere: it goes to what can be pressed without harm.

use domain::outbox::Key as EntryKey;
use ui::component::button;
use ui::i18n::{Key, say};
use ui::live::Live;
use ui::node::{Content, El, el};

#[derive(Clone, Copy)]
pub struct Question {
    /// For tests; with the key, for the focus.
    pub name: &'static str,
    pub act: Key,
    pub sure: Key,
}

/// Does nothing but by `yes`. What `stays` says to the question may change while she thinks about it.
pub fn in_two_taps(
    key: &EntryKey,
    question: Question,
    stays: impl Fn() -> Option<Key> + Clone + 'static,
    yes: impl Fn() -> El + 'static,
) -> El {
    let Question { name, act, sure } = question;
    let harmless = [name, "-", &key.0].concat();
    let asked = Live::new(false);
    el("div").class("tn-booking__removal").put_live(move || -> Content {
        let id = harmless.clone();
        let turn = move |on| {
            asked.set(on);
            browser::document::focus_once_drawn(id.clone());
        };
        if !asked.get() {
            return button("line", say(act), move || turn(true))
                .id(&harmless)
                .set("data-testid", name)
                .into();
        }
        let ask = el("p").set("role", "alert").put(say(sure));
        let stays = stays.clone();
        let stays = el("p").put_live(move || stays().map(say).unwrap_or_default());
        let no = button("line", say(Key::BookingsKeep), move || turn(false))
            .id(&harmless)
            .set("data-testid", "keep");
        Content::Many(vec![ask.into(), stays.into(), yes().into(), no.into()])
    })
}
