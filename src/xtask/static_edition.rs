//! `cargo xtask dist --static`: builds app and server, and has everything that needs no server of ours put into a folder.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Args;
use xtask::dist::{self, Plan};

use crate::frontend;
use crate::process::Took;
use crate::workspace::Workspace;

#[derive(Args)]
pub struct Options {
    /// For a host that keeps files; the only edition there is.
    #[arg(long = "static", required = true)]
    files: bool,
    /// Where it is put; has to be empty. Without it `dist/files`, which is emptied.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Scheme and host under which people will reach it, like https://soudan.example.jp.
    #[arg(long)]
    origin: String,
    /// The folder of that host in which it will lie, like /soudan/.
    #[arg(long, default_value = "/")]
    base: String,
    /// Texts to publish (docs/CONTENT.md), as often as there are files.
    #[arg(long)]
    texts: Vec<PathBuf>,
    /// Folder for the key that signs and the numbers that rise. Keep it: with another one phones refuse what they get
    /// until they have the new app. Without it `var/static`, or for a demonstration one of this call only.
    #[arg(long)]
    var: Option<PathBuf>,
    /// Invented texts too, marked so.
    #[arg(long)]
    demo: bool,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let started = Instant::now();
    frontend::build_app(workspace)?;
    let binary = frontend::build_server(workspace)?;
    let out = match &options.out {
        Some(out) => out.clone(),
        None => emptied(workspace)?,
    };
    let passing = tempfile::tempdir().context("no temporary folder")?;
    let var = match (&options.var, options.demo) {
        (Some(var), _) => var.clone(),
        (None, true) => passing.path().to_path_buf(),
        (None, false) => workspace.path("var/static"),
    };
    let plan = Plan {
        binary,
        app: workspace.path("dist/app"),
        var,
        origin: options.origin.clone(),
        base: options.base.clone(),
        texts: options.texts.clone(),
        demo: options.demo,
    };
    let count = dist::make(&plan, &out)?;
    println!("dist: {count} files in {} after {}", out.display(), Took(started.elapsed()));
    println!("dist: put them into {} of {}; docs/EMBED.md says how", options.base, options.origin);
    Ok(ExitCode::SUCCESS)
}

fn emptied(workspace: &Workspace) -> Result<PathBuf> {
    let out = workspace.path("dist/files");
    if out.exists() {
        fs::remove_dir_all(&out).with_context(|| format!("cannot empty {}", out.display()))?;
    }
    Ok(out)
}
