//! From one database into another, row by row, and then compared: the same tables, the same columns, whatever holds them.
//!
//! Rows pass through as cells, in the order of their table's key. Only what a database derives for itself is made anew:
//! the quarters that SQLite holds, the next number of PostgreSQL.

mod tables;

use std::sync::Arc;

use thiserror::Error;

use super::{Answering, StoreError};
use tables::PICTURES;
pub use tables::{HELD_UNTIL, TABLES};

/// Rows at a time: as much as one transaction of a slow database does within its limits.
const CHUNK: u32 = 500;
/// The same of pictures, which are hundreds of kilobytes each.
const CHUNK_OF_PICTURES: u32 = 20;

/// A database, as something that is carried.
pub trait Moving: Send + Sync + 'static {
    /// The next rows after this key, in order of the key; from the beginning without one.
    fn rows(&self, table: &'static Table, after: Option<Cell>, most: u32) -> Answering<'_, Vec<Row>>;

    /// All of them or none.
    fn put_rows(&self, table: &'static Table, rows: Arc<Vec<Row>>) -> Answering<'_, ()>;

    /// After the last row.
    fn settle(&self) -> Answering<'_, ()>;
}

pub type Row = Vec<Cell>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Number(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

/// The first column is the key.
#[derive(Debug)]
pub struct Table {
    pub name: &'static str,
    pub columns: &'static [Column],
}

#[derive(Debug)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
}

/// As PostgreSQL keeps it; to SQLite all numbers are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Big,
    Integer,
    Small,
    Flag,
    Text,
    Bytes,
}

impl Table {
    fn at_once(&self) -> u32 {
        if self.name == PICTURES.name { CHUNK_OF_PICTURES } else { CHUNK }
    }
}

#[derive(Debug, Error)]
pub enum MoveError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("there is something in the other database's table {0} already; it has to be empty")]
    NotEmpty(&'static str),
    #[error(
        "table {0} is not the same in both; was a server still running? Empty the other database and begin again"
    )]
    Different(&'static str),
}

/// Copies everything, then reads both again and compares. Answers how many rows each table has.
///
/// # Errors
/// Another database that is not empty, or not the same afterwards; what was copied so far stays there.
pub async fn copy(from: &dyn Moving, to: &dyn Moving) -> Result<Vec<(&'static str, u64)>, MoveError> {
    for table in &TABLES {
        if !to.rows(table, None, 1).await?.is_empty() {
            return Err(MoveError::NotEmpty(table.name));
        }
    }
    for table in &TABLES {
        let mut after = None;
        loop {
            let rows = from.rows(table, after, table.at_once()).await?;
            let Some(last) = rows.last() else { break };
            after = last.first().cloned();
            to.put_rows(table, Arc::new(rows)).await?;
        }
    }
    to.settle().await?;
    let mut counts = Vec::new();
    for table in &TABLES {
        counts.push((table.name, compare(from, to, table).await?));
    }
    Ok(counts)
}

async fn compare(from: &dyn Moving, to: &dyn Moving, table: &'static Table) -> Result<u64, MoveError> {
    let (mut after, mut count) = (None, 0);
    loop {
        let (one, other) =
            (from.rows(table, after.clone(), table.at_once()), to.rows(table, after, table.at_once()));
        let (one, other) = (one.await?, other.await?);
        if one != other {
            return Err(MoveError::Different(table.name));
        }
        let Some(last) = one.last() else { return Ok(count) };
        after = last.first().cloned();
        count += one.len() as u64;
    }
}
