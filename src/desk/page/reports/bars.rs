//! A table of counts with a bar in each row: the picture and its text are one thing, on the screen and on paper.

use domain::report::few::Shown;
use ui::i18n::{Key, plain, say};
use ui::node::{El, el, svg};

pub struct Bar {
    name: String,
    count: Shown,
}

impl Bar {
    pub fn of(name: String, count: u32) -> Self {
        Self { name, count: Shown::Count(count) }
    }

    pub const fn shown(name: String, count: Shown) -> Self {
        Self { name, count }
    }
}

pub fn bars(testid: &str, heading: Key, bars: Vec<Bar>) -> El {
    let most = bars.iter().filter_map(|bar| bar.count.count()).max().unwrap_or_default().max(1);
    let rows: Vec<El> = bars.iter().map(|bar| row(bar, most)).collect();
    let head = |key: Key| el("th").class("tn-visually-hidden").set("scope", "col").put(say(key));
    el("table")
        .class("dk-bars")
        .set("data-testid", testid)
        .put(el("caption").class("dk-bars__caption").put(say(heading)))
        .put(el("thead").put(el("tr").put(head(heading)).put(head(Key::DeskRepNumber))))
        .put(el("tbody").put(rows))
}

fn row(bar: &Bar, most: u32) -> El {
    let share = bar.count.count().unwrap_or_default() * 100 / most;
    let length = svg("rect").set("width", &share.to_string()).set("height", "10");
    let picture = svg("svg")
        .set("class", "dk-bars__bar")
        .set("viewBox", "0 0 100 10")
        .set("preserveAspectRatio", "none")
        .set("aria-hidden", "true")
        .set("focusable", "false")
        .put(length);
    el("tr")
        .put(el("th").set("scope", "row").put(bar.name.clone()))
        .put(el("td").put(picture).put(el("span").class("dk-bars__count").put(shown(bar.count))))
}

pub fn shown(count: Shown) -> String {
    match count {
        Shown::Count(count) => count.to_string(),
        Shown::Few => plain(Key::DeskRepFew),
        Shown::Withheld => plain(Key::DeskRepWithheld),
    }
}
