//! `tonari locate`: places in, answers out, line by line, by the same rules as on the phone.

use std::io::{self, Read, Write};

use anyhow::Context;
use clap::ValueEnum;

use domain::jurisdiction::{Basis, Who};

use crate::locate::batch::Batch;
use crate::locate::{Locator, Question};

/// One place per line in, one JSON object per line out, in the same order.
///
/// A line is a postal code in any writing (690-0887, 〒６９０－０８８７), the name of a prefecture, city, county, town,
/// village or ward in kanji, kana or Latin letters (松江市, まつえ, Matsue), or a position as `lat,lon` in degrees
/// (35.468,133.051).
#[derive(clap::Args, Clone, Copy, Debug)]
#[command(after_long_help = FIELDS)]
pub struct Args {
    /// Who asks: a sole proprietor, a company, or somebody who has not started yet.
    #[arg(long, value_enum, default_value = "planned")]
    who: WhoAsks,
    /// The place is where she lives. For a company: where it is registered.
    #[arg(long, conflicts_with = "business")]
    home: bool,
    /// The place is where the business is or will be. This is the default.
    #[arg(long)]
    business: bool,
}

const FIELDS: &str = "\
Every answer has these fields, in this order:
  input           the line as read, without its end
  kind            postal_code, municipality, county, city, prefecture, coordinates; null on error
  municipalities  [{\"code\":\"32201\",\"name\":\"松江市\"}], what the line may mean; empty where only the
                  prefecture is known (a prefecture's name, a position)
  prefectures     [{\"code\":\"32\",\"name\":\"島根県\"}], each once
  in_charge       ids of the associations that may guarantee her, as in the directory. 横浜, 川崎, 名古屋 and 岐阜
                  have two each. Where only the prefecture is known, those of its cities are in the list too
  women_teams     [{\"association\":\"shimane\",\"distance_km\":0.0,\"in_charge\":true}], all ten, nearest first.
                  Measured from the position, the middle of the municipality, or the prefecture's capital, to the
                  middle of the municipality of the office, or the capital where the office is unknown.
                  null where the line may mean several places; then those in charge come first
  ambiguous       true where a person has to choose or confirm: several places, a border within 3 km, an
                  association that is in charge only in its own city, or a postal code not in use
  error           null, or one of
                    empty                nothing but spaces
                    postal_code_length   digits of a postal code, but fewer or more than seven
                    unknown_postal_code  no place in Japan uses these digits
                    unknown_name         no place of this name
                    outside_japan        a position away from Japan
                    invalid_utf8         the line is not UTF-8 (input has U+FFFD in its place)
                    line_too_long        more than 4096 bytes (input has the first of them)

An error concerns its line only; the exit code is 0 as long as everything could be read and written.

Example:
  $ echo 松江市 | tonari locate --who sole --home";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum WhoAsks {
    Sole,
    Company,
    Planned,
}

impl From<Args> for Question {
    fn from(args: Args) -> Self {
        let who = match args.who {
            WhoAsks::Sole => Who::SoleProprietor,
            WhoAsks::Company => Who::Company,
            WhoAsks::Planned => Who::Planned,
        };
        Self { who, basis: if args.home { Basis::Home } else { Basis::Business } }
    }
}

/// As much as is answered at a time. Whatever has arrived is answered at once, so a person typing is not kept waiting.
const BATCH: usize = 1 << 20;

/// Reads to the end of standard input.
///
/// # Errors
/// Input that cannot be read or output that cannot be written; a reader that has left is not an error.
pub fn run(args: Args) -> anyhow::Result<()> {
    let locator = Locator::open(args.into())?;
    match copy(&locator, io::stdin().lock(), io::stdout().lock()) {
        Err(gone) if gone.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("standard input or output failed"),
    }
}

fn copy(locator: &Locator, mut input: impl Read, mut output: impl Write) -> io::Result<()> {
    let mut batch = Batch::new(locator);
    let mut waiting: Vec<u8> = Vec::with_capacity(BATCH);
    let mut chunk = vec![0; BATCH];
    loop {
        let read = match input.read(&mut chunk) {
            Ok(0) => break,
            Ok(read) => read,
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
            Err(cause) => return Err(cause),
        };
        waiting.extend_from_slice(&chunk[..read]);
        if let Some(last) = waiting.iter().rposition(|byte| *byte == b'\n') {
            batch.answer(&waiting[..=last], &mut output)?;
            output.flush()?;
            waiting.drain(..=last);
        }
        // Of a line without end only the beginning is ever shown, so only that is kept.
        waiting.truncate(BATCH);
    }
    // The last line may lack its end.
    batch.answer(&waiting, &mut output)?;
    output.flush()
}
