//! `tonari picture`: pictures for what is published.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::Subcommand;
use domain::content::Alt;
use serde_json::json;

use super::hands::{self, Var};
use crate::pictures::LARGEST;
use crate::service::pictures::Offered;
use crate::store::pictures::About;

#[derive(Subcommand)]
pub enum Command {
    /// Takes a picture (JPEG, PNG, WebP, GIF) in: upright, small, of its pixels alone. Prints what an item says of it.
    Add(Add),
    /// Those of an association, the newest first.
    List {
        #[arg(long)]
        association: String,
        #[command(flatten)]
        var: Var,
    },
}

#[derive(clap::Args)]
pub struct Add {
    file: PathBuf,
    /// Whose it is.
    #[arg(long)]
    association: String,
    /// What is to be seen on it, in Japanese, for whoever cannot see it.
    #[arg(long)]
    alt: String,
    /// The same in English.
    #[arg(long)]
    alt_en: Option<String>,
    #[command(flatten)]
    var: Var,
}

/// # Errors
/// The first thing that is wrong, as one line.
pub fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Add(args) => add(&args),
        Command::List { association, var } => {
            let association = hands::association(&association)?;
            let (pictures, runtime) = var.pictures()?;
            for about in runtime.block_on(pictures.store.of(association, 1_000))? {
                println!("{}", line(&about));
            }
            Ok(())
        }
    }
}

fn add(args: &Add) -> anyhow::Result<()> {
    let words = |text: &str| Alt::parse(text).context("--alt has to be one line of 1 to 200 characters");
    let offered = Offered {
        association: hands::association(&args.association)?,
        alt: words(&args.alt)?,
        alt_en: args.alt_en.as_deref().map(words).transpose()?,
    };
    let name = args.file.display().to_string();
    let size = fs::metadata(&args.file).with_context(|| format!("{name} cannot be read"))?.len();
    ensure!(size <= LARGEST as u64, "{name} is larger than 10 MB");
    let file = fs::read(&args.file).with_context(|| format!("{name} cannot be read"))?;
    let (pictures, runtime) = args.var.pictures()?;
    let about = runtime.block_on(pictures.add(file, offered, &hands::who())).with_context(|| name)?;
    println!("{}", line(&about));
    Ok(())
}

/// As it stands in an item.
fn line(about: &About) -> String {
    let mut picture =
        json!({ "sha": about.sha, "alt": about.alt, "width": about.width, "height": about.height });
    if let Some(alt) = &about.alt_en {
        picture["alt_en"] = json!(alt);
    }
    json!({ "picture": picture }).to_string()
}
