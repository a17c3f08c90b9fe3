//! Content lines by the letter of RFC 5545, section 3.1: CRLF, folded at 75 octets, text escaped.
//!
//! Programs that read calendars forgive most mistakes here and then show no event at all, so nothing is left to them.

/// Octets of a line without its CRLF.
const MOST: usize = 75;

/// Grows line by line. Values go in as they are; [`Lines::text`] escapes.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A value that is ours and holds nothing to escape.
    pub(super) fn plain(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{}", escaped(value)));
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }

    /// The space that begins a further line counts; a character is never cut, emoji have four octets.
    fn fold(&mut self, line: &str) {
        let mut used = 0;
        for c in line.chars() {
            if used + c.len_utf8() > MOST {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(c);
            used += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A TEXT value. Control characters, also of the second block, are none of a calendar's and are dropped; everything that
/// ends a line for somebody ends it for us.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' if before == Some('\r') => {}
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
        before = Some(c);
    }
    out
}

/// An address as a URI; what has a meaning in one is written as a number.
pub(super) fn mailto(address: &str) -> String {
    let mut uri = "mailto:".to_owned();
    for byte in address.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'@' | b'+' | b'\'' => {
                uri.push(char::from(byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_is_escaped_and_what_has_none_dropped() {
        for (text, written) in [
            ("来所; 10時, 3階", "来所\\; 10時\\, 3階"),
            ("C:\\nothing", "C:\\\\nothing"),
            ("one\r\ntwo\nthree\rfour\u{2028}five", "one\\ntwo\\nthree\\nfour\\nfive"),
            ("a\0b\u{7f}c\u{85}d\u{1b}[0m", "abcd[0m"),
        ] {
            assert_eq!(escaped(text), written);
        }
        assert_eq!(mailto("a&b=?%@example.jp"), "mailto:a%26b%3D%3F%25@example.jp");
    }

    // An emoji lay across the fold and came out as two question marks.
    #[test]
    fn e04_a_character_is_never_cut_by_a_fold() {
        for ahead in 60..80 {
            let mut lines = Lines::default();
            lines.text("SUMMARY", &format!("{}🌸🌸", "a".repeat(ahead)));
            let text = lines.into_string();
            assert!(text.split("\r\n").all(|line| line.len() <= MOST), "{text:?}");
            assert!(text.replace("\r\n ", "").ends_with("a🌸🌸\r\n"), "{text:?}");
        }
    }
}
