//! The real server for the time of one measurement or one check.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command};

use anyhow::{Context, Result, ensure};
use xtask::ready::wait_until_ready;

use crate::serve::{self, Log};
use crate::workspace::Workspace;

pub struct Running {
    server: Child,
    pub listen: SocketAddr,
}

impl Running {
    /// As it is served on this machine, in the folder of `cargo xtask serve`.
    pub fn start(workspace: &Workspace) -> Result<Self> {
        Self::start_in(workspace, &workspace.path("var"), |_| {})
    }

    /// With a folder of its own, and settings.
    pub fn start_in(workspace: &Workspace, var: &Path, set: impl FnOnce(&mut Command)) -> Result<Self> {
        let binary = workspace.server_binary();
        ensure!(binary.is_file(), "there is no server yet: cargo xtask test build");
        let listen = TcpListener::bind("127.0.0.1:0").context("no free port")?.local_addr()?;
        let mut command = serve::command(workspace, &binary, listen, Log::Warnings);
        set(command.env("TONARI_VAR", var));
        let server = command.spawn().with_context(|| format!("cannot start {}", binary.display()))?;
        let mut running = Self { server, listen };
        wait_until_ready(&mut running.server, listen)?;
        Ok(running)
    }
}

impl Drop for Running {
    /// Nothing was entrusted to it, so it need not drain.
    fn drop(&mut self) {
        self.server.kill().ok();
        self.server.wait().ok();
    }
}
