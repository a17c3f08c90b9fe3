//! Where things lie: the checkout, what is built from it, and the user's cache of tools.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    pub fn find() -> Result<Self> {
        // Cargo tells a running package where it lies; the compile-time value serves a copied binary.
        let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let package = package.filter(|dir| dir.ends_with("src/xtask"));
        let package = package.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        let root = package.ancestors().nth(2).context("xtask lies in src/xtask of the checkout")?;
        Ok(Self { root: root.to_path_buf() })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Cargo's build folder, which a user may have moved out of the checkout.
    pub fn target(&self) -> PathBuf {
        match env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => self.root.join(dir),
            None => self.root.join("target"),
        }
    }

    pub fn server_binary(&self) -> PathBuf {
        self.target().join("release/tonari")
    }

    /// One cache per user, not per checkout: the tools take minutes to build.
    pub fn cache() -> Result<PathBuf> {
        let base = match env::var_os("XDG_CACHE_HOME").filter(|dir| !dir.is_empty()) {
            Some(dir) => PathBuf::from(dir),
            None => PathBuf::from(env::var_os("HOME").context("HOME is not set")?).join(".cache"),
        };
        Ok(base.join("tonari/tools"))
    }
}
