//! Rows of every table, out and in.

use rusqlite::types::Value;
use rusqlite::{Connection, Row as Found, params_from_iter};

use crate::store::StoreError;
use crate::store::kept::HOLDS;
use crate::store::moving::{Cell, HELD_UNTIL, Kind, Row, Table};

const QUARTER: i64 = 900;

pub(super) fn rows(
    connection: &Connection,
    table: &Table,
    after: Option<&Cell>,
    most: u32,
) -> Result<Vec<Row>, StoreError> {
    let columns: Vec<String> = table.columns.iter().map(|column| read(column.name)).collect();
    let (key, from) = (table.columns[0].name, if after.is_some() { "?1" } else { "NULL" });
    let sql = format!(
        "SELECT {} FROM {} WHERE {from} IS NULL OR {key} > {from} ORDER BY {key} LIMIT {most}",
        columns.join(", "),
        table.name,
    );
    let mut select = connection.prepare_cached(&sql)?;
    let found = select.query_map(params_from_iter(after.map(value)), |row| cells(table, row))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// What another database keeps in a column is counted from the quarters here.
fn read(column: &str) -> String {
    if column != HELD_UNTIL {
        return column.to_owned();
    }
    format!(
        "coalesce((SELECT (max(quarter) + 1) * {QUARTER} FROM held WHERE held.booking = bookings.id), start + length * 60)"
    )
}

fn cells(table: &Table, row: &Found<'_>) -> rusqlite::Result<Row> {
    let cell = |(at, column): (usize, &crate::store::moving::Column)| {
        Ok(match column.kind {
            Kind::Text => Cell::Text(row.get(at)?),
            Kind::Bytes => Cell::Bytes(row.get(at)?),
            Kind::Big | Kind::Integer | Kind::Small | Kind::Flag => Cell::Number(row.get(at)?),
        })
    };
    table.columns.iter().enumerate().map(cell).collect()
}

pub(super) fn put(connection: &Connection, table: &Table, rows: &[Row]) -> Result<(), StoreError> {
    let kept = || table.columns.iter().enumerate().filter(|(_, column)| column.name != HELD_UNTIL);
    let names: Vec<&str> = kept().map(|(_, column)| column.name).collect();
    let places: Vec<String> = (1..=names.len()).map(|n| format!("?{n}")).collect();
    let sql = format!("INSERT INTO {} ({}) VALUES ({})", table.name, names.join(", "), places.join(", "));
    let mut insert = connection.prepare_cached(&sql)?;
    for row in rows {
        insert.execute(params_from_iter(kept().map(|(at, _)| value(&row[at]))))?;
    }
    let Some(until) = table.columns.iter().position(|column| column.name == HELD_UNTIL) else {
        return Ok(());
    };
    hold(connection, rows, until)
}

/// The quarters of those that hold a place.
fn hold(connection: &Connection, rows: &[Row], until: usize) -> Result<(), StoreError> {
    let mut insert = connection.prepare_cached(&format!(
        "INSERT INTO held (team, place, quarter, booking)
         WITH RECURSIVE quarters (quarter) AS (
             SELECT start / {QUARTER} FROM bookings WHERE id = ?1
             UNION ALL SELECT quarter + 1 FROM quarters WHERE (quarter + 1) * {QUARTER} < ?2
         )
         SELECT team, place, quarter, id FROM quarters JOIN bookings ON id = ?1 WHERE {HOLDS}"
    ))?;
    for row in rows {
        insert.execute(params_from_iter([value(&row[0]), value(&row[until])]))?;
    }
    Ok(())
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Number(number) => (*number).into(),
        Cell::Text(text) => text.clone().into(),
        Cell::Bytes(bytes) => bytes.clone().into(),
    }
}
