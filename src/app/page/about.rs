//! What Tonari is, what it does not know, where its facts and shapes come from.

use leptos::prelude::*;
use ui::component::{Icon, IconName};
use ui::i18n::{Key, say};

use crate::state::Tonari;

const CREDITS: [(Key, &str); 4] = [
    (Key::CreditPost, "https://www.post.japanpost.jp/zipcode/download.html"),
    (Key::CreditPoints, "https://nlftp.mlit.go.jp/isj/"),
    (Key::CreditShapes, "https://github.com/VictorCazanave/svg-maps"),
    (Key::CreditTokens, "https://design.digital.go.jp/"),
];

#[component]
pub fn AboutPage() -> impl IntoView {
    let tonari = expect_context::<Tonari>();
    let sources = move || {
        let edition = tonari.directory.edition.get();
        edition
            .sources
            .iter()
            .map(|source| {
                let title = source.title.clone();
                match source.url.clone() {
                    Some(url) => view! { <li lang="ja">{outside(title.into_any(), url)}</li> }.into_any(),
                    None => view! { <li lang="ja">{title}</li> }.into_any(),
                }
            })
            .collect_view()
    };
    let credits = CREDITS
        .into_iter()
        .map(|(key, url)| view! { <li>{outside(say(key), url.to_owned())}</li> })
        .collect_view();
    view! {
        <h1 class="tn-page__title" id="page-title" tabindex="-1">{say(Key::TabAbout)}</h1>
        <p>{say(Key::AboutWhat)}</p>
        <section class="tn-page__section" aria-labelledby="about-private">
            <h2 class="tn-page__subtitle" id="about-private">{say(Key::AboutPrivateTitle)}</h2>
            <p>{say(Key::AboutPrivate)}</p>
        </section>
        <section class="tn-page__section" aria-labelledby="about-facts">
            <h2 class="tn-page__subtitle" id="about-facts">{say(Key::AboutFactsTitle)}</h2>
            <p>{say(Key::AboutFacts)}</p>
            <p>{say(Key::AboutTeams)}</p>
            <p>{outside(say(Key::AboutNearest), "https://www.zenshinhoren.or.jp/nearest/".to_owned())}</p>
        </section>
        <section class="tn-page__section" aria-labelledby="about-guarantee">
            <h2 class="tn-page__subtitle" id="about-guarantee">{say(Key::AboutGuaranteeTitle)}</h2>
            <p>{say(Key::AboutGuarantee)}</p>
            <p>{say(Key::AboutFraud)}</p>
        </section>
        <section class="tn-page__section" aria-labelledby="about-sources">
            <h2 class="tn-page__subtitle" id="about-sources">{say(Key::AboutSourcesTitle)}</h2>
            <ul class="tn-page__bullets tn-page__small">{sources}</ul>
        </section>
        <section class="tn-page__section" aria-labelledby="about-credits">
            <h2 class="tn-page__subtitle" id="about-credits">{say(Key::AboutCreditsTitle)}</h2>
            <ul class="tn-page__bullets tn-page__small">{credits}</ul>
            <p class="tn-page__small">{say(Key::AboutLicence)}</p>
        </section>
    }
}

fn outside(words: AnyView, url: String) -> AnyView {
    view! {
        <a href=url rel="noopener noreferrer external" target="_blank">
            {words}
            " "
            <Icon name=IconName::External/>
        </a>
    }
    .into_any()
}
