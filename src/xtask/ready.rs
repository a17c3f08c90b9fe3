//! Waiting for a server that was just started.

use std::net::SocketAddr;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

const START_LIMIT: Duration = Duration::from_secs(30);

/// # Errors
/// Where it ends before it is ready, or takes too long; then it is ended.
pub fn wait_until_ready(server: &mut Child, listen: SocketAddr) -> Result<()> {
    let ready = format!("http://{listen}/readyz");
    let deadline = Instant::now() + START_LIMIT;
    while Instant::now() < deadline {
        if let Some(status) = server.try_wait()? {
            bail!("the server ended with {status} before it was ready");
        }
        if ureq::get(&ready).call().is_ok() {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(20));
    }
    // Ours to end: nobody else knows that it runs.
    server.kill().ok();
    bail!("the server was not ready after {} s", START_LIMIT.as_secs())
}
