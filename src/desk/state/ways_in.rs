//! Her ways in, and where she came in by them.

use browser::{passkey, spawn_local};
use domain::api::desk::{Begun, Finish, OpenSession, Passkey};

use super::Fetched;
use super::session::{NoWay, Session, Standing};

impl Session {
    pub fn look_at_passkeys(self) {
        self.added.settle(false);
        spawn_local(async move {
            let found = self.get("passkeys").await;
            self.passkeys.settle(found.map_or_else(Fetched::Failed, Fetched::There));
        });
    }

    pub fn add_passkey(self) {
        self.ceremony(async move {
            let begun: Begun = self.by_her_finger("passkeys/begin").await?;
            let credential = passkey::create(&begun.options).await.map_err(NoWay::Passkey)?;
            let finish = Finish { ceremony: begun.ceremony, credential, name: None };
            let all: Vec<Passkey> = self.post("passkeys/finish", &finish).await.map_err(NoWay::Server)?;
            self.now_has(all);
            self.look_at_open();
            self.added.settle(true);
            Ok(())
        });
    }

    pub fn remove_passkey(self, id: i64) {
        self.ceremony(async move {
            let path = ["passkeys/", &id.to_string(), "/remove"].concat();
            self.now_has(self.by_her_finger(&path).await?);
            // Whoever was in with it is out.
            self.look_at_open();
            Ok(())
        });
    }

    pub fn look_at_open(self) {
        spawn_local(async move {
            let found = self.get("sessions").await;
            self.open.settle(found.map_or_else(Fetched::Failed, Fetched::There));
        });
    }

    pub fn end_open(self, id: &str) {
        self.end_elsewhere(["sessions/", id, "/end"].concat());
    }

    pub fn end_others(self) {
        self.end_elsewhere("sessions/others/end".to_owned());
    }

    fn end_elsewhere(self, path: String) {
        self.ceremony(async move {
            let open: Vec<OpenSession> = self.by_her_finger(&path).await?;
            self.open.settle(Fetched::There(open));
            Ok(())
        });
    }

    fn now_has(self, passkeys: Vec<Passkey>) {
        let count = passkeys.len() as u32;
        self.passkeys.settle(Fetched::There(passkeys));
        if let Standing::In(mut me) = self.standing.now() {
            me.passkeys = count;
            self.standing.settle(Standing::In(me));
        }
    }
}
