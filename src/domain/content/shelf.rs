//! All that is published of one sort, under a number that rises with each change.

use crate::json::{self, Json};

use super::item::Item;
use super::read::{self, BadContent};

/// Each has its own number, so that a notice does not make phones fetch all stories again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ShelfName {
    /// Stories, cases and guides.
    Stories,
    Events,
    Notices,
}

/// One edition of a shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Shelf {
    /// Rises with every publication and withdrawal; zero while nothing was ever published.
    pub number: u32,
    pub items: Vec<Item>,
}

impl ShelfName {
    pub const ALL: [Self; 3] = [Self::Stories, Self::Events, Self::Notices];

    #[must_use]
    pub const fn of(item: &Item) -> Self {
        match item {
            Item::Story(_) | Item::Case(_) | Item::Guide(_) => Self::Stories,
            Item::Event(_) => Self::Events,
            Item::Notice(_) => Self::Notices,
        }
    }

    /// As in the database and in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Stories => "stories",
            Self::Events => "events",
            Self::Notices => "notices",
        }
    }

    /// Where it is asked for.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Stories => "/api/v1/stories",
            Self::Events => "/api/v1/events",
            Self::Notices => "/api/v1/notices",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.code() == code)
    }
}

/// A shelf of which only the form was read: on a slow phone the rest is a turn of its own.
pub struct Unread(Json);

impl Unread {
    /// # Errors
    /// Where it is no JSON.
    pub fn parse(bytes: &[u8]) -> Result<Self, BadContent> {
        Ok(Self(Json::parse(bytes)?))
    }

    /// # Errors
    /// The first thing that is wrong.
    pub fn read(&self) -> Result<Shelf, BadContent> {
        let shelf = json::read(&self.0, |node| Shelf {
            number: node.field("number").number(u32::MAX),
            items: read::items(&node.field("items")),
        })?;
        read::unique(&shelf.items)?;
        Ok(shelf)
    }
}

impl Shelf {
    /// # Errors
    /// As for both steps.
    pub fn read(bytes: &[u8]) -> Result<Self, BadContent> {
        Unread::parse(bytes)?.read()
    }

    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.head().id.as_str() == id)
    }
}
