//! A phone with a gigabyte of memory, of which the system keeps half: with everything on it the app goes on.

use anyhow::{Result, ensure};

use crate::booker::CARD;
use crate::case::{Case, memory_asked_for, stories};
use crate::engine::{CHROMIUM, Options};
use crate::founder::ANSWER;
use crate::journey::accessible::SCREENS;
use crate::world::World;

/// What a phone of one gigabyte leaves to a browser.
const MEMORY_MB: u32 = 512;
const PREFECTURES: u8 = 47;
const REQUESTS: usize = 5;

/// In `cargo xtask trust memory` only: a group of processes has to be made for it.
pub fn cases() -> Vec<Case> {
    if !memory_asked_for() {
        return Vec::new();
    }
    // Firefox of a computer does not fit into it: it was ended while the screens were opened.
    let cases = stories![CHROMIUM => h10_with_everything_on_it_a_small_phone_goes_on];
    let small = |_| Options { memory_mb: Some(MEMORY_MB), ..Options::default() };
    cases.into_iter().map(|case| case.with(small)).collect()
}

// On her old phone the browser was ended whenever the map was open, and with it what she had just written.
async fn h10_with_everything_on_it_a_small_phone_goes_on(world: &mut World) -> Result<()> {
    keeps_and_looks_at_everything(world).await?;
    world.enters_the_tunnel("shimane").await?;
    for number in 0..REQUESTS {
        world.choose_another_time("shimane", number).await?;
        world.write_letter().await?;
        world.agree_and_send().await?;
    }
    for screen in SCREENS {
        world.visit(screen).await?;
    }
    world.visit("/bookings").await?;
    world.browser.read("[data-testid=waiting]", &format!("{REQUESTS}件")).await?;
    world.comes_out_of_the_tunnel().await?;
    world.browser.gone("[data-testid=waiting]").await?;
    world.browser.read(CARD, "受付番号").await?;
    ensure!(world.booked_keys()?.len() == REQUESTS, "not each was booked once");
    let memory = world.browser.memory()?;
    ensure!(memory.ended()? == 0, "{} of its processes were ended", memory.ended()?);
    // The runner has begun a line of its own.
    println!("\nbench memory_screens {}", SCREENS.len() + usize::from(PREFECTURES));
    println!("bench memory_peak_mb {}", memory.peak_mb()?);
    println!("bench memory_ended {}", memory.ended()?);
    Ok(())
}

async fn keeps_and_looks_at_everything(world: &World) -> Result<()> {
    // All stories and packs are kept by the reading room itself.
    world.visit("/read").await?;
    world.works_offline().await?;
    world.browser.see("[data-testid=kept]").await?;
    world.save("shimane").await?;
    for prefecture in 1..=PREFECTURES {
        world.visit(&format!("/find?pref={prefecture:02}")).await?;
        world.browser.see(ANSWER).await?;
    }
    Ok(())
}
