//! One text: how it stands and the next step, the form or the text, what was said, what was before.

use domain::api::desk::publish::DraftRecord;
use domain::content::draft::{Act, Kind};
use ui::component::{Tone, button, notice};
use ui::i18n::{Key, plain_with, say, say_with};
use ui::node::{Content, El, el};

use super::words::{act_key, code_key, done_key, field_key, kind_word, standing};
use super::{form, past, preview, talk};
use crate::page::words::trouble;
use crate::page::{errors_at, link_button, loading, small, title};
use crate::routes::Route;
use crate::state::{Fetched, Trouble};
use crate::texts::state::Desk;
use crate::texts::state::texts::Told;

pub fn new_text(desk: Desk, kind: Kind) -> Content {
    desk.texts.open_new(kind);
    Content::Many(vec![
        head(plain_with(Key::DeskPubNew, &[("kind", &kind_word(kind))])).into(),
        told(desk),
        desk_of(desk).into(),
        bar(desk).into(),
    ])
}

/// What is drawn as long as this stays: news about the text leave its form alone.
#[derive(Clone, PartialEq)]
enum Stand {
    NotYet,
    There(Kind),
    Failed(Trouble),
}

pub fn text(desk: Desk, id: i64) -> Content {
    desk.texts.open(id);
    let stand = move || {
        vec![desk.texts.shown.with(|shown| match shown {
            None | Some(Fetched::NotYet) => Stand::NotYet,
            Some(Fetched::There(record)) => Stand::There(record.card.kind),
            Some(Fetched::Failed(why)) => Stand::Failed(why.clone()),
        })]
    };
    let drawn = move |stand: &Stand| match stand {
        Stand::NotYet => el("div").put(head(kind_free())).put(loading()),
        Stand::There(kind) => whole(desk, *kind),
        Stand::Failed(why) => {
            let again = button("line", say(Key::DeskAgain), move || desk.texts.open(id));
            el("div").put(head(kind_free())).put(trouble(why)).put(el("div").class("dk-actions").put(again))
        }
    };
    el("div").put_each(stand, drawn).into()
}

fn kind_free() -> String {
    ui::i18n::plain(Key::DeskPubTitle)
}

fn head(words: String) -> El {
    el("div").class("dk-head").put(title(words)).put(el("div").class("dk-head__ways").put(link_button(
        "line",
        &Route::Texts.href(),
        say(Key::DeskPubBack),
    )))
}

fn whole(desk: Desk, kind: Kind) -> El {
    let below = move || -> Content {
        let Some(record) = desk.texts.record() else { return Content::Nothing };
        let past = record.is_own.then(|| past::past(desk, &record));
        Content::Many(vec![talk::talk(desk, &record).into(), past.into()])
    };
    el("div")
        .put(head(kind_word(kind)))
        .put(el("div").put_live(move || desk.texts.record().map(|record| stands(&record))))
        .put(told(desk))
        .put(el("div").put_live(move || aside(desk)))
        .put(desk_of(desk))
        .put(bar(desk))
        .put(el("div").put_live(below))
}

fn stands(record: &DraftRecord) -> El {
    let by = el("span").put(say_with(Key::DeskPubBy, &[("name", &record.card.by)]));
    let number = el("span").put(say_with(Key::DeskPubNumber, &[("n", &record.card.revision.to_string())]));
    let public = record.card.public.as_ref().map(|href| {
        // Another app of ours: the desk's router leaves it alone.
        el("a").set("href", href).set("data-testid", "public").put(say(Key::DeskPubSee))
    });
    let of = (!record.is_own)
        .then(|| small(say_with(Key::DeskPubOfOthers, &[("name", &record.association.name)])));
    el("div")
        .put(el("p").class("dk-row__about").put(standing(&record.card)).put(by).put(number).put(public))
        .put(of)
}

pub fn told(desk: Desk) -> Content {
    let words = move || -> Content {
        match desk.texts.told.get() {
            None => Content::Nothing,
            Some(Told::Saved) => {
                notice(Tone::Good, say(Key::DeskPubSaved)).set("data-testid", "saved").into()
            }
            Some(Told::Did(act)) => notice(Tone::Good, say(done_key(act))).set("data-testid", "did").into(),
            Some(Told::Pictured) => {
                notice(Tone::Good, say(Key::DeskPicAdded)).set("data-testid", "pictured").into()
            }
            Some(Told::Commented) => notice(Tone::Good, say(Key::DeskPubDidComment)).into(),
            Some(Told::Changed) => {
                notice(Tone::Warning, say(Key::DeskPubChanged)).set("data-testid", "changed").into()
            }
            Some(Told::Wrong) => {
                let wrong = desk.texts.wrong.get().into_iter().map(|wrong| {
                    let (field, what) =
                        (ui::i18n::plain(field_key(&wrong.field)), ui::i18n::plain(code_key(&wrong.code)));
                    (wrong.field, [&*field, "： ", &what].concat().into())
                });
                errors_at(wrong).into()
            }
            Some(Told::Trouble(why)) => trouble(&why).into(),
        }
    };
    el("div").id("told").set("tabindex", "-1").set("aria-live", "polite").put_live(words).into()
}

/// Two wrote at once: she decides, and nothing of either is lost.
fn aside(desk: Desk) -> Content {
    let act = |words: Key, testid: &str, act: Box<dyn Fn()>| {
        button("line", say(words), act).set("data-testid", testid)
    };
    if desk.texts.meanwhile.get() {
        let see = act(Key::DeskHoursSeeTheirs, "see-theirs", Box::new(move || desk.texts.see_theirs()));
        let keep = act(Key::DeskHoursKeepMine, "keep-mine", Box::new(move || desk.texts.keep_mine()));
        let words = el("div")
            .put(el("p").put(say(Key::DeskPubMeanwhile)))
            .put(el("div").class("dk-actions").put(see).put(keep));
        return notice(Tone::Warning, words).set("data-testid", "meanwhile").into();
    }
    if !desk.texts.form.with(crate::texts::state::form::Form::has_aside) {
        return Content::Nothing;
    }
    let back = act(Key::DeskHoursTakeBack, "take-back", Box::new(move || desk.texts.end_aside(true)));
    let drop = act(Key::DeskHoursDropAside, "drop-aside", Box::new(move || desk.texts.end_aside(false)));
    let words = el("div")
        .put(el("p").put(say(Key::DeskHoursAside)))
        .put(el("div").class("dk-actions").put(back).put(drop));
    notice(Tone::Plain, words).into()
}

/// The form where she writes, and always the phone.
pub fn desk_of(desk: Desk) -> El {
    let left = move || desk.texts.editing.get().then(|| form::form(desk));
    el("div").class("dk-text").put(el("div").put_live(left)).put(preview::preview(desk))
}

/// What can be done now, and nothing else; what cannot be undone asks once more.
pub fn bar(desk: Desk) -> El {
    let busy = move || desk.texts.busy.get().then_some("".into());
    let acts = move || -> Content {
        let record = desk.texts.record();
        let editing = desk.texts.editing.get();
        let waits = desk.texts.meanwhile.get();
        let mut ways: Vec<Content> = Vec::new();
        for act in record.iter().flat_map(|record| record.acts.clone()) {
            // Words that are not saved yet are not reviewed by a slip.
            let ready =
                !waits && (!editing || matches!(act, Act::Send | Act::Publish | Act::Withdraw | Act::Remove));
            if ready {
                ways.push(one_act(desk, act, record.as_ref().map_or(0, |record| record.card.id)).into());
            }
        }
        if record.as_ref().is_some_and(|record| record.may_write) && !editing {
            let edit = button("line", say(Key::DeskPubEdit), move || desk.texts.editing.set(true));
            ways.push(edit.set("data-testid", "edit").into());
        }
        Content::Many(ways)
    };
    let save = move || -> Content {
        if !desk.texts.editing.get() {
            return Content::Nothing;
        }
        let unsaved = desk.texts.is_changed();
        let save = button("line", say(Key::DeskPubSave), move || desk.texts.save())
            .set("data-testid", "save-text")
            .live("disabled", busy);
        let state = unsaved.then(|| small(say(Key::DeskPubUnsaved)));
        el("div").class("dk-hours__save").put(save).put(state).into()
    };
    el("div")
        .class("dk-hours__bar dk-text__bar")
        .put(el("div").put_live(save))
        .put(el("div").class("dk-actions").put_live(acts))
}

fn one_act(desk: Desk, act: Act, id: i64) -> El {
    let words = say(act_key(act));
    let testid = ["act-", act.code()].concat();
    match act {
        Act::Ask => el("details")
            .class("dk-more")
            .put(el("summary").class("dk-more__summary").set("data-testid", &testid).put(words))
            .put(talk::words_form(
                desk,
                ("ask", id),
                (Key::DeskPubAskWords, Key::DeskPubCommentTeam, Key::DeskPubAskSend),
                move |text| desk.texts.step(Act::Ask, Some(text)),
            )),
        Act::Withdraw | Act::Remove => {
            let hint = if act == Act::Remove { Key::DeskPubRemoveWords } else { Key::DeskPubWithdrawWords };
            let yes = go(desk, act, "danger").set("data-testid", &[&*testid, "-yes"].concat());
            el("details")
                .class("dk-more")
                .put(el("summary").class("dk-more__summary").set("data-testid", &testid).put(words))
                .put(small(say(hint)))
                .put(yes)
        }
        Act::Send | Act::Approve | Act::Share | Act::Publish => {
            go(desk, act, "primary").set("data-testid", &testid)
        }
    }
}

fn go(desk: Desk, act: Act, kind: &str) -> El {
    button(kind, say(act_key(act)), move || desk.texts.step(act, None))
        .live("disabled", move || desk.texts.busy.get().then_some("".into()))
}
