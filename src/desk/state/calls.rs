//! Whom the team telephones on a day. A number is asked for alone, when somebody is about to call it.

use browser::spawn_local;
use domain::api::desk::ops::{NewMark, Number, ToCall};
use domain::api::desk::{CallMark, LetterView};
use domain::calendar::Date;
use serde::de::IgnoredAny;
use ui::live::Live;

use super::session::Session;
use super::{Fetched, Trouble};

#[derive(Clone, Copy)]
pub struct Calls {
    pub list: Live<Fetched<Vec<ToCall>>>,
    /// Whose numbers were opened on this screen.
    pub opened: Live<Vec<(String, Option<LetterView>)>>,
    pub trouble: Live<Option<Trouble>>,
    pub busy: Live<bool>,
    day: Live<Option<Date>>,
    session: Session,
}

impl Calls {
    pub(super) fn new(session: Session) -> Self {
        Self {
            list: Live::new(Fetched::NotYet),
            opened: Live::new(Vec::new()),
            trouble: Live::new(None),
            busy: Live::new(false),
            day: Live::new(None),
            session,
        }
    }

    pub fn open(self, day: Date) {
        self.forget();
        self.day.settle(Some(day));
        spawn_local(async move {
            if let Err(trouble) = self.look().await {
                self.list.settle(Fetched::Failed(trouble));
            }
        });
    }

    pub fn forget(self) {
        self.list.settle(Fetched::NotYet);
        self.opened.settle(Vec::new());
        self.trouble.settle(None);
    }

    async fn look(self) -> Result<(), Trouble> {
        let Some(day) = self.day.now() else { return Ok(()) };
        let list = self.session.get(&["calls?day=", &day.to_text()].concat()).await?;
        // She may have gone to another day meanwhile.
        if self.day.now() == Some(day) {
            self.list.set(Fetched::There(list));
        }
        Ok(())
    }

    /// Shows how to reach her, which is written down.
    pub fn open_number(self, reference: &str) {
        let reference = reference.to_owned();
        self.run(async move {
            let Number { letter } = self.session.get(&["calls/", &reference].concat()).await?;
            self.opened.update(|opened| opened.push((reference, letter)));
            Ok(())
        });
    }

    /// What came of it; the list comes back with what colleagues noted meanwhile.
    pub fn mark(self, reference: &str, mark: CallMark) {
        let path = ["calls/", reference].concat();
        self.run(async move {
            let _: IgnoredAny = self.session.post(&path, &NewMark { mark }).await?;
            self.look().await
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
