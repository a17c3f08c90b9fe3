//! How values lie in a database, the same in each, so that one can be moved into another as it is.

use domain::booking::Status;
use domain::content::draft::Consent;
use domain::slot::{Kind, Rules, Slot};
use sha2::{Digest, Sha256};

use super::keeping::Access;
use super::{Booking, NewBooking, Opening, StoreError};

/// The condition under which a row of `bookings` holds its place, for statements; migrations have it in full.
pub(super) const HOLDS: &str = "status IN ('pending', 'offered', 'confirmed', 'moved', 'attended', 'absent')";

/// The condition under which it is on a waiting list; as the index has it, which a statement finds only by these words.
pub(super) const IN_LINE: &str = "status IN ('waiting', 'offered')";

/// Drafts with their newest revision, for statements of both databases; they differ in how they join numbers to a text.
/// What somebody withdrew by the command line is public no more, whatever was done at the desk.
pub(super) fn drafts(joined: &str, which: &str) -> String {
    format!(
        "SELECT drafts.id, association, kind, author, state,
                CASE WHEN EXISTS (
                    SELECT 1 FROM contents
                    WHERE contents.id = kind || '-' || association || '-' || drafts.id AND contents.body IS NOT NULL
                ) THEN public_revision END,
                published_on, changed_at,
                (SELECT {joined} FROM (SELECT DISTINCT by FROM draft_revisions WHERE draft = drafts.id) AS hands),
                (SELECT count(*) FROM draft_comments WHERE draft = drafts.id),
                (SELECT count(*) FROM draft_comments WHERE draft = drafts.id AND sort = 'open'),
                newest.number, newest.by, newest.at, newest.body, newest.consent
         FROM drafts JOIN draft_revisions AS newest ON newest.draft = drafts.id AND newest.number = drafts.revision
         WHERE {which}"
    )
}

pub(super) fn revision_number(number: i64) -> Result<u32, StoreError> {
    u32::try_from(number).map_err(|_| StoreError::Broken("a revision's number is out of range".to_owned()))
}

pub(super) fn consent(code: Option<String>) -> Result<Option<Consent>, StoreError> {
    let broken = |code: &str| StoreError::Broken(format!("consent of no known kind: {code}"));
    code.map(|code| Consent::parse(&code).ok_or_else(|| broken(&code))).transpose()
}

/// Rows of one booking that follow each other, as one.
pub(super) fn together(rows: Vec<(i64, bool, Option<Access>)>) -> Vec<(i64, bool, Vec<Access>)> {
    let mut all: Vec<(i64, bool, Vec<Access>)> = Vec::new();
    for (id, is_erased, seen) in rows {
        match all.last_mut().filter(|last| last.0 == id) {
            Some(last) => last.2.extend(seen),
            None => all.push((id, is_erased, Vec::from_iter(seen))),
        }
    }
    all
}

impl Opening {
    pub(super) fn as_kept(&self) -> String {
        serde_json::to_string(&self.rules).expect("rules are plain JSON")
    }

    /// By which one is told from another.
    #[must_use]
    pub fn mark(&self) -> [u8; 32] {
        Sha256::digest(format!("{} {}", self.fictional, self.as_kept())).into()
    }

    pub(super) fn kept(rules: &str, fictional: bool) -> Result<Self, StoreError> {
        let rules = serde_json::from_str(rules)
            .map_err(|cause| StoreError::Broken(format!("rules that cannot be read: {cause}")))?;
        Ok(Self { rules, fictional })
    }
}

/// As they are used.
pub(super) fn rules(opening: &Opening) -> Result<Rules, StoreError> {
    let broken = |cause| StoreError::Broken(format!("rules that cannot be used: {cause}"));
    opening.rules.parse().map_err(broken)
}

impl NewBooking {
    /// The row that the request becomes.
    pub(super) fn booked(&self, id: i64, slot: Slot, status: Status) -> Booking {
        let Slot { start, length, kind, place } = slot;
        Booking {
            id,
            reference: self.reference.clone(),
            team: self.team.clone(),
            start,
            length,
            kind,
            place,
            status,
            sequence: 0,
            deadline: self.rules.deadline,
            answer_by: None,
            fictional: self.fictional,
        }
    }
}

/// The moment until which the booking holds its place, the buffer after it included.
pub(super) fn held_until(start: i64, length: u16, rules: &Rules) -> i64 {
    start + i64::from(length + rules.buffer) * 60
}

pub(super) fn kind(code: &str) -> Result<Kind, StoreError> {
    Kind::parse(code).ok_or_else(|| unreadable("kind", code))
}

pub(super) fn status(code: &str) -> Result<Status, StoreError> {
    Status::parse(code).ok_or_else(|| unreadable("status", code))
}

/// `1766933999+60 visit 0` and a line end for each.
pub(super) fn write_slots(slots: &[Slot]) -> String {
    slots.iter().map(|s| format!("{}+{} {} {}\n", s.start, s.length, s.kind.code(), s.place)).collect()
}

pub(super) fn read_slots(text: &str) -> Result<Vec<Slot>, StoreError> {
    let slot = |line: &str| {
        let mut words = line.split([' ', '+']);
        let (start, length) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        Some(Slot { start, length, kind: Kind::parse(words.next()?)?, place: words.next()?.parse().ok()? })
    };
    let read: Option<Vec<Slot>> = text.lines().map(slot).collect();
    read.ok_or_else(|| StoreError::Broken("an earlier answer cannot be read".to_owned()))
}

/// A program that was downgraded must not write into what it does not understand.
pub(super) fn is_known(applied: i64, newest: usize) -> Result<(), StoreError> {
    if usize::try_from(applied).is_ok_and(|applied| applied <= newest) {
        return Ok(());
    }
    Err(StoreError::Broken(format!("it is of version {applied}, this program knows up to {newest}")))
}

pub(super) fn broken_journal(line: i64) -> String {
    format!("journal: line {line} is not what was written, or one before it is missing")
}

fn unreadable(column: &str, text: &str) -> StoreError {
    StoreError::Broken(format!("a booking of the unknown {column} {text:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    // A status was added that holds its place; a database that did not know it gave the place away.
    #[test]
    fn the_statuses_that_hold_a_place_are_the_same_in_rust_and_in_sql() {
        for status in Status::ALL {
            let named = HOLDS.contains(&format!("'{}'", status.code()));
            assert_eq!(named, status.holds_place(), "{status:?}");
            let named = IN_LINE.contains(&format!("'{}'", status.code()));
            assert_eq!(named, status.is_in_line(), "{status:?}");
        }
    }
}
