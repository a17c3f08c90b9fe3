//! A page that takes the frame away while it sends: the host's router shows another screen, and then this one again.

use std::time::Duration;

use anyhow::{Result, ensure};
use domain::api::BOOKINGS;
use fantoccini::Locator;
use serde_json::json;
use tests::dice::Dice;
use tests::patience::until;
use tests::proxy::Fate;
use tokio::time::sleep;

use super::booking::{chosen_there, write_and_go};
use super::row::SHOWS;
use crate::booker::TIME;
use crate::case::{Case, stories};
use crate::engine::CHROMIUM;
use crate::world::World;

/// What a request takes to the server.
const ROAD: Duration = Duration::from_millis(300);
/// On the road, while the server writes, and with the answer on its way back.
const MOMENTS: usize = 4;

pub fn cases() -> Vec<Case> {
    stories![CHROMIUM => d13_taken_away_while_it_sends_it_is_booked_once]
}

async fn d13_taken_away_while_it_sends_it_is_booked_once(world: &mut World) -> Result<()> {
    let mut dice = Dice::thrown();
    world.proxy.spoil(|path| (path == BOOKINGS).then_some(Fate::Late(ROAD)));
    // The first one that is offered is the one she takes each time.
    let mut offered = String::new();
    for moment in 1..=MOMENTS {
        let _host = chosen_there(world, "").await?;
        write_and_go(world).await?;
        sends(world).await?;
        sleep(ROAD.mul_f64(1.5 * dice.share())).await;
        world.leave_frame().await?;
        let away = "const one = widgets()[0]; window.copy = one.cloneNode(true); one.remove()";
        world.browser.script(away).await?;
        until("it to be booked", async || Ok((world.booked_keys()?.len() == moment).then_some(()))).await?;
        world.browser.script("document.body.append(copy)").await?;
        world.browser.holds(SHOWS).await?;
        world.enter_widget().await?;
        let next = world.browser.text(TIME).await?;
        ensure!(next != offered, "{next} is hers and is offered again");
        offered = next;
        world.leave_frame().await?;
        let wrong = world.browser.script("return seen.wrong").await?;
        ensure!(wrong == json!([]), "the host's page hears of {wrong}");
    }
    ensure!(world.booked_keys()?.len() == MOMENTS, "one was sent again");
    Ok(())
}

/// Until it is on its way to the server.
async fn sends(world: &World) -> Result<()> {
    let sent = || world.proxy.requests().iter().filter(|request| request.path == BOOKINGS).count();
    let before = sent();
    until("the button to be trusted", async || {
        if sent() == before {
            world.browser.client.find(Locator::Css("[data-testid=send]")).await?.click().await?;
        }
        Ok((sent() > before).then_some(()))
    })
    .await
}
