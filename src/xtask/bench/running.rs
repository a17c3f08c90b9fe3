//! The real server for the time of one measurement.

use std::net::{SocketAddr, TcpListener};
use std::process::Child;

use anyhow::{Context, Result, ensure};

use crate::serve;
use crate::workspace::Workspace;

pub struct Running {
    server: Child,
    pub listen: SocketAddr,
}

impl Running {
    pub fn start(workspace: &Workspace) -> Result<Self> {
        let binary = workspace.server_binary();
        ensure!(binary.is_file(), "there is no server yet: cargo xtask test build");
        let listen = TcpListener::bind("127.0.0.1:0").context("no free port")?.local_addr()?;
        let mut running =
            Self { server: serve::start(workspace, &binary, listen, serve::Log::Warnings)?, listen };
        serve::wait_until_ready(&mut running.server, listen)?;
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
