//! すぐ閉じる: whoever comes in sees another page, and going back shows nothing.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::patience::until;

use crate::case::{Case, stories};
use crate::engine::{CHROMIUM, EVERY, Engine, Options};
use crate::world::World;

/// Those that can be told to run none.
const NO_SCRIPTS: &[Engine] = &[Engine::Chromium, Engine::Firefox];

pub fn cases() -> Vec<Case> {
    [
        stories![EVERY => f05_whatever_is_on_the_screen_is_gone_at_once_and_back_shows_nothing],
        stories![CHROMIUM => f06_offline_she_leaves_to_an_empty_page],
        stories![NO_SCRIPTS => f06_without_scripts_she_leaves_by_a_plain_link]
            .into_iter()
            .map(|case| case.with(|_| without_scripts()))
            .collect(),
    ]
    .concat()
}

const SHIFT_THREE_TIMES: &str = "for (let i = 0; i < 3; i += 1)
    (document.activeElement || document.body).dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift', bubbles: true }))";
const BUTTON: &str = "document.querySelector('a[data-exit]').click()";

// He came into the room; the screen went white, and one tap on 戻る brought everything back.
async fn f05_whatever_is_on_the_screen_is_gone_at_once_and_back_shows_nothing(
    world: &mut World,
) -> Result<()> {
    world.visit("/").await?;
    world.ask_for("松江市").await?;
    world.is_answered("松江市", &["shimane"]).await?;
    leaves(world, SHIFT_THREE_TIMES).await?;

    world.visit("/").await?;
    world.visit("/book/shimane").await?;
    world.browser.see(crate::booker::TIME).await?;
    leaves(world, BUTTON).await
}

/// To a page of the test's own, since there is no weather here.
async fn leaves(world: &World, how: &str) -> Result<()> {
    let neutral = format!("http://127.0.0.1:{}/healthz", world.site.port());
    // Later than the answer to this command, which would go away with its page.
    let script = format!(
        "setTimeout(() => {{
            document.querySelectorAll('a[data-exit]').forEach((way) => {{ way.href = '{neutral}'; }});
            {how};
            localStorage.setItem('seen', getComputedStyle(document.documentElement).display + document.title);
        }})"
    );
    world.browser.script(&script).await?;
    // Whole: going back from a page on its way leads nowhere in Firefox.
    world
        .browser
        .holds(&format!("location.href === '{neutral}' && document.readyState === 'complete'"))
        .await?;
    goes_back_in_vain(world).await?;
    world.visit("/").await?;
    let seen = world.browser.script("return localStorage.getItem('seen')").await?;
    ensure!(seen == "none", "in the very moment there was still {seen}");
    Ok(())
}

async fn goes_back_in_vain(world: &World) -> Result<()> {
    let (own, neutral) = (world.url("/"), format!("http://127.0.0.1:{}/healthz", world.site.port()));
    // What it leads to is not there in a test, and some drivers call that an error.
    world.browser.client.back().await.ok();
    let mut at = neutral.clone();
    let away = until("to be away again", async || {
        at = world.browser.client.current_url().await?.to_string();
        Ok((!at.starts_with(&own) && at != neutral).then_some(()))
    });
    away.await.with_context(|| format!("at {at}"))
}

async fn f06_offline_she_leaves_to_an_empty_page(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.works_offline().await?;
    let offline = json!({ "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    world.browser.devtools("Network.emulateNetworkConditions", offline).await?;
    world.browser.holds("!navigator.onLine").await?;
    world.browser.script(&format!("setTimeout(() => {BUTTON})")).await?;
    until("an empty page", async || {
        Ok((world.browser.client.current_url().await?.as_str() == "about:blank").then_some(()))
    })
    .await
}

fn without_scripts() -> Options {
    // The way leads out of this machine; here nobody answers, and at once.
    let nobody = "--host-resolver-rules=MAP *.go.jp 127.0.0.1:9";
    Options {
        switches: vec![nobody.to_owned()],
        preferences: vec![
            ("javascript.enabled", json!(false)),
            ("network.dns.localDomains", json!("www.jma.go.jp")),
        ],
        ..Options::default()
    }
}

// Scripts were switched off where she works, and the button that should have taken her away was one of theirs.
async fn f06_without_scripts_she_leaves_by_a_plain_link(world: &mut World) -> Result<()> {
    if world.browser.engine == Engine::Chromium {
        world.browser.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
    }
    for page in ["/", "/form/shimane"] {
        let own = world.url(page);
        world.browser.open(&own).await?;
        // What it leads to is not there in a test, and some drivers call that an error.
        world.browser.see("a.tn-header__exit").await?.click().await.ok();
        until("to be away", async || {
            Ok((world.browser.client.current_url().await?.host_str() != Some("127.0.0.1")).then_some(()))
        })
        .await?;
    }
    Ok(())
}
