//! `cargo xtask sbom`: the parts of others in what is released, as CycloneDX 1.6; the tests hold where they come from and under
//! which licences.
//!
//! Read from what cargo resolves for the server and for the phone; tools of the workshop and of tests are in neither. The same
//! bytes for the same `Cargo.lock`: no time, no number by chance.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;
use serde_json::{Value, json};

use crate::lock;
use crate::process;
use crate::workspace::Workspace;

#[derive(Args)]
pub struct Options {
    /// Where to; else it is printed.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// What is released, and for which machine.
const RELEASED: [(&str, &[&str]); 2] =
    [("x86_64-unknown-linux-gnu", &["server"]), ("wasm32-unknown-unknown", &["app", "desk"])];

/// A crate of somebody else's.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    name: String,
    version: String,
    licence: String,
    source: String,
    /// Of our releases it is in.
    within: BTreeSet<&'static str>,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let bill = serde_json::to_string_pretty(&bill(&parts(workspace)?, &hashes(workspace)?))?;
    match &options.out {
        Some(file) => {
            std::fs::write(file, bill + "\n").with_context(|| format!("cannot write {}", file.display()))?
        }
        None => println!("{bill}"),
    }
    Ok(ExitCode::SUCCESS)
}

fn bill(parts: &[Part], hashes: &BTreeMap<(String, String), String>) -> Value {
    let component = |part: &Part| {
        let hash = hashes.get(&(part.name.clone(), part.version.clone()));
        let hashes: Vec<Value> =
            hash.iter().map(|hash| json!({ "alg": "SHA-256", "content": hash })).collect();
        let within: Vec<Value> =
            part.within.iter().map(|name| json!({ "name": "tonari:within", "value": name })).collect();
        let purl = format!("pkg:cargo/{}@{}", part.name, part.version);
        json!({
            "type": "library", "bom-ref": purl, "name": part.name, "version": part.version, "purl": purl,
            "licenses": [{ "expression": spdx(&part.licence) }], "hashes": hashes, "properties": within,
        })
    };
    json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": { "component": {
            "type": "application", "name": "tonari", "version": env!("CARGO_PKG_VERSION"),
            "licenses": [{ "expression": "MIT OR Apache-2.0" }],
        } },
        "components": parts.iter().map(component).collect::<Vec<_>>(),
    })
}

fn parts(workspace: &Workspace) -> Result<Vec<Part>> {
    let mut all: BTreeMap<(String, String), Part> = BTreeMap::new();
    for (platform, roots) in RELEASED {
        let graph = metadata(workspace, platform)?;
        for root in roots {
            for package in reached(&graph, root)? {
                let text = |name: &str| package[name].as_str().unwrap_or_default().to_owned();
                let (name, version, source) = (text("name"), text("version"), text("source"));
                // Our own have none.
                if source.is_empty() {
                    continue;
                }
                let part = all.entry((name.clone(), version.clone())).or_insert_with(|| Part {
                    licence: text("license"),
                    within: BTreeSet::new(),
                    name,
                    version,
                    source,
                });
                part.within.insert(root);
            }
        }
    }
    Ok(all.into_values().collect())
}

fn metadata(workspace: &Workspace, platform: &str) -> Result<Value> {
    let mut cargo = process::cargo(workspace);
    cargo.args(["metadata", "--format-version", "1", "--locked", "--filter-platform", platform]);
    serde_json::from_str(&process::output(&mut cargo)?).context("cargo's metadata cannot be read")
}

/// Whatever runs where this package runs: neither what tests need nor what only builds it.
fn reached<'g>(graph: &'g Value, root: &str) -> Result<Vec<&'g Value>> {
    let list = |value: &'g Value| value.as_array().map(Vec::as_slice).unwrap_or_default();
    let by_id = |values: &'g [Value]| -> BTreeMap<&'g str, &'g Value> {
        values.iter().filter_map(|value| Some((value["id"].as_str()?, value))).collect()
    };
    let (packages, nodes) = (by_id(list(&graph["packages"])), by_id(list(&graph["resolve"]["nodes"])));
    let is_root = |package: &&&Value| package["name"] == root && package["source"].is_null();
    let root = packages.values().find(is_root).with_context(|| format!("there is no package {root}"))?;
    let mut waiting: Vec<&str> = root["id"].as_str().into_iter().collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if reached.insert(id) {
            let needs = list(&nodes[id]["deps"])
                .iter()
                .filter(|need| list(&need["dep_kinds"]).iter().any(|kind| kind["kind"].is_null()));
            waiting.extend(needs.filter_map(|need| need["pkg"].as_str()));
        }
    }
    Ok(reached.into_iter().filter_map(|id| packages.get(id).copied()).collect())
}

/// As `Cargo.lock` holds each to its bytes.
fn hashes(workspace: &Workspace) -> Result<BTreeMap<(String, String), String>> {
    let held = lock::held(workspace)?.into_iter();
    Ok(held.map(|part| ((part.name, part.version), part.checksum)).collect())
}

/// A bar between licences is an older way to say *or*.
fn spdx(licence: &str) -> String {
    licence.replace('/', " OR ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// They ask for their text to be passed on, or for nothing.
    const PERMISSIVE: [&str; 10] = [
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSL-1.0",
        "ISC",
        "MIT",
        "Unicode-3.0",
        "Unlicense",
        "Zlib",
    ];
    /// Files under it stay under it; ours beside them do not. Taken as it is, and for the server only.
    const BY_FILE: &str = "MPL-2.0";

    fn may_be_shipped(licence: &str, also: Option<&str>) -> bool {
        let licence = spdx(licence);
        // No licence of a crate nests deeper than alternatives in brackets.
        licence.split(" AND ").all(|alternatives| {
            let alternatives = alternatives.trim_matches(['(', ')']).split(" OR ");
            alternatives.map(str::trim).any(|one| PERMISSIVE.contains(&one) || also == Some(one))
        })
    }

    fn all() -> Vec<Part> {
        parts(&Workspace::find().unwrap()).unwrap()
    }

    // A crate changed its licence in a patch; a release had it in for a month.
    #[test]
    fn e22_every_part_of_others_is_from_the_registry_and_under_a_licence_that_may_be_shipped() {
        let (parts, hashes) = (all(), hashes(&Workspace::find().unwrap()).unwrap());
        assert!(parts.len() > 100);
        for part in &parts {
            let Part { name, version, licence, source, within } = part;
            assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{name}");
            assert!(hashes.contains_key(&(name.clone(), version.clone())), "{name} is held to no bytes");
            let also = within.iter().all(|one| *one == "server").then_some(BY_FILE);
            assert!(may_be_shipped(licence, also), "{name} {version} is under {licence:?}");
        }
    }

    #[test]
    fn a_licence_is_read_with_its_ands_and_ors() {
        for (licence, may) in [
            ("MIT/Apache-2.0", true),
            ("(MIT OR GPL-3.0) AND Unicode-3.0", true),
            ("MIT AND GPL-3.0", false),
            ("GPL-3.0", false),
            ("MPL-2.0", false),
            ("", false),
        ] {
            assert_eq!(may_be_shipped(licence, None), may, "{licence}");
        }
        assert!(may_be_shipped("MPL-2.0", Some(BY_FILE)));
    }

    #[test]
    fn the_bill_names_what_runs_and_not_what_builds_or_tests() {
        let bill = bill(&all(), &hashes(&Workspace::find().unwrap()).unwrap());
        let components = bill["components"].as_array().unwrap();
        let named = |name: &str| components.iter().find(|one| one["name"] == name);
        let axum = named("axum").unwrap();
        assert_eq!(axum["hashes"][0]["content"].as_str().map(str::len), Some(64));
        assert!(named("tachys").is_some() && named("fantoccini").is_none() && named("stateright").is_none());
        assert!(components.iter().all(|one| one["purl"].as_str().unwrap().starts_with("pkg:cargo/")));
    }
}
