//! A quiet outline of Japan with numbered pins: people look before they read.
//!
//! Hidden from assistive technology, because the cards beside it say all of it. A sketch (略図), and it says so.

use domain::place::PrefectureCode;

use crate::i18n::{Key, say};
use crate::node::{El, el, svg};

/// A pin numbered like its card, in whole sheet units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapPin {
    pub number: usize,
    pub x: i32,
    pub y: i32,
}

/// The part of the sheet to show, in sheet units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub left: i32,
    pub top: i32,
    pub width: i32,
    pub height: i32,
}

/// Shapes are path data by prefecture; `lifted` is hers. Path data and pins share the sheet's units.
pub fn outline_map(
    shapes: impl Iterator<Item = (PrefectureCode, String)>,
    window: Window,
    lifted: PrefectureCode,
    pins: &[MapPin],
) -> El {
    let Window { left, top, width, height } = window;
    let mut sheet =
        svg("svg").class("tn-outline__sheet").set("viewBox", &format!("{left} {top} {width} {height}"));
    let mut raised = None;
    for (code, path) in shapes {
        let shape = svg("path").class("tn-outline__shape").set("d", &path);
        // Drawn last, so that its border lies over those of its neighbours.
        if code == lifted {
            raised = Some(shape.set("data-lifted", ""));
        } else {
            sheet = sheet.put(shape);
        }
    }
    sheet = sheet.put(raised);
    for pin in pins {
        sheet = sheet.put(mark(pin, width));
    }
    el("figure")
        .class("tn-outline")
        .set("aria-hidden", "true")
        .put(sheet)
        .put(el("figcaption").class("tn-outline__caption").put(say(Key::MapSketch)))
}

/// Pins keep their size on the screen however much of the sheet is shown.
fn mark(pin: &MapPin, width: i32) -> El {
    let number = |n: i32| n.to_string();
    let circle = svg("circle")
        .set("cx", &number(pin.x))
        .set("cy", &number(pin.y))
        .set("r", &number(width * 36 / 1000));
    let text = svg("text")
        .set("x", &number(pin.x))
        .set("y", &number(pin.y + width * 15 / 1000))
        .set("font-size", &number(width * 44 / 1000))
        .set("text-anchor", "middle")
        .put(pin.number.to_string());
    svg("g").class("tn-outline__pin").put(circle).put(text)
}
