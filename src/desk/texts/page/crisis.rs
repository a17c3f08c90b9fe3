//! 緊急のお知らせ: from the board in three presses, this page being the first, its words the second, readers the third.

use domain::content::draft::Act;
use domain::staff::Needs;
use ui::component::button;
use ui::i18n::{Key, say};
use ui::node::{Content, El, el};

use super::screen::{desk_of, told};
use super::words::listed;
use crate::page::words::trouble;
use crate::page::{loading, small, title};
use crate::state::Fetched;
use crate::texts::state::Desk;

pub fn crisis(desk: Desk) -> Content {
    desk.texts.open_crisis();
    let body = move || -> Content {
        let chosen = desk.texts.form.with(|form| form.from_template || form.id.is_some());
        match desk.texts.list.get() {
            _ if chosen => {
                Content::Many(vec![small(say(Key::DeskPubCrisisWords)).into(), ready(desk).into()])
            }
            Fetched::NotYet => loading().into(),
            Fetched::Failed(why) => trouble(&why).into(),
            Fetched::There(_) => templates(desk).into(),
        }
    };
    Content::Many(vec![
        el("div").class("dk-head").put(title(say(Key::DeskPubCrisis))).into(),
        told(desk),
        el("div").put_live(body).into(),
    ])
}

fn templates(desk: Desk) -> El {
    let mut list = el("div").class("dk-actions").set("data-testid", "templates");
    for (at, words) in listed(Key::DeskPubTemplates).into_iter().enumerate() {
        let take = button("line", words, move || desk.texts.take_template(at));
        list = list.put(take.set("data-testid", &["template-", &at.to_string()].concat()));
    }
    el("div").put(small(say(Key::DeskPubTemplatesWords))).put(list)
}

/// The button stands above the words: they are good as they are.
fn ready(desk: Desk) -> El {
    let go = move || -> El {
        let lead = desk.session.may(Needs::Lead);
        let (words, testid) =
            if lead { (Key::DeskPubCrisisPublish, "act-publish") } else { (Key::DeskPubSave, "save-text") };
        button("primary", say(words), move || {
            if lead {
                desk.texts.step(Act::Publish, None);
            } else {
                desk.texts.save();
            }
        })
        .set("data-testid", testid)
        .live("disabled", move || desk.texts.busy.get().then_some("".into()))
    };
    el("div").put(el("div").class("dk-actions").put_live(go)).put(desk_of(desk))
}
