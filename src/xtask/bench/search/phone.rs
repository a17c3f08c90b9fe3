//! The phone's wasm in a real Chromium whose processor is slowed down: the program is started again for each step.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::super::table::{Budget, Row};
use crate::process;
use crate::tools::{self, BuildTools};
use crate::workspace::Workspace;

const SLOWER: u32 = 4;

const WASM: &str = "target/wasm32-unknown-unknown/wasm-release/examples/search_speed.wasm";

/// Fresh programs, of which the quickest index counts: what else the machine does is none of ours.
const PROGRAMS: usize = 7;

/// Stories, index, then every query and its pieces once, as somebody asks it: for the first time.
const SCRIPT: &str = "
const [hex, queries, done] = arguments;
const bytes = Uint8Array.from(hex.match(/../g), (byte) => parseInt(byte, 16));
WebAssembly.instantiate(bytes).then(({ instance }) => {
  const step = () => {
    const since = performance.now();
    const hits = instance.exports.main(0, 0);
    return { took: performance.now() - since, hits };
  };
  step();
  const index = step().took;
  const [finding, showing, empty] = [[], [], []];
  for (let asked = 0; asked < queries; asked++) {
    const found = step();
    finding.push(found.took);
    showing.push(step().took);
    if (found.hits === 0) empty.push(asked);
  }
  done({ index, finding, showing, empty: empty.length });
}, (error) => done({ error: String(error) }));";

pub fn measure(workspace: &Workspace, queries: usize) -> Result<Vec<Row>> {
    build(workspace)?;
    let wasm = fs::read(workspace.path(WASM)).context("the example was not built for wasm")?;
    let hex: String = wasm.iter().map(|byte| format!("{byte:02x}")).collect();
    tools::ensure_browsers()?;
    let chromium = Chromium::open()?;
    let run = |_| chromium.answer("execute/async", &json!({ "script": SCRIPT, "args": [hex, queries] }));
    let runs = (0..PROGRAMS).map(run).collect::<Result<Vec<Value>>>()?;
    ensure!(
        runs.iter().all(|run| run["empty"] == 0),
        "in the browser some queries find nothing: {}",
        runs[0]
    );
    let index = fastest(&runs)?;
    let row = |what, ms, limit| Row::new(what, ms, "ms", Budget::AtMost(limit));
    Ok(vec![
        row("index of 1,000 stories, 4× CPU", index, 150.0),
        row("a query, p95, 4× CPU", p95(&runs, "finding")?, 10.0),
        row("marking 20 hits and their pieces, p95, 4× CPU", p95(&runs, "showing")?, 16.0),
    ])
}

fn fastest(runs: &[Value]) -> Result<f64> {
    let times = runs.iter().map(|run| run["index"].as_f64()).collect::<Option<Vec<f64>>>();
    times.and_then(|times| times.into_iter().min_by(f64::total_cmp)).context("the browser measured no index")
}

/// These are over before the slowing down has evened out, so all of them count.
fn p95(runs: &[Value], what: &str) -> Result<f64> {
    let times = runs.iter().filter_map(|run| run[what].as_array()).flatten();
    let mut times: Vec<f64> = times.filter_map(Value::as_f64).collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() * 95 / 100).copied().context("the browser measured no query")
}

/// As the app is built, but for wasm-opt, which would make it a little quicker.
fn build(workspace: &Workspace) -> Result<()> {
    let mut cargo = process::cargo(workspace);
    cargo.args(["build", "--quiet", "--profile", "wasm-release", "--target", "wasm32-unknown-unknown"]);
    cargo.args(["--package", "domain", "--no-default-features", "--example", "search_speed"]);
    BuildTools::ensure(workspace)?.equip_for_phones(&mut cargo)?;
    process::run(&mut cargo)
}

/// A browser behind its driver, for as long as this value lives.
struct Chromium {
    driver: Child,
    session: String,
}

impl Chromium {
    fn open() -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0").context("no free port")?.local_addr()?.port();
        let mut driver = Command::new("/usr/bin/chromedriver");
        driver.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        let driver = driver.spawn().context("cannot start chromedriver")?;
        let mut chromium = Self { driver, session: format!("http://127.0.0.1:{port}/session") };
        let arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic"];
        let wanted =
            json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": { "args": arguments } } } });
        chromium.wait_until_ready()?;
        let session = post(&chromium.session, &wanted)?;
        let id = session["sessionId"].as_str().context("chromedriver opened no session")?;
        chromium.session = format!("{}/{id}", chromium.session);
        chromium.answer("timeouts", &json!({ "script": 120_000 }))?;
        let slow = json!({ "cmd": "Emulation.setCPUThrottlingRate", "params": { "rate": SLOWER } });
        chromium.answer("goog/cdp/execute", &slow)?;
        Ok(chromium)
    }

    fn wait_until_ready(&self) -> Result<()> {
        let status = self.session.replace("/session", "/status");
        let started = Instant::now();
        while ureq::get(&status).call().is_err() {
            ensure!(started.elapsed() < Duration::from_secs(20), "chromedriver does not answer");
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    fn answer(&self, command: &str, body: &Value) -> Result<Value> {
        post(&format!("{}/{command}", self.session), body)
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        ureq::delete(&self.session).call().ok();
        self.driver.kill().ok();
        self.driver.wait().ok();
    }
}

fn post(address: &str, body: &Value) -> Result<Value> {
    let request = ureq::post(address).header("content-type", "application/json");
    let mut answer = request.send(body.to_string()).with_context(|| format!("POST {address}"))?;
    let text = answer.body_mut().read_to_string().with_context(|| format!("POST {address}"))?;
    let mut answer: Value = serde_json::from_str(&text).context("chromedriver sent no JSON")?;
    Ok(answer["value"].take())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_measured_nothing_is_not_the_fastest() {
        let fastest = |ms: Value| fastest(&[json!({ "index": 7.5 }), json!({ "index": ms })]).ok();
        assert_eq!(fastest(json!(6)), Some(6.0));
        assert_eq!(fastest(Value::Null), None);
    }
}
