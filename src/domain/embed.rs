//! Which pages of others may show ours in a frame: a page is named by its origin, as browsers compare them.
//!
//! An origin goes into a response header beside others, so whatever could end it there, or begin another rule, is no
//! origin. What browsers would never match (an address of digits, another alphabet) is refused instead of kept in vain.

use std::fmt;

use thiserror::Error;

/// As long as a name may be (RFC 1035).
const HOST_MAX: usize = 253;
const LABEL_MAX: usize = 63;

/// Hosts of this machine: the only ones that are reached without encryption.
const THIS_MACHINE: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Scheme, host and, where it is not the usual one, port; in lower case: `https://www.example.jp`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin(String);

/// What somebody has to write differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadOrigin {
    #[error("it has to begin with https://")]
    Scheme,
    #[error("http:// is for this machine only (localhost, 127.0.0.1, [::1]); write https://")]
    Unencrypted,
    #[error("write scheme and host only, without a path, a query or a mark")]
    Path,
    #[error("write it without a user")]
    User,
    #[error("* stands for nothing here; name each host")]
    Wildcard,
    #[error("write a host of another alphabet in its form for machines (xn--…)")]
    Alphabet,
    #[error("browsers match no address of digits; write the host's name")]
    Digits,
    #[error("the host is no name of a host")]
    Host,
    #[error("the port is no number from 1 to 65535")]
    Port,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Http,
    Https,
}

impl Origin {
    /// As typed: capitals, the usual port and a slash at the end are what a browser would leave out.
    ///
    /// # Errors
    /// The first thing that keeps it from being one.
    pub fn parse(text: &str) -> Result<Self, BadOrigin> {
        let text = text.to_ascii_lowercase();
        let (scheme, rest) = parted(&text)?;
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        if authority.contains(['/', '?', '#', '\\']) {
            return Err(BadOrigin::Path);
        }
        let (host, port) = host_and_port(authority)?;
        host_is_one(host)?;
        if scheme == Scheme::Http && !THIS_MACHINE.contains(&host) {
            return Err(BadOrigin::Unencrypted);
        }
        Ok(Self(match port {
            None => format!("{}{host}", scheme.text()),
            Some(port) if port == scheme.usual_port() => format!("{}{host}", scheme.text()),
            Some(port) => format!("{}{host}:{port}", scheme.text()),
        }))
    }

    /// Of a page somewhere on it, as the directory names official sites. `None` for one that may frame nothing.
    #[must_use]
    pub fn of_page(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        Self::parse(&format!("{scheme}://{authority}")).ok()
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl Scheme {
    const fn text(self) -> &'static str {
        match self {
            Self::Http => "http://",
            Self::Https => "https://",
        }
    }

    const fn usual_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

fn parted(text: &str) -> Result<(Scheme, &str), BadOrigin> {
    let with = |scheme: Scheme| Some((scheme, text.strip_prefix(scheme.text())?));
    with(Scheme::Https).or_else(|| with(Scheme::Http)).ok_or(BadOrigin::Scheme)
}

fn host_and_port(authority: &str) -> Result<(&str, Option<u16>), BadOrigin> {
    if authority.contains('@') {
        return Err(BadOrigin::User);
    }
    // The colons of an address in brackets are its own.
    let begin = authority.find(']').unwrap_or_default();
    let Some(colon) = authority[begin..].find(':') else { return Ok((authority, None)) };
    let (host, port) = authority.split_at(begin + colon);
    let digits = &port[1..];
    let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let port = digits.parse().ok().filter(|port| all_digits && *port > 0);
    Ok((host, Some(port.ok_or(BadOrigin::Port)?)))
}

fn host_is_one(host: &str) -> Result<(), BadOrigin> {
    if THIS_MACHINE.contains(&host) {
        return Ok(());
    }
    if host.contains('*') {
        return Err(BadOrigin::Wildcard);
    }
    if !host.is_ascii() {
        return Err(BadOrigin::Alphabet);
    }
    let label_is_one = |label: &str| {
        let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (1..=LABEL_MAX).contains(&label.len())
            && label.bytes().all(inner)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    // Browsers take what ends in a number for an address, in any of its old notations.
    let last = host.rsplit('.').next().unwrap_or(host);
    if host.starts_with('[') || last.starts_with("0x") || last.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(if host.is_empty() || host.ends_with('.') { BadOrigin::Host } else { BadOrigin::Digits });
    }
    if host.len() <= HOST_MAX && host.split('.').all(label_is_one) { Ok(()) } else { Err(BadOrigin::Host) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_origin_is_written_as_a_browser_says_it() {
        for (text, expected) in [
            ("https://www.example.jp", "https://www.example.jp"),
            ("https://www.example.jp/", "https://www.example.jp"),
            ("HTTPS://WWW.Example.JP", "https://www.example.jp"),
            ("https://example.jp:443", "https://example.jp"),
            ("https://example.jp:8443", "https://example.jp:8443"),
            ("https://xn--wgv71a119e.jp", "https://xn--wgv71a119e.jp"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://127.0.0.1:80", "http://127.0.0.1"),
            ("http://[::1]:3000", "http://[::1]:3000"),
            ("https://localhost", "https://localhost"),
        ] {
            assert_eq!(Origin::parse(text).map(|origin| origin.0), Ok(expected.to_owned()), "{text}");
        }
    }

    // A whole page's address was pasted, and the header that was made of it allowed everybody.
    #[test]
    fn what_is_no_origin_is_refused_with_what_to_write_instead() {
        for (text, expected) in [
            ("", BadOrigin::Scheme),
            ("www.example.jp", BadOrigin::Scheme),
            ("ftp://example.jp", BadOrigin::Scheme),
            ("javascript:alert(1)", BadOrigin::Scheme),
            (" https://example.jp", BadOrigin::Scheme),
            ("null", BadOrigin::Scheme),
            ("'self'", BadOrigin::Scheme),
            ("http://example.jp", BadOrigin::Unencrypted),
            ("http://localhost.example.jp", BadOrigin::Unencrypted),
            ("https://example.jp/founders", BadOrigin::Path),
            ("https://example.jp//", BadOrigin::Path),
            ("https://example.jp?x", BadOrigin::Path),
            ("https://example.jp#x", BadOrigin::Path),
            ("https://example.jp\\x", BadOrigin::Path),
            ("https://hanako@example.jp", BadOrigin::User),
            ("https://www.example.jp:x@evil.example", BadOrigin::User),
            ("https://*.example.jp", BadOrigin::Wildcard),
            ("https://*", BadOrigin::Wildcard),
            ("https://日本語.jp", BadOrigin::Alphabet),
            ("https://192.0.2.1", BadOrigin::Digits),
            ("https://0x7f000001", BadOrigin::Digits),
            ("https://2130706433", BadOrigin::Digits),
            ("https://[2001:db8::1]", BadOrigin::Digits),
            ("https://", BadOrigin::Host),
            ("https:///", BadOrigin::Host),
            ("https://example.jp.", BadOrigin::Host),
            ("https://-example.jp", BadOrigin::Host),
            ("https://ex_ample.jp", BadOrigin::Host),
            ("https://example.jp; sandbox", BadOrigin::Host),
            ("https://example.jp, https://evil.example", BadOrigin::Path),
            ("https://example.jp https:", BadOrigin::Port),
            ("https://example.jp:", BadOrigin::Port),
            ("https://example.jp:0", BadOrigin::Port),
            ("https://example.jp:+443", BadOrigin::Port),
            ("https://example.jp:65536", BadOrigin::Port),
        ] {
            assert_eq!(Origin::parse(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn of_a_page_only_what_is_reached_encrypted_is_taken() {
        let of = |url: &str| Origin::of_page(url).map(|origin| origin.0);
        assert_eq!(of("https://www.example.jp/usage/135?a#b").as_deref(), Some("https://www.example.jp"));
        assert_eq!(of("http://www.example.jp/"), None);
        assert_eq!(of("www.example.jp"), None);
    }

    /// Near misses: pieces of origins and of headers in any order.
    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("https://"),
            Just("http://"),
            Just("localhost"),
            Just("example"),
            Just(".jp"),
            Just(":8443"),
            Just("[::1]"),
            Just("/"),
            Just(";"),
            Just(","),
            Just(" "),
            Just("\r\n"),
            Just("\t"),
            Just("'"),
            Just("*"),
            Just("@"),
            Just("xn--a"),
            Just("\u{0}"),
            Just("。"),
            Just("\u{7f}"),
            Just("\u{200b}"),
        ];
        prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn whatever_is_an_origin_fits_into_a_header_and_is_one_again(
            text in prop_oneof!["\\PC*", "https://\\PC*", "https?://.{0,12}[a-z.:]{0,9}", pieces()],
        ) {
            if let Ok(origin) = Origin::parse(&text) {
                let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ":/.-[]".contains(c);
                prop_assert!(origin.as_str().chars().all(plain), "{origin}");
                prop_assert!(origin.as_str().starts_with("https://") || origin.as_str().starts_with("http://"));
                prop_assert_eq!(origin.as_str().matches('/').count(), 2);
                prop_assert_eq!(Origin::parse(origin.as_str()), Ok(origin.clone()));
                prop_assert_eq!(Origin::of_page(&format!("{origin}/a?b")), Some(origin));
            }
        }

        #[test]
        fn every_plain_host_is_one(labels in prop::collection::vec("[a-z][a-z0-9]{0,20}", 1..5), port in 1..=u16::MAX) {
            let host = labels.join(".");
            prop_assume!(!labels.last().is_some_and(|last| last.starts_with("0x")));
            let origin = Origin::parse(&format!("https://{host}:{port}")).unwrap();
            let port = if port == 443 { String::new() } else { format!(":{port}") };
            prop_assert_eq!(origin.as_str(), format!("https://{}{}", host, port));
        }
    }
}
