//! How long it takes until somebody who comes in sees nothing, and until a phone with a long queue is there.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::booker::CARD;
use crate::founder::ANSWER;
use crate::stopwatch::{ROUNDS, median, number};
use crate::world::World;

const WAITING: usize = 500;
/// The cheapest phone that is still sold.
const SLOWEST: u32 = 6;

/// By the keyboard's way out, with everything on the screen. The page it leads to is of this machine: how far it is to the
/// real one is not ours.
pub async fn leaving(world: &World) -> Result<()> {
    let neutral = format!("http://127.0.0.1:{}/healthz", world.site.port());
    let (mut blank, mut gone) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        world.visit("/find?pref=32").await?;
        world.browser.see(ANSWER).await?;
        // Later than the answer to this command, which would go away with its page.
        world.browser.client.execute(LEAVE, vec![json!(neutral)]).await?;
        world.browser.holds("location.pathname === '/healthz' && document.readyState === 'complete'").await?;
        let there = world.browser.script(THERE).await?;
        world.visit("/").await?;
        let since = number(&world.browser.script("return Number(localStorage.getItem('pressed'))").await?)?;
        let painted = number(&world.browser.script("return Number(localStorage.getItem('blank'))").await?)?;
        let there = number(&there)? - since;
        ensure!(there > 0.0, "it was there before it was asked for");
        // Where the other page came before the next picture of this one, that was the blank one.
        blank.push(if painted > 0.0 { painted - since } else { there });
        gone.push(there);
    }
    println!("bench leave_blank {:.0}", median(blank));
    println!("bench leave_gone {:.0}", median(gone));
    Ok(())
}

const LEAVE: &str = "
const now = () => performance.timeOrigin + performance.now();
document.querySelectorAll('a[data-exit]').forEach((way) => { way.href = arguments[0]; });
localStorage.removeItem('blank');
setTimeout(() => {
  localStorage.setItem('pressed', now());
  for (let n = 0; n < 3; n += 1) document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift', bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => localStorage.setItem('blank', now())));
});";

const THERE: &str = "
const [visit] = performance.getEntriesByType('navigation');
return performance.timeOrigin + visit.domContentLoadedEventEnd;";

/// A request that waits, five hundred times; none of the copies is due.
pub async fn queue(world: &mut World) -> Result<()> {
    world.enters_the_tunnel("shimane").await?;
    world.request("shimane").await?;
    let copied = world.browser.promise(&format!("({COPY})({WAITING})")).await?;
    ensure!(copied == WAITING, "{copied} wait");
    world.browser.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWEST })).await?;
    world.browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": note_list() })).await?;
    let (mut starts, mut lists) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        world.visit("/bookings").await?;
        world.browser.holds("window.listedAfter").await?;
        starts.push(number(&world.browser.script("return window.startedAfter").await?)?);
        lists.push(number(&world.browser.script("return window.listedAfter").await?)?);
    }
    println!("bench queue_start {:.0}", median(starts));
    println!("bench queue_listed {:.0}", median(lists));
    Ok(())
}

const COPY: &str = "async (count) => {
  const done = (asked) => new Promise((good, bad) => { asked.onsuccess = () => good(asked.result); asked.onerror = bad; });
  const database = await done(indexedDB.open('tonari'));
  const change = database.transaction('outbox', 'readwrite');
  const outbox = change.objectStore('outbox');
  const waiting = (all) => all.filter((one) => one.status === 'queued' || one.status === 'sending');
  const [first] = waiting(await done(outbox.getAll()));
  const notBefore = Date.now() + 3_600_000;
  // Another character than the first one's, whose own number is among those that follow once in eight times.
  const other = first.key.at(-4) === 'a' ? 'b' : 'a';
  for (let n = 1; n < count; n += 1) {
    const key = `${first.key.slice(0, -4)}${other}${String(n).padStart(3, '0')}`;
    outbox.put({ ...first, key, status: 'queued', notBefore }, key);
  }
  await new Promise((good, bad) => { change.oncomplete = good; change.onerror = bad; });
  const there = waiting(await done(database.transaction('outbox').objectStore('outbox').getAll()));
  database.close();
  return there.length;
}";

/// When the first of them are on her screen, and when all of them are on her list.
fn note_list() -> String {
    format!(
        "const painted = (name) => requestAnimationFrame(() => {{ window[name] = performance.now(); }});
         let first = true;
         new MutationObserver((_, observer) => {{
           const there = document.querySelectorAll(\"{CARD}\").length;
           if (there > 0 && first) {{ first = false; painted('startedAfter'); }}
           if (there < {WAITING}) return;
           observer.disconnect();
           painted('listedAfter');
         }}).observe(document, {{ childList: true, subtree: true }});"
    )
}
