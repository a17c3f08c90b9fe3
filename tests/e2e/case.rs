//! A case is a story, told to one engine at a time. The same case in three engines is three tests.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use libtest_mimic::{Failed, Trial};
use tokio::time::timeout;

use crate::again;
use crate::engine::{Engine, Options};
use crate::pace;
use crate::world::{World, traces};

/// The longest story, a hundred kills, takes a minute and a half. A command that is never answered must not hold up the run.
const STORY_LIMIT: Duration = Duration::from_secs(300);
/// One more of the kills that were asked for, with a new start of the browser on a busy machine.
const KILL_LIMIT: Duration = Duration::from_secs(15);
/// One more of the walks that were asked for.
const WALK_LIMIT: Duration = Duration::from_secs(90);
const CLOSE_LIMIT: Duration = Duration::from_secs(30);

type Story = for<'w> fn(&'w mut World) -> Pin<Box<dyn Future<Output = Result<()>> + 'w>>;

#[derive(Clone)]
pub struct Case {
    name: &'static str,
    engines: &'static [Engine],
    options: fn(Engine) -> Options,
    story: Story,
}

impl Case {
    pub fn new(name: &'static str, engines: &'static [Engine], story: Story) -> Self {
        Self { name, engines, options: |_| Options::default(), story }
    }

    pub fn with(self, options: fn(Engine) -> Options) -> Self {
        Self { options, ..self }
    }

    /// One test per engine, or for the one engine that is asked for.
    pub fn trials(self, only: Option<&str>) -> impl Iterator<Item = Trial> {
        let engines = self.engines.iter().copied();
        engines.filter(move |engine| only.is_none_or(|only| only == engine.name())).map(move |engine| {
            let case = self.clone();
            Trial::test(format!("{}::{}", engine.name(), case.name), move || case.run(engine))
        })
    }

    fn run(self, engine: Engine) -> Result<(), Failed> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let name = format!("{}::{}", engine.name(), self.name);
        let started = Instant::now();
        let told = match runtime.block_on(self.tell(engine)) {
            Err(failed) if again::may(&name, &failed, &traces(engine, self.name)) => {
                runtime.block_on(self.tell(engine))
            }
            told => told,
        };
        pace::note(name, started.elapsed());
        told.map_err(|error| Failed::from(format!("{error:#}")))
    }

    async fn tell(&self, engine: Engine) -> Result<()> {
        let mut world = World::open(engine, self.name, &(self.options)(engine)).await?;
        let kills = KILL_LIMIT * kills_asked_for().unwrap_or(0) as u32;
        let limit = STORY_LIMIT + kills + WALK_LIMIT * walks_asked_for().unwrap_or(0) as u32;
        let told = timeout(limit, (self.story)(&mut world)).await;
        let outcome = told.unwrap_or_else(|_| Err(anyhow!("not at its end after {limit:?}")));
        // A browser that has stopped answering is not asked for a picture for ever.
        let closed = timeout(CLOSE_LIMIT, world.close(&outcome)).await;
        outcome.and(closed.unwrap_or_else(|_| Err(anyhow!("the browser does not close"))))
    }
}

/// How many kills a story shall have instead of its own number; at most as many times as a team of the demonstration offers.
pub fn kills_asked_for() -> Option<usize> {
    const TIMES: usize = 90;
    let kills: usize = std::env::var("TONARI_KILLS").ok()?.parse().ok()?;
    Some(kills.clamp(1, TIMES))
}

/// How many walks over builds a story shall have; each takes a time of one of five teams.
pub fn walks_asked_for() -> Option<usize> {
    const MOST: usize = 400;
    let walks: usize = std::env::var("TONARI_WALKS").ok()?.parse().ok()?;
    Some(walks.clamp(1, MOST))
}

/// How many times a story shall do what it does a few times by itself.
pub fn rounds_asked_for() -> Option<usize> {
    std::env::var("TONARI_ROUNDS").ok()?.parse().ok()
}

/// Whether stories may make a group of processes with little memory.
pub fn memory_asked_for() -> bool {
    std::env::var_os("TONARI_MEMORY").is_some()
}

/// Whether stories may run a screen reader.
pub fn reader_asked_for() -> bool {
    std::env::var_os("TONARI_READER").is_some()
}

/// Whether stories may mount a small disk for a browser.
pub fn disks_asked_for() -> bool {
    std::env::var_os("TONARI_DISKS").is_some()
}

/// `stories![EVERY: find_by_code, find_by_kana]`: each name is an async function and the name of its test.
macro_rules! stories {
    ($engines:expr => $($name:ident),+ $(,)?) => {
        vec![$($crate::case::Case::new(stringify!($name), $engines, |world| Box::pin($name(world)))),+]
    };
}
pub(crate) use stories;
