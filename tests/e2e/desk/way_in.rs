//! In by an invitation and a passkey, out, and in again.

use anyhow::{Context, Result, ensure};
use fantoccini::Locator;
use serde_json::{Value, json};
use tests::patience::until;

use super::{HEADING, TEAM};
use crate::case::{Case, stories};
use crate::engine::CHROMIUM;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![CHROMIUM =>
        whoever_is_invited_makes_a_passkey_and_comes_in_with_it_again,
    ]
}

/// A telephone that knows her by her face.
const AUTHENTICATOR: &str = "webauthn/authenticator";

// Passwords of three people stood on one note under the keyboard.
async fn whoever_is_invited_makes_a_passkey_and_comes_in_with_it_again(world: &mut World) -> Result<()> {
    let authenticator = json!({
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
        "isUserVerified": true, "isUserConsenting": true,
    });
    let telephone = world.browser.command(AUTHENTICATOR, authenticator).await?;
    let printed = world.site.hands(&["invite", "--association", TEAM, "--role", "lead"]).await?;
    // The command knows no port that was chosen for a test.
    let (_, code) = printed.split_once("/desk/invitation#").context(printed.clone())?;
    let code = code.split_whitespace().next().unwrap_or_default();
    world.browser.open(&world.desk(&format!("/invitation#{code}"))).await?;
    world.browser.read("[data-testid=invited-to]", "エスポワール").await?;
    world.browser.see("input").await?.send_keys("田中").await?;
    world.browser.click("button[data-kind=primary]").await?;
    world.browser.see("[data-testid=none-waiting]").await?;
    world.browser.read("[data-testid=me]", "田中").await?;
    // One way in is none on the day the telephone is lost.
    world.browser.see("[data-testid=second-passkey]").await?;
    ensure!(!world.site.log().contains(code), "the code is in the log");

    world.browser.click("[data-testid=sign-out]").await?;
    world.browser.see("[data-testid=signed-out]").await?;
    world.browser.click("[data-testid=enter]").await?;
    world.browser.read("[data-testid=me]", "田中").await?;
    world.browser.see(HEADING).await?;

    left_open_elsewhere(world).await?;
    another_telephone(world, &telephone).await?;
    shut_out(world).await
}

/// A screen in the meeting room, still hers; she ends it from where she sits now.
async fn left_open_elsewhere(world: &World) -> Result<()> {
    world.browser.client.delete_all_cookies().await?;
    world.browser.open(&world.desk("/")).await?;
    world.browser.click("[data-testid=enter]").await?;
    world.browser.see(HEADING).await?;
    world.browser.open(&world.desk("/passkeys")).await?;
    world.browser.click("[data-testid=end]").await?;
    // Two presses of a finger that trembles are one, so she is asked in peace.
    until("her second press to count", async || {
        if world.browser.client.find_all(Locator::Css("[data-testid=session]")).await?.len() == 1 {
            return Ok(Some(()));
        }
        world.browser.client.find(Locator::Css("[data-testid=end-yes]")).await?.click().await?;
        Ok(None)
    })
    .await
}

/// Who found the old one may sit inside: with the new way in she is asked whether anybody shall stay.
async fn another_telephone(world: &World, telephone: &Value) -> Result<()> {
    world.browser.client.delete_all_cookies().await?;
    world.browser.open(&world.desk("/")).await?;
    world.browser.click("[data-testid=enter]").await?;
    world.browser.see(HEADING).await?;
    world.browser.devtools("WebAuthn.clearCredentials", json!({ "authenticatorId": telephone })).await?;
    world.browser.open(&world.desk("/passkeys")).await?;
    world.browser.click("[data-testid=add-passkey]").await?;
    world.browser.read("[data-testid=still-elsewhere]", "1か所").await?;
    world.browser.click("[data-testid=still-elsewhere] button").await?;
    world.browser.read("main", "加えました。ほかではサインインしていません").await?;
    world.browser.holds("document.activeElement.id === 'page-title'").await?;
    let sessions = world.browser.client.find_all(Locator::Css("[data-testid=session]")).await?.len();
    ensure!(sessions == 1, "{sessions} sessions");
    Ok(())
}

/// Her session ends at once, and her passkey opens nothing.
async fn shut_out(world: &World) -> Result<()> {
    let list = world.site.hands(&["members", "list"]).await?;
    let id = list.split_whitespace().next().context(list.clone())?;
    world.site.hands(&["members", "disable", id]).await?;
    world.browser.see("[data-testid=enter]").await?;
    world.browser.click("[data-testid=enter]").await?;
    world.browser.see("[data-testid=no-way]").await?;
    Ok(())
}
