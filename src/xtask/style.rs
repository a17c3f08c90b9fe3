//! Joins the style sheets, without their comments, into one file for each bundle: the founder's and the desk's, which has
//! the same ground, those components it shows, and sheets of its own.
//! The order is the cascade: the Digital Agency's scales, our tokens, base, then the components by name, none of which depends on another.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::slim::text::without_comments;
use crate::workspace::Workspace;

/// What the desk shows of the founder's components.
const SHOWN_AT_THE_DESK: [&str; 7] = [
    "button.css",
    "checks.css",
    "error_summary.css",
    "notice.css",
    "reading_text.css",
    "segmented.css",
    "text_field.css",
];

pub fn run(workspace: &Workspace) -> Result<()> {
    join(workspace, &sheets(workspace)?, "tonari.css")?;
    join(workspace, &desk_sheets(workspace)?, "desk.css")
}

fn join(workspace: &Workspace, sheets: &[PathBuf], name: &str) -> Result<()> {
    let mut joined = String::new();
    for file in sheets {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        joined.push_str(&without_comments(&text));
    }
    let out = workspace.path("target/style").join(name);
    fs::create_dir_all(out.parent().expect("the file lies in a folder"))?;
    // Untouched when nothing changed: trunk watches it, and a new time stamp would start another build.
    if fs::read_to_string(&out).is_ok_and(|before| before == joined) {
        return Ok(());
    }
    fs::write(&out, joined).with_context(|| format!("cannot write {}", out.display()))
}

/// In the order of the cascade.
pub fn sheets(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let components = listed(workspace, "style/components")?;
    Ok(ground(workspace).into_iter().chain(components).collect())
}

fn desk_sheets(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let components = SHOWN_AT_THE_DESK.map(|sheet| workspace.path("style/components").join(sheet));
    let own = listed(workspace, "style/desk")?;
    Ok(ground(workspace).into_iter().chain(components).chain(own).collect())
}

fn ground(workspace: &Workspace) -> [PathBuf; 3] {
    ["style/dads.css", "style/tokens.css", "style/base.css"].map(|file| workspace.path(file))
}

/// The sheets of a folder, by name.
fn listed(workspace: &Workspace, folder: &str) -> Result<Vec<PathBuf>> {
    let folder = workspace.path(folder);
    let mut sheets = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == "css") {
            sheets.push(file);
        }
    }
    sheets.sort();
    Ok(sheets)
}
