//! A phone with little memory: a group of processes that gets no more than so much, and of which the system ends one that
//! asks for more. Needs the right to make such a group.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// What the two versions of Linux's groups call the same things.
struct Names {
    root: &'static str,
    limit: &'static str,
    peak: &'static str,
    /// Has a line `oom_kill` with how many were ended.
    events: &'static str,
}

const FIRST: Names = Names {
    root: "/sys/fs/cgroup/memory",
    limit: "memory.limit_in_bytes",
    peak: "memory.max_usage_in_bytes",
    events: "memory.oom_control",
};
const SECOND: Names =
    Names { root: "/sys/fs/cgroup", limit: "memory.max", peak: "memory.peak", events: "memory.events" };

pub struct LittleMemory(PathBuf);

impl LittleMemory {
    /// For a process and all that it will start from now on.
    pub fn give(pid: u32, megabytes: u32) -> Result<()> {
        let group = Self::of(pid).0;
        fs::create_dir(&group).with_context(|| format!("cannot make the group {}", group.display()))?;
        fs::write(group.join(names().limit), (u64::from(megabytes) << 20).to_string())?;
        Ok(fs::write(group.join("cgroup.procs"), pid.to_string())?)
    }

    /// The group that was made for this process.
    pub fn of(pid: u32) -> Self {
        Self(Path::new(names().root).join(format!("tonari-{pid}")))
    }

    pub fn peak_mb(&self) -> Result<u64> {
        let bytes: u64 = fs::read_to_string(self.0.join(names().peak))?.trim().parse()?;
        ensure!(bytes > 1 << 20, "nobody lives in the group");
        Ok(bytes >> 20)
    }

    /// How many processes were ended because there was no memory left.
    pub fn ended(&self) -> Result<u64> {
        let events = fs::read_to_string(self.0.join(names().events))?;
        let ended = events.lines().find_map(|line| line.strip_prefix("oom_kill "));
        Ok(ended.context("the system does not say how many it ended")?.trim().parse()?)
    }

    /// Once all in it have ended.
    pub fn forget(self) {
        fs::remove_dir(&self.0).ok();
    }
}

fn names() -> &'static Names {
    if Path::new(SECOND.root).join("cgroup.controllers").exists() { &SECOND } else { &FIRST }
}
