//! What a team sees of its bookings, in SQLite.

use domain::association::AssociationId;
use rusqlite::{Connection, OptionalExtension, Params, params};

use super::booking::{COLUMNS, find, from_row, happen, move_to};
use super::{SqliteStore, journal, keeping, rules};
use crate::store::board::{
    self, Acted, Board, BoardStore, Deed, MOST_WAITING, MOST_WITHOUT_PLACE, Note, Put, Row, UNSETTLED,
    Visible, version_of,
};
use crate::store::journal::Entry;
use crate::store::kept::{HOLDS, IN_LINE};
use crate::store::{Answering, Changed, Opening, StoreError, TokenHash};

const NOTES: &str = "(SELECT count(*) FROM notes WHERE booking = bookings.id) AS notes";

impl BoardStore for SqliteStore {
    fn board(&self, team: AssociationId, now: i64, from: i64, to: i64) -> Answering<'_, Board> {
        self.read(move |connection| board(connection, team.as_str(), now, from, to))
    }

    fn row(&self, token: TokenHash) -> Answering<'_, Option<Row>> {
        self.read(move |connection| Ok(rows(connection, "token = ?1", [token])?.into_iter().next()))
    }

    fn act(&self, token: TokenHash, seen: u32, deed: Deed, entry: Entry) -> Answering<'_, Acted> {
        self.writer.write(move |transaction| act(transaction, &token, seen, &deed, &entry))
    }

    fn assign(&self, booking: i64, member: Option<i64>, entry: Entry) -> Answering<'_, ()> {
        self.writer.write(move |transaction| {
            transaction
                .prepare_cached("UPDATE bookings SET assigned = ?2, changed_at = ?3 WHERE id = ?1")?
                .execute(params![booking, member, entry.at])?;
            journal::append(transaction, &entry)
        })
    }

    fn add_note(&self, booking: i64, note: Note, entry: Entry) -> Answering<'_, ()> {
        self.writer.write(move |transaction| {
            add_note(transaction, booking, &note)?;
            journal::append(transaction, &entry)
        })
    }

    fn notes(&self, booking: i64) -> Answering<'_, Vec<Note>> {
        self.read(move |connection| notes(connection, booking))
    }

    fn put_rules_seen(
        &self,
        team: AssociationId,
        opening: Opening,
        seen: Option<[u8; 32]>,
        entry: Entry,
    ) -> Answering<'_, Put> {
        self.writer.write(move |transaction| {
            if let Some(refused) = Put::refused(rules::find(transaction, &team)?, &opening, seen) {
                return Ok(refused);
            }
            rules::put(transaction, &team, &opening, entry.at)?;
            journal::append(transaction, &entry)?;
            Ok(Put::Done)
        })
    }

    fn version(&self, team: AssociationId) -> Answering<'_, u64> {
        self.read(move |connection| version(connection, team.as_str()))
    }
}

fn board(connection: &Connection, team: &str, now: i64, from: i64, to: i64) -> Result<Board, StoreError> {
    let asked = format!("team = ?1 AND status = 'pending' ORDER BY received_at, id LIMIT {MOST_WAITING}");
    let mut waiting = rows(connection, &asked, [team])?;
    let in_line = format!(
        "team = ?1 AND {IN_LINE} AND start + length * 60 > ?2 ORDER BY start, id LIMIT {MOST_WAITING}"
    );
    waiting.extend(rows(connection, &in_line, params![team, now])?);
    let begins = "team = ?1 AND start >= ?2 AND start < ?3";
    let booked = rows(connection, &format!("{begins} AND {HOLDS}"), params![team, from, to])?;
    // By the index of the team's times alone until it is known which. With a plus, because the library would rather go
    // through all bookings of all teams than put these in order.
    let latest = format!("SELECT id FROM bookings WHERE {begins} AND NOT {HOLDS} ORDER BY +id DESC LIMIT ?4");
    let others = format!("id IN ({latest}) ORDER BY id DESC");
    let others = rows(connection, &others, params![team, from, to, MOST_WITHOUT_PLACE + 1])?;
    Ok(Board::of(waiting, booked, others))
}

fn rows(connection: &Connection, which: &str, given: impl Params) -> Result<Vec<Row>, StoreError> {
    let sql = format!("SELECT {COLUMNS}, received_at, assigned, {NOTES} FROM bookings WHERE {which}");
    let mut select = connection.prepare_cached(&sql)?;
    let mut found = select.query(given)?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        rows.push(Row {
            booking: from_row(row)?,
            received_at: row.get("received_at")?,
            assigned: row.get("assigned")?,
            notes: row.get("notes")?,
        });
    }
    Ok(rows)
}

fn act(
    connection: &Connection,
    token: &TokenHash,
    seen: u32,
    deed: &Deed,
    entry: &Entry,
) -> Result<Acted, StoreError> {
    let now = entry.at;
    if let Some(there) = find(connection, token)?
        && board::is_stale(&there, seen, deed)
    {
        return Ok(Acted::Meanwhile(there));
    }
    let changed = match deed {
        Deed::Happen(event) => happen(connection, token, *event, now)?,
        Deed::Decline(reason) => keeping::decline(connection, token, reason, now)?,
        Deed::Propose(wish, rules) => move_to(connection, token, *wish, rules, now)?,
    };
    if matches!(changed, Changed::Done(_)) {
        journal::append(connection, entry)?;
    }
    Ok(Acted::Changed(changed))
}

fn add_note(connection: &Connection, booking: i64, note: &Note) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO notes (booking, by, at, bound, key_id, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![booking, note.by, note.at, note.bound, note.key_id, note.sealed])?;
    connection
        .prepare_cached("UPDATE bookings SET changed_at = ?2 WHERE id = ?1")?
        .execute([booking, note.at])?;
    Ok(())
}

fn notes(connection: &Connection, booking: i64) -> Result<Vec<Note>, StoreError> {
    let mut select = connection
        .prepare_cached("SELECT by, at, bound, key_id, sealed FROM notes WHERE booking = ?1 ORDER BY id")?;
    let notes = select.query_map([booking], |row| {
        let (by, at, bound) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Note { by, at, bound, key_id: row.get(3)?, sealed: row.get(4)? })
    })?;
    Ok(notes.collect::<Result<_, _>>()?)
}

fn version(connection: &Connection, team: &str) -> Result<u64, StoreError> {
    let newest: Option<i64> = connection
        .prepare_cached("SELECT max(changed_at) FROM bookings WHERE team = ?1")?
        .query_row([team], |row| row.get(0))
        .optional()?
        .flatten();
    let Some(newest) = newest else { return Ok(0) };
    let sql = format!(
        "SELECT id, status, sequence, start, {NOTES}, assigned, changed_at FROM bookings
         WHERE team = ?1 AND changed_at >= ?2 ORDER BY id"
    );
    let mut select = connection.prepare_cached(&sql)?;
    let rows = select.query_map(params![team, newest - UNSETTLED], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
    })?;
    Ok(version_of(&rows.collect::<Result<Vec<Visible>, _>>()?))
}
