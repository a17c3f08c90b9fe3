//! Hears that the board changed, wherever it was changed, and sees to it that the screen shows what is.

use browser::live_line::{Heard, LiveLine};
use domain::api::desk::Pulse;
use domain::staff::Needs;
use ui::live::{Live, follow};

use super::session::Session;

const EVENTS: [&str; 2] = ["board", "signed_out"];

#[derive(Clone, Copy)]
pub struct Line {
    /// What is shown is at most as old as the last word of the server.
    pub up: Live<bool>,
    /// Times in a row.
    broken: Live<u32>,
    session: Session,
}

impl Line {
    pub(super) fn new(session: Session) -> Self {
        Self { up: Live::new(true), broken: Live::new(0), session }
    }

    /// Open as long as somebody of a team is signed in, for the life of the page. Tells `news` of the board: its state, or
    /// nothing of it where some may have been missed.
    pub fn start(self, news: impl Fn(Option<u64>) + 'static) {
        let line = LiveLine::new("/desk/api/live", &EVENTS, move |heard| self.hear(&heard, &news));
        follow(move || {
            if self.session.may(Needs::Team) {
                line.open();
            } else {
                line.close();
            }
        });
    }

    fn hear(self, heard: &Heard, news: &impl Fn(Option<u64>)) {
        match heard {
            Heard::Up => {
                self.broken.set(0);
                self.up.settle(true);
                news(None);
            }
            Heard::Down => {
                // The first attempt comes within a second: a server that is started anew is not worth a word.
                self.broken.take_quietly(|times| *times += 1);
                if self.broken.now() > 1 {
                    self.up.settle(false);
                }
                // A server that refuses the line says why only to a question.
                self.session.look();
            }
            Heard::Back => {
                self.session.look();
                news(None);
            }
            Heard::Event("board", data) => {
                if let Ok(Pulse { version }) = serde_json::from_str(data) {
                    news(Some(version));
                }
            }
            Heard::Event(..) => self.session.end(),
        }
    }
}
