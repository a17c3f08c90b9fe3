//! How long the association keeps what founders wrote. What would go at once is asked before anything is saved.

use browser::spawn_local;
use domain::api::desk::Fault;
use domain::api::desk::ops::{AskOutlook, NewRetention, Outlook, Retention};
use domain::retention;
use ui::live::Live;

use super::session::Session;
use super::{Fetched, Trouble};

const PATH: &str = "retention";

#[derive(Clone, Copy)]
pub struct Keeping {
    pub there: Live<Fetched<Retention>>,
    pub typed: Live<String>,
    /// What she typed is no number of days within the bounds.
    pub wrong: Live<bool>,
    /// What would go with what she typed, if she asked.
    pub outlook: Live<Option<Outlook>>,
    /// More would go by now, or somebody else decided.
    pub meanwhile: Live<bool>,
    pub saved: Live<bool>,
    pub trouble: Live<Option<Trouble>>,
    pub busy: Live<bool>,
    session: Session,
}

impl Keeping {
    pub(super) fn new(session: Session) -> Self {
        Self {
            there: Live::new(Fetched::NotYet),
            typed: Live::new(String::new()),
            wrong: Live::new(false),
            outlook: Live::new(None),
            meanwhile: Live::new(false),
            saved: Live::new(false),
            trouble: Live::new(None),
            busy: Live::new(false),
            session,
        }
    }

    pub fn open(self) {
        self.forget();
        spawn_local(async move {
            let found = self.session.get::<Retention>(PATH).await;
            if let Ok(Retention { days: Some(days), .. }) = &found {
                self.typed.settle(days.to_string());
            }
            self.there.settle(found.map_or_else(Fetched::Failed, Fetched::There));
        });
    }

    pub fn forget(self) {
        self.there.settle(Fetched::NotYet);
        self.typed.settle(String::new());
        self.outlook.settle(None);
        self.meanwhile.settle(false);
        self.saved.settle(false);
        self.wrong.settle(false);
        self.trouble.settle(None);
    }

    pub fn write(self, text: String) {
        self.typed.take_quietly(|typed| *typed = text);
        self.outlook.settle(None);
        self.saved.settle(false);
        self.wrong.settle(false);
    }

    /// Asks what would go.
    pub fn look(self) {
        let days =
            self.typed.now().trim().parse().ok().filter(|days| retention::Retention::of(*days).is_some());
        self.wrong.settle(days.is_none());
        let Some(days) = days else { return };
        self.run(async move {
            self.outlook.set(Some(self.session.post("retention/outlook", &AskOutlook { days }).await?));
            Ok(())
        });
    }

    /// She has seen what goes.
    pub fn decide(self) {
        let Some(Outlook { days, bookings, .. }) = self.outlook.now() else { return };
        let mark = self.there.peek(|there| match there {
            Fetched::There(there) => there.mark.clone(),
            Fetched::NotYet | Fetched::Failed(_) => None,
        });
        let days = u32::from(days);
        self.run(async move {
            match self.session.post(PATH, &NewRetention { days, known: bookings, mark }).await {
                Ok(there) => {
                    self.there.settle(Fetched::There(there));
                    self.outlook.settle(None);
                    self.meanwhile.settle(false);
                    self.saved.set(true);
                    Ok(())
                }
                Err(trouble) if trouble.fault() == Some(Fault::ChangedMeanwhile) => {
                    self.there.settle(Fetched::There(self.session.get(PATH).await?));
                    self.outlook
                        .set(Some(self.session.post("retention/outlook", &AskOutlook { days }).await?));
                    self.meanwhile.settle(true);
                    Ok(())
                }
                Err(trouble) => Err(trouble),
            }
        });
    }

    fn run(self, work: impl Future<Output = Result<(), Trouble>> + 'static) {
        if self.busy.now() {
            return;
        }
        self.busy.set(true);
        self.trouble.settle(None);
        spawn_local(async move {
            if let Err(trouble) = work.await {
                self.trouble.set(Some(trouble));
            }
            self.busy.set(false);
        });
    }
}
