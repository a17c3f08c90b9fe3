//! What each part runs, and what it may come to.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;

use super::{Options, Part, curves, mutants};
use crate::bench::table::{Budget, Row};
use crate::bench::{desk, lighthouse, phone, store};
use crate::fuzz;
use crate::loads::{self, Figure, figure};
use crate::process;
use crate::test::{self, browser_tests};
use crate::tools;
use crate::workspace::Workspace;

pub struct Measured {
    pub rows: Vec<Row>,
    /// What repeats it.
    pub seed: Option<u64>,
}

use Budget::{AtLeast, AtMost};

const KILLS: [Figure; 3] = [
    figure("kills", "kills of the server under load", "", Budget::None),
    figure("kills_promises", "bookings promised", "", AtLeast(1.0)),
    figure("kills_lost", "promises lost or double", "", AtMost(0.0)),
];

const BELL: [Figure; 10] = [
    figure("bell_founders", "founders at the bell, as many as times", "", Budget::None),
    figure("bell_sold", "different bookings promised", "", Budget::None),
    figure("bell_left", "times not sold, or sold twice", "", AtMost(0.0)),
    figure("bell_seconds", "from the bell to the last booking", "s", AtMost(60.0)),
    figure("bell_others", "answers of 5xx", "", AtMost(0.0)),
    figure("bell_busy", "told to come again in a moment", "", Budget::None),
    figure("bell_gone", "times that had just gone, another one taken", "", Budget::None),
    figure("bell_broken", "connections that broke", "", Budget::None),
    figure("bell_wait_p50", "a founder's wait since the bell, p50", "ms", Budget::None),
    figure("bell_wait_p99", "a founder's wait since the bell, p99", "ms", AtMost(60_000.0)),
];

const OVERLOAD: [Figure; 9] = [
    figure("overload_offered_per_second", "requests offered", "/s", Budget::None),
    figure("overload_accepted_per_second", "bookings accepted", "/s", Budget::None),
    figure("overload_times", "offered by accepted", "", AtLeast(10.0)),
    figure("overload_told", "told to come again, and when (429, 503)", "", Budget::None),
    figure("overload_untold", "turned away in any other way", "", AtMost(0.0)),
    figure("overload_unanswered", "not answered", "", AtMost(0.0)),
    figure("overload_accepted_p99", "what was accepted, p99", "ms", AtMost(1000.0)),
    figure("overload_lost", "promises lost", "", AtMost(0.0)),
    figure("overload_memory_mb", "the server's memory at its most", "MB", AtMost(512.0)),
];

const OUTBOXES: [Figure; 8] = [
    figure("outboxes_phones", "phones with a request each", "", Budget::None),
    figure("outboxes_bookings", "bookings there in the end", "", Budget::None),
    figure("outboxes_doubles", "bookings more than phones", "", AtMost(0.0)),
    figure("outboxes_seconds", "until the last was booked", "s", AtMost(305.0)),
    figure("outboxes_known_seconds", "until the last phone knew", "s", AtMost(620.0)),
    figure("outboxes_busiest_second", "bookings in the busiest second", "", Budget::None),
    figure("outboxes_answers_lost", "answers lost, asked for again", "", Budget::None),
    figure("outboxes_answer_p99", "an answer, p99", "ms", AtMost(1000.0)),
];

const FLEET: [Figure; 9] = [
    figure("fleet_founders", "founders behind three servers, one of them killed", "", AtLeast(1.0)),
    figure("fleet_left", "times not sold, or sold twice", "", AtMost(0.0)),
    figure("fleet_repeated", "asked once more, and answered as before", "", AtLeast(1.0)),
    figure("fleet_broken", "connections that broke", "", Budget::None),
    figure("fleet_seconds", "until all had their time", "s", AtMost(300.0)),
    figure("fleet_answer_p50", "an answer, p50", "ms", Budget::None),
    figure("fleet_answer_p99", "an answer, p99", "ms", Budget::None),
    figure("fleet_reads_one", "free times read, from one server", "/s", Budget::None),
    figure("fleet_reads_three", "free times read, from three on the same two cores", "/s", Budget::None),
];

const FILES: [Figure; 6] = [
    figure("files_first_per_second", "files, by phones that have none", "/s", AtLeast(1.0)),
    figure("files_first_mb_per_second", "the same in bytes", "MB/s", Budget::None),
    figure("files_first_visit_p99", "all files of a first visit, p99", "ms", Budget::None),
    figure(
        "files_again_per_second",
        "files, by phones that ask whether theirs are still so",
        "/s",
        AtLeast(1.0),
    ),
    figure("files_again_visit_p99", "the four that can change, p99", "ms", Budget::None),
    figure("files_memory_by_before", "the server's memory at its most by before", "", AtMost(1.5)),
];

const SOAK: [Figure; 6] = [
    figure("soak_bookings", "booked, looked at and cancelled", "", Budget::None),
    figure("soak_memory_early_mb", "memory after the beginning", "MB", Budget::None),
    figure("soak_memory_late_mb", "memory at the end", "MB", Budget::None),
    figure("soak_memory_by_early", "memory at the end by after the beginning", "", AtMost(1.1)),
    figure("soak_files_by_early", "open files, the same", "", AtMost(1.1)),
    figure("soak_log_mb", "the database's log at its most", "MB", AtMost(64.0)),
];

const SCHEDULES: [Figure; 9] = [
    figure("schedules_done", "random schedules", "", AtLeast(1.0)),
    figure("schedules_wishes", "wishes, each booked once", "", Budget::None),
    figure("schedules_amiss", "schedules with another number of bookings", "", AtMost(0.0)),
    figure("schedules_lost", "requests lost", "", Budget::None),
    figure("schedules_late", "requests late, overtaken", "", Budget::None),
    figure("schedules_doubled", "requests doubled", "", Budget::None),
    figure("schedules_cut", "answers cut", "", Budget::None),
    figure("schedules_hung_up", "tabs that hung up", "", Budget::None),
    figure("schedules_kills", "servers killed", "", Budget::None),
];

const ENGINES: usize = 3;

const WALKS: [Figure; 6] = [
    figure("walks_chromium", "walks over four builds, Chromium", "", AtLeast(1.0)),
    figure("walks_firefox", "the same, Firefox", "", AtLeast(1.0)),
    figure("walks_webkit", "the same, WebKit", "", AtLeast(1.0)),
    figure(
        "walks_chromium_gone",
        "pages that found their files nowhere until the next load, Chromium",
        "",
        AtMost(3.0),
    ),
    figure("walks_firefox_gone", "the same, Firefox", "", AtMost(3.0)),
    figure("walks_webkit_gone", "the same, WebKit", "", AtMost(3.0)),
];

const DISKS: [Figure; 2] = [
    figure("disks_chromium", "asked for on a full disk and told the truth, Chromium", "", AtLeast(1.0)),
    figure("disks_firefox", "the same, Firefox", "", AtLeast(1.0)),
];

const MEMORY: [Figure; 3] = [
    figure("memory_screens", "screens opened with 512 MB for the whole browser, Chromium", "", AtLeast(1.0)),
    figure(
        "memory_peak_mb",
        "what it took of them at its most, with what it keeps of files",
        "MB",
        Budget::None,
    ),
    figure("memory_ended", "processes ended for want of memory", "", AtMost(0.0)),
];

const READER: [Figure; 1] =
    [figure("reader_heard", "utterances of Orca from the first page to the booking", "", AtLeast(1.0))];

const TABS: [Figure; 3] = [
    figure(
        "tabs_chromium",
        "times two tabs were the first at once, one database for both, Chromium",
        "",
        AtLeast(1.0),
    ),
    figure("tabs_firefox", "the same, Firefox", "", AtLeast(1.0)),
    figure("tabs_webkit", "the same, WebKit", "", AtLeast(1.0)),
];

pub fn measure(workspace: &Workspace, part: Part, options: &Options) -> Result<Measured> {
    let without_seed = |rows| Measured { rows, seed: None };
    Ok(match part {
        Part::Kills => kills(workspace, options)?,
        Part::Bell => load(workspace, part, options, &BELL)?,
        Part::Overload => load(workspace, part, options, &OVERLOAD)?,
        Part::Curves => curves(workspace)?,
        Part::Fleet => load(workspace, part, options, &FLEET)?,
        Part::Outboxes => load(workspace, part, options, &OUTBOXES)?,
        Part::Files => load(workspace, part, options, &FILES)?,
        Part::Soak => load(workspace, part, options, &SOAK)?,
        Part::Schedules => load(workspace, part, options, &SCHEDULES)?,
        Part::Walks => walks(workspace, options)?,
        Part::Disks => without_seed(story(workspace, "a12_the_disk", ("TONARI_DISKS", "1"), &DISKS)?),
        Part::Memory => without_seed(story(workspace, "h10_", ("TONARI_MEMORY", "1"), &MEMORY)?),
        Part::Reader => {
            tools::ensure_screen_reader()?;
            without_seed(story(workspace, "h03_a_screen", ("TONARI_READER", "1"), &READER)?)
        }
        Part::Tabs => {
            let rounds = options.count.unwrap_or(50).to_string();
            without_seed(story(workspace, "a09_", ("TONARI_ROUNDS", &rounds), &TABS)?)
        }
        Part::Api => api(workspace, options)?,
        Part::Fuzz => without_seed(fuzz(workspace, options)?),
        Part::Desk => without_seed(desk::measure(workspace)?),
        Part::Phone => without_seed([phone::measure(workspace)?, lighthouse::measure(workspace)?].concat()),
        Part::Store => without_seed(store::measure(workspace)?),
        Part::Mutants => without_seed(mutants::measure(workspace, &mutants::RULES)?),
        Part::MutantsOutbox => without_seed(mutants::measure(workspace, &mutants::OUTBOX)?),
        Part::Suite => without_seed(suite(workspace)?),
        // Measures nothing.
        Part::Report => without_seed(Vec::new()),
    })
}

fn load(workspace: &Workspace, part: Part, options: &Options, figures: &[Figure]) -> Result<Measured> {
    let arguments = [vec![part.name()], options.words()].concat();
    let output = loads::run(workspace, &arguments)?;
    Ok(Measured { rows: loads::rows(&output, figures)?, seed: seed(&output) })
}

const CURVES: [Figure; 2] = [
    figure("curves_promised", "bookings promised meanwhile", "", AtLeast(1.0)),
    figure("curves_lost", "promises lost", "", AtMost(0.0)),
];

fn curves(workspace: &Workspace) -> Result<Measured> {
    let output = loads::run(workspace, &[Part::Curves.name()])?;
    let mut rows = curves::rows(&output)?;
    rows.extend(loads::rows(&output, &CURVES)?);
    Ok(Measured { rows, seed: None })
}

/// The same test that every run has, with more kills.
fn kills(workspace: &Workspace, options: &Options) -> Result<Measured> {
    let mut test = test::cargo_test(workspace, &["--quiet", "--test", "it"]);
    test.args(["--nocapture", "c09_"]);
    test.env("TONARI_KILLS", options.count.unwrap_or(1_000).to_string());
    test.env("TONARI_KILL_MINUTES", options.minutes.unwrap_or(60.0).to_string());
    if let Some(seed) = options.seed {
        test.env("TONARI_SEED", seed.to_string());
    }
    let output = process::output(&mut test)?;
    Ok(Measured { rows: loads::rows(&output, &KILLS)?, seed: seed(&output) })
}

/// The same story that every run has, with more walks, in two engines at once and with one seed for all; one walk that goes
/// wrong ends the part.
fn walks(workspace: &Workspace, options: &Options) -> Result<Measured> {
    let seed = options.seed.unwrap_or_else(by_the_clock);
    println!("seed {seed}");
    let mut story = browser_tests(workspace, &workspace.server_binary(), &["b05_".to_owned()], None)?;
    story.arg("--nocapture").env("TONARI_ONCE", "1").env("TONARI_SEED", seed.to_string());
    story.env("TONARI_WALKS", options.count.unwrap_or(500).div_ceil(ENGINES).to_string());
    Ok(Measured { rows: loads::rows(&process::output(&mut story)?, &WALKS)?, seed: Some(seed) })
}

/// A story that no other run has, because it needs a right for it, or that is told more often here; told once.
fn story(workspace: &Workspace, name: &str, with: (&str, &str), figures: &[Figure]) -> Result<Vec<Row>> {
    let mut story = browser_tests(workspace, &workspace.server_binary(), &[name.to_owned()], None)?;
    story.args(["--nocapture", "--test-threads", "1"]).env("TONARI_ONCE", "1").env(with.0, with.1);
    loads::rows(&process::output(&mut story)?, figures)
}

fn api(workspace: &Workspace, options: &Options) -> Result<Measured> {
    let seed = options.seed.unwrap_or_else(by_the_clock);
    let asked = test::ask(workspace, seed, options.count.unwrap_or(6_000))?;
    let (passed, failed) = asked.tally.counts();
    let rows = vec![
        Row::new("requests by chance", asked.requests as f64, "", AtLeast(100_000.0)),
        Row::new("operations that answered all of them as described", passed as f64, "", AtLeast(1.0)),
        Row::new("operations that did not", failed as f64, "", AtMost(0.0)),
    ];
    Ok(Measured { rows, seed: Some(seed) })
}

fn fuzz(workspace: &Workspace, options: &Options) -> Result<Vec<Row>> {
    let counted = fuzz::executions(workspace, options.count.unwrap_or(1_000_000))?;
    let sum: u64 = counted.iter().map(|(_, executions)| executions).sum();
    let each = counted.iter().map(|(target, executions)| {
        Row::new(format!("given to the reader called {target}"), *executions as f64, "", Budget::None)
    });
    let all = Row::new("inputs for all readers, and nothing found", sum as f64, "", AtLeast(10_000_000.0));
    Ok(each.chain([all]).collect())
}

fn suite(workspace: &Workspace) -> Result<Vec<Row>> {
    let (passed, failed) = test::everything(workspace)?;
    Ok(vec![
        Row::new("checks passed", passed as f64, "", AtLeast(1.0)),
        Row::new("checks failed", failed as f64, "", AtMost(0.0)),
    ])
}

/// Another one each time.
fn by_the_clock() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.as_nanos() as u64)
}

fn seed(output: &str) -> Option<u64> {
    output.lines().find_map(|line| line.strip_prefix("seed ")?.parse().ok())
}
