//! What cannot be taken back is pressed twice, in the same place: the second press says what it does.

use browser::clock;
use ui::component::button;
use ui::i18n::{Key, plain, say};
use ui::live::Live;
use ui::node::{Content, El};

/// Two presses that follow each other faster are one: of a finger that trembles, or that presses everything twice.
const APART_MS: f64 = 400.0;

/// `id` is what tests know the first press by; the second has `-yes` behind it.
pub fn twice(id: &'static str, first: Key, then: Key, named: &str, act: impl Fn() + 'static) -> El {
    let (pressed_at, named) = (Live::new(None::<f64>), named.to_owned());
    let sure = move || pressed_at.with(Option::is_some);
    // One button all the way, so that a keyboard stays on it.
    button("text", Content::Nothing, move || match pressed_at.now() {
        None => pressed_at.set(Some(clock::now_ms())),
        Some(at) if clock::now_ms() - at < APART_MS => {}
        Some(_) => act(),
    })
    .put_live(move || say(if sure() { then } else { first }))
    .set("data-size", "content")
    .live("data-kind", move || Some(if sure() { "danger" } else { "text" }.into()))
    .live("data-testid", move || Some(if sure() { [id, "-yes"].concat() } else { id.to_owned() }.into()))
    .live("aria-label", move || Some(if sure() { plain(then) } else { named.clone() }.into()))
}
