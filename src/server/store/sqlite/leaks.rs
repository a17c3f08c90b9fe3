//! Statements about whom a leak concerns.

use rusqlite::{Connection, params};

use super::booking::by_id;
use crate::store::StoreError;
use crate::store::keeping::{Access, Concerned, Leak};
use crate::store::kept::together;

pub(super) fn concerned(connection: &Connection, leak: &Leak) -> Result<Vec<Concerned>, StoreError> {
    let found = match leak {
        Leak::Account { who, from, to } => {
            let mut select = connection.prepare_cached(
                "SELECT bookings.id, erased_at IS NOT NULL, who, what, at
                 FROM journal JOIN bookings ON bookings.id = CAST(substr(about, 9) AS INTEGER)
                 WHERE about LIKE 'booking:%' AND who = ?1 AND at >= ?2 AND at < ?3 ORDER BY bookings.id, journal.id",
            )?;
            let rows = select.query_map(params![who, from, to], |row| {
                let access = Access { who: row.get(2)?, what: row.get(3)?, at: row.get(4)? };
                Ok((row.get(0)?, row.get(1)?, Some(access)))
            })?;
            rows.collect::<Result<Vec<_>, _>>()?
        }
        Leak::Copy { team, at } => {
            let mut select = connection.prepare_cached(
                "SELECT id, erased_at IS NOT NULL FROM bookings
                 WHERE received_at <= ?1 AND coalesce(erased_at > ?1, 1) AND coalesce(team = ?2, 1) ORDER BY id",
            )?;
            let team = team.as_ref().map(|team| team.as_str());
            let rows = select.query_map(params![at, team], |row| Ok((row.get(0)?, row.get(1)?, None)))?;
            rows.collect::<Result<Vec<_>, _>>()?
        }
    };
    let mut concerned = Vec::new();
    for (id, is_erased, seen) in together(found) {
        let booking = by_id(connection, id)?;
        concerned.extend(booking.map(|booking| Concerned { booking, is_erased, seen }));
    }
    Ok(concerned)
}
