//! Choosing among articles: by genre, industry, stage, prefecture, scheme and life, with the number that each further
//! choice would leave.
//!
//! Within one facet choices are alternatives, between facets all have to hold. The number beside a choice is what the
//! list would have with it, everything else as it is; so a number is never zero for what is chosen and found.

use crate::place::PrefectureCode;

use super::codes::{Industry, Life, Scheme, Stage};
use super::item::{Article, Genre};

/// By what she can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    Genre,
    Industry,
    Stage,
    Area,
    Scheme,
    Life,
}

/// One of a facet's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Choice {
    Genre(Genre),
    Industry(Industry),
    Stage(Stage),
    Area(PrefectureCode),
    Scheme(Scheme),
    Life(Life),
}

/// What she chose so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter(Vec<Choice>);

/// How many articles each choice would leave; what would leave none is not there.
pub type Counts = Vec<(Choice, usize)>;

impl Choice {
    #[must_use]
    pub const fn facet(self) -> Facet {
        match self {
            Self::Genre(_) => Facet::Genre,
            Self::Industry(_) => Facet::Industry,
            Self::Stage(_) => Facet::Stage,
            Self::Area(_) => Facet::Area,
            Self::Scheme(_) => Facet::Scheme,
            Self::Life(_) => Facet::Life,
        }
    }

    fn holds(self, genre: Genre, article: &Article) -> bool {
        let topics = &article.topics;
        match self {
            Self::Genre(one) => one == genre,
            Self::Industry(one) => topics.industries.contains(&one),
            Self::Stage(one) => topics.stages.contains(&one),
            // What is for everywhere is for here, too.
            Self::Area(one) => {
                topics.areas.is_empty() || topics.areas.iter().any(|area| area.prefecture() == one)
            }
            Self::Scheme(one) => topics.schemes.contains(&one),
            Self::Life(one) => topics.lives.contains(&one),
        }
    }
}

impl Filter {
    #[must_use]
    pub fn has(&self, choice: Choice) -> bool {
        self.0.contains(&choice)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        &self.0
    }

    /// Takes it in, or out again.
    pub fn toggle(&mut self, choice: Choice) {
        match self.0.iter().position(|one| *one == choice) {
            Some(at) => drop(self.0.remove(at)),
            None => self.0.push(choice),
        }
    }

    /// Nothing else of this facet; `None` is all of it.
    pub fn only(&mut self, facet: Facet, choice: Option<Choice>) {
        self.0.retain(|one| one.facet() != facet);
        self.0.extend(choice);
    }

    #[must_use]
    pub fn lets_through(&self, genre: Genre, article: &Article) -> bool {
        self.lets_through_but(None, genre, article)
    }

    fn lets_through_but(&self, left_out: Option<Facet>, genre: Genre, article: &Article) -> bool {
        let facets = [Facet::Genre, Facet::Industry, Facet::Stage, Facet::Area, Facet::Scheme, Facet::Life];
        facets.into_iter().filter(|facet| Some(*facet) != left_out).all(|facet| {
            let mut chosen = self.0.iter().filter(|one| one.facet() == facet).peekable();
            chosen.peek().is_none() || chosen.any(|one| one.holds(genre, article))
        })
    }

    /// In the order of the closed lists.
    #[must_use]
    pub fn counts<'a>(&self, articles: &(impl Iterator<Item = (Genre, &'a Article)> + Clone)) -> Counts {
        let count = |choice: Choice| {
            let left = |(genre, article): &(Genre, &Article)| {
                choice.holds(*genre, article) && self.lets_through_but(Some(choice.facet()), *genre, article)
            };
            articles.clone().filter(left).count()
        };
        all().map(|choice| (choice, count(choice))).filter(|(_, count)| *count > 0).collect()
    }
}

fn all() -> impl Iterator<Item = Choice> {
    let genres = [Genre::Story, Genre::Case, Genre::Guide].into_iter().map(Choice::Genre);
    genres
        .chain(Industry::ALL.iter().copied().map(Choice::Industry))
        .chain(Stage::ALL.iter().copied().map(Choice::Stage))
        .chain(PrefectureCode::all().map(Choice::Area))
        .chain(Scheme::ALL.iter().copied().map(Choice::Scheme))
        .chain(Life::ALL.iter().copied().map(Choice::Life))
}
