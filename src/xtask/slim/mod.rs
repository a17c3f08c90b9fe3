//! Takes out of a finished build what only its readers need: comments of scripts, and long names between wasm and glue.
//! Trunk calls it before the build is put in its place. The sources say everything; phones pay for each byte.

mod imports;
pub mod text;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

pub fn run() -> Result<()> {
    let folder =
        env::var_os("TRUNK_STAGING_DIR").context("trunk calls this, and says where the build lies")?;
    let folder = PathBuf::from(folder);
    for file in files(&folder)? {
        if file.extension().is_some_and(|extension| extension == "js") && !is_fixed(&file) {
            write(&file, text::without_comments(&read_text(&file)?).as_bytes())?;
        }
    }
    shorten_names(&folder)
}

/// Other people's pages name the loader of the widget with a digest of its bytes: they are those of the source.
fn is_fixed(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("embed."))
}

/// The pair of wasm and glue, which gets a new hash in its name: content under such a name never changes.
fn shorten_names(folder: &Path) -> Result<()> {
    let wasm_file = with_extension(folder, "wasm")?;
    let name = wasm_file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let old = name.strip_suffix("_bg.wasm").context("wasm-bindgen has named its wasm otherwise")?;
    let glue_file = folder.join(format!("{old}.js"));
    let wasm = fs::read(&wasm_file).with_context(|| format!("cannot read {}", wasm_file.display()))?;
    let (wasm, glue) = imports::shorten(&wasm, &read_text(&glue_file)?)?;

    let hash = Sha256::new().chain_update(&wasm).chain_update(&glue).finalize();
    let hash: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let entry = old.rsplit_once('-').map_or(old, |(entry, _)| entry);
    let new = format!("{entry}-{hash}");
    write(&folder.join(format!("{new}_bg.wasm")), &wasm)?;
    write(&folder.join(format!("{new}.js")), glue.as_bytes())?;
    fs::remove_file(&wasm_file)?;
    fs::remove_file(&glue_file)?;
    let page = with_extension(folder, "html")?;
    write(&page, read_text(&page)?.replace(old, &new).as_bytes())
}

/// The one file of its kind.
fn with_extension(folder: &Path, extension: &str) -> Result<PathBuf> {
    let mut files = files(folder)?.into_iter();
    files
        .find(|file| file.extension().is_some_and(|other| other == extension))
        .with_context(|| format!("the build has no {extension}"))
}

/// The files straight in the folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    entries.map(|entry| Ok(entry?.path())).collect()
}

fn read_text(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn write(file: &Path, content: &[u8]) -> Result<()> {
    fs::write(file, content).with_context(|| format!("cannot write {}", file.display()))
}
