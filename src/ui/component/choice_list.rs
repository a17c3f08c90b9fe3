//! Several right answers: hers to choose, never ours to guess.

use crate::node::{Content, El, el};

/// One possible answer.
pub struct Choice {
    pub label: Content,
    /// What tells it from the others: the prefecture.
    pub detail: Option<Content>,
    pub choose: Box<dyn Fn()>,
}

/// The choices under their question, which takes the focus when it appears.
pub fn choice_list(question: Content, choices: Vec<Choice>) -> El {
    let rows: Vec<El> = choices.into_iter().map(row).collect();
    el("section")
        .class("tn-choices")
        .set("aria-labelledby", "choices-question")
        .set("data-testid", "choices")
        .put(
            el("h2").class("tn-choices__question").id("choices-question").set("tabindex", "-1").put(question),
        )
        .put(el("ul").class("tn-choices__list").put(rows))
}

fn row(Choice { label, detail, choose }: Choice) -> El {
    let button = el("button")
        .class("tn-choices__button")
        .set("type", "button")
        .put(el("span").class("tn-choices__label").put(label))
        .put(detail.map(|detail| el("span").class("tn-choices__detail").put(detail)))
        .on_click(choose);
    el("li").class("tn-choices__item").put(button)
}
