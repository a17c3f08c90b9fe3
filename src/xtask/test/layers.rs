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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use crate::workspace::Workspace;

    /// A transaction, and what one can ask of it.
    const WORDS: [&str; 3] = ["IdbTransaction", "IdbObjectStore", "Running"];
    /// What may be awaited while one is open: an answer of the database, or its end.
    const AWAITED: [&str; 4] =
        ["answer(", "apply(", "within(LIMIT_MS, requests)", "within(LIMIT_MS, running.committed())"];

    fn sources(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries
            .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
            .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
            .collect()
    }

    // A transaction ends as soon as nobody asks it for anything: whoever awaits the network in the middle of one writes half.
    #[test]
    fn a24_a_transaction_is_open_in_one_file_which_awaits_only_the_database() {
        let workspace = Workspace::find().unwrap();
        let room = workspace.path("src/browser/idb");
        for path in sources(&workspace.path("src")).iter().chain(&sources(&workspace.path("tests/fuzz"))) {
            let text = fs::read_to_string(path).unwrap();
            let names =
                |word: &str| text.split(|letter: char| !letter.is_alphanumeric()).any(|one| one == word);
            let is_told = path.ends_with("xtask/test/layers.rs");
            let word = WORDS[..2].iter().find(|word| names(word));
            assert!(
                word.is_none() || path.starts_with(&room) || is_told,
                "{} names {word:?}",
                path.display()
            );
            let is_at_home = ["transaction.rs", "running.rs"].iter().any(|file| path.ends_with(file));
            assert!(
                !path.starts_with(&room) || is_at_home || !names(WORDS[2]),
                "{} opens one",
                path.display()
            );
        }
        let text = fs::read_to_string(room.join("transaction.rs")).unwrap();
        let awaits: Vec<&str> =
            text.split(".await").map(|before| before.rsplit(['\n', '=']).next().unwrap().trim()).collect();
        let (_, awaits) = awaits.split_last().unwrap();
        assert!(!awaits.is_empty());
        for awaited in awaits {
            assert!(AWAITED.iter().any(|one| awaited.contains(one)), "{awaited} is awaited in a transaction");
        }
    }
}
