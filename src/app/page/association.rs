//! One association and its women's team: every fact with source and date, every unknown said to be unknown.

use std::sync::Arc;

use domain::association::{Association, AssociationId, Eligibility, Office, Precision, Team};
use domain::calendar::{JstTime, OpenState, WeekHours};
use domain::directory::Edition;
use domain::fact::Fact;
use leptos::prelude::*;
use ui::component::{FactRow, Icon, IconName, Provenance, UnknownRow};
use ui::format;
use ui::i18n::{Key, Lang, language, say};

use super::NotFoundPage;
use crate::state::Tonari;

#[component]
pub fn AssociationPage(id: AssociationId) -> impl IntoView {
    let tonari = expect_context::<Tonari>();
    move || {
        let edition = tonari.directory.edition.get();
        match edition.association(&id).cloned() {
            Some(association) => view! { <Profile association edition/> }.into_any(),
            None => view! { <NotFoundPage/> }.into_any(),
        }
    }
}

#[component]
fn Profile(association: Association, edition: Arc<Edition>) -> impl IntoView {
    let team = association.team.clone();
    let name = association.name.value.clone();
    let title = match team.as_ref().and_then(|team| team.name.as_ref()) {
        Some(own) => match (language(), team.as_ref().and_then(|team| team.name_en.as_ref())) {
            (Lang::English, Some(english)) => view! { {english.value.clone()} }.into_any(),
            (_, _) => view! { <span lang="ja">{own.value.clone()}</span> }.into_any(),
        },
        None => view! { <span lang="ja">{name.clone()}</span> }.into_any(),
    };
    let named = team.as_ref().is_some_and(|team| team.name.is_some());
    let first = team.as_ref().is_some_and(|team| team.first_in_japan.as_ref().is_some_and(|f| f.value));
    let website = association.website.value.clone();
    view! {
        <p class="tn-page__badges">
            {team.is_some().then(|| view! { <span class="tn-badge" data-tone="warm">{say(Key::CardTeamBadge)}</span> })}
            {first.then(|| view! { <span class="tn-badge" data-tone="plain">{say(Key::TeamFirst)}</span> })}
        </p>
        <h1 class="tn-page__title" id="page-title" tabindex="-1">{title}</h1>
        {named.then(|| view! { <p class="tn-page__under" lang="ja">{name}</p> })}
        <Actions association=association.clone()/>
        <KeptLine id=association.id.clone()/>
        <dl class="tn-facts">
            {team.map(|team| team_rows(&team, &edition, &website))}
            {contact_rows(&association, &edition)}
            {office_rows(&association, &edition)}
            {rule_row(&association, &edition)}
            {remark_rows(&association, &edition)}
            {ask_rows(&website)}
            <FactRow
                label=say(Key::FactSite)
                value=site_link(&website)
                provenance=Provenance::of(&association.website, &edition)
                testid="fact-site"
            />
        </dl>
    }
}

#[component]
fn Actions(association: Association) -> impl IntoView {
    let tonari = expect_context::<Tonari>();
    let id = association.id.clone();
    let saved = tonari.saved.is_saved(id.clone());
    let shared = association.clone();
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
        <div class="tn-page__actions">
            {reach}
            <button
                type="button"
                class="tn-button"
                data-kind="line"
                data-testid="save"
                aria-pressed=move || saved.get().to_string()
                on:click=move |_| tonari.saved.toggle(id.clone())
            >
                {move || if saved.get() {
                    view! { <Icon name=IconName::Check/> {say(Key::ActionSaved)} }.into_any()
                } else {
                    view! { <Icon name=IconName::Bookmark/> {say(Key::ActionSave)} }.into_any()
                }}
            </button>
            <button type="button" class="tn-button" data-kind="line" on:click=move |_| tonari.device.share(&shared)>
                {say(Key::ActionShare)}
            </button>
        </div>
    }
}

/// For a saved team: that it opens without signal, and how fresh it is.
#[component]
fn KeptLine(id: AssociationId) -> impl IntoView {
    let tonari = expect_context::<Tonari>();
    let kept = move || {
        tonari
            .saved
            .teams
            .with(|teams| teams.iter().find(|k| k.association.id == id).map(|k| k.refreshed_at_ms))
    };
    move || {
        kept().map(|at| {
            view! {
                <p class="tn-line" data-testid="kept">
                    {say(Key::SavedOffline)} " "
                    {say_refreshed(at)}
                </p>
            }
        })
    }
}

/// 「最終更新 11月24日 9:12」, by the clock and calendar of the device.
pub fn say_refreshed(at_ms: f64) -> AnyView {
    let when = browser::clock::date_time(at_ms, language().html());
    ui::i18n::say_with(Key::SavedRefreshed, &[("when", &when)])
}

fn site_link(website: &str) -> AnyView {
    view! {
        <a class="tn-fact__ask" href=website.to_owned() rel="noopener noreferrer external" target="_blank">
            {website.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned()}
            <Icon name=IconName::External/>
        </a>
    }
    .into_any()
}

fn team_rows(team: &Team, edition: &Edition, website: &str) -> AnyView {
    let name = match &team.name {
        Some(fact) => known(Key::FactTeamName, fact, edition, "fact-team-name"),
        None => unknown(Key::FactTeamName, website, "fact-team-name"),
    };
    let founded = match &team.founded {
        Some(fact) => {
            let year = ui::i18n::say_with(Key::FactYear, &[("year", &fact.value.to_string())]);
            row(Key::FactFounded, year, Provenance::of(fact, edition), "fact-founded")
        }
        None => unknown(Key::FactFounded, website, "fact-founded"),
    };
    let listed = row(
        Key::FactTeam,
        say(if team.first_in_japan.as_ref().is_some_and(|f| f.value) {
            Key::FactTeamFirst
        } else {
            Key::FactTeamListed
        }),
        Provenance::of(&team.listed, edition),
        "fact-team",
    );
    view! { {name} {listed} {founded} }.into_any()
}

fn contact_rows(association: &Association, edition: &Edition) -> AnyView {
    let website = &association.website.value;
    let phone = match &association.phone {
        Some(fact) => {
            let link = view! {
                <a class="tn-fact__phone" href=format::tel(&fact.value)>{fact.value.clone()}</a>
            };
            row(Key::FactPhone, link.into_any(), Provenance::of(fact, edition), "fact-phone")
        }
        None => unknown(Key::FactPhone, website, "fact-phone"),
    };
    let hours = match &association.hours {
        Some(fact) => {
            let value = view! { <span lang="ja">{fact.value.clone()}</span> " " {open_now(&fact.value)} };
            row(Key::FactHours, value.into_any(), Provenance::of(fact, edition), "fact-hours")
        }
        None => unknown(Key::FactHours, website, "fact-hours"),
    };
    view! { {phone} {hours} }.into_any()
}

/// Open or closed at this moment, in Japan's time, holidays and year-end included.
fn open_now(hours: &str) -> Option<AnyView> {
    let hours = WeekHours::parse(hours)?;
    let now = JstTime::from_unix_seconds((browser::clock::now_ms() / 1000.0) as i64);
    let key = match hours.at(now) {
        OpenState::Open => Key::OpenNow,
        OpenState::OutsideHours => Key::ClosedNow,
        OpenState::ClosedToday => Key::ClosedToday,
    };
    Some(
        view! { <span class="tn-badge" data-tone="plain" data-testid="open-now">{say(key)}</span> }
            .into_any(),
    )
}

fn office_rows(association: &Association, edition: &Edition) -> AnyView {
    let head = match &association.office {
        Some(fact) => address_row(Key::FactAddress, None, &fact.value, Provenance::of(fact, edition)),
        None => unknown(Key::FactAddress, &association.website.value, "fact-address"),
    };
    let branches = association
        .branches
        .iter()
        .map(|fact| {
            let name = Some(fact.value.name.clone());
            address_row(Key::FactBranch, name, &fact.value.office, Provenance::of(fact, edition))
        })
        .collect_view();
    view! { {head} {branches} }.into_any()
}

fn address_row(label: Key, name: Option<String>, office: &Office, provenance: Provenance) -> AnyView {
    let precision = match office.precision {
        Precision::Street => None,
        Precision::Town => Some(Key::PrecisionTown),
        Precision::City => Some(Key::PrecisionCity),
    };
    let value = view! {
        <span lang="ja">{name} " " {office.address.clone()}</span>
        {precision.map(|key| view! { <span class="tn-page__small">{say(key)}</span> })}
    };
    row(label, value.into_any(), provenance, "fact-address")
}

fn rule_row(association: &Association, edition: &Edition) -> AnyView {
    let Some(fact) = &association.eligibility else {
        return unknown(Key::FactWho, &association.website.value, "fact-who");
    };
    let key = match fact.value {
        Eligibility::Common => Key::EligibilityCommon,
        Eligibility::OfficeInPrinciple => Key::EligibilityOfficeInPrinciple,
        Eligibility::CompanyBusinessInCity => Key::EligibilityCompanyBusinessInCity,
        Eligibility::OfficeAddressOrResidence => Key::EligibilityOfficeAddressOrResidence,
    };
    row(Key::FactWho, say(key), Provenance::of(fact, edition), "fact-who")
}

fn remark_rows(association: &Association, edition: &Edition) -> AnyView {
    association
        .remarks
        .iter()
        .map(|fact| known(Key::FactRemark, fact, edition, "fact-remark"))
        .collect_view()
        .into_any()
}

/// What nobody has written down for any association: to be asked.
fn ask_rows(website: &str) -> AnyView {
    [
        (Key::FactOnline, "fact-online"),
        (Key::FactLanguages, "fact-languages"),
        (Key::FactCost, "fact-cost"),
        (Key::FactBring, "fact-bring"),
    ]
    .into_iter()
    .map(|(label, testid)| unknown(label, website, testid))
    .collect_view()
    .into_any()
}

fn known(label: Key, fact: &Fact<String>, edition: &Edition, testid: &'static str) -> AnyView {
    let value = view! { <span lang="ja">{fact.value.clone()}</span> }.into_any();
    row(label, value, Provenance::of(fact, edition), testid)
}

fn row(label: Key, value: AnyView, provenance: Provenance, testid: &'static str) -> AnyView {
    view! { <FactRow label=say(label) value provenance testid/> }.into_any()
}

fn unknown(label: Key, website: &str, testid: &'static str) -> AnyView {
    view! { <UnknownRow label=say(label) website=website.to_owned() testid/> }.into_any()
}
