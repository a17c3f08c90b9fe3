//! One line → one answer. Reads what the line means and gathers what is known of that place; `json` writes it down.

pub mod batch;
mod json;

use std::borrow::Cow;
use std::sync::LazyLock;

use domain::directory::Edition;
use domain::geo::LatLon;
use domain::jurisdiction::{Basis, InCharge, Who, in_charge};
use domain::nearest::{NearTeam, TeamPoints};
use domain::outline::Outlines;
use domain::place::gazetteer::{Damaged, Gazetteer};
use domain::place::prefecture::Prefecture;
use domain::place::{Answer, Candidate, Kind, Unresolved};

/// Postal codes and names, as on the phone.
pub const PLACES: &[u8] = include_bytes!("../../../public/data/places.bin");
const OUTLINES: &[u8] = include_bytes!("../../../public/data/outlines.bin");
const DIRECTORY: &[u8] = include_bytes!("../../../public/data/directory.json");

/// More than the longest name of a place by far.
const LONGEST_LINE: usize = 4096;

/// The names of Japan's municipalities, unpacked once, when somebody asks for the first time.
///
/// # Panics
/// Never for the tables of this program.
#[must_use]
pub fn gazetteer() -> &'static Gazetteer {
    static BUNDLED: LazyLock<Gazetteer> =
        LazyLock::new(|| Gazetteer::open(PLACES.to_vec()).expect("the tables are of this version"));
    &BUNDLED
}

/// What stays the same for all lines.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    pub who: Who,
    pub basis: Basis,
}

/// The tables, the directory and the question.
pub struct Locator {
    gazetteer: Gazetteer,
    outlines: Outlines,
    edition: Edition,
    teams: TeamPoints,
    question: Question,
}

/// A line as text, and what it was found to mean.
struct Read<'a> {
    input: Cow<'a, str>,
    meaning: Result<Meaning, Failure>,
}

struct Meaning {
    answer: Answer,
    /// Only for a line that is a position.
    position: Option<LatLon>,
}

/// Why a line has no answer; `json` has the word for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    Unresolved(Unresolved),
    InvalidUtf8,
    LineTooLong,
}

/// What is known of a place.
struct Place {
    in_charge: Vec<InCharge>,
    women_teams: Vec<NearTeam>,
    ambiguous: bool,
}

impl Locator {
    /// # Errors
    /// [`Damaged`] where the program was built with tables of another version.
    pub fn open(question: Question) -> Result<Self, Damaged> {
        let gazetteer = Gazetteer::open(PLACES.to_vec())?;
        let outlines = Outlines::open(OUTLINES.to_vec())?;
        let edition = Edition::parse(DIRECTORY).expect("the bundled edition is tested with the domain");
        let teams = TeamPoints::of(&edition, &gazetteer);
        Ok(Self { gazetteer, outlines, edition, teams, question })
    }

    fn read<'a>(&self, line: &'a [u8]) -> Read<'a> {
        if line.len() > LONGEST_LINE {
            let input = String::from_utf8_lossy(&line[..LONGEST_LINE]);
            return Read { input, meaning: Err(Failure::LineTooLong) };
        }
        let Ok(text) = std::str::from_utf8(line) else {
            return Read { input: String::from_utf8_lossy(line), meaning: Err(Failure::InvalidUtf8) };
        };
        let position = position(text);
        let answer = match position {
            Some(position) => self.outlines.locate(position),
            None => self.gazetteer.resolve(text),
        };
        let meaning = answer.map(|answer| Meaning { answer, position }).map_err(Failure::Unresolved);
        Read { input: Cow::Borrowed(text), meaning }
    }

    fn place(&self, meaning: &Meaning) -> Place {
        let Meaning { answer, position } = meaning;
        let mut all: Vec<InCharge> = Vec::new();
        for candidate in &answer.candidates {
            for one in in_charge(&self.edition, *candidate, self.question.who, self.question.basis) {
                if all.iter().all(|known| known.association != one.association) {
                    all.push(one);
                }
            }
        }
        let from = position.or_else(|| self.middle(&answer.candidates));
        let mut women_teams = self.teams.nearest_to(from);
        if from.is_none() {
            women_teams.sort_by_key(|team| all.iter().all(|one| one.association != team.association));
        }
        let conditional = all.iter().any(|one| one.only_if_in.is_some());
        let ambiguous = answer.candidates.len() > 1 || !answer.certain || conditional;
        Place { in_charge: all, women_teams, ambiguous }
    }

    /// Where to measure from, if the line means one place.
    fn middle(&self, candidates: &[Candidate]) -> Option<LatLon> {
        let [only] = candidates else { return None };
        let code = only.municipality.unwrap_or_else(|| Prefecture::of(only.prefecture).capital);
        self.gazetteer.municipality(code)?.point
    }
}

/// `lat,lon` in degrees. Anything else is left to the names: none of them has a comma in it.
fn position(text: &str) -> Option<LatLon> {
    let degrees = |part: &str, limit: f64| {
        let part = part.trim();
        let plain = part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+'));
        part.parse::<f64>().ok().filter(|value| plain && value.abs() <= limit)
    };
    let (lat, lon) = text.split_once(',')?;
    Some(LatLon { lat: degrees(lat, 90.0)?, lon: degrees(lon, 180.0)? })
}

/// The word for how a line was read.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::PostalCode => "postal_code",
        Kind::Municipality => "municipality",
        Kind::County => "county",
        Kind::City => "city",
        Kind::Prefecture => "prefecture",
        Kind::Coordinates => "coordinates",
    }
}

impl Failure {
    fn code(self) -> &'static str {
        match self {
            Self::Unresolved(Unresolved::Empty) => "empty",
            Self::Unresolved(Unresolved::PostalCodeLength) => "postal_code_length",
            Self::Unresolved(Unresolved::UnknownPostalCode) => "unknown_postal_code",
            Self::Unresolved(Unresolved::UnknownName) => "unknown_name",
            Self::Unresolved(Unresolved::OutsideJapan) => "outside_japan",
            Self::InvalidUtf8 => "invalid_utf8",
            Self::LineTooLong => "line_too_long",
        }
    }
}
