//! The answer on one screen: who may guarantee her and why, and which women's teams are near.

use domain::jurisdiction::{Basis, Who, in_charge};
use domain::place::{Candidate, MunicipalityCode, PrefectureCode};
use ui::component::{IconName, button, icon, segmented};
use ui::i18n::{Key, ruby, say, say_with};
use ui::node::{Content, El, el};

use super::answer_cards::{card, shown};
use super::answer_map::answer_map;
use super::notices::notices;
use crate::state::place_words::candidate_name;
use crate::state::{Answered, Origin, Tonari};

pub fn answer(tonari: Tonari, prefecture: PrefectureCode) -> El {
    let finding = tonari.finding;
    let due = move || finding.rest_is_due.get();
    let again = el("button")
        .class("tn-answer__again")
        .set("type", "button")
        .set("data-testid", "again")
        .put(icon(IconName::Back))
        .put(say(Key::AnswerAgain))
        .on_click(move || finding.start_again());
    let heading = el("h1")
        .class("tn-answer__title")
        .id("page-title")
        .set("tabindex", "-1")
        .set("data-testid", "answer-title")
        .put_live(move || {
            let place = candidate_name(tonari.places, finding.answered_for(prefecture).candidate);
            say_with(Key::AnswerTitle, &[("place", &place)])
        });
    let list = el("div")
        .class("tn-answer__list")
        .put(notices(tonari, Some(prefecture)))
        .put(again)
        .put(heading)
        .put(in_charge_section(tonari, prefecture))
        .put_live(move || if due() { rest(tonari, prefecture) } else { Content::Nothing });
    let map = el("div")
        .class("tn-answer__map")
        .put_live(move || due().then(|| answer_map(tonari, finding.answered_for(prefecture))).flatten());
    el("div").class("tn-answer").put(list).put(map)
}

fn in_charge_section(tonari: Tonari, prefecture: PrefectureCode) -> El {
    let own = move || shown(tonari, tonari.finding.answered_for(prefecture)).own;
    let cards = el("div")
        .class("tn-answer__cards")
        .live("aria-live", move || is_switched(tonari).then_some("polite".into()))
        .put_each(own, move |of| card(tonari, of, prefecture));
    section("in-charge")
        .put(subtitle("in-charge").put(say(Key::AnswerInCharge)))
        .put_live(move || (own().len() > 1).then(|| words(say(Key::AnswerEither))))
        .put_live(move || which_city(tonari, tonari.finding.answered_for(prefecture)))
        .put(cards)
}

/// What a switch changed is read out. Nothing is on arrival: the focus is at the heading, and all would be read twice.
fn is_switched(tonari: Tonari) -> bool {
    tonari.finding.who.get() != Who::Planned || tonari.finding.basis.get() != Basis::Business
}

fn rest(tonari: Tonari, prefecture: PrefectureCode) -> Content {
    Content::Many(vec![nearby_section(tonari, prefecture).into(), terms(tonari).into()])
}

fn nearby_section(tonari: Tonari, prefecture: PrefectureCode) -> El {
    let shown = move || shown(tonari, tonari.finding.answered_for(prefecture));
    let title = move || say(if shown().own_team { Key::AnswerOtherTeams } else { Key::AnswerNearTeams });
    let stays = move || {
        let from = measured_from(tonari.finding.answered_for(prefecture));
        words(Content::Many(vec![say(Key::AnswerGuaranteeStays), " ".into(), from]))
    };
    section("nearby").put(subtitle("nearby").put_live(title)).put_live(stays).put(
        el("div")
            .class("tn-answer__cards")
            .put_each(move || shown().near, move |of| card(tonari, of, prefecture)),
    )
}

fn section(labelled_by: &str) -> El {
    el("section").class("tn-answer__section").set("aria-labelledby", labelled_by)
}

fn subtitle(id: &str) -> El {
    el("h2").class("tn-answer__subtitle").id(id)
}

fn words(words: Content) -> El {
    el("p").class("tn-answer__words").put(words)
}

fn measured_from(answered: Answered) -> Content {
    say(match answered.origin {
        Origin::Position(_) => Key::AnswerFromPosition,
        Origin::Municipality => Key::AnswerFromMunicipality,
        Origin::Prefecture => Key::AnswerFromCapital,
    })
}

/// Where a prefecture has city associations and only the prefecture is known, the question that settles it.
fn which_city(tonari: Tonari, answered: Answered) -> Content {
    let finding = tonari.finding;
    let codes: Vec<MunicipalityCode> = tonari.directory.edition.with(|edition| {
        in_charge(edition, answered.candidate, finding.who.now(), finding.basis.now())
            .iter()
            .filter_map(|charged| charged.only_if_in)
            .collect()
    });
    if codes.is_empty() {
        return Content::Nothing;
    }
    let mut group = el("div")
        .class("tn-answer__city")
        .set("role", "group")
        .set("aria-labelledby", "which-city")
        .set("data-testid", "which-city");
    for code in codes {
        let here = Candidate { prefecture: code.prefecture(), municipality: Some(code) };
        // The names come with the tables; the buttons stay.
        let name = move || ruby(candidate_name(tonari.places, here));
        group = group.put(city_button((), move || finding.narrow(here)).put_live(name));
    }
    let none = city_button(say(Key::AnswerNoCity), move || finding.no_city.set(!finding.no_city.now()))
        .live("aria-pressed", move || Some(if finding.no_city.get() { "true" } else { "false" }.into()));
    Content::Many(vec![words(say(Key::AnswerWhichCity)).id("which-city").into(), group.put(none).into()])
}

fn city_button(words: impl Into<Content>, act: impl Fn() + 'static) -> El {
    button("toggle", words, act).set("data-size", "content")
}

/// Which of her places this is, and what she is: the switches that choose the rule.
fn terms(tonari: Tonari) -> El {
    let finding = tonari.finding;
    let basis = segmented(
        "basis",
        say(Key::BasisLegend),
        vec![(Basis::Business, say(Key::BasisBusiness)), (Basis::Home, say(Key::BasisHome))],
        finding.basis,
        move |basis| finding.basis.set(basis),
    );
    let who = segmented(
        "who",
        say(Key::WhoLegend),
        vec![
            (Who::Planned, say(Key::WhoPlanned)),
            (Who::SoleProprietor, say(Key::WhoSole)),
            (Who::Company, say(Key::WhoCompany)),
        ],
        finding.who,
        move |who| finding.who.set(who),
    );
    el("details")
        .class("tn-more tn-answer__terms")
        .set("data-testid", "terms")
        .put(el("summary").class("tn-more__summary").put(el("span").put(say(Key::AnswerTerms))))
        .put(basis)
        .put(who)
}
