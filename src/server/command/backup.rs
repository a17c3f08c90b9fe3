//! `tonari backup`: the database in one file.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;
use sha2::{Digest, Sha256};

use super::hands::Var;
use crate::site::manifest::hex;
use crate::store::sqlite::backup;

/// The line on standard output is one `sha256sum --check` understands. The keys that open letters are not in the file.
/// A PostgreSQL database is copied with `pg_dump`.
#[derive(clap::Args)]
pub struct Args {
    /// Must not exist.
    file: PathBuf,
    #[command(flatten)]
    var: Var,
}

/// # Errors
/// A database that cannot be read, or a file that cannot be written.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let name = args.file.display();
    let database = args.var.file("pg_dump")?;
    drop(args.var.open()?);
    backup::write(&database, &args.file).context("no backup was made")?;
    let sum = sum(&args.file).with_context(|| format!("cannot read {name}"))?;
    println!("{}  {name}", hex(&sum));
    let keys = args.var.keys();
    eprintln!("the keys are not in it: keep a copy of {} apart from it", keys.display());
    Ok(())
}

fn sum(file: &Path) -> io::Result<[u8; 32]> {
    let mut file = File::open(file)?;
    let mut sum = Sha256::new();
    let mut chunk = vec![0; 1 << 16];
    loop {
        match file.read(&mut chunk)? {
            0 => return Ok(sum.finalize().into()),
            read => sum.update(&chunk[..read]),
        }
    }
}
