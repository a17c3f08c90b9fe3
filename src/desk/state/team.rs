//! Who belongs to the team.

use browser::spawn_local;
use domain::api::desk::ops::Association;
use domain::api::desk::{Colleague, Invite, Invited, NewRole, Record};
use domain::association::AssociationId;
use domain::calendar::Date;
use domain::staff::Role;
use serde::de::IgnoredAny;
use ui::live::Live;

use super::session::{Empty, Session};
use super::{Fetched, Trouble};

#[derive(Clone, Copy)]
pub struct Team {
    pub colleagues: Live<Fetched<Vec<Colleague>>>,
    /// A link that is shown once.
    pub invited: Live<Option<Invited>>,
    pub copied: Live<bool>,
    /// Of the whole country; for the federation.
    pub associations: Live<Fetched<Vec<Association>>>,
    pub trouble: Live<Option<Trouble>>,
    pub busy: Live<bool>,
    /// For paper; only where she asked for it, because each record is written down.
    pub sheet: Live<Option<(Date, Fetched<Vec<Record>>)>>,
    session: Session,
}

impl Team {
    pub(super) fn new(session: Session) -> Self {
        Self {
            colleagues: Live::new(Fetched::NotYet),
            invited: Live::new(None),
            copied: Live::new(false),
            associations: Live::new(Fetched::NotYet),
            trouble: Live::new(None),
            busy: Live::new(false),
            sheet: Live::new(None),
            session,
        }
    }

    pub fn look(self) {
        spawn_local(async move {
            let found = self.session.get("colleagues").await;
            self.colleagues.settle(found.map_or_else(Fetched::Failed, Fetched::There));
        });
    }

    pub fn look_at_associations(self) {
        spawn_local(async move {
            let found = self.session.get("associations").await;
            self.associations.settle(found.map_or_else(Fetched::Failed, Fetched::There));
        });
    }

    pub fn forget(self) {
        self.associations.settle(Fetched::NotYet);
        self.colleagues.settle(Fetched::NotYet);
        self.invited.settle(None);
        self.trouble.settle(None);
        self.sheet.settle(None);
    }

    /// Follows.
    #[must_use]
    pub fn name_of(self, member: i64) -> Option<String> {
        self.colleagues.with(|colleagues| match colleagues {
            Fetched::There(all) => all.iter().find(|one| one.id == member).map(|one| one.name.clone()),
            Fetched::NotYet | Fetched::Failed(_) => None,
        })
    }

    /// Who can take something in hand; follows.
    #[must_use]
    pub fn at_work(self) -> Vec<Colleague> {
        self.colleagues.with(|colleagues| match colleagues {
            Fetched::There(all) => all.iter().filter(|one| !one.disabled).cloned().collect(),
            Fetched::NotYet | Fetched::Failed(_) => Vec::new(),
        })
    }

    pub fn invite(self, association: Option<String>, role: Role, mail: Option<String>) {
        let invite = Invite { association: association.map(AssociationId), role, mail, member: None };
        self.send_invitation(invite);
    }

    /// For a colleague who lost her ways in.
    pub fn invite_again(self, colleague: &Colleague) {
        let invite =
            Invite { association: None, role: colleague.role, mail: None, member: Some(colleague.id) };
        self.send_invitation(invite);
    }

    fn send_invitation(self, invite: Invite) {
        self.invited.settle(None);
        self.copied.settle(false);
        self.change(async move {
            let invited = self.session.post("invitations", &invite).await?;
            self.invited.set(Some(invited));
            Ok(())
        });
    }

    pub fn copy_link(self) {
        let Some(invited) = self.invited.now() else { return };
        spawn_local(async move {
            self.copied.set(browser::share::copy(&invited.link).await.is_ok());
        });
    }

    pub fn disable(self, member: i64, disabled: bool) {
        let what = if disabled { "/disable" } else { "/enable" };
        let path = ["colleagues/", &member.to_string(), what].concat();
        self.change(async move {
            let done: Result<IgnoredAny, _> = self.session.post(&path, &Empty {}).await;
            done.map(drop)
        });
    }

    pub fn give_role(self, member: i64, role: Role) {
        let path = ["colleagues/", &member.to_string(), "/role"].concat();
        self.change(async move {
            let done: Result<IgnoredAny, _> = self.session.post(&path, &NewRole { role }).await;
            done.map(drop)
        });
    }

    fn change(self, work: impl Future<Output = Result<(), Trouble>> + 'static) {
        if self.busy.now() {
            return;
        }
        self.busy.set(true);
        self.trouble.settle(None);
        spawn_local(async move {
            match work.await {
                Ok(()) => self.look(),
                Err(trouble) => self.trouble.set(Some(trouble)),
            }
            self.busy.set(false);
        });
    }

    /// Everything about the bookings of a day, for paper.
    pub fn make_sheet(self, day: Date) {
        self.sheet.set(Some((day, Fetched::NotYet)));
        spawn_local(async move {
            let found = self.session.get(&["sheet?day=", &day.to_text()].concat()).await;
            if self.sheet.peek(|sheet| sheet.as_ref().is_some_and(|(shown, _)| *shown == day)) {
                self.sheet.set(Some((day, found.map_or_else(Fetched::Failed, Fetched::There))));
            }
        });
    }
}
