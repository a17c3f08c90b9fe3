//! What stands in a line: words, strong words, links, furigana.

use super::is_address;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    Plain(String),
    /// `**…**`
    Strong(String),
    /// `[words](https://…)`
    Link {
        words: String,
        address: String,
    },
    /// `[漢字|かんじ]`
    Ruby {
        base: String,
        reads: String,
    },
}

impl Span {
    /// What is read aloud or searched.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Plain(words) | Self::Strong(words) | Self::Link { words, .. } => words,
            Self::Ruby { base, .. } => base,
        }
    }
}

/// A line, or a title in やさしい日本語.
#[must_use]
pub fn parse(line: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut plain = String::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let found = match c {
            '*' => strong(rest),
            '[' => bracket(rest),
            _ => None,
        };
        match found {
            Some((span, after)) => {
                if !plain.is_empty() {
                    spans.push(Span::Plain(std::mem::take(&mut plain)));
                }
                spans.push(span);
                rest = after;
            }
            None => {
                plain.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    if !plain.is_empty() || spans.is_empty() {
        spans.push(Span::Plain(plain));
    }
    spans
}

fn strong(rest: &str) -> Option<(Span, &str)> {
    let (words, after) = rest.strip_prefix("**")?.split_once("**")?;
    (!words.is_empty()).then(|| (Span::Strong(words.to_owned()), after))
}

fn bracket(rest: &str) -> Option<(Span, &str)> {
    let (inner, after) = rest.strip_prefix('[')?.split_once(']')?;
    if inner.is_empty() || inner.contains('[') {
        return None;
    }
    if let Some(behind) = after.strip_prefix('(') {
        let (address, after) = behind.split_once(')')?;
        let link = Span::Link { words: inner.to_owned(), address: address.to_owned() };
        return is_address(address).then_some((link, after));
    }
    let (base, reads) = inner.split_once('|')?;
    let both = !base.is_empty() && !reads.is_empty();
    both.then(|| (Span::Ruby { base: base.to_owned(), reads: reads.to_owned() }, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_inside_a_line_are_found_and_brackets_without_meaning_left() {
        let plain = |words: &str| Span::Plain(words.to_owned());
        let spans = parse("[島根|しまね]の**初めて**の[協会](https://a.jp/x)、[要確認]");
        let expected = [
            Span::Ruby { base: "島根".to_owned(), reads: "しまね".to_owned() },
            plain("の"),
            Span::Strong("初めて".to_owned()),
            plain("の"),
            Span::Link { words: "協会".to_owned(), address: "https://a.jp/x".to_owned() },
            plain("、[要確認]"),
        ];
        assert_eq!(spans, expected);
        assert_eq!(parse(""), [plain("")]);
    }
}
