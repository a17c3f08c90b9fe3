//! What others wrote and we hold, by `Cargo.lock`: for every release, every tool of the workshop and every test.

use anyhow::{Context, Result};
use toml::{Table, Value};

use crate::workspace::Workspace;

/// A version of a crate that is not ours.
pub struct Held {
    pub name: String,
    pub version: String,
    /// SHA-256 of what the registry gave, in hexadecimal digits.
    pub checksum: String,
}

/// Everything that is not ours.
///
/// # Errors
/// A file that cannot be read, or is none of cargo's.
pub fn held(workspace: &Workspace) -> Result<Vec<Held>> {
    let lock = std::fs::read_to_string(workspace.path("Cargo.lock")).context("cannot read Cargo.lock")?;
    let lock = lock.parse::<Table>().context("Cargo.lock is no TOML")?;
    let packages = lock.get("package").and_then(Value::as_array).context("no package in Cargo.lock")?;
    // Our own have no source.
    packages.iter().filter(|package| package.get("source").is_some()).map(read).collect()
}

fn read(package: &Value) -> Result<Held> {
    let text = |member: &str| {
        let text = package.get(member).and_then(Value::as_str).map(str::to_owned);
        text.with_context(|| format!("a package without its {member} in Cargo.lock"))
    };
    Ok(Held { name: text("name")?, version: text("version")?, checksum: text("checksum")? })
}
