//! The text as a founder's phone shows it: drawn by what draws it there, from what stands in the form at this moment.

use domain::api::desk::publish::{Words, Written};
use domain::content::draft::Kind;
use ui::component::rich_text;
use ui::i18n::{Key, plain, ruby, say};
use ui::live::Live;
use ui::node::{Content, El, el};

use super::picture::image;
use super::words::{area_word, field_key, kind_word};
use crate::texts::state::Desk;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tongue {
    Japanese,
    Easy,
    English,
}

pub fn preview(desk: Desk) -> El {
    let tongue = Live::new(Tongue::Japanese);
    let screen = move || -> Content {
        let chosen = tongue.get();
        desk.texts.form.with(|form| page(form.kind, &form.written, chosen))
    };
    let tongues = move || -> Content {
        let (easy, en) =
            desk.texts.form.with(|form| (form.written.easy.is_some(), form.written.en.is_some()));
        let all = [
            (Tongue::Japanese, Key::DeskPubJa, easy || en),
            (Tongue::Easy, Key::DeskPubEasy, easy),
            (Tongue::English, Key::DeskPubEn, en),
        ];
        let ways = all.into_iter().filter(|(.., there)| *there).map(|(which, words, _)| {
            el("button")
                .class("dk-languages__one")
                .set("type", "button")
                .live("aria-pressed", move || {
                    Some(if tongue.get() == which { "true" } else { "false" }.into())
                })
                .put(say(words))
                .on_click(move || tongue.set(which))
        });
        ways.collect::<Vec<El>>().into()
    };
    el("section")
        .class("dk-text__side")
        .set("aria-label", &plain(Key::DeskPubPreview))
        .put(el("p").class("dk-small").put(say(Key::DeskPubPreview)))
        .put(el("div").class("dk-actions").put_live(tongues))
        .put(
            el("div")
                .class("dk-phone")
                .set("data-testid", "preview")
                .set("tabindex", "0")
                .set("role", "group")
                .set("aria-label", &plain(Key::DeskPubPreview))
                .put_live(screen),
        )
}

fn page(kind: Kind, text: &Written, tongue: Tongue) -> Content {
    let none = Words::default();
    let (words, lang) = match tongue {
        Tongue::Japanese => (&text.ja, "ja"),
        Tongue::Easy => (text.easy.as_ref().unwrap_or(&none), "ja"),
        Tongue::English => (text.en.as_ref().unwrap_or(&none), "en"),
    };
    let badge = if text.fictional { plain(Key::DeskPubFictionalBadge) } else { kind_word(kind) };
    let picture = text.picture.as_ref().map(|shown| {
        let english = shown.alt_en.as_deref().filter(|_| tongue == Tongue::English);
        image(shown, english.unwrap_or(&shown.alt), false)
            .class("dk-phone__picture")
            .set("data-testid", "picture")
    });
    let article = el("div")
        .set("lang", lang)
        .put(el("p").class("dk-small").put(badge))
        .put(el("p").class("dk-phone__title").put(ruby(words.title.clone())))
        .put(el("p").class("dk-phone__lead").put(ruby(words.summary.clone())))
        .put(picture)
        .put(facts(kind, text))
        .put(rich_text(&words.body))
        .put(el("ul").class("dk-small").put(cited(text)));
    article.into()
}

fn facts(kind: Kind, text: &Written) -> El {
    let value = |value: &Option<String>| value.clone().map(|text| text.replace('T', " "));
    let place = text.place.as_ref().map(|place| [&*place.name, " ", &place.address].concat());
    let areas: Vec<String> = text.areas.iter().map(|code| area_word(*code)).collect();
    let areas = if areas.is_empty() { plain(Key::DeskPubEverywhere) } else { areas.join("・") };
    let rows = match kind {
        Kind::Story | Kind::Case => Vec::new(),
        Kind::Event => vec![
            ("starts", value(&text.starts)),
            ("ends", value(&text.ends)),
            ("place.name", place),
            ("online", text.online.then(|| "✓".to_owned())),
            ("deadline", value(&text.deadline)),
            ("capacity", text.capacity.map(|people| people.to_string())),
            ("cost", text.cost.clone()),
        ],
        Kind::Notice => vec![
            ("areas", Some(areas)),
            ("to", value(&text.to)),
            ("phone", text.phone.clone()),
            ("link", text.link.clone()),
        ],
    };
    let mut list = el("dl").class("dk-list");
    for (field, value) in rows {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let row = el("div").class("dk-list__line");
            list = list.put(row.put(el("dt").put(say(field_key(field)))).put(el("dd").put(value)));
        }
    }
    list
}

fn cited(text: &Written) -> Vec<El> {
    let there = text.sources.iter().filter(|source| !source.title.is_empty());
    there.map(|source| el("li").put(source.title.clone())).collect()
}
