//! For which areas this phone keeps what can be read, and how much that is: everything, or what she ticks.

use crate::page::REGIONS;
use domain::calendar::JstTime;
use domain::content::{Areas, ShelfName};
use domain::place::PrefectureCode;
use domain::place::prefecture::Prefecture;
use ui::component::{Tone, notice};
use ui::i18n::{Key, Lang, language, ruby, say, say_with, with_reading};
use ui::live::Live;
use ui::node::{Content, El, el};

use super::small;
use crate::read::state::Reading;
use crate::read::state::shelves::Asked;

/// What this device keeps, and until when.
pub fn kept(reading: Reading) -> El {
    let said = move || {
        let (mut bytes, mut until) = (0, None);
        for kept in reading.shelves.kept.get().into_iter().flatten() {
            bytes += kept.bytes;
            until = Some(until.map_or(kept.until, |until: i64| until.min(kept.until)));
        }
        let date = ui::format::day(JstTime::from_unix_seconds(until?).date);
        let words = say_with(Key::ReadKept, &[("size", &size(bytes)), ("date", &date)]);
        Some(small(words).set("data-testid", "kept"))
    };
    el("div").set("role", "status").put_live(said)
}

/// Said above a list that is not all there is.
pub fn limited(reading: Reading, name: ShelfName) -> El {
    let said = move || {
        reading.shelves.of(name).with(|standing| {
            let is_alone = matches!(standing.asked, Asked::Unreachable | Asked::Refused);
            (is_alone && standing.is_part())
                .then(|| notice(Tone::Plain, only_part(standing.areas())).set("data-testid", "only-part"))
        })
    };
    el("div").class("tn-reading__limited").put_live(said)
}

pub fn only_part(areas: Areas) -> Content {
    let comma = if language() == Lang::English { ", " } else { "、" };
    let mut names = String::new();
    for code in areas.each() {
        names.push_str(&name(code));
        names.push_str(comma);
    }
    say_with(Key::ReadOnlyPart, &[("areas", &names)])
}

pub fn packs(reading: Reading) -> El {
    let is_open = Live::new(false);
    let count = move || number(Areas::ALL, reading.packs.areas.get());
    el("details")
        .class("tn-filter tn-packs")
        .set("data-testid", "packs")
        // Not before she asks: the texts are gone through for it.
        .when("toggle", move || is_open.settle(true))
        .put(summary(Key::ReadPacks).put_live(count))
        .put_live(move || is_open.get().then(|| choices(reading)))
}

fn summary(words: Key) -> El {
    el("summary").class("tn-filter__summary").put(el("span").put(say(words)))
}

/// Nothing where all are chosen, or none of these.
fn number(of: Areas, chosen: Areas) -> Option<El> {
    let number = chosen.and(of).len();
    (chosen != Areas::ALL && number > 0).then(|| el("span").class("tn-chip__count").put(number.to_string()))
}

fn choices(reading: Reading) -> El {
    let packs = reading.packs;
    let everywhere = move || {
        let bytes = packs.everywhere()?;
        Some(small(say_with(Key::ReadPacksEverywhere, &[("size", &size(bytes))])))
    };
    let all = tick(reading, "packs-all", say(Key::ReadPacksAll), Areas::ALL);
    let mut choices = el("div").put_live(everywhere).put(all);
    for (name, first, last) in REGIONS {
        choices = choices.put(region(reading, name, Areas::between(first, last)));
    }
    choices.put(small(say(Key::ReadPacksPrivate)))
}

fn region(reading: Reading, name: Key, of: Areas) -> El {
    let count = move || number(of, reading.packs.areas.get());
    let mut boxes = el("div").class("tn-checks__list");
    for code in of.each() {
        let testid = ["pack-", &code.number().to_string()].concat();
        let words =
            el("span").put(ruby(self::name(code))).put_live(move || sized(reading.packs.brought_by(code)));
        boxes = boxes.put(tick(reading, &testid, words.into(), Areas::NONE.with(code)));
    }
    el("details").class("tn-packs__region").put(summary(name).put_live(count)).put(boxes)
}

/// Ticked while all of these are chosen; one tap takes all of them in, or out.
fn tick(reading: Reading, testid: &str, words: Content, of: Areas) -> El {
    let packs = reading.packs;
    let input = el("input")
        .class("tn-check__box")
        .set("type", "checkbox")
        .set("data-testid", testid)
        .live_property("checked", move || of.without(packs.areas.get()).is_empty().into())
        .on_change(move |wanted| {
            let others = packs.areas.now().without(of);
            packs.choose(if wanted { others.or(of) } else { others });
        });
    el("label").class("tn-check").put(input).put(words)
}

/// Nothing where this page cannot know.
fn sized(bytes: Option<usize>) -> Option<El> {
    bytes.map(|bytes| el("span").class("tn-packs__size").put(size(bytes)))
}

fn size(bytes: usize) -> String {
    [&*bytes.div_ceil(1024).to_string(), " KB"].concat()
}

fn name(code: PrefectureCode) -> String {
    let prefecture = Prefecture::of(code);
    match language() {
        Lang::English => prefecture.romaji.to_owned(),
        Lang::Japanese | Lang::Easy => with_reading(prefecture.short(), prefecture.short_kana()),
    }
}
