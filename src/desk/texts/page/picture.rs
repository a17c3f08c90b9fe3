//! The picture of a text: chosen, told of in words for whoever cannot see it, and taken away again.

use domain::api::desk::publish::{Shown, Written};
use ui::component::button;
use ui::i18n::{Key, say};
use ui::node::{El, el};

use super::fields::{error, framed, given, line};
use crate::page::{section, small};
use crate::texts::state::Desk;
use crate::texts::state::picture::PICTURE_KINDS;

/// Characters of what is to be seen.
const ALT: usize = 200;

pub fn picture(desk: Desk, text: &Written) -> El {
    let block = section("picture-block", say(Key::DeskPicTitle)).put(small(say(Key::DeskPicWords)));
    match &text.picture {
        Some(shown) => block.put(there(desk, shown)),
        None => block.put(choice(desk)),
    }
}

fn choice(desk: Desk) -> El {
    let file = el("input").set("type", "file").set("accept", &PICTURE_KINDS.join(","));
    let alt = el("input")
        .set("type", "text")
        .set("maxlength", &ALT.to_string())
        .set("value", &desk.texts.alt_begun())
        .on_input(move |text| desk.texts.write_alt(&text));
    let add = button("line", say(Key::DeskPicAdd), move || desk.texts.add_picture(desk.texts.alt_begun()))
        .set("data-testid", "add-picture")
        .live("disabled", move || desk.texts.busy.get().then_some("".into()));
    el("div")
        .put(framed(desk, "picture", None, file))
        .put(framed(desk, "picture.alt", Some(Key::DeskPicAltHint), alt))
        .put(el("div").class("dk-actions").put(add))
}

fn there(desk: Desk, shown: &Shown) -> El {
    let alt = line(
        desk,
        "picture.alt",
        "text",
        ALT,
        &shown.alt,
        Box::new(|text, typed| {
            text.picture.iter_mut().for_each(|shown| shown.alt.clone_from(&typed));
        }),
    );
    let alt_en = line(
        desk,
        "picture.alt_en",
        "text",
        ALT,
        shown.alt_en.as_deref().unwrap_or(""),
        Box::new(|text, typed| {
            text.picture.iter_mut().for_each(|shown| shown.alt_en = given(typed.clone()));
        }),
    );
    let remove = button("text", say(Key::DeskPicRemove), move || {
        desk.texts.reshape("picture".to_owned(), |form| form.written.picture = None);
    })
    .set("data-size", "content")
    .set("data-testid", "remove-picture");
    el("div")
        .put(image(shown, &shown.alt, true).class("dk-picture"))
        .put(error(desk, "picture"))
        .put(alt)
        .put(alt_en)
        .put(el("div").class("dk-actions").put(remove))
}

/// As founders get it.
pub fn image(shown: &Shown, alt: &str, small: bool) -> El {
    let end = if small { "-small.jpg" } else { ".jpg" };
    el("img")
        .set("src", &["/pictures/", &shown.sha, end].concat())
        .set("alt", alt)
        .set("width", &shown.width.to_string())
        .set("height", &shown.height.to_string())
}
