//! The compiler for wasm. Rustup's target where it can be had; where its servers cannot be reached (closed
//! networks), Debian's compiler with the standard library built from source, which needs no download but apt's.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::debian;
use crate::process;

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_COMPILER: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];

pub enum WasmTarget {
    Rustup,
    Debian { linker: String },
}

pub fn ensure() -> Result<WasmTarget> {
    if rustc_has_target()? {
        return Ok(WasmTarget::Rustup);
    }
    if process::on_path("rustup").is_some() {
        println!("tools: adding the target {TARGET} (the app is compiled for the browser)");
        let added = process::run(Command::new("rustup").args(["target", "add", TARGET]));
        if added.is_ok() && rustc_has_target()? {
            return Ok(WasmTarget::Rustup);
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

fn rustc_has_target() -> Result<bool> {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]).stderr(Stdio::null());
    let folder = process::output(&mut rustc)?;
    Ok(Path::new(folder.trim()).is_dir())
}

impl WasmTarget {
    pub fn path_first(&self) -> Option<&Path> {
        match self {
            WasmTarget::Rustup => None,
            WasmTarget::Debian { .. } => Some(Path::new("/usr/bin")),
        }
    }

    pub fn equip(&self, command: &mut Command) {
        if let WasmTarget::Debian { linker } = self {
            command
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                // Rustup's own cargo sets these for its children; Debian's compiler must not inherit them.
                .env_remove("CARGO")
                .env_remove("RUSTC")
                .env_remove("RUSTUP_TOOLCHAIN");
        }
    }
}
