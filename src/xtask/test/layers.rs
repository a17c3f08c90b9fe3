//! A lower crate never knows a higher one, and each border has one crate that may cross it.
//! The manifests already say so; this proves it on what cargo really resolves.

use anyhow::{Result, bail};

use crate::process;
use crate::workspace::Workspace;

struct Rule {
    package: &'static str,
    reach: Reach,
    must_not_know: &'static [&'static str],
}

enum Reach {
    /// What its own manifest names.
    Directly,
    /// Anything it pulls in, for the browser as well.
    AtAll,
}

const OURS: [&str; 8] = ["app", "browser", "desk", "domain", "press", "server", "tests", "ui"];

const RULES: [Rule; 9] = [
    Rule { package: "domain", reach: Reach::Directly, must_not_know: &OURS },
    Rule {
        package: "domain",
        reach: Reach::AtAll,
        must_not_know: &["web-sys", "reactive_graph", "tachys", "tokio", "axum", "sqlx"],
    },
    Rule {
        package: "browser",
        reach: Reach::AtAll,
        must_not_know: &["reactive_graph", "tachys", "ui", "app", "desk", "server", "axum", "sqlx", "tokio"],
    },
    Rule {
        package: "ui",
        reach: Reach::Directly,
        must_not_know: &["browser", "app", "desk", "server", "gloo-events"],
    },
    Rule {
        package: "app",
        reach: Reach::Directly,
        must_not_know: &["desk", "server", "reactive_graph", "tachys", "web-sys", "tokio"],
    },
    Rule {
        package: "desk",
        reach: Reach::Directly,
        must_not_know: &["app", "server", "reactive_graph", "tachys", "web-sys", "tokio"],
    },
    Rule {
        package: "server",
        reach: Reach::AtAll,
        must_not_know: &["browser", "ui", "app", "desk", "reactive_graph", "tachys", "web-sys"],
    },
    Rule { package: "press", reach: Reach::Directly, must_not_know: &OURS },
    Rule { package: "xtask", reach: Reach::Directly, must_not_know: &OURS },
];

pub fn check(workspace: &Workspace) -> Result<()> {
    let mut broken = Vec::new();
    for rule in &RULES {
        for package in known(workspace, rule)? {
            if package != rule.package && rule.must_not_know.contains(&package.as_str()) {
                broken.push(format!("{} knows {package}", rule.package));
            }
        }
    }
    if broken.is_empty() {
        println!("{} rules hold", RULES.len());
        return Ok(());
    }
    bail!("layers: {}", broken.join("; "))
}

fn known(workspace: &Workspace, rule: &Rule) -> Result<Vec<String>> {
    let mut tree = process::cargo(workspace);
    tree.args(["tree", "--package", rule.package, "--edges", "normal", "--prefix", "none"]);
    match rule.reach {
        Reach::Directly => tree.args(["--depth", "1", "--target", "all"]),
        // The native tree too: a server's crate in the domain would not show in the one for wasm.
        Reach::AtAll if rule.package == "domain" => tree.args(["--target", "all"]),
        Reach::AtAll if rule.package == "server" => &mut tree,
        Reach::AtAll => tree.args(["--target", "wasm32-unknown-unknown"]),
    };
    let lines = process::output(&mut tree)?;
    let names = lines.lines().filter_map(|line| line.split(' ').next());
    Ok(names.filter(|name| !name.is_empty()).map(str::to_owned).collect())
}
