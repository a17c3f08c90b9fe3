//! Times that this phone kept from an earlier visit, and the server's answer that comes after them.

use std::time::Duration;

use anyhow::{Result, ensure};
use tests::proxy::Fate;

use crate::booker::TIME;
use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY => times_that_are_the_same_stay_under_her_thumb_when_the_answer_comes]
}

/// Long enough to see the kept ones before it.
const SLOWLY: Duration = Duration::from_secs(3);
const AS_OF: &str = "[data-testid=as-of]";

// She was about to press ten o'clock when the answer came: the same times, all of them new buttons, and the focus nowhere.
async fn times_that_are_the_same_stay_under_her_thumb_when_the_answer_comes(world: &mut World) -> Result<()> {
    world.visit("/book/gunma").await?;
    world.browser.see(TIME).await?;
    world.proxy.spoil(|path| path.contains("/slots").then_some(Fate::Late(SLOWLY)));
    world.visit("/book/gunma").await?;
    world.browser.see(AS_OF).await?;
    let presses = format!("window.pressed = document.querySelector('{TIME}'); window.pressed.focus()");
    world.browser.script(&presses).await?;
    world.browser.gone(AS_OF).await?;
    let stays = "return window.pressed.isConnected && document.activeElement === window.pressed";
    ensure!(world.browser.script(stays).await? == true, "another button is in its place");
    Ok(())
}
