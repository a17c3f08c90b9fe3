//! Where a team keeps its events, so that nobody looks the address up again, and what was there at the last look. A file an
//! association in the server's folder, which nobody but the server reads: some calendars have an address that lets in whoever
//! knows it. What is lost of it is typed once more.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Mutex;

use domain::association::AssociationId;
use serde::{Deserialize, Serialize};

use crate::private_file;

/// Of one team.
pub const MOST: usize = 10;

pub struct Addresses {
    folder: PathBuf,
    /// Two colleagues at once.
    turn: Mutex<()>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub address: String,
    /// Of its events, by code.
    pub sort: String,
    pub at: i64,
    pub result: Last,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Last {
    Found {
        events: u32,
        left_out: u32,
    },
    /// By a code.
    Refused(String),
}

impl Addresses {
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder, turn: Mutex::new(()) }
    }

    /// The one looked at last first. What cannot be read is not there.
    #[must_use]
    pub fn of(&self, team: &AssociationId) -> Vec<Kept> {
        let bytes = fs::read(self.file(team)).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// Whether one more address can be remembered, or it is one of these.
    #[must_use]
    pub fn has_room(&self, team: &AssociationId, address: &str) -> bool {
        let all = self.of(team);
        all.len() < MOST || all.iter().any(|one| one.address == address)
    }

    /// # Errors
    /// As the system says.
    pub fn keep(&self, team: &AssociationId, one: Kept) -> io::Result<()> {
        self.change(team, |all| {
            all.retain(|other| other.address != one.address);
            all.insert(0, one);
            all.truncate(MOST);
        })
    }

    /// # Errors
    /// As the system says.
    pub fn forget(&self, team: &AssociationId, address: &str) -> io::Result<()> {
        self.change(team, |all| all.retain(|other| other.address != address))
    }

    fn change(&self, team: &AssociationId, change: impl FnOnce(&mut Vec<Kept>)) -> io::Result<()> {
        // Whoever panicked with it has replaced the file or not.
        let _turn = self.turn.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut all = self.of(team);
        change(&mut all);
        fs::create_dir_all(&self.folder)?;
        private_file::replace(&self.file(team), &serde_json::to_vec(&all)?)
    }

    /// Associations are named by letters and hyphens.
    fn file(&self, team: &AssociationId) -> PathBuf {
        self.folder.join(team.as_str()).with_extension("json")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // An address was looked at every month, and each time somebody searched an old mail for it.
    #[test]
    fn a_team_finds_its_own_addresses_again_the_last_one_first_and_no_other_teams() {
        let folder = tempfile::tempdir().unwrap();
        let addresses = Addresses::new(folder.path().join("import-addresses"));
        let team = |id: &str| AssociationId(id.to_owned());
        let keep = |at: i64, result: Last| {
            let address = format!("https://calendar.example.jp/{at}.ics");
            let sort = "seminar".to_owned();
            addresses.keep(&team("shimane"), Kept { address, sort, at, result }).unwrap();
        };
        for at in 0..=MOST as i64 {
            keep(at, Last::Found { events: 3, left_out: 1 });
        }
        keep(5, Last::Refused("private".to_owned()));
        let all = addresses.of(&team("shimane"));
        assert_eq!((all.len(), all[0].at, all[1].at), (MOST, 5, MOST as i64));
        assert_eq!(all[0].result, Last::Refused("private".to_owned()));
        assert_eq!(addresses.of(&team("gunma")), []);
        assert!(!addresses.has_room(&team("shimane"), "https://other.example.jp/"));
        assert!(
            addresses.has_room(&team("shimane"), &all[0].address) && addresses.has_room(&team("gunma"), "")
        );
        addresses.forget(&team("shimane"), &all[0].address).unwrap();
        assert_eq!(addresses.of(&team("shimane")).len(), MOST - 1);
    }
}
