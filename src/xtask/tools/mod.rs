//! The tools of the workshop: found, or installed into the user's cache, never into the system's own folders
//! (but for Debian packages, which only tests need). Nothing is installed without saying what and why first.

mod cargo_tool;
mod debian;
mod install;
mod npm;
mod python;
mod wasm_target;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::workspace::Workspace;
use cargo_tool::CargoTool;
use wasm_target::WasmTarget;

const TRUNK: CargoTool = CargoTool {
    name: "trunk",
    package: "trunk",
    reason: "builds the app for the browser",
    // Its own lockfile, but none of its downloading and serving extras.
    arguments: &["--locked", "--no-default-features", "--features", "rustls"],
};
const TRUNK_VERSION: &str = "0.21.14";

const WASM_BINDGEN: CargoTool = CargoTool {
    name: "wasm-bindgen",
    package: "wasm-bindgen-cli",
    reason: "writes the glue between wasm and browser, at the version of Cargo.lock",
    // Its published lockfile pins versions that no longer build together.
    arguments: &["--no-default-features", "--features", "rustls-tls"],
};

const GECKODRIVER: CargoTool = CargoTool {
    name: "geckodriver",
    package: "geckodriver",
    reason: "drives Firefox in the end-to-end tests",
    arguments: &["--locked"],
};
const GECKODRIVER_VERSION: &str = "0.37.1";

const MUTANTS: CargoTool = CargoTool {
    name: "mutants",
    package: "cargo-mutants",
    reason: "changes the domain's code and looks whether a test minds",
    arguments: &["--locked"],
};
const MUTANTS_VERSION: &str = "27.1.0";

/// What a build of the app needs, ready to be given to trunk.
pub struct BuildTools {
    pub trunk: PathBuf,
    path: Vec<PathBuf>,
    target: WasmTarget,
}

impl BuildTools {
    pub fn ensure(workspace: &Workspace) -> Result<Self> {
        let lock = install::Lock::take()?;
        let target = wasm_target::ensure()?;
        let bindgen_version = locked_version(workspace, "wasm-bindgen")?;
        let trunk = TRUNK.ensure(&lock, TRUNK_VERSION)?;
        let bindgen = WASM_BINDGEN.ensure(&lock, &bindgen_version)?;
        let binaryen = npm::BINARYEN.ensure(&lock)?;
        let path = vec![bindgen, binaryen.join("node_modules/.bin")];
        Ok(Self { trunk: trunk.join("trunk"), path, target })
    }

    /// Puts the tools first on the PATH of a command, and the fallback compiler's settings in its environment.
    pub fn equip(&self, command: &mut Command) -> Result<()> {
        let ours = self.path.iter().map(PathBuf::as_path).chain(self.target.path_first());
        command.env("PATH", path_with(ours)?);
        self.target.equip(command);
        // The hook calls this very program instead of a second cargo that would wait for the first.
        command.env("TONARI_XTASK", env::current_exe().context("cannot find this program")?);
        Ok(())
    }

    /// The same for the build that goes to phones.
    pub fn equip_for_phones(&self, command: &mut Command) -> Result<()> {
        self.equip(command)?;
        self.target.equip_for_phones(command);
        Ok(())
    }

    /// What, beside its sources, makes the app other than it was: the standard library, as shipped or rebuilt.
    pub fn standard_library(&self) -> &'static str {
        if self.target.rebuilds_std() { "rebuilt" } else { "as shipped" }
    }

    /// Clippy and the test harness for wasm come with rustup's target; the fallback compiler only compiles.
    pub fn has_clippy_and_tests_for_wasm(&self) -> bool {
        matches!(self.target, WasmTarget::Rustup { .. })
    }
}

/// What the end-to-end tests need beside the build: browsers, drivers, and the accessibility checker.
pub struct TestTools {
    pub geckodriver: PathBuf,
    pub axe: PathBuf,
    /// The modules of what renders pages of others.
    pub frameworks: PathBuf,
}

impl TestTools {
    pub fn ensure() -> Result<Self> {
        debian::ensure_browsers()?;
        let lock = install::Lock::take()?;
        let geckodriver = GECKODRIVER.ensure(&lock, GECKODRIVER_VERSION)?.join("geckodriver");
        let axe = npm::AXE.ensure(&lock)?.join("node_modules/axe-core/axe.min.js");
        let frameworks = npm::FRAMEWORKS.ensure(&lock)?.join("node_modules");
        Ok(Self { geckodriver, axe, frameworks })
    }
}

/// PostgreSQL's programs, for the server's own tests.
pub fn ensure_postgres() -> Result<()> {
    debian::ensure_postgres()
}

/// Orca, for the one story that is told to it.
pub fn ensure_screen_reader() -> Result<()> {
    debian::ensure_screen_reader()
}

/// Lighthouse with a Node it runs on, which is newer than the one Debian has.
pub struct Lighthouse {
    pub node: PathBuf,
    pub cli: PathBuf,
}

impl Lighthouse {
    pub fn ensure() -> Result<Self> {
        debian::ensure_browsers()?;
        let modules = npm::LIGHTHOUSE.ensure(&install::Lock::take()?)?.join("node_modules");
        Ok(Self { node: modules.join("node/bin/node"), cli: modules.join("lighthouse/cli/index.js") })
    }
}

/// Where the program is that changes code.
pub fn mutants() -> Result<PathBuf> {
    Ok(MUTANTS.ensure(&install::Lock::take()?, MUTANTS_VERSION)?.join("cargo-mutants"))
}

/// Schemathesis, ready to be given its arguments.
pub fn schemathesis() -> Result<Command> {
    let modules = python::SCHEMATHESIS.ensure(&install::Lock::take()?)?;
    let mut program = Command::new("python3");
    program.args(["-m", "schemathesis.cli"]).env("PYTHONPATH", modules);
    Ok(program)
}

/// Chromium, Firefox, WebKitGTK and what drives them.
pub fn ensure_browsers() -> Result<()> {
    debian::ensure_browsers()
}

/// The modules of Pagefind, a search for static pages.
pub fn pagefind() -> Result<PathBuf> {
    Ok(npm::PAGEFIND.ensure(&install::Lock::take()?)?.join("node_modules"))
}

/// The modules of schema.org's vocabulary as types, and of their compiler.
pub fn schema_org() -> Result<PathBuf> {
    Ok(npm::SCHEMA_ORG.ensure(&install::Lock::take()?)?.join("node_modules"))
}

/// The modules of Google's evaluator of Content Security Policies.
pub fn csp_evaluator() -> Result<PathBuf> {
    Ok(npm::CSP_EVALUATOR.ensure(&install::Lock::take()?)?.join("node_modules"))
}

/// Where the Digital Agency's tokens lie as one sheet of custom properties.
pub fn design_tokens() -> Result<PathBuf> {
    let modules = npm::DESIGN_TOKENS.ensure(&install::Lock::take()?)?.join("node_modules");
    Ok(modules.join("@digital-go-jp/design-tokens/dist/tokens.css"))
}

fn path_with<'a>(first: impl Iterator<Item = &'a Path>) -> Result<OsString> {
    let inherited = env::var_os("PATH").unwrap_or_default();
    let folders = first.map(Path::to_path_buf).chain(env::split_paths(&inherited));
    env::join_paths(folders).context("a folder on PATH has a colon in its name")
}

/// The version of a package in Cargo.lock: library and tool must match to the patch.
fn locked_version(workspace: &Workspace, package: &str) -> Result<String> {
    let text = std::fs::read_to_string(workspace.path("Cargo.lock")).context("cannot read Cargo.lock")?;
    let mut lines = text.lines();
    lines
        .find(|line| *line == format!("name = \"{package}\""))
        .and_then(|_| lines.next())
        .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock does not name {package}"))
}
