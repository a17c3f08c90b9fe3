//! Two phones, a bad network and one server: every history there is, up to a bound on how much goes wrong. The random
//! histories beside `step` go further and see a few thousand; here nothing is left to chance. The outbox is the real one.
//!
//! The surprising rule: the bound is on trouble, not on length. How often something is lost, doubled, killed or given up
//! is counted down; whatever is possible otherwise happens in every order. So the states are finite, and all are visited.

mod checked;
mod course;
mod phone;
mod properties;
mod server;

use stateright::{Model, Property};

use phone::{Disk, Phone};
use server::{Clerk, Said, Server};

/// A time of the team; there are two.
type Time = u8;

/// One founder's intention. The first two want the same time; the third is typed as a draft before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Wish {
    /// Time 0, else 1.
    Hana,
    /// Time 0.
    Yuki,
    /// Time 1, after Yuki's, on the same phone.
    YukisSecond,
}

impl Wish {
    const ALL: [Self; 3] = [Self::Hana, Self::Yuki, Self::YukisSecond];

    const fn phone(self) -> usize {
        match self {
            Self::Hana => 0,
            Self::Yuki | Self::YukisSecond => 1,
        }
    }

    const fn times(self) -> &'static [Time] {
        match self {
            Self::Hana => &[0, 1],
            Self::Yuki => &[0],
            Self::YukisSecond => &[1],
        }
    }
}

/// What is between the phones and the server. Any of it may come next, so it is delayed and overtaken as a matter of course.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Message {
    Request { wish: Wish, body: String },
    Answer { wish: Wish, said: Said },
}

impl Message {
    const fn wish(&self) -> Wish {
        match self {
            Self::Request { wish, .. } | Self::Answer { wish, .. } => *wish,
        }
    }
}

/// How much may still go wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Trouble {
    /// Messages lost.
    losses: u8,
    /// Messages that arrive twice.
    doubles: u8,
    /// Pages killed.
    kills: u8,
    /// Servers killed, with all that was not on the disk.
    outages: u8,
    /// Requests a phone stops waiting for, while they may still be under way.
    misses: u8,
    /// Requests answered 503.
    refusals: u8,
    /// Requests answered with work to do first, and works that bring nothing.
    proofs: u8,
    /// Entries she deletes.
    deletions: u8,
    /// Phones that lie in a drawer for thirty days.
    drawers: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct State {
    phones: Vec<Phone>,
    /// Sorted: where a message stands says nothing.
    air: Vec<Message>,
    server: Server,
    left: Trouble,
}

#[derive(Clone, Debug, PartialEq)]
enum Action {
    Type(Wish),
    Tap(Wish),
    Delete(Wish),
    /// A phone does the next thing that its outbox asked for.
    Work(usize),
    Wake(usize),
    GiveUp(usize),
    FailToSolve(usize),
    Kill(usize),
    Drawer(usize),
    Arrive(Message),
    Lose(Message),
    Double(Message),
    Refuse(Message),
    AskForWork(Message),
    Commit,
    Outage,
}

/// Who takes part, and how well they do their work.
struct Town {
    wishes: Vec<Wish>,
    disk: Disk,
    clerk: Clerk,
    trouble: Trouble,
}

impl Model for Town {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let phones = vec![Phone::default(), Phone::default()];
        vec![State { phones, air: Vec::new(), server: Server::default(), left: self.trouble.clone() }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        actions.extend(self.wishes.iter().flat_map(|wish| state.of_founder(*wish)));
        actions.extend((0..state.phones.len()).flat_map(|phone| state.of_phone(phone)));
        actions.extend(state.of_network());
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        let mut next = state.clone();
        next.happen(action, self);
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        properties::all()
    }
}
