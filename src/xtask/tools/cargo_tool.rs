//! Tools from the Rust registry. They run for seconds and are built for minutes, so they are built unoptimised.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::install::Lock;
use crate::process;

pub struct CargoTool {
    pub name: &'static str,
    pub package: &'static str,
    pub reason: &'static str,
    pub arguments: &'static [&'static str],
}

impl CargoTool {
    /// The folder of its programs.
    pub fn ensure(&self, lock: &Lock, version: &str) -> Result<PathBuf> {
        let name = format!("{}-{version}", self.name);
        // Kept when an installation is interrupted, so that the next attempt goes on where it stopped.
        let build = lock.cache().join(".build");
        let folder = lock.install(&name, self.reason, |root| self.build(version, root, &build))?;
        if build.exists() {
            std::fs::remove_dir_all(&build)?;
        }
        Ok(folder.join("bin"))
    }

    fn build(&self, version: &str, root: &Path, build: &Path) -> Result<()> {
        let mut cargo = Command::new("cargo");
        cargo.args(["install", self.package, "--version", version, "--root"]).arg(root);
        cargo.args(self.arguments).args(["--target-dir"]).arg(build);
        cargo
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
            .env("CARGO_PROFILE_RELEASE_STRIP", "true")
            // Settings of the workspace are no business of a tool.
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_TARGET_DIR")
            .current_dir(root);
        process::run(&mut cargo)
    }
}
