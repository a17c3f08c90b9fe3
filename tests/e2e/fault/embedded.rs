//! Inside a page of somebody else.

use anyhow::Result;
use tests::proxy::{Fate, Proxy};

use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY => a20_a_foreign_page_gets_no_frame_and_so_no_partition_of_her_data]
}

// A site put the whole app into a frame; what she saved there would live in a second, hidden storage of that site.
async fn a20_a_foreign_page_gets_no_frame_and_so_no_partition_of_her_data(world: &mut World) -> Result<()> {
    let host = Proxy::start(world.site.port()).await?;
    let app = world.url("/");
    let page = format!("<!doctype html><title>host</title><iframe src='{app}'></iframe><p id='end'>end</p>");
    host.spoil(move |path| {
        let page = page.clone();
        (path == "/host").then_some(Fate::Replace { status: 200, content_type: "text/html", body: page })
    });
    // Another name for the same machine is another site to a browser.
    world.browser.open(&format!("http://localhost:{}/host", host.port())).await?;
    world.browser.see("#end").await?;
    world.browser.client.clone().enter_frame(0).await?;
    world
        .browser
        .holds("document.readyState === 'complete' && !document.querySelector('#page-title')")
        .await?;
    world.browser.client.clone().enter_parent_frame().await?;
    Ok(())
}
