//! Texts out of a file, as `tonari publish` takes it: each item with what is wrong in it. Nothing of it is published here.

use domain::api::desk::elsewhere::{FileItem, FileRead};
use ui::component::button;
use ui::i18n::{Key, plain, say, say_with};
use ui::node::{Content, El, el};

use super::imports::{head, told};
use super::words::{code_key, field_key, kind_word};
use crate::page::{section, small};
use crate::routes::Route;
use crate::texts::state::Desk;
use crate::texts::state::elsewhere::FILE;

pub fn from_file(desk: Desk) -> Content {
    desk.from_file.forget();
    let said = move || desk.from_file.told.with(|told| told.clone()).map(|what| told(&what));
    Content::Many(vec![
        head(Key::DeskFileTitle).into(),
        small(say(Key::DeskFileLead)).into(),
        el("div").id("told").set("tabindex", "-1").set("aria-live", "polite").put_live(said).into(),
        form(desk).into(),
        el("div")
            .set("data-testid", "read")
            .put_live(move || desk.from_file.read.get().map(|read| items(desk, &read)))
            .into(),
    ])
}

fn form(desk: Desk) -> El {
    let wrong = move || desk.from_file.wrong.with(|wrong| wrong.as_ref().map(|wrong| wrong.code.clone()));
    let input = el("input")
        .class("tn-field__input")
        .id(FILE)
        .set("type", "file")
        .set("accept", ".json,application/json")
        .set("aria-describedby", "file-error")
        .live("aria-invalid", move || wrong().is_some().then_some("true".into()));
    let field = el("div")
        .class("tn-field")
        .put(el("label").class("tn-field__label").set("for", FILE).put(say(Key::DeskFileField)))
        .put(
            el("p")
                .class("tn-field__error")
                .id("file-error")
                .set("role", "alert")
                .put_live(move || wrong().map_or(Content::Nothing, |code| say(code_key(&code)))),
        )
        .put(input);
    let look = button("primary", say(Key::DeskFileLook), || {})
        .set("type", "submit")
        .set("data-testid", "look")
        .live("disabled", move || desk.from_file.busy.get().then_some("".into()));
    el("form")
        .set("novalidate", "")
        .instead("submit", move || desk.from_file.look())
        .put(field)
        .put(el("div").class("dk-actions").put(look))
}

fn items(desk: Desk, read: &FileRead) -> El {
    let ready = read.items.iter().filter(|item| item.wrong.is_none() && item.draft.is_none()).count();
    let take = (ready > 0).then(|| {
        button("primary", say_with(Key::DeskFileTake, &[("n", &ready.to_string())]), move || {
            desk.from_file.take()
        })
        .set("data-testid", "take")
        .live("disabled", move || desk.from_file.busy.get().then_some("".into()))
    });
    let rows: Vec<El> = read.items.iter().enumerate().map(|(at, item)| row(at, item)).collect();
    section("items", say_with(Key::DeskFileItems, &[("n", &read.items.len().to_string())]))
        .put(el("ul").class("dk-texts").put(rows))
        .put(el("div").class("dk-actions").put(take))
}

fn row(at: usize, item: &FileItem) -> El {
    let name = if item.title.is_empty() { plain(Key::DeskPubUntitled) } else { item.title.clone() };
    let name = [&*(at + 1).to_string(), ". ", &name].concat();
    let first = match item.draft {
        Some(id) => el("a").class("dk-texts__title").set("href", &Route::Text(id).href()).put(name),
        None => el("span").class("dk-texts__title").put(name),
    };
    let (tone, stands) = match (&item.wrong, item.draft) {
        (Some(_), _) => ("wait", Key::DeskFileWrong),
        (None, Some(_)) => ("good", Key::DeskImpIsDraft),
        (None, None) => ("good", Key::DeskFileReady),
    };
    // The way to the field as the file writes it: whoever mends it does so there.
    let wrong = item.wrong.as_ref().map(|wrong| {
        // A field that there is not has no other name.
        let known = wrong.code != "no_field";
        let name = if known { plain(field_key(&wrong.field)) } else { String::new() };
        let what = [&*name, "（", &wrong.field, "）： ", &plain(code_key(&wrong.code))];
        el("p").class("tn-field__error").put(what.concat())
    });
    let about = el("p")
        .class("dk-row__about")
        .put(el("span").class("dk-state").set("data-tone", tone).put(say(stands)))
        .put(item.kind.map(|kind| el("span").put(kind_word(kind))));
    el("li").class("dk-texts__one").set("data-testid", "item").put(first).put(about).put(wrong)
}
