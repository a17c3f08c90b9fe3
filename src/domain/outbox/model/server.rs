//! The server as it is promised to be: a key is answered once, the answer lies where the booking lies, and nobody hears
//! anything before both are on the disk. Next to it two that break a promise, to see that breaking it is found.

use super::{Time, Wish};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clerk {
    Honest,
    /// Keeps the keys in memory only.
    Forgetful,
    /// Answers before the disk does.
    Hasty,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Said {
    Taken(Time),
    Conflict,
    Later,
    /// Before it is even looked at.
    ProofNeeded,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Server {
    /// On the disk. A list, not a map by time: a time given twice has to be visible.
    pub(super) bookings: Vec<(Time, Wish)>,
    /// On the disk, by the same commit.
    answers: Vec<(Wish, Said)>,
    /// Received and not on the disk; the next commit takes all of them.
    waiting: Vec<Wish>,
    /// Something came that was never meant to be sent.
    pub(super) has_seen_a_draft: bool,
}

impl Server {
    pub(super) fn has_work(&self) -> bool {
        !self.waiting.is_empty()
    }

    pub(super) fn is_busy_with(&self, phone: usize) -> bool {
        self.waiting.iter().any(|wish| wish.phone() == phone)
    }

    pub(super) fn receive(&mut self, wish: Wish, body: &str, clerk: Clerk) -> Option<Said> {
        self.has_seen_a_draft |= body != super::phone::SEALED;
        self.waiting.push(wish);
        let not_yet_true = || self.clone().settle().pop().map(|(_, said)| said);
        if clerk == Clerk::Hasty { not_yet_true() } else { None }
    }

    /// All that waited, and only now their answers.
    pub(super) fn commit(&mut self, clerk: Clerk) -> Vec<(Wish, Said)> {
        let said = self.settle();
        if clerk == Clerk::Hasty { Vec::new() } else { said }
    }

    fn settle(&mut self) -> Vec<(Wish, Said)> {
        let waited = std::mem::take(&mut self.waiting);
        waited.into_iter().map(|wish| (wish, self.decide(wish))).collect()
    }

    pub(super) fn crash(&mut self, clerk: Clerk) {
        self.waiting.clear();
        if clerk == Clerk::Forgetful {
            self.answers.clear();
        }
    }

    pub(super) fn times_of(&self, wish: Wish) -> Vec<Time> {
        self.bookings.iter().filter(|(_, whose)| *whose == wish).map(|(time, _)| *time).collect()
    }

    fn decide(&mut self, wish: Wish) -> Said {
        if let Some((_, said)) = self.answers.iter().find(|(key, _)| *key == wish) {
            return *said;
        }
        let is_free = |time: &&Time| self.bookings.iter().all(|(taken, _)| taken != *time);
        let said = wish.times().iter().find(is_free).copied().map_or(Said::Conflict, Said::Taken);
        if let Said::Taken(time) = said {
            self.bookings.push((time, wish));
        }
        self.answers.push((wish, said));
        said
    }
}
