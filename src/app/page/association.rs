//! One association and its women's team: every fact with source and date, every unknown said to be unknown.

use domain::association::{Association, AssociationId, Eligibility, Office, Precision, Team};
use domain::calendar::{JstTime, OpenState, WeekHours};
use domain::directory::Edition;
use domain::fact::Fact;
use ui::component::{
    Provenance, badge, book_or_reach, button, fact_row, heading, japanese, outside, save_button, team_badge,
    unknown_row,
};
use ui::format;
use ui::i18n::{Key, language, say, say_with};
use ui::node::{Content, El, el};

use super::{actions, not_found, small, title};
use crate::state::Tonari;

pub fn association(tonari: Tonari, id: AssociationId) -> El {
    el("div").put_live(move || {
        tonari.directory.edition.with(|edition| match edition.association(&id) {
            Some(association) => profile(tonari, association, edition),
            None => not_found(),
        })
    })
}

fn profile(tonari: Tonari, association: &Association, edition: &Edition) -> Content {
    let name = &association.name.value;
    let named = association.team.as_ref().is_some_and(|team| team.name.is_some());
    let first = association
        .team
        .as_ref()
        .is_some_and(|team| team.first_in_japan.as_ref().is_some_and(|fact| fact.value));
    let badges = el("p")
        .class("tn-page__badges")
        .put(association.team.as_ref().map(|_| team_badge()))
        .put(first.then(|| badge("plain", say(Key::TeamFirst))));
    let called = if named { heading(association) } else { japanese(name).into() };
    let under = named.then(|| japanese(name).class("tn-page__under"));
    let facts = el("dl")
        .class("tn-facts")
        .put(association.team.as_ref().map(|team| team_rows(team, association, edition)).unwrap_or_default())
        .put(contact_rows(association, edition))
        .put(office_rows(association, edition))
        .put(rule_row(association, edition))
        .put(remark_rows(association, edition))
        .put(ask_rows(association))
        .put(site_row(association, edition));
    Content::Many(vec![
        badges.into(),
        title(called).into(),
        under.into(),
        buttons(tonari, association).into(),
        kept_line(tonari, association.id.clone()).into(),
        facts.into(),
    ])
}

fn buttons(tonari: Tonari, association: &Association) -> El {
    let (kept, toggled, shared) = (association.id.clone(), association.id.clone(), association.clone());
    let save = save_button(
        (Key::ActionSave, Key::ActionSaved),
        move || tonari.saved.is_saved(&kept),
        move || tonari.saved.toggle(toggled.clone()),
    );
    let share = button("line", say(Key::ActionShare), move || tonari.device.share(&shared));
    let booked = association.id.clone();
    let ways = book_or_reach(association, move || tonari.directory.is_bookable(&booked));
    actions(ways).put(save).put(share)
}

/// For a saved team: that it opens without signal, and how fresh it is.
fn kept_line(tonari: Tonari, id: AssociationId) -> El {
    el("div").put_live(move || {
        tonari.saved.refreshed_at(&id).map(|at| {
            el("p")
                .class("tn-line")
                .set("data-testid", "kept")
                .put(say(Key::SavedOffline))
                .put(" ")
                .put(say_refreshed(at))
        })
    })
}

/// 「最終更新 11月24日 9:12」, by the clock and calendar of the device.
pub fn say_refreshed(at_ms: f64) -> Content {
    let when = browser::clock::date_time(at_ms, language().html());
    say_with(Key::SavedRefreshed, &[("when", &when)])
}

fn team_rows(team: &Team, association: &Association, edition: &Edition) -> Vec<El> {
    let website = &association.website.value;
    let name = match &team.name {
        Some(fact) => known("fact-team-name", Key::FactTeamName, fact, edition),
        None => unknown_row("fact-team-name", Key::FactTeamName, website),
    };
    let first = team.first_in_japan.as_ref().is_some_and(|fact| fact.value);
    let words = say(if first { Key::FactTeamFirst } else { Key::FactTeamListed });
    let listed = fact_row("fact-team", Key::FactTeam, words, &Provenance::of(&team.listed, edition));
    let founded = match &team.founded {
        Some(fact) => {
            let year = say_with(Key::FactYear, &[("year", &fact.value.to_string())]);
            fact_row("fact-founded", Key::FactFounded, year, &Provenance::of(fact, edition))
        }
        None => unknown_row("fact-founded", Key::FactFounded, website),
    };
    vec![name, listed, founded]
}

pub fn contact_rows(association: &Association, edition: &Edition) -> Vec<El> {
    let website = &association.website.value;
    let phone = match &association.phone {
        Some(fact) => {
            let link = el("a")
                .class("tn-fact__phone")
                .set("href", &format::tel(&fact.value))
                .put(fact.value.clone());
            fact_row("fact-phone", Key::FactPhone, link, &Provenance::of(fact, edition))
        }
        None => unknown_row("fact-phone", Key::FactPhone, website),
    };
    let hours = match &association.hours {
        Some(fact) => {
            let written = japanese(&fact.value);
            let value = Content::Many(vec![written.into(), " ".into(), open_now(&fact.value).into()]);
            fact_row("fact-hours", Key::FactHours, value, &Provenance::of(fact, edition))
        }
        None => unknown_row("fact-hours", Key::FactHours, website),
    };
    vec![phone, hours]
}

/// Open or closed at this moment, in Japan's time, holidays and year-end included.
fn open_now(hours: &str) -> Option<El> {
    let hours = WeekHours::parse(hours)?;
    let now = JstTime::from_unix_seconds((browser::clock::now_ms() / 1000.0) as i64);
    let key = match hours.at(now) {
        OpenState::Open => Key::OpenNow,
        OpenState::OutsideHours => Key::ClosedNow,
        OpenState::ClosedToday => Key::ClosedToday,
    };
    Some(badge("plain", say(key)).set("data-testid", "open-now"))
}

fn office_rows(association: &Association, edition: &Edition) -> Vec<El> {
    let mut rows = vec![match &association.office {
        Some(fact) => address_row(Key::FactAddress, None, &fact.value, &Provenance::of(fact, edition)),
        None => unknown_row("fact-address", Key::FactAddress, &association.website.value),
    }];
    for fact in &association.branches {
        let name = Some(fact.value.name.as_str());
        rows.push(address_row(Key::FactBranch, name, &fact.value.office, &Provenance::of(fact, edition)));
    }
    rows
}

fn address_row(label: Key, name: Option<&str>, office: &Office, provenance: &Provenance<'_>) -> El {
    let precision = match office.precision {
        Precision::Street => None,
        Precision::Town => Some(Key::PrecisionTown),
        Precision::City => Some(Key::PrecisionCity),
    };
    let written = [name.unwrap_or_default(), &office.address].join(" ");
    let value = japanese(written.trim_start());
    let value = Content::Many(vec![value.into(), precision.map(|key| small(say(key))).into()]);
    fact_row("fact-address", label, value, provenance)
}

fn rule_row(association: &Association, edition: &Edition) -> El {
    let Some(fact) = &association.eligibility else {
        return unknown_row("fact-who", Key::FactWho, &association.website.value);
    };
    let key = match fact.value {
        Eligibility::Common => Key::EligibilityCommon,
        Eligibility::OfficeInPrinciple => Key::EligibilityOfficeInPrinciple,
        Eligibility::CompanyBusinessInCity => Key::EligibilityCompanyBusinessInCity,
        Eligibility::OfficeAddressOrResidence => Key::EligibilityOfficeAddressOrResidence,
    };
    fact_row("fact-who", Key::FactWho, say(key), &Provenance::of(fact, edition))
}

fn remark_rows(association: &Association, edition: &Edition) -> Vec<El> {
    association.remarks.iter().map(|fact| known("fact-remark", Key::FactRemark, fact, edition)).collect()
}

/// What nobody has written down for any association: to be asked.
fn ask_rows(association: &Association) -> Vec<El> {
    [
        (Key::FactOnline, "fact-online"),
        (Key::FactLanguages, "fact-languages"),
        (Key::FactCost, "fact-cost"),
        (Key::FactBring, "fact-bring"),
    ]
    .into_iter()
    .map(|(label, testid)| unknown_row(testid, label, &association.website.value))
    .collect()
}

fn site_row(association: &Association, edition: &Edition) -> El {
    let url = &association.website.value;
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    let host = host.trim_end_matches('/');
    let link = outside(url, host.to_owned()).class("tn-fact__ask");
    fact_row("fact-site", Key::FactSite, link, &Provenance::of(&association.website, edition))
}

fn known(testid: &str, label: Key, fact: &Fact<String>, edition: &Edition) -> El {
    let value = japanese(&fact.value);
    fact_row(testid, label, value, &Provenance::of(fact, edition))
}
