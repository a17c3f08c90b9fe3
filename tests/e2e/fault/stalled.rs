//! Storage that answers never, or dies under an open page.

use std::time::Duration;

use anyhow::{Result, ensure};
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use serde_json::json;
use tests::patience::until_within;

use crate::booker::CARD;
use crate::case::{Case, stories};
use crate::engine::{CHROMIUM, EVERY, ON_DISK};
use crate::founder::{PLACE, SAVED_CARD, STORAGE, TITLE};
use crate::world::World;

pub fn cases() -> Vec<Case> {
    let mut cases = stories![EVERY =>
        a03_a_dead_connection_that_cannot_be_mended_asks_for_a_reload,
        a05_opening_the_database_never_ends,
        a06_no_kind_of_request_is_ever_answered,
        what_she_saves_before_the_disk_was_read_stays_saved,
        a_tap_counts_even_if_the_disk_is_read_meanwhile,
        a_page_put_away_while_it_was_writing_keeps_nobody_from_the_disk,
        a_page_put_away_while_it_made_the_database_keeps_nobody_from_it,
        bookings_that_cannot_be_read_are_not_called_none,
    ];
    cases.extend(stories![ON_DISK => what_she_did_without_a_disk_is_on_it_once_it_answers]);
    cases.extend(stories![CHROMIUM => a04_the_data_is_gone_when_she_comes_back_to_the_tab]);
    cases
}

/// Takes every answer of a request or transaction away before anybody hears it.
const SWALLOW: &str = "
    const swallow = (target) => {
      for (const type of ['success', 'error', 'upgradeneeded', 'blocked', 'complete', 'abort']) {
        target.addEventListener(type, (event) => event.stopImmediatePropagation(), true);
      }
      return target;
    };";

/// A blank frame's storage is this page's.
const NO_WAY_AROUND: &str = "
    Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', { configurable: true, get() { return window; } });";

// Her old iPhone's storage process was gone and no second way led to it; only a reload could help.
async fn a03_a_dead_connection_that_cannot_be_mended_asks_for_a_reload(world: &mut World) -> Result<()> {
    // Everything that comes from this page's factory is dead from now on, and a blank frame has none.
    world
        .plant(
            "const start = IDBDatabase.prototype.transaction;
             let dead = false;
             window.killStorage = () => { dead = true; };
             IDBDatabase.prototype.transaction = function (...all) {
               if (dead) throw new DOMException('The database connection is closing.', 'InvalidStateError');
               return start.apply(this, all);
             };
             const open = IDBFactory.prototype.open;
             IDBFactory.prototype.open = function (...all) {
               if (dead) throw new DOMException('Connection to Indexed Database server lost.', 'UnknownError');
               return open.apply(this, all);
             };
             Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', {
               configurable: true, get() { return { indexedDB: undefined }; } });",
        )
        .await?;
    world.visit("/find?pref=32").await?;
    world.tap_save().await?;
    world.browser.see("[data-testid=save][aria-pressed=true]").await?;
    world.browser.click("a[href='/']").await?;
    world.type_place("まつえ").await?;
    world.browser.script("window.killStorage()").await?;
    // She comes back to the page: the connection is looked at before she can write anything.
    world.browser.script("window.dispatchEvent(new PageTransitionEvent('pageshow'))").await?;
    world.browser.read(STORAGE, "再読み込み").await?;
    world.browser.holds("document.querySelector('#place').value === 'まつえ'").await?;
    world.browser.click(&format!("{STORAGE} button")).await?;
    world.has_started().await?;
    world.browser.holds("document.querySelector('#place').value === 'まつえ'").await?;
    world.visit("/saved").await?;
    world.browser.see(SAVED_CARD).await?;
    Ok(())
}

// She looked something up in another tab; meanwhile the phone had thrown the stored data away.
async fn a04_the_data_is_gone_when_she_comes_back_to_the_tab(world: &mut World) -> Result<()> {
    world.save("shimane").await?;
    let first = world.browser.client.window().await?;
    let other = world.browser.client.new_window(true).await?;
    world.browser.client.switch_to_window(other.handle).await?;
    let origin = world.url("");
    world
        .browser
        .devtools("Storage.clearDataForOrigin", json!({ "origin": origin, "storageTypes": "indexeddb" }))
        .await?;
    world.browser.client.close_window().await?;
    world.browser.client.switch_to_window(first).await?;
    // The loss is said, and what she saves now is saved.
    world.browser.read(STORAGE, "なくなっています").await?;
    world.visit("/associations/kochi").await?;
    world.tap_save().await?;
    world.browser.see("[data-testid=save][aria-pressed=true]").await?;
    world.visit("/saved").await?;
    world.browser.see("[data-association=kochi]").await?;
    Ok(())
}

// The phone had restarted its storage in the background; opening the database hung, and so did every app using it.
async fn a05_opening_the_database_never_ends(world: &mut World) -> Result<()> {
    let script = format!(
        "{SWALLOW}
         const open = IDBFactory.prototype.open;
         IDBFactory.prototype.open = function (name) {{ return swallow(open.call(this, 'hanging ' + name)); }};
         {NO_WAY_AROUND}"
    );
    world.plant(&script).await?;
    world.visit("/").await?;
    // Finding needs no storage and waits for none.
    world.ask_for("松江市").await?;
    world.is_answered("松江市", &["shimane"]).await?;
    world.browser.see(STORAGE).await?;
    world.tap_save().await?;
    let said = world.was_told().await?;
    ensure!(said.contains("書き込めません"), "she was told: {said}");
    Ok(())
}

// The phone's storage was there again when she came back from another app, but the page had given it up for good: her request
// was in its memory alone, and went when the phone put the page away.
async fn what_she_did_without_a_disk_is_on_it_once_it_answers(world: &mut World) -> Result<()> {
    let script = format!(
        "{SWALLOW}
         window.answers = !location.pathname.startsWith('/book/');
         const open = IDBFactory.prototype.open;
         IDBFactory.prototype.open = function (...all) {{
           return window.answers ? open.apply(this, all) : swallow(open.call(this, 'hanging'));
         }};
         {NO_WAY_AROUND}"
    );
    world.plant(&script).await?;
    world.choose_time("shimane").await?;
    world.write_letter().await?;
    world.browser.read(STORAGE, "保存できません").await?;
    world.works_offline().await?;
    world.can_book_offline().await?;
    world.site.stop().await?;
    world.agree_and_send().await?;
    world.browser.read("[data-testid=not-saved]", "閉じないでください").await?;
    world.browser.script("window.answers = true").await?;
    world.browser.script("document.dispatchEvent(new Event('visibilitychange'))").await?;
    world.browser.read(TITLE, "端末に保存").await?;
    world.browser.gone(STORAGE).await?;
    world.browser.die_and_return().await?;
    world.visit("/bookings").await?;
    world.browser.read("[data-testid=waiting]", "1件").await?;
    world.comes_out_of_the_tunnel().await?;
    world.browser.read(CARD, "受付番号").await?;
    ensure!(world.booked_keys()?.len() == 1, "booked once");
    Ok(())
}

const OPERATIONS: [&str; 8] = ["put", "add", "get", "getAll", "getAllKeys", "delete", "openCursor", "commit"];

/// Three seconds for the step itself, as much again for one repetition, and a slow machine.
const HONEST: Duration = Duration::from_secs(10);

// A bug of one browser version left requests unanswered, each time another kind; pages showed a spinner for ever.
async fn a06_no_kind_of_request_is_ever_answered(world: &mut World) -> Result<()> {
    let script = format!(
        "{SWALLOW}
         let hanging = '';
         try {{ hanging = localStorage.getItem('tests-hanging'); }} catch {{}}
         if (hanging === 'commit') {{
           const start = IDBDatabase.prototype.transaction;
           IDBDatabase.prototype.transaction = function (...all) {{ return swallow(start.apply(this, all)); }};
         }} else if (hanging) {{
           const ask = IDBObjectStore.prototype[hanging];
           IDBObjectStore.prototype[hanging] = function (...all) {{ return swallow(ask.apply(this, all)); }};
         }}"
    );
    world.plant(&script).await?;
    world.visit("/").await?;
    for operation in OPERATIONS {
        let remember = format!("localStorage.setItem('tests-hanging', '{operation}')");
        world.browser.script(&remember).await?;
        world.visit("/find?pref=32").await?;
        world.tap_save().await?;
        let what = format!("an honest word although {operation} hangs");
        until_within(HONEST, &what, async || world.told().await).await?;
        // The form stays usable.
        world.browser.click("[data-testid=again]").await?;
        world.browser.see(PLACE).await?;
    }
    Ok(())
}

/// What is kept is read when the page says `letRead()`.
const SLOW_DISK: &str = "
    window.lateReadings = 0;
    const reading = new Promise((go) => { window.letRead = go; });
    const read = IDBObjectStore.prototype.getAll;
    IDBObjectStore.prototype.getAll = function (...all) {
      const request = read.apply(this, all);
      request.addEventListener('success', async (event) => {
        if (!event.isTrusted) return;
        event.stopImmediatePropagation();
        await reading;
        request.dispatchEvent(new Event('success'));
        window.lateReadings += 1;
      }, true);
      return request;
    };";

impl World {
    async fn the_disk_answers_at_last(&self) -> Result<()> {
        self.browser.script("window.letRead()").await?;
        self.browser.holds("window.lateReadings > 0").await?;
        // The screen follows in the frame after.
        self.browser
            .promise("new Promise((go) => requestAnimationFrame(() => setTimeout(() => go(true))))")
            .await?;
        Ok(())
    }
}

// Her phone was slow to read what it had kept. She had tapped 保存 meanwhile; then the old list arrived, and the team was
// not on it.
async fn what_she_saves_before_the_disk_was_read_stays_saved(world: &mut World) -> Result<()> {
    world.plant(SLOW_DISK).await?;
    world.save("shimane").await?;
    world.the_disk_answers_at_last().await?;
    ensure!(world.browser.is_there("[data-testid=save][aria-pressed=true]").await?, "it is no longer kept");
    Ok(())
}

// The list arrived while her finger was on 保存. The button got the same words anew, and WebKit called it no tap.
async fn a_tap_counts_even_if_the_disk_is_read_meanwhile(world: &mut World) -> Result<()> {
    world.plant(SLOW_DISK).await?;
    world.visit("/associations/shimane").await?;
    let button = world.browser.see("[data-testid=save]").await?;
    let finger = || MouseActions::new("finger".to_owned());
    let down = finger()
        .then(PointerAction::MoveToElement { element: button, duration: None, x: 0.0, y: 0.0 })
        .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
    world.browser.client.perform_actions(down).await?;
    world.the_disk_answers_at_last().await?;
    let up = finger().then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    world.browser.client.perform_actions(up).await?;
    world.browser.see("[data-testid=save][aria-pressed=true]").await?;
    Ok(())
}

// She went to another page while one was writing. WebKit put it away as it was, with the disk's door shut behind it: no
// page could read her list until the browser was closed.
async fn a_page_put_away_while_it_was_writing_keeps_nobody_from_the_disk(world: &mut World) -> Result<()> {
    // A transaction that is asked for something again and again never ends.
    world
        .plant(
            "const put = IDBObjectStore.prototype.put;
             IDBObjectStore.prototype.put = function (...all) {
               const request = put.apply(this, all);
               const on = () => { this.get('nobody').onsuccess = on; };
               if (window.writesForEver) request.addEventListener('success', on);
               return request;
             };",
        )
        .await?;
    world.save("shimane").await?;
    world.visit("/associations/kochi").await?;
    world.browser.script("window.writesForEver = true").await?;
    world.tap_save().await?;
    world.visit("/saved").await?;
    world.browser.see("[data-association=shimane]").await?;
    Ok(())
}

// She went on from her very first page in its first second, while the database was being made. WebKit put that away as well,
// and nothing could be kept on her phone until the browser was closed (one of eight walks over builds).
async fn a_page_put_away_while_it_made_the_database_keeps_nobody_from_it(world: &mut World) -> Result<()> {
    // What it is made in never ends, for the first page.
    world
        .plant(
            "const open = IDBFactory.prototype.open;
             IDBFactory.prototype.open = function (...all) {
               const request = open.apply(this, all);
               request.addEventListener('upgradeneeded', () => {
                 if (sessionStorage.getItem('isMaking')) return;
                 sessionStorage.setItem('isMaking', 'yes');
                 const store = request.result.createObjectStore('nobody');
                 const on = () => { store.get('nobody').onsuccess = on; };
                 on();
               });
               return request;
             };",
        )
        .await?;
    world.visit("/").await?;
    world.browser.holds("sessionStorage.getItem('isMaking')").await?;
    world.save("shimane").await?;
    world.visit("/saved").await?;
    world.browser.see("[data-association=shimane]").await?;
    // And the page itself keeps what she wants when she comes back to it.
    world.browser.script("history.go(-2)").await?;
    world.browser.click("[data-pref='39']").await?;
    world.tap_save().await?;
    world.browser.see("[data-testid=save][aria-pressed=true]").await?;
    world.visit("/saved").await?;
    world.browser.see("[data-association=kochi]").await?;
    Ok(())
}

// Her list stayed white, and she wondered whether she had booked at all.
async fn bookings_that_cannot_be_read_are_not_called_none(world: &mut World) -> Result<()> {
    let script = format!(
        "{SWALLOW}
         const all = IDBObjectStore.prototype.getAll;
         IDBObjectStore.prototype.getAll = function (...of) {{
           const request = all.apply(this, of);
           return this.name === 'outbox' && !window.isMended ? swallow(request) : request;
         }};"
    );
    world.plant(&script).await?;
    world.visit("/bookings").await?;
    world.browser.read("[data-testid=bookings-unread]", "取り消されていません").await?;
    world.browser.script("window.isMended = true").await?;
    world.browser.see("[data-testid=bookings-empty]").await?;
    world.browser.gone("[data-testid=bookings-unread]").await
}
