//! The page of one association and its team, with every fact, its source and its date: read without the app, by people and
//! by search engines. Rows and order are those of the app's screen.

use axum::http::{HeaderMap, Method};
use axum::response::Response;
use domain::association::{Association, AssociationId, Eligibility, Office, Team};
use domain::directory::Edition;
use domain::fact::Fact;
use maud::{Markup, html};
use serde_json::{Value, json};

use super::reading::{data, shared};
use super::words::{filled, word};
use crate::router::App;

/// The page behind `/associations/{id}`, or the first page where a build has no room for it.
pub fn serve(app: &App, path: &str, method: &Method, headers: &HeaderMap) -> Response {
    let published = app.published();
    let edition = &published.edition;
    let path = path.strip_suffix('/').unwrap_or(path);
    let id = path.strip_prefix("/associations/").map(|id| AssociationId(id.to_owned()));
    let association = id.and_then(|id| edition.association(&id));
    let (Some(frame), Some(association)) = (&app.site.found, association) else {
        return app.site.index.respond(method, headers);
    };
    // Its facts change with the edition alone.
    let stamp = (edition.number, 0);
    let page = app.pages.kept(path, stamp).unwrap_or_else(|| {
        let filled = frame.fill(head(app, association), draw(association, edition, app.site.books()));
        app.pages.keep(path, stamp, filled)
    });
    page.respond(method, headers)
}

fn head(app: &App, association: &Association) -> Markup {
    let address = app.origin.page(&format!("/associations/{}", association.id.as_str()));
    let title = title(association);
    let summary = match &association.team {
        Some(team) => {
            format!("{}{}。{}", word("fact.team-listed"), listed_when(team), association.name.value)
        }
        None => association.name.value.clone(),
    };
    html! {
        (shared(&title, &summary, &address, "website"))
        script type="application/ld+json" { (data(&about(association, &address))) }
    }
}

/// The list of 2018 has to be said as what it is; a team's own word is not asked about.
pub fn listed_when(team: &Team) -> &'static str {
    let is_old = team.listed.as_of.as_ref().is_some_and(|as_of| as_of.0 == "2018-06");
    if is_old { "（2018年6月時点・要確認）" } else { "" }
}

fn title(association: &Association) -> String {
    match association.team.as_ref().and_then(|team| team.name.as_ref()) {
        Some(name) => format!("{}（{}）", name.value, association.name.value),
        None => association.name.value.clone(),
    }
}

/// A service where it is listed with a team, else the organization alone. Only what is known.
fn about(association: &Association, address: &str) -> Value {
    let mut organization = json!({
        "@type": "GovernmentOrganization", "name": association.name.value, "url": association.website.value
    });
    if let Some(phone) = &association.phone {
        organization["telephone"] = phone.value.as_str().into();
    }
    if let Some(office) = &association.office {
        organization["address"] = json!({
            "@type": "PostalAddress", "streetAddress": office.value.address, "addressCountry": "JP"
        });
    }
    let Some(team) = &association.team else {
        organization["@context"] = "https://schema.org".into();
        organization["mainEntityOfPage"] = address.into();
        return organization;
    };
    let name = team.name.as_ref().map_or(word("fact.team-listed"), |name| &name.value);
    json!({
        "@context": "https://schema.org", "@type": "GovernmentService", "@id": address, "name": name,
        "serviceType": "創業相談", "audience": { "@type": "Audience", "audienceType": "起業する女性" },
        "provider": organization, "url": address,
    })
}

fn draw(association: &Association, edition: &Edition, books: bool) -> Markup {
    let site = &association.website.value;
    let host = site.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    html! {
        h1.tn-page__title id="page-title" tabindex="-1" { (title(association)) }
        div.tn-boot-failed data-boot-failed="" hidden {
            p {
                "画面を始められませんでした。下の情報はこのまま読めます。"
                @if books { " " a href="/form" { "予約の用紙" } }
            }
        }
        dl.tn-facts {
            @if let Some(team) = &association.team { (team_rows(team, association, edition)) }
            (row("fact.phone", association.phone.as_ref(), edition, site, |phone| html! {
                a.tn-fact__phone href={ "tel:" (phone) } { (phone) }
            }))
            (row("fact.hours", association.hours.as_ref(), edition, site, |hours| html! { (hours) }))
            (row("fact.address", association.office.as_ref(), edition, site, office))
            @for branch in &association.branches {
                (row("fact.branch", Some(branch), edition, site, |branch| html! {
                    (branch.name) " " (office(&branch.office))
                }))
            }
            (row("fact.who", association.eligibility.as_ref(), edition, site, |rule| html! { (who(*rule)) }))
            @for remark in &association.remarks {
                (row("fact.remark", Some(remark), edition, site, |remark| html! { (remark) }))
            }
            @for key in ["fact.online", "fact.languages", "fact.cost", "fact.bring"] { (unknown(key, site)) }
            (row("fact.site", Some(&association.website), edition, site, |site| html! {
                a.tn-fact__ask href=(site) rel="noopener external" { (host) }
            }))
        }
        p.tn-back { a.tn-back__link href="/" { (word("read.to-start")) } }
    }
}

fn team_rows(team: &Team, association: &Association, edition: &Edition) -> Markup {
    let site = &association.website.value;
    let first = team.first_in_japan.as_ref().is_some_and(|fact| fact.value);
    let listed = word(if first { "fact.team-first" } else { "fact.team-listed" });
    html! {
        (row("fact.team-name", team.name.as_ref(), edition, site, |name| html! { (name) }))
        (row("fact.team", Some(&team.listed), edition, site, |_| html! { (listed) }))
        (row("fact.founded", team.founded.as_ref(), edition, site, |year| html! {
            (filled("fact.year", "year", &year.to_string()))
        }))
    }
}

fn office(office: &Office) -> Markup {
    html! { (office.address) }
}

fn who(rule: Eligibility) -> &'static str {
    word(match rule {
        Eligibility::Common => "eligibility.common",
        Eligibility::OfficeInPrinciple => "eligibility.office-in-principle",
        Eligibility::CompanyBusinessInCity => "eligibility.company-business-in-city",
        Eligibility::OfficeAddressOrResidence => "eligibility.office-address-or-residence",
    })
}

fn row<T>(
    key: &str,
    fact: Option<&Fact<T>>,
    edition: &Edition,
    site: &str,
    show: impl Fn(&T) -> Markup,
) -> Markup {
    let Some(fact) = fact else { return unknown(key, site) };
    html! {
        div.tn-fact {
            dt.tn-fact__label { (word(key)) }
            dd.tn-fact__body {
                div.tn-fact__value { (show(&fact.value)) }
                @if let Some(note) = &fact.note { p.tn-fact__note { (note) } }
                (provenance(fact, edition))
            }
        }
    }
}

fn provenance<T>(fact: &Fact<T>, edition: &Edition) -> Markup {
    html! {
        p.tn-fact__provenance {
            @if let Some(source) = edition.source(fact.source) {
                @match &source.url {
                    Some(url) => a.tn-fact__source href=(url) rel="noopener noreferrer external" { (source.title) },
                    None => span.tn-fact__source { (source.title) },
                }
            }
            " "
            span.tn-fact__date {
                @match &fact.as_of {
                    Some(date) => (filled("fact.as-of", "date", &date.0)),
                    None => (word("fact.undated")),
                }
            }
        }
    }
}

fn unknown(key: &str, site: &str) -> Markup {
    html! {
        div.tn-fact {
            dt.tn-fact__label { (word(key)) }
            dd.tn-fact__body {
                div.tn-fact__value {
                    span.tn-fact__unknown { (word("fact.unknown")) }
                    " "
                    a.tn-fact__ask href=(site) rel="noopener external" { (word("fact.ask-site")) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::bundled;

    #[test]
    fn every_association_has_a_page_with_sources_and_what_is_unknown() {
        let edition = bundled();
        for association in &edition.associations {
            let page = draw(association, &edition, true).into_string();
            assert!(
                page.contains(&association.name.value) && page.contains("要確認"),
                "{}",
                association.id.as_str()
            );
            let about = about(association, "https://tonari.example.jp/a");
            let kind =
                if association.team.is_some() { "GovernmentService" } else { "GovernmentOrganization" };
            assert_eq!(about["@type"], kind);
            assert_eq!(page.contains("2018-06"), association.team.is_some(), "{}", association.id.as_str());
        }
    }
}
