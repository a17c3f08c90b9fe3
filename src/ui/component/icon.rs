//! The project's own icons: 24 px grid, 1.75 px stroke, round joins. Always beside a word, so hidden from assistive
//! technology.

use crate::node::{El, svg};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    /// Two doors side by side: the mark.
    Doors,
    Search,
    Bookmark,
    Device,
    Calendar,
    Book,
    Target,
    Back,
    Check,
    External,
    Warning,
}

impl IconName {
    fn path(self) -> &'static str {
        match self {
            Self::Doors => "M2 21h20M4 21V8.5L8 5l4 3.5V21M12 21V7l4-3.5L20 7v14M9.4 14v.01M14.6 14v.01",
            Self::Search => "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 21 21",
            Self::Bookmark => "M6 3.5h12V21l-6-4.5L6 21z",
            Self::Device => {
                "M7 2.5h10a1.5 1.5 0 0 1 1.5 1.5v16a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 20V4A1.5 1.5 0 0 1 7 2.5zM10.5 18.5h3"
            }
            Self::Calendar => "M4 5.5h16V20H4zM4 10h16M8.5 3v4M15.5 3v4",
            Self::Book => {
                "M12 6.5C10 5 7 4.5 3.5 5v13.5c3.5-.5 6.5 0 8.5 1.5 2-1.5 5-2 8.5-1.5V5C17 4.5 14 5 12 6.5zM12 6.5V20"
            }
            Self::Target => "M12 17.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM12 2v3M12 19v3M2 12h3M19 12h3",
            Self::Back => "M11 5l-7 7 7 7M4 12h16",
            Self::Check => "M4.5 12.5 10 18 19.5 7",
            Self::External => "M8 5h11v11M19 5 5 19",
            Self::Warning => "M12 3.5 22 20.5H2zM12 10v4.5M12 17.4v.01",
        }
    }
}

/// The icon as an element.
pub fn icon(name: IconName) -> El {
    svg("svg")
        .class("tn-icon")
        .set("viewBox", "0 0 24 24")
        .set("aria-hidden", "true")
        .set("focusable", "false")
        .put(svg("path").set("d", name.path()))
}
