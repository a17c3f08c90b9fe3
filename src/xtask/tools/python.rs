//! Tools from the Python registry, pinned, each in a folder of its own beside no other package. `python3` and `pip` come with
//! the machine, or as Debian packages.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::Result;

use super::debian;
use super::install::Lock;
use crate::process;

pub struct PythonTool {
    name: &'static str,
    reason: &'static str,
    packages: &'static [&'static str],
}

pub const SCHEMATHESIS: PythonTool = PythonTool {
    name: "schemathesis-4.32.5",
    reason: "asks the API whatever its description allows, and what it does not",
    // What it asks follows from its seed only as long as these stay the same, too.
    packages: &["schemathesis==4.32.5", "hypothesis==6.170.17", "jsonschema_rs==0.60.3"],
};

impl PythonTool {
    /// The folder for `PYTHONPATH`.
    pub fn ensure(&self, lock: &Lock) -> Result<PathBuf> {
        ensure_pip()?;
        // Compiled parts fit one version of Python only.
        let version = "import sys; print('%d.%d' % sys.version_info[:2])";
        let version = process::output(Command::new("python3").args(["-c", version]))?;
        let name = format!("{}-python{}", self.name, version.trim());
        lock.install(&name, self.reason, |staging| {
            let mut pip = Command::new("python3");
            pip.args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--no-warn-script-location",
            ]);
            // A folder instead of an environment: it can be moved to its final name.
            pip.arg("--target").arg(staging).args(self.packages);
            // It would warn root of the system's packages, which it does not touch.
            process::run(pip.env("PIP_ROOT_USER_ACTION", "ignore"))
        })
    }
}

fn ensure_pip() -> Result<()> {
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "--version"]).stdout(Stdio::null()).stderr(Stdio::null());
    if pip.status().is_ok_and(|status| status.success()) {
        return Ok(());
    }
    debian::install(&["python3-pip"], "installs the tools that are written in Python")
}
