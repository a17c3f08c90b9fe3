//! A booking with everything in it as large as it is in life: as a row that was written long ago, and as a request.

use std::sync::Arc;

use domain::booking::{Wanted, Wish};
use domain::slot::{Kind, Rules};
use server::store::NewBooking;
use server::store::moving::{self, Cell, Column, HELD_UNTIL, Row, Table};
use sha2::{Digest, Sha256};

use crate::teams::{NOW, Time, id};

/// Bytes of a letter with a short note, closed.
const SEALED: usize = 500;

/// Bytes a booking writes into all its rows.
pub const WRITTEN: usize = 1_000;

const HOUR: i64 = 3_600;

pub fn table() -> &'static Table {
    moving::TABLES.iter().find(|table| table.name == "bookings").expect("there is a table of bookings")
}

/// The `number`th of `all`. What is by chance in life rises from one to the next, over the whole range: so the indexes become as
/// they would be, only sooner.
pub fn old(number: usize, all: usize, time: Time) -> Row {
    let spread = (number as u64) * (u64::MAX / all as u64);
    let mut token = token(number);
    token[..8].copy_from_slice(&spread.to_be_bytes());
    let cell = |column: &Column| match column.name {
        "id" => Cell::Number(Some(number as i64 + 1)),
        "reference" => text(format!("{:010X}", spread >> 24)),
        "token" => Cell::Bytes(Some(token.to_vec())),
        "team" => text(id(time.team).0),
        "start" => Cell::Number(Some(time.start)),
        "length" => Cell::Number(Some(HOUR / 60)),
        HELD_UNTIL => Cell::Number(Some(time.start + HOUR)),
        "kind" => text(kind(number).code().to_owned()),
        "place" => Cell::Number(Some(time.place.into())),
        "status" => text(if time.start < NOW { "attended" } else { "confirmed" }.to_owned()),
        "deadline" => Cell::Number(Some(24 * 60)),
        "sequence" | "fictional" => Cell::Number(Some(0)),
        "key" => text(key(number)),
        "key_id" => text("0a1b2c3d".to_owned()),
        "sealed" => Cell::Bytes(Some(vec![7; SEALED])),
        "received_at" | "changed_at" => Cell::Number(Some(time.start.min(NOW) - 7 * 24 * HOUR)),
        _ => nothing(column),
    };
    table().columns.iter().map(cell).collect()
}

pub fn request(number: usize, time: Time, rules: &Arc<Rules>) -> NewBooking {
    NewBooking {
        key: key(number),
        fingerprint: token(number),
        team: id(time.team),
        rules: Arc::clone(rules),
        wanted: Wanted::Times(vec![Wish { start: time.start, kind: kind(number) }]),
        reference: reference(number),
        token: token(number),
        key_id: "0a1b2c3d".to_owned(),
        sealed: vec![7; SEALED],
        fictional: false,
        made_at: NOW,
        received_at: NOW,
    }
}

fn nothing(column: &Column) -> Cell {
    match column.kind {
        moving::Kind::Text => Cell::Text(None),
        moving::Kind::Bytes => Cell::Bytes(None),
        moving::Kind::Big | moving::Kind::Integer | moving::Kind::Small | moving::Kind::Flag => {
            Cell::Number(None)
        }
    }
}

fn kind(number: usize) -> Kind {
    Kind::ALL[number % Kind::ALL.len()]
}

/// As scattered as the real ones, and no two alike: multiplying by an odd number loses nothing. None is of an old row.
fn reference(number: usize) -> String {
    let scattered = (number as u64).wrapping_mul(0x9e_3779_b97f) & 0xff_ffff_ffff;
    format!("{scattered:010X}N")
}

fn token(number: usize) -> [u8; 32] {
    Sha256::digest(number.to_be_bytes()).into()
}

fn key(number: usize) -> String {
    format!("019abf1e-6f2b-7c3a-9b1d-{number:012x}")
}

fn text(text: String) -> Cell {
    Cell::Text(Some(text))
}
