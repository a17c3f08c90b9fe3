//! The form of a text: what every kind has, and what is its own.

use domain::api::desk::publish::{Reads, Source, Venue, Words, Written};
use domain::content::draft::{Consent, Kind};
use domain::place::prefecture::Prefecture;
use ui::component::{group, tick};
use ui::i18n::{Key, plain, say};
use ui::node::{El, el};

use super::fields::{add, codes, error, given, line, one_of, paragraph, remove};
use super::picture::picture;
use super::words::{area_word, coded, industries, lives, schemes, severities, sorts, stages};
use crate::page::{section, small};
use crate::texts::state::Desk;
use crate::texts::state::form::Form;

const TITLE: usize = 60;
const SUMMARY: usize = 160;

pub fn form(desk: Desk) -> El {
    let _ = desk.texts.shape.get();
    let form = desk.texts.form.now();
    let text = &form.written;
    let own = match form.kind {
        Kind::Story => el("div").put(agreed(desk, &form)).put(audience(desk, text)),
        Kind::Case => audience(desk, text),
        Kind::Event => event(desk, text),
        Kind::Notice => notice(desk, text),
    };
    el("div")
        .class("dk-text__form")
        .put(words(desk, "ja", &text.ja, |text| Some(&mut text.ja)))
        .put((form.kind != Kind::Notice).then(|| picture(desk, text)))
        .put(own)
        .put(sources(desk, text))
        .put(more(desk, &form))
}

/// Title, summary and text of a language.
fn words(desk: Desk, lang: &'static str, words: &Words, of: fn(&mut Written) -> Option<&mut Words>) -> El {
    let id = |field: &str| [lang, ".", field].concat();
    let hint = (lang == "ja").then_some(Key::DeskPubBodyHint);
    let title = line(
        desk,
        &id("title"),
        "text",
        TITLE,
        &words.title,
        Box::new(move |text, typed| {
            of(text).into_iter().for_each(|words| words.title.clone_from(&typed));
        }),
    );
    let summary = line(
        desk,
        &id("summary"),
        "text",
        SUMMARY,
        &words.summary,
        Box::new(move |text, typed| {
            of(text).into_iter().for_each(|words| words.summary.clone_from(&typed));
        }),
    );
    let body = paragraph(
        desk,
        &id("body"),
        "10",
        hint,
        &words.body,
        Box::new(move |text, typed| {
            of(text).into_iter().for_each(|words| words.body.clone_from(&typed));
        }),
    );
    el("div").put(title).put(summary).put(body)
}

/// Her consent, before anybody else reads a word; what is invented needs none.
fn agreed(desk: Desk, form: &Form) -> El {
    let text = &form.written;
    let how = coded(&["paper", "mail", "spoken"], Key::DeskPubConsentHows);
    let how = one_of(desk, "consent-how", how, form.consent.map(Consent::code), |form, code| {
        form.consent = Consent::parse(code);
    });
    let day = line(
        desk,
        "consent",
        "date",
        10,
        text.consent.as_deref().unwrap_or(""),
        Box::new(|text, typed| {
            text.consent = given(typed);
        }),
    );
    let invented = tick("fictional", say(Key::DeskPubFictional), text.fictional, move |on| {
        desk.texts.edit(|form| form.written.fictional = on);
    });
    section("consent-block", say(Key::DeskPubConsentTitle))
        .put(small(say(Key::DeskPubConsentWords)))
        .put(how)
        .put(day)
        .put(invented)
}

fn audience(desk: Desk, text: &Written) -> El {
    section("audience", say(Key::DeskPubAudience))
        .put(small(say(Key::DeskPubAudienceWords)))
        .put(codes(desk, "industries", industries(), &text.industries, |text| &mut text.industries))
        .put(codes(desk, "stages", stages(), &text.stages, |text| &mut text.stages))
        .put(codes(desk, "schemes", schemes(), &text.schemes, |text| &mut text.schemes))
        .put(codes(desk, "lives", lives(), &text.lives, |text| &mut text.lives))
        .put(areas(desk, text))
}

/// None is everywhere. A city of an association that has one stands before the prefectures.
fn areas(desk: Desk, text: &Written) -> El {
    let own = text.areas.iter().copied().filter(|code| *code >= 100);
    let all = own.chain(Prefecture::all().iter().map(|one| one.code.number().into()));
    let ticks = all.map(|code| {
        tick(
            &["area-", &code.to_string()].concat(),
            area_word(code).into(),
            text.areas.contains(&code),
            move |on| {
                desk.texts.edit(|form| {
                    let areas = &mut form.written.areas;
                    areas.retain(|one| *one != code);
                    areas.extend(on.then_some(code));
                });
            },
        )
    });
    let chosen = move || {
        let names: Vec<String> =
            desk.texts.form.with(|form| form.written.areas.iter().map(|code| area_word(*code)).collect());
        if names.is_empty() { plain(Key::DeskPubEverywhere) } else { names.join("・") }
    };
    let summary =
        el("summary").class("dk-more__summary").put(say(Key::DeskPubAreas)).put(": ").put_live(chosen);
    let list = el("div").class("dk-chips").put(group(say(Key::DeskPubAreas), None, ticks.collect()));
    el("div").id("areas").put(el("details").class("dk-more").put(summary).put(list)).put(error(desk, "areas"))
}

fn event(desk: Desk, text: &Written) -> El {
    let of = |value: &Option<String>| value.clone().unwrap_or_default();
    let sort = one_of(desk, "sort", sorts(), text.sort.as_deref(), |form, code| {
        form.written.sort = Some(code.to_owned());
    });
    let time = "datetime-local";
    let times = el("div")
        .class("dk-text__row")
        .put(line(
            desk,
            "starts",
            time,
            16,
            &of(&text.starts),
            Box::new(|text, typed| text.starts = given(typed)),
        ))
        .put(line(desk, "ends", time, 16, &of(&text.ends), Box::new(|text, typed| text.ends = given(typed))))
        .put(line(
            desk,
            "deadline",
            time,
            16,
            &of(&text.deadline),
            Box::new(|text, typed| {
                text.deadline = given(typed);
            }),
        ));
    let online = tick("online", say(Key::DeskPubOnline), text.online, move |on| {
        desk.texts.edit(|form| form.written.online = on);
    });
    section("event", say(Key::DeskPubEventTitle))
        .put(sort)
        .put(times)
        .put(el("div").id("online").put(online).put(error(desk, "online")))
        .put(place(desk, text))
        .put(terms(desk, text))
}

fn terms(desk: Desk, text: &Written) -> El {
    let of = |value: &Option<String>| value.clone().unwrap_or_default();
    let people = text.capacity.map(|people| people.to_string()).unwrap_or_default();
    el("div")
        .class("dk-text__row")
        .put(line(
            desk,
            "capacity",
            "number",
            6,
            &people,
            Box::new(|text, typed| {
                text.capacity = typed.trim().parse().ok();
            }),
        ))
        .put(line(
            desk,
            "cost",
            "text",
            60,
            &of(&text.cost),
            Box::new(|text, typed| text.cost = given(typed)),
        ))
        .put(line(
            desk,
            "link",
            "url",
            300,
            &of(&text.link),
            Box::new(|text, typed| text.link = given(typed)),
        ))
}

fn place(desk: Desk, text: &Written) -> El {
    fn venue(text: &mut Written) -> &mut Venue {
        text.place.get_or_insert_default()
    }
    let place = text.place.clone().unwrap_or_default();
    let code = place.municipality.map(|code| code.to_string()).unwrap_or_default();
    el("div")
        .class("dk-text__row")
        .put(line(
            desk,
            "place.name",
            "text",
            80,
            &place.name,
            Box::new(|text, typed| venue(text).name = typed),
        ))
        .put(line(
            desk,
            "place.address",
            "text",
            160,
            &place.address,
            Box::new(|text, typed| {
                venue(text).address = typed;
            }),
        ))
        .put(line(
            desk,
            "place.municipality",
            "number",
            5,
            &code,
            Box::new(|text, typed| {
                venue(text).municipality = typed.trim().parse().ok();
            }),
        ))
}

fn notice(desk: Desk, text: &Written) -> El {
    let of = |value: &Option<String>| value.clone().unwrap_or_default();
    let severity = one_of(desk, "severity", severities(), text.severity.as_deref(), |form, code| {
        form.written.severity = Some(code.to_owned());
    });
    let time = "datetime-local";
    let row = el("div")
        .class("dk-text__row")
        .put(line(desk, "from", time, 16, &of(&text.from), Box::new(|text, typed| text.from = given(typed))))
        .put(line(desk, "to", time, 16, &of(&text.to), Box::new(|text, typed| text.to = given(typed))))
        .put(line(
            desk,
            "phone",
            "tel",
            20,
            &of(&text.phone),
            Box::new(|text, typed| text.phone = given(typed)),
        ))
        .put(line(
            desk,
            "link",
            "url",
            300,
            &of(&text.link),
            Box::new(|text, typed| text.link = given(typed)),
        ));
    section("notice", say(Key::DeskPubNoticeTitle)).put(severity).put(row).put(areas(desk, text))
}

fn sources(desk: Desk, text: &Written) -> El {
    let rows: Vec<El> =
        text.sources.iter().enumerate().map(|(at, source)| one_source(desk, at, source)).collect();
    let next = ["sources[", &text.sources.len().to_string(), "].title"].concat();
    let more =
        add(desk, Key::DeskPubAddSource, "add-source", next, |text| text.sources.push(Source::default()));
    section("sources", say(Key::DeskPubSourcesTitle))
        .put(small(say(Key::DeskPubSourcesWords)))
        .put(error(desk, "sources"))
        .put(rows)
        .put(el("div").class("dk-actions").put(more))
}

fn one_source(desk: Desk, at: usize, source: &Source) -> El {
    let id = |field: &str| ["sources[", &at.to_string(), "].", field].concat();
    let url = source.url.as_deref().unwrap_or("");
    let as_of = source.as_of.as_deref().unwrap_or("");
    el("div")
        .class("dk-text__row")
        .put(line(
            desk,
            &id("title"),
            "text",
            200,
            &source.title,
            Box::new(move |text, typed| {
                text.sources[at].title = typed;
            }),
        ))
        .put(line(
            desk,
            &id("url"),
            "url",
            300,
            url,
            Box::new(move |text, typed| {
                text.sources[at].url = given(typed);
            }),
        ))
        .put(line(
            desk,
            &id("as_of"),
            "text",
            10,
            as_of,
            Box::new(move |text, typed| {
                text.sources[at].as_of = given(typed);
            }),
        ))
        .put(remove(desk, at, "add-source", move |text| {
            if at < text.sources.len() {
                text.sources.remove(at);
            }
        }))
}

/// What most texts do without, folded away; open where there is something in it.
fn more(desk: Desk, form: &Form) -> El {
    let text = &form.written;
    let rows: Vec<El> = text.readings.iter().enumerate().map(|(at, one)| reading(desk, at, one)).collect();
    let next = ["readings[", &text.readings.len().to_string(), "].of"].concat();
    let add =
        add(desk, Key::DeskPubAddReading, "add-reading", next, |text| text.readings.push(Reads::default()));
    let (easy, en) = (text.easy.clone().unwrap_or_default(), text.en.clone().unwrap_or_default());
    let language = |heading: Key, fields: El| {
        el("details")
            .class("dk-more")
            .put(el("summary").class("dk-more__summary").put(say(heading)))
            .put(fields)
    };
    let expires = (form.kind != Kind::Notice).then(|| {
        let value = text.expires.as_deref().unwrap_or("");
        line(desk, "expires", "date", 10, value, Box::new(|text, typed| text.expires = given(typed)))
    });
    el("details")
        .class("dk-more")
        .flag("open", !text.readings.is_empty())
        .set("data-testid", "more")
        .put(el("summary").class("dk-more__summary").put(say(Key::DeskPubMore)))
        .put(language(
            Key::DeskPubEasy,
            words(desk, "easy", &easy, |text| Some(text.easy.get_or_insert_default())),
        ))
        .put(language(Key::DeskPubEn, words(desk, "en", &en, |text| Some(text.en.get_or_insert_default()))))
        .put(el("h3").class("dk-hours__day").put(plain(Key::DeskPubReadings)))
        .put(rows)
        .put(el("div").class("dk-actions").put(add))
        .put(expires)
}

fn reading(desk: Desk, at: usize, one: &Reads) -> El {
    let id = |field: &str| ["readings[", &at.to_string(), "].", field].concat();
    el("div")
        .class("dk-text__row")
        .put(line(
            desk,
            &id("of"),
            "text",
            40,
            &one.of,
            Box::new(move |text, typed| text.readings[at].of = typed),
        ))
        .put(line(
            desk,
            &id("reads"),
            "text",
            60,
            &one.reads,
            Box::new(move |text, typed| {
                text.readings[at].reads = typed;
            }),
        ))
        .put(remove(desk, at, "add-reading", move |text| {
            if at < text.readings.len() {
                text.readings.remove(at);
            }
        }))
}
