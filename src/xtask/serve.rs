//! From a fresh clone to a page in the browser: tools, builds, server, and then the addresses.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Args;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use xtask::ready::wait_until_ready;

use crate::frontend;
use crate::process::Took;
use crate::workspace::Workspace;

#[derive(Args)]
pub struct Options {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let started = Instant::now();
    // Better to know before minutes of building than after.
    TcpListener::bind(options.listen)
        .with_context(|| format!("{} is taken: choose another with --listen", options.listen))?;
    frontend::build_app(workspace)?;
    frontend::build_desk(workspace)?;
    let binary = frontend::build_server(workspace)?;
    let mut server = command(workspace, &binary, options.listen, Log::Everything)
        .spawn()
        .with_context(|| format!("cannot start {}", binary.display()))?;
    forward_signals(&server)?;
    wait_until_ready(&mut server, options.listen)?;
    print_addresses(options.listen, started.elapsed());
    let status = server.wait().context("cannot wait for the server")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// How much the server tells on this terminal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Log {
    Everything,
    Warnings,
}

/// The real server on the built app, the way both people and measurements see it.
pub fn command(workspace: &Workspace, binary: &Path, listen: SocketAddr, log: Log) -> Command {
    let mut server = Command::new(binary);
    server.args(["serve", "--demo", "--listen", &listen.to_string()]).current_dir(workspace.root());
    if log == Log::Warnings {
        server.env("TONARI_LOG", "warn");
    }
    server
}

fn print_addresses(listen: SocketAddr, took: Duration) {
    println!();
    println!("  Tonari     http://{listen}/");
    // Browsers make passkeys for names only, and a number is none.
    println!("  Desk       http://localhost:{}/desk/", listen.port());
    println!("  API        http://{listen}/api/v1/associations");
    println!();
    println!("  ready after {}; Ctrl-C stops it", Took(took));
}

/// The server drains by itself on SIGTERM. We only pass the wish on and then wait for it to finish.
fn forward_signals(server: &Child) -> Result<()> {
    let pid = server.id().to_string();
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    thread::spawn(move || {
        for _ in signals.forever() {
            // After Ctrl-C in a terminal it has the signal already and may be gone.
            Command::new("kill").args(["-TERM", &pid]).stderr(Stdio::null()).status().ok();
        }
    });
    Ok(())
}
