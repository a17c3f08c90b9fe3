//! Joins the style sheets, without their comments, into the one file that `src/app/index.html` links.
//! The order is the cascade: the Digital Agency's scales, our tokens, base, then the components by name, none of which depends on another.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::slim::text::without_comments;
use crate::workspace::Workspace;

pub fn run(workspace: &Workspace) -> Result<()> {
    let mut joined = String::new();
    for file in sheets(workspace)? {
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        joined.push_str(&without_comments(&text));
    }
    let out = workspace.path("target/style/tonari.css");
    fs::create_dir_all(out.parent().expect("the file lies in a folder"))?;
    // Untouched when nothing changed: trunk watches it, and a new time stamp would start another build.
    if fs::read_to_string(&out).is_ok_and(|before| before == joined) {
        return Ok(());
    }
    fs::write(&out, joined).with_context(|| format!("cannot write {}", out.display()))
}

/// In the order of the cascade.
pub fn sheets(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let folder = workspace.path("style/components");
    let mut components = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == "css") {
            components.push(file);
        }
    }
    components.sort();
    let first = ["style/dads.css", "style/tokens.css", "style/base.css"].map(|file| workspace.path(file));
    Ok(first.into_iter().chain(components).collect())
}
