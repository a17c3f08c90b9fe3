//! What the team writes: past a second person to its readers, and back; a crisis at once.

use anyhow::{Result, ensure};
use domain::staff::Role;

use super::TEAM;
use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY =>
        a_story_is_written_by_one_approved_by_another_and_read_by_a_founder,
        a_crisis_is_told_in_three_presses,
    ]
}

const TITLE: &str = "波の音がする食堂";
/// On its picture.
const SEEN: &str = "港の食堂の入口";

// Everything that leads of the story had changed twice; what founders read was what nobody had looked at.
async fn a_story_is_written_by_one_approved_by_another_and_read_by_a_founder(
    world: &mut World,
) -> Result<()> {
    let author = world.site.seat(Role::Member, Some(TEAM)).await?;
    let second = world.site.seat(Role::Member, Some(TEAM)).await?;
    let lead = world.site.seat(Role::Lead, Some(TEAM)).await?;
    world.come_in(&author).await?;
    write(world).await?;
    send(world).await?;
    world.come_in(&second).await?;
    ask(world).await?;
    world.come_in(&author).await?;
    mend(world).await?;
    world.come_in(&second).await?;
    open_what_waits(world).await?;
    compare(world).await?;
    take(world, "approve", "確認済み").await?;
    world.come_in(&lead).await?;
    open_what_waits(world).await?;
    take(world, "publish", "公開中").await?;
    read_and_withdraw(world).await
}

async fn open_what_waits(world: &World) -> Result<()> {
    world.go("/texts").await?;
    world.browser.click("#waiting-texts [data-testid=text]").await
}

/// A step, and how it stands then.
async fn take(world: &World, act: &str, state: &str) -> Result<()> {
    world.browser.click(&format!("[data-testid=act-{act}]")).await?;
    world.browser.read("[data-testid=text-state]", state).await?;
    Ok(())
}

async fn send(world: &World) -> Result<()> {
    take(world, "send", "確認待ち").await
}

async fn mend(world: &World) -> Result<()> {
    open_what_waits(world).await?;
    world.browser.read("[data-testid=comment]", "数字を一つ").await?;
    world.browser.see("textarea[id='ja.body']").await?;
    world.fill("ja.body", "はじめは**三席**でした。いまは十二席です。").await?;
    world.browser.read("[data-testid=preview]", "十二席").await?;
    send(world).await
}

async fn write(world: &World) -> Result<()> {
    world.go("/texts").await?;
    world.browser.click("[data-testid=new-story]").await?;
    world.browser.see("input[id='sources[0].title']").await?;
    world.fill("ja.title", TITLE).await?;
    world.browser.read("[data-testid=preview]", TITLE).await?;
    world.fill("ja.summary", "港の空き家で食堂を始めた話").await?;
    world.fill("ja.body", "はじめは**三席**でした。").await?;
    // What was typed is still there after a reload.
    world.go("/texts/new?kind=story").await?;
    world.browser.holds(&format!("document.getElementById('ja.title')?.value === '{TITLE}'")).await?;
    world.browser.click("[data-testid=save-text]").await?;
    world.browser.see("[data-testid=saved]").await?;
    show_a_picture(world).await?;
    // Without her consent nobody else gets to read it.
    world.browser.click("[data-testid=act-send]").await?;
    world.browser.see("[data-testid=errors]").await?;
    world.browser.script("document.querySelector('input[name=consent-how][value=paper]').click()").await?;
    world.fill("consent", "2026-01-15").await
}

/// As her telephone would have it, but drawn here.
async fn show_a_picture(world: &World) -> Result<()> {
    world.fill("picture.alt", SEEN).await?;
    let choose = "new Promise(done => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 200 });
        canvas.getContext('2d').fillRect(0, 0, 320, 200);
        canvas.toBlob(blob => {
            const all = new DataTransfer();
            all.items.add(new File([blob], 'door.png', { type: 'image/png' }));
            const field = document.getElementById('picture');
            field.files = all.files;
            done(field.files.length);
        });
    })";
    ensure!(world.browser.promise(choose).await? == 1);
    world.tap("[data-testid=add-picture]").await?;
    world.browser.see("[data-testid=pictured]").await?;
    let shown = "(image => image?.naturalWidth === 320 && image.alt)(document.querySelector('[data-testid=picture]'))";
    world.browser.holds(&format!("{shown} === '{SEEN}'")).await
}

async fn ask(world: &World) -> Result<()> {
    open_what_waits(world).await?;
    world.browser.click("[data-testid=act-ask]").await?;
    world.browser.see("#ask").await?.send_keys("数字を一つ足してください").await?;
    world.browser.click("[data-testid=send-ask]").await?;
    world.browser.read("[data-testid=text-state]", "直してほしい").await?;
    Ok(())
}

async fn compare(world: &World) -> Result<()> {
    world.browser.click("[data-testid=past] > summary").await?;
    world.browser.click("[data-testid=compare]").await?;
    let differs = world.browser.read("[data-testid=differs]", "十二席").await?;
    ensure!(!differs.contains(TITLE), "only what differs: {differs}");
    Ok(())
}

/// By a founder, who was never at any desk.
async fn read_and_withdraw(world: &World) -> Result<()> {
    let path = world.browser.script("return document.querySelector('[data-testid=public]').pathname").await?;
    let path = path.as_str().unwrap_or_default().to_owned();
    ensure!(path.starts_with("/read/story-shimane-"), "{path}");
    let here = world.browser.client.current_url().await?;
    let page = world.site.get(&path).await?;
    ensure!(page.contains(&format!("alt=\"{SEEN}\"")), "without its picture: {page}");
    world.visit(&path).await?;
    world.browser.read("main", "十二席").await?;
    world.browser.open(here.as_str()).await?;
    world.browser.click("[data-testid=act-withdraw]").await?;
    world.browser.click("[data-testid=act-withdraw-yes]").await?;
    world.browser.read("[data-testid=text-state]", "取り下げ").await?;
    let status = format!("fetch('{path}').then(answer => answer.status)");
    tests::patience::until("the story to be gone", async || {
        Ok((world.browser.promise(&status).await? == 410).then_some(()))
    })
    .await
}

// The river rose at night. The one lead who was awake looked for the form, the second person and the right words.
async fn a_crisis_is_told_in_three_presses(world: &mut World) -> Result<()> {
    world.sit_down(Role::Lead).await?;
    // From the board, the desk's first screen. The second one is another page, which her session comes along to.
    for press in ["to-crisis", "template-0", "act-publish"] {
        world.browser.click(&format!("[data-testid={press}]")).await?;
    }
    world.browser.read("[data-testid=text-state]", "公開中").await?;
    tests::patience::until("the notice", async || {
        let shelf = world.site.get("/api/v1/notices").await?;
        Ok(shelf.contains("災害の影響を受けた方へ").then_some(()))
    })
    .await?;
    world.visit("/").await?;
    world.browser.read("main", "災害の影響を受けた方へ").await?;
    Ok(())
}

impl World {
    /// What a field holds from now on, as if it had been typed.
    async fn fill(&self, id: &str, text: &str) -> Result<()> {
        let write = format!(
            "const field = document.getElementById({id:?});
             field.value = {text:?};
             field.dispatchEvent(new Event('input', {{ bubbles: true }}));"
        );
        self.browser.script(&write).await?;
        Ok(())
    }
}
