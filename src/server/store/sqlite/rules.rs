//! When teams can be met, as their files said it.

use super::waiting::refill_all;
use domain::association::AssociationId;
use rusqlite::{Connection, OptionalExtension, params};

use crate::store::{Opening, StoreError};

pub(super) fn find(connection: &Connection, team: &AssociationId) -> Result<Option<Opening>, StoreError> {
    let found: Option<(String, bool)> = connection
        .prepare_cached("SELECT rules, fictional FROM rules WHERE team = ?1")?
        .query_row([team.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found.map(|(rules, fictional)| Opening::kept(&rules, fictional)).transpose()
}

pub(super) fn put(
    connection: &Connection,
    team: &AssociationId,
    opening: &Opening,
    now: i64,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO rules (team, rules, fictional, changed_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (team) DO UPDATE SET rules = ?2, fictional = ?3, changed_at = ?4",
        )?
        .execute(params![team.as_str(), opening.as_kept(), opening.fictional, now])?;
    give_up_breaks(connection, team, opening.rules.buffer)?;
    refill_all(connection, team, now)
}

/// A shorter break holds for what is booked, too, or the time after it would be offered and then refused.
fn give_up_breaks(connection: &Connection, team: &AssociationId, buffer: u16) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "DELETE FROM held WHERE EXISTS (
                 SELECT 1 FROM bookings
                 WHERE id = held.booking AND held.quarter * 900 >= start + (length + ?2) * 60
             ) AND team = ?1",
        )?
        .execute(params![team.as_str(), buffer])?;
    Ok(())
}

pub(super) fn teams(connection: &Connection) -> Result<Vec<AssociationId>, StoreError> {
    let mut select = connection.prepare_cached("SELECT team FROM rules ORDER BY team")?;
    let teams = select.query_map([], |row| Ok(AssociationId(row.get(0)?)))?;
    Ok(teams.collect::<Result<_, _>>()?)
}
