//! One association as an answer: what it is to her, how far, and the two things she can do at once.

use domain::association::Association;
use domain::geo::Metres;
use domain::nearest::MeasuredTo;

use super::link::{book_or_reach, outside, save_button};
use crate::format;
use crate::i18n::{Key, Lang, language, say, say_with};
use crate::node::{Content, El, el};

/// What the association is to her.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardKind {
    /// It may guarantee her.
    InCharge,
    /// A women's team near her that belongs to another association.
    Nearby,
}

/// Known when the tables are here.
pub type Distance = Box<dyn Fn() -> Option<(Metres, MeasuredTo)>>;

/// What a card says and what it can do.
pub struct AnswerCard<'a> {
    pub association: &'a Association,
    pub kind: CardKind,
    /// Matches the pin on the outline map.
    pub number: Option<usize>,
    pub distance: Distance,
    /// Why this association.
    pub reason: Option<Box<dyn Fn() -> El>>,
    /// Whether it takes bookings here.
    pub bookable: Box<dyn Fn() -> bool>,
    /// The button that keeps it.
    pub saved: Box<dyn Fn() -> bool>,
    pub save: Box<dyn Fn()>,
    pub share: Box<dyn Fn()>,
}

pub fn answer_card(card: AnswerCard<'_>) -> El {
    let association = card.association;
    let id = format!("card-{}", association.id.as_str());
    let href = format!("/associations/{}", association.id.as_str());
    let (testid, badge, tone) = match card.kind {
        CardKind::InCharge => ("card-in-charge", Key::CardInCharge, "lamp"),
        CardKind::Nearby => ("card-nearby", Key::CardNearby, "plain"),
    };
    let number = card
        .number
        .map(|n| el("span").class("tn-card__number").set("aria-hidden", "true").put(n.to_string()));
    let team = association.team.as_ref().map(|_| team_badge());
    let badges = el("p").class("tn-card__badges").put(number).put(self::badge(tone, say(badge))).put(team);
    let title = el("h3")
        .class("tn-card__title")
        .id(&id)
        .put(el("a").class("tn-card__link").set("href", &href).put(heading(association)));
    let under = association.team.as_ref().map(|team| {
        let under = el("p").class("tn-card__under");
        match team.name {
            Some(_) => under.set("lang", "ja").put(association.name.value.clone()),
            None => under.put(say(Key::CardTeamUnnamed)),
        }
    });
    let saved = std::rc::Rc::new(card.saved);
    let bookable = std::rc::Rc::new(card.bookable);
    let also = std::rc::Rc::clone(&bookable);
    let actions = el("div")
        .class("tn-card__actions")
        .put(book_or_reach(association, move || bookable()))
        .put(save_button((Key::ActionSave, Key::ActionSaved), move || saved(), card.save));
    let listed = association.team.as_ref().and_then(|team| team.listed.as_of.as_ref()).map(|date| {
        el("p").class("tn-card__dated").put(say_with(Key::CardListedAsOf, &[("date", &format::as_of(date))]))
    });
    el("article")
        .class("tn-card")
        .set("aria-labelledby", &id)
        .set("data-testid", testid)
        .set("data-association", association.id.as_str())
        .put(badges)
        .put(title)
        .put(under)
        .put(whereabouts(association, card.distance))
        .put(card.reason.map(|reason| el("div").class("tn-card__why").put_live(reason)))
        .put(actions)
        .put(phone_note(association))
        .put(other_ways(association, &href, card.share, move || also()))
        .put(listed)
}

/// A small label; `tone` is `lamp`, `warm` or `plain`.
pub fn badge(tone: &str, words: impl Into<Content>) -> El {
    el("span").class("tn-badge").set("data-tone", tone).put(words)
}

/// 女性職員のチーム
pub fn team_badge() -> El {
    badge("warm", say(Key::CardTeamBadge))
}

/// The team's own name where it is known, else the association's.
pub fn heading(association: &Association) -> Content {
    let own = association.team.as_ref().and_then(|team| Some((team, team.name.as_ref()?)));
    match own {
        Some((team, name)) => match &team.name_en {
            Some(english) if language() == Lang::English => english.value.clone().into(),
            _ => japanese(&name.value).into(),
        },
        None => japanese(&association.name.value).into(),
    }
}

/// Words that are Japanese whatever language she reads in.
pub fn japanese(words: &str) -> El {
    el("span").set("lang", "ja").put(words.to_owned())
}

fn whereabouts(association: &Association, distance: Distance) -> El {
    let address =
        association.office.as_ref().map(|office| japanese(&office.value.address).class("tn-card__address"));
    el("p").class("tn-card__where").put(address).put_live(move || {
        distance().map(|(metres, to)| {
            let key = match to {
                MeasuredTo::OfficeMunicipality(_) => Key::DistanceToMunicipality,
                MeasuredTo::Capital => Key::DistanceToCapital,
            };
            el("span")
                .class("tn-card__distance")
                .set("data-testid", "distance")
                .put(say_with(key, &[("distance", &format::distance(metres))]))
        })
    })
}

/// Says whose note it is: where booking stands at the top, the number is further down.
fn phone_note(association: &Association) -> Option<El> {
    let note = association.phone.as_ref()?.note.as_ref()?;
    Some(el("p").class("tn-card__note").put(say(Key::FactPhone)).put(" · ").put(japanese(note)))
}

fn other_ways(
    association: &Association,
    href: &str,
    share: Box<dyn Fn()>,
    bookable: impl Fn() -> bool + 'static,
) -> El {
    let item = |link: El| el("li").put(link.class("tn-more__link"));
    let site =
        association.phone.as_ref().map(|_| item(outside(&association.website.value, say(Key::ActionSite))));
    let route = association
        .office
        .as_ref()
        .map(|office| item(outside(&format::map_search(&office.value.address), say(Key::ActionRoute))));
    // Its place at the top is taken by booking then.
    let number = association.phone.as_ref().map(|phone| phone.value.clone());
    let call = move || {
        let number = number.as_ref().filter(|_| bookable())?;
        let words = Content::Many(vec![say(Key::ActionPhone), " ".into(), number.clone().into()]);
        Some(item(el("a").set("href", &format::tel(number)).put(words)))
    };
    let share = el("button").set("type", "button").put(say(Key::ActionShare)).on_click(share);
    el("details")
        .class("tn-more")
        .put(el("summary").class("tn-more__summary").put(el("span").put(say(Key::ActionMore))))
        .put(
            el("ul")
                .class("tn-more__list")
                .put(item(el("a").set("href", href).put(say(Key::ActionDetails))))
                .put_live(call)
                .put(site)
                .put(route)
                .put(item(share)),
        )
}
