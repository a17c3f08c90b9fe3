//! チームをつくる: how others began, what to settle first, and how many people and times it takes. To be printed and taken
//! to whoever decides.

mod calculator;
mod rota;

use domain::api::desk::report::{Founded, Founding, Said};
use domain::fact::AsOf;
use ui::component::{Tone, notice, tick};
use ui::format;
use ui::i18n::{Key, say, say_with};
use ui::node::{Content, El, el};

use super::reports::print;
use super::words::trouble;
use super::{link_button, loading, section, small, title};
use crate::state::Fetched;
use crate::state::found::Found;

const CHECKS: [Key; 10] = [
    Key::DeskFoundCheck1,
    Key::DeskFoundCheck2,
    Key::DeskFoundCheck3,
    Key::DeskFoundCheck4,
    Key::DeskFoundCheck5,
    Key::DeskFoundCheck6,
    Key::DeskFoundCheck7,
    Key::DeskFoundCheck8,
    Key::DeskFoundCheck9,
    Key::DeskFoundCheck10,
];

pub fn found(found: Found) -> Content {
    found.open();
    let told = move || -> Content {
        match found.founding.get() {
            Fetched::NotYet => loading().into(),
            Fetched::There(founding) => timeline(&founding),
            Fetched::Failed(why) => trouble(&why).into(),
        }
    };
    let without = move || {
        let is_one =
            found.founding.with(|founding| matches!(founding, Fetched::There(all) if all.own_is_without));
        is_one.then(|| notice(Tone::Plain, say(Key::DeskFoundWithout)).set("data-testid", "without"))
    };
    Content::Many(vec![
        el("div").class("dk-head").put(title(say(Key::DeskFoundTitle))).put(print()).into(),
        small(say(Key::DeskFoundLead)).into(),
        el("div").put_live(without).into(),
        section("timeline", say(Key::DeskFoundTimeline))
            .put(small(say(Key::DeskFoundTimelineWords)))
            .put(el("div").put_live(told))
            .into(),
        checklist(found).into(),
        calculator::calculator(found).into(),
        rota::rota(found).into(),
        widget(found).into(),
        try_it().into(),
    ])
}

fn timeline(founding: &Founding) -> Content {
    let teams: Vec<El> = founding.teams.iter().map(team).collect();
    Content::Many(vec![
        el("ol").class("dk-found__teams").set("data-testid", "teams").put(teams).into(),
        small(say_with(Key::DeskFoundOthers, &[("n", &founding.without.to_string())])).into(),
    ])
}

fn team(team: &Founded) -> El {
    let name = match &team.name {
        Some(name) => name.value.clone().into(),
        None => say(Key::DeskFoundNameUnknown),
    };
    let year = match &team.year {
        Some(year) => say_with(Key::DeskFoundYear, &[("year", &year.value)]),
        None => say(Key::DeskFoundYearUnknown),
    };
    let first = team.first.as_ref().map(|_| el("li").put(say(Key::DeskFoundFirst)));
    let as_of = team.listed.as_of.clone().map(|text| format::as_of(&AsOf(text))).unwrap_or_default();
    let facts = el("ul")
        .class("dk-found__facts")
        .put(first)
        .put(el("li").put(year))
        .put(el("li").put(say_with(Key::DeskFoundListed, &[("when", &as_of)])));
    el("li")
        .class("dk-found__team")
        .put(el("strong").put(team.association.clone()))
        .put(el("span").class("dk-found__name").put(name))
        .put(facts)
        .put(sources(team))
}

/// Each once.
fn sources(team: &Founded) -> El {
    let facts = [Some(&team.listed), team.name.as_ref(), team.first.as_ref(), team.year.as_ref()];
    let mut told: Vec<&Said> = Vec::new();
    for fact in facts.into_iter().flatten() {
        if told.iter().all(|one| one.source != fact.source) {
            told.push(fact);
        }
    }
    let lines: Vec<El> = told
        .iter()
        .map(|fact| {
            let words = say_with(Key::DeskFoundSource, &[("source", &fact.source)]);
            match &fact.url {
                Some(url) => el("li").put(el("a").set("href", url).set("rel", "noreferrer").put(words)),
                None => el("li").put(words),
            }
        })
        .collect();
    el("ul").class("dk-found__sources").put(lines)
}

fn checklist(found: Found) -> El {
    let ticks = found.ticks.now();
    let lines: Vec<El> = CHECKS
        .into_iter()
        .zip(0..)
        .map(|(words, at): (Key, u32)| {
            let testid = ["check-", &(at + 1).to_string()].concat();
            el("li").put(tick(&testid, say(words), ticks & 1 << at != 0, move |on| found.tick(at, on)))
        })
        .collect();
    let done = move || {
        let n = found.ticks.get().count_ones().to_string();
        say_with(Key::DeskFoundDone, &[("n", &n), ("of", &CHECKS.len().to_string())])
    };
    section("checklist", say(Key::DeskFoundChecklist))
        .put(small(say(Key::DeskFoundChecklistWords)))
        .put(el("ul").class("dk-found__checks").put(lines))
        .put(el("p").class("dk-small").set("role", "status").set("data-testid", "ticked").put_live(done))
}

fn widget(found: Found) -> El {
    let own = found.session.me_now().and_then(|me| me.association);
    let team = own.map(|own| ["?team=", own.id.as_str()].concat()).unwrap_or_default();
    let link = link_button("line", &["/embed/generator", &team].concat(), say(Key::DeskFoundWidgetOpen))
        .set("data-testid", "widget-link");
    section("widget", say(Key::DeskFoundWidget))
        .put(el("p").class("dk-lead").put(say(Key::DeskFoundWidgetWords)))
        .put(el("div").class("dk-actions dk-no-print").put(link))
}

fn try_it() -> El {
    section("try", say(Key::DeskFoundTry)).put(el("p").class("dk-lead").put(say(Key::DeskFoundTryWords))).put(
        el("pre").class("dk-found__command").set("tabindex", "0").put(el("code").put("tonari serve --demo")),
    )
}
