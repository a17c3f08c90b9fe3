//! Three real browser engines, each behind its own WebDriver with a fresh profile, and ended by its process id.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use tests::patience::until;
use tests::site::{copy_folder, free_port};
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};

use crate::first_start;
use crate::little_memory::LittleMemory;
use crate::processes::kill_whole;
use crate::reader;
use crate::small_disk::SmallDisk;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

pub const EVERY: &[Engine] = &[Engine::Chromium, Engine::Firefox, Engine::WebKit];
/// WebKit's driver keeps everything in memory, and has no word for a quota.
pub const ON_DISK: &[Engine] = &[Engine::Chromium, Engine::Firefox];
pub const CHROMIUM: &[Engine] = &[Engine::Chromium];
pub const WEBKIT: &[Engine] = &[Engine::WebKit];

impl Engine {
    pub fn name(self) -> &'static str {
        match self {
            Engine::Chromium => "chromium",
            Engine::Firefox => "firefox",
            Engine::WebKit => "webkit",
        }
    }

    fn driver(self, port: u16) -> Command {
        match self {
            Engine::Chromium => command("/usr/bin/chromedriver", &[format!("--port={port}")]),
            Engine::Firefox => {
                let program = env::var("TONARI_GECKODRIVER").unwrap_or_else(|_| "geckodriver".to_owned());
                // Marionette's port is chosen by the system, else two runs meet on its default one.
                command(&program, &[format!("--port={port}"), "--marionette-port=0".to_owned()])
            }
            Engine::WebKit => command("/usr/bin/WebKitWebDriver", &[format!("--port={port}")]),
        }
    }

    fn capabilities(self, options: &Options, home: &Path) -> Map<String, Value> {
        let capabilities = match self {
            Engine::Chromium => chromium(options, home),
            Engine::Firefox => firefox(options, home),
            Engine::WebKit => json!({
                "browserName": "MiniBrowser",
                "webkitgtk:browserOptions": {
                    "binary": mini_browser(),
                    "args": ["--automation", "--enable-write-console-messages-to-stdout=true"],
                },
            }),
        };
        capabilities.as_object().cloned().unwrap_or_default()
    }
}

/// How a browser is started where a case needs it otherwise than usual.
#[derive(Clone, Default)]
pub struct Options {
    pub private: bool,
    /// Further command line switches, Chromium only.
    pub switches: Vec<String>,
    /// Further preferences, Firefox only.
    pub preferences: Vec<(&'static str, Value)>,
    /// A disk of its own for everything that the browser keeps, of so many megabytes.
    pub disk_mb: Option<u32>,
    /// With a screen reader beside it, Chromium only.
    pub reader: bool,
    /// No more memory than so many megabytes, for all its processes and its driver.
    pub memory_mb: Option<u32>,
}

/// A browser that is driven, and the processes it consists of.
pub struct Browser {
    pub client: Client,
    pub engine: Engine,
    driver: Child,
    display: Option<Child>,
    // Before the folder it lies on.
    _disk: Option<SmallDisk>,
    profile: TempDir,
    options: Options,
    log: PathBuf,
}

impl Browser {
    pub async fn start(engine: Engine, options: &Options, log: &Path) -> Result<Self> {
        let profile = tempfile::tempdir()?;
        let disk =
            options.disk_mb.map(|megabytes| SmallDisk::mount(profile.path(), megabytes)).transpose()?;
        File::create(log)?;
        if engine == Engine::Firefox {
            copy_folder(&first_start::profile().await?, &firefox_profile(profile.path()))?;
        }
        let (client, driver, display) = launch(engine, options, log, profile.path()).await?;
        let (options, log) = (options.clone(), log.to_owned());
        let browser = Self { client, engine, driver, display, _disk: disk, profile, options, log };
        browser.leave_workers_alone().await?;
        Ok(browser)
    }

    /// All its processes are killed, and a new one starts with what they left on the disk. WebKit's leaves nothing: driven,
    /// it keeps everything in memory.
    pub async fn die_and_return(&mut self) -> Result<()> {
        self.die_and_return_after(|_| Ok(())).await
    }

    /// The same, and what they left is changed in between.
    pub async fn die_and_return_after(&mut self, change: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        // The driver would tidy up after it.
        kill_whole(self.driver.id().context("the driver runs")?).await?;
        self.driver.wait().await?;
        change(self.profile())?;
        // Else the driver takes the dead one's port for the new one's.
        fs::remove_file(firefox_profile(self.profile()).join("MarionetteActivePort")).ok();
        let (engine, home) = (self.engine, self.profile.path());
        (self.client, self.driver, self.display) = launch(engine, &self.options, &self.log, home).await?;
        self.leave_workers_alone().await
    }

    /// Chromedriver attaches DevTools to every service worker. Chromium then ends one that makes room for a newer
    /// (`skipWaiting`) even while it is answering, and a reload that fell into this moment waits for ever. On a phone nothing
    /// is attached, and the worker answers first.
    async fn leave_workers_alone(&self) -> Result<()> {
        if self.engine != Engine::Chromium {
            return Ok(());
        }
        let all_but_workers = json!([{ "type": "service_worker", "exclude": true }, {}]);
        let attach = json!({
            "autoAttach": true,
            "waitForDebuggerOnStart": false,
            "flatten": true,
            "filter": all_but_workers,
        });
        self.devtools("Target.setAutoAttach", attach).await?;
        Ok(())
    }

    /// What it has, if it was given little.
    pub fn memory(&self) -> Result<LittleMemory> {
        Ok(LittleMemory::of(self.driver.id().context("the driver runs")?))
    }

    /// Everything this browser keeps.
    pub fn profile(&self) -> &Path {
        self.profile.path()
    }

    /// Ends it at once: Firefox would tidy up for four seconds what is thrown away in the next moment.
    pub async fn close(mut self) -> Result<()> {
        let memory = self.memory()?;
        kill_whole(self.driver.id().context("the driver runs")?).await?;
        self.driver.wait().await?;
        memory.forget();
        if let Some(mut display) = self.display {
            display.kill().await.ok();
        }
        Ok(())
    }
}

pub async fn launch(
    engine: Engine,
    options: &Options,
    log: &Path,
    home: &Path,
) -> Result<(Client, Child, Option<Child>)> {
    let port = free_port()?;
    let mut command = engine.driver(port);
    if options.reader {
        command = reader::beside("/usr/bin/chromedriver", &[format!("--port={port}")], home)?;
    }
    let log = File::options().append(true).open(log)?;
    command.stdout(log.try_clone()?).stderr(log).stdin(Stdio::null()).kill_on_drop(true);
    let display = match engine {
        Engine::WebKit => Some(give_display(&mut command).await?),
        Engine::Chromium if options.reader => {
            let display = give_display(&mut command).await?;
            command.env_remove("NO_AT_BRIDGE");
            Some(display)
        }
        Engine::Chromium | Engine::Firefox => None,
    };
    command.env("HOME", home).env("TMPDIR", home);
    for folder in ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
        command.env(folder, home.join(folder));
    }
    let driver = command.spawn().with_context(|| format!("cannot start the driver of {}", engine.name()))?;
    if let Some(megabytes) = options.memory_mb {
        LittleMemory::give(driver.id().context("the driver runs")?, megabytes)?;
    }
    if options.reader {
        reader::is_there(home).await?;
    }
    let address = format!("http://127.0.0.1:{port}");
    let client = until("a WebDriver session", async || {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(engine.capabilities(options, home));
        Ok(Some(builder.connect(&address).await?))
    })
    .await?;
    Ok((client, driver, display))
}

/// WebKitGTK has no headless mode. A display of its own keeps keyboard focus from wandering between tests.
pub async fn give_display(command: &mut Command) -> Result<Child> {
    let mut server = Command::new("/usr/bin/Xvfb");
    server.args(["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]);
    server.stdout(Stdio::piped()).stderr(Stdio::null()).stdin(Stdio::null()).kill_on_drop(true);
    let mut server = server.spawn().context("cannot start Xvfb")?;
    let mut number = Vec::new();
    let pipe = server.stdout.as_mut().context("its output is piped")?;
    until("a display", async || {
        pipe.read_buf(&mut number).await?;
        Ok(number.ends_with(b"\n").then_some(()))
    })
    .await?;
    let number = String::from_utf8_lossy(&number).trim().to_owned();
    command.env("DISPLAY", format!(":{number}")).env("LIBGL_ALWAYS_SOFTWARE", "1").env("NO_AT_BRIDGE", "1");
    Ok(server)
}

fn chromium(options: &Options, home: &Path) -> Value {
    let mut arguments: Vec<String> = [
        if options.reader { "--force-renderer-accessibility" } else { "--headless=new" },
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=ja",
        "--window-size=1280,900",
    ]
    .map(str::to_owned)
    .into();
    arguments.push(format!("--user-data-dir={}", home.join("chromium").display()));
    arguments.extend(options.switches.iter().cloned());
    if options.private {
        arguments.push("--incognito".to_owned());
    }
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": { "binary": "/usr/bin/chromium", "args": arguments },
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}

fn firefox(options: &Options, home: &Path) -> Value {
    let profile = firefox_profile(home);
    // It wants to find the folder.
    fs::create_dir_all(&profile).ok();
    let profile = profile.display().to_string();
    let mut arguments = vec!["-headless", "--width=1280", "--height=900", "-profile", &profile];
    if options.private {
        arguments.push("-private");
    }
    let mut preferences = json!({
        "intl.accept_languages": "ja,en",
        "devtools.console.stdout.content": true,
        // Pages and processes of its own that nobody asks for here.
        "dom.ipc.processPrelaunch.enabled": false,
        "browser.newtabpage.enabled": false,
        "browser.newtab.preload": false,
        "browser.privatebrowsing.autostart": options.private,
    });
    for (name, value) in &options.preferences {
        preferences[*name] = value.clone();
    }
    json!({
        "browserName": "firefox",
        "moz:firefoxOptions": { "binary": "/usr/bin/firefox-esr", "args": arguments, "prefs": preferences },
    })
}

pub fn firefox_profile(home: &Path) -> PathBuf {
    home.join("firefox")
}

/// Debian keeps it in a folder of the library's version.
pub fn mini_browser() -> PathBuf {
    let folders = ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"];
    let found = folders.map(|folder| Path::new("/usr/lib/x86_64-linux-gnu").join(folder).join("MiniBrowser"));
    found.iter().find(|file| file.exists()).unwrap_or(&found[0]).clone()
}

fn command(program: &str, arguments: &[String]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    command
}
