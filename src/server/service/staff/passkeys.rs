//! The ceremonies of passkeys: a first one with an invitation, a further one, and signing in without typing a name.
//!
//! A ceremony's state is in the database, for five minutes and for once, so that any server of several may finish what
//! another began. What the browser sends is believed by the library alone; whose passkey it is, is looked up here.

use std::net::SocketAddr;

use domain::api::desk::{Begun, Finish};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use thiserror::Error;
use url::Url;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Uuid, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::{Desk, fresh_token};
use crate::config::PublicUrl;
use crate::service::vault::{hash, random};
use crate::store::staff::{Joining, Member, NewPasskey, Session, Used};
use crate::store::{StoreError, TokenHash};

/// Seconds to find the telephone, the finger or the stick; browsers wait as long.
const CEREMONY: i64 = 5 * 60;

/// Characters of a name.
const NAME_MAX: usize = 40;

/// What the browser shows beside the passkey.
const SERVICE: &str = "となり";

/// Scheme, host and port where browsers know the desk. `None` where they would have no passkeys for it: on an address of
/// digits, or without encryption elsewhere than on this machine, which is `localhost` to them whatever it listens on.
#[must_use]
pub fn home(public_url: Option<&PublicUrl>, listen: SocketAddr) -> Option<Url> {
    let Some(public) = public_url else {
        return Url::parse(&format!("http://localhost:{}", listen.port())).ok();
    };
    let mut url = Url::parse(public.as_str()).ok()?;
    if url.scheme() == "http" && is_loopback(url.host_str()?) {
        url.set_host(Some("localhost")).ok()?;
    }
    let is_known = url.domain().is_some() && (public.is_https() || url.domain() == Some("localhost"));
    is_known.then_some(url)
}

/// Names of this machine.
#[must_use]
pub fn is_loopback(host: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].contains(&host)
}

/// How one comes in.
pub struct WayIn {
    pub desk: Desk,
    webauthn: Webauthn,
}

#[derive(Serialize, Deserialize)]
enum Ceremony {
    SignIn(DiscoverableAuthentication),
    Join { code: TokenHash, handle: [u8; 16], state: PasskeyRegistration },
    Add { member: i64, state: PasskeyRegistration },
}

#[derive(Debug, Error)]
pub enum Refused {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the passkey does not let in: {0:?}")]
    Passkey(Why),
    #[error("the invitation was used, taken back, or is too old")]
    Over,
    #[error("a name has 1 to {NAME_MAX} characters")]
    Name,
}

/// For the log; whoever tries learns only that it did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Too slow, used already, begun for something else, or never begun.
    NoSuchCeremony,
    Unreadable,
    /// Nobody's here, or somebody's who is disabled.
    Nobodys,
    /// It counted less often than we saw it: there are two of it.
    Cloned,
    /// Signature, origin, or that nobody was asked for a finger or a PIN.
    Wrong,
}

impl WayIn {
    /// # Errors
    /// An address that cannot have passkeys.
    pub fn at(home: &Url, desk: Desk) -> Result<Self, WebauthnError> {
        let host = home.domain().unwrap_or_default();
        // On this machine the port may be any free one.
        let builder = WebauthnBuilder::new(host, home)?.rp_name(SERVICE).allow_any_port(host == "localhost");
        Ok(Self { desk, webauthn: builder.build()? })
    }

    /// # Errors
    /// As the store says.
    pub async fn begin_sign_in(&self) -> Result<Begun, Refused> {
        let (options, state) = self.webauthn.start_discoverable_authentication().map_err(wrong)?;
        self.keep(&Ceremony::SignIn(state), &options.public_key).await
    }

    /// Whose passkey it is, is signed in. Answers the token of her session.
    ///
    /// # Errors
    /// Why it does not let her in.
    pub async fn finish_sign_in(&self, finish: &Finish) -> Result<(String, Session), Refused> {
        let Ceremony::SignIn(state) = self.taken(&finish.ceremony).await? else {
            return Err(Refused::Passkey(Why::NoSuchCeremony));
        };
        let shown: PublicKeyCredential = read(&finish.credential)?;
        let (handle, credential) =
            self.webauthn.identify_discoverable_authentication(&shown).map_err(wrong)?;
        let found = self.desk.store.passkey(credential.to_vec()).await?;
        let found = found.filter(|(_, whose)| whose.handle == *handle.as_bytes() && !whose.disabled);
        let (kept, member) = found.ok_or(Refused::Passkey(Why::Nobodys))?;
        let mut passkey: Passkey = read(&kept.body)?;
        let outcome = self.webauthn.finish_discoverable_authentication_v2(&shown, state, &passkey);
        if matches!(outcome, Err(WebauthnError::CredentialPossibleCompromise)) {
            let about = format!("passkey:{}", kept.id);
            self.desk.journal.append(self.desk.entry(&member, "passkey_cloned", about)).await?;
            return Err(Refused::Passkey(Why::Cloned));
        }
        passkey.update_credential(&outcome.map_err(wrong)?);
        let (token, now) = (fresh_token(), self.desk.now());
        let used = Used { passkey: kept.id, body: written(&passkey), session: hash(&token), now };
        let entry = self.desk.entry(&member, "signed_in", member.who());
        if !self.desk.store.sign_in(used, entry).await? {
            return Err(Refused::Passkey(Why::Nobodys));
        }
        self.opened(token).await
    }

    /// A passkey for whoever holds this code. `called` is what her browser lists it under.
    ///
    /// # Errors
    /// A code that cannot be used.
    pub async fn begin_joining(&self, code: &str, called: &str) -> Result<Begun, Refused> {
        let code = hash(code);
        let invitation = self.desk.store.invitation(code, self.desk.now()).await?.ok_or(Refused::Over)?;
        let known = match invitation.member {
            Some(id) => self.desk.store.member(id).await?,
            None => None,
        };
        let handle = known.as_ref().map_or_else(random, |member| member.handle);
        // Her old passkeys end with this: one of them may be made anew.
        let (options, state) = self.register(handle, called, Vec::new())?;
        self.keep(&Ceremony::Join { code, handle, state }, &options).await
    }

    /// She is a member now, or one again, and signed in.
    ///
    /// # Errors
    /// A name that is none, a passkey that is refused, an invitation that somebody else used meanwhile.
    pub async fn finish_joining(&self, code: &str, finish: &Finish) -> Result<(String, Session), Refused> {
        let code = hash(code);
        let (now, store) = (self.desk.now(), &self.desk.store);
        let invitation = store.invitation(code, now).await?.ok_or(Refused::Over)?;
        // Before the ceremony is used up: she types it once more, and her passkey stays the one.
        let name = match invitation.member {
            Some(_) => None,
            None => Some(name(finish.name.as_deref().unwrap_or_default()).ok_or(Refused::Name)?),
        };
        let Ceremony::Join { code: begun_for, handle, state } = self.taken(&finish.ceremony).await? else {
            return Err(Refused::Passkey(Why::NoSuchCeremony));
        };
        if begun_for != code {
            return Err(Refused::Passkey(Why::NoSuchCeremony));
        }
        let (passkey, token) = (self.registered(finish, &state)?, fresh_token());
        let joining = Joining { code, handle, name, passkey, session: hash(&token) };
        store.accept(joining, now).await?.ok_or(Refused::Over)?;
        self.opened(token).await
    }

    /// # Errors
    /// As the store says.
    pub async fn begin_adding(&self, member: &Member, called: &str) -> Result<Begun, Refused> {
        let kept = self.desk.store.passkeys(member.id).await?;
        let kept = kept.into_iter().map(|passkey| passkey.credential).collect();
        let (options, state) = self.register(member.handle, called, kept)?;
        self.keep(&Ceremony::Add { member: member.id, state }, &options).await
    }

    /// # Errors
    /// A passkey that is refused.
    pub async fn finish_adding(&self, member: &Member, finish: &Finish) -> Result<(), Refused> {
        let Ceremony::Add { member: begun_for, state } = self.taken(&finish.ceremony).await? else {
            return Err(Refused::Passkey(Why::NoSuchCeremony));
        };
        if begun_for != member.id {
            return Err(Refused::Passkey(Why::NoSuchCeremony));
        }
        let new = self.registered(finish, &state)?;
        let entry = self.desk.entry(member, "passkey_added", member.who());
        match self.desk.store.add_passkey(member.id, new, entry).await? {
            true => Ok(()),
            false => Err(Refused::Passkey(Why::Nobodys)),
        }
    }

    fn register(
        &self,
        handle: [u8; 16],
        called: &str,
        exclude: Vec<Vec<u8>>,
    ) -> Result<(serde_json::Value, PasskeyRegistration), Refused> {
        let handle = Uuid::from_bytes(handle);
        let started = self.webauthn.start_passkey_registration(handle, called, called, Some(exclude));
        let (options, state) = started.map_err(wrong)?;
        let mut options = serde_json::to_value(options.public_key).map_err(|_| unreadable())?;
        // One that its device finds without being told a name; the library leaves that to the device.
        options["authenticatorSelection"]["residentKey"] = "required".into();
        options["authenticatorSelection"]["requireResidentKey"] = true.into();
        Ok((options, state))
    }

    fn registered(&self, finish: &Finish, state: &PasskeyRegistration) -> Result<NewPasskey, Refused> {
        let made: RegisterPublicKeyCredential = read(&finish.credential)?;
        let passkey = self.webauthn.finish_passkey_registration(&made, state).map_err(wrong)?;
        Ok(NewPasskey { credential: passkey.cred_id().to_vec(), body: written(&passkey) })
    }

    async fn keep(&self, ceremony: &Ceremony, options: &impl Serialize) -> Result<Begun, Refused> {
        let id = fresh_token();
        self.desk.store.begin(hash(&id), written(ceremony), self.desk.now() + CEREMONY).await?;
        Ok(Begun { ceremony: id, options: written(options) })
    }

    async fn taken(&self, ceremony: &str) -> Result<Ceremony, Refused> {
        let taken = self.desk.store.take(hash(ceremony), self.desk.now()).await?;
        read(&taken.ok_or(Refused::Passkey(Why::NoSuchCeremony))?)
    }

    async fn opened(&self, token: String) -> Result<(String, Session), Refused> {
        // Whoever disabled her a moment ago ended it again.
        let session = self.desk.session(&token, super::Seen::No).await?;
        Ok((token, session.ok_or(Refused::Passkey(Why::Nobodys))?))
    }
}

/// As it is shown to colleagues and written into their records.
fn name(text: &str) -> Option<String> {
    let name = text.trim();
    let fits = (1..=NAME_MAX).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    fits.then(|| name.to_owned())
}

fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("it is plain JSON")
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Refused> {
    serde_json::from_str(text).map_err(|_| unreadable())
}

const fn unreadable() -> Refused {
    Refused::Passkey(Why::Unreadable)
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
fn wrong(why: WebauthnError) -> Refused {
    // A closed set of names, without what was sent.
    tracing::info!(?why, "a passkey was refused");
    Refused::Passkey(Why::Wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    // An office opened the desk by its server's number; every browser refused, and none said why.
    #[test]
    fn passkeys_are_for_names_and_unencrypted_ones_for_this_machine_only() {
        let listen = "127.0.0.1:8080".parse().unwrap();
        for (public, expected) in [
            (None, Some("http://localhost:8080/")),
            (Some("https://tonari.example.jp"), Some("https://tonari.example.jp/")),
            (Some("https://tonari.example.jp:8443"), Some("https://tonari.example.jp:8443/")),
            (Some("http://127.0.0.1:8080"), Some("http://localhost:8080/")),
            (Some("http://[::1]:8080"), Some("http://localhost:8080/")),
            (Some("http://tonari.example.jp"), None),
            (Some("http://192.168.1.5:8080"), None),
            (Some("https://192.168.1.5"), None),
        ] {
            let public = public.map(|url| url.parse::<PublicUrl>().unwrap());
            let found = home(public.as_ref(), listen);
            assert_eq!(found.as_ref().map(Url::as_str), expected, "{public:?}");
        }
    }

    #[test]
    fn a_name_is_short_and_of_one_line() {
        assert_eq!(name(" 田中 さくら "), Some("田中 さくら".to_owned()));
        assert_eq!(name(&"あ".repeat(41)), None);
        assert!(["", "　", "a\nb", "\u{7}"].into_iter().all(|text| name(text).is_none()));
    }
}
