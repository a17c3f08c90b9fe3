//! What she kept: opens without a signal, and says how fresh it is.

use domain::association::{Association, AssociationId};
use ui::component::{button, reach};
use ui::i18n::{Key, say};
use ui::node::{Content, El, el};

use super::answer_cards::Card;
use super::association::say_refreshed;
use super::{actions, paragraph, title};
use crate::state::Tonari;

pub fn saved(tonari: Tonari) -> Content {
    let teams = tonari.saved.teams;
    let cards = move || {
        tonari.directory.edition.with(|edition| {
            let card = |id: AssociationId| Card {
                association: id,
                edition: edition.number,
                number: None,
                charged: None,
            };
            let known = |id: &AssociationId| edition.association(id).is_some();
            teams.with(|teams| {
                teams.iter().map(|kept| kept.association.clone()).filter(known).map(card).collect()
            })
        })
    };
    let list =
        el("div").put_live(move || (tonari.saved.loaded.get() && teams.with(Vec::is_empty)).then(empty)).put(
            el("div")
                .class("tn-saved")
                .live("data-testid", move || tonari.saved.loaded.get().then_some("saved-list".into()))
                .put_each(cards, move |of| card(tonari, of)),
        );
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

fn card(tonari: Tonari, of: &Card) -> El {
    let made = |association: &Association| kept(tonari, association);
    tonari
        .directory
        .edition
        .peek(|edition| edition.association(&of.association).map(made))
        .unwrap_or_else(|| el("div"))
}

fn kept(tonari: Tonari, association: &Association) -> El {
    let name = &association.name.value;
    let team = association.team.as_ref().and_then(|team| team.name.as_ref()).map(|fact| &fact.value);
    let href = format!("/associations/{}", association.id.as_str());
    let link = el("a").class("tn-card__link").set("href", &href).put(team.unwrap_or(name).clone());
    let under = team.map(|_| el("p").class("tn-card__under").set("lang", "ja").put(name.clone()));
    let id = association.id.clone();
    let remove = move || {
        // Its card goes, and the focus would be nowhere.
        browser::document::focus("page-title");
        tonari.saved.toggle(id.clone());
    };
    let remove = button("line", say(Key::SavedRemove), remove).set("data-testid", "remove");
    let id = association.id.clone();
    let dated = move || tonari.saved.refreshed_at(&id).map(say_refreshed).unwrap_or_default();
    let row = el("div").class("tn-saved__row").put(reach(association)).put(remove);
    el("article")
        .class("tn-card")
        .set("data-testid", "saved-card")
        .set("data-association", association.id.as_str())
        .put(el("h2").class("tn-card__title").set("lang", "ja").put(link))
        .put(under)
        .put(el("p").class("tn-card__dated").put_live(dated))
        .put(row)
}
