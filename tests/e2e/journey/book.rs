//! She books: with a network and without, once, and she is told.

use anyhow::{Context, Result, ensure};
use domain::api;
use serde_json::Value;
use tests::patience::until;

use super::written::drafts;
use crate::booker::{CARD, NAME, NOTE, REFERENCE, TIME};
use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::founder::{BOOKINGS, ENTER, PLACE, TAB, TITLE};
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY =>
        she_books_takes_another_time_and_cancels,
        what_is_missing_is_said_and_what_she_wrote_stays,
        she_opened_an_answer_and_finds_booking_in_the_tunnel,
        d01_booked_in_a_tunnel_it_is_sent_once_when_the_train_comes_out,
        d02_a_time_that_went_meanwhile_is_told_with_the_nearest,
        a_request_carried_out_of_the_valley_is_one_booking,
        d09_turned_away_in_a_crowd_she_is_served_a_moment_later,
        in_a_rush_her_phone_works_for_its_turn_and_each_is_sent_once,
        a27_two_tabs_that_wake_together_send_it_once,
        what_the_team_says_reaches_her,
        she_chooses_a_time_with_the_keyboard_alone,
        the_link_in_her_mail_opens_and_cancels_on_any_device,
    ]
}

async fn she_books_takes_another_time_and_cancels(world: &mut World) -> Result<()> {
    world.request("gunma").await?;
    world.browser.read("#page-title", "予約できました").await?;
    let number = world.browser.text(REFERENCE).await?;
    ensure!(number.contains('-'), "the number is {number}");
    let first = world.browser.text("[data-testid=time]").await?;

    world.tap("[data-testid=move]").await?;
    world.browser.see(TIME).await?;
    world.tap(TIME).await?;
    world.tap("[data-testid=move-yes]").await?;
    world.browser.read("#page-title", "新しい時間で予約できました").await?;
    ensure!(world.browser.text("[data-testid=time]").await? != first, "it is at its old time");
    ensure!(world.browser.text(REFERENCE).await? == number, "the number has changed");

    world.tap("[data-testid=cancel]").await?;
    world.tap("[data-testid=cancel-yes]").await?;
    world.browser.read("#page-title", "取り消しました").await?;
    world.visit("/bookings").await?;
    world.browser.read(CARD, "取り消しました").await?;
    Ok(())
}

async fn what_is_missing_is_said_and_what_she_wrote_stays(world: &mut World) -> Result<()> {
    world.choose_time("gunma").await?;
    world.browser.see("#phone").await?.send_keys("12").await?;
    world.tap("[data-testid=to-check]").await?;
    world.browser.read("#errors", "ニックネーム").await?;
    world.browser.holds("document.activeElement.id === 'errors'").await?;
    world.browser.read("#phone-error", "10けたか11けた").await?;
    world.browser.holds("document.querySelector('#phone').value === '12'").await?;
    // The way to the field; a browser by itself would go to the first screen, where the page's base is.
    world.browser.see("#errors a[href='#phone']").await?.send_keys(ENTER).await?;
    world
        .browser
        .holds("document.activeElement.id === 'phone' && location.pathname === '/book/gunma'")
        .await?;
    // It goes as soon as it is mended.
    world.browser.see("#phone").await?.send_keys("0-1234-5678").await?;
    world.browser.see("#name").await?.send_keys(NAME).await?;
    world.browser.holds("document.querySelector('#name-error').textContent === ''").await?;
    // Of her consent she was not asked yet; it had stood there as missing.
    let left = world.browser.text("#errors").await?;
    ensure!(left.contains("10けたか11けた") && !left.contains("同意"), "still wrong: {left}");
    Ok(())
}

// She had only looked who is near; of booking she thought in the tunnel.
async fn she_opened_an_answer_and_finds_booking_in_the_tunnel(world: &mut World) -> Result<()> {
    world.visit("/find?pref=32").await?;
    world.works_offline().await?;
    world.can_book_offline().await?;
    world.site.stop().await?;
    world.browser.click(BOOKINGS).await?;
    world.browser.read(TITLE, "予約一覧").await?;
    world.browser.read("main", "予約はまだありません").await?;
    world.reload().await?;
    // Back over the border between the entries, without a network too.
    world.browser.click(".tn-bar__link[href='/']").await?;
    world.browser.see(PLACE).await?;
    world.browser.client.back().await?;
    world.browser.read(TITLE, "予約一覧").await?;
    Ok(())
}

// She saw her team on the platform and wrote in the tunnel.
async fn d01_booked_in_a_tunnel_it_is_sent_once_when_the_train_comes_out(world: &mut World) -> Result<()> {
    world.enters_the_tunnel("shimane").await?;
    world.request("shimane").await?;
    world.browser.read("[data-testid=detail]", "まだ送信されていません").await?;
    // Whatever becomes of this tab, it is on the device.
    world.visit("/bookings").await?;
    world.browser.read("[data-testid=waiting]", "1件").await?;
    world.comes_out_of_the_tunnel().await?;
    world.browser.read(CARD, "受付番号").await?;
    ensure!(!world.browser.is_there("[data-testid=waiting]").await?, "the counter still counts it");
    ensure!(world.arrivals() == 1, "it came {} times", world.arrivals());
    Ok(())
}

// Two of her requests were for the same hour; somebody has to be second.
async fn d02_a_time_that_went_meanwhile_is_told_with_the_nearest(world: &mut World) -> Result<()> {
    world.enters_the_tunnel("akita").await?;
    world.request("akita").await?;
    world.request("akita").await?;
    world.site.resume().await?;
    world.visit("/bookings").await?;
    world.browser.see("[data-state=again]").await?;
    world.browser.see("[data-state=good]").await?;
    world.browser.read("[data-state=again]", "選び直してください").await?;
    world.tap("[data-state=again] .tn-card__link").await?;
    world.browser.see("[data-testid=nearest] li:nth-child(3)").await?;
    chooses_again(world).await?;
    world.visit("/bookings").await?;
    world.browser.see("[data-state=good]:nth-of-type(2)").await?;
    world.browser.gone("[data-state=again]").await?;
    until("all letters to be gone", async || Ok((drafts(world).await? == (0, 0)).then_some(()))).await
}

// No network for a week: a neighbour took the file along. Then the mast was mended, and her phone sent it, too.
async fn a_request_carried_out_of_the_valley_is_one_booking(world: &mut World) -> Result<()> {
    world.plant(SAVES).await?;
    world.enters_the_tunnel("shimane").await?;
    world.request("shimane").await?;
    world.tap("[data-testid=export]").await?;
    world.browser.holds("window.saved").await?;
    let saved = world.browser.script("return window.saved").await?;
    let saved = saved.as_str().context("a file is a text")?;
    ensure!(!saved.contains(NAME) && !saved.contains(NOTE), "it can be read by everybody: {saved}");
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("yoyaku.json");
    std::fs::write(&file, saved)?;
    world.site.hands(&["bookings", "receive", &file.to_string_lossy()]).await?;
    world.site.resume().await?;
    world.tap("[data-testid=send-now]").await?;
    let reference = world.browser.text(REFERENCE).await?.replace('-', "");
    let booked = world.site.hands(&["bookings", "list", "shimane"]).await?;
    ensure!(booked.lines().count() == 1 && reference.ends_with(&booked[..8]), "{reference} of {booked}");
    Ok(())
}

/// What goes into a file, as it is written; WebKit's own reading of one comes to no end now and then.
const SAVES: &str = "{
  const texts = new WeakMap();
  window.Blob = new Proxy(Blob, { construct: (kind, [parts, options]) => {
    const blob = new kind(parts, options);
    texts.set(blob, parts.join(''));
    return blob;
  } });
  const address = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    window.saved = texts.get(blob);
    return address.call(URL, blob);
  };
}";

// A hundred founders in one hall shared an address, and hers was the request too many.
async fn d09_turned_away_in_a_crowd_she_is_served_a_moment_later(world: &mut World) -> Result<()> {
    world.choose_time("gunma").await?;
    world.write_letter().await?;
    world.tap("[data-testid=consent]").await?;
    let crowd = world.site.crowd();
    until("the crowd to be too large", async || {
        Ok(world.site.log().contains("\"status\":429").then_some(()))
    })
    .await?;
    world.tap("[data-testid=send]").await?;
    let turned_away = "\"route\":\"/api/v1/bookings\",\"status\":429";
    until("her to be turned away", async || Ok(world.site.log().contains(turned_away).then_some(()))).await?;
    crowd.abort();
    world.browser.see(REFERENCE).await?;
    ensure!(world.arrivals() == 1, "it came {} times", world.arrivals());
    let sent = world.proxy.requests().iter().filter(|request| request.path == api::BOOKINGS).count();
    ensure!(sent == 2, "told when to come back, she asked {sent} times");
    Ok(())
}

// A program took all times of the week in the minute they were published; now each booking of that minute costs work. She
// had asked for two in the tunnel, came out in the middle of it, and saw nothing but that they were sent.
async fn in_a_rush_her_phone_works_for_its_turn_and_each_is_sent_once(world: &mut World) -> Result<()> {
    world.enters_the_tunnel("gunma").await?;
    for number in 0..2 {
        world.choose_another_time("gunma", number).await?;
        world.write_letter().await?;
        world.agree_and_send().await?;
    }
    world.visit("/bookings").await?;
    world.browser.read("[data-testid=waiting]", "2件").await?;
    world.site.set("TONARI_CALM_BOOKINGS_PER_MINUTE", "1");
    world.comes_out_of_the_tunnel().await?;
    world.browser.holds("document.querySelectorAll('[data-state=good]').length === 2").await?;
    ensure!(world.arrivals() == 2, "they came {} times", world.arrivals());
    ensure!(world.booked_keys()? == world.listed_keys().await?, "others are booked than are shown");
    let asked = world.site.log().matches("\"route\":\"/api/v1/bookings\",\"status\":429").count();
    ensure!(asked == 1, "work was asked for {asked} times");
    Ok(())
}

/// What she wrote is there; she chooses a time and sends it.
async fn chooses_again(world: &World) -> Result<()> {
    world.tap(".tn-page__actions a[href*=again]").await?;
    world.tap(TIME).await?;
    world.tap("[data-testid=to-contact]").await?;
    world.browser.see("#name").await?;
    let name = world.browser.script("return document.querySelector('#name').value").await?;
    ensure!(name == NAME, "the name is {name}");
    world.tap("[data-testid=to-check]").await?;
    world.tap("[data-testid=send]").await?;
    world.browser.see(REFERENCE).await?;
    Ok(())
}

// The train came out, two tabs woke and both wanted to send it.
async fn a27_two_tabs_that_wake_together_send_it_once(world: &mut World) -> Result<()> {
    world.enters_the_tunnel("gunma").await?;
    world.request("gunma").await?;
    let first = world.browser.client.window().await?;
    let second = world.browser.client.new_window(true).await?.handle;
    world.browser.client.switch_to_window(second).await?;
    world.visit("/bookings").await?;
    world.browser.see("[data-testid=waiting]").await?;
    world.site.resume().await?;
    let awake = "dispatchEvent(new Event('online'))";
    world.browser.script(awake).await?;
    world.browser.client.switch_to_window(first).await?;
    world.browser.script(awake).await?;
    world.browser.read("#page-title", "予約できました").await?;
    ensure!(world.arrivals() == 1, "it came {} times", world.arrivals());
    Ok(())
}

// The team was full that week and said so; she had closed the page and looked the next day.
async fn what_the_team_says_reaches_her(world: &mut World) -> Result<()> {
    world.request("shimane").await?;
    let reference = world.browser.text(REFERENCE).await?.replace('-', "");
    world.browser.open(&world.url("/healthz")).await?;
    let words = "この週は満席です。";
    world.site.hands(&["bookings", "decline", &reference, "--reason", words]).await?;
    world.visit("/bookings").await?;
    world.browser.read(CARD, words).await?;
    // And it is on the device.
    world.works_offline().await?;
    world.can_book_offline().await?;
    world.site.stop().await?;
    world.visit("/bookings").await?;
    world.browser.read(CARD, words).await?;
    Ok(())
}

async fn she_chooses_a_time_with_the_keyboard_alone(world: &mut World) -> Result<()> {
    world.visit("/book/gunma").await?;
    world.browser.see(TIME).await?;
    let mut keys = 0;
    loop {
        world.press(TAB).await?;
        keys += 1;
        ensure!(keys <= 25, "more than 25 keys to the first time");
        let there = world.browser.script(&format!("return document.activeElement.matches('{TIME}')")).await?;
        if there == Value::Bool(true) {
            break;
        }
    }
    world.press(ENTER).await?;
    world.browser.see(&format!("{TIME}[aria-pressed=true]")).await?;
    Ok(())
}

// She booked on her phone and opened the mail at a friend's.
async fn the_link_in_her_mail_opens_and_cancels_on_any_device(world: &mut World) -> Result<()> {
    world.request("gunma").await?;
    world.browser.see(REFERENCE).await?;
    let link = world.browser.see("a[href$='/calendar.ics']").await?.attr("href").await?.context("a link")?;
    let token = link.split('/').nth_back(1).context("a token in it")?.to_owned();
    // Another device: nothing of hers is here.
    world.tap("[data-testid=cancel]").await?;
    world.visit("/device").await?;
    world.tap("[data-testid=erase]").await?;
    world.browser.click("[data-testid=erase-yes]").await?;
    world.browser.see("[data-testid=erased]").await?;
    world.visit(&format!("/bookings/{token}")).await?;
    world.browser.read("#page-title", "予約できました").await?;
    world.tap("[data-testid=cancel]").await?;
    world.tap("[data-testid=cancel-yes]").await?;
    world.browser.read("#page-title", "取り消しました").await?;
    world.visit("/bookings").await?;
    world.browser.see("[data-testid=bookings-empty]").await?;
    Ok(())
}
