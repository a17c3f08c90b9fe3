//! A disk so small that it can be filled: memory, mounted over a folder for as long as a story takes. Needs the right to mount.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

pub struct SmallDisk(PathBuf);

impl SmallDisk {
    pub fn mount(over: &Path, megabytes: u32) -> Result<Self> {
        let size = format!("size={megabytes}m");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(over);
        let mounted = mount.output().context("cannot start mount")?;
        ensure!(mounted.status.success(), "{}", String::from_utf8_lossy(&mounted.stderr).trim());
        Ok(Self(over.to_owned()))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Detached: a process of the browser may still have a file open.
        Command::new("umount").arg("--lazy").arg(&self.0).status().ok();
    }
}
