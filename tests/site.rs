//! The real server on a port of its own, which can be stopped (the honest way to be offline), started again,
//! and given another build of the app.

use std::env;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail, ensure};
use domain::staff::Role;
use server::service::system_clock;
use server::store::{self, Address};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;

use crate::patience::until;
use crate::seat::seat;

const COMPRESSED: [&str; 5] = [
    "compressed",
    "compressed-desk",
    "compressed-shelves/stories",
    "compressed-shelves/events",
    "compressed-shelves/notices",
];

pub struct Site {
    port: u16,
    /// A copy, because a test may change it while another one runs.
    app: PathBuf,
    folder: TempDir,
    settings: Vec<(&'static str, String)>,
    server: Option<Child>,
}

impl Site {
    pub async fn start() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let app = folder.path().join("app");
        copy_folder(&built_app(), &app)?;
        let mut site = Self { port: free_port()?, app, folder, settings: Vec::new(), server: None };
        for (shared, own) in site.compressed() {
            copy_missing(&shared, &own)?;
        }
        site.resume().await?;
        Ok(site)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where all servers leave what they compressed, and where this one does. At brotli's best it takes seconds; the names are
    /// of the content.
    fn compressed(&self) -> impl Iterator<Item = (PathBuf, PathBuf)> {
        COMPRESSED.into_iter().map(|name| (shared(name), self.folder.path().join("var").join(name)))
    }

    /// Ends the server: from now on the phone is offline.
    pub async fn stop(&mut self) -> Result<()> {
        if let Some(mut server) = self.server.take() {
            server.kill().await.context("cannot end the server")?;
        }
        Ok(())
    }

    /// A setting of the operator's, from the next start on.
    pub fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.settings.retain(|(there, _)| *there != name);
        self.settings.push((name, value.into()));
    }

    /// Starts the server again where it was.
    pub async fn resume(&mut self) -> Result<()> {
        let log = fs::File::create(self.folder.path().join("server.log"))?;
        let mut command = Command::new(binary());
        command
            .args(["serve", "--demo", "--listen", &format!("127.0.0.1:{}", self.port), "--site"])
            .arg(&self.app)
            .arg("--desk")
            .arg(built_desk())
            .arg("--var")
            .arg(self.folder.path().join("var"))
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .current_dir(self.folder.path())
            .stdout(log.try_clone()?)
            .stderr(log)
            .stdin(Stdio::null())
            .kill_on_drop(true);
        let mut server = command.spawn().with_context(|| format!("cannot start {}", binary().display()))?;
        let ready = until("the server", async || match server.try_wait()? {
            Some(status) => Ok(Some(Err(status))),
            None => Ok(is_ready(self.port).await?.then_some(Ok(()))),
        });
        if let Err(status) = ready.await? {
            bail!("the server ended with {status}: {}", self.log());
        }
        self.server = Some(server);
        Ok(())
    }

    /// Puts the next build in place of the present one and restarts the server, as a deployment does.
    pub async fn deploy(&mut self, change: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        self.stop().await?;
        change(&self.app)?;
        self.resume().await
    }

    /// Puts a whole build in place of the present one, be it a newer or an older one, and restarts the server.
    pub async fn put(&mut self, build: &Path) -> Result<()> {
        let own = self.folder.path().join("var/compressed");
        // What was made for a build that is not served any more would be thrown away, and each return of it take seconds.
        copy_missing(&own, &shared("compressed"))?;
        let app = self.app.clone();
        self.stop().await?;
        fs::remove_dir_all(&app)?;
        copy_folder(build, &app)?;
        copy_missing(&shared("compressed"), &own)?;
        self.resume().await
    }

    /// What the build that is served calls itself.
    pub async fn version(&self) -> Result<String> {
        let meta = self.get("/api/v1/meta").await?;
        let start = meta.find('{').context("meta is JSON")?;
        let meta: serde_json::Value = serde_json::from_str(&meta[start..])?;
        Ok(meta["version"].as_str().context("meta names a version")?.to_owned())
    }

    /// A command of the operator's, beside the running server.
    pub async fn hands(&self, arguments: &[&str]) -> Result<String> {
        let mut command = Command::new(binary());
        command.args(arguments).arg("--var").arg(self.folder.path().join("var"));
        let done = command.current_dir(self.folder.path()).stdin(Stdio::null()).output().await?;
        ensure!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        Ok(String::from_utf8(done.stdout)?)
    }

    /// Somebody who is signed in at the desk: the token in her cookie, which is called `tonari-desk` here.
    pub async fn seat(&self, role: Role, association: Option<&str>) -> Result<String> {
        let database = Address::of(None, &self.folder.path().join("var")).map_err(anyhow::Error::msg)?;
        let store = store::open(&database).await?;
        let (_, token) = seat(&*store.staff, role, association, (system_clock())()).await?;
        Ok(token)
    }

    /// A file for such a command.
    pub fn write(&self, name: &str, text: &str) -> Result<PathBuf> {
        let path = self.folder.path().join(name);
        fs::write(&path, text)?;
        Ok(path)
    }

    /// What the server says by itself, past browser and proxy.
    pub async fn get(&self, path: &str) -> Result<String> {
        get(self.port, path).await
    }

    /// Somebody else in the same hall takes whatever her address may change, until it is aborted.
    pub fn crowd(&self) -> JoinHandle<()> {
        let port = self.port;
        tokio::spawn(
            async move { while ask(port, "POST", "/api/v1/bookings/nobody/cancel").await.is_ok() {} },
        )
    }

    /// What the server keeps.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("var/tonari.db")
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("server.log")).unwrap_or_default()
    }
}

/// Another build of the same app: every hashed name changes, as after a change in its source, and the page says so.
pub fn next_build(app: &Path) -> Result<()> {
    nth_build(app, 1)
}

/// Builds with different numbers share no hashed name, so that nothing of one is taken for another's.
pub fn nth_build(app: &Path, number: u8) -> Result<()> {
    let mut pages = ["index.html", "book.html", "read.html"]
        .map(|page| app.join(page))
        .map(|page| (fs::read_to_string(&page), page));
    for entry in fs::read_dir(app)? {
        let file = entry?.path();
        let name = file.file_name().context("a listed file has a name")?.to_string_lossy().into_owned();
        if let Some(renamed) = with_hash_of(&name, number) {
            for html in pages.iter_mut().filter_map(|(html, _)| html.as_mut().ok()) {
                *html = html.replace(&name, &renamed);
            }
            fs::rename(&file, app.join(renamed))?;
        }
    }
    let mark = |number: u8| format!("<meta name=\"tests-build\" content=\"{number}\"></head>");
    for (html, page) in pages {
        let mut html = html?;
        for earlier in 1..number {
            html = html.replace(&mark(earlier), "</head>");
        }
        fs::write(page, html.replace("</head>", &mark(number)))?;
    }
    Ok(())
}

/// `app-9f86d081884c7d65.js` → `app-0186d081884c7d65.js` for build 1; `None` without a hash.
fn with_hash_of(name: &str, number: u8) -> Option<String> {
    // Trunk leaves leading zeros out.
    let is_hash =
        |part: &&str| (12..=16).contains(&part.len()) && part.chars().all(|c| c.is_ascii_hexdigit());
    let hash = name.split(['-', '_', '.']).find(is_hash)?;
    Some(name.replace(hash, &format!("{number:02x}{}", &hash[2..])))
}

async fn is_ready(port: u16) -> Result<bool> {
    Ok(get(port, "/readyz").await?.starts_with("HTTP/1.1 200"))
}

/// Head and body of an answer.
async fn get(port: u16, path: &str) -> Result<String> {
    ask(port, "GET", path).await
}

async fn ask(port: u16, method: &str, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let head = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n");
    let request = format!("{head}Content-Length: 0\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

impl Drop for Site {
    fn drop(&mut self) {
        for (shared, own) in self.compressed() {
            // The next server makes it again, no more.
            copy_missing(&own, &shared).ok();
        }
    }
}

/// Free when asked; the server takes it a moment later.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn shared(name: &str) -> PathBuf {
    root().join("target/e2e").join(name)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// `cargo xtask test` says where its builds lie; a plain `cargo test` finds the usual places.
pub fn binary() -> PathBuf {
    env::var_os("TONARI_BINARY").map_or_else(|| root().join("target/release/tonari"), PathBuf::from)
}

fn built_desk() -> PathBuf {
    env::var_os("TONARI_DESK").map_or_else(|| root().join("dist/desk"), PathBuf::from)
}

pub fn built_app() -> PathBuf {
    env::var_os("TONARI_APP").map_or_else(|| root().join("dist/app"), PathBuf::from)
}

/// Tests run at the same time, so a file appears in the other folder whole or not at all.
fn copy_missing(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(from)?;
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        // Nothing there is written into, so that one file may stand in both.
        if !target.exists() && fs::hard_link(entry.path(), &target).is_err() && !target.exists() {
            let draft = tempfile::NamedTempFile::new_in(to)?;
            fs::copy(entry.path(), draft.path())?;
            draft.persist(target)?;
        }
    }
    Ok(())
}

pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("no build in {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
