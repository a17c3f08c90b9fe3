//! All associations, by quarters that are over: what the federation sees. A count that is not shown says why.

use domain::api::desk::report::National;
use domain::report::Outcome;
use domain::report::few::Row;
use domain::slot::Kind;
use ui::component::button;
use ui::i18n::{Key, plain, say, say_with};
use ui::node::{Content, El, el};

use super::super::words::{kind_key, trouble};
use super::super::{loading, section, small};
use super::bars::{Bar, bars, shown};
use super::{by_industry, by_stage, in_words, lasting, outcome_key};
use crate::state::Fetched;
use crate::state::reports::Reports;

pub fn national(reports: Reports) -> El {
    let told = move || -> Content {
        match reports.national.get() {
            Fetched::NotYet => loading().into(),
            Fetched::There(national) => drawn(reports, &national),
            Fetched::Failed(why) => trouble(&why).into(),
        }
    };
    section("national", say(Key::DeskRepNational))
        .put(small(say(Key::DeskRepNationalLead)))
        .put(el("div").set("aria-live", "polite").put_live(told))
}

fn drawn(reports: Reports, national: &National) -> Content {
    let shown =
        say_with(Key::DeskRepShown, &[("from", &in_words(&national.from)), ("to", &in_words(&national.to))]);
    let mut all = vec![
        quarters(reports, national).into(),
        el("p").class("dk-rep__shown").set("data-testid", "shown").put(shown).into(),
    ];
    if national.names.is_empty() {
        all.push(el("p").class("dk-empty").put(say(Key::DeskRepNoneNational)).into());
        return Content::Many(all);
    }
    all.push(table(national).into());
    all.push(small(say(Key::DeskRepNoCellsWords)).into());
    if national.table.total.is_none() {
        all.push(small(say(Key::DeskRepNoTotal)).into());
    }
    if let (Some(response), Some(lead)) = (national.response, national.lead) {
        let places = [("response", &*lasting(response)), ("lead", &*lasting(lead))];
        all.push(el("p").put(say_with(Key::DeskRepTypical, &places)).into());
    }
    all.push(charts(national).into());
    Content::Many(all)
}

fn quarters(reports: Reports, national: &National) -> El {
    let at = national.quarters.iter().position(|first| *first == national.from);
    let step = |words: Key, testid: &str, to: Option<&String>| {
        let there = to.cloned();
        button("line", say(words), move || reports.look_at_quarter(there.clone()))
            .set("data-size", "content")
            .set("data-testid", testid)
            .flag("disabled", to.is_none())
    };
    let earlier = at.and_then(|at| national.quarters.get(at + 1));
    let later = at.and_then(|at| national.quarters.get(at.checked_sub(1)?));
    el("div").class("dk-actions dk-no-print").put(step(Key::DeskRepEarlier, "earlier", earlier)).put(step(
        Key::DeskRepLater,
        "later",
        later,
    ))
}

fn table(national: &National) -> El {
    let head = |words: String| el("th").set("scope", "col").put(words);
    let mut heads = el("tr").put(head(plain(Key::DeskRepAssociation))).put(head(plain(Key::DeskRepTotal)));
    for kind in Kind::ALL {
        heads = heads.put(head(plain(kind_key(kind))));
    }
    let rows: Vec<El> =
        national.names.iter().zip(&national.table.rows).map(|(name, row)| line(name, row)).collect();
    let foot = national.table.columns.as_ref().zip(national.table.total).map(|(columns, total)| {
        let cells: Vec<El> = columns.iter().map(|count| el("td").put(count.to_string())).collect();
        let name = el("th").set("scope", "row").put(say(Key::DeskRepTotal));
        el("tfoot").put(el("tr").put(name).put(el("td").put(total.to_string())).put(cells))
    });
    let table = el("table")
        .class("dk-sheet")
        .set("data-testid", "table")
        .put(el("caption").class("tn-visually-hidden").put(say(Key::DeskRepNational)))
        .put(el("thead").put(heads))
        .put(el("tbody").put(rows))
        .put(foot);
    el("div")
        .class("dk-sheet__scroll")
        .set("tabindex", "0")
        .set("role", "region")
        .set("aria-label", &plain(Key::DeskRepNational))
        .put(table)
}

fn line(name: &str, row: &Row) -> El {
    let cells: Vec<El> = match &row.cells {
        Some(cells) => cells.iter().map(|count| el("td").put(count.to_string())).collect(),
        None => Kind::ALL.map(|_| el("td").put(say(Key::DeskRepNoCells))).into(),
    };
    let name = el("th").set("scope", "row").put(name.to_owned());
    el("tr").put(name).put(el("td").put(shown(row.total))).put(cells)
}

fn charts(national: &National) -> El {
    let outcomes = national.outcomes.as_ref().map(|line| {
        let named = Outcome::ALL.into_iter().zip(&line.counts);
        let all = named.map(|(outcome, count)| Bar::shown(plain(outcome_key(outcome)), *count));
        bars("outcomes", Key::DeskRepByOutcome, all.collect())
    });
    let first = national.from.get(..5).unwrap_or_default();
    let month: usize = national.from.get(5..7).and_then(|month| month.parse().ok()).unwrap_or(1);
    let months = national.months.as_ref().map(|line| {
        let all = line.counts.iter().enumerate().map(|(at, count)| {
            let number = month + at;
            let digits = if number < 10 { "0" } else { "" };
            Bar::shown([first, digits, &number.to_string()].concat(), *count)
        });
        bars("months", Key::DeskRepByMonth, all.collect())
    });
    let industries = national.industries.as_ref().map(|line| by_industry(&line.counts));
    let stages = national.stages.as_ref().map(|line| by_stage(&line.counts));
    el("div").class("dk-rep__charts").put(outcomes).put(months).put(industries).put(stages)
}
