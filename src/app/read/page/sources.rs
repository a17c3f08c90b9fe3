//! Where a text was read, and when it was published: under every text.

use domain::content::{Cited, Head};
use domain::fact::AsOf;
use ui::component::outside;
use ui::format;
use ui::i18n::{Key, say, say_with};
use ui::node::{El, el};

use super::section;

/// Nothing for what is invented and cites nothing.
pub fn sources(head: &Head) -> Option<El> {
    if head.sources.is_empty() {
        return None;
    }
    let mut list = el("ul").class("tn-page__bullets");
    for cited in &head.sources {
        list = list.put(source(cited));
    }
    Some(section("sources", say(Key::ReadSources)).put(list))
}

fn source(cited: &Cited) -> El {
    let title = el("span").set("lang", "ja");
    let title = match &cited.url {
        Some(url) => title.put(outside(url, cited.title.clone())),
        None => title.put(cited.title.clone()),
    };
    let date = cited.as_of.as_ref().map(|date| {
        let date = format::as_of(&AsOf(date.clone()));
        el("span").class("tn-page__small").put(" ").put(say_with(Key::ReadSourceDate, &[("date", &date)]))
    });
    el("li").put(title).put(date)
}
