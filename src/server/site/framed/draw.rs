//! What a frame says before its app, and without it: how to reach the association, and the ways out of the frame.
//!
//! Every link opens a tab of its own: this page is a part of somebody else's.

use domain::association::Association;
use domain::booking::letter::Language;
use domain::directory::Edition;
use domain::fact::Fact;
use domain::frame::View;
use maud::{Markup, html};

use super::super::words::Tongue;
use super::Asked;
use crate::words::Words;

/// What the app of a frame does not say.
struct Own {
    form: &'static str,
    elsewhere: &'static str,
    list: &'static str,
}

const fn own(tongue: Tongue) -> &'static Own {
    match tongue {
        Tongue::Japanese => &Own {
            form: "予約の用紙（文字だけの画面）",
            elsewhere: "担当の信用保証協会と、お近くの女性職員のチームは、となりの画面と一覧で探せます。",
            list: "協会の一覧と電話番号",
        },
        Tongue::English => &Own {
            form: "Booking form (plain page)",
            elsewhere: "In Tonari and in its list you find the credit guarantee association in charge of you and the \
                        women’s teams near you.",
            list: "All associations and their phone numbers",
        },
    }
}

pub(super) fn content(asked: &Asked<'_>, edition: &Edition) -> Markup {
    let (tongue, own) = (asked.tongue, own(asked.tongue));
    let team = asked.association.map(|one| &one.id);
    html! {
        h1.tn-page__title id="page-title" tabindex="-1" { (heading(asked)) }
        @match asked.association {
            Some(association) => (facts(association, edition, tongue)),
            None => p { (own.elsewhere) },
        }
        p.tn-back { (out(&asked.view.address(team), tongue.word("frame.whole"))) }
        @match asked.association {
            Some(association) if association.team.is_some() =>
                p.tn-back { (out(&format!("/form/{}", association.id.as_str()), own.form)) },
            Some(_) => {},
            None => p.tn-back { (out("/#associations", own.list)) },
        }
    }
}

fn heading(asked: &Asked<'_>) -> Markup {
    let Some(association) = asked.association else {
        return html! {
            (asked.tongue.word(match asked.view {
                View::Find | View::Team | View::Book => "title.find",
                View::Stories => "read.title",
                View::Events => "read.title-events",
            }))
        };
    };
    let language = match asked.tongue {
        Tongue::Japanese => Language::Japanese,
        Tongue::English => Language::English,
    };
    // The association's own name is Japanese everywhere.
    html! { span lang="ja" { ((Words::of(language).team_name)(association)) } }
}

fn facts(association: &Association, edition: &Edition, tongue: Tongue) -> Markup {
    let row = |key: &str, fact: Option<Markup>| {
        html! {
            div.tn-fact {
                dt.tn-fact__label { (tongue.word(key)) }
                dd.tn-fact__body {
                    @match fact {
                        Some(fact) => (fact),
                        None => div.tn-fact__value { span.tn-fact__unknown { (tongue.word("fact.unknown")) } },
                    }
                }
            }
        }
    };
    let known = |fact: &Fact<String>, shown: Markup| {
        html! {
            div.tn-fact__value { (shown) }
            @if let Some(note) = &fact.note { p.tn-fact__note lang="ja" { (note) } }
            (provenance(fact, edition, tongue))
        }
    };
    let site = &association.website;
    let host = site.value.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    html! {
        dl.tn-facts {
            (row("fact.phone", association.phone.as_ref().map(|phone| known(phone, html! {
                a.tn-fact__phone href={ "tel:" (phone.value) } { (phone.value) }
            }))))
            (row("fact.hours", association.hours.as_ref().map(|hours| known(hours, html! {
                span lang="ja" { (hours.value) }
            }))))
            (row("fact.site", Some(known(site, out(&site.value, host)))))
        }
    }
}

fn provenance(fact: &Fact<String>, edition: &Edition, tongue: Tongue) -> Markup {
    html! {
        p.tn-fact__provenance {
            @if let Some(source) = edition.source(fact.source) {
                span.tn-fact__source lang="ja" { (source.title) }
                " "
            }
            span.tn-fact__date {
                @match &fact.as_of {
                    Some(date) => (tongue.filled("fact.as-of", "date", &date.0)),
                    None => (tongue.word("fact.undated")),
                }
            }
        }
    }
}

fn out(address: &str, words: &str) -> Markup {
    html! { a.tn-back__link href=(address) target="_blank" rel="noopener" { (words) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::bundled;

    #[test]
    fn every_frame_leads_out_and_says_no_number_that_is_not_known() {
        let edition = bundled();
        let all = edition.associations.iter().map(Some).chain([None]);
        for association in all {
            for tongue in [Tongue::Japanese, Tongue::English] {
                let asked = Asked { view: View::Events, association, tongue };
                let page = content(&asked, &edition).into_string();
                let links = page.matches("href=\"").count() - page.matches("href=\"tel:").count();
                assert_eq!(page.matches("target=\"_blank\" rel=\"noopener\"").count(), links, "{page}");
                let form = association.is_some_and(|one| one.team.is_some());
                assert_eq!(page.contains("href=\"/form/"), form, "{page}");
                let phone = association.and_then(|one| one.phone.as_ref());
                assert_eq!(page.contains("href=\"tel:"), phone.is_some(), "{page}");
                let unknown = association.is_some_and(|one| one.phone.is_none() || one.hours.is_none());
                let mark = format!("tn-fact__unknown\">{}<", tongue.word("fact.unknown"));
                assert_eq!(page.contains(&mark), unknown, "{page}");
            }
        }
    }
}
