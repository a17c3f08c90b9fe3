//! Mails: composed from what is known and her sealed letter, and handed over.
//!
//! Nothing a founder wrote goes into a mail but the address it goes to; of the team, its reason and its own lines. Everything that could name the consultation on a
//! screen others see (sender, subject, text, entry) is neutral when she asked for that.

mod compose;
pub mod invitation;
mod post;
mod smtp_url;

pub use compose::{Telling, Written, compose, name, written};
pub use post::{Failure, LIMIT, Post};
pub use smtp_url::SmtpUrl;

use std::net::SocketAddr;

use domain::booking::contact::Mail;

use crate::config::{Config, PublicUrl};

/// Where mails come from and where their links lead.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Scheme, host and folder, without a slash at the end.
    base: String,
    /// Of message and calendar ids, which must be the same for the life of a booking.
    pub host: String,
    pub from: Mail,
}

/// Reserved by RFC 2606: ids of a server that has no name of its own yet belong to nobody else.
const NAMELESS: &str = "tonari.invalid";

impl Origin {
    /// # Panics
    /// Never: the address made up for a server without one is an address.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        let made = Self::new(config.public_url.as_ref(), config.listen, config.mail_from.as_ref());
        let folder = config.files.as_ref().map_or("", |folder| folder.prefix());
        Self { base: made.base + folder, ..made }
    }

    /// # Panics
    /// Never, as above.
    #[must_use]
    pub fn new(public_url: Option<&PublicUrl>, listen: SocketAddr, from: Option<&Mail>) -> Self {
        let host = public_url.map(PublicUrl::host);
        // An address of digits, or a name of this machine only, is nobody's for long.
        let host = host
            .filter(|host| host.contains('.') && host.contains(|c: char| c.is_ascii_alphabetic()))
            .unwrap_or(NAMELESS)
            .to_owned();
        let base = public_url.map_or_else(|| format!("http://{listen}"), |url| url.as_str().to_owned());
        let from = from.cloned().unwrap_or_else(|| {
            Mail::parse(&format!("no-reply@{host}"))
                .or_else(|_| Mail::parse(&format!("no-reply@{NAMELESS}")))
                .expect("it is an address")
        });
        Self { base, host, from }
    }

    /// One of our addresses, as others are told it.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The page of a booking.
    #[must_use]
    pub fn booking(&self, token: &str) -> String {
        format!("{}/bookings/{token}", self.base)
    }
}

#[cfg(test)]
mod tests;
