//! Ours and Pagefind's answers beside what is right, query by query.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::super::table::{Budget, Row};
use crate::process;
use crate::tools;
use crate::workspace::Workspace;

type Stories = BTreeSet<usize>;

pub struct Compared {
    pub rows: Vec<Row>,
    /// How many were asked.
    pub queries: usize,
}

struct Asked {
    typed: String,
    right: Stories,
    ours: Stories,
}

/// Pagefind's own files that a phone needs before it can answer; the stories themselves it needs for either.
const ITS_FILES: [&str; 3] = ["pagefind.js", "pagefind-worker.js", "wasm.unknown.pagefind"];

pub fn measure(workspace: &Workspace) -> Result<Compared> {
    let site = workspace.path("target/bench/search");
    if site.exists() {
        fs::remove_dir_all(&site)?;
    }
    let output = process::output(&mut super::example(workspace, &[&site]))?;
    let asked = answers(&output)?;
    let modules = tools::pagefind()?;
    let mut pagefind = Command::new(modules.join(".bin/pagefind"));
    process::output(pagefind.arg("--site").arg(&site))?;
    let theirs = ask(workspace, &site, &asked)?;
    let rows = compare(&asked, &theirs, weight(&site.join("pagefind"))?);
    Ok(Compared { rows, queries: asked.len() })
}

/// Lines of `query`, what was typed, the numbers of the right stories, those of ours.
fn answers(output: &str) -> Result<Vec<Asked>> {
    let mut asked = Vec::new();
    for line in output.lines().filter_map(|line| line.strip_prefix("query\t")) {
        let [typed, right, ours] = line.split('\t').collect::<Vec<_>>()[..] else {
            anyhow::bail!("a line of the program has other columns: {line}");
        };
        asked.push(Asked { typed: typed.to_owned(), right: numbers(right)?, ours: numbers(ours)? });
    }
    ensure!(!asked.is_empty(), "the program asked nothing");
    Ok(asked)
}

fn numbers(list: &str) -> Result<Stories> {
    list.split_ascii_whitespace().map(|number| number.parse().context("no number of a story")).collect()
}

/// One line of numbers for each query.
fn ask(workspace: &Workspace, site: &Path, asked: &[Asked]) -> Result<Vec<Stories>> {
    let mut node = Command::new("node");
    node.arg(workspace.path("src/xtask/bench/search/pagefind.mjs")).arg(site);
    node.args(asked.iter().map(|asked| &asked.typed));
    let theirs = process::output(&mut node)?.lines().map(numbers).collect::<Result<Vec<Stories>>>()?;
    ensure!(theirs.len() == asked.len(), "Pagefind was not asked everything");
    Ok(theirs)
}

fn weight(pagefind: &Path) -> Result<u64> {
    let mut bytes = 0;
    for name in ITS_FILES {
        bytes +=
            fs::metadata(pagefind.join(name)).with_context(|| format!("Pagefind wrote no {name}"))?.len();
    }
    for file in fs::read_dir(pagefind.join("index"))?.chain(fs::read_dir(pagefind)?) {
        let file = file?;
        let is_index =
            [".pf_index", ".pf_meta"].iter().any(|end| file.file_name().to_string_lossy().ends_with(end));
        bytes += if is_index { file.metadata()?.len() } else { 0 };
    }
    Ok(bytes)
}

fn compare(asked: &[Asked], theirs: &[Stories], weight: u64) -> Vec<Row> {
    println!("\n{:>6} {:>6} {:>9} {:>6} {:>9}  query", "right", "ours", "wrong", "theirs", "wrong");
    let (mut behind, mut missed, mut wrong, mut their_missed) = (0, 0, 0, 0);
    for (asked, theirs) in asked.iter().zip(theirs) {
        let Asked { typed, right, ours } = asked;
        let (our_right, their_right) = (ours & right, theirs & right);
        let (our_wrong, their_wrong) = (ours - right, theirs - right);
        println!(
            "{:>6} {:>6} {:>9} {:>6} {:>9}  {typed}",
            right.len(),
            our_right.len(),
            our_wrong.len(),
            their_right.len(),
            their_wrong.len()
        );
        behind += usize::from(our_right.len() < their_right.len());
        missed += right.len() - our_right.len();
        wrong += our_wrong.len();
        their_missed += right.len() - their_right.len();
    }
    let row = |what: &str, count: usize, budget| Row::new(what, count as f64, "", budget);
    vec![
        row("queries to which Pagefind finds more that is right", behind, Budget::AtMost(0.0)),
        row("right stories that ours misses", missed, Budget::AtMost(0.0)),
        row("others that ours finds", wrong, Budget::None),
        row("right stories that Pagefind misses", their_missed, Budget::None),
        Row::new("files Pagefind needs before it answers", weight as f64 / 1000.0, "KB", Budget::None),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finding_less_than_the_other_is_no_budget_kept() {
        let asked = answers("query\tかふぇ\t1 2 3\t1 2 9\nbytes\t7\n").unwrap();
        let kept = |theirs: &str| {
            let rows = compare(&asked, &[numbers(theirs).unwrap()], 0);
            rows[0].is_kept()
        };
        assert!(kept("3 4 5") && kept("2 3"), "others do not count");
        assert!(!kept("1 2 3"));
        assert!(answers("query\tかふぇ\t1 2 3\n").is_err());
    }
}
