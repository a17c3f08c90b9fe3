//! The widget on other people's sites.

mod booking;
mod frameworks;
mod host;
mod living;
mod manners;
mod matrix;
mod row;
mod taken;

pub use host::{Host, Page};
pub use living::cost;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tests::patience::until;

use crate::case::Case;
use crate::engine::Engine;
use crate::world::World;

/// The widget between the paragraphs of another site, for whoever wants to see it.
pub async fn on_a_page(world: &World) -> Result<Host> {
    const LOOK: &str = "body{font-family:sans-serif;margin:0;color:#222;background:#fff;line-height:1.7}\
        header{background:#7a1f3d;color:#fff;padding:10px 16px}main{padding:0 16px}h1{font-size:1.3rem}";
    let host = world.host().await?;
    let html = format!(
        "<!doctype html><html lang='ja'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'>\
         <link rel='icon' href='data:,'><title>創業のご相談（見本）</title><style>{LOOK}</style>{}</head><body>\
         <header>みほん県信用保証協会（架空）</header><main><h1>創業のご相談</h1>\
         <p>まとまっていなくても、かまいません。まず、担当の協会をおさがしください。</p>{}</main></body></html>",
        row::script(&world.home()),
        row::tag("team='shimane' view='find'"),
    );
    world.browser.open(&host.put("page", host::Page { headers: Vec::new(), html })).await?;
    Ok(host)
}

pub fn cases() -> Vec<Case> {
    [living::cases(), booking::cases(), taken::cases(), manners::cases(), frameworks::cases()].concat()
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

    /// What stands in the page and cannot be collected. Only Chromium counts.
    async fn listeners_and_frames(&self) -> Result<(f64, f64)> {
        self.browser.devtools("Performance.enable", json!({})).await?;
        self.browser.devtools("HeapProfiler.collectGarbage", json!({})).await?;
        let metrics = self.browser.devtools("Performance.getMetrics", json!({})).await?;
        let standing = |name: &str| {
            let all = metrics["metrics"].as_array().context("metrics")?;
            all.iter()
                .find(|one| one["name"] == name)
                .and_then(|one| one["value"].as_f64())
                .context("a metric")
        };
        Ok((standing("JSEventListeners")?, standing("Frames")?))
    }

    async fn leave_frame(&self) -> Result<()> {
        Ok(self.browser.client.clone().enter_parent_frame().await?)
    }
}
