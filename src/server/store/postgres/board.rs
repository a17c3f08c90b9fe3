//! What a team sees of its bookings, in PostgreSQL.

use std::sync::Arc;

use deadpool_postgres::{Client, Transaction};
use domain::association::AssociationId;
use tokio_postgres::types::ToSql;

use super::again::Failure;
use super::booking::{COLUMNS, find, find_alone, from_row, happen, move_to, small, stand_in_line};
use super::{PostgresStore, journal, keeping, rules};
use crate::store::board::{
    self, Acted, Board, BoardStore, Deed, MOST_WAITING, MOST_WITHOUT_PLACE, Note, Put, Row, UNSETTLED,
    Visible, version_of,
};
use crate::store::journal::Entry;
use crate::store::kept::{HOLDS, IN_LINE};
use crate::store::{Answering, Changed, Opening, TokenHash};

const NOTES: &str = "(SELECT count(*) FROM notes WHERE booking = bookings.id) AS notes";

impl BoardStore for PostgresStore {
    fn board(&self, team: AssociationId, now: i64, from: i64, to: i64) -> Answering<'_, Board> {
        let team = Arc::new(team);
        self.read(move |client| {
            let team = Arc::clone(&team);
            Box::pin(async move { board(client, team.as_str(), now, from, to).await })
        })
    }

    fn row(&self, token: TokenHash) -> Answering<'_, Option<Row>> {
        self.read(move |client| {
            Box::pin(
                async move { Ok(rows(client, "token = $1", &[&token.as_slice()]).await?.into_iter().next()) },
            )
        })
    }

    fn act(&self, token: TokenHash, seen: u32, deed: Deed, entry: Entry) -> Answering<'_, Acted> {
        let given = Arc::new((deed, entry));
        self.change(move |transaction| {
            let given = Arc::clone(&given);
            Box::pin(async move { act(transaction, &token, seen, &given.0, &given.1).await })
        })
    }

    fn assign(&self, booking: i64, member: Option<i64>, entry: Entry) -> Answering<'_, ()> {
        let entry = Arc::new(entry);
        self.change(move |transaction| {
            let entry = Arc::clone(&entry);
            Box::pin(async move {
                let update = "UPDATE bookings SET assigned = $2, changed_at = $3 WHERE id = $1";
                let update = transaction.prepare_cached(update).await?;
                transaction.execute(&update, &[&booking, &member, &entry.at]).await?;
                journal::append(transaction, &entry).await
            })
        })
    }

    fn add_note(&self, booking: i64, note: Note, entry: Entry) -> Answering<'_, ()> {
        let given = Arc::new((note, entry));
        self.change(move |transaction| {
            let given = Arc::clone(&given);
            Box::pin(async move {
                add_note(transaction, booking, &given.0).await?;
                journal::append(transaction, &given.1).await
            })
        })
    }

    fn notes(&self, booking: i64) -> Answering<'_, Vec<Note>> {
        self.read(move |client| Box::pin(notes(client, booking)))
    }

    fn put_rules_seen(
        &self,
        team: AssociationId,
        opening: Opening,
        seen: Option<[u8; 32]>,
        entry: Entry,
    ) -> Answering<'_, Put> {
        let given = Arc::new((team, opening, entry));
        self.change(move |transaction| {
            let given = Arc::clone(&given);
            Box::pin(async move {
                let (team, opening, entry) = &*given;
                // In it nobody else writes rules either.
                stand_in_line(transaction, team).await?;
                if let Some(refused) = Put::refused(rules::find(transaction, team).await?, opening, seen) {
                    return Ok(refused);
                }
                rules::put(transaction, team, opening, entry.at).await?;
                journal::append(transaction, entry).await?;
                Ok(Put::Done)
            })
        })
    }

    fn version(&self, team: AssociationId) -> Answering<'_, u64> {
        let team = Arc::new(team);
        self.read(move |client| {
            let team = Arc::clone(&team);
            Box::pin(async move { version(client, team.as_str()).await })
        })
    }
}

async fn board(client: &Client, team: &str, now: i64, from: i64, to: i64) -> Result<Board, Failure> {
    let asked = format!("team = $1 AND status = 'pending' ORDER BY received_at, id LIMIT {MOST_WAITING}");
    let mut waiting = rows(client, &asked, &[&team]).await?;
    let in_line = format!(
        "team = $1 AND {IN_LINE} AND start + length * 60 > $2 ORDER BY start, id LIMIT {MOST_WAITING}"
    );
    waiting.extend(rows(client, &in_line, &[&team, &now]).await?);
    let begins = "team = $1 AND start >= $2 AND start < $3";
    let booked = rows(client, &format!("{begins} AND {HOLDS}"), &[&team, &from, &to]).await?;
    // Not by the index of all bookings of all teams.
    let others = format!("{begins} AND NOT {HOLDS} ORDER BY id + 0 DESC LIMIT $4");
    let most = i64::from(MOST_WITHOUT_PLACE) + 1;
    let others = rows(client, &others, &[&team, &from, &to, &most]).await?;
    Ok(Board::of(waiting, booked, others))
}

async fn rows(client: &Client, which: &str, given: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Failure> {
    let sql = format!("SELECT {COLUMNS}, received_at, assigned, {NOTES} FROM bookings WHERE {which}");
    let select = client.prepare_cached(&sql).await?;
    let mut rows = Vec::new();
    for row in client.query(&select, given).await? {
        let notes: i64 = row.try_get("notes")?;
        rows.push(Row {
            booking: from_row(&row)?,
            received_at: row.try_get("received_at")?,
            assigned: row.try_get("assigned")?,
            notes: small(notes)?,
        });
    }
    Ok(rows)
}

async fn act(
    transaction: &Transaction<'_>,
    token: &TokenHash,
    seen: u32,
    deed: &Deed,
    entry: &Entry,
) -> Result<Acted, Failure> {
    let now = entry.at;
    let Some(first) = find(transaction, token).await? else { return Ok(Acted::Changed(Changed::Unknown)) };
    // In the order of everybody else: the team's line, then the row.
    stand_in_line(transaction, &first.team).await?;
    if let Some(there) = find_alone(transaction, token).await?
        && board::is_stale(&there, seen, deed)
    {
        return Ok(Acted::Meanwhile(there));
    }
    let changed = match deed {
        Deed::Happen(event) => happen(transaction, token, *event, now).await?,
        Deed::Decline(reason) => keeping::decline(transaction, token, reason, now).await?,
        Deed::Propose(wish, rules) => move_to(transaction, token, *wish, rules, now).await?,
    };
    if matches!(changed, Changed::Done(_)) {
        journal::append(transaction, entry).await?;
    }
    Ok(Acted::Changed(changed))
}

async fn add_note(transaction: &Transaction<'_>, booking: i64, note: &Note) -> Result<(), Failure> {
    let insert = transaction
        .prepare_cached(
            "INSERT INTO notes (booking, by, at, bound, key_id, sealed) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .await?;
    let Note { by, at, bound, key_id, sealed } = note;
    transaction.execute(&insert, &[&booking, by, at, bound, key_id, sealed]).await?;
    let update = transaction.prepare_cached("UPDATE bookings SET changed_at = $2 WHERE id = $1").await?;
    transaction.execute(&update, &[&booking, at]).await?;
    Ok(())
}

async fn notes(client: &Client, booking: i64) -> Result<Vec<Note>, Failure> {
    let sql = "SELECT by, at, bound, key_id, sealed FROM notes WHERE booking = $1 ORDER BY id";
    let select = client.prepare_cached(sql).await?;
    let mut notes = Vec::new();
    for row in client.query(&select, &[&booking]).await? {
        let (by, at, bound) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        notes.push(Note { by, at, bound, key_id: row.try_get(3)?, sealed: row.try_get(4)? });
    }
    Ok(notes)
}

async fn version(client: &Client, team: &str) -> Result<u64, Failure> {
    let sql = format!(
        "SELECT id, status, sequence, start, {NOTES}, assigned, changed_at FROM bookings
         WHERE team = $1
           AND changed_at >= (SELECT max(changed_at) FROM bookings WHERE team = $1) - {UNSETTLED}
         ORDER BY id"
    );
    let select = client.prepare_cached(&sql).await?;
    let mut rows: Vec<Visible> = Vec::new();
    for row in client.query(&select, &[&team]).await? {
        let (id, status, sequence, start) =
            (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?);
        rows.push((id, status, sequence, start, row.try_get(4)?, row.try_get(5)?, row.try_get(6)?));
    }
    Ok(if rows.is_empty() { 0 } else { version_of(&rows) })
}
