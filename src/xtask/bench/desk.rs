//! A team's desk: its board with 50,000 bookings in a real browser, and two hundred boards that are open at once.

use anyhow::Result;

use super::table::{Budget, Row};
use crate::loads::{self, Figure, figure};
use crate::process;
use crate::test::browser_tests;
use crate::workspace::Workspace;

const BROWSER: [Figure; 8] = [
    figure("desk_statements", "statements for a week's board, of 50,000 bookings", "", Budget::AtMost(6.0)),
    figure("desk_paint_day", "a day's board opened, 50,000 bookings, painted", "ms", Budget::AtMost(1000.0)),
    figure(
        "desk_paint_week",
        "a week's board opened, 50,000 bookings, painted",
        "ms",
        Budget::AtMost(1000.0),
    ),
    // Some eighty cards and thirty requests.
    figure("desk_bytes_week", "the answer with a week's board", "bytes", Budget::AtMost(65_536.0)),
    figure("desk_day_after", "tap to the next day, painted", "ms", Budget::AtMost(100.0)),
    figure("desk_day_before", "tap to the day before, painted", "ms", Budget::AtMost(100.0)),
    figure("desk_week_after", "tap to the next week, painted", "ms", Budget::AtMost(100.0)),
    figure("desk_week_before", "tap to the week before, painted", "ms", Budget::AtMost(100.0)),
];

const LIVE: [Figure; 10] = [
    figure("boards_changes", "changes while 200 boards of 8 teams are open", "", Budget::None),
    figure("boards_pulse_p50", "a change heard at a desk, p50", "ms", Budget::None),
    figure("boards_pulse_p99", "a change heard at a desk, p99", "ms", Budget::AtMost(2000.0)),
    figure("boards_pulse_max", "a change heard at a desk, the last", "ms", Budget::AtMost(2000.0)),
    figure("boards_pulses_per_change", "pulses at a desk for a change", "", Budget::AtMost(1.0)),
    figure("boards_asked_per_change", "boards asked for at a desk for a change", "", Budget::AtMost(1.0)),
    figure("boards_fetch_p50", "a board asked for after a pulse, p50", "ms", Budget::None),
    figure("boards_fetch_p99", "a board asked for after a pulse, p99", "ms", Budget::AtMost(1000.0)),
    figure("boards_bytes", "the answer with a day's board", "bytes", Budget::AtMost(65_536.0)),
    figure("boards_memory_per_desk_kb", "the server's memory for a desk", "KB", Budget::AtMost(128.0)),
];

pub fn measure(workspace: &Workspace) -> Result<Vec<Row>> {
    let mut browser = browser_tests(workspace, &workspace.server_binary(), &[], None)?;
    browser.env("TONARI_BENCH", "desk");
    let mut rows = loads::rows(&process::output(&mut browser)?, &BROWSER)?;
    rows.extend(loads::rows(&loads::run(workspace, &["boards".to_owned()])?, &LIVE)?);
    Ok(rows)
}
