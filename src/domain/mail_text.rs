//! What a team may add to the mails that go out in its name: a few lines of its own, as plain text, before and after what the
//! mail says anyway. Nothing is filled in, so they can say nothing of her that the mail does not.
//!
//! **A discreet mail carries none of them.** Whatever a team writes about its door may name it, and no rule could tell.

/// Characters of one text.
pub const MOST: usize = 400;
pub const MOST_LINES: usize = 12;

/// Where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// After the first sentence.
    pub greeting: String,
    /// Before the last one.
    pub closing: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    TooLong,
    TooManyLines,
    /// Something that is a link to programs of mail, and not one over https to a host with a name.
    Link,
    /// Braces: who writes them believes that something is put in their place.
    Braces,
    /// Signs that are not seen, or that turn the direction of what is read.
    Unseen,
}

impl Wrong {
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::TooManyLines => "too_many_lines",
            Self::Link => "link",
            Self::Braces => "braces",
            Self::Unseen => "unseen",
        }
    }
}

/// As it is kept and sent: trimmed, lines ended by `\n`. An empty one is none.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn written(text: &str) -> Result<String, Wrong> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.chars().count() > MOST {
        return Err(Wrong::TooLong);
    }
    if text.chars().any(is_unseen) {
        return Err(Wrong::Unseen);
    }
    if text.contains(['{', '}']) {
        return Err(Wrong::Braces);
    }
    if text.lines().count() > MOST_LINES {
        return Err(Wrong::TooManyLines);
    }
    if text.split(is_between_words).all(is_harmless) { Ok(text.to_owned()) } else { Err(Wrong::Link) }
}

/// Controls but the line's end, marks of direction and of width nothing, and what is no character at all.
pub(crate) fn is_unseen(c: char) -> bool {
    let line_end = c == '\n';
    let code = u32::from(c);
    let nothing_to_see = matches!(code, 0xAD | 0x61C | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF)
        || matches!(code, 0xFFF9..=0xFFFB | 0xE0000..=0xE0FFF);
    !line_end && c.is_control() || nothing_to_see || code & 0xFFFE == 0xFFFE
}

fn is_between_words(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '、' | '。' | '（' | '）' | '「' | '」' | '：' | '<' | '>' | '(' | ')' | '"')
}

/// Programs of mail make links of more than `https://`.
fn is_harmless(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let Some(at) = lower.find("https://") else {
        let makes_a_link = ["://", "www.", "mailto:", "javascript:", "data:", "tel:", "file:"];
        return makes_a_link.iter().all(|one| !lower.contains(one));
    };
    let (before, after) = (&lower[..at], &lower[at + "https://".len()..]);
    let host = after.split(['/', '?', '#']).next().unwrap_or_default();
    // `https://bank.example@elsewhere.example` leads elsewhere, and digits name nobody.
    let is_host = host.contains('.')
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
        && host.bytes().any(|b| b.is_ascii_alphabetic());
    is_host && !after.contains("://") && (before.is_empty() || !before.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_team_says_about_its_door_is_taken_as_it_is() {
        let text = "北口から入り、2階へお越しください。\r\n持ち物：本人確認書類\n\n地図 https://www.example.jp/map?a=1";
        assert_eq!(written(text).as_deref(), Ok(&*text.replace('\r', "")));
        assert_eq!(written("地図はhttps://example.jp/です").as_deref(), Ok("地図はhttps://example.jp/です"));
        assert_eq!(written(" \n ").as_deref(), Ok(""));
        assert_eq!(
            written("9:00〜17:00　電話 0852-21-0561").as_deref(),
            Ok("9:00〜17:00　電話 0852-21-0561")
        );
        assert!(written(&"あ".repeat(MOST)).is_ok());
    }

    // A line that a mail program made a link of led to another host than it showed.
    #[test]
    fn only_links_over_https_to_a_host_with_a_name_get_through() {
        for text in [
            "http://example.jp",
            "HTTP://example.jp",
            "ftp://example.jp",
            "www.example.jp",
            "mailto:a@example.jp",
            "javascript:alert(1)",
            "https://",
            "https://localhost/",
            "https://192.168.0.2/",
            "https://example.jp@evil.example/",
            "https://example.jp/http://evil.example",
            "xhttps://example.jp",
            "https://example.jp:8443/",
        ] {
            assert_eq!(written(text), Err(Wrong::Link), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_seen_or_is_too_much_is_refused_by_name() {
        let long = "あ".repeat(MOST + 1);
        let tall = "a\n".repeat(MOST_LINES) + "a";
        for (text, wrong) in [
            (&*long, Wrong::TooLong),
            (&*tall, Wrong::TooManyLines),
            ("{name} 様", Wrong::Braces),
            ("a\u{202e}b", Wrong::Unseen),
            ("a\u{200b}b", Wrong::Unseen),
            ("a\rBcc: b@example.jp", Wrong::Unseen),
            ("a\u{0}b", Wrong::Unseen),
            ("a\tb", Wrong::Unseen),
        ] {
            assert_eq!(written(text), Err(wrong), "{text:?}");
        }
    }
}
