//! A telephone with a passkey, as a browser uses it: a real authenticator and a real client, in software.

use async_trait::async_trait;
use domain::api::desk::Begun;
use passkey::authenticator::{Authenticator, UiHint, UserCheck, UserValidationMethod};
use passkey::client::{Client, DefaultClientData};
use passkey::crypto::rust_crypto::RustCryptoBackend;
use passkey::types::Passkey;
use passkey::types::ctap2::{Aaguid, Ctap2Error};
use passkey::types::webauthn::{CredentialCreationOptions, CredentialRequestOptions};
use serde_json::{Value, json};
use url::Url;

/// Under which name the browser knows the page.
pub const LOCAL: &str = "http://localhost:8080";

#[derive(Clone, Default)]
pub struct Device {
    pub passkey: Option<Passkey>,
    /// Whoever holds it has neither the finger nor the PIN.
    pub is_strangers: bool,
}

struct Finger {
    is_hers: bool,
}

#[async_trait]
impl UserValidationMethod for Finger {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(
        &self,
        hint: UiHint<'a, Passkey>,
        _: bool,
        _: bool,
    ) -> Result<UserCheck, Ctap2Error> {
        // The authenticator leaves it to the telephone's owner; browsers say no.
        if matches!(hint, UiHint::InformExcludedCredentialFound(_)) {
            return Err(Ctap2Error::CredentialExcluded);
        }
        Ok(UserCheck { presence: true, verification: self.is_hers })
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(true)
    }
}

impl Device {
    fn inside(&self) -> Authenticator<Option<Passkey>, Finger, RustCryptoBackend> {
        let finger = Finger { is_hers: !self.is_strangers };
        let mut inside =
            Authenticator::new(Aaguid::new_empty(), self.passkey.clone(), finger, RustCryptoBackend);
        inside.set_make_credentials_with_signature_counter(true);
        inside
    }

    /// `PublicKeyCredential.toJSON()` of what `navigator.credentials.create` makes; an error where the device refuses.
    pub async fn create(&mut self, origin: &str, begun: &Begun) -> Result<String, String> {
        let options: Value = serde_json::from_str(&begun.options).unwrap();
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
        let options: CredentialCreationOptions =
            serde_json::from_value(json!({ "publicKey": options })).unwrap();
        let mut browser = Client::new(self.inside()).allows_insecure_localhost(true);
        let made = browser.register(&Url::parse(origin).unwrap(), options, DefaultClientData).await;
        self.passkey = browser.authenticator().store().clone();
        made.map(|made| serde_json::to_string(&made).unwrap()).map_err(|why| format!("{why:?}"))
    }

    /// The same of `navigator.credentials.get`.
    pub async fn show(&mut self, origin: &str, begun: &Begun) -> Result<String, String> {
        let options: Value = serde_json::from_str(&begun.options).unwrap();
        assert_eq!(options["userVerification"], "required");
        self.show_as_asked(origin, &begun.options).await
    }

    pub async fn show_as_asked(&mut self, origin: &str, options: &str) -> Result<String, String> {
        let mut options: Value = serde_json::from_str(options).unwrap();
        // A list of none is no list: any passkey of this page will do.
        assert_eq!(options["allowCredentials"].take(), json!([]));
        let options: CredentialRequestOptions =
            serde_json::from_value(json!({ "publicKey": options })).unwrap();
        let mut browser = Client::new(self.inside()).allows_insecure_localhost(true);
        let shown = browser.authenticate(&Url::parse(origin).unwrap(), options, DefaultClientData).await;
        self.passkey = browser.authenticator().store().clone();
        shown.map(|shown| serde_json::to_string(&shown).unwrap()).map_err(|why| format!("{why:?}"))
    }
}
