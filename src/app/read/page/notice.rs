//! One notice: for whom, until when, whom to call.

use domain::calendar::JstTime;
use domain::content::{Item, ItemId, Notice, Severity, ShelfName};
use domain::place::prefecture::Prefecture;
use ui::component::{call, outside, rich_text};
use ui::format;
use ui::i18n::{Key, Lang, language, ruby, say, say_with};
use ui::node::{Content, El, el};

use super::article::back;
use super::sources::sources;
use super::{actions, fictional, japanese_only, paragraph, spoken, title, without};
use crate::read::state::Reading;

pub fn notice(reading: Reading, id: ItemId) -> El {
    el("div").put_live(move || {
        let now = reading.now.get();
        reading.shelves.notices.with(|standing| {
            match standing.item(id.as_str()).filter(|item| item.is_current(now)) {
                Some(Item::Notice(notice)) => whole(standing.item(id.as_str()), notice),
                _ if standing.opened.is_none() => Content::Many(vec![
                    title(say(Key::ReadTitleNotice)).into(),
                    without(reading, ShelfName::Notices, standing),
                ]),
                _ => Content::Many(vec![
                    title(say(Key::ReadTitleNotice)).into(),
                    paragraph(say(Key::NoticeOver)).set("data-testid", "gone").into(),
                    back().into(),
                ]),
            }
        })
    })
}

fn whole(item: Option<&Item>, notice: &Notice) -> Content {
    let head = &notice.head;
    let (text, lang) = spoken(&head.texts);
    let tone = match notice.severity {
        Severity::Information => "information",
        Severity::Warning => "warning",
        Severity::Crisis => "crisis",
    };
    let last = format::day(JstTime::from_unix_seconds(notice.to - 1).date);
    let ways = actions(notice.phone.as_ref().map(|phone| call(phone))).put(
        notice
            .link
            .as_ref()
            .map(|link| outside(link, say(Key::ActionSite)).class("tn-button").set("data-kind", "line")),
    );
    let body = el("article")
        .class("tn-reading__whole")
        .set("data-severity", tone)
        .set("data-testid", "notice-page")
        .put(el("p").class("tn-page__badges").put(item.and_then(fictional)))
        .put(title(ruby(text.title.clone())).set("lang", lang))
        .put(el("p").class("tn-reading__lead").set("lang", lang).put(ruby(text.summary.clone())))
        .put(paragraph(Content::Many(vec![
            say(Key::NoticeFor),
            "： ".into(),
            areas(notice).into(),
            " · ".into(),
            say_with(Key::NoticeUntil, &[("date", &last)]),
        ])))
        .put(japanese_only(&head.texts))
        .put(ways)
        .put(rich_text(&text.body).set("lang", lang))
        .put(sources(head));
    Content::Many(vec![body.into(), back().into()])
}

fn areas(notice: &Notice) -> String {
    if notice.areas.is_empty() {
        return ui::i18n::plain(Key::ReadEverywhere);
    }
    let mut names: Vec<&str> = Vec::new();
    for area in &notice.areas {
        let prefecture = Prefecture::of(area.prefecture());
        let name = if language() == Lang::English { prefecture.romaji } else { prefecture.name };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(if language() == Lang::English { ", " } else { "、" })
}
