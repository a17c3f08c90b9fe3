//! Words of other programs as a text of ours may hold them: plain, bounded, without what is not seen, and without marks
//! that nobody meant.

use domain::content::text;
use mail_parser::decoders::html::html_to_text;

/// Some calendars put HTML into a field that is for plain text, some escape it; feeds do both.
pub fn plain(words: &str) -> String {
    let is_html = ["</", "<br", "<p>", "<p ", "<BR", "<P", "&nbsp;", "&lt;", "&amp;"]
        .iter()
        .any(|mark| words.contains(mark));
    if is_html { tidy(&html_to_text(words)) } else { tidy(words) }
}

/// One line of at most so many characters; whether something was cut off shows by its end.
pub fn line(words: &str, most: usize) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    cut(&words, most)
}

/// Several lines, as [`text::check`] lets them pass.
pub fn body(words: &str, most: usize) -> String {
    let mut words = cut(words, most);
    if text::check(&words).is_err() {
        words = words.replace(":::", "…").replace("](", "] (");
        // Of three in a row two would be left, and be a mark again.
        while words.contains("**") {
            words = words.replace("**", "*");
        }
    }
    words
}

/// Up to the end of a sentence or a line, for a summary.
pub fn beginning(words: &str, most: usize) -> String {
    let first = words.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    line(first, most)
}

fn cut(words: &str, most: usize) -> String {
    let words = words.trim();
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let mut short: String = words.chars().take(most - 1).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

fn tidy(words: &str) -> String {
    let seen = |c: &char| !hides(*c);
    let words: String = words.replace("\r\n", "\n").replace('\r', "\n").chars().filter(seen).collect();
    let mut out = String::with_capacity(words.len());
    let mut blank = 0;
    for line in words.lines().map(|line| line.trim_matches([' ', '\t', '\u{a0}', '\u{3000}'])) {
        blank = if line.is_empty() { blank + 1 } else { 0 };
        // An empty line is a paragraph; two are one.
        if blank < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.trim().to_owned()
}

/// What is not seen, or makes seen something else than is there; as the domain refuses it.
fn hides(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_what_was_read_and_programs_in_it_nothing() {
        let html = "<p>創業を<b>考える</b>人へ</p><script>alert(1)</script><p>定員&nbsp;20名 &amp; 無料</p>";
        let words = plain(html);
        assert!(words.contains("創業を考える人へ") && words.contains('&'), "{words}");
        assert!(!words.contains('<') && !words.contains("alert"), "{words}");
        assert_eq!(plain("3 < 5 と 7 > 6"), "3 < 5 と 7 > 6");
        assert_eq!(plain("一\u{202e}二\r\n\r\n\r\n\u{7}三"), "一二\n\n三");
    }

    #[test]
    fn long_words_end_with_a_sign_that_they_went_on() {
        assert_eq!(line("あいうえお", 5), "あいうえお");
        assert_eq!(line("あいうえおか", 5), "あいうえ…");
        assert_eq!(line("a\n b\tc", 60), "a b c");
        assert_eq!(beginning("\n一行目\n二行目", 60), "一行目");
    }

    #[test]
    fn marks_that_nobody_meant_are_taken_out() {
        // The five stars were found by a fuzzer.
        for slip in [
            "[申込](www.example.jp)",
            "**注意",
            ":::chart 数\n1 | 一\n:::",
            "*****注意",
            "::::::",
            "説明 ***",
        ] {
            assert!(text::check(&body(slip, 100)).is_ok(), "{slip}");
        }
        assert_eq!(body("**大事** [案内](https://a.jp)", 100), "**大事** [案内](https://a.jp)");
    }
}
