//! What each part runs. Only here it is decided which cargo command stands behind a name.

use std::process::Command;
use std::thread;

use anyhow::Result;

use super::{Engine, Part, Tally, api, layers};
use crate::process;
use crate::tools::{self, BuildTools, TestTools};
use crate::workspace::Workspace;
use crate::{bench, frontend, fuzz};

const IT: [&str; 2] = ["--test", "it"];
const WASM_TARGET: [&str; 2] = ["--target", "wasm32-unknown-unknown"];
/// What `cargo build` builds by itself, and the fuzzer's targets, which nobody needs every day.
const NATIVE: [&str; 7] = ["cluster", "domain", "press", "server", "xtask", "tests", "fuzz"];
/// Whose tests run natively. They are chosen together by every run, for the features of what they share follow from who is
/// chosen: another choice compiles half of it once more.
const TESTED: [&str; 8] = ["domain", "browser", "ui", "desk", "server", "xtask", "fuzz", "tests"];
const FOR_WASM: [&str; 8] =
    ["--package", "browser", "--package", "ui", "--package", "app", "--package", "desk"];

/// The stories whose rows a database keeps.
const ON_BOTH: [&str; 8] = [
    "bookings::",
    "form::",
    "waiting::",
    "desk_board::",
    "desk_facts::",
    "desk_publish::",
    "desk_reports::",
    "desk_routes::",
];
/// Looks into SQLite's file.
const IN_A_FILE: [&str; 2] = ["--skip", "f13_"];

pub fn run(part: Part, workspace: &Workspace, filters: &[String], engine: Option<Engine>) -> Result<Tally> {
    match part {
        Part::Fmt => Ok(Tally::of(process::run(process::cargo(workspace).args(["fmt", "--all", "--check"])))),
        Part::Layers => Ok(Tally::of(layers::check(workspace))),
        Part::Clippy => clippy(workspace),
        Part::Unit => {
            tools::ensure_postgres()?;
            Tally::of_tests(cargo_test(workspace, &["--no-fail-fast", "--lib", "--bins"]).args(filters))
        }
        Part::Fuzz => Ok(Tally::of(fuzz::check(workspace))),
        Part::Wasm => wasm(workspace, filters),
        Part::It => it(workspace, filters),
        Part::Build => build(workspace),
        Part::Bytes => Ok(Tally::of(bench::check_bytes(workspace))),
        Part::Api => api::check(workspace),
        Part::E2e => e2e(workspace, filters, engine),
    }
}

/// `cargo test` of all packages, for targets of this name or kind; filters may follow.
pub fn cargo_test(workspace: &Workspace, targets: &[&str]) -> Command {
    let mut cargo = process::cargo(workspace);
    cargo.arg("test").args(TESTED.into_iter().flat_map(|package| ["--package", package]));
    cargo.args(targets).arg("--");
    cargo
}

/// Through the router and by the real binary; what founders and teams do, once more on PostgreSQL.
fn it(workspace: &Workspace, filters: &[String]) -> Result<Tally> {
    let mut tally = Tally::of_tests(cargo_test(workspace, &IT).args(filters))?;
    if filters.is_empty() {
        tools::ensure_postgres()?;
        let mut again = cargo_test(workspace, &IT);
        again.args(ON_BOTH).args(IN_A_FILE).env("TONARI_STORIES_ON", "postgres");
        tally += Tally::of_tests(&mut again)?;
    }
    Ok(tally)
}

fn clippy(workspace: &Workspace) -> Result<Tally> {
    let mut native = process::cargo(workspace);
    let packages = NATIVE.into_iter().flat_map(|package| ["--package", package]);
    native.args(["clippy", "--all-targets"]).args(packages).args(["--", "--deny", "warnings"]);
    let mut tally = Tally::of(process::run(&mut native));
    let tools = BuildTools::ensure(workspace)?;
    let mut wasm = process::cargo(workspace);
    if tools.has_clippy_and_tests_for_wasm() {
        wasm.arg("clippy").args(WASM_TARGET).args(FOR_WASM).args(["--", "--deny", "warnings"]);
    } else {
        println!("clippy: the fallback compiler for wasm has none; checking that it compiles");
        wasm.arg("check").args(WASM_TARGET).args(FOR_WASM);
    }
    tools.equip(&mut wasm)?;
    tally += Tally::of(process::run(&mut wasm));
    Ok(tally)
}

/// The tests of `browser` that need a browser but no app: storage and its faults, in headless Chromium.
fn wasm(workspace: &Workspace, filters: &[String]) -> Result<Tally> {
    let tools = BuildTools::ensure(workspace)?;
    if !tools.has_clippy_and_tests_for_wasm() {
        println!(
            "wasm: the fallback compiler has no test harness; the end-to-end tests cover the same ground"
        );
        return Ok(Tally::default());
    }
    TestTools::ensure()?;
    let mut tests = process::cargo(workspace);
    tests.args(["test", "--package", "browser", "--lib"]).args(WASM_TARGET).arg("--").args(filters.first());
    tools.equip(&mut tests)?;
    // The runner came with wasm-bindgen; `src/browser/webdriver.json` tells it how to start the browser.
    tests
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("CHROMEDRIVER", "/usr/bin/chromedriver")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    Tally::of_tests(&mut tests)
}

/// What is for phones is optimised as a whole, which takes one core however many there are; the server takes the others.
fn build(workspace: &Workspace) -> Result<Tally> {
    let server = || Tally::of(frontend::build_server(workspace).map(drop));
    thread::scope(|scope| {
        let server = scope.spawn(server);
        let mut tally = Tally::of(frontend::build_app(workspace));
        tally += Tally::of(frontend::build_desk(workspace));
        tally += server.join().unwrap_or_else(|_| Tally::red());
        Ok(tally)
    })
}

fn e2e(workspace: &Workspace, filters: &[String], engine: Option<Engine>) -> Result<Tally> {
    frontend::build_app(workspace)?;
    frontend::build_desk(workspace)?;
    let server = frontend::build_server(workspace)?;
    Tally::of_tests(&mut browser_tests(workspace, &server, filters, engine)?)
}

/// The end-to-end program with everything it drives. It also takes the screenshots.
pub fn browser_tests(
    workspace: &Workspace,
    server: &std::path::Path,
    filters: &[String],
    engine: Option<Engine>,
) -> Result<Command> {
    let tools = TestTools::ensure()?;
    let mut tests = cargo_test(workspace, &["--test", "e2e"]);
    tests
        .args(filters)
        .env("TONARI_BINARY", server)
        .env("TONARI_APP", workspace.path("dist/app"))
        .env("TONARI_GECKODRIVER", tools.geckodriver)
        .env("TONARI_AXE", tools.axe)
        .env("TONARI_FRAMEWORKS", tools.frameworks);
    if let Some(engine) = engine {
        tests.env("TONARI_ENGINE", engine.to_string());
    }
    Ok(tests)
}
