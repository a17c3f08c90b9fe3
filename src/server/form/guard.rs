//! Tells a program from a person without asking her anything: the page carries when it was made, signed, and a field
//! that no person sees. Who is doubted is not refused but asked to send once more; nothing she wrote is lost.

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::service::vault::{Vault, random};

/// Seconds. Nobody reads and fills in the form as fast as this.
const HURRY: i64 = 3;

/// Seconds a page may lie open; then its times are old.
const LIFE: i64 = 86_400;

/// Seconds under pressure between the question whether she still wants it and her yes.
const PATIENCE: i64 = 5;

/// Seconds in which her yes counts.
const CONFIRM_WITHIN: i64 = 900;

/// What one page of the form is known by. Its key is the idempotency key: sent twice is booked once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub key: String,
    /// Seconds since 1970.
    pub made_at: i64,
    pub mark: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Not a page of ours, or one of yesterday.
    Stale,
    Hurried,
    /// The field that no person sees is filled in.
    Trapped,
}

impl Stamp {
    #[must_use]
    pub fn fresh(vault: &Vault, now: i64) -> Self {
        let key = URL_SAFE_NO_PAD.encode(random::<16>());
        let mark = vault.mark(&said(&key, now));
        Self { key, made_at: now, mark }
    }

    /// Another key for the same page: the old one has its answer.
    #[must_use]
    pub fn renewed(&self, vault: &Vault) -> Self {
        Self::fresh(vault, self.made_at)
    }

    #[must_use]
    pub fn doubt(&self, vault: &Vault, trap: &str, now: i64) -> Option<Doubt> {
        // Whoever can measure how much of a mark was right would learn it letter by letter; it is worth nothing but
        // a form, so plain comparison is enough.
        let is_ours = self.mark == vault.mark(&said(&self.key, self.made_at)) || self.is_question(vault);
        if !is_ours || now - self.made_at > LIFE {
            return Some(Doubt::Stale);
        }
        if !trap.is_empty() {
            return Some(Doubt::Trapped);
        }
        (now - self.made_at < HURRY).then_some(Doubt::Hurried)
    }

    /// Under pressure: the same page, with the question whether she still wants it. Asked too early again it stays the
    /// same question, so that her waiting counts.
    #[must_use]
    pub fn question(&self, vault: &Vault, now: i64) -> Self {
        if self.is_question(vault) && now - self.made_at < PATIENCE {
            return self.clone();
        }
        let key = self.key.clone();
        Self { mark: vault.mark(&asked(&key, now)), key, made_at: now }
    }

    /// Whether this is her yes.
    #[must_use]
    pub fn confirms(&self, vault: &Vault, now: i64) -> bool {
        self.is_question(vault) && (PATIENCE..=CONFIRM_WITHIN).contains(&(now - self.made_at))
    }

    fn is_question(&self, vault: &Vault) -> bool {
        self.mark == vault.mark(&asked(&self.key, self.made_at))
    }
}

fn said(key: &str, made_at: i64) -> String {
    format!("form {key} {made_at}")
}

fn asked(key: &str, made_at: i64) -> String {
    format!("form again {key} {made_at}")
}

/// A page of somebody else sends her browser here.
#[must_use]
pub fn from_elsewhere(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text(header::ORIGIN.as_str()), text(header::HOST.as_str())) {
        (Some(site), _, _) => !matches!(site, "same-origin" | "none"),
        // Without a referrer browsers name no origin; those that know no `Sec-Fetch-Site` cannot say more.
        (None, None | Some("null"), _) => false,
        (None, Some(origin), host) => origin.split_once("://").map(|(_, host)| host) != host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_believed_from_three_seconds_to_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::load_or_create(&folder.path().join("booking.keys"), 0).unwrap();
        let stamp = Stamp::fresh(&vault, 1_000);
        for (after, doubt) in [
            (0, Some(Doubt::Hurried)),
            (HURRY - 1, Some(Doubt::Hurried)),
            (HURRY, None),
            (LIFE, None),
            (LIFE + 1, Some(Doubt::Stale)),
        ] {
            assert_eq!(stamp.doubt(&vault, "", 1_000 + after), doubt, "{after}");
        }
        assert_eq!(stamp.doubt(&vault, "http://buy.example", 2_000), Some(Doubt::Trapped));
        let older = Stamp { made_at: 900, ..stamp.clone() };
        assert_eq!(older.doubt(&vault, "", 1_001), Some(Doubt::Stale), "made older than it is");
        let other = Stamp { key: "mine".to_owned(), ..stamp };
        assert_eq!(other.doubt(&vault, "", 1_010), Some(Doubt::Stale));
    }

    #[test]
    fn a_question_is_answered_after_five_seconds_and_by_its_own_page() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::load_or_create(&folder.path().join("booking.keys"), 0).unwrap();
        let page = Stamp::fresh(&vault, 1_000);
        assert!(!page.confirms(&vault, 1_010), "nobody asked yet");
        let question = page.question(&vault, 2_000);
        assert_eq!(question.key, page.key, "it is still one booking");
        for (after, confirms) in
            [(0, false), (PATIENCE - 1, false), (PATIENCE, true), (CONFIRM_WITHIN + 1, false)]
        {
            assert_eq!(question.confirms(&vault, 2_000 + after), confirms, "{after}");
        }
        assert_eq!(question.question(&vault, 2_001), question, "her waiting counts");
        assert_eq!(question.doubt(&vault, "", 2_000 + PATIENCE), None);
        let older = Stamp { made_at: 1_990, ..question };
        assert!(!older.confirms(&vault, 2_000) && older.doubt(&vault, "", 2_000) == Some(Doubt::Stale));
    }

    #[test]
    fn e05_a_form_on_a_foreign_page_is_known_by_what_the_browser_says() {
        let headers = |pairs: &[(&'static str, &'static str)]| {
            pairs.iter().fold(HeaderMap::new(), |mut headers, (name, value)| {
                headers.insert(*name, value.parse().unwrap());
                headers
            })
        };
        for (pairs, elsewhere) in [
            (&[("sec-fetch-site", "same-origin")][..], false),
            (&[("sec-fetch-site", "none")], false),
            (&[("sec-fetch-site", "cross-site")], true),
            (&[("sec-fetch-site", "same-site")], true),
            (&[("origin", "https://evil.example"), ("host", "tonari.example.jp")], true),
            (&[("origin", "https://tonari.example.jp"), ("host", "tonari.example.jp")], false),
            (&[("origin", "null"), ("host", "tonari.example.jp")], false),
            (&[], false),
        ] {
            assert_eq!(from_elsewhere(&headers(pairs)), elsewhere, "{pairs:?}");
        }
    }
}
