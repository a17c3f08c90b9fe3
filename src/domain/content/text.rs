//! The small Markdown of stories, cases and guides: paragraphs, headings, lists, quotations, charts; in them strong words,
//! links and furigana. Nothing else: no HTML, no images, no tables, so nothing of it can carry anything else to a page.
//!
//! Reading never fails: what is no mark is text. [`check`] is for whoever publishes, so that a slip is seen before it is
//! printed. The surprising rule: furigana are written like a link without its address, `[漢字|かんじ]`.

mod chart;
mod span;

pub use chart::{Bar, Chart};
pub use span::Span;

/// One piece of a text, below another.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Paragraph(Vec<Span>),
    /// `## …`
    Heading(Vec<Span>),
    /// `- …`, or `1. …` in an order.
    List {
        ordered: bool,
        items: Vec<Vec<Span>>,
    },
    /// `> …`
    Quote(Vec<Span>),
    /// `:::chart …`, a row of `label | number` each, `:::`.
    Chart(Chart),
}

/// What begins a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Heading,
    Bullet,
    Number,
    Quote,
    Chart,
    None,
}

const CHART: &str = ":::chart";
const CHART_END: &str = ":::";

/// The whole text, block by block.
#[must_use]
pub fn parse(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().map(str::trim_end).peekable();
    while let Some(line) = lines.next() {
        if line.is_empty() {
            continue;
        }
        let (mark, first) = marked(line);
        if mark == Mark::Chart {
            let rows: Vec<&str> = lines.by_ref().take_while(|line| *line != CHART_END).collect();
            blocks.push(Block::Chart(Chart::of(first, &rows)));
            continue;
        }
        let mut items = vec![first.to_owned()];
        // A heading is one line. Everything else goes on: a list with its next item, the others with more of the same.
        while mark != Mark::Heading
            && let Some(next) = lines.peek().map(|line| marked(line)).filter(|next| goes_on(mark, *next))
        {
            match mark {
                Mark::Bullet | Mark::Number if next.0 == mark => items.push(next.1.to_owned()),
                _ => join(items.last_mut().expect("there is a first line"), next.1),
            }
            lines.next();
        }
        blocks.push(block(mark, &items));
    }
    blocks
}

fn block(mark: Mark, items: &[String]) -> Block {
    let spans = || span::parse(&items[0]);
    match mark {
        Mark::Heading => Block::Heading(spans()),
        Mark::Quote => Block::Quote(spans()),
        Mark::Bullet | Mark::Number => Block::List {
            ordered: mark == Mark::Number,
            items: items.iter().map(|item| span::parse(item)).collect(),
        },
        Mark::Chart | Mark::None => Block::Paragraph(spans()),
    }
}

fn goes_on(mark: Mark, (next, words): (Mark, &str)) -> bool {
    !words.is_empty() && (next == Mark::None || (next == mark && mark != Mark::None))
}

fn marked(line: &str) -> (Mark, &str) {
    let after = |mark: &str| line.strip_prefix(mark).map(str::trim_start);
    if let Some(words) = after("## ") {
        return (Mark::Heading, words);
    }
    if let Some(words) = after("- ") {
        return (Mark::Bullet, words);
    }
    if let Some(words) = after("> ") {
        return (Mark::Quote, words);
    }
    if let Some(words) = after(CHART) {
        return (Mark::Chart, words);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line[digits..].strip_prefix(". ") {
        Some(words) if (1..=2).contains(&digits) => (Mark::Number, words.trim_start()),
        _ => (Mark::None, line),
    }
}

/// A line broken between two Japanese characters is no space.
fn join(text: &mut String, line: &str) {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii() && !c.is_whitespace());
    if latin(text.chars().last()) && latin(line.chars().next()) {
        text.push(' ');
    }
    text.push_str(line);
}

/// The words alone, a line for each block: for searching, feeds and calendars.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::new();
    for block in parse(text) {
        let mut add = |spans: &[Span]| {
            if !out.is_empty() {
                out.push('\n');
            }
            spans.iter().for_each(|span| out.push_str(span.words()));
        };
        match block {
            Block::Paragraph(spans) | Block::Heading(spans) | Block::Quote(spans) => add(&spans),
            Block::List { items, .. } => items.iter().for_each(|item| add(item)),
            Block::Chart(chart) => add(&[Span::Plain(chart.in_words())]),
        }
    }
    out
}

/// Whether everything that looks like a mark is one.
///
/// # Errors
/// What the text has to be and is not.
pub fn check(text: &str) -> Result<(), &'static str> {
    if text.matches(CHART).count() != text.lines().filter(|line| line.trim_end() == CHART_END).count() {
        return Err("a text whose charts begin with `:::chart` and end with `:::` on lines of their own");
    }
    for block in parse(text) {
        match block {
            Block::Chart(chart) => chart.check()?,
            Block::Paragraph(spans) | Block::Heading(spans) | Block::Quote(spans) => check_spans(&spans)?,
            Block::List { items, .. } => items.iter().try_for_each(|item| check_spans(item))?,
        }
    }
    Ok(())
}

fn check_spans(spans: &[Span]) -> Result<(), &'static str> {
    let left =
        |span: &Span| matches!(span, Span::Plain(words) if words.contains("](") || words.contains("**"));
    if spans.iter().any(left) {
        return Err("a text whose links are [words](https://…) and whose strong words stand between two **");
    }
    Ok(())
}

/// An address a person may be sent to.
#[must_use]
pub fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'`');
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.') && !host.contains('@') && rest.bytes().all(plain)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain_span(words: &str) -> Vec<Span> {
        vec![Span::Plain(words.to_owned())]
    }

    #[test]
    fn every_block_is_read_as_it_was_meant() {
        let text = "はじめの一行\n続きの行\n\n## 見出し\n- 一つ\n- 二つ\n  続き\n1. まず\n2. 次に\n> 引用\n> 続き\n:::chart 件数（件）\n2018 | 10\n:::\nおわり";
        let chart = Chart::of("件数（件）", &["2018 | 10"]);
        let expected = [
            Block::Paragraph(plain_span("はじめの一行続きの行")),
            Block::Heading(plain_span("見出し")),
            Block::List { ordered: false, items: vec![plain_span("一つ"), plain_span("二つ  続き")] },
            Block::List { ordered: true, items: vec![plain_span("まず"), plain_span("次に")] },
            Block::Quote(plain_span("引用続き")),
            Block::Chart(chart),
            Block::Paragraph(plain_span("おわり")),
        ];
        assert_eq!(parse(text), expected);
        assert!(check(text).is_ok());
    }

    #[test]
    fn a_slip_is_told_before_it_is_printed() {
        for slip in [
            "[公式](www.example.jp)",
            "[公式](javascript:alert(1))",
            "**強い",
            ":::chart 件数\n2018 | 10",
            ":::chart 件数\n2018 | 十\n:::",
            ":::chart 件数\n:::",
        ] {
            assert!(check(slip).is_err(), "{slip}");
        }
        assert!(check("<script>alert(1)</script> は ただの文字").is_ok());
    }

    #[test]
    fn addresses_lead_to_a_host_and_nowhere_else() {
        for good in ["https://www.shimane-cgc.or.jp/usage/135", "http://a.jp?x=1#y"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "https://",
            "https://a",
            "https://u@a.jp/",
            "https://a.jp/\"><b",
            "//a.jp",
            "https://a.jp/ x",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }

    proptest! {
        // Whatever somebody pastes is shown, and nothing of it is lost but the marks.
        #[test]
        fn any_text_is_read(text in "(?s)[\\PC\n#>*|\\[\\](): -]{0,200}") {
            let _ = check(&text);
            for block in parse(&text) {
                if let Block::List { items, .. } = block {
                    prop_assert!(!items.is_empty());
                }
            }
        }

        #[test]
        fn text_without_marks_comes_back_whole(text in "[ぁ-んァ-ヶ一-龠a-z0-9。、]{1,80}") {
            prop_assert_eq!(plain(&text), text);
        }
    }
}
