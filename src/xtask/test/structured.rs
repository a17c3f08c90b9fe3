//! What pages say of themselves to machines (schema.org), held against the vocabulary's own types: a property that a type
//! does not have, or of another kind, does not compile.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Tally;
use crate::process;
use crate::running::Running;
use crate::tools;

/// One of each kind of page, and of each kind of place an event can have.
const PAGES: [&str; 8] = [
    "/read/case-womens-teams",
    "/read/guide-fraud",
    "/read/demo-shimane-cafe-saikai",
    "/events/demo-event-ehime-imabari-seminar",
    "/events/demo-event-gifu-first-evening",
    "/notices/demo-notice-ishikawa-ooame",
    "/associations/shimane",
    "/associations/tokyo",
];

const TYPES: &str =
    "Article, Event, GovernmentOrganization, GovernmentService, SpecialAnnouncement, WithContext";

pub fn check(running: &Running, folder: &Path) -> Result<Tally> {
    let modules = tools::schema_org()?;
    let mut source = format!("import type {{ {TYPES} }} from \"schema-dts\";\n");
    for (number, page) in PAGES.iter().enumerate() {
        let about = about(running, page).with_context(|| format!("{page} says nothing of itself"))?;
        let kind = about["@type"].as_str().context("it has no type")?;
        writeln!(source, "// {page}\nexport const page{number}: WithContext<{kind}> = {about};")?;
    }
    let file = folder.join("structured.ts");
    fs::write(&file, source)?;
    let modules_here = folder.join("node_modules");
    if !modules_here.exists() {
        std::os::unix::fs::symlink(&modules, &modules_here)?;
    }
    let mut compiler = Command::new(modules.join(".bin/tsc"));
    compiler.args(["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext"]).arg(&file);
    println!("api: {} pages against schema.org", PAGES.len());
    Ok(Tally::of(process::run(compiler.current_dir(folder))))
}

fn about(running: &Running, page: &str) -> Result<Value> {
    let mut answer = ureq::get(format!("http://{}{page}", running.listen)).call()?;
    let html = answer.body_mut().read_to_string()?;
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">").context("no structured data")?;
    let (json, _) = rest.split_once("</script>").context("it does not end")?;
    Ok(serde_json::from_str(json)?)
}
