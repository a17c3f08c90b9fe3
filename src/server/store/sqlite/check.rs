//! Whether the file holds what the program believes of it. Reads only.

use domain::slot::GRID;
use rusqlite::Connection;

use super::{hosts, journal, schema};
use crate::store::StoreError;
use crate::store::kept::{self, HOLDS};

const QUARTER: i64 = GRID as i64 * 60;

/// A line for each thing that is wrong.
pub(super) fn findings(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut findings = Vec::new();
    if !schema::is_current(connection)? {
        findings.push(format!("schema: not of version {}; `tonari serve` brings it up", schema::newest()));
    }
    findings.extend(integrity(connection)?);
    for orphan in texts(connection, "SELECT \"table\" || ' row ' || rowid FROM pragma_foreign_key_check")? {
        findings.push(format!("foreign keys: {orphan} names what is not there"));
    }
    findings.extend(texts(connection, &held_by_nobody())?);
    findings.extend(texts(connection, &not_all_held())?);
    findings.extend(texts(connection, &overlapping())?);
    findings.extend(texts(connection, ANSWERED_WITHOUT_BOOKING)?);
    if let Err(StoreError::Broken(why)) = hosts::hosts(connection) {
        findings.push(format!("hosts: {why}"));
    }
    findings.extend(journal::broken(connection)?.map(kept::broken_journal));
    Ok(findings)
}

/// What is wrong with the file as a file.
pub(super) fn integrity(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut lines = texts(connection, "PRAGMA integrity_check")?;
    lines.retain(|line| line != "ok");
    Ok(lines.into_iter().map(|line| format!("integrity: {line}")).collect())
}

fn texts(connection: &Connection, sql: &str) -> Result<Vec<String>, StoreError> {
    let mut select = connection.prepare(sql)?;
    let texts = select.query_map([], |row| row.get(0))?;
    Ok(texts.collect::<Result<_, _>>()?)
}

/// Quarters held for a booking that is over, elsewhere or at another time: not its own ones, nor its break's.
fn held_by_nobody() -> String {
    format!(
        "SELECT 'held: quarter ' || quarter || ' of place ' || held.place || ' of ' || held.team || ' by booking '
                || booking || ', which does not take place then'
         FROM held JOIN bookings ON bookings.id = held.booking
         WHERE NOT ({HOLDS}) OR held.team <> bookings.team OR held.place <> bookings.place
            OR quarter * {QUARTER} < start
            OR (SELECT count(*) FROM held AS own
                WHERE own.booking = held.booking AND own.quarter BETWEEN start / {QUARTER} AND held.quarter)
               <> held.quarter - start / {QUARTER} + 1
         ORDER BY 1"
    )
}

fn not_all_held() -> String {
    format!(
        "SELECT 'held: booking ' || id || ' holds ' || count(quarter) || ' of its ' || (length / {GRID}) || ' quarters'
         FROM bookings LEFT JOIN held
              ON held.booking = bookings.id AND quarter * {QUARTER} < start + length * 60
         WHERE {HOLDS} GROUP BY id HAVING count(quarter) <> length / {GRID} ORDER BY 1"
    )
}

/// Independent of `held`, which rules it out. What begins while another one runs is one stretch of the index; with the order
/// of the two in the same condition, each booking was held against every one of its team.
fn overlapping() -> String {
    let (a, b) = (HOLDS.replace("status", "a.status"), HOLDS.replace("status", "b.status"));
    format!(
        "SELECT 'overlap: bookings ' || a.id || ' and ' || b.id || ' in place ' || a.place || ' of ' || a.team
         FROM bookings AS a JOIN bookings AS b ON b.team = a.team AND b.place = a.place
              AND b.start >= a.start AND b.start < a.start + a.length * 60 AND (b.start > a.start OR b.id > a.id)
         WHERE {a} AND {b} ORDER BY 1"
    )
}

const ANSWERED_WITHOUT_BOOKING: &str =
    "SELECT 'answers: booking ' || booking || ' is another one''s by its key' FROM answers
     JOIN bookings ON bookings.id = answers.booking WHERE bookings.key <> answers.key ORDER BY 1";
