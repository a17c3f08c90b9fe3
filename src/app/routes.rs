//! The addresses of the entry for finding. No address ever holds more of a place than its prefecture.

use domain::association::AssociationId;
use domain::place::PrefectureCode;
use ui::component::Tab;

use crate::state::routing::Address;

/// A screen of the founder's app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    Find,
    /// The answer; a shared link says the prefecture and nothing finer.
    Answer(PrefectureCode),
    Association(AssociationId),
    Saved,
    Device,
    About,
    NotFound,
}

impl Address for Route {
    fn of(path: &str, query: &str) -> Option<Self> {
        let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
        let route = match path {
            "/" | "/index.html" => Self::Find,
            "/find" => prefecture_of(query).map_or(Self::Find, Self::Answer),
            "/saved" => Self::Saved,
            "/device" => Self::Device,
            "/about" => Self::About,
            _ => match path.strip_prefix("/associations/") {
                Some(id) if !id.is_empty() && !id.contains('/') => {
                    Self::Association(AssociationId(id.to_owned()))
                }
                _ => return None,
            },
        };
        Some(route)
    }

    fn not_found() -> Self {
        Self::NotFound
    }

    fn href(&self) -> String {
        match self {
            Self::Find | Self::NotFound => "/".to_owned(),
            Self::Answer(prefecture) => format!("/find?pref={prefecture}"),
            Self::Association(id) => format!("/associations/{}", id.as_str()),
            Self::Saved => "/saved".to_owned(),
            Self::Device => "/device".to_owned(),
            Self::About => "/about".to_owned(),
        }
    }
}

impl Route {
    /// The door at the bottom that leads here.
    #[must_use]
    pub fn tab(&self) -> Option<Tab> {
        match self {
            Self::Find | Self::Answer(_) => Some(Tab::Find),
            Self::Saved => Some(Tab::Saved),
            Self::Device | Self::About | Self::Association(_) | Self::NotFound => None,
        }
    }
}

fn prefecture_of(query: &str) -> Option<PrefectureCode> {
    query
        .trim_start_matches('?')
        .split('&')
        .find_map(|pair| pair.strip_prefix("pref="))
        .and_then(|number| number.parse().ok())
        .and_then(PrefectureCode::new)
}
