//! How a frame behaves towards the page around it: what it says and to whom, whom it hears, how it looks, how a keyboard
//! gets through it.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::row::{FALLS, Row, SHOWS, tag};
use crate::case::{Case, stories};
use crate::engine::{CHROMIUM, EVERY, Engine};
use crate::founder::TAB;
use crate::journey::accessible::{axe, violations};
use crate::world::World;

/// WebKit's driver types nowhere but in a page of the window's own origin.
const WITH_KEYS: &[Engine] = &[Engine::Chromium, Engine::Firefox];

pub fn cases() -> Vec<Case> {
    let everywhere = stories![EVERY =>
        e08_the_host_hears_nothing_about_her,
        e08_forged_messages_are_ignored_on_both_sides,
        a_frame_takes_the_hosts_colours_and_letters,
        axe_finds_nothing_on_host_and_frame,
    ];
    let by_keys = stories![WITH_KEYS => a_keyboard_goes_into_the_frame_and_out_again];
    [everywhere, by_keys, stories![CHROMIUM => on_paper_stands_what_stood_in_the_tag]].concat()
}

async fn shown(world: &World, name: &'static str, row: Row) -> Result<super::host::Host> {
    let host = world.host().await?;
    world.browser.open(&host.put(name, row.page())).await?;
    world.browser.holds(SHOWS).await?;
    Ok(host)
}

async fn e08_the_host_hears_nothing_about_her(world: &mut World) -> Result<()> {
    let _host = shown(world, "hears", Row::new("hears", &world.home())).await?;
    world.enter_widget().await?;
    if world.browser.engine == Engine::WebKit {
        // Its driver cannot type into a frame of another origin.
        let typed = "const field = document.querySelector('#place'); field.value = '6900887';
            field.dispatchEvent(new Event('input', { bubbles: true })); field.form.requestSubmit()";
        world.browser.see("#place").await?;
        world.browser.script(typed).await?;
    } else {
        world.ask_for("6900887").await?;
    }
    world.is_answered("松江市", &["shimane"]).await?;
    world.tap_within("[data-testid=again]").await?;
    world.leave_frame().await?;
    world.browser.holds("said('navigate').length >= 2").await?;
    let messages = world.browser.script("return seen.messages").await?;
    let home = world.home();
    for message in messages.as_array().context("messages")? {
        ensure!(message[0] == json!(home), "from {}", message[0]);
        let fields = message[1].as_object().context("an object")?;
        for (name, value) in fields {
            let fine = match name.as_str() {
                "tonari" => *value == json!(1),
                "type" => ["ready", "resize", "navigate"].iter().any(|kind| value == kind),
                "height" => value.is_number(),
                "view" => value == "find" || value == "team",
                _ => false,
            };
            ensure!(fine, "{name}: {value}");
        }
    }
    let asked = world.proxy.requests();
    let told =
        asked.iter().find(|request| request.text.contains("6900887") || request.text.contains("%E6%9D%BE"));
    ensure!(told.is_none(), "a request says where she is");
    Ok(())
}

async fn e08_forged_messages_are_ignored_on_both_sides(world: &mut World) -> Result<()> {
    let _host = shown(world, "forged", Row::new("forged", &world.home())).await?;
    // From the page itself, and from a frame of its own: neither is our origin or our window.
    let forged = "const word = { tonari: 1, type: 'booked', team: 'shimane', status: 'confirmed' };
        postMessage(word, '*');
        const other = document.createElement('iframe');
        other.srcdoc = '<p>other</p>';
        other.onload = () => {
          other.contentWindow.eval(`parent.postMessage(${JSON.stringify(word)}, '*');
            for (const one of parent.widgets()) parent.frameOf(one).contentWindow
              .postMessage({ tonari: 1, type: 'look', theme: 'dark', accent: '#ff0000', text: 2 }, '*')`);
          window.isForged = true;
        };
        document.body.append(other);";
    world.browser.script(forged).await?;
    world
        .browser
        .holds("window.isForged && seen.messages.filter(([, data]) => data?.type === 'booked').length === 2")
        .await?;
    // The page itself may say how it looks; nonsense in it is nothing.
    let nonsense = "for (const word of [null, 1, 'look', [], { type: 'look' }, { tonari: 2, type: 'look', theme: 'dark' },
        { tonari: 1, type: 'look', theme: {}, accent: 'url(//x)', text: '9' }, { tonari: 1, type: 'eval', code: 'x' }])
        frameOf(widgets()[0]).contentWindow.postMessage(word, '*')";
    world.browser.script(nonsense).await?;
    world.enter_widget().await?;
    world
        .browser
        .holds("document.documentElement.dataset.theme !== 'dark' && !document.documentElement.style.getPropertyValue('--lamp')")
        .await?;
    world.leave_frame().await?;
    world.browser.holds("said('booked').length === 0").await
}

async fn a_frame_takes_the_hosts_colours_and_letters(world: &mut World) -> Result<()> {
    let row = Row::new("looks", &world.home())
        .style("html{background:#111;color:#eee;font-size:24px}")
        .body(&tag("team='shimane' view='team' accent='#ffd400'"));
    let _host = shown(world, "looks", row).await?;
    world.enter_widget().await?;
    let root = "document.documentElement";
    world
        .browser
        .holds(&format!("{root}.dataset.theme === 'dark' && {root}.style.fontSize === '150%'"))
        .await?;
    world.browser.holds(&format!("{root}.style.getPropertyValue('--lamp') === '#ffd400'")).await?;
    world.leave_frame().await?;
    // The site has a switch for it.
    world.browser.script("document.documentElement.style.cssText = 'background:#fff;color:#222'").await?;
    world.enter_widget().await?;
    world.browser.holds(&format!("{root}.dataset.theme === 'light'")).await?;
    // Yellow on white cannot be read: it is taken darker.
    world
        .browser
        .holds(&format!("!['', '#ffd400'].includes({root}.style.getPropertyValue('--lamp'))"))
        .await?;
    world.leave_frame().await
}

async fn a_keyboard_goes_into_the_frame_and_out_again(world: &mut World) -> Result<()> {
    let row = Row::new("keys", &world.home()).body(&format!(
        "<a href='#a' id='before'>前</a>{}<a href='#b' id='after'>後</a>",
        tag("team='shimane' view='events'")
    ));
    let _host = shown(world, "keys", row).await?;
    world.browser.script("document.querySelector('#before').focus()").await?;
    world.press(TAB).await?;
    world.browser.holds("document.activeElement === widgets()[0]").await?;
    // Where focus is, is the frame's affair now; a title says to a screen reader what it is.
    world.browser.holds("frameOf(widgets()[0]).title.includes('となり')").await?;
    world.enter_widget().await?;
    world.browser.holds("document.hasFocus() && document.activeElement !== document.body").await?;
    world.browser.script("const all = [...document.querySelectorAll('a[href], button, input, summary')].filter((one) => one.checkVisibility()); all.at(-1).focus()").await?;
    world.press(TAB).await?;
    world.leave_frame().await?;
    world.browser.holds("document.activeElement.id === 'after'").await
}

async fn axe_finds_nothing_on_host_and_frame(world: &mut World) -> Result<()> {
    let axe = axe()?;
    let host = world.host().await?;
    let mut found = Vec::new();
    // As for the app: what axe reads hardly knows an engine.
    let themes: &[&str] = match world.browser.engine {
        Engine::Chromium => &["light", "dark"],
        Engine::Firefox => &["dark"],
        Engine::WebKit => &["light"],
    };
    for (view, lang) in
        [("find", "ja"), ("team", "ja-easy"), ("book", "en"), ("stories", "ja"), ("events", "en")]
    {
        for theme in themes {
            let attributes =
                format!("team='shimane' view='{view}' lang='{lang}' theme='{theme}' accent='#c03'");
            let row = Row::new("axe", &world.home()).body(&tag(&attributes));
            world.browser.open(&host.put("axe", row.page())).await?;
            world.browser.holds(SHOWS).await?;
            found.extend(violations(world, &axe, &format!("host of {view}")).await?);
            world.enter_widget().await?;
            world.browser.see(".tn-framed").await?;
            found.extend(violations(world, &axe, &format!("{view} {lang} {theme}")).await?);
            world.leave_frame().await?;
        }
    }
    ensure!(found.is_empty(), "axe found:\n{}", found.join("\n"));
    Ok(())
}

// The page was printed for somebody without a telephone that shows pages, and the number was not on it.
async fn on_paper_stands_what_stood_in_the_tag(world: &mut World) -> Result<()> {
    let _host = shown(world, "paper", Row::new("paper", &world.home())).await?;
    world.browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
    let printed = FALLS.replace("falls", "((one) => one.children[0].getClientRects().length > 0 && frameOf(one).getClientRects().length === 0)");
    world.browser.holds(&printed).await
}
