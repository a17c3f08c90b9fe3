//! `tonari erase`: everything about her, out of one booking.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, bail};
use domain::calendar::to_rfc3339;

use super::hands::{self, Var};
use crate::service::vault::hash;
use crate::site::manifest::hex;
use crate::store::TokenHash;

/// Letter, number, token, key and mails go; team, time, kind and state stay and say nothing about her. What lies ahead
/// is cancelled, and she is not told. A backup of before is brought up to it when it is restored.
#[derive(clap::Args)]
pub struct Args {
    /// The number she was given, like 7K3M-9QF2.
    #[arg(required_unless_present = "again")]
    reference: Option<String>,
    /// Erase everything once more that was erased in this folder before: after another way of restoring than ours.
    #[arg(long, conflicts_with = "reference")]
    again: bool,
    #[command(flatten)]
    var: Var,
}

/// # Errors
/// A number nobody has, or bytes that could not be overwritten yet.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let (bookings, runtime) = args.var.open()?;
    let Some(reference) = &args.reference else {
        let erased = runtime.block_on(bookings.erase_again(erased_before(&args.var)?))?;
        println!("{erased} bookings are erased again");
        return Ok(());
    };
    let (booking, is_scrubbed) = runtime.block_on(bookings.erase(reference, &hands::who()))?;
    write_down(&args.var, &hash(&bookings.vault.token(&booking.reference)), (bookings.clock)())?;
    let files = remove_mails(args.var.folder(), &booking.reference)?;
    println!("{}", hands::line(&booking));
    println!("is erased, with {files} mails in the folder of mails");
    println!(
        "mails that were sent and backups of before are not in reach; backups grow old by their own rule"
    );
    if !is_scrubbed {
        bail!(
            "its bytes are still in the database's log, because somebody reads it; `tonari retention` tries again"
        );
    }
    Ok(())
}

/// A token's hash leads to nobody, but to the same booking in a backup.
fn write_down(var: &Var, token: &TokenHash, now: i64) -> anyhow::Result<()> {
    let path = var.erased();
    let written =
        OpenOptions::new().append(true).create(true).mode(0o600).open(&path).and_then(|mut list| {
            writeln!(list, "{} {}", to_rfc3339(now), hex(token))?;
            list.sync_all()
        });
    written.with_context(|| format!("it is erased, but not written down in {}", path.display()))
}

/// What [`write_down`] wrote.
pub fn erased_before(var: &Var) -> anyhow::Result<Vec<TokenHash>> {
    let path = var.erased();
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(cause).with_context(|| format!("cannot read {}", path.display())),
    };
    let token = |line: &str| crate::service::vault::unhex(line.split_once(' ')?.1);
    let tokens: Option<Vec<TokenHash>> = text.lines().map(token).collect();
    tokens.with_context(|| format!("{} cannot be understood", path.display()))
}

/// Without a mail server they lie in a folder, with her address.
pub fn remove_mails(var: &Path, reference: &str) -> anyhow::Result<usize> {
    let folder = var.join("mail");
    let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(0) };
    let mut removed = 0;
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(&format!("{reference}.")) {
            let path = entry.path();
            std::fs::remove_file(&path).with_context(|| format!("cannot delete {}", path.display()))?;
            removed += 1;
        }
    }
    Ok(removed)
}
