//! What others wrote and we hold, by `Cargo.lock`: for every release, every tool of the workshop and every test.

use anyhow::{Context, Result};
use toml::{Table, Value};

use crate::workspace::Workspace;

/// Name and version of everything that is not ours.
///
/// # Errors
/// A file that cannot be read, or is none of cargo's.
pub fn held(workspace: &Workspace) -> Result<Vec<(String, String)>> {
    let lock = std::fs::read_to_string(workspace.path("Cargo.lock"))?.parse::<Table>()?;
    let packages = lock.get("package").and_then(Value::as_array).context("no package in Cargo.lock")?;
    // Our own have no source.
    let foreign = packages.iter().filter(|package| package.get("source").is_some());
    let text = |package: &Value, member: &str| {
        package.get(member).and_then(Value::as_str).map(str::to_owned).context("a package without a name")
    };
    foreign.map(|package| Ok((text(package, "name")?, text(package, "version")?))).collect()
}
