//! Many lines at once, on every processor, answers in the order of the lines.
//!
//! Lines repeat their places far more often than not, and everything but `input` follows from what a line means; so
//! each worker remembers the answers it has written. Positions are the exception: their distances are their own.

use std::collections::HashMap;
use std::io::{self, Write};

use domain::place::Candidate;

use super::{Locator, json};

/// Below this a thread costs more than it saves.
const WORTH_A_THREAD: usize = 16 * 1024;

pub struct Batch<'a> {
    workers: Vec<Worker<'a>>,
}

struct Worker<'a> {
    locator: &'a Locator,
    known: HashMap<(&'static str, bool, Vec<Candidate>), Vec<u8>>,
    failed: HashMap<&'static str, Vec<u8>>,
    out: Vec<u8>,
}

impl<'a> Batch<'a> {
    #[must_use]
    pub fn new(locator: &'a Locator) -> Self {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let worker = || Worker { locator, known: HashMap::new(), failed: HashMap::new(), out: Vec::new() };
        Self { workers: (0..workers).map(|_| worker()).collect() }
    }

    /// Answers whole lines; the last may lack its end.
    ///
    /// # Errors
    /// Output that cannot be written.
    pub fn answer(&mut self, lines: &[u8], output: &mut impl Write) -> io::Result<()> {
        let share = (lines.len() / self.workers.len()).max(WORTH_A_THREAD);
        let mut rest = lines;
        std::thread::scope(|scope| {
            let mut workers = self.workers.iter_mut().peekable();
            while let Some(worker) = workers.next() {
                worker.out.clear();
                let (mine, left) =
                    if workers.peek().is_some() { split(rest, share) } else { (rest, &rest[..0]) };
                rest = left;
                if rest.is_empty() {
                    worker.answer(mine);
                } else {
                    scope.spawn(move || worker.answer(mine));
                }
            }
        });
        self.workers.iter().try_for_each(|worker| output.write_all(&worker.out))
    }
}

/// About `share` bytes of whole lines, and the rest.
fn split(lines: &[u8], share: usize) -> (&[u8], &[u8]) {
    let from = share.min(lines.len());
    let end = lines[from..].iter().position(|byte| *byte == b'\n').map_or(lines.len(), |at| from + at + 1);
    lines.split_at(end)
}

impl Worker<'_> {
    fn answer(&mut self, lines: &[u8]) {
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            self.line(line.strip_suffix(b"\r").unwrap_or(line));
        }
    }

    fn line(&mut self, line: &[u8]) {
        let locator = self.locator;
        let read = locator.read(line);
        let meaning = match &read.meaning {
            Ok(meaning) => meaning,
            Err(failure) => {
                let rest = self.failed.entry(failure.code()).or_insert_with(|| json::failed(*failure));
                return json::line(&read.input, rest, &mut self.out);
            }
        };
        if meaning.position.is_some() {
            let rest = json::found(locator, meaning, &locator.place(meaning));
            return json::line(&read.input, &rest, &mut self.out);
        }
        let answer = &meaning.answer;
        let key = (super::kind(answer.kind), answer.certain, answer.candidates.clone());
        let rest =
            self.known.entry(key).or_insert_with(|| json::found(locator, meaning, &locator.place(meaning)));
        json::line(&read.input, rest, &mut self.out);
    }
}
