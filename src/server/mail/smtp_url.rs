//! The address of the mail server that takes our mails, with what it asks us for.
//!
//! `smtps://` is encrypted from the first byte. `smtp://` has to become so by STARTTLS before anything is said, unless
//! the server is this machine or the operator wrote `?tls=none`. Never shown: it may hold a password.

use std::fmt;
use std::net::IpAddr;

use url::{Host, Url};

#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl(Url);

impl SmtpUrl {
    /// # Errors
    /// In words that do not repeat what was given.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const SHAPE: &str = "it has to be smtp:// or smtps:// and a host";
        let mut url = Url::parse(text).map_err(|_| SHAPE)?;
        if !matches!(url.scheme(), "smtp" | "smtps") || url.host_str().is_none_or(str::is_empty) {
            return Err(SHAPE);
        }
        // A server waits there for encryption, and we would wait for its greeting, for ever.
        if url.scheme() == "smtp" && url.port() == Some(465) {
            return Err("port 465 is spoken to by smtps://");
        }
        let open = match url.query() {
            None => url.scheme() == "smtp" && is_this_machine(&url),
            Some("tls=none") if url.scheme() == "smtp" => true,
            Some("tls=required") => false,
            Some(_) => return Err("?tls= may be required or none"),
        };
        if open && !is_this_machine(&url) && !url.username().is_empty() {
            return Err("a password is not sent without encryption");
        }
        let encrypted_later = url.scheme() == "smtp" && !open;
        url.set_query(encrypted_later.then_some("tls=required"));
        Ok(Self(url))
    }

    pub(super) fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// `smtp` is none of the schemes whose hosts are read as numbers.
fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmtpUrl(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_in_the_clear_to_another_machine_unless_asked_for() {
        for (text, used) in [
            ("smtps://who:secret@mail.example.jp", "smtps://who:secret@mail.example.jp"),
            ("smtp://mail.example.jp:587", "smtp://mail.example.jp:587?tls=required"),
            ("smtp://127.0.0.1:2525", "smtp://127.0.0.1:2525"),
            ("smtp://localhost", "smtp://localhost"),
            ("smtp://relay:1025?tls=none", "smtp://relay:1025"),
            ("smtp://localhost:25?tls=required", "smtp://localhost:25?tls=required"),
        ] {
            assert_eq!(SmtpUrl::parse(text).unwrap().as_str(), used);
        }
    }

    // A password stood in the log, in the line that said why the setting was wrong.
    #[test]
    fn what_cannot_work_is_refused_without_repeating_it() {
        for bad in [
            "",
            "mail.example.jp:587",
            "http://mail.example.jp",
            "smtp://",
            "smtp://who:secret@mail.example.jp:465",
            "smtp://who:secret@mail.example.jp?tls=none",
            "smtp://mail.example.jp?tls=opportunistic",
        ] {
            let why = SmtpUrl::parse(bad).unwrap_err();
            assert!(!why.contains("secret") && !why.contains("example"), "{why}");
        }
        let good = SmtpUrl::parse("smtps://who:secret@mail.example.jp").unwrap();
        assert!(!format!("{good:?}").contains("secret"));
    }
}
