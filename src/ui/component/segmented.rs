//! Two or three ways of looking at the same thing: native radio buttons that look like one switch.

use crate::live::Live;
use crate::node::{Content, El, el};

/// A group named `name` (unique on the page) with a visible legend; choosing calls `choose`.
pub fn segmented<T: Copy + PartialEq + 'static>(
    name: &str,
    legend: Content,
    segments: Vec<(T, Content)>,
    chosen: Live<T>,
    choose: impl Fn(T) + Copy + 'static,
) -> El {
    let mut row = el("div").class("tn-segmented__row");
    for (value, label) in segments {
        row = row.put(option(name, label, move || chosen.with(|now| *now == value), move || choose(value)));
    }
    el("fieldset").class("tn-segmented").put(el("legend").class("tn-segmented__legend").put(legend)).put(row)
}

fn option(
    name: &str,
    label: Content,
    chosen: impl Fn() -> bool + 'static,
    choose: impl Fn() + 'static,
) -> El {
    let input = el("input")
        .class("tn-segmented__input")
        .set("type", "radio")
        .set("name", name)
        .live_property("checked", move || chosen().into())
        .on_change(move |_| choose());
    el("label")
        .class("tn-segmented__option")
        .put(input)
        .put(el("span").class("tn-segmented__label").put(label))
}
