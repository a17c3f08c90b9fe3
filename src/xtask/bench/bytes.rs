//! What a founder's first visit weighs: every file the running server asks her phone to keep, each at
//! brotli's best, which is how the server sends it. The words of other languages come with their choice, not with the visit.

use std::fs;
use std::io::Read;
use std::net::SocketAddr;

use anyhow::{Context, Result};
use serde_json::Value;

use super::table::{Budget, Row};
use crate::running::Running;
use crate::workspace::Workspace;

const KB: f64 = 1000.0;
/// Once, on an office line: each of the desk's entries.
const DESK_MOST: f64 = 250.0;
const DESK_PAGES: [(&str, &str); 2] =
    [("the desk's board, brotli", "desk.html"), ("the desk's texts, brotli", "texts.html")];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Wasm,
    Tables,
    Other,
}

pub fn measure(workspace: &Workspace) -> Result<Vec<Row>> {
    let running = Running::start(workspace)?;
    let mut rows = rows(&weigh(running.listen)?);
    rows.extend(widget(running.listen)?);
    for (what, page) in DESK_PAGES {
        rows.push(desk(workspace, what, page)?);
    }
    Ok(rows)
}

/// What an association's page pays for the widget at once, and what its frame brings when somebody scrolls to it.
fn widget(listen: SocketAddr) -> Result<[Row; 2]> {
    let page = fetch(listen, "/embed/book?team=shimane")?;
    let text = String::from_utf8_lossy(&page).into_owned();
    let mut frame = compressed(&page);
    for path in text.split('"').filter(|part| is_file(part)) {
        frame += compressed(&fetch(listen, path)?);
    }
    let loader = compressed(&fetch(listen, "/embed.js")?);
    let row = |what: &str, bytes: usize, most| Row::new(what, bytes as f64 / KB, "KB", Budget::AtMost(most));
    Ok([row("widget's loader, brotli", loader, 2.0), row("its frame, brotli", frame, 280.0)])
}

/// What a colleague's first visit of an entry brings: the page and every file it names. Words of another language come with
/// their choice.
fn desk(workspace: &Workspace, what: &str, page: &str) -> Result<Row> {
    let folder = workspace.path("dist/desk");
    let read = |file: &str| {
        let path = folder.join(file);
        fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let page = read(page)?;
    let text = String::from_utf8_lossy(&page).into_owned();
    let mut bytes = compressed(&page);
    for file in text.split('"').filter(|part| is_file(part)) {
        bytes += compressed(&read(file.trim_start_matches("/desk/"))?);
    }
    Ok(Row::new(what, bytes as f64 / KB, "KB", Budget::AtMost(DESK_MOST)))
}

/// As an attribute names it: a script, a sheet, the wasm.
fn is_file(part: &str) -> bool {
    part.starts_with('/') && ["js", "css", "wasm"].iter().any(|kind| part.ends_with(&format!(".{kind}")))
}

fn weigh(listen: SocketAddr) -> Result<Vec<(String, usize)>> {
    let worker = fetch(listen, "/sw.js")?;
    let mut files = vec![("/sw.js".to_owned(), compressed(&worker))];
    for path in precached(&String::from_utf8(worker).context("sw.js is no UTF-8")?)? {
        let bytes = fetch(listen, &path)?;
        files.push((path, compressed(&bytes)));
    }
    files.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    Ok(files)
}

/// The paths in the manifest that the server writes into the worker.
fn precached(worker: &str) -> Result<Vec<String>> {
    let start = worker.find("{\"version\"").context("sw.js holds no manifest")?;
    let mut values = serde_json::Deserializer::from_str(&worker[start..]).into_iter::<Value>();
    let manifest = values.next().context("sw.js holds no manifest")??;
    let files = manifest["files"].as_object().context("the manifest of sw.js lists no files")?;
    Ok(files.keys().cloned().collect())
}

fn fetch(listen: SocketAddr, path: &str) -> Result<Vec<u8>> {
    let mut answer =
        ureq::get(format!("http://{listen}{path}")).call().with_context(|| format!("GET {path}"))?;
    answer.body_mut().read_to_vec().with_context(|| format!("GET {path}"))
}

fn compressed(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let window = 22;
    brotli::CompressorReader::new(bytes, 4096, 11, window)
        .read_to_end(&mut out)
        .expect("compressing from memory into memory cannot fail");
    out.len()
}

fn kind(path: &str) -> Kind {
    match path.rsplit_once('.') {
        Some((_, "wasm")) => Kind::Wasm,
        Some((_, "bin")) => Kind::Tables,
        _ => Kind::Other,
    }
}

fn rows(files: &[(String, usize)]) -> Vec<Row> {
    let kb = |bytes: usize| bytes as f64 / KB;
    let sum = |wanted: &dyn Fn(Kind) -> bool| {
        kb(files.iter().filter(|(path, _)| wanted(kind(path))).map(|(_, size)| size).sum())
    };
    let row = |what: &str, measured, budget| Row::new(what, measured, "KB", budget);
    let mut rows: Vec<Row> = files.iter().map(|(path, size)| row(path, kb(*size), Budget::None)).collect();
    rows.push(row("first visit, brotli", sum(&|_| true), Budget::AtMost(180.0)));
    rows.push(row("of these wasm", sum(&|kind| kind == Kind::Wasm), Budget::AtMost(120.0)));
    rows.push(row("of these tables", sum(&|kind| kind == Kind::Tables), Budget::AtMost(40.0)));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_is_read_out_of_the_workers_source() {
        let worker =
            r#"const M = {"version":"ab","files":{"/":"x","/data/places.bin":"y"}}; addEventListener();"#;
        assert_eq!(precached(worker).unwrap(), ["/", "/data/places.bin"]);
    }
}
