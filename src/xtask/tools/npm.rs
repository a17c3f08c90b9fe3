//! Tools from the npm registry, pinned, each in a folder of its own. `node` and `npm` come with the machine.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, ensure};

use super::install::Lock;
use crate::process;

pub struct NpmTool {
    name: &'static str,
    reason: &'static str,
    packages: &'static [&'static str],
}

pub const BINARYEN: NpmTool = NpmTool {
    name: "binaryen-132.0.0",
    reason: "wasm-opt makes the app smaller",
    packages: &["binaryen@132.0.0"],
};

pub const AXE: NpmTool = NpmTool {
    name: "axe-core-4.14.1",
    reason: "checks accessibility in the end-to-end tests",
    packages: &["axe-core@4.14.1"],
};

pub const FRAMEWORKS: NpmTool = NpmTool {
    name: "frameworks-preact-11.2.0-vue-3.5.45",
    reason: "render the widget on pages of others in the end-to-end tests",
    packages: &["preact@11.2.0", "vue@3.5.45"],
};

pub const LIGHTHOUSE: NpmTool = NpmTool {
    name: "lighthouse-13.5.0",
    reason: "measures the first visit; with a Node it runs on",
    packages: &["lighthouse@13.5.0", "node@22"],
};

pub const PAGEFIND: NpmTool = NpmTool {
    name: "pagefind-1.6.0",
    reason: "is asked the same as our search, to see who finds more",
    packages: &["pagefind@1.6.0"],
};

pub const SCHEMA_ORG: NpmTool = NpmTool {
    name: "schema-dts-2.1.0",
    reason: "knows what schema.org's types may say",
    packages: &["schema-dts@2.1.0", "typescript@7.0.2"],
};

pub const CSP_EVALUATOR: NpmTool = NpmTool {
    name: "csp-evaluator-1.1.8",
    reason: "grades the policies of our answers",
    packages: &["csp_evaluator@1.1.8"],
};

pub const DESIGN_TOKENS: NpmTool = NpmTool {
    name: "design-tokens-1.1.9",
    reason: "holds the scales of Japan's public services",
    packages: &["@digital-go-jp/design-tokens@1.1.9"],
};

impl NpmTool {
    /// The folder that holds its `node_modules`.
    pub fn ensure(&self, lock: &Lock) -> Result<PathBuf> {
        lock.install(self.name, self.reason, |staging| {
            ensure!(process::on_path("npm").is_some(), "npm is missing: install Node.js 20 or newer");
            let mut npm = Command::new("npm");
            npm.args(["install", "--no-audit", "--no-fund", "--no-save", "--prefix"]).arg(staging);
            npm.args(self.packages).current_dir(staging);
            process::run(&mut npm)
        })
    }
}
