//! The board on the screen: some days of the team, and what can be done from there without opening a record.

use browser::spawn_local;
use domain::api::desk::{Act, Board, Card, Doing, HandOver, Record};
use domain::calendar::Date;
use serde::de::IgnoredAny;
use ui::live::Live;

use super::session::Session;
use super::{Fetched, Trouble, day_of, moment, now};

/// What became of something she did.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    Done(String, Act),
    /// Somebody has it in hand now, or nobody.
    HandedOver(String),
    Noted,
    /// What a consultation was about.
    Recorded,
    /// Somebody else was quicker: how it stands now. Nothing was done.
    Changed(Box<Card>),
    Trouble(Trouble),
}

impl Told {
    pub(super) fn of(trouble: Trouble) -> Self {
        match &trouble {
            Trouble::Refused(problem) if problem.now.is_some() => {
                problem.now.clone().map_or(Self::Trouble(trouble), Self::Changed)
            }
            _ => Self::Trouble(trouble),
        }
    }
}

/// So many days from this one.
type Days = (Date, u16);

/// What was shown and what one tap leads to.
const KEPT: usize = 8;

/// A board as the server said it, and when.
#[derive(Clone, PartialEq)]
struct Kept {
    days: Days,
    board: Board,
    at: i64,
}

#[derive(Clone, Copy)]
pub struct Boards {
    pub shown: Live<Fetched<Board>>,
    /// When the server said what is shown, by this computer's clock.
    pub read_at: Live<i64>,
    pub told: Live<Option<Told>>,
    /// The booking something is being done with.
    pub busy: Live<Option<String>>,
    wanted: Live<Option<Days>>,
    /// The newest last. Shown at once when she comes back or goes on, and asked for again at the same moment.
    kept: Live<Vec<Kept>>,
    /// The version the live line named last, and the one that was fetched for.
    heard: Live<Option<u64>>,
    fetched_for: Live<Option<u64>>,
    session: Session,
}

impl Boards {
    pub(super) fn new(session: Session) -> Self {
        Self {
            shown: Live::new(Fetched::NotYet),
            read_at: Live::new(0),
            told: Live::new(None),
            busy: Live::new(None),
            wanted: Live::new(None),
            kept: Live::new(Vec::new()),
            heard: Live::new(None),
            fetched_for: Live::new(None),
            session,
        }
    }

    /// Shows so many days from this one.
    pub fn open(self, from: Date, days: u16) {
        if self.wanted.now() != Some((from, days)) {
            self.wanted.take_quietly(|wanted| *wanted = Some((from, days)));
            let kept = self.kept.peek(|kept| kept.iter().find(|kept| kept.days == (from, days)).cloned());
            match kept {
                Some(Kept { board, at, .. }) => {
                    self.read_at.settle(at);
                    self.shown.settle(Fetched::There(board));
                }
                None => self.shown.settle(Fetched::NotYet),
            }
            self.told.settle(None);
        }
        self.refresh();
    }

    /// What the team shows is nobody's any more.
    pub fn forget(self) {
        self.wanted.take_quietly(|wanted| *wanted = None);
        self.kept.take_quietly(Vec::clear);
        self.shown.settle(Fetched::NotYet);
        self.told.settle(None);
    }

    pub fn refresh(self) {
        let Some(days) = self.wanted.now() else { return };
        spawn_local(async move {
            let answer = self.session.get::<Board>(&path(days)).await;
            if self.wanted.now() == Some(days) {
                self.take(days, answer);
            }
        });
    }

    fn take(self, days: Days, answer: Result<Board, Trouble>) {
        match answer {
            Ok(board) => {
                self.read_at.settle(now());
                self.keep(days, board.clone());
                self.shown.settle(Fetched::There(board));
                self.catch_up();
                self.look_around(days);
            }
            // What was there is better than nothing; how old it is, is said.
            Err(Trouble::Unreachable) if self.shown.peek(|shown| matches!(shown, Fetched::There(_))) => {}
            Err(trouble) => self.shown.settle(Fetched::Failed(trouble)),
        }
    }

    fn keep(self, days: Days, board: Board) {
        self.kept.take_quietly(|kept| keep(kept, Kept { days, board, at: now() }));
    }

    /// Before she taps. Only what was never asked for: news about one day must not make every desk ask for three.
    fn look_around(self, (from, days): Days) {
        for step in [i64::from(days), -i64::from(days)] {
            let beside = (from.plus_days(step), days);
            if self.kept.peek(|kept| kept.iter().any(|kept| kept.days == beside)) {
                continue;
            }
            spawn_local(async move {
                let answer = self.session.get::<Board>(&path(beside)).await;
                // Who has signed out meanwhile wants nothing.
                if let (Ok(board), Some(_)) = (answer, self.wanted.now()) {
                    self.keep(beside, board);
                }
            });
        }
    }

    /// The server names a version. They are told apart, not put in order.
    pub fn hear(self, version: u64) {
        self.heard.take_quietly(|heard| *heard = Some(version));
        self.catch_up();
    }

    /// Where the screen has another version than the one named last, it is fetched, once for each: an answer may have been on
    /// its way while the next change was made.
    fn catch_up(self) {
        let Some(newest) = self.heard.now() else { return };
        let is_old =
            self.shown.peek(|shown| matches!(shown, Fetched::There(board) if board.version != newest));
        if is_old && self.fetched_for.now() != Some(newest) {
            self.fetched_for.take_quietly(|fetched| *fetched = Some(newest));
            self.refresh();
        }
    }

    /// For acts that need no words.
    pub fn act(self, card: &Card, act: Act) {
        let doing = Doing { reason: None, start: None, seen: card.sequence };
        let reference = card.reference.clone();
        self.do_with(reference.clone(), async move {
            let path = ["bookings/", &reference, "/", act.code()].concat();
            self.session.post::<_, Record>(&path, &doing).await.map(|_| Told::Done(reference, act))
        });
    }

    pub fn hand_over(self, reference: &str, member: Option<i64>) {
        let reference = reference.to_owned();
        self.do_with(reference.clone(), async move {
            let path = ["bookings/", &reference, "/hand-over"].concat();
            let done: Result<IgnoredAny, _> = self.session.post(&path, &HandOver { member }).await;
            done.map(|_| Told::HandedOver(reference))
        });
    }

    fn do_with(self, reference: String, work: impl Future<Output = Result<Told, Trouble>> + 'static) {
        if self.busy.now().is_some() {
            return;
        }
        self.busy.set(Some(reference));
        self.told.settle(None);
        spawn_local(async move {
            let told = work.await.unwrap_or_else(Told::of);
            self.told.set(Some(told));
            self.busy.set(None);
            self.refresh();
        });
    }
}

fn path((from, days): Days) -> String {
    ["board?from=", &from.to_text(), "&days=", &days.to_string()].concat()
}

fn keep(kept: &mut Vec<Kept>, new: Kept) {
    kept.retain(|there| there.days != new.days);
    kept.push(new);
    if kept.len() > KEPT {
        kept.remove(0);
    }
}

/// The cards of each of so many days, in order of time.
#[must_use]
pub fn by_day(cards: &[Card], from: Date, days: u16) -> Vec<(Date, Vec<Card>)> {
    let of_day = |day: Date| {
        let mut cards: Vec<Card> = cards.iter().filter(|card| day_of(&card.start) == day).cloned().collect();
        cards.sort_by_key(|card| moment(&card.start));
        cards
    };
    (0..i64::from(days)).map(|at| from.plus_days(at)).map(|day| (day, of_day(day))).collect()
}

/// The Monday of its week.
#[must_use]
pub fn monday(day: Date) -> Date {
    day.plus_days(-(day.weekday() as i64))
}

#[cfg(test)]
pub(crate) mod tests {
    use domain::booking::Status;
    use domain::slot::Kind;

    use super::*;

    pub(crate) fn card(reference: &str, start: &str) -> Card {
        Card {
            reference: reference.to_owned(),
            start: start.to_owned(),
            length: 60,
            kind: Kind::Visit,
            place: 1,
            room: None,
            status: Status::Confirmed,
            sequence: 0,
            received_at: "2026-11-20T00:00:00Z".to_owned(),
            fictional: false,
            assigned: None,
            notes: 0,
            acts: Vec::new(),
        }
    }

    // A consultation at nine in the morning stood under the day before: its moment is written in UTC.
    #[test]
    fn a_card_stands_under_japans_day_in_order_of_time() {
        let monday = Date::parse("2026-11-30").unwrap();
        let cards = [
            card("C", "2026-12-01T01:00:00Z"),
            card("B", "2026-11-30T14:59:00Z"),
            card("A", "2026-11-29T15:00:00Z"),
            card("X", "2026-12-02T15:00:00Z"),
        ];
        let days = by_day(&cards, monday, 3);
        let shown: Vec<(String, Vec<&str>)> = days
            .iter()
            .map(|(day, cards)| (day.to_text(), cards.iter().map(|card| &*card.reference).collect()))
            .collect();
        let expected = [("2026-11-30", vec!["A", "B"]), ("2026-12-01", vec!["C"]), ("2026-12-02", vec![])];
        assert_eq!(shown, expected.map(|(day, cards)| (day.to_owned(), cards)));
    }

    // Each tap on the next day waited for the server, though it had been clear for minutes where she would tap.
    #[test]
    fn of_each_day_the_newest_is_kept_and_of_many_the_last_ones() {
        let monday = Date::parse("2026-11-30").unwrap();
        let board = |version| Board {
            today: String::new(),
            from: String::new(),
            days: 1,
            waiting: Vec::new(),
            booked: Vec::new(),
            more: false,
            open: true,
            version,
        };
        let mut kept = Vec::new();
        for (after, version) in [(0, 1), (1, 2), (0, 3)].into_iter().chain((2..8).map(|after| (after, 4))) {
            keep(&mut kept, Kept { days: (monday.plus_days(after), 1), board: board(version), at: 0 });
        }
        let of = |after| kept.iter().find(|kept| kept.days.0 == monday.plus_days(after));
        assert_eq!((kept.len(), of(0).map(|kept| kept.board.version)), (KEPT, Some(3)));
        keep(&mut kept, Kept { days: (monday.plus_days(9), 1), board: board(5), at: 0 });
        assert!(kept.len() == KEPT && kept.iter().all(|kept| kept.days.0 != monday.plus_days(1)));
    }

    #[test]
    fn a_week_begins_on_monday() {
        for (day, first) in
            [("2026-11-26", "2026-11-23"), ("2026-11-23", "2026-11-23"), ("2026-11-29", "2026-11-23")]
        {
            assert_eq!(monday(Date::parse(day).unwrap()).to_text(), first);
        }
    }

    #[test]
    fn who_was_too_late_is_told_how_it_stands() {
        let now = Some(Box::new(card("A", "2026-12-01T01:00:00Z")));
        let problem = domain::api::desk::Problem {
            kind: "about:blank".to_owned(),
            title: String::new(),
            status: 409,
            code: domain::api::desk::Fault::ChangedMeanwhile,
            fields: Vec::new(),
            alternatives: Vec::new(),
            hits: Vec::new(),
            now,
        };
        assert!(
            matches!(Told::of(Trouble::Refused(Box::new(problem))), Told::Changed(card) if card.reference == "A")
        );
        assert_eq!(Told::of(Trouble::Unreachable), Told::Trouble(Trouble::Unreachable));
    }
}
