//! A published text as HTML: as the app shows it, and nothing that is not one of its blocks.

use domain::content::text::{Block, Chart, Span, parse};
use maud::{Markup, html};

pub fn body(text: &str) -> Markup {
    html! {
        div.tn-text lang="ja" {
            @for block in parse(text) { (element(&block)) }
        }
    }
}

fn element(block: &Block) -> Markup {
    html! {
        @match block {
            Block::Paragraph(spans) => p { (line(spans)) },
            Block::Heading(spans) => h2.tn-text__heading { (line(spans)) },
            Block::Quote(spans) => blockquote.tn-text__quote { (line(spans)) },
            Block::List { ordered: true, items } => {
                ol.tn-text__list { @for item in items { li { (line(item)) } } }
            },
            Block::List { ordered: false, items } => {
                ul.tn-text__list { @for item in items { li { (line(item)) } } }
            },
            Block::Chart(numbers) => (chart(numbers)),
        }
    }
}

fn line(spans: &[Span]) -> Markup {
    html! {
        @for span in spans {
            @match span {
                Span::Plain(words) => (words),
                Span::Strong(words) => strong { (words) },
                Span::Link { words, address } => a href=(address) rel="noopener noreferrer external" { (words) },
                Span::Ruby { base, reads } => ruby { (base) rp { "（" } rt { (reads) } rp { "）" } },
            }
        }
    }
}

fn chart(chart: &Chart) -> Markup {
    html! {
        figure.tn-chart {
            figcaption.tn-chart__caption { (chart.caption) }
            dl.tn-chart__rows {
                @for bar in &chart.bars {
                    div.tn-chart__row {
                        dt.tn-chart__label { (bar.label) }
                        dd.tn-chart__value { (bar.value) }
                        svg.tn-chart__bar viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" {
                            rect.tn-chart__whole width="1000" height="10" rx="3" {}
                            rect.tn-chart__part width=(bar.share) height="10" rx="3" {}
                        }
                    }
                }
            }
        }
    }
}
