//! A published text, block by block. Only what `domain::content::text` knows can come onto the page.

use domain::content::text::{Bar, Block, Chart, Span, parse};

use super::link::outside;
use crate::node::{Content, El, el, svg};

/// The blocks of a text, under a heading of the first rank.
pub fn rich_text(text: &str) -> El {
    let mut body = el("div").class("tn-text");
    for block in parse(text) {
        body = body.put(element(&block));
    }
    body
}

fn element(block: &Block) -> El {
    match block {
        Block::Paragraph(spans) => el("p").put(line(spans)),
        Block::Heading(spans) => el("h2").class("tn-text__heading").put(line(spans)),
        Block::Quote(spans) => el("blockquote").class("tn-text__quote").put(line(spans)),
        Block::List { ordered, items } => {
            let mut list = el(if *ordered { "ol" } else { "ul" }).class("tn-text__list");
            for item in items {
                list = list.put(el("li").put(line(item)));
            }
            list
        }
        Block::Chart(numbers) => chart(numbers),
    }
}

fn line(spans: &[Span]) -> Content {
    Content::Many(spans.iter().map(span).collect())
}

fn span(span: &Span) -> Content {
    match span {
        Span::Plain(words) => words.clone().into(),
        Span::Strong(words) => el("strong").put(words.clone()).into(),
        Span::Link { words, address } => outside(address, words.clone()).into(),
        Span::Ruby { base, reads } => crate::i18n::ruby(format!("[{base}|{reads}]")),
    }
}

/// A list of labels and numbers, which is all there is to know; the bars beside it are for the eye.
fn chart(chart: &Chart) -> El {
    let mut rows = el("dl").class("tn-chart__rows");
    for one in &chart.bars {
        let row = el("div")
            .class("tn-chart__row")
            .put(el("dt").class("tn-chart__label").put(one.label.clone()))
            .put(el("dd").class("tn-chart__value").put(one.value.clone()))
            .put(bar(one));
        rows = rows.put(row);
    }
    el("figure")
        .class("tn-chart")
        .put(el("figcaption").class("tn-chart__caption").put(chart.caption.clone()))
        .put(rows)
}

/// As a drawing: its width is an attribute, which the page's policy allows; a style would not be.
fn bar(bar: &Bar) -> El {
    let shape = |width: &str, class: &str| {
        svg("rect").class(class).set("width", width).set("height", "10").set("rx", "3")
    };
    svg("svg")
        .class("tn-chart__bar")
        .set("viewBox", "0 0 1000 10")
        .set("preserveAspectRatio", "none")
        .set("aria-hidden", "true")
        .put(shape("1000", "tn-chart__whole"))
        .put(shape(&bar.share.to_string(), "tn-chart__part"))
}
