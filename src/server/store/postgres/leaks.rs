//! Statements about whom a leak concerns.

use deadpool_postgres::Client;

use super::again::Failure;
use super::booking::by_id;
use crate::store::keeping::{Access, Concerned, Leak};
use crate::store::kept::together;

pub(super) async fn concerned(client: &Client, leak: &Leak) -> Result<Vec<Concerned>, Failure> {
    let mut found = Vec::new();
    match leak {
        Leak::Account { who, from, to } => {
            // A condition is no fence: what is no booking's is no number either.
            let sql = "SELECT bookings.id, erased_at IS NOT NULL, who, what, at FROM journal JOIN bookings
                       ON bookings.id = CASE WHEN about LIKE 'booking:%' THEN CAST(substr(about, 9) AS bigint) END
                       WHERE who = $1 AND at >= $2 AND at < $3 ORDER BY bookings.id, journal.id";
            for row in client.query(&client.prepare_cached(sql).await?, &[who, from, to]).await? {
                let access = Access { who: row.try_get(2)?, what: row.try_get(3)?, at: row.try_get(4)? };
                found.push((row.try_get(0)?, row.try_get(1)?, Some(access)));
            }
        }
        Leak::Copy { team, at } => {
            let sql = "SELECT id, erased_at IS NOT NULL FROM bookings
                       WHERE received_at <= $1 AND coalesce(erased_at > $1, true) AND coalesce(team = $2, true)
                       ORDER BY id";
            let team = team.as_ref().map(|team| team.as_str());
            for row in client.query(&client.prepare_cached(sql).await?, &[at, &team]).await? {
                found.push((row.try_get(0)?, row.try_get(1)?, None));
            }
        }
    }
    let mut concerned = Vec::new();
    for (id, is_erased, seen) in together(found) {
        let booking = by_id(client, id).await?;
        concerned.extend(booking.map(|booking| Concerned { booking, is_erased, seen }));
    }
    Ok(concerned)
}
