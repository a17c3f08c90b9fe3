//! From a place to its answer, measured on the command `tonari locate`, which runs the phone's own code.
//! The figure includes starting the program and reading and writing the lines, so a lookup itself is faster.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use super::table::{Budget, Row};
use crate::process;
use crate::workspace::Workspace;

const LINES: usize = 300_000;

const CODES: [&str; 12] = [
    "690-0886",
    "〒371-0854",
    "1000001",
    "４６０−０００８",
    "920-0962",
    "780-0870",
    "010-0951",
    "330-0063",
    "400-0031",
    "500-8384",
    "910-0005",
    "060-0042",
];

const PLACES: [&str; 16] = [
    "松江市",
    "まえばし",
    "ﾏﾂｴｼ",
    "Matsue",
    "nagoya-shi naka-ku",
    "府中市",
    "島根県",
    "横浜市西区",
    "690-0886",
    "〒371-0854",
    "４６０−０００８",
    "35.4681,133.0484",
    "36.3895,139.0634",
    "龍ケ崎市",
    "どこでもない場所",
    "高知",
];

pub fn measure(workspace: &Workspace) -> Result<Vec<Row>> {
    let codes = lines_per_second(workspace, &CODES)?;
    let mixed = lines_per_second(workspace, &PLACES)?;
    Ok(vec![
        Row::new("postal code to answer, native", 1e6 / codes, "µs", Budget::AtMost(20.0)),
        Row::new("locate, mixed input", mixed, "lines/s", Budget::AtLeast(100_000.0)),
    ])
}

fn lines_per_second(workspace: &Workspace, places: &[&str]) -> Result<f64> {
    let folder = workspace.path("target/bench");
    fs::create_dir_all(&folder)?;
    let (input, output) = (folder.join("locate.in"), folder.join("locate.out"));
    let text: String = places.iter().cycle().take(LINES).flat_map(|place| [place, "\n"]).collect();
    fs::write(&input, text)?;
    let started = Instant::now();
    let mut locate = Command::new(workspace.server_binary());
    locate.arg("locate").stdin(File::open(&input)?).stdout(Stdio::from(File::create(&output)?));
    process::run(&mut locate)?;
    let seconds = started.elapsed().as_secs_f64();
    ensure!(lines(&output)? == LINES, "locate did not answer every line");
    Ok(LINES as f64 / seconds)
}

fn lines(file: &Path) -> Result<usize> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(bytes.iter().filter(|byte| **byte == b'\n').count())
}
