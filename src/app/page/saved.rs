//! What she kept: opens without a signal, and says how fresh it is.

use domain::association::Association;
use ui::component::{button, call};
use ui::i18n::{Key, say};
use ui::node::{Content, El, el};

use super::association::say_refreshed;
use super::{actions, paragraph, title};
use crate::state::Tonari;
use browser::idb::saved_store::SavedTeam;

pub fn saved(tonari: Tonari) -> Content {
    let list = el("div").put_live(move || {
        if !tonari.saved.loaded.get() {
            return Content::Nothing;
        }
        let kept = tonari.saved.teams.get();
        if kept.is_empty() {
            return empty().into();
        }
        let cards: Vec<El> = tonari.directory.edition.with(|edition| {
            kept.into_iter()
                .filter_map(|kept| edition.association(&kept.association).map(|a| card(tonari, a, &kept)))
                .collect()
        });
        el("div").class("tn-saved").set("data-testid", "saved-list").put(cards).into()
    });
    Content::Many(vec![title(say(Key::TabSaved)).into(), list.into()])
}

fn empty() -> El {
    let way_on = el("a")
        .class("tn-button")
        .set("data-kind", "primary")
        .set("href", "/")
        .put(say(Key::SavedEmptyWayOn));
    el("div")
        .class("tn-saved__empty")
        .set("data-testid", "saved-empty")
        .put(paragraph(say(Key::SavedEmpty)))
        .put(actions(way_on))
}

fn card(tonari: Tonari, association: &Association, kept: &SavedTeam) -> El {
    let name = &association.name.value;
    let team = association.team.as_ref().and_then(|team| team.name.as_ref()).map(|fact| &fact.value);
    let href = format!("/associations/{}", association.id.as_str());
    let link = el("a").class("tn-card__link").set("href", &href).put(team.unwrap_or(name).clone());
    let under = team.map(|_| el("p").class("tn-card__under").set("lang", "ja").put(name.clone()));
    let id = association.id.clone();
    let remove = button("line", say(Key::SavedRemove), move || tonari.saved.toggle(id.clone()))
        .set("data-testid", "remove");
    let row = el("div")
        .class("tn-saved__row")
        .put(association.phone.as_ref().map(|phone| call(&phone.value)))
        .put(remove);
    el("article")
        .class("tn-card")
        .set("data-testid", "saved-card")
        .set("data-association", association.id.as_str())
        .put(el("h2").class("tn-card__title").set("lang", "ja").put(link))
        .put(under)
        .put(el("p").class("tn-card__dated").put(say_refreshed(kept.refreshed_at_ms)))
        .put(row)
}
