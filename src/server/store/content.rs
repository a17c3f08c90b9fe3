//! What is read, on disk: one row an item, one number a shelf.
//!
//! What a change does to the rows is decided here, purely, so that both databases do the same; they hold what is there
//! still while it is decided. *First* texts come with the program and follow it as long as nobody touched them; what a
//! person published or withdrew is hers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::content::{Item, ItemId, Shelf, ShelfName};

use super::pictures::shown_in;
use super::{Answering, StoreError};

pub trait ContentStore: Send + Sync + 'static {
    /// The number of each shelf. Asked often; the rest only when one has risen.
    fn numbers(&self) -> Answering<'_, Numbers>;

    /// A shelf as it is now.
    fn shelf(&self, name: ShelfName) -> Answering<'_, Kept>;

    /// All of it, or nothing.
    fn change(&self, change: Change, now: i64) -> Answering<'_, Tally>;
}

/// A shelf that is missing has number zero.
pub type Numbers = BTreeMap<ShelfName, u32>;

/// Who put an item there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A person.
    Hand,
    /// It comes with the program.
    First,
    /// Invented, shown only while the demonstration is asked for.
    Demo,
}

#[derive(Clone, Debug)]
pub enum Change {
    /// These as they are here, whatever was there.
    Publish(Arc<Vec<Item>>),
    /// Exactly these of this origin, but nothing that a person published or withdrew.
    Stock(Origin, Arc<Vec<Item>>),
    /// Its words go, its name stays.
    Withdraw(ItemId),
}

/// What a change came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub added: usize,
    pub changed: usize,
    pub same: usize,
    pub withdrawn: usize,
    /// It was withdrawn before.
    pub already: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// In order of the ids.
    pub shelf: Shelf,
    pub withdrawn: Vec<ItemId>,
}

/// As it is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) shelf: ShelfName,
    pub(super) origin: Origin,
    /// `None`: withdrawn.
    pub(super) body: Option<String>,
}

/// What is to be written.
#[derive(Debug, Default)]
pub(super) struct Decided {
    pub(super) puts: Vec<Row>,
    pub(super) removes: Vec<String>,
    /// Their numbers rise by one.
    pub(super) risen: BTreeSet<ShelfName>,
    /// Pictures that no item shows any more.
    pub(super) dropped: BTreeSet<String>,
    pub(super) tally: Tally,
}

impl Origin {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Hand => "hand",
            Self::First => "first",
            Self::Demo => "demo",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        [Self::Hand, Self::First, Self::Demo].into_iter().find(|origin| origin.code() == code)
    }
}

impl Row {
    pub(super) fn kept(
        id: String,
        shelf: &str,
        origin: &str,
        body: Option<String>,
    ) -> Result<Self, StoreError> {
        match (ShelfName::parse(shelf), Origin::parse(origin)) {
            (Some(shelf), Some(origin)) => Ok(Self { id, shelf, origin, body }),
            _ => Err(StoreError::Broken(format!("content {id} is on no known shelf, or of no known origin"))),
        }
    }

    fn of(item: &Item, origin: Origin) -> Self {
        let body = serde_json::to_string(item).expect("an item is plain JSON");
        let id = item.head().id.as_str().to_owned();
        Self { id, shelf: ShelfName::of(item), origin, body: Some(body) }
    }
}

impl Kept {
    /// Of a shelf's rows, in any order.
    pub(super) fn of(number: u32, mut rows: Vec<Row>) -> Result<Self, StoreError> {
        // Not the databases' order: theirs depends on their language.
        rows.sort_by(|a, b| a.id.cmp(&b.id));
        let (mut items, mut withdrawn) = (Vec::new(), Vec::new());
        for row in rows {
            let broken = |why: &str| StoreError::Broken(format!("content {}: {why}", row.id));
            match &row.body {
                Some(body) => {
                    items.push(Item::read(body.as_bytes()).map_err(|why| broken(&why.to_string()))?);
                }
                None => withdrawn.push(ItemId::parse(&row.id).ok_or_else(|| broken("no id"))?),
            }
        }
        Ok(Self { shelf: Shelf { number, items }, withdrawn })
    }
}

pub(super) fn number_of(number: i64) -> Result<u32, StoreError> {
    u32::try_from(number).map_err(|_| StoreError::Broken("a shelf's number is out of range".to_owned()))
}

pub(super) fn decide(rows: Vec<Row>, change: &Change) -> Decided {
    let rows: BTreeMap<String, Row> = rows.into_iter().map(|row| (row.id.clone(), row)).collect();
    let mut decided = Decided::default();
    match change {
        Change::Publish(items) => {
            items.iter().for_each(|item| decided.put(Row::of(item, Origin::Hand), &rows));
        }
        Change::Stock(origin, items) => decided.stock(*origin, items, &rows),
        Change::Withdraw(id) => decided.withdraw(id, &rows),
    }
    decided.dropped = decided.no_longer_shown(&rows);
    decided
}

impl Decided {
    fn put(&mut self, row: Row, rows: &BTreeMap<String, Row>) {
        match rows.get(&row.id) {
            Some(old) if *old == row => return self.tally.same += 1,
            Some(old) if old.body.is_some() => {
                self.risen.insert(old.shelf);
                self.tally.changed += 1;
            }
            _ => self.tally.added += 1,
        }
        self.risen.insert(row.shelf);
        self.puts.push(row);
    }

    fn stock(&mut self, origin: Origin, items: &[Item], rows: &BTreeMap<String, Row>) {
        for item in items {
            let row = Row::of(item, origin);
            match rows.get(&row.id) {
                Some(old) if old.origin == Origin::Hand => self.tally.same += 1,
                _ => self.put(row, rows),
            }
        }
        let stays = |row: &&Row| !items.iter().any(|item| item.head().id.as_str() == row.id);
        for row in rows.values().filter(|row| row.origin == origin).filter(stays) {
            self.risen.insert(row.shelf);
            self.removes.push(row.id.clone());
            self.tally.withdrawn += 1;
        }
    }

    fn no_longer_shown(&self, rows: &BTreeMap<String, Row>) -> BTreeSet<String> {
        let puts = self.puts.iter().map(|row| &row.id);
        let touched: BTreeSet<&String> = puts.chain(&self.removes).collect();
        let shown = |row: &Row| row.body.as_deref().and_then(shown_in);
        let (old, stays): (Vec<&Row>, Vec<&Row>) = rows.values().partition(|row| touched.contains(&row.id));
        let mut dropped: BTreeSet<String> = old.into_iter().filter_map(shown).collect();
        // Most changes touch no picture; then nothing else is looked through.
        if !dropped.is_empty() {
            for sha in stays.into_iter().chain(&self.puts).filter_map(shown) {
                dropped.remove(&sha);
            }
        }
        dropped
    }

    /// Once a person has withdrawn it, it is a person's: the program does not bring it back.
    fn withdraw(&mut self, id: &ItemId, rows: &BTreeMap<String, Row>) {
        match rows.get(id.as_str()) {
            Some(row) if row.body.is_some() => {
                self.risen.insert(row.shelf);
                self.puts.push(Row { origin: Origin::Hand, body: None, ..row.clone() });
                self.tally.withdrawn += 1;
            }
            Some(_) => self.tally.already += 1,
            None => {}
        }
    }
}
