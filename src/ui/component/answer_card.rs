//! One association as an answer: what it is to her, how far, and the two things she can do at once.

use domain::association::{Association, Precision};
use domain::geo::Metres;
use domain::nearest::MeasuredTo;
use leptos::prelude::*;

use super::icon::{Icon, IconName};
use crate::format;
use crate::i18n::{Key, Lang, language, say, say_with};

/// What the association is to her.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardKind {
    /// It may guarantee her.
    InCharge,
    /// A women's team near her that belongs to another association.
    Nearby,
}

/// `number` matches the pin on the outline map.
#[component]
pub fn AnswerCard(
    association: Association,
    kind: CardKind,
    number: Option<usize>,
    distance: Option<(Metres, MeasuredTo)>,
    /// One sentence each: why this association.
    reasons: Vec<AnyView>,
    #[prop(into)] saved: Signal<bool>,
    on_save: Callback<()>,
    on_share: Callback<()>,
) -> impl IntoView {
    let href = format!("/associations/{}", association.id.as_str());
    let heading = heading(&association);
    let under = association.team.as_ref().map(|_| association.name.value.clone());
    let id = format!("card-{}", association.id.as_str());
    let has_team = association.team.is_some();
    let listed = association.team.as_ref().and_then(|team| team.listed.as_of.as_ref()).map(format::as_of);
    let badge = match kind {
        CardKind::InCharge => Key::CardInCharge,
        CardKind::Nearby => Key::CardNearby,
    };
    let address = association.office.as_ref().map(|office| office.value.address.clone());
    let testid = match kind {
        CardKind::InCharge => "card-in-charge",
        CardKind::Nearby => "card-nearby",
    };
    view! {
        <article class="tn-card" aria-labelledby=id.clone() data-testid=testid data-association=association.id.as_str().to_owned()>
            <p class="tn-card__badges">
                {number.map(|n| view! { <span class="tn-card__number" aria-hidden="true">{n}</span> })}
                <span class="tn-badge" data-tone=if kind == CardKind::InCharge { "lamp" } else { "plain" }>{say(badge)}</span>
                {has_team.then(|| view! { <span class="tn-badge" data-tone="warm">{say(Key::CardTeamBadge)}</span> })}
            </p>
            <h3 class="tn-card__title" id=id.clone()>
                <a class="tn-card__link" href=href.clone()>{heading}</a>
            </h3>
            {under.map(|name| view! { <p class="tn-card__under" lang="ja">{name}</p> })}
            {whereabouts(address.clone(), distance)}
            {(!reasons.is_empty()).then(|| view! { <div class="tn-card__why">{reasons}</div> })}
            <Actions association=association.clone() saved on_save/>
            <OtherWays association=association.clone() address href on_share/>
            {listed.map(|date| view! {
                <p class="tn-card__dated">{say_with(Key::CardListedAsOf, &[("date", &date)])}</p>
            })}
        </article>
    }
}

/// The team's own name where it is known, else the association's.
fn heading(association: &Association) -> AnyView {
    let Some(team) = &association.team else {
        return view! { <span lang="ja">{association.name.value.clone()}</span> }.into_any();
    };
    match (&team.name, &team.name_en, language()) {
        (Some(_), Some(english), Lang::English) => english.value.clone().into_any(),
        (Some(name), _, _) => view! { <span lang="ja">{name.value.clone()}</span> }.into_any(),
        (None, _, _) => say(Key::CardTeamUnnamed),
    }
}

fn whereabouts(address: Option<String>, distance: Option<(Metres, MeasuredTo)>) -> impl IntoView {
    let far = distance.map(|(metres, to)| {
        let key = match to {
            MeasuredTo::OfficeMunicipality(Precision::Street | Precision::Town | Precision::City) => {
                Key::DistanceToMunicipality
            }
            MeasuredTo::Capital => Key::DistanceToCapital,
        };
        view! {
            <span class="tn-card__distance" data-testid="distance">
                {say_with(key, &[("distance", &format::distance(metres))])}
            </span>
        }
    });
    let at = address.map(|address| view! { <span class="tn-card__address" lang="ja">{address}</span> });
    view! { <p class="tn-card__where">{at} {far}</p> }
}

/// At most two: the surest way to reach them, and keeping them.
#[component]
fn Actions(association: Association, saved: Signal<bool>, on_save: Callback<()>) -> impl IntoView {
    let reach = match &association.phone {
        Some(phone) => view! {
            <a class="tn-button" data-kind="primary" href=format::tel(&phone.value)>
                {say(Key::ActionPhone)}
                <span class="tn-button__detail">{phone.value.clone()}</span>
            </a>
        }
        .into_any(),
        None => view! {
            <a
                class="tn-button"
                data-kind="primary"
                href=association.website.value.clone()
                rel="noopener noreferrer external"
                target="_blank"
            >
                {say(Key::ActionSite)}
                <Icon name=IconName::External/>
            </a>
        }
        .into_any(),
    };
    view! {
        <div class="tn-card__actions">
            {reach}
            <button
                type="button"
                class="tn-button"
                data-kind="line"
                data-testid="save"
                aria-pressed=move || saved.get().to_string()
                on:click=move |_| on_save.run(())
            >
                {move || if saved.get() {
                    view! { <Icon name=IconName::Check/> {say(Key::ActionSaved)} }.into_any()
                } else {
                    view! { <Icon name=IconName::Bookmark/> {say(Key::ActionSave)} }.into_any()
                }}
            </button>
        </div>
    }
}

#[component]
fn OtherWays(
    association: Association,
    address: Option<String>,
    href: String,
    on_share: Callback<()>,
) -> impl IntoView {
    let note = association.phone.as_ref().and_then(|phone| phone.note.clone());
    let site = association.phone.is_some().then(|| association.website.value.clone());
    view! {
        {note.map(|note| view! { <p class="tn-card__note" lang="ja">{note}</p> })}
        <details class="tn-more">
            <summary class="tn-more__summary">{say(Key::ActionMore)}</summary>
            <ul class="tn-more__list">
                <li><a class="tn-more__link" href=href>{say(Key::ActionDetails)}</a></li>
                {site.map(|url| view! {
                    <li>
                        <a class="tn-more__link" href=url rel="noopener noreferrer external" target="_blank">
                            {say(Key::ActionSite)}
                            <Icon name=IconName::External/>
                        </a>
                    </li>
                })}
                {address.map(|address| view! {
                    <li>
                        <a class="tn-more__link" href=format::map_search(&address) rel="noopener noreferrer external" target="_blank">
                            {say(Key::ActionRoute)}
                            <Icon name=IconName::External/>
                        </a>
                    </li>
                })}
                <li>
                    <button type="button" class="tn-more__link" on:click=move |_| on_share.run(())>
                        {say(Key::ActionShare)}
                    </button>
                </li>
            </ul>
        </details>
    }
}
