//! A team's own calendar or feed: what is in it, what it lacks, what was left out and why. Nothing of it is published here.

use domain::api::desk::elsewhere::{Addresses, Found, LastLook, LeftOut, Looked, Remembered};
use ui::component::{Tone, button, group, notice, pick, tick};
use ui::i18n::{Key, plain, plain_with, say, say_with};
use ui::node::{Content, El, el};

use super::words::{coded, sorts};
use crate::page::words::{trouble, when};
use crate::page::{link_button, loading, section, small, title};
use crate::routes::Route;
use crate::state::Fetched;
use crate::texts::state::Desk;
use crate::texts::state::elsewhere::Told;

/// In the order of their words.
const REFUSALS: [&str; 16] = [
    "not_an_address",
    "credentials",
    "port",
    "private",
    "unprotected",
    "no_such_name",
    "untrusted",
    "redirects",
    "too_slow",
    "too_large",
    "status",
    "other_kind",
    "unreachable",
    "broken",
    "too_soon",
    "too_many",
];
const LACKS: [&str; 6] = ["title", "times", "end", "clock", "place", "form"];
const WHYS: [&str; 8] = ["past", "far_away", "cancelled", "private", "rule", "date", "twice", "too_many"];

pub fn imports(desk: Desk) -> Content {
    desk.imports.open();
    Content::Many(vec![
        head(Key::DeskImpTitle).into(),
        small(say(Key::DeskImpLead)).into(),
        el("div")
            .id("told")
            .set("tabindex", "-1")
            .set("aria-live", "polite")
            .put_live(move || desk.imports.told.with(Option::clone).map(|what| told(&what)))
            .into(),
        el("div").put_live(move || form(desk)).into(),
        el("div").set("data-testid", "looked").put_live(move || looked(desk)).into(),
        el("div").put_live(move || remembered(desk)).into(),
    ])
}

pub fn head(words: Key) -> El {
    let back = link_button("line", &Route::Texts.href(), say(Key::DeskPubBack));
    el("div").class("dk-head").put(title(say(words))).put(el("div").class("dk-head__ways").put(back))
}

pub fn told(what: &Told) -> El {
    match what {
        Told::Begun(0) => notice(Tone::Plain, say(Key::DeskImpNoneBegun)).set("data-testid", "begun"),
        Told::Begun(n) => {
            let way = el("a").set("href", &Route::Texts.href()).put(say(Key::DeskPubBack));
            let words = say_with(Key::DeskImpBegun, &[("n", &n.to_string())]);
            notice(Tone::Good, el("p").put(words).put(" ").put(way)).set("data-testid", "begun")
        }
        Told::Trouble(why) => trouble(why),
    }
}

/// The word for a code of a list.
fn word(codes: &'static [&'static str], words: Key, code: &str) -> String {
    let all = coded(codes, words);
    all.into_iter()
        .find(|(one, _)| *one == code)
        .map_or_else(|| plain(Key::DeskPubWrongOther), |(_, word)| word)
}

fn form(desk: Desk) -> El {
    let _ = desk.imports.shape.get();
    let at = desk.imports.at.now();
    let busy = move || desk.imports.busy.get().then_some("".into());
    let wrong = move || desk.imports.wrong.with(|wrong| wrong.as_ref().map(|wrong| wrong.code.clone()));
    let said =
        move || wrong().map_or(Content::Nothing, |code| word(&REFUSALS, Key::DeskImpRefusals, &code).into());
    let input = el("input")
        .class("tn-field__input")
        .id("address")
        .set("type", "url")
        .set("maxlength", "300")
        .set("autocomplete", "off")
        .set("value", &at.address)
        .set("aria-describedby", "address-hint address-error")
        .live("aria-invalid", move || wrong().is_some().then_some("true".into()))
        .on_input(move |text| desk.imports.write(&text));
    let field = el("div")
        .class("tn-field")
        .put(el("label").class("tn-field__label").set("for", "address").put(say(Key::DeskImpAddress)))
        .put(el("p").class("tn-field__hint").id("address-hint").put(say(Key::DeskImpAddressHint)))
        .put(el("p").class("tn-field__error").id("address-error").set("role", "alert").put_live(said))
        .put(input);
    let picks = sorts().into_iter().map(|(code, words)| {
        pick("sort", code, words.into(), at.sort == code, move || desk.imports.choose_sort(code))
    });
    let sort = el("div").class("dk-chips").put(group(say(Key::DeskImpSort), None, picks.collect()));
    let look = button("primary", say(Key::DeskImpLook), || {})
        .set("type", "submit")
        .set("data-testid", "look")
        .live("disabled", busy);
    el("form")
        .set("novalidate", "")
        .instead("submit", move || desk.imports.look())
        .put(field)
        .put(sort)
        .put(el("div").class("dk-actions").put(look))
}

fn looked(desk: Desk) -> Content {
    match desk.imports.looked.get() {
        None => Content::Nothing,
        Some(Fetched::NotYet) => loading().put(" ").put(say(Key::DeskImpLooking)).into(),
        Some(Fetched::Failed(why)) => trouble(&why).into(),
        Some(Fetched::There(looked)) => found(desk, &looked).into(),
    }
}

fn found(desk: Desk, looked: &Looked) -> El {
    let before = looked.as_before.then(|| small(say(Key::DeskImpAsBefore)));
    let block = section("found", say(Key::DeskImpFound)).put(before);
    let block = if looked.events.is_empty() {
        block.put(el("p").class("dk-empty").put(say(Key::DeskImpNoneFound)))
    } else {
        let rows: Vec<El> = looked.events.iter().map(|one| row(desk, one)).collect();
        block
            .put(el("ul").class("dk-texts").put(rows))
            .put(el("div").class("dk-actions").put_live(move || take(desk)))
    };
    el("div").put(block).put((!looked.left_out.is_empty()).then(|| left_out(&looked.left_out)))
}

fn take(desk: Desk) -> Option<El> {
    let n = desk.imports.chosen.with(Vec::len);
    (n > 0).then(|| {
        button("primary", say_with(Key::DeskImpTake, &[("n", &n.to_string())]), move || desk.imports.take())
            .set("data-testid", "take")
            .live("disabled", move || desk.imports.busy.get().then_some("".into()))
    })
}

fn row(desk: Desk, one: &Found) -> El {
    let name = if one.title.is_empty() { plain(Key::DeskPubUntitled) } else { one.title.clone() };
    let first = match one.draft {
        Some(id) => el("a").class("dk-texts__title").set("href", &Route::Text(id).href()).put(name),
        None => {
            let key = one.key.clone();
            let chosen = desk.imports.chosen.peek(|chosen| chosen.contains(&key));
            tick(&["take-", &key].concat(), name.into(), chosen, move |on| desk.imports.choose(&key, on))
        }
    };
    let time = one.starts.as_ref().map(|starts| from_to(starts, one.ends.as_deref()));
    let lacks: Vec<String> = one.lacks.iter().map(|code| word(&LACKS, Key::DeskImpLackList, code)).collect();
    let lacks = (!lacks.is_empty() && one.draft.is_none())
        .then(|| el("p").class("dk-small").put(say_with(Key::DeskImpLacks, &[("what", &lacks.join("・"))])));
    let about = el("p")
        .class("dk-row__about")
        .put(time.map(|time| el("span").put(time)))
        .put(one.place.clone().map(|place| el("span").put(place)))
        .put(
            one.draft
                .map(|_| el("span").class("dk-state").set("data-tone", "good").put(say(Key::DeskImpIsDraft))),
        );
    el("li").class("dk-texts__one").set("data-testid", "found").put(first).put(about).put(lacks)
}

/// On one day its end is a clock alone.
fn from_to(starts: &str, ends: Option<&str>) -> String {
    let day = starts.split('T').next().unwrap_or_default();
    let end = ends.map(|ends| ends.strip_prefix(day).map_or(ends, |clock| clock.trim_start_matches('T')));
    let whole = match end {
        Some(end) => [starts, "–", end].concat(),
        None => starts.to_owned(),
    };
    whole.replace('T', " ")
}

/// Folded away: nobody has to do anything about it.
fn left_out(all: &[LeftOut]) -> El {
    let rows: Vec<El> = all
        .iter()
        .map(|one| el("li").put([&*one.title, "： ", &word(&WHYS, Key::DeskImpWhys, &one.why)].concat()))
        .collect();
    let words = plain_with(Key::DeskImpLeftOut, &[("n", &all.len().to_string())]);
    el("details")
        .class("dk-more")
        .set("data-testid", "left-out")
        .put(el("summary").class("dk-more__summary").put(words))
        .put(el("ul").class("dk-plain").put(rows))
}

fn remembered(desk: Desk) -> Content {
    match desk.imports.addresses.get() {
        Fetched::NotYet => loading().into(),
        Fetched::Failed(why) => trouble(&why).into(),
        Fetched::There(all) => addresses(desk, &all).into(),
    }
}

fn addresses(desk: Desk, all: &Addresses) -> El {
    let block = section("remembered", say(Key::DeskImpRemembered));
    if all.addresses.is_empty() {
        return block.put(el("p").class("dk-empty").put(say(Key::DeskImpNone)));
    }
    let rows: Vec<El> = all.addresses.iter().map(|one| address(desk, one)).collect();
    let words = say_with(Key::DeskImpMost, &[("n", &all.most.to_string())]);
    block.put(small(words)).put(el("ul").class("dk-texts").put(rows))
}

fn address(desk: Desk, one: &Remembered) -> El {
    let result = match &one.result {
        LastLook::Found { events, left_out } => {
            plain_with(Key::DeskImpResult, &[("n", &events.to_string()), ("m", &left_out.to_string())])
        }
        LastLook::Refused(code) => word(&REFUSALS, Key::DeskImpRefusals, code),
    };
    let sort = sorts().into_iter().find(|(code, _)| *code == one.sort).map(|(_, word)| el("span").put(word));
    let (again, gone) = (one.clone(), one.address.clone());
    let name = |words: Key| [&*plain(words), " ", &one.address].concat();
    let ways = el("div")
        .class("dk-actions")
        .put(
            button("line", say(Key::DeskImpAgain), move || desk.imports.look_again(&again))
                .set("data-size", "content")
                .set("data-testid", "again")
                .set("aria-label", &name(Key::DeskImpAgain)),
        )
        .put(
            button("text", say(Key::DeskImpForget), move || desk.imports.forget(gone.clone()))
                .set("data-size", "content")
                .set("data-testid", "forget")
                .set("aria-label", &name(Key::DeskImpForget)),
        );
    el("li")
        .class("dk-texts__one")
        .set("data-testid", "remembered-address")
        .put(el("p").class("dk-texts__title").put(one.address.clone()))
        .put(
            el("p")
                .class("dk-row__about")
                .put(el("span").put(when(&one.at)))
                .put(sort)
                .put(el("span").put(result)),
        )
        .put(ways)
}

#[cfg(test)]
mod tests {
    use domain::content::EventSort;

    use super::super::words::listed;
    use super::*;

    // A calendar was refused for its certificate, and the screen said it was too large.
    #[test]
    fn every_code_has_its_word() {
        ui::i18n::open(&ui::i18n::DESK);
        ui::i18n::open(&ui::i18n::DESK_TEXTS);
        for (codes, words) in
            [(&REFUSALS[..], Key::DeskImpRefusals), (&LACKS, Key::DeskImpLackList), (&WHYS, Key::DeskImpWhys)]
        {
            assert_eq!(listed(words).len(), codes.len(), "{words:?}");
        }
        assert_eq!(sorts().len(), EventSort::ALL.len());
        assert!(word(&REFUSALS, Key::DeskImpRefusals, "too_many").contains('消'));
    }

    #[test]
    fn an_event_of_one_day_names_that_day_once() {
        assert_eq!(from_to("2026-12-07T13:30", Some("2026-12-07T15:30")), "2026-12-07 13:30–15:30");
        assert_eq!(
            from_to("2026-12-07T13:30", Some("2026-12-08T15:30")),
            "2026-12-07 13:30–2026-12-08 15:30"
        );
        assert_eq!(from_to("2026-12-07T13:30", None), "2026-12-07 13:30");
    }
}
