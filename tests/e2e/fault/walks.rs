//! Four builds come and go, forwards and backwards, whole, cut off or with wrong bytes; in between the server is away, and she
//! opens the app, reloads it, and lets a newer version in. Chance says what is next. Whatever it was: the app opens, all that
//! it consists of belongs to one build, and her request is still there and arrives once.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::dice::Dice;
use tests::patience::until;
use tests::proxy::Fate;
use tests::site::{built_app, copy_folder, nth_build};

use crate::booker::HOURS;
use crate::case::{Case, stories, walks_asked_for};
use crate::engine::EVERY;
use crate::founder::UPDATE;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY => b05_chance_changes_builds_and_every_page_is_of_one_of_them]
}

const BUILDS: u8 = 4;
const STEPS: usize = 8;
const TEAMS: [&str; 5] = ["shimane", "gunma", "kochi", "aichi", "akita"];
const SCREENS: [&str; 5] = ["/", "/find?pref=32", "/associations/shimane", "/device", "/bookings"];
const WORKER: &str = "/sw.js";

// A colleague's app had shown half of two versions after an update had been taken back while phones fetched it.
async fn b05_chance_changes_builds_and_every_page_is_of_one_of_them(world: &mut World) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let builds = (1..=BUILDS).map(|number| build(folder.path(), number)).collect::<Result<Vec<_>>>()?;
    let mut dice = Dice::thrown();
    let (mut expected, mut done, mut gone) = (Vec::new(), 0, 0);
    let walks = walks_asked_for().unwrap_or(1);
    for walk in 0..walks {
        let mut steps = Vec::new();
        let key = Walk {
            world,
            builds: &builds,
            dice: &mut dice,
            steps: &mut steps,
            is_away: false,
            gone: &mut gone,
        }
        .go(walk)
        .await
        .with_context(|| format!("walk {walk}: {steps:?}"))?;
        expected.push(key);
        done += 1;
        // Seen in Firefox and WebKit, once in a hundred walks or two.
        ensure!(gone <= walks / 50, "{gone} pages of {done} walks found their files nowhere");
        let mut wanted = expected.clone();
        wanted.sort();
        until("every request, once", async || Ok((world.booked_keys()? == wanted).then_some(()))).await?;
    }
    // The runner has begun a line of its own.
    println!("\nbench walks_{} {done}", world.browser.engine.name());
    println!("bench walks_{}_gone {gone}", world.browser.engine.name());
    Ok(())
}

#[derive(Debug)]
enum Step {
    Put(usize),
    Spoil(usize, Fate),
    Heal,
    Away,
    Back,
    Visit(&'static str),
    Reload,
    Agree(bool),
}

struct Walk<'w> {
    world: &'w mut World,
    builds: &'w [PathBuf],
    dice: &'w mut Dice,
    steps: &'w mut Vec<Step>,
    is_away: bool,
    /// Pages that came in the very moment in which another version took over, and found their own files nowhere.
    gone: &'w mut usize,
}

impl Walk<'_> {
    /// Ends with everything whole, and the key of what she asked for.
    async fn go(mut self, walk: usize) -> Result<String> {
        self.world.proxy.heal();
        self.world.site.put(&self.builds[self.dice.below(self.builds.len())]).await?;
        self.begin_anew().await?;
        let team = TEAMS[walk % TEAMS.len()];
        self.world.enters_the_tunnel(team).await?;
        // What arrived is not offered any more: the first hour that is left is another one each time.
        self.world.choose_hour(team, 1 + walk / TEAMS.len() / HOURS, 0).await?;
        self.world.write_letter().await?;
        self.world.agree_and_send().await?;
        let key = self.world.browser.script("return location.pathname.split('/').pop()").await?;
        let key = key.as_str().context("her request has an address")?.to_owned();
        self.is_away = true;
        for _ in 0..STEPS {
            self.step().await?;
            self.is_whole(&key).await?;
        }
        self.heal();
        self.come_back().await?;
        self.world.visit("/bookings").await?;
        Ok(key)
    }

    /// As on a phone that has never been here.
    async fn begin_anew(&self) -> Result<()> {
        self.world.reload_or_open(NO_APP).await?;
        self.world.browser.promise(FORGET).await?;
        self.world.visit("/").await?;
        self.world.works_offline().await
    }

    async fn step(&mut self) -> Result<()> {
        let step = match self.dice.below(10) {
            0..=2 => Step::Put(self.dice.below(self.builds.len())),
            3 => Step::Spoil(self.dice.below(64), self.fate()),
            4 => Step::Heal,
            5 if !self.is_away => Step::Away,
            5 | 6 if self.is_away => Step::Back,
            7 => Step::Reload,
            8 => Step::Agree(self.world.browser.is_there(UPDATE).await?),
            _ => Step::Visit(SCREENS[self.dice.below(SCREENS.len())]),
        };
        self.steps.push(step);
        match self.steps.last() {
            Some(&Step::Put(number)) => {
                self.world.site.put(&self.builds[number]).await?;
                self.is_away = false;
            }
            Some(Step::Spoil(file, fate)) => self.spoil(*file, fate.clone()).await?,
            Some(Step::Heal) => self.heal(),
            Some(Step::Away) => {
                self.world.site.stop().await?;
                self.is_away = true;
            }
            Some(Step::Back) => self.come_back().await?,
            Some(Step::Agree(true)) => {
                // Its notice may go at any moment: the version it spoke of was taken back.
                self.world.browser.script(TAP_UPDATE).await?;
            }
            Some(Step::Reload | Step::Agree(false) | Step::Visit(_)) | None => {}
        }
        match self.steps.last() {
            Some(Step::Visit(screen)) => self.world.visit(screen).await,
            Some(Step::Agree(true)) => self.reload_in_the_handover().await,
            _ => self.world.reload().await,
        }
    }

    /// While one worker takes the other's place. Without a network WebKit has asked nobody for the page then, and Firefox
    /// nobody for its scripts: the next load is whole.
    async fn reload_in_the_handover(&mut self) -> Result<()> {
        let Err(failed) = self.world.reload().await else { return Ok(()) };
        println!("\n{}: no app in the handover: {failed:#}", self.world.browser.engine.name());
        *self.gone += 1;
        self.world.reload().await
    }

    fn fate(&mut self) -> Fate {
        match self.dice.below(2) {
            0 => Fate::Cut,
            _ => Fate::Replace { status: 200, content_type: "text/javascript", body: "yesterday".to_owned() },
        }
    }

    /// One of the files of what is served, or the worker's.
    async fn spoil(&self, file: usize, fate: Fate) -> Result<()> {
        let mut paths = vec![WORKER.to_owned()];
        if !self.is_away {
            let worker = self.world.site.get(WORKER).await?;
            let start = worker.find("{\"version\"").context("sw.js holds a manifest")?;
            let manifest = serde_json::Deserializer::from_str(&worker[start..]).into_iter::<Value>().next();
            let files = manifest.context("sw.js holds a manifest")??["files"].clone();
            paths.extend(files.as_object().context("a manifest lists files")?.keys().cloned());
        }
        let path = paths.swap_remove(file % paths.len());
        self.world.proxy.spoil(move |asked| (asked == path).then(|| fate.clone()));
        Ok(())
    }

    fn heal(&self) {
        self.world.proxy.heal();
    }

    async fn come_back(&mut self) -> Result<()> {
        if self.is_away {
            self.world.site.resume().await?;
            self.is_away = false;
        }
        Ok(())
    }

    /// The page, what it has loaded, the bytes of glue and wasm: all of one build; and her request is on the phone.
    async fn is_whole(&mut self, key: &str) -> Result<()> {
        let mut seen = self.world.browser.promise(&LOOK.replace("$key", key)).await?;
        if seen["gone"] == json!(true) {
            // Nothing of another build, nothing at all: the next load is whole.
            println!("\n{}: gone from a page: {seen}", self.world.browser.engine.name());
            *self.gone += 1;
            self.world.reload().await?;
            seen = self.world.browser.promise(&LOOK.replace("$key", key)).await?;
        }
        let build = seen["build"].as_str().context("the page says which build it is")?.to_owned();
        let is_of = |value: &Value| value.as_str() == Some(&build);
        let parts = seen["parts"].as_array().context("a page has parts")?;
        ensure!(parts.len() >= 3 && parts.iter().all(is_of), "a page of build {build} is made of {parts:?}");
        ensure!(seen["kept"] == json!(true), "her request is not on her phone any more: {seen}");
        Ok(())
    }
}

/// A build with other names and other bytes: glue, wasm and look end with its number.
fn build(folder: &Path, number: u8) -> Result<PathBuf> {
    let build = folder.join(number.to_string());
    copy_folder(&built_app(), &build)?;
    nth_build(&build, number)?;
    for file in fs::read_dir(&build)? {
        let file = file?.path();
        let mut bytes = fs::read(&file).unwrap_or_default();
        match file.extension().and_then(|extension| extension.to_str()) {
            // A section of its own, named `b`, which says nothing to a machine.
            Some("wasm") => bytes.extend([0, 3, 1, b'b', b'0' + number]),
            Some("js") if file.file_stem().is_some_and(|stem| stem.to_string_lossy().contains('-')) => {
                bytes.extend(format!("\n// {number}").into_bytes());
            }
            _ => continue,
        }
        fs::write(&file, bytes)?;
    }
    Ok(build)
}

impl World {
    /// Whatever comes: an app, the plain page, a page that helps.
    async fn reload_or_open(&self, route: &str) -> Result<()> {
        self.browser.open(&self.url(route)).await?;
        self.browser.holds("document.readyState === 'complete'").await
    }
}

/// Where nothing of ours runs. An app that lives on makes its database anew as soon as it is gone; a page that is left in the
/// middle of that leaves WebKit's storage stuck until the browser is closed: two of a hundred times, without any app of ours.
const NO_APP: &str = "/icons/mark.svg";

/// Everything that a page of ours can leave on a phone.
const FORGET: &str = "
(async () => {
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
  localStorage.clear();
  sessionStorage.clear();
  const names = (await indexedDB.databases?.()) ?? [{ name: 'tonari' }];
  await Promise.all(names.map(({ name }) => new Promise((done) => {
    const gone = indexedDB.deleteDatabase(name);
    // Blocked it only waits for what is open; the page lets go when it hears of it.
    gone.onsuccess = gone.onerror = done;
  })));
  return true;
})()";

const TAP_UPDATE: &str = "document.querySelector('[data-testid=update] button')?.click()";

const LOOK: &str = "
(async () => {
  const build = document.querySelector('meta[name=tests-build]').content;
  const script = document.querySelector('script[data-js]').dataset;
  const named = (path) => String(parseInt(path.match(/-([0-9a-f]{2})[0-9a-f]{10,14}[._]/)[1], 16));
  const asked = (path) => fetch(path).then(async (answer) => [answer.ok, new Uint8Array(await answer.arrayBuffer())]);
  const loaded = performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)
    .filter((path) => /^[/](app|book|read|tonari)-[0-9a-f]{12,16}(_bg)?[.](js|wasm|css)$/.test(path));
  const parts = [...loaded, script.js, script.wasm].map(named);
  const files = await Promise.all([asked(script.js), asked(script.wasm)]);
  const bytes = files.map(([, bytes]) => String.fromCharCode(bytes.at(-1)));
  const gone = files.some(([ok]) => !ok);
  const keeps = gone && [navigator.serviceWorker.controller?.state, ...(await caches.keys())];
  const kept = await new Promise((done) => {
    const opening = indexedDB.open('tonari');
    opening.onerror = () => done('no database');
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onsuccess = () => {
      const database = opening.result;
      const all = database.transaction('outbox').objectStore('outbox').getAll();
      all.onerror = () => done('no outbox');
      all.onsuccess = () => { database.close(); done(all.result.some((one) => one.key === '$key')); };
    };
  });
  return { build, parts: [...parts, ...bytes], kept, gone, keeps };
})()";
