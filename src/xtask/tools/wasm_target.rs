//! The compiler for wasm. Rustup's target where it can be had; where its servers cannot be reached (closed
//! networks), Debian's compiler with the standard library built from source, which needs no download but apt's.
//!
//! The phone gets a standard library rebuilt so that a panic is a plain trap: all code that would format a message, and
//! the message, are gone. Clippy and the tests of `browser` keep the library as shipped, which tells what went wrong.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::debian;
use crate::process;

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_COMPILER: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];

/// Unstable, so `RUSTC_BOOTSTRAP` opens it for this one build; see "std rebuilt" in `docs/DECISIONS.md`.
const PANIC_IS_A_TRAP: [&str; 4] =
    ["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none", "-Zfmt-debug=none"];
const BUILD_STD: [(&str, &str); 2] =
    [("RUSTC_BOOTSTRAP", "1"), ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")];

pub enum WasmTarget {
    Rustup { std_source: bool },
    Debian { linker: String },
}

pub fn ensure() -> Result<WasmTarget> {
    if rustc_has_target()? {
        return Ok(WasmTarget::Rustup { std_source: ensure_std_source()? });
    }
    if process::on_path("rustup").is_some() {
        println!("tools: adding the target {TARGET} (the app is compiled for the browser)");
        let added = process::run(Command::new("rustup").args(["target", "add", TARGET]));
        if added.is_ok() && rustc_has_target()? {
            return Ok(WasmTarget::Rustup { std_source: ensure_std_source()? });
        }
        println!("tools: rustup could not add it; taking Debian's compiler instead");
    }
    debian_compiler()
}

fn debian_compiler() -> Result<WasmTarget> {
    let lld = debian::newest_lld().context("neither rustup nor apt can give a compiler for wasm")?;
    let needed = DEBIAN_COMPILER.iter().copied().chain([lld.as_str()]);
    let missing: Vec<&str> = needed.filter(|package| !debian::is_installed(package)).collect();
    debian::install(&missing, "compiles the app for the browser without rustup")?;
    Ok(WasmTarget::Debian { linker: lld.replacen("lld", "wasm-ld", 1) })
}

fn ensure_std_source() -> Result<bool> {
    if rustc_has_std_source()? {
        return Ok(true);
    }
    if process::on_path("rustup").is_some() {
        println!(
            "tools: adding the component rust-src (the standard library is rebuilt smaller for the phone)"
        );
        let added = process::run(Command::new("rustup").args(["component", "add", "rust-src"]));
        if added.is_ok() && rustc_has_std_source()? {
            return Ok(true);
        }
    }
    println!("tools: no rust-src to be had; the app works as well, but its wasm is an eighth larger");
    Ok(false)
}

fn rustc_has_std_source() -> Result<bool> {
    let root = process::output(Command::new("rustc").args(["--print", "sysroot"]))?;
    Ok(Path::new(root.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").is_file())
}

fn rustc_has_target() -> Result<bool> {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]).stderr(Stdio::null());
    let folder = process::output(&mut rustc)?;
    Ok(Path::new(folder.trim()).is_dir())
}

impl WasmTarget {
    pub fn path_first(&self) -> Option<&Path> {
        match self {
            WasmTarget::Rustup { .. } => None,
            WasmTarget::Debian { .. } => Some(Path::new("/usr/bin")),
        }
    }

    /// For every command that compiles for wasm.
    pub fn equip(&self, command: &mut Command) {
        if let WasmTarget::Debian { linker } = self {
            command
                .envs(BUILD_STD)
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                // Rustup's own cargo sets these for its children; Debian's compiler must not inherit them.
                .env_remove("CARGO")
                .env_remove("RUSTC")
                .env_remove("RUSTUP_TOOLCHAIN");
        }
    }

    /// For the build that goes to phones, after [`equip`](Self::equip).
    pub fn equip_for_phones(&self, command: &mut Command) {
        if self.rebuilds_std() {
            // This variable wins over all others that hold flags, and with a target it spares build scripts.
            command.envs(BUILD_STD).env("CARGO_ENCODED_RUSTFLAGS", PANIC_IS_A_TRAP.join("\x1f"));
        }
    }

    pub fn rebuilds_std(&self) -> bool {
        matches!(self, WasmTarget::Debian { .. } | WasmTarget::Rustup { std_source: true })
    }
}
