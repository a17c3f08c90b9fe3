//! The answer on one screen: who may guarantee her and why, and which women's teams are near.

use domain::association::{Area, Association, AssociationId};
use domain::directory::Edition;
use domain::geo::LatLon;
use domain::jurisdiction::{Basis, InCharge, Who, in_charge};
use domain::nearest::{NearTeam, women_teams};
use domain::place::prefecture::Prefecture;
use domain::place::{Candidate, MunicipalityCode, PrefectureCode};
use leptos::prelude::*;
use ui::component::{AnswerCard, CardKind, Icon, IconName, Segment, Segmented};
use ui::i18n::{Key, ruby, say, say_with};

use super::answer_map::{AnswerMap, Pinned};
use super::reasons::reason;
use crate::state::place_words::{candidate_name, prefecture_name};
use crate::state::{Answered, Origin, Tonari};

/// How many teams beside her own are shown.
const NEARBY: usize = 3;

#[component]
pub fn AnswerPage(prefecture: PrefectureCode) -> impl IntoView {
    let tonari = expect_context::<Tonari>();
    let finding = tonari.finding;
    let answered = Memo::new(move |_| finding.answered_for(prefecture));
    view! {
        <div class="tn-answer">
            <div class="tn-answer__list">
                <button type="button" class="tn-answer__again" data-testid="again" on:click=move |_| finding.start_again()>
                    <Icon name=IconName::Back/>
                    {say(Key::AnswerAgain)}
                </button>
                <h1 class="tn-answer__title" id="page-title" tabindex="-1" data-testid="answer-title">
                    {move || {
                        let place = candidate_name(tonari.places, answered.get().candidate);
                        say_with(Key::AnswerTitle, &[("place", &place)])
                    }}
                </h1>
                {move || answer(tonari, answered.get())}
                <Terms/>
            </div>
            <div class="tn-answer__map">
                {move || view! { <AnswerMap prefecture pins=pins(tonari, answered.get())/> }}
            </div>
        </div>
    }
}

/// Where distances start.
fn start_of(tonari: Tonari, answered: Answered) -> Option<LatLon> {
    let point = |code: MunicipalityCode| {
        tonari.places.gazetteer.with(|tables| tables.as_ref()?.municipality(code)?.point)
    };
    match (answered.origin, answered.candidate.municipality) {
        (Origin::Position(at), _) => Some(at),
        (Origin::Municipality, Some(code)) => point(code),
        (Origin::Municipality | Origin::Prefecture, _) => {
            point(Prefecture::of(answered.candidate.prefecture).capital)
        }
    }
}

/// The women's teams that are not in charge, nearest first.
fn nearby(tonari: Tonari, edition: &Edition, answered: Answered, charged: &[InCharge]) -> Vec<NearTeam> {
    let teams = tonari.places.gazetteer.with(|tables| {
        tables.as_ref().map(|tables| women_teams(edition, tables, start_of(tonari, answered)))
    });
    let mut teams = teams.unwrap_or_default();
    teams.retain(|team| !charged.iter().any(|c| c.association == team.association));
    teams.truncate(NEARBY);
    teams
}

fn distance_to(
    tonari: Tonari,
    edition: &Edition,
    answered: Answered,
    id: &AssociationId,
) -> Option<NearTeam> {
    tonari.places.gazetteer.with(|tables| {
        let teams = women_teams(edition, tables.as_ref()?, start_of(tonari, answered));
        teams.into_iter().find(|team| &team.association == id)
    })
}

/// Those in charge that are shown: without the city associations once she said that she is in none of their cities.
fn charged(tonari: Tonari, edition: &Edition, answered: Answered) -> Vec<InCharge> {
    let finding = tonari.finding;
    let mut all = in_charge(edition, answered.candidate, finding.who.get(), finding.basis.get());
    if finding.no_city.get() {
        all.retain(|c| c.only_if_in.is_none());
    }
    // Her own women's team comes first, because it is what she came for.
    all.sort_by_key(|c| edition.association(&c.association).is_none_or(|a| a.team.is_none()));
    all
}

fn pins(tonari: Tonari, answered: Answered) -> Vec<Pinned> {
    let edition = tonari.directory.edition.get();
    let charged = charged(tonari, &edition, answered);
    let own = charged
        .iter()
        .filter(|c| edition.association(&c.association).is_some_and(|a| a.team.is_some()))
        .map(|c| c.association.clone());
    own.chain(nearby(tonari, &edition, answered, &charged).into_iter().map(|team| team.association))
        .enumerate()
        .map(|(at, association)| Pinned { number: at + 1, association })
        .collect()
}

fn answer(tonari: Tonari, answered: Answered) -> AnyView {
    let edition = tonari.directory.edition.get();
    let charged = charged(tonari, &edition, answered);
    let near = nearby(tonari, &edition, answered, &charged);
    let numbered = pins(tonari, answered);
    let number =
        |id: &AssociationId| numbered.iter().find(|pin| &pin.association == id).map(|pin| pin.number);
    let own_team =
        charged.iter().any(|c| edition.association(&c.association).is_some_and(|a| a.team.is_some()));
    let several = charged.len() > 1;

    let own_cards = charged
        .iter()
        .filter_map(|c| edition.association(&c.association).map(|a| (c, a.clone())))
        .map(|(c, association)| {
            let reasons = vec![reason(c, &area_name(tonari, &association))];
            let far = distance_to(tonari, &edition, answered, &association.id).and_then(|team| team.distance);
            let at = number(&association.id);
            card(tonari, association, CardKind::InCharge, at, far, reasons)
        })
        .collect_view();
    let near_cards = near
        .into_iter()
        .filter_map(|team| edition.association(&team.association).map(|a| (a.clone(), team.distance)))
        .map(|(association, far)| {
            let at = number(&association.id);
            card(tonari, association, CardKind::Nearby, at, far, Vec::new())
        })
        .collect_view();
    view! {
        <section class="tn-answer__section" aria-labelledby="in-charge">
            <h2 class="tn-answer__subtitle" id="in-charge">{say(Key::AnswerInCharge)}</h2>
            {several.then(|| view! { <p class="tn-answer__words">{say(Key::AnswerEither)}</p> })}
            {cities(tonari, answered, &edition)}
            <div class="tn-answer__cards" aria-live="polite">{own_cards}</div>
        </section>
        <section class="tn-answer__section" aria-labelledby="nearby">
            <h2 class="tn-answer__subtitle" id="nearby">
                {say(if own_team { Key::AnswerOtherTeams } else { Key::AnswerNearTeams })}
            </h2>
            <p class="tn-answer__words">{say(Key::AnswerGuaranteeStays)} " " {measured_from(answered)}</p>
            <div class="tn-answer__cards">{near_cards}</div>
        </section>
    }
    .into_any()
}

fn card(
    tonari: Tonari,
    association: Association,
    kind: CardKind,
    number: Option<usize>,
    distance: Option<(domain::geo::Metres, domain::nearest::MeasuredTo)>,
    reasons: Vec<AnyView>,
) -> impl IntoView {
    let id = association.id.clone();
    let saved = tonari.saved.is_saved(id.clone());
    let save = Callback::new(move |()| tonari.saved.toggle(id.clone()));
    let shared = association.clone();
    let share = Callback::new(move |()| tonari.device.share(&shared));
    view! { <AnswerCard association kind number distance reasons saved on_save=save on_share=share/> }
}

fn measured_from(answered: Answered) -> AnyView {
    match answered.origin {
        Origin::Position(_) => say(Key::AnswerFromPosition),
        Origin::Municipality => say(Key::AnswerFromMunicipality),
        Origin::Prefecture => say(Key::AnswerFromCapital),
    }
}

/// 島根県, or the city of a city association.
fn area_name(tonari: Tonari, association: &Association) -> String {
    match association.area {
        Area::Prefecture(number) => PrefectureCode::new(number).map(prefecture_name),
        Area::City(number) => MunicipalityCode::new(number).map(|code| city_name(tonari, code)),
    }
    .unwrap_or_default()
}

fn city_name(tonari: Tonari, code: MunicipalityCode) -> String {
    candidate_name(tonari.places, Candidate { prefecture: code.prefecture(), municipality: Some(code) })
}

/// Where a prefecture has city associations and only the prefecture is known, the question that settles it.
fn cities(tonari: Tonari, answered: Answered, edition: &Edition) -> Option<AnyView> {
    if answered.candidate.municipality.is_some() {
        return None;
    }
    let finding = tonari.finding;
    let all = in_charge(edition, answered.candidate, finding.who.get(), finding.basis.get());
    let cities: Vec<MunicipalityCode> = all.iter().filter_map(|c| c.only_if_in).collect();
    if cities.is_empty() {
        return None;
    }
    let buttons = cities
        .into_iter()
        .map(|code| {
            let here = Candidate { prefecture: code.prefecture(), municipality: Some(code) };
            view! {
                <button
                    type="button"
                    class="tn-button"
                    data-kind="toggle"
                    data-size="content"
                    on:click=move |_| finding.narrow(here)
                >
                    {ruby(city_name(tonari, code))}
                </button>
            }
        })
        .collect_view();
    Some(
        view! {
            <p class="tn-answer__words" id="which-city">{say(Key::AnswerWhichCity)}</p>
            <div class="tn-answer__city" role="group" aria-labelledby="which-city" data-testid="which-city">
                {buttons}
                <button
                    type="button"
                    class="tn-button"
                    data-kind="toggle"
                    data-size="content"
                    aria-pressed=move || finding.no_city.get().to_string()
                    on:click=move |_| finding.no_city.update(|on| *on = !*on)
                >
                    {say(Key::AnswerNoCity)}
                </button>
            </div>
        }
        .into_any(),
    )
}

/// Which of her places this is, and what she is: the switches that choose the rule.
#[component]
fn Terms() -> impl IntoView {
    let finding = expect_context::<Tonari>().finding;
    view! {
        <details class="tn-more tn-answer__terms" data-testid="terms">
            <summary class="tn-more__summary">{say(Key::AnswerTerms)}</summary>
            <Segmented
                name="basis"
                legend=say(Key::BasisLegend)
                segments=vec![
                    Segment { value: Basis::Business, label: say(Key::BasisBusiness) },
                    Segment { value: Basis::Home, label: say(Key::BasisHome) },
                ]
                chosen=finding.basis
                on_choose=Callback::new(move |basis| finding.basis.set(basis))
            />
            <Segmented
                name="who"
                legend=say(Key::WhoLegend)
                segments=vec![
                    Segment { value: Who::Planned, label: say(Key::WhoPlanned) },
                    Segment { value: Who::SoleProprietor, label: say(Key::WhoSole) },
                    Segment { value: Who::Company, label: say(Key::WhoCompany) },
                ]
                chosen=finding.who
                on_choose=Callback::new(move |who| finding.who.set(who))
            />
        </details>
    }
}
