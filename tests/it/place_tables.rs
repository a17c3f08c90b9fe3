//! The committed tables, opened as the server opens them, and the packages they were made from.

use domain::outline::Outlines;
use domain::place::gazetteer::Gazetteer;
use domain::place::prefecture::Prefecture;
use domain::place::{Answer, MunicipalityCode};
use std::sync::LazyLock;
use xtask::data::source::{self, PostalSource};

pub static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::open(table("places.bin")).unwrap());
pub static OUTLINES: LazyLock<Outlines> = LazyLock::new(|| Outlines::open(table("outlines.bin")).unwrap());

/// Downloaded on the first run, then from the user's cache.
pub static PACKAGE: LazyLock<PostalSource> = LazyLock::new(|| source::postal().unwrap());

fn table(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../public/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

pub fn codes(answer: &Answer) -> Vec<u32> {
    answer.candidates.iter().filter_map(|found| found.municipality).map(MunicipalityCode::number).collect()
}

pub fn municipality(code: u32) -> MunicipalityCode {
    MunicipalityCode::new(code).unwrap()
}

pub fn prefecture_of(code: u32) -> &'static Prefecture {
    Prefecture::of(municipality(code).prefecture())
}
