//! What the commands and the tests share: the edition for hosts of files, and the packages that the tables in `public/data`
//! come from.
//!
//! Reading those takes SQLite and more, so all of that waits behind the feature `data`: the ordinary xtask stays quick
//! to build.

use anyhow::Result;
use std::path::Path;
use std::process::ExitCode;

#[cfg(feature = "data")]
pub mod data;
pub mod dist;
pub mod ready;

/// `cargo xtask data`.
///
/// # Errors
/// Where a package cannot be had, is not as expected, or the tables are too big.
#[cfg(feature = "data")]
pub fn data_command(root: &Path) -> Result<ExitCode> {
    data::run(&root.join("public/data"))?;
    Ok(ExitCode::SUCCESS)
}

/// `cargo xtask data`: starts itself again with the feature that can do it.
///
/// # Errors
/// Where cargo cannot be started.
#[cfg(not(feature = "data"))]
pub fn data_command(root: &Path) -> Result<ExitCode> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let run = ["run", "--quiet", "--package", "xtask", "--features", "data", "--", "data"];
    let done = std::process::Command::new(cargo).args(run).current_dir(root).status()?;
    Ok(if done.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
