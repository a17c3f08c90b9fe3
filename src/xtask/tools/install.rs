//! How a tool gets into the cache: one installer at a time, all or nothing, and never without a word.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};

use crate::process::Took;
use crate::workspace::Workspace;

/// Held while the cache is changed, so that two checkouts do not build the same tool at once.
/// The system releases it when this process ends, however it ends.
pub struct Lock {
    _file: File,
    cache: PathBuf,
}

impl Lock {
    pub fn take() -> Result<Self> {
        let cache = Workspace::cache()?;
        fs::create_dir_all(&cache).with_context(|| format!("cannot create {}", cache.display()))?;
        let path = cache.join(".lock");
        let file = File::create(&path).with_context(|| format!("cannot create {}", path.display()))?;
        if file.try_lock().is_err() {
            println!("tools: another checkout is installing; waiting for it");
            file.lock().context("cannot lock the cache of tools")?;
        }
        Ok(Self { _file: file, cache })
    }

    pub fn cache(&self) -> &Path {
        &self.cache
    }

    /// Lets `fill` write into an empty folder, which takes its final name only when `fill` succeeded.
    pub fn install(
        &self,
        name: &str,
        reason: &str,
        fill: impl FnOnce(&Path) -> Result<()>,
    ) -> Result<PathBuf> {
        let folder = self.cache.join(name);
        if folder.is_dir() {
            return Ok(folder);
        }
        println!("tools: installing {name} ({reason}) into {}", self.cache.display());
        let started = Instant::now();
        let staging = self.cache.join(format!(".{name}.partial"));
        // A leftover of an interrupted installation.
        if staging.exists() {
            fs::remove_dir_all(&staging)?;
        }
        fs::create_dir_all(&staging)?;
        fill(&staging).with_context(|| format!("could not install {name}"))?;
        fs::rename(&staging, &folder).with_context(|| format!("cannot finish {}", folder.display()))?;
        println!("tools: {name} installed in {}", Took(started.elapsed()));
        Ok(folder)
    }
}
