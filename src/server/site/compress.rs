//! Compresses everything once, before the first request, and remembers the result on disk.
//!
//! Brotli at its best level takes seconds for the wasm, so the second start takes it from the folder; names are
//! hashes of the content, so nothing there can be out of date. A folder that cannot be written costs time, not
//! service.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;

use axum::body::Bytes;

use super::asset::Asset;
use super::manifest::hex;

/// Below this, headers outweigh what is saved.
const SMALLEST: usize = 512;

/// Fills in the compressed forms, the largest file first so that no processor waits for it at the end.
pub fn all<'a>(assets: impl Iterator<Item = &'a mut Asset>, cache: &Path) {
    if let Err(cause) = std::fs::create_dir_all(cache) {
        tracing::warn!(%cause, "compressed files are not remembered");
    }
    let mut todo: Vec<&mut Asset> =
        assets.filter(|asset| asset.kind.compressible && asset.plain.len() >= SMALLEST).collect();
    todo.sort_by_key(|asset| asset.plain.len());
    let current: BTreeSet<String> =
        todo.iter().flat_map(|asset| [name(asset, "br"), name(asset, "gz")]).collect();

    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let todo = Mutex::new(todo);
    let next = || todo.lock().expect("no worker panics while it holds the list").pop();
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(asset) = next() {
                    asset.brotli =
                        smaller(asset, remembered(cache, &name(asset, "br"), &asset.plain, press::best));
                    asset.gzip =
                        smaller(asset, remembered(cache, &name(asset, "gz"), &asset.plain, press::gzip));
                }
            });
        }
    });
    forget_others(cache, &current);
}

/// One small asset that changes with the server's own data, not with the build: not worth remembering.
pub fn one(asset: &mut Asset) {
    let compress = |how: fn(&[u8]) -> Vec<u8>| smaller(asset, how(&asset.plain));
    (asset.brotli, asset.gzip) = (compress(press::best), compress(press::gzip));
}

/// What is made anew for each request: as good as it gets in a millisecond.
pub fn quickly(asset: &mut Asset) {
    asset.brotli = smaller(asset, press::quick(&asset.plain));
}

fn name(asset: &Asset, extension: &str) -> String {
    format!("{}.{extension}", hex(&asset.hash))
}

fn smaller(asset: &Asset, compressed: Vec<u8>) -> Option<Bytes> {
    (compressed.len() < asset.plain.len()).then(|| compressed.into())
}

fn remembered(cache: &Path, name: &str, plain: &[u8], compress: fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let path = cache.join(name);
    if let Ok(known) = std::fs::read(&path) {
        return known;
    }
    let compressed = compress(plain);
    // Written beside and moved into place: a start that is cut off leaves no half file under a good name.
    let draft = cache.join(format!("{name}.{}", std::process::id()));
    let _ = std::fs::write(&draft, &compressed).and_then(|()| std::fs::rename(&draft, &path));
    compressed
}

/// Files of builds that are no longer served.
fn forget_others(cache: &Path, current: &BTreeSet<String>) {
    let Ok(entries) = std::fs::read_dir(cache) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_str().is_none_or(|name| !current.contains(name)) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}
