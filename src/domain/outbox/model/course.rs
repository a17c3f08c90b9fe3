//! What may happen in a state, and what becomes of it.

use super::phone::Disk;
use super::server::{Clerk, Said};
use super::{Action, Message, State, Town, Wish};
use crate::outbox::LIFE_MS;

impl State {
    pub(super) fn of_founder(&self, wish: Wish) -> Vec<Action> {
        let phone = &self.phones[wish.phone()];
        let mut can = Vec::new();
        if phone.can_type(wish) {
            can.push(Action::Type(wish));
        }
        if phone.can_tap(wish) {
            can.push(Action::Tap(wish));
        }
        if phone.has(wish) && self.left.deletions > 0 {
            can.push(Action::Delete(wish));
        }
        can
    }

    pub(super) fn of_phone(&self, at: usize) -> Vec<Action> {
        let phone = &self.phones[at];
        let is_used = !phone.disk.is_empty() || !phone.outbox.entries().is_empty();
        let can = [
            (phone.has_work(), Action::Work(at)),
            (phone.alarm.is_some(), Action::Wake(at)),
            (phone.sent.is_some() && self.left.misses > 0, Action::GiveUp(at)),
            (phone.is_working() && self.left.proofs > 0, Action::FailToSolve(at)),
            (is_used && self.left.kills > 0, Action::Kill(at)),
            // No request stays thirty days at the server's door.
            (is_used && self.left.drawers > 0 && !self.server.is_busy_with(at), Action::Drawer(at)),
        ];
        can.into_iter().filter_map(|(can, action)| can.then_some(action)).collect()
    }

    pub(super) fn of_network(&self) -> Vec<Action> {
        let mut can = Vec::new();
        for message in self.air.chunk_by(|one, next| one == next).map(|same| &same[0]) {
            can.push(Action::Arrive(message.clone()));
            if self.left.losses > 0 {
                can.push(Action::Lose(message.clone()));
            }
            if self.left.doubles > 0 {
                can.push(Action::Double(message.clone()));
            }
            if self.left.refusals > 0 && matches!(message, Message::Request { .. }) {
                can.push(Action::Refuse(message.clone()));
            }
            if self.left.proofs > 0 && matches!(message, Message::Request { .. }) {
                can.push(Action::AskForWork(message.clone()));
            }
        }
        if self.server.has_work() {
            can.push(Action::Commit);
            if self.left.outages > 0 {
                can.push(Action::Outage);
            }
        }
        can
    }

    pub(super) fn happen(&mut self, action: Action, town: &Town) {
        match action {
            Action::Type(wish) => self.phones[wish.phone()].type_draft(wish),
            Action::Tap(wish) => self.phones[wish.phone()].tap(wish),
            Action::Delete(wish) => {
                self.left.deletions -= 1;
                self.phones[wish.phone()].delete(wish);
            }
            Action::Work(phone) => self.work(phone, town.disk),
            Action::Wake(phone) => self.phones[phone].wake(),
            Action::GiveUp(phone) => {
                self.left.misses -= 1;
                self.phones[phone].give_up();
            }
            Action::FailToSolve(phone) => {
                self.left.proofs -= 1;
                self.phones[phone].fail_to_solve();
            }
            Action::Kill(phone) => {
                self.left.kills -= 1;
                self.phones[phone].kill();
            }
            Action::Drawer(phone) => {
                self.left.drawers -= 1;
                self.air.retain(|message| message.wish().phone() != phone);
                self.phones[phone].sleep(LIFE_MS);
            }
            Action::Arrive(message) => self.arrive(message, town.clerk),
            Action::Lose(message) => {
                self.left.losses -= 1;
                self.take(&message);
            }
            Action::Double(message) => {
                self.left.doubles -= 1;
                self.put(message);
            }
            Action::Refuse(message) => {
                self.left.refusals -= 1;
                self.take(&message);
                self.put(Message::Answer { wish: message.wish(), said: Said::Later });
            }
            Action::AskForWork(message) => {
                self.left.proofs -= 1;
                self.take(&message);
                self.put(Message::Answer { wish: message.wish(), said: Said::ProofNeeded });
            }
            Action::Commit => self.commit(town.clerk),
            Action::Outage => {
                self.left.outages -= 1;
                self.server.crash(town.clerk);
            }
        }
    }

    pub(super) fn work(&mut self, phone: usize, disk: Disk) {
        if let Some(request) = self.phones[phone].work(disk) {
            self.put(request);
        }
    }

    pub(super) fn arrive(&mut self, message: Message, clerk: Clerk) {
        self.take(&message);
        match message {
            Message::Request { wish, body } => {
                if let Some(said) = self.server.receive(wish, &body, clerk) {
                    self.put(Message::Answer { wish, said });
                }
            }
            Message::Answer { wish, said } => self.phones[wish.phone()].hear_answer(wish, said),
        }
    }

    pub(super) fn commit(&mut self, clerk: Clerk) {
        for (wish, said) in self.server.commit(clerk) {
            self.put(Message::Answer { wish, said });
        }
    }

    fn put(&mut self, message: Message) {
        let at = self.air.partition_point(|other| *other < message);
        self.air.insert(at, message);
    }

    fn take(&mut self, message: &Message) {
        let at = self.air.iter().position(|other| other == message).expect("it is in the air");
        self.air.remove(at);
    }
}
