//! What goes wrong on real devices. Each test carries the id of its case and opens with its story.

mod background;
mod embedded;
mod ended;
mod full;
mod killed;
mod little;
mod meanwhile;
mod no_storage;
mod phone;
mod policy;
mod queueing;
mod retired;
mod stalled;
mod start;
mod tabs;
mod update;
mod upgraded;
mod walks;
mod worker;

use anyhow::Result;

use crate::case::Case;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    [
        no_storage::cases(),
        stalled::cases(),
        tabs::cases(),
        embedded::cases(),
        killed::cases(),
        queueing::cases(),
        ended::cases(),
        full::cases(),
        little::cases(),
        worker::cases(),
        update::cases(),
        upgraded::cases(),
        retired::cases(),
        meanwhile::cases(),
        policy::cases(),
        walks::cases(),
        start::cases(),
        background::cases(),
    ]
    .concat()
}

impl World {
    /// Makes the browser behave as on the day of the fault: this runs in every page before anything of ours.
    ///
    /// It is part of the build, so that the service worker and its hashes agree with it.
    pub async fn plant(&mut self, script: &str) -> Result<()> {
        self.site
            .deploy(|app| {
                let early = app.join("early.js");
                let ours = std::fs::read_to_string(&early)?;
                Ok(std::fs::write(early, format!("{script}\n{ours}"))?)
            })
            .await
    }
}
