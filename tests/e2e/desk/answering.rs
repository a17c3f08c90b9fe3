//! From a founder's request to its end, at the desk and on her phone.

use anyhow::{Result, ensure};
use domain::staff::Role;
use rusqlite::Connection;

use super::{BOOKED, TEAM};
use crate::booker::{NAME, NOTE};
use crate::case::{Case, stories};
use crate::engine::{Browser, CHROMIUM, EVERY, Options};
use crate::world::World;

pub fn cases() -> Vec<Case> {
    [
        stories![EVERY => a_request_is_answered_and_she_reads_it_on_her_phone],
        stories![CHROMIUM =>
            a_board_that_is_open_shows_what_others_do,
            who_comes_stands_among_what_was_booked_and_let_go_all_day,
        ],
    ]
    .concat()
}

const STATE: &str = "[data-testid=facts]";

// A program booked and let go all day; every desk fetched all of it with every change, and was slower by the hour.
async fn who_comes_stands_among_what_was_booked_and_let_go_all_day(world: &mut World) -> Result<()> {
    book(world).await?;
    let database = Connection::open(world.site.database())?;
    database.execute("UPDATE bookings SET start = unixepoch()", [])?;
    database.execute(LET_GO, [])?;
    world.sit_down(Role::Member).await?;
    world.browser.read("[data-testid=more-without-place]", "200件").await?;
    let count = "const all = id => document.querySelectorAll(`#day-0 [data-testid=${id}]`).length;
                 return [all('card'), all('take'), document.querySelector('#day-0 .dk-count').textContent].join()";
    let counted = world.browser.script(count).await?;
    // Who took one that had been let go would have prepared for nobody, and nobody comes to two hundred consultations.
    ensure!(counted == "201,1,1", "cards, those that can be taken, those that count: {counted}");
    // Fewer than are shown at most: nothing is said.
    database.execute("DELETE FROM bookings WHERE id > 201", [])?;
    world.go("/").await?;
    world.browser.see(BOOKED).await?;
    ensure!(!world.browser.is_there("[data-testid=more-without-place]").await?, "there are no more");
    Ok(())
}

const LET_GO: &str = "
WITH RECURSIVE turn (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM turn WHERE n < 300)
INSERT INTO bookings (reference, token, team, start, length, kind, place, status, deadline, fictional, key, key_id, sealed,
                      received_at, changed_at)
SELECT format('%08d', n), randomblob(32), team, start, length, kind, place, 'cancelled', deadline, fictional, key || n,
       key_id, sealed, received_at, changed_at
FROM bookings, turn";

// She waited for a call that never came: her request lay where nobody looked.
async fn a_request_is_answered_and_she_reads_it_on_her_phone(world: &mut World) -> Result<()> {
    world.confirms_by_hand().await?;
    book(world).await?;
    let hers = world.browser.client.current_url().await?.to_string();

    world.sit_down(Role::Member).await?;
    world.browser.see(&format!("#waiting {BOOKED} [data-testid=confirm]")).await?;
    let board = world.browser.text("main").await?;
    ensure!(!board.contains(NAME) && !board.contains(NOTE), "who she is stands on no board: {board}");
    world.browser.click(&format!("#waiting {BOOKED} [data-testid=open]")).await?;
    world.browser.read("[data-testid=letter-note]", NOTE).await?;
    safety_stands_first(world).await?;
    let moved = confirm_and_move(world).await?;
    note(world).await?;

    world.browser.open(&hers).await?;
    world.has_started().await?;
    let hour = moved.split(['–', ' ']).find(|word| word.contains(':')).unwrap_or_default().to_owned();
    world.browser.read("main", &hour).await?;
    Ok(())
}

/// As the record says its time afterwards.
async fn confirm_and_move(world: &World) -> Result<String> {
    world.browser.click("[data-testid=confirm]").await?;
    world.browser.read(STATE, "確定").await?;

    world.browser.click("[data-testid=propose]").await?;
    world.browser.see("input[name=other-time]").await?;
    world.browser.script("document.querySelector('input[name=other-time]').click()").await?;
    world.browser.click("[data-testid=propose-yes]").await?;
    world.browser.see("[data-testid=done]").await?;
    world.browser.text(".dk-facts__time").await
}

async fn note(world: &World) -> Result<()> {
    world.browser.see("#new-note, textarea").await?.send_keys("午後の方がよい").await?;
    world.browser.click("[data-testid=add-note]").await?;
    world.browser.read("[data-testid=note]", "午後の方がよい").await?;
    world.browser.read("[data-testid=note]", "田中").await?;
    Ok(())
}

/// What she asked for stands above the ways to reach her.
async fn safety_stands_first(world: &World) -> Result<()> {
    let order = "const safe = document.querySelector('.dk-safety'), phone = document.querySelector('#contact, #person, .dk-ways, [data-testid^=way-]');
         return Boolean(safe && phone && (safe.compareDocumentPosition(phone) & Node.DOCUMENT_POSITION_FOLLOWING))";
    ensure!(world.browser.script(order).await? == true, "contact safety stands above the contact");
    Ok(())
}

// Two colleagues called the same woman within a minute.
async fn a_board_that_is_open_shows_what_others_do(world: &mut World) -> Result<()> {
    world.confirms_by_hand().await?;
    world.sit_down(Role::Member).await?;
    world.browser.see("[data-testid=none-waiting]").await?;
    // She books on a phone of her own.
    let log = std::env::temp_dir().join(format!("tonari-phone-{}.log", std::process::id()));
    let phone = Browser::start(world.browser.engine, &Options::default(), &log).await?;
    let desk = std::mem::replace(&mut world.browser, phone);
    let asked = book(world).await;
    let phone = std::mem::replace(&mut world.browser, desk);
    phone.close().await?;
    std::fs::remove_file(&log).ok();
    asked?;
    // Nobody touches the desk.
    world.browser.see(&format!("#waiting {BOOKED}")).await?;
    let list = world.site.hands(&["bookings", "list", TEAM]).await?;
    let reference = list.split_whitespace().next().unwrap_or_default().to_owned();
    world.site.hands(&["bookings", "confirm", &reference]).await?;
    world.browser.see("[data-testid=none-waiting]").await?;
    // The server was away for a moment; what happened meanwhile is there without a touch.
    world.site.stop().await?;
    world.site.hands(&["bookings", "cancel", &reference]).await?;
    world.site.resume().await?;
    world.browser.gone("[data-testid=stale]").await?;
    world.go("/?week").await?;
    Ok(())
}

/// Until the server has it.
async fn book(world: &World) -> Result<()> {
    world.request(TEAM).await?;
    world.browser.read("main", "チームが確かめてから").await.map(drop)
}
