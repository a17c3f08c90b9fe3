//! The widget on other people's sites.

mod booking;
mod host;
mod living;
mod manners;
mod matrix;
mod row;

pub use living::cost;

use anyhow::{Result, bail};
use serde_json::{Value, json};
use tests::patience::until;

use crate::case::Case;
use crate::engine::Engine;
use crate::world::World;
use host::Host;

pub fn cases() -> Vec<Case> {
    [living::cases(), booking::cases(), manners::cases()].concat()
}

impl World {
    /// Another site, which 島根 allows to show its widget.
    async fn host(&self) -> Result<Host> {
        let host = Host::start().await?;
        let origin = host.origin();
        self.site.hands(&["embed", "allow", "shimane", &origin]).await?;
        until("the server to hear of it", async || {
            let answer = self.site.get("/embed/find?team=shimane").await?;
            Ok(answer.contains(&origin).then_some(()))
        })
        .await?;
        Ok(host)
    }

    fn home(&self) -> String {
        self.url("")
    }

    /// From the host's page into the frame of its first widget.
    async fn enter_widget(&self) -> Result<()> {
        self.enter_frame("frameOf(widgets()[0])").await
    }

    async fn enter_frame(&self, expression: &str) -> Result<()> {
        let frame = until("a frame", async || {
            let found = self.browser.script(&format!("return {expression}")).await?;
            Ok((!found.is_null()).then_some(found))
        })
        .await?;
        let Value::Object(frame) = frame else { bail!("{expression} is no element") };
        let body = json!({ "id": frame });
        self.browser.command("frame", body).await?;
        Ok(())
    }

    /// A tap inside a frame. WebKit's driver aims beside what is in a frame of another origin.
    async fn tap_within(&self, css: &str) -> Result<()> {
        if self.browser.engine != Engine::WebKit {
            return self.tap(css).await;
        }
        self.browser.see(css).await?;
        self.browser.script(&format!("document.querySelector('{css}').click()")).await?;
        Ok(())
    }

    async fn leave_frame(&self) -> Result<()> {
        Ok(self.browser.client.clone().enter_parent_frame().await?)
    }
}
