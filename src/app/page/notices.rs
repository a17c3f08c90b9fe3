//! Notices of crisis desks, above everything else, for the areas they are meant for.

use domain::content::brief::Brief;
use domain::place::PrefectureCode;
use ui::component::{IconName, icon};
use ui::i18n::{Key, language, ruby, say};
use ui::node::{El, el};

use crate::state::Tonari;

/// Of one prefecture; before one is known those of a crisis, whose titles say for where they are.
pub fn notices(tonari: Tonari, prefecture: Option<PrefectureCode>) -> El {
    let wanted = move |one: &Brief| prefecture.map_or(one.is_crisis, |code| one.concerns(code));
    el("div").class("tn-alerts").put_live(move || tonari.notices.shown(wanted, line))
}

fn line(notice: &Brief) -> El {
    let [japanese, ..] = &notice.titles;
    let title =
        Some(&notice.titles[language() as usize]).filter(|title| !title.is_empty()).unwrap_or(japanese);
    el("a")
        .class("tn-alert")
        .set("data-testid", "notice")
        .flag("data-crisis", notice.is_crisis)
        .set("href", &["/notices/", &notice.id].concat())
        .put(icon(IconName::Warning))
        .put(el("span").put(ruby(title.clone())))
        .put(notice.fictional.then(|| el("small").class("tn-badge").put(say(Key::NoticeFictional))))
}
