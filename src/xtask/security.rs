//! `cargo xtask security`: OWASP's verification standard, line by line, as a table for people.
//!
//! What we say of each line is written by hand in `docs/security/asvs.txt`; the tests hold that every line of the two levels is
//! there, and that what is said to show it exists. Whether it does show it only a reader can tell. The surprising rule: the
//! standard's own sentences are nowhere here, they are under another licence.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};

use crate::workspace::Workspace;

const LINES: &str = "docs/security/asvs.txt";
const TABLE: &str = "docs/security/ASVS.md";

const CHAPTERS: [&str; 17] = [
    "Encoding and sanitization",
    "Validation and business logic",
    "Web frontend",
    "API and web service",
    "Files",
    "Authentication",
    "Sessions",
    "Authorization",
    "Self-contained tokens",
    "OAuth and OIDC",
    "Cryptography",
    "Communication",
    "Configuration",
    "Data protection",
    "Coding and architecture",
    "Logging and errors",
    "WebRTC",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Met,
    Partly,
    NotMet,
    NotApplicable,
}

impl Verdict {
    const ALL: [Self; 4] = [Self::Met, Self::Partly, Self::NotMet, Self::NotApplicable];

    const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Partly => "partly",
            Self::NotMet => "not met",
            Self::NotApplicable => "n/a",
        }
    }
}

/// What we say of one line of the standard.
#[derive(Debug)]
struct Line {
    /// Chapter, section, number.
    id: [u8; 3],
    level: u8,
    verdict: Verdict,
    /// Names of tests, and files.
    shown_by: Vec<String>,
    why: String,
}

pub fn run(workspace: &Workspace) -> Result<ExitCode> {
    let lines = read(workspace)?;
    let path = workspace.path(TABLE);
    fs::write(&path, table(&lines)).with_context(|| format!("cannot write {}", path.display()))?;
    for verdict in Verdict::ALL {
        let count =
            |level| lines.iter().filter(|line| (line.verdict, line.level) == (verdict, level)).count();
        println!(
            "{:<8}{:>4} of level 1, {:>3} of level 2, {:>2} of level 3",
            verdict.word(),
            count(1),
            count(2),
            count(3)
        );
    }
    println!("{TABLE}");
    Ok(ExitCode::SUCCESS)
}

fn read(workspace: &Workspace) -> Result<Vec<Line>> {
    let text = fs::read_to_string(workspace.path(LINES)).with_context(|| format!("cannot read {LINES}"))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(at, line)| parse(line).with_context(|| format!("{LINES}, line {}", at + 1))).collect()
}

fn parse(line: &str) -> Result<Line> {
    let fields: Vec<&str> = line.split('|').map(str::trim).collect();
    let [id, level, verdict, shown_by, why] = fields[..] else { bail!("there are five fields") };
    let numbers: Vec<u8> =
        id.split('.').map(str::parse).collect::<Result<_, _>>().context("the id is no id")?;
    let id = numbers.try_into().ok().context("an id has three numbers")?;
    let verdict =
        Verdict::ALL.into_iter().find(|known| known.word() == verdict).context("no such verdict")?;
    ensure!(!why.is_empty(), "nothing says why");
    let shown_by: Vec<String> =
        shown_by.split(',').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect();
    ensure!(!shown_by.is_empty() || verdict == Verdict::NotApplicable, "nothing shows it");
    Ok(Line {
        id,
        level: level.parse().context("the level is no number")?,
        verdict,
        shown_by,
        why: why.to_owned(),
    })
}

fn table(lines: &[Line]) -> String {
    let mut text = String::from(
        "# OWASP ASVS 5.0.0, line by line\n\n<!-- Written by `cargo xtask security` from asvs.txt. -->\n\n\
         All of levels 1 and 2, and seven lines of level 3. What each line asks for stands in the standard \
         ([owasp.org](https://owasp.org/www-project-application-security-verification-standard/)); what is said here are our own \
         words. A verdict is a reading of the code by its authors, not an audit. [SECURITY.md](../SECURITY.md) has the rest.\n\n",
    );
    let mut counts: BTreeMap<(u8, Verdict), usize> = BTreeMap::new();
    for line in lines {
        *counts.entry((line.level, line.verdict)).or_default() += 1;
    }
    text.push_str("| level | met | partly | not met | not applicable |\n|---|---|---|---|---|\n");
    for level in 1..=3 {
        let [met, partly, not, none] =
            Verdict::ALL.map(|verdict| counts.get(&(level, verdict)).copied().unwrap_or(0));
        line_of(
            &mut text,
            &[&level.to_string(), &met.to_string(), &partly.to_string(), &not.to_string(), &none.to_string()],
        );
    }
    let mut chapter = 0;
    for line in lines {
        if line.id[0] != chapter {
            chapter = line.id[0];
            let name = CHAPTERS.get(usize::from(chapter) - 1).copied().unwrap_or_default();
            text.push_str(&format!("\n## V{chapter} {name}\n\n| line | level | verdict | why | shown by |\n|---|---|---|---|---|\n"));
        }
        let [a, b, c] = line.id;
        let verdict = match line.verdict {
            Verdict::Met | Verdict::NotApplicable => line.verdict.word().to_owned(),
            Verdict::Partly | Verdict::NotMet => format!("**{}**", line.verdict.word()),
        };
        let shown_by: Vec<String> = line.shown_by.iter().map(|one| link(one)).collect();
        line_of(
            &mut text,
            &[&format!("{a}.{b}.{c}"), &line.level.to_string(), &verdict, &line.why, &shown_by.join(", ")],
        );
    }
    text
}

fn line_of(text: &mut String, cells: &[&str]) {
    writeln!(text, "| {} |", cells.join(" | ")).expect("writing to a String does not fail");
}

/// A file is linked, a test named.
fn link(one: &str) -> String {
    let name = one.rsplit('/').next().unwrap_or(one);
    if is_file(one) { format!("[{name}](../../{one})") } else { format!("`{one}`") }
}

fn is_file(one: &str) -> bool {
    one.contains(['/', '.'])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// Of each section the levels of its lines, in their order: 345 in all.
    const LEVELS: [(u8, &[&str]); 17] = [
        (1, &["22", "1111122223", "112222222223", "222", "123"]),
        (2, &["122", "112", "12223", "23"]),
        (3, &["3", "113", "12223", "11222233", "11122333", "3", "22333"]),
        (4, &["12233", "23333", "22", "1222"]),
        (5, &["2", "112333", "113", "222"]),
        (6, &["122", "111111112222", "11223333", "112233", "22222333", "2223", "33", "2222"]),
        (7, &["222", "1111", "22", "11222", "223", "22"]),
        (8, &["1233", "1123", "133", "23"]),
        (9, &["111", "1222"]),
        (10, &["22", "223", "22223", "1111122222233333", "22222", "22", "222"]),
        (11, &["2233", "22233", "11233", "1222", "23", "23", "33"]),
        (12, &["12233", "11", "22223"]),
        (13, &["2333", "222223", "2233", "1222233"]),
        (14, &["22", "12223333", "122"]),
        (15, &["12233", "12233", "1222222", "3333"]),
        (16, &["2", "22222", "2222", "222", "2223"]),
        (17, &["23", "22223333", "22"]),
    ];
    const OF_LEVEL_3: [[u8; 3]; 7] =
        [[1, 2, 10], [1, 3, 12], [2, 4, 2], [14, 2, 7], [15, 4, 1], [15, 4, 2], [15, 4, 3]];

    fn standard() -> BTreeMap<[u8; 3], u8> {
        let mut all = BTreeMap::new();
        for (chapter, sections) in LEVELS {
            for (section, levels) in (1..).zip(sections) {
                all.extend(
                    (1..).zip(levels.bytes()).map(|(line, level)| ([chapter, section, line], level - b'0')),
                );
            }
        }
        all
    }

    fn ours() -> Vec<Line> {
        read(&Workspace::find().unwrap()).unwrap()
    }

    #[test]
    fn every_line_of_levels_1_and_2_is_there_once_and_those_of_3_that_are_named() {
        let standard = standard();
        let of = |level| standard.values().filter(|one| **one == level).count();
        assert_eq!([of(1), of(2), of(3)], [70, 183, 92]);
        let wanted = standard.into_iter().filter(|(id, level)| *level < 3 || OF_LEVEL_3.contains(id));
        let ours: Vec<([u8; 3], u8)> = ours().iter().map(|line| (line.id, line.level)).collect();
        assert_eq!(ours, wanted.collect::<Vec<_>>());
    }

    // A test was renamed, and the table went on naming it as the proof of something.
    #[test]
    fn what_is_said_to_show_a_line_exists() {
        let workspace = Workspace::find().unwrap();
        let mut stories = BTreeSet::new();
        for folder in ["src", "tests"] {
            functions(&workspace.path(folder), &mut stories);
        }
        for line in ours() {
            for one in &line.shown_by {
                let is_there =
                    if is_file(one) { workspace.path(one).is_file() } else { stories.contains(one) };
                assert!(is_there, "{:?} is shown by {one}, which is not there", line.id);
            }
        }
    }

    fn functions(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                functions(&path, found);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let names = text.lines().filter_map(|line| {
                    let (_, rest) = line.split_once("fn ")?;
                    Some(rest.split(['(', '<']).next()?.to_owned())
                });
                found.extend(names);
            }
        }
    }

    #[test]
    fn the_table_is_what_the_lines_say() {
        let written = fs::read_to_string(Workspace::find().unwrap().path(TABLE)).unwrap();
        assert_eq!(written, table(&ours()), "`cargo xtask security` writes it anew");
    }

    // The build for phones takes over what the server's says, and there every check is bytes.
    #[test]
    fn the_servers_release_stops_at_an_overflow() {
        let manifest = fs::read_to_string(Workspace::find().unwrap().path("Cargo.toml")).unwrap();
        let profile = |name: &str| {
            let (_, rest) = manifest.split_once(&format!("[profile.{name}]\n")).unwrap();
            rest.split("\n\n").next().unwrap().to_owned()
        };
        assert!(profile("release").contains("overflow-checks = true"));
        assert!(profile("wasm-release").contains("overflow-checks = false"));
    }
}
