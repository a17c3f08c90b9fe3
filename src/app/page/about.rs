//! What Tonari is, what it does not know, where its facts and shapes come from.

use ui::component::outside;
use ui::i18n::{Key, say};
use ui::node::{Content, El, el};

use super::{paragraph, section, small, title};
use crate::state::Tonari;

const NEAREST: &str = "https://www.zenshinhoren.or.jp/nearest/";

const CREDITS: [(Key, &str); 4] = [
    (Key::CreditPost, "https://www.post.japanpost.jp/zipcode/download.html"),
    (Key::CreditPoints, "https://nlftp.mlit.go.jp/isj/"),
    (Key::CreditShapes, "https://mapsvg.com/maps"),
    (Key::CreditTokens, "https://design.digital.go.jp/"),
];

pub fn about(tonari: Tonari) -> Content {
    let private =
        section("about-private", say(Key::AboutPrivateTitle)).put(paragraph(say(Key::AboutPrivate)));
    let facts = section("about-facts", say(Key::AboutFactsTitle))
        .put(paragraph(say(Key::AboutFacts)))
        .put(paragraph(say(Key::AboutTeams)))
        .put(paragraph(outside(NEAREST, say(Key::AboutNearest))));
    let guarantee = section("about-guarantee", say(Key::AboutGuaranteeTitle))
        .put(paragraph(say(Key::AboutGuarantee)))
        .put(paragraph(say(Key::AboutFraud)));
    let sources = section("about-sources", say(Key::AboutSourcesTitle)).put_live(move || sources(tonari));
    let credits: Vec<El> =
        CREDITS.into_iter().map(|(key, url)| el("li").put(outside(url, say(key)))).collect();
    let credits = section("about-credits", say(Key::AboutCreditsTitle))
        .put(el("ul").class("tn-page__bullets tn-page__small").put(credits))
        .put(small(say(Key::AboutLicence)));
    Content::Many(vec![
        title(say(Key::TabAbout)).into(),
        paragraph(say(Key::AboutWhat)).into(),
        private.into(),
        facts.into(),
        guarantee.into(),
        sources.into(),
        credits.into(),
    ])
}

fn sources(tonari: Tonari) -> El {
    let rows: Vec<El> = tonari.directory.edition.with(|edition| {
        edition
            .sources
            .iter()
            .map(|source| {
                let row = el("li").set("lang", "ja");
                match &source.url {
                    Some(url) => row.put(outside(url, source.title.clone())),
                    None => row.put(source.title.clone()),
                }
            })
            .collect()
    });
    el("ul").class("tn-page__bullets tn-page__small").put(rows)
}
