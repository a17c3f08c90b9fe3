//! A quiet outline of Japan with numbered pins: people look before they read.
//!
//! Hidden from assistive technology, because the cards beside it say all of it. A sketch (略図), and it says so.

use domain::place::PrefectureCode;
use leptos::prelude::*;

use crate::i18n::{Key, say};

/// A pin numbered like its card.
#[derive(Clone, Debug, PartialEq)]
pub struct MapPin {
    pub number: usize,
    pub x: f64,
    pub y: f64,
}

#[component]
pub fn OutlineMap(
    /// Path data by prefecture.
    shapes: Vec<(PrefectureCode, String)>,
    /// Left, top, width and height of the part to show, in sheet units.
    window: (f64, f64, f64, f64),
    /// Her prefectures, lifted.
    lifted: Vec<PrefectureCode>,
    pins: Vec<MapPin>,
) -> impl IntoView {
    let (left, top, width, height) = window;
    // Pins keep their size on the screen however much of the sheet is shown.
    let unit = width / 100.0;
    let outlines = shapes
        .into_iter()
        .map(|(code, path)| {
            view! { <path class="tn-outline__shape" d=path data-lifted=lifted.contains(&code).then_some("")></path> }
        })
        .collect_view();
    let marks = pins
        .into_iter()
        .map(|pin| {
            view! {
                <g class="tn-outline__pin">
                    <circle cx=pin.x cy=pin.y r=3.6 * unit></circle>
                    <text x=pin.x y=pin.y + 1.5 * unit font-size=4.4 * unit text-anchor="middle">{pin.number}</text>
                </g>
            }
        })
        .collect_view();
    view! {
        <figure class="tn-outline" aria-hidden="true">
            <svg class="tn-outline__sheet" viewBox=format!("{left:.1} {top:.1} {width:.1} {height:.1}")>
                <g class="tn-outline__shapes">{outlines}</g>
                {marks}
            </svg>
            <figcaption class="tn-outline__caption">{say(Key::MapSketch)}</figcaption>
        </figure>
    }
}
