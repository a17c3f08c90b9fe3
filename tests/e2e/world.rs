//! What one case lives in: a server and a browser of its own. When it fails, what could be seen is kept.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use tests::proxy::Proxy;
use tests::site::Site;

use crate::engine::{Browser, Engine, Options};

/// A24: what engines say when something else than the database was awaited in the middle of a transaction, in whichever story.
/// Heard of Chromium and Firefox; WebKit's console reaches nobody here.
const INACTIVE: &str = "TransactionInactiveError";

pub struct World {
    pub site: Site,
    /// Between browser and server in every case: what it writes down is part of each failure's story.
    pub proxy: Proxy,
    pub browser: Browser,
    traces: PathBuf,
}

impl World {
    pub async fn open(engine: Engine, case: &str, options: &Options) -> Result<Self> {
        let traces = traces(engine, case);
        fs::create_dir_all(&traces)?;
        let site = Site::start().await?;
        let proxy = Proxy::start(site.port()).await?;
        let browser = Browser::start(engine, options, &traces.join("driver.log")).await?;
        Ok(Self { site, proxy, browser, traces })
    }

    /// The address of a route, as the browser sees it.
    pub fn url(&self, route: &str) -> String {
        format!("http://127.0.0.1:{}{route}", self.proxy.port())
    }

    /// Ends everything. After a failure the picture, the console and the requests stay in `target/e2e`.
    pub async fn close(self, outcome: &Result<()>) -> Result<()> {
        if outcome.is_err() {
            if let Ok(picture) = self.browser.client.screenshot().await {
                fs::write(self.traces.join("screen.png"), picture)?;
            }
            if let Ok(source) = self.browser.client.source().await {
                fs::write(self.traces.join("page.html"), source)?;
            }
            let console = self.browser.console().await.unwrap_or_default();
            fs::write(self.traces.join("console.log"), console)?;
            fs::write(self.traces.join("server.log"), self.site.log())?;
            let paths: Vec<String> = self.proxy.requests().into_iter().map(|request| request.path).collect();
            fs::write(self.traces.join("requests.log"), paths.join("\n"))?;
            return self.browser.close().await;
        }
        let told = self.browser.console().await.unwrap_or_default();
        self.browser.close().await?;
        let told = told + &fs::read_to_string(self.traces.join("driver.log")).unwrap_or_default();
        ensure!(
            !told.contains(INACTIVE),
            "something was asked of a transaction that had ended; see driver.log"
        );
        fs::remove_dir_all(&self.traces)?;
        Ok(())
    }
}

/// Where the traces of a failure are.
pub fn traces(engine: Engine, case: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("../e2e").join(engine.name()).join(case)
}
