//! One day of one team as a clerk with a sheet of paper would keep it: two times, one place. Written anew from what was
//! promised, not from `decide`; a mistake in there shall not be a mistake in here.

use std::collections::BTreeMap;

use domain::booking::{Event, Status};
use stateright::semantics::SequentialSpec;

/// Of a booking, as far as it can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub time: u8,
    pub status: Status,
    pub sequence: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// `is_open` is what the team's rules said when they were read: whoever asks brings them along.
    Book {
        n: u32,
        time: u8,
        is_open: bool,
    },
    Move {
        n: u32,
        time: u8,
        is_open: bool,
    },
    Happen {
        n: u32,
        event: Event,
    },
    Find(u32),
    /// Opens or closes the day.
    Open(bool),
    IsOpen,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Given(Standing),
    /// With the times of the day that are offered instead, the nearest first.
    Refused(Vec<u8>),
    Done(Standing),
    Already(Standing),
    Unknown,
    WrongState,
    Found(Option<Standing>),
    Noted,
    Open(bool),
}

#[derive(Clone, Debug)]
pub struct Day {
    is_open: bool,
    bookings: BTreeMap<u32, Standing>,
    /// Whoever was refused is refused again, with the same words.
    refused: BTreeMap<u32, Vec<u8>>,
}

impl Default for Day {
    fn default() -> Self {
        Self { is_open: true, bookings: BTreeMap::new(), refused: BTreeMap::new() }
    }
}

impl SequentialSpec for Day {
    type Op = Call;
    type Ret = Answer;

    fn invoke(&mut self, call: &Call) -> Answer {
        match *call {
            Call::Book { n, time, is_open } => self.book(n, time, is_open),
            Call::Move { n, time, is_open } => self.move_to(n, time, is_open),
            Call::Happen { n, event } => self.happen(n, event),
            Call::Find(n) => Answer::Found(self.bookings.get(&n).copied()),
            Call::Open(is_open) => {
                self.is_open = is_open;
                Answer::Noted
            }
            Call::IsOpen => Answer::Open(self.is_open),
        }
    }
}

impl Day {
    fn book(&mut self, n: u32, time: u8, is_open: bool) -> Answer {
        if let Some(standing) = self.bookings.get(&n) {
            return Answer::Given(*standing);
        }
        if let Some(near) = self.refused.get(&n) {
            return Answer::Refused(near.clone());
        }
        let free = self.free_but_for(n, is_open);
        if !free.contains(&time) {
            self.refused.insert(n, free.clone());
            return Answer::Refused(free);
        }
        let standing = Standing { time, status: Status::Pending, sequence: 0 };
        self.bookings.insert(n, standing);
        Answer::Given(standing)
    }

    fn move_to(&mut self, n: u32, time: u8, is_open: bool) -> Answer {
        let free = self.free_but_for(n, is_open);
        let Some(standing) = self.bookings.get_mut(&n) else { return Answer::Unknown };
        if standing.time == time {
            return Answer::Already(*standing);
        }
        let status = match standing.status {
            Status::Pending => Status::Pending,
            Status::Confirmed | Status::Moved => Status::Moved,
            _ => return Answer::WrongState,
        };
        if !free.contains(&time) {
            return Answer::Refused(free);
        }
        *standing = Standing { time, status, sequence: standing.sequence + 1 };
        Answer::Done(*standing)
    }

    fn happen(&mut self, n: u32, event: Event) -> Answer {
        let Some(standing) = self.bookings.get_mut(&n) else { return Answer::Unknown };
        let status = match (event, standing.status) {
            (Event::Cancel, Status::Pending | Status::Confirmed | Status::Moved) => Status::Cancelled,
            (Event::Confirm, Status::Pending) => Status::Confirmed,
            (Event::Cancel, Status::Cancelled) | (Event::Confirm, Status::Confirmed) => {
                return Answer::Already(*standing);
            }
            _ => return Answer::WrongState,
        };
        *standing = Standing { status, sequence: standing.sequence + 1, ..*standing };
        Answer::Done(*standing)
    }

    /// Free times, the one that was not asked for among them; her own counts as free to her.
    fn free_but_for(&self, n: u32, is_open: bool) -> Vec<u8> {
        let is_held = |time: u8| {
            self.bookings
                .iter()
                .any(|(who, one)| *who != n && one.time == time && one.status != Status::Cancelled)
        };
        (0..2).filter(|time| is_open && !is_held(*time)).collect()
    }
}

impl Answer {
    /// Another answer to the same call, which cannot be true as well.
    pub fn altered(&self) -> Option<Self> {
        let later = |standing: &Standing| Standing { sequence: standing.sequence + 7, ..*standing };
        match self {
            Self::Given(standing) => Some(Self::Given(later(standing))),
            Self::Done(standing) => Some(Self::Done(later(standing))),
            Self::Already(standing) => Some(Self::Done(*standing)),
            Self::Unknown => Some(Self::WrongState),
            Self::WrongState => Some(Self::Unknown),
            Self::Found(Some(_)) => Some(Self::Found(None)),
            Self::Open(is_open) => Some(Self::Open(!is_open)),
            Self::Refused(_) | Self::Found(None) | Self::Noted => None,
        }
    }
}
