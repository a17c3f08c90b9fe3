//! `PROVENANCE.md`: what the tables were made from, written beside them by the same run.

use super::fetch::{ALL, Package, hex};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

pub fn page(tables: &[(&str, Vec<u8>)]) -> String {
    let mut page = String::from(
        "# Where these tables come from\n\n\
         Written by `cargo xtask data`; do not edit. `docs/DATA.md` describes the tables.\n\n\
         | package | version | published | licence | attribution | SHA-256 |\n|---|---|---|---|---|---|\n",
    );
    for Package { name, version, date, licence, attribution, sha256, .. } in ALL {
        line(
            &mut page,
            format_args!("| {name} | {version} | {date} | {licence} | {attribution} | `{sha256}` |"),
        );
    }
    page.push_str("\n| table | bytes | SHA-256 |\n|---|---|---|\n");
    for (name, bytes) in tables {
        let hash = hex(&Sha256::digest(bytes));
        line(&mut page, format_args!("| {name} | {} | `{hash}` |", bytes.len()));
    }
    page
}

fn line(page: &mut String, text: std::fmt::Arguments<'_>) {
    writeln!(page, "{text}").expect("writing to a string does not fail");
}
