//! Where she is stays on her phone. Proven on everything that passed between her browser and the server.

use anyhow::{Result, ensure};

use super::find::stand_in_matsue;
use crate::case::{Case, stories};
use crate::engine::{EVERY, Engine};
use crate::founder::{ANSWER, PLACE};
use crate::world::World;

/// What she says below, in every writing it could have on the wire.
#[rustfmt::skip]
const TELLING: [&str; 15] = [
    "6900886", "690-0886", "松江", "まつえ", "マツエ", "matsue", "島根", "しまね", "shimane", "32201",
    "35.46", "133.04", "pref=", "lat=", "lon=",
];

pub fn cases() -> Vec<Case> {
    stories![EVERY => no_request_says_where_she_is]
}

async fn no_request_says_where_she_is(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.works_offline().await?;
    for place in ["690-0886", "松江市", "まつえ", "Matsue"] {
        world.ask_for(place).await?;
        world.browser.see(ANSWER).await?;
        world.browser.click("[data-testid=again]").await?;
        world.browser.see(PLACE).await?;
    }
    world.choose_on_map("32").await?;
    world.browser.see(ANSWER).await?;
    if world.browser.engine == Engine::Chromium {
        world.browser.click("[data-testid=again]").await?;
        stand_in_matsue(world).await?;
        world.browser.click("[data-testid=here]").await?;
        world.browser.see(ANSWER).await?;
    }
    world.tap_save().await?;
    world.was_told().await?;
    check_requests(world)?;
    let foreign = "return performance.getEntriesByType('resource').map((one) => one.name)
        .filter((name) => !name.startsWith(location.origin))";
    let foreign = world.browser.script(foreign).await?;
    ensure!(foreign.as_array().is_some_and(Vec::is_empty), "asked of others: {foreign}");
    Ok(())
}

fn check_requests(world: &World) -> Result<()> {
    let requests = world.proxy.requests();
    // Every road to the server was used: the app's own files and the API.
    for road in ["/data/places.bin", "/sw.js", "/api/v1/associations"] {
        ensure!(requests.iter().any(|request| request.path == road), "nothing was asked of {road}");
    }
    for request in requests {
        let said = decoded(&request.text).to_lowercase();
        for word in TELLING {
            ensure!(!said.contains(word), "a request says {word}: {said}");
        }
    }
    Ok(())
}

/// `%E6%9D%BE` → 松, so that an encoded word is found as well.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
