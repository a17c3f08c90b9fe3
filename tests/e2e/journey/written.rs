//! What she has written and not sent: it is there after a reload, on no disk in clear, and shown to
//! nobody but who says that it is hers.

use anyhow::{Context, Result, ensure};
use tests::patience::until;

use crate::booker::{NAME, NOTE, TIME};
use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY =>
        a26_a_reload_in_the_middle_of_the_form_costs_nothing,
        f03_what_she_wrote_is_nowhere_on_the_disk,
        f18_what_she_wrote_is_shown_to_nobody_who_does_not_claim_it,
    ]
}

async fn a26_a_reload_in_the_middle_of_the_form_costs_nothing(world: &mut World) -> Result<()> {
    writes(world, &[("#name", NAME), ("#note", NOTE)]).await?;
    world.reload().await?;
    her_name_stands_there(world).await
}

// Her phone was searched.
async fn f03_what_she_wrote_is_nowhere_on_the_disk(world: &mut World) -> Result<()> {
    world.enters_the_tunnel("gunma").await?;
    world.request("gunma").await?;
    world.browser.see("[data-testid=detail]").await?;
    let profile = world.browser.profile().to_path_buf();
    // Both as bytes of UTF-8 and as browsers keep text of their own, two bytes a letter.
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let secrets =
        [NOTE, "090-1234-5678", "09012345678"].map(|secret| [secret.as_bytes().to_vec(), wide(secret)]);
    for secret in secrets.iter().flatten() {
        if let Some(file) = found_in(&profile, secret)? {
            anyhow::bail!("{} holds {:?}", file.display(), String::from_utf8_lossy(secret));
        }
    }
    Ok(())
}

fn found_in(folder: &std::path::Path, secret: &[u8]) -> Result<Option<std::path::PathBuf>> {
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            if let Some(found) = found_in(&path, secret)? {
                return Ok(Some(found));
            }
        } else if path.is_file() && std::fs::read(&path)?.windows(secret.len()).any(|part| part == secret) {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

// The family shares a tablet. Her sister opened the same page, and it said her name.
async fn f18_what_she_wrote_is_shown_to_nobody_who_does_not_claim_it(world: &mut World) -> Result<()> {
    writes(world, &[("#name", NAME)]).await?;

    opens_the_page_elsewhere(world).await?;
    let shown = world.browser.client.source().await?;
    ensure!(!shown.contains(NAME), "her name is in the page");
    ensure!(!world.browser.is_there(TIME).await?, "her time is on the screen");
    world.tap("[data-testid=draft-claim]").await?;
    world.browser.see(&format!("{TIME}[aria-pressed=true]")).await?;
    world.browser.holds("document.activeElement.id === 'page-title'").await?;
    world.tap("[data-testid=to-contact]").await?;
    her_name_stands_there(world).await?;
    // Hers from now on.
    world.reload().await?;
    her_name_stands_there(world).await?;

    opens_the_page_elsewhere(world).await?;
    world.tap("[data-testid=draft-disown]").await?;
    world.browser.see(TIME).await?;
    ensure!(!world.browser.is_there(&format!("{TIME}[aria-pressed=true]")).await?, "her time is chosen");
    until("it to be erased", async || Ok((drafts(world).await? == (0, 0)).then_some(()))).await
}

/// A time, and these words in these fields; until all of it is kept.
async fn writes(world: &World, fields: &[(&str, &str)]) -> Result<()> {
    world.choose_time("gunma").await?;
    // The time she chose is written down before she writes anything.
    let before = until("the time to be kept", async || {
        let (count, bytes) = drafts(world).await?;
        Ok((count == 1).then_some(bytes))
    });
    let before = before.await?;
    for (field, words) in fields {
        world.browser.see(field).await?.send_keys(words).await?;
    }
    // A moment after the last letter.
    let written = before + fields.iter().map(|(_, words)| words.len() as u64).sum::<u64>();
    until("the letter to be kept", async || Ok((drafts(world).await? == (1, written)).then_some(()))).await
}

async fn her_name_stands_there(world: &World) -> Result<()> {
    world.browser.holds(&format!("document.querySelector('#name')?.value === '{NAME}'")).await
}

/// In another tab, where a question stands.
async fn opens_the_page_elsewhere(world: &World) -> Result<()> {
    let tab = world.browser.client.new_window(true).await?.handle;
    world.browser.client.switch_to_window(tab).await?;
    world.visit("/book/gunma").await?;
    world.browser.see("[data-testid=draft-held]").await?;
    Ok(())
}

/// What the device keeps of letters that no server has: how many, and how many bytes.
pub async fn drafts(world: &World) -> Result<(u64, u64)> {
    let kept = "new Promise((done, failed) => {
        const opened = indexedDB.open('tonari');
        opened.onerror = failed;
        opened.onsuccess = () => {
            const all = opened.result.transaction('drafts').objectStore('drafts').getAll();
            all.onsuccess = () => {
                opened.result.close();
                done([all.result.length, all.result.reduce((sum, one) => sum + one.sealed.length, 0)]);
            };
        };
     })";
    let kept = world.browser.promise(kept).await?;
    let number = |at: usize| kept[at].as_u64().context("the device counts");
    Ok((number(0)?, number(1)?))
}
