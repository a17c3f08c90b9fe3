//! Rows of every table, out and in. Numbers travel as the largest kind, whatever the column is.

use deadpool_postgres::{GenericClient, Transaction};
use tokio_postgres::types::ToSql;

use super::again::Failure;
use crate::store::kept::HOLDS;
use crate::store::moving::{Cell, Column, HELD_UNTIL, Kind, Row, Table};

type Parameter = Box<dyn ToSql + Sync + Send>;

pub(super) async fn rows(
    client: &impl GenericClient,
    table: &'static Table,
    after: Option<&Cell>,
    most: u32,
) -> Result<Vec<Row>, Failure> {
    let columns: Vec<String> = table.columns.iter().map(read).collect();
    let key = &table.columns[0];
    // The same order as in any other database, whatever this one's language is.
    let order =
        if key.kind == Kind::Text { format!("{} COLLATE \"C\"", key.name) } else { key.name.to_owned() };
    let from = if after.is_some() { format!("WHERE {order} > {}", write(key, 1)) } else { String::new() };
    let sql =
        format!("SELECT {} FROM {} {from} ORDER BY {order} LIMIT {most}", columns.join(", "), table.name);
    let parameters: Vec<Parameter> = after.map(parameter).into_iter().collect();
    let select = client.prepare_cached(&sql).await?;
    let found = client.query(&select, &borrowed(&parameters)).await?;
    let cell = |row: &tokio_postgres::Row, at: usize, kind: Kind| {
        Ok(match kind {
            Kind::Text => Cell::Text(row.try_get(at)?),
            Kind::Bytes => Cell::Bytes(row.try_get(at)?),
            Kind::Big | Kind::Integer | Kind::Small | Kind::Flag => Cell::Number(row.try_get(at)?),
        })
    };
    let cells = |row: &tokio_postgres::Row| {
        table.columns.iter().enumerate().map(|(at, column)| cell(row, at, column.kind)).collect()
    };
    found.iter().map(cells).collect()
}

/// A buffer that nobody needs any more is no difference.
fn read(column: &Column) -> String {
    let name = column.name;
    match column.kind {
        _ if name == HELD_UNTIL => {
            format!("CASE WHEN {HOLDS} THEN held_until ELSE start + length * 60 END")
        }
        Kind::Flag => format!("{name}::integer::bigint"),
        Kind::Integer | Kind::Small => format!("{name}::bigint"),
        Kind::Big | Kind::Text | Kind::Bytes => name.to_owned(),
    }
}

pub(super) async fn put(
    transaction: &Transaction<'_>,
    table: &'static Table,
    rows: &[Row],
) -> Result<(), Failure> {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let places: Vec<String> = table.columns.iter().zip(1..).map(|(column, n)| write(column, n)).collect();
    let sql = format!("INSERT INTO {} ({}) VALUES ({})", table.name, names.join(", "), places.join(", "));
    let insert = transaction.prepare_cached(&sql).await?;
    for row in rows {
        let parameters: Vec<Parameter> = row.iter().map(parameter).collect();
        transaction.execute(&insert, &borrowed(&parameters)).await?;
    }
    Ok(())
}

fn write(column: &Column, n: usize) -> String {
    match column.kind {
        Kind::Big => format!("${n}::bigint"),
        Kind::Integer => format!("${n}::bigint::integer"),
        Kind::Small => format!("${n}::bigint::smallint"),
        Kind::Flag => format!("${n}::bigint::integer::boolean"),
        Kind::Text => format!("${n}::text"),
        Kind::Bytes => format!("${n}::bytea"),
    }
}

/// The next number of each table that counts its rows.
pub(super) async fn settle(transaction: &Transaction<'_>) -> Result<(), Failure> {
    let counting = [
        "bookings", "passed", "mails", "accesses", "hosts", "pictures", "notes", "members", "passkeys",
        "facts",
    ];
    for table in counting.into_iter().chain([
        "drafts",
        "draft_revisions",
        "draft_comments",
        "settings",
        "calls",
        "subjects",
        "tallies",
    ]) {
        let sql = format!(
            "SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 0) + 1, false) FROM {table}"
        );
        transaction.batch_execute(&sql).await?;
    }
    Ok(())
}

fn parameter(cell: &Cell) -> Parameter {
    match cell {
        Cell::Number(number) => Box::new(*number),
        Cell::Text(text) => Box::new(text.clone()),
        Cell::Bytes(bytes) => Box::new(bytes.clone()),
    }
}

fn borrowed(parameters: &[Parameter]) -> Vec<&(dyn ToSql + Sync)> {
    parameters.iter().map(|one| &**one as &(dyn ToSql + Sync)).collect()
}
