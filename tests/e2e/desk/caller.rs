//! A booking for somebody on the telephone, with the keyboard alone.

use anyhow::{Result, ensure};
use domain::staff::Role;

use crate::case::{Case, stories};
use crate::engine::Engine;
use crate::founder::TAB;
use crate::world::World;

/// WebKit's driver sends no chords.
const WITH_CHORDS: &[Engine] = &[Engine::Chromium, Engine::Firefox];

pub fn cases() -> Vec<Case> {
    stories![WITH_CHORDS => a_caller_is_booked_by_the_keyboard_alone]
}

/// As many as thirty seconds have room for, beside what she says.
const MOST_KEYS: usize = 60;
const CTRL_ENTER: &str = "\u{E009}\u{E007}";
const SPACE: &str = " ";

// She sat with the receiver at her shoulder and both hands on the keys.
async fn a_caller_is_booked_by_the_keyboard_alone(world: &mut World) -> Result<()> {
    world.sit_down(Role::Member).await?;
    let mut keys = 0;
    let mut press = async |keyed: &str| -> Result<()> {
        keys += keyed.chars().count();
        world.press(keyed).await
    };
    press("c").await?;
    world.browser.see("input[name=time]").await?;
    press("3").await?;
    world.browser.holds("document.querySelector('[data-testid=kind-phone]').checked").await?;
    world.browser.see("input[name=time]").await?;
    for (field, keyed) in [
        ("input[name=time]", SPACE),
        ("#name", "はな"),
        ("#phone", "0852210000"),
        ("input[name=may-call]", SPACE),
        ("#agreed, input[name=agreed], [data-testid=agreed]", SPACE),
    ] {
        for _ in 0..30 {
            let there = format!("return document.activeElement.matches('{field}')");
            if world.browser.script(&there).await? == true {
                break;
            }
            press(TAB).await?;
        }
        press(keyed).await?;
    }
    press(CTRL_ENTER).await?;
    world.browser.see("[data-testid=call-done]").await?;
    let number = world.browser.text("[data-testid=number]").await?;
    ensure!(keys <= MOST_KEYS, "{keys} keys");
    ensure!(number.chars().filter(char::is_ascii_alphanumeric).count() == 8, "{number}");
    let reference: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
    let list = world.site.hands(&["bookings", "show", &reference]).await?;
    ensure!(list.contains("name: はな") && list.contains("confirmed") && list.contains("phone"), "{list}");
    Ok(())
}
