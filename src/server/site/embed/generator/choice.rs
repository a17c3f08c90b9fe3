//! What somebody asked the generator for. Whatever an address says, there is a choice: the unknown is not an error here but
//! the usual value, because half of these addresses are typed or cut off in a mail.

use domain::association::{Association, AssociationId};
use domain::booking::letter::Language;
use domain::directory::Edition;
use domain::frame::{Accent, View};
use url::form_urlencoded::{Serializer, parse};

/// Pixels: so much is seen of a frame before she touches it, and nothing below moves.
pub const USUAL_HEIGHT: u16 = 560;

/// Paper of the widget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// As the attribute `lang` has it.
#[must_use]
pub const fn code_of(language: Language) -> &'static str {
    match language {
        Language::Japanese => "ja",
        Language::Easy => "ja-easy",
        Language::English => "en",
    }
}

pub const LANGUAGES: [Language; 3] = [Language::Japanese, Language::Easy, Language::English];
/// Of the height: less is no widget, more is a slip of the finger.
pub const HEIGHTS: std::ops::RangeInclusive<u16> = 200..=2000;

#[derive(Clone, Debug)]
pub struct Choice<'a> {
    pub association: &'a Association,
    pub view: View,
    /// Booking was asked of an association without a team.
    pub without_team: bool,
    pub language: Language,
    pub theme: Theme,
    pub accent: Option<Accent>,
    /// As typed, where it is no colour.
    pub no_colour: Option<String>,
    /// Where another one than usual was chosen.
    pub height: Option<u16>,
    /// The host's policy forbids `style` attributes.
    pub strict: bool,
    /// The generator itself speaks English.
    pub in_english: bool,
}

impl<'a> Choice<'a> {
    /// `None` only for a directory that lists nobody.
    #[must_use]
    pub fn of(query: &str, edition: &'a Edition) -> Option<Self> {
        let asked: Vec<_> = parse(query.as_bytes()).collect();
        let last = |name: &str| {
            asked.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.trim()).unwrap_or_default()
        };
        let association = edition.association(&AssociationId(last("team").to_owned()));
        let association = association.or_else(|| teams_first(edition).into_iter().next())?;
        let view = View::parse(last("view")).unwrap_or(View::Find);
        let without_team = view == View::Book && association.team.is_none();
        let accent = Accent::parse(last("accent"));
        let typed = Some(last("accent")).filter(|typed| !typed.is_empty() && accent.is_none());
        let language = LANGUAGES.into_iter().find(|one| code_of(*one) == last("words"));
        let theme = Theme::ALL.into_iter().find(|theme| theme.code() == last("theme"));
        Some(Self {
            association,
            view: if without_team { View::Team } else { view },
            without_team,
            language: language.unwrap_or_default(),
            theme: theme.unwrap_or(Theme::Auto),
            accent,
            no_colour: typed.map(|typed| typed.chars().take(20).collect()),
            height: last("height").parse().ok().map(|h: u16| h.clamp(*HEIGHTS.start(), *HEIGHTS.end())),
            strict: last("strict") == "yes",
            in_english: last("lang") == "en",
        })
    }

    #[must_use]
    pub fn height(&self) -> u16 {
        self.height.unwrap_or(USUAL_HEIGHT)
    }

    /// The address that leads to the same choice, without its question mark.
    #[must_use]
    pub fn query(&self) -> String {
        let mut query = Serializer::new(String::new());
        query.append_pair("team", self.association.id.as_str()).append_pair("view", self.view.code());
        query.append_pair("words", code_of(self.language)).append_pair("theme", self.theme.code());
        if let Some(accent) = self.accent {
            query.append_pair("accent", &accent.digits());
        }
        if let Some(height) = self.height {
            query.append_pair("height", &height.to_string());
        }
        if self.strict {
            query.append_pair("strict", "yes");
        }
        if self.in_english {
            query.append_pair("lang", "en");
        }
        query.finish()
    }
}

/// Those with a women's team before the others, each in the directory's order.
#[must_use]
pub fn teams_first(edition: &Edition) -> Vec<&Association> {
    let (with, without): (Vec<_>, Vec<_>) = edition.associations.iter().partition(|one| one.team.is_some());
    with.into_iter().chain(without).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    pub fn edition() -> Edition {
        Edition::parse(include_bytes!("../../../../../public/data/directory.json")).unwrap()
    }

    #[test]
    fn an_address_that_says_nonsense_is_a_choice_all_the_same() {
        let edition = edition();
        for query in [
            "",
            "team=%ff%fe&view=%00",
            "team=nowhere&view=map&words=fr&theme=pink&height=-3",
            "&&==&%",
            "team",
        ] {
            let choice = Choice::of(query, &edition).unwrap();
            assert_eq!((choice.association.id.as_str(), choice.view), ("akita", View::Find), "{query}");
            assert_eq!((choice.height(), choice.theme), (560, Theme::Auto), "{query}");
            assert!(!choice.strict && choice.accent.is_none(), "{query}");
        }
    }

    #[test]
    fn nobody_books_a_team_that_is_not_there() {
        let edition = edition();
        let choice = Choice::of("team=tokyo&view=book", &edition).unwrap();
        assert_eq!((choice.view, choice.without_team), (View::Team, true));
        let choice = Choice::of("team=shimane&view=book", &edition).unwrap();
        assert_eq!((choice.view, choice.without_team), (View::Book, false));
    }

    #[test]
    fn the_address_of_a_choice_leads_to_that_choice() {
        let edition = edition();
        for query in [
            "",
            "team=gifu-shi&view=events&words=ja-easy&theme=dark&accent=%23Aa0011&height=9999&strict=yes&lang=en",
        ] {
            let choice = Choice::of(query, &edition).unwrap();
            let address = choice.query();
            assert_eq!(Choice::of(&address, &edition).unwrap().query(), address);
        }
        let choice = Choice::of("height=9999&accent=%23Aa0011", &edition).unwrap();
        assert_eq!((choice.height(), choice.accent.unwrap().digits().as_str()), (2000, "aa0011"));
    }
}
