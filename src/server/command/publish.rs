//! `tonari publish`: what is to be read, from a file.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use domain::content::{File, Item};

use super::hands::Var;
use crate::content_file;
use crate::edition::bundled;
use crate::service::system_clock;
use crate::store::content::{Change, Tally};

/// Larger than any file of texts; read whole into memory.
const LARGEST: u64 = 32 << 20;

/// Checked whole before anything changes. What is there under the same id is replaced.
#[derive(clap::Args)]
pub struct Args {
    /// JSON, as docs/CONTENT.md describes it.
    file: PathBuf,
    /// Check only.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    var: Var,
}

/// # Errors
/// The first thing that is wrong with the file, with the way to its field; then nothing was published.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let name = args.file.display().to_string();
    let items = read(args).with_context(|| name.clone())?;
    pictures_are_there(args, &items).with_context(|| name.clone())?;
    let count = items.len();
    if args.dry_run {
        println!("{name}: {count} items can be published");
        return Ok(());
    }
    let (contents, runtime) = args.var.contents()?;
    let change = Change::Publish(Arc::new(items));
    let Tally { added, changed, same, .. } = runtime.block_on(contents.change(change, (system_clock())()))?;
    println!("{name}: {added} new, {changed} changed, {same} as before; phones have them at their next look");
    Ok(())
}

/// Where an item shows one, also before a dry run: a page with a hole in it is not what was meant.
fn pictures_are_there(args: &Args, items: &[Item]) -> anyhow::Result<()> {
    if items.iter().all(|item| item.head().picture.is_none()) {
        return Ok(());
    }
    let (pictures, runtime) = args.var.pictures()?;
    match runtime.block_on(pictures.missing(items))? {
        Some(at) => {
            bail!("items[{at}].picture is not there; `tonari picture add` takes it in and says what to write")
        }
        None => Ok(()),
    }
}

fn read(args: &Args) -> anyhow::Result<Vec<Item>> {
    let size = fs::metadata(&args.file).context("cannot be read")?.len();
    ensure!(size <= LARGEST, "is larger than 32 MB");
    let bytes = fs::read(&args.file).context("cannot be read")?;
    let file = File::read(&bytes)?;
    if let Some(path) = content_file::not_understood(&bytes, &file) {
        bail!("{path} is no field");
    }
    let edition = bundled();
    for (at, item) in file.items.iter().enumerate() {
        if let Some(id) = item.head().association.as_ref().filter(|id| edition.association(id).is_none()) {
            bail!("items[{at}].association is not one of the directory: {:?}", id.as_str());
        }
    }
    ensure!(!file.items.is_empty(), "items is empty");
    Ok(file.in_week_of((system_clock())()))
}
