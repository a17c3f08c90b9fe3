//! When teams can be met, as their files said it.

use deadpool_postgres::{Client, GenericClient, Transaction};
use domain::association::AssociationId;

use super::again::Failure;
use super::booking::stand_in_line;
use super::waiting::refill_all;
use crate::store::Opening;

pub(super) async fn find(
    client: &impl GenericClient,
    team: &AssociationId,
) -> Result<Option<Opening>, Failure> {
    // No text of this database can hold it; asked for such a name it fails instead of finding nobody.
    if team.as_str().contains('\0') {
        return Ok(None);
    }
    let select = client.prepare_cached("SELECT rules, fictional FROM rules WHERE team = $1").await?;
    let Some(row) = client.query_opt(&select, &[&team.as_str()]).await? else { return Ok(None) };
    Ok(Some(Opening::kept(row.try_get(0)?, row.try_get(1)?)?))
}

pub(super) async fn put(
    transaction: &Transaction<'_>,
    team: &AssociationId,
    opening: &Opening,
    now: i64,
) -> Result<(), Failure> {
    stand_in_line(transaction, team).await?;
    let upsert = transaction
        .prepare_cached(
            "INSERT INTO rules (team, rules, fictional, changed_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (team) DO UPDATE SET rules = $2, fictional = $3, changed_at = $4",
        )
        .await?;
    transaction.execute(&upsert, &[&team.as_str(), &opening.as_kept(), &opening.fictional, &now]).await?;
    // A shorter break holds for what is booked, too, or the time after it would be offered and then refused.
    let give_up_breaks = transaction
        .prepare_cached(
            "UPDATE bookings SET held_until = start + (length + $2::bigint) * 60
             WHERE team = $1 AND held_until > start + (length + $2::bigint) * 60",
        )
        .await?;
    transaction.execute(&give_up_breaks, &[&team.as_str(), &i64::from(opening.rules.buffer)]).await?;
    refill_all(transaction, team, now).await
}

pub(super) async fn teams(client: &Client) -> Result<Vec<AssociationId>, Failure> {
    let select = client.prepare_cached("SELECT team FROM rules ORDER BY team").await?;
    let rows = client.query(&select, &[]).await?;
    rows.iter().map(|row| Ok(AssociationId(row.try_get(0)?))).collect()
}
