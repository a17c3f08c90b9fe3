//! What stays around every screen of the desk: who is here, where she can go, and the way out.

use domain::staff::Needs;
use ui::component::{IconName, Tone, button, icon, notice};
use ui::i18n::{Key, language, plain, say};
use ui::live::Live;
use ui::node::{Content, El, el};

use super::veil;
use crate::icon::{Sign, sign};
use crate::routes::{Route, reference};
use crate::state::{Base, language};

/// A door of the rail. Another screen of the desk is one more line here.
struct Door {
    sign: Sign,
    word: Key,
    to: Route,
    needs: Needs,
    /// Which addresses lie behind it.
    holds: fn(&Route) -> bool,
}

const DOORS: [Door; 11] = [
    Door {
        sign: Sign::Today,
        word: Key::DeskDoorToday,
        to: Route::HOME,
        needs: Needs::Team,
        holds: |route| matches!(route, Route::Board(..) | Route::Record(_)),
    },
    Door {
        sign: Sign::Call,
        word: Key::DeskDoorCall,
        to: Route::Call,
        needs: Needs::Team,
        holds: |route| matches!(route, Route::Call),
    },
    Door {
        sign: Sign::Hours,
        word: Key::DeskDoorAvailability,
        to: Route::Availability,
        needs: Needs::Team,
        holds: |route| matches!(route, Route::Availability),
    },
    Door {
        sign: Sign::Facts,
        word: Key::DeskFactsDoor,
        to: Route::Facts,
        needs: Needs::Team,
        holds: |route| matches!(route, Route::Facts),
    },
    Door {
        sign: Sign::Texts,
        word: Key::DeskPubTitle,
        to: Route::Texts,
        needs: Needs::Team,
        holds: Route::is_of_texts,
    },
    Door {
        sign: Sign::Sheet,
        word: Key::DeskDoorSheet,
        to: Route::Sheet(None),
        needs: Needs::Team,
        holds: |route| matches!(route, Route::Sheet(_)),
    },
    Door {
        sign: Sign::Calls,
        word: Key::DeskOpsCallsDoor,
        to: Route::Calls(None),
        needs: Needs::Team,
        holds: |route| matches!(route, Route::Calls(_)),
    },
    Door {
        sign: Sign::Figures,
        word: Key::DeskRepDoor,
        to: Route::Reports,
        needs: Needs::Session,
        holds: |route| matches!(route, Route::Reports),
    },
    Door {
        sign: Sign::Found,
        word: Key::DeskFoundDoor,
        to: Route::Found,
        needs: Needs::Session,
        holds: |route| matches!(route, Route::Found),
    },
    Door {
        sign: Sign::People,
        word: Key::DeskDoorColleagues,
        to: Route::Colleagues,
        needs: Needs::Session,
        holds: |route| matches!(route, Route::Colleagues),
    },
    Door {
        sign: Sign::Settings,
        word: Key::DeskOpsDoor,
        to: Route::Mails,
        needs: Needs::Lead,
        holds: |route| matches!(route, Route::Mails | Route::Retention),
    },
];

/// All words are static inside; another language makes everything anew.
pub fn frame(
    desk: Base,
    count: impl Fn(&Route) -> Option<El> + Copy + 'static,
    screen: impl Fn() -> Content + Copy + 'static,
) -> Content {
    let covered = move || desk.session.asking.with(Option::is_some) || desk.shortcuts.shown.get();
    let main = el("main").class("dk-main").id("main").set("tabindex", "-1").put_live(screen);
    let behind = el("div")
        .class("dk-frame")
        .live("inert", move || covered().then_some("".into()))
        .put(el("a").class("tn-skip").set("href", "#main").put(say(Key::SkipToMain)))
        .put(top(desk))
        .put(
            el("div")
                .class("dk-body")
                .put(rail(desk, count))
                .put(el("div").class("dk-middle").put_live(move || missing_words(desk)).put(main)),
        );
    Content::Many(vec![
        behind.into(),
        el("div").put_live(move || veil::veil(desk)).into(),
        el("div").put_live(move || veil::shortcuts(desk)).into(),
    ])
}

fn missing_words(desk: Base) -> Content {
    let missing = desk.language.missing.get();
    if missing { notice(Tone::Warning, say(Key::DeskLanguageMissing)).into() } else { Content::Nothing }
}

fn top(desk: Base) -> El {
    let brand = el("a")
        .class("dk-top__brand")
        .set("href", &Route::HOME.href())
        .put(icon(IconName::Doors))
        .put(el("span").put(say(Key::DeskName)));
    let team = move || -> Content {
        let place = desk.session.me().and_then(|me| me.association);
        let name = place.map_or_else(|| plain(Key::DeskFederation), |place| place.team.unwrap_or(place.name));
        el("span").class("dk-top__team").set("data-testid", "team").put(name).into()
    };
    let name = move || -> Content { desk.session.me().map(|me| me.member.name).unwrap_or_default().into() };
    let me = el("a")
        .class("dk-top__me")
        .set("href", &Route::Passkeys.href())
        .set("data-testid", "me")
        .put(sign(Sign::Key))
        .put(el("span").put_live(name));
    let out = el("button")
        .class("dk-top__out")
        .set("type", "button")
        .set("data-testid", "sign-out")
        .put(say(Key::DeskSignOut))
        .on_click(move || desk.session.sign_out());
    let who = el("div").class("dk-top__who").put(languages(desk)).put(me).put(out);
    el("header")
        .class("dk-top")
        .put(brand)
        .put(el("div").put_live(team))
        .put(
            el("div")
                .class("dk-top__search")
                .put_live(move || desk.session.may(Needs::Team).then(|| search(desk))),
        )
        .put(who)
}

/// Each in its own name, so that it can be found by whoever reads no other.
pub(super) fn languages(desk: Base) -> El {
    let mut row =
        el("div").class("dk-languages").set("role", "group").set("aria-label", &plain(Key::DeskLanguage));
    for lang in language::ALL {
        let here = language() == lang;
        row = row.put(
            el("button")
                .class("dk-languages__one")
                .set("type", "button")
                .set("lang", lang.html())
                .set("aria-pressed", if here { "true" } else { "false" })
                .set("data-testid", &["lang-", lang.tag()].concat())
                .put(lang.own_name())
                .on_click(move || desk.language.choose(lang)),
        );
    }
    row
}

fn rail(desk: Base, count: impl Fn(&Route) -> Option<El> + Copy + 'static) -> El {
    let doors = move || -> Vec<El> {
        let open = DOORS.iter().filter(|door| desk.session.may(door.needs));
        open.map(|door| one_door(desk, door).put_live(move || count(&door.to)))
            .map(|way| el("li").put(way))
            .collect()
    };
    let help = button("text", say(Key::DeskShortcuts), move || desk.shortcuts.shown.set(true))
        .class("dk-rail__help")
        .set("data-testid", "shortcuts");
    el("nav")
        .class("dk-rail")
        .set("aria-label", &plain(Key::DeskDoors))
        .put(el("ul").class("dk-rail__list").put_live(doors))
        .put(help)
}

fn one_door(desk: Base, door: &'static Door) -> El {
    el("a")
        .class("dk-rail__link")
        .set("href", &door.to.href())
        .live("aria-current", move || desk.routing.route.with(door.holds).then_some("page".into()))
        .put(sign(door.sign))
        .put(el("span").put(say(door.word)))
}

/// A number that was typed, read out, or came from a scanner, which types it and presses Enter.
fn search(desk: Base) -> El {
    let typed = Live::new(String::new());
    let wrong = Live::new(false);
    let find = move || match reference(&typed.now()) {
        Some(number) => {
            wrong.settle(false);
            desk.routing.go(&Route::Record(number));
        }
        None => wrong.set(true),
    };
    let field = el("input")
        .class("dk-search__field")
        .id("search")
        .set("type", "search")
        .set("autocomplete", "off")
        .set("maxlength", "200")
        .set("aria-label", &plain(Key::DeskSearch))
        .set("placeholder", &plain(Key::DeskSearch))
        .set("aria-describedby", "search-wrong")
        .on_input(move |text| {
            wrong.settle(false);
            typed.take_quietly(|typed| *typed = text);
        });
    let said = move || -> Content {
        if wrong.get() {
            el("span").class("dk-search__wrong").put(say(Key::DeskSearchWrong)).into()
        } else {
            Content::Nothing
        }
    };
    el("form")
        .class("dk-search")
        .set("role", "search")
        .instead("submit", find)
        .put(icon(IconName::Search))
        .put(field)
        .put(el("span").id("search-wrong").set("role", "status").put_live(said))
}
