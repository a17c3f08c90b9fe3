//! A case is a story, told to one engine at a time. The same case in three engines is three tests.

use std::future::Future;
use std::pin::Pin;

use anyhow::Result;
use libtest_mimic::{Failed, Trial};

use crate::engine::{Engine, Options};
use crate::world::World;

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
        let outcome = runtime.block_on(async {
            let mut world = World::open(engine, self.name, &(self.options)(engine)).await?;
            let outcome = (self.story)(&mut world).await;
            world.close(&outcome).await?;
            outcome
        });
        outcome.map_err(|error| Failed::from(format!("{error:#}")))
    }
}

/// `stories![EVERY: find_by_code, find_by_kana]`: each name is an async function and the name of its test.
macro_rules! stories {
    ($engines:expr => $($name:ident),+ $(,)?) => {
        vec![$($crate::case::Case::new(stringify!($name), $engines, |world| Box::pin($name(world)))),+]
    };
}
pub(crate) use stories;
