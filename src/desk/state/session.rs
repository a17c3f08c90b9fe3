//! Who is at the desk, and the way in and out. Every question to the server goes through here, so that its end is noticed
//! wherever it comes to light.

use browser::files::Chosen;
use browser::passkey::{self, NoPasskey};
use browser::{clock, spawn_local, tab};
use domain::api::desk::{Begun, Fault, Finish, Invitation, Me, OpenSession, Passkey};
use domain::staff::Needs;
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use ui::live::Live;

use super::drafts::Drafts;
use super::idle::{self, Step};
use super::{Fetched, Trouble, server};

const TICK_MS: u32 = 10_000;
const MINUTE_MS: f64 = 60_000.0;

/// Whether somebody is signed in.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Being asked.
    Unknown,
    /// Nobody, and why.
    Out(Why),
    In(Me),
    /// The server does not answer, so nobody knows.
    Unreachable,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// She has not signed in.
    NotYet,
    /// It ended by itself, or was ended.
    Ended,
    /// She signed out.
    Left,
}

/// What went wrong on the way in.
#[derive(Clone, Debug, PartialEq)]
pub enum NoWay {
    Passkey(NoPasskey),
    Server(Trouble),
    /// An invitation asks for a name.
    NameMissing,
}

#[derive(Clone, Copy)]
pub struct Session {
    pub standing: Live<Standing>,
    pub wrong: Live<Option<NoWay>>,
    /// A ceremony is under way.
    pub busy: Live<bool>,
    /// Minutes left, while the screen is covered and asks.
    pub asking: Live<Option<u32>>,
    pub invitation: Live<Fetched<Invitation>>,
    code: Live<Option<String>>,
    pub passkeys: Live<Fetched<Vec<Passkey>>>,
    /// Where she is signed in.
    pub open: Live<Fetched<Vec<OpenSession>>>,
    /// She has added a passkey since she looked at them.
    pub added: Live<bool>,
    requested_at: Live<f64>,
    /// When she touched the page for the last time before she was asked.
    touched_before: Live<f64>,
    drafts: Drafts,
}

impl Session {
    pub(super) fn new(drafts: Drafts) -> Self {
        Self {
            standing: Live::new(Standing::Unknown),
            wrong: Live::new(None),
            busy: Live::new(false),
            asking: Live::new(None),
            invitation: Live::new(Fetched::NotYet),
            code: Live::new(None),
            passkeys: Live::new(Fetched::NotYet),
            open: Live::new(Fetched::NotYet),
            added: Live::new(false),
            requested_at: Live::new(clock::now_ms()),
            touched_before: Live::new(0.0),
            drafts,
        }
    }

    /// Asks who is there, and watches the time from then on.
    pub fn start(self) {
        self.look();
        tab::watch_touches();
        clock::every(TICK_MS, move || self.tick());
    }

    /// Whether the session still stands; that alone does not make it last longer.
    pub fn look(self) {
        spawn_local(async move {
            match server::get::<Me>("me").await {
                Ok(me) => self.enter(me),
                Err(Trouble::Unreachable | Trouble::Broken) if self.is_in() => {}
                Err(Trouble::Unreachable | Trouble::Broken) => self.standing.settle(Standing::Unreachable),
                Err(Trouble::SignedOut | Trouble::Refused(_)) => self.end(),
            }
        });
    }

    #[must_use]
    pub fn is_in(self) -> bool {
        self.standing.peek(|standing| matches!(standing, Standing::In(_)))
    }

    /// Who is signed in; follows.
    #[must_use]
    pub fn me(self) -> Option<Me> {
        match self.standing.get() {
            Standing::In(me) => Some(me),
            Standing::Unknown | Standing::Out(_) | Standing::Unreachable => None,
        }
    }

    /// Who is signed in, for what is drawn once: a session that is prolonged draws no form anew.
    #[must_use]
    pub fn me_now(self) -> Option<Me> {
        self.standing.peek(|standing| match standing {
            Standing::In(me) => Some(me.clone()),
            Standing::Unknown | Standing::Out(_) | Standing::Unreachable => None,
        })
    }

    #[must_use]
    pub fn may(self, needs: Needs) -> bool {
        self.me().is_some_and(|me| me.member.role.may(needs))
    }

    pub(crate) async fn get<T: DeserializeOwned>(self, path: &str) -> Result<T, Trouble> {
        let answer = server::get(path).await;
        self.hear(&answer);
        answer
    }

    pub(crate) async fn post<B: Serialize, T: DeserializeOwned>(
        self,
        path: &str,
        body: &B,
    ) -> Result<T, Trouble> {
        let answer = server::post(path, body).await;
        self.hear(&answer);
        answer
    }

    pub(crate) async fn post_file<T: DeserializeOwned>(
        self,
        path: &str,
        kind: &str,
        file: &Chosen,
    ) -> Result<T, Trouble> {
        let answer = server::post_file(path, kind, file).await;
        self.hear(&answer);
        answer
    }

    fn hear<T>(self, answer: &Result<T, Trouble>) {
        match answer {
            Ok(_) | Err(Trouble::Refused(_)) => self.requested_at.set(clock::now_ms()),
            Err(Trouble::SignedOut) => self.end(),
            Err(Trouble::Unreachable | Trouble::Broken) => {}
        }
    }

    fn enter(self, me: Me) {
        if !self.is_in() {
            self.drafts.belong_to(me.member.id);
            self.requested_at.set(clock::now_ms());
        }
        self.wrong.settle(None);
        self.standing.settle(Standing::In(me));
    }

    /// The session is over. What she typed stays in this tab until she, and nobody else, comes back.
    pub(super) fn end(self) {
        let why = if self.is_in() { Why::Ended } else { Why::NotYet };
        self.asking.settle(None);
        if !self.standing.peek(|standing| matches!(standing, Standing::Out(_))) {
            self.standing.set(Standing::Out(why));
        }
    }

    fn tick(self) {
        if !self.is_in() {
            return;
        }
        let since = |then: f64| (clock::now_ms() - then) / MINUTE_MS;
        // A touch on the cover is no answer: the button there is.
        let asked = self.asking.peek(Option::is_some);
        let touched = if asked { self.touched_before.now() } else { tab::touched_at() };
        match idle::step(since(self.requested_at.now()), since(touched)) {
            Step::Nothing => {}
            Step::Stay if asked => {}
            Step::Stay => self.stay(),
            Step::Ask(minutes) => {
                self.touched_before.take_quietly(|before| *before = touched);
                self.asking.settle(Some(minutes));
            }
            Step::Look => {
                self.end();
                self.look();
            }
            Step::Over => self.let_go(),
        }
    }

    /// Ends it at the server as well. What she was writing stays in this tab.
    fn let_go(self) {
        self.end();
        spawn_local(async move {
            // Where it does not arrive, the session ends by itself.
            let _ = server::post::<_, IgnoredAny>("sign-out", &Empty {}).await;
        });
    }

    /// 続ける
    pub fn stay(self) {
        tab::touch();
        spawn_local(async move {
            if let Ok(me) = self.post::<_, Me>("stay", &Empty {}).await {
                self.asking.settle(None);
                self.enter(me);
            }
        });
    }

    pub fn sign_out(self) {
        spawn_local(async move {
            // Even where it does not arrive: the screen is left, and the session ends by itself.
            let _ = server::post::<_, IgnoredAny>("sign-out", &Empty {}).await;
            self.drafts.clear();
            self.asking.settle(None);
            self.standing.set(Standing::Out(Why::Left));
        });
    }

    pub fn sign_in(self) {
        self.ceremony(self.show_passkey());
    }

    async fn show_passkey(self) -> Result<(), NoWay> {
        let begun: Begun = server::post("sign-in/begin", &Empty {}).await.map_err(NoWay::Server)?;
        let credential = passkey::get(&begun.options).await.map_err(NoWay::Passkey)?;
        let finish = Finish { ceremony: begun.ceremony, credential, name: None };
        let me: Me = server::post("sign-in/finish", &finish).await.map_err(NoWay::Server)?;
        self.enter(me);
        Ok(())
    }

    /// What changes her ways in. Where she signed in a while ago she shows her passkey once more, and it goes on by itself.
    pub(super) async fn by_her_finger<T: DeserializeOwned>(self, path: &str) -> Result<T, NoWay> {
        match self.post(path, &Empty {}).await {
            Err(trouble) if trouble.fault() == Some(Fault::SignInAgain) => {
                self.show_passkey().await?;
                self.post(path, &Empty {}).await
            }
            answered => answered,
        }
        .map_err(NoWay::Server)
    }

    /// Reads the code of an invitation out of the address, once, and asks what it leads to.
    pub fn read_invitation(self) {
        let taken = browser::document::take_fragment(|hash| hash.strip_prefix('#').map(str::to_owned));
        if let Some(code) = taken.filter(|code| is_code(code)) {
            self.code.set(Some(code));
        }
        let Some(code) = self.code.now() else {
            self.invitation.settle(Fetched::Failed(Trouble::Broken));
            return;
        };
        spawn_local(async move {
            let found = server::get(&["invitations/", &code].concat()).await;
            self.invitation.settle(found.map_or_else(Fetched::Failed, Fetched::There));
        });
    }

    /// Takes the invitation up under this name: makes her passkey and lets her in.
    pub fn accept(self, name: String, then: impl Fn() + 'static) {
        let Some(code) = self.code.now() else { return };
        let name = name.trim().to_owned();
        if name.is_empty() {
            self.wrong.set(Some(NoWay::NameMissing));
            return;
        }
        self.ceremony(async move {
            let path = |half: &str| ["invitations/", &code, half].concat();
            let begun: Begun = server::post(&path("/begin"), &Empty {}).await.map_err(NoWay::Server)?;
            let credential = passkey::create(&begun.options).await.map_err(NoWay::Passkey)?;
            let finish = Finish { ceremony: begun.ceremony, credential, name: Some(name) };
            let me: Me = server::post(&path("/finish"), &finish).await.map_err(NoWay::Server)?;
            self.code.set(None);
            self.enter(me);
            then();
            Ok(())
        });
    }

    pub(super) fn ceremony(self, steps: impl Future<Output = Result<(), NoWay>> + 'static) {
        if self.busy.now() {
            return;
        }
        self.busy.set(true);
        self.wrong.settle(None);
        spawn_local(async move {
            if let Err(wrong) = steps.await {
                // An invitation that is over stays so: the page says what to do instead.
                if let NoWay::Server(trouble) = &wrong
                    && trouble.fault() == Some(Fault::InvitationOver)
                {
                    self.invitation.settle(Fetched::Failed(trouble.clone()));
                }
                self.wrong.set(Some(wrong));
            }
            self.busy.set(false);
        });
    }
}

/// What asks for nothing more.
#[derive(Serialize)]
pub(super) struct Empty {}

/// Codes are base64url: nothing else may become part of an address.
fn is_code(code: &str) -> bool {
    !code.is_empty()
        && code.len() <= 100
        && code.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_a_code_becomes_part_of_an_address() {
        assert!(is_code("Zm9v-YmFy_"));
        for code in ["", "a/b", "a?b", "..", "%2e", "あ"] {
            assert!(!is_code(code), "{code}");
        }
    }
}
