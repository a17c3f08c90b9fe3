//! Pictures of the real product for people who look before they read: every screen and its main states, on a phone
//! and on a desk, light and dark, in three languages.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use domain::staff::Role;
use serde_json::json;

use crate::booker::{CARD, REFERENCE, TIME};
use crate::engine::{Engine, Options};
use crate::founder::{ANSWER, SAVED_CARD};
use crate::world::World;

struct View {
    name: &'static str,
    width: u32,
    height: u32,
    /// Sharp enough to read, small enough to keep in the repository.
    scale: f64,
}

const PHONE: View = View { name: "phone", width: 390, height: 844, scale: 1.25 };
const DESK: View = View { name: "desktop", width: 1280, height: 800, scale: 1.0 };

#[derive(Clone, Copy)]
enum Screen {
    Find,
    Suggestions,
    Choices,
    Problem,
    Answer,
    TwoAnswers,
    Team,
    Saved,
    Device,
    About,
    NotFound,
    When,
    Contact,
    Check,
    Booked,
    Bookings,
    Articles,
    Searched,
    Article,
    Events,
    Generator,
    Demo,
    /// The widget on a page of somebody else's.
    Host,
}

use Screen::{
    About, Answer, Article, Articles, Booked, Bookings, Check, Choices, Contact, Demo, Device, Events, Find,
    Generator, Host, NotFound, Problem, Saved, Searched, Suggestions, Team, TwoAnswers, When,
};

const ALBUM: [(&View, &str, &str, &[Screen]); 8] = [
    (
        &PHONE,
        "ja",
        "light",
        &[
            Find,
            Suggestions,
            Choices,
            Problem,
            Answer,
            TwoAnswers,
            Team,
            Saved,
            Device,
            About,
            NotFound,
            When,
            Contact,
            Check,
            Booked,
            Bookings,
            Articles,
            Searched,
            Article,
            Events,
        ],
    ),
    (&PHONE, "ja", "dark", &[Find, Answer, Team, Device, When, Booked, Article]),
    (&PHONE, "ja-easy", "light", &[Find, Answer, Team, When, Article]),
    (&PHONE, "en", "light", &[Find, Answer, Team, Device]),
    (&PHONE, "en", "dark", &[Answer]),
    (&DESK, "ja", "light", &[Find, Answer, Team, Saved, Articles]),
    (&DESK, "ja", "dark", &[Find, Answer]),
    (&DESK, "en", "light", &[Find, Answer, When]),
];

/// What associations see.
const EMBEDDED: [(&View, Screen); 3] = [(&DESK, Generator), (&DESK, Demo), (&PHONE, Host)];

const TOUCH: &str = "document.body.dispatchEvent(new PointerEvent('pointerup', { bubbles: true })), dispatchEvent(new Event('blur'))";
const WIDGET_IS_WHOLE: &str = "[...document.querySelectorAll('tonari-widget')].some((one) =>
    one.shadowRoot?.querySelector('iframe')?.inert === false && one.offsetHeight > 600)";

/// Takes them all into a folder, which is emptied of pictures first.
pub async fn album(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == "png") {
            fs::remove_file(file)?;
        }
    }
    let mut world = World::open(Engine::Chromium, "photo", &Options::default()).await?;
    let taken = take_all(&mut world, folder).await;
    world.close(&taken).await?;
    taken
}

async fn take_all(world: &mut World, folder: &Path) -> Result<()> {
    world.save("shimane").await?;
    world.save("kochi").await?;
    for (view, language, theme, screens) in ALBUM {
        set_view(world, view).await?;
        world.prefers("lang", language).await?;
        world.prefers("theme", theme).await?;
        for screen in screens {
            show(world, *screen).await?;
            let name = format!("{}-{language}-{theme}-{}", view.name, name(*screen));
            take(world, folder, &name).await?;
        }
    }
    take_embedded(world, folder).await?;
    take_desk(world, folder).await?;
    take_offline(world, folder).await
}

const ASKS: &str = "自宅の一室で、パンの教室を始めたいです。";

async fn asks(world: &World, team: &str) -> Result<()> {
    world.choose_time(team).await?;
    world.write(ASKS).await?;
    world.agree_and_send().await
}

async fn take_offline(world: &mut World, folder: &Path) -> Result<()> {
    set_view(world, &PHONE).await?;
    world.visit("/").await?;
    world.prefers("lang", "ja").await?;
    world.prefers("theme", "light").await?;
    world.visit("/").await?;
    world.works_offline().await?;
    world.site.stop().await?;
    world
        .browser
        .devtools(
            "Network.emulateNetworkConditions",
            json!({
        "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 }),
        )
        .await?;
    world.visit("/saved").await?;
    world.browser.see("[data-testid=offline]").await?;
    take(world, folder, "phone-ja-light-offline").await
}

async fn take_embedded(world: &World, folder: &Path) -> Result<()> {
    for (view, screen) in EMBEDDED {
        set_view(world, view).await?;
        // The page around the frame lasts as long as its picture takes.
        let _host = match screen {
            Host => Some(crate::widget::on_a_page(world).await?),
            _ => {
                show(world, screen).await?;
                None
            }
        };
        // In sight a frame grows under her finger only.
        world.browser.holds(&format!("({TOUCH}, {WIDGET_IS_WHOLE})")).await?;
        take(world, folder, &format!("{}-ja-light-{}", view.name, name(screen))).await?;
    }
    Ok(())
}

/// What a team sees, after somebody asked for a time.
async fn take_desk(world: &World, folder: &Path) -> Result<()> {
    set_view(world, &DESK).await?;
    // Away from the page of somebody else's, whose storage is another.
    world.visit("/").await?;
    world.prefers("lang", "ja").await?;
    world.prefers("theme", "light").await?;
    world.confirms_by_hand().await?;
    asks(world, crate::desk::TEAM).await?;
    world.browser.read("main", "チームが確かめてから").await?;
    world.sit_down(Role::Lead).await?;
    world.browser.see(crate::desk::BOOKED).await?;
    take(world, folder, "desk-ja-light-board").await?;
    world.browser.click(&format!("{} [data-testid=open]", crate::desk::BOOKED)).await?;
    world.browser.see("[data-testid=letter-note]").await?;
    take(world, folder, "desk-ja-light-record").await?;
    for (screen, route, there) in [
        ("call", "/call", "input[name=time]"),
        ("availability", "/availability", "[data-testid=preview]"),
        ("facts", "/facts", "[data-testid=fact-phone]"),
        ("reports", "/reports", "[data-testid=report] p"),
        ("found", "/found", "[data-testid=teams]"),
        ("texts", "/texts", "#waiting-texts"),
        ("imports", "/texts/imports", "#remembered"),
        ("text", "/texts/new?kind=story", "input[id='sources[0].title']"),
        ("mails", "/mails", "[data-testid=mail]"),
        ("retention", "/retention", "[data-testid=keeps]"),
    ] {
        world.go(route).await?;
        world.browser.see(there).await?;
        take(world, folder, &format!("desk-ja-light-{screen}")).await?;
    }
    Ok(())
}

async fn set_view(world: &World, view: &View) -> Result<()> {
    let metrics = json!({
        "width": view.width, "height": view.height, "deviceScaleFactor": view.scale, "mobile": view.width < 768,
    });
    world.browser.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
    Ok(())
}

async fn show(world: &World, screen: Screen) -> Result<()> {
    match screen {
        Find => world.visit("/").await,
        Suggestions | Choices | Problem => show_question(world, screen).await,
        Answer => answer(world, "松江市").await,
        TwoAnswers => answer(world, "460-0008").await,
        Team => world.visit("/associations/shimane").await,
        Saved => {
            world.visit("/saved").await?;
            world.browser.see(SAVED_CARD).await.map(drop)
        }
        Device => world.visit("/device").await,
        About => world.visit("/about").await,
        NotFound => world.visit("/nowhere").await,
        When | Contact | Check | Booked | Bookings => show_booking(world, screen).await,
        Articles | Searched | Article | Events => show_reading(world, screen).await,
        // From the server itself: behind the proxy it has another name, and a frame speaks to the server's own only.
        Generator => world.browser.open(&itself(world, "/embed/generator?team=shimane&view=find")).await,
        Demo => world.browser.open(&itself(world, "/embed/demo#find")).await,
        Host => crate::widget::on_a_page(world).await.map(drop),
    }
}

fn itself(world: &World, route: &str) -> String {
    format!("http://127.0.0.1:{}{route}", world.site.port())
}

/// The first screen with something typed into it.
async fn show_question(world: &World, screen: Screen) -> Result<()> {
    world.visit("/").await?;
    match screen {
        Choices => {
            world.ask_for("府中市").await?;
            world.browser.see("[data-testid=choices]").await.map(drop)
        }
        Problem => {
            world.ask_for("どこでもない場所").await?;
            world.browser.holds("document.querySelector('#place-problem').textContent.trim() !== ''").await
        }
        _ => {
            world.type_place("まつ").await?;
            world.browser.see("#place-option-0").await.map(drop)
        }
    }
}

async fn show_booking(world: &World, screen: Screen) -> Result<()> {
    match screen {
        Contact => {
            world.choose_time("gunma").await?;
            world.browser.see("#name").await.map(drop)
        }
        Check => {
            world.choose_time("gunma").await?;
            world.write(ASKS).await?;
            // The focus may have left the page somewhere in its middle.
            world.browser.script("scrollTo(0, 0)").await.map(drop)
        }
        Booked => {
            asks(world, "gunma").await?;
            world.browser.see(REFERENCE).await.map(drop)
        }
        Bookings => {
            world.visit("/bookings").await?;
            world.browser.see(CARD).await.map(drop)
        }
        _ => {
            world.visit("/book/gunma").await?;
            world.browser.see(TIME).await.map(drop)
        }
    }
}

async fn show_reading(world: &World, screen: Screen) -> Result<()> {
    match screen {
        Article => {
            world.visit("/read/case-guarantee-volume").await?;
            world.browser.see(".tn-chart").await.map(drop)
        }
        Events => {
            world.visit("/events").await?;
            world.browser.see("[data-testid=event-card]").await.map(drop)
        }
        _ => {
            world.visit("/read").await?;
            world.browser.see("[data-testid=article-card]").await?;
            if matches!(screen, Searched) {
                world.browser.see("#search").await?.send_keys("kafe").await?;
                world.browser.see(".tn-mark").await?;
            }
            Ok(())
        }
    }
}

async fn answer(world: &World, place: &str) -> Result<()> {
    world.visit("/").await?;
    world.ask_for(place).await?;
    world.browser.see(ANSWER).await.map(drop)
}

async fn take(world: &World, folder: &Path, name: &str) -> Result<()> {
    // Two frames: what the last action changed is painted then.
    world
        .browser
        .promise(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))",
        )
        .await?;
    let picture = world.browser.devtools("Page.captureScreenshot", json!({ "format": "png" })).await?;
    let data = picture["data"].as_str().context("a picture")?;
    fs::write(folder.join(format!("{name}.png")), BASE64_STANDARD.decode(data)?)?;
    println!("{name}.png");
    Ok(())
}

fn name(screen: Screen) -> &'static str {
    match screen {
        Find => "find",
        Suggestions => "suggestions",
        Choices => "choices",
        Problem => "problem",
        Answer => "answer",
        TwoAnswers => "two-answers",
        Team => "team",
        Saved => "saved",
        Device => "device",
        About => "about",
        NotFound => "not-found",
        When => "book-when",
        Contact => "book-contact",
        Check => "book-check",
        Booked => "booked",
        Bookings => "bookings",
        Articles => "read",
        Searched => "read-searched",
        Article => "read-article",
        Events => "events",
        Generator => "embed-generator",
        Demo => "embed-demo",
        Host => "embed-host",
    }
}
