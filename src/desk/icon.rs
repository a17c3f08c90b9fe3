//! Signs that only the desk shows, drawn like `ui`'s. Those are a table of their own, so that no founder carries these.

use ui::node::{El, svg};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Today,
    Call,
    Sheet,
    Hours,
    Facts,
    Calls,
    Settings,
    Texts,
    Figures,
    Found,
    People,
    Key,
    Online,
    Wait,
    Stands,
    Over,
    Came,
    Missed,
    Shield,
    Forbidden,
    Allowed,
}

impl Sign {
    fn path(self) -> &'static str {
        match self {
            Self::Today => "M4 5.5h16V20H4zM4 10h16M8.5 3v4M15.5 3v4M8.5 14.5h3",
            Self::Call => {
                "M5 4h4l1.5 4.5L8 10.5a12 12 0 0 0 5.5 5.5l2-2.5L20 15v4a1.5 1.5 0 0 1-1.6 1.5A15.5 15.5 0 0 1 3.5 5.6 1.5 1.5 0 0 1 5 4z"
            }
            Self::Hours => "M4 5.5h16V20H4zM4 10h16M8.5 3v4M15.5 3v4M12 12.5v5M9.5 15h5",
            Self::Facts => "M4.5 20V8L12 3.5 19.5 8v12zM9.5 20v-5.5h5V20M9.5 10.5h5",
            Self::Calls => {
                "M4 6h9M4 11h6M4 16h6M14 12.5h2.5l1 2.5-1.2 1a6 6 0 0 0 2.7 2.7l1-1.2 2 1V21a8.5 8.5 0 0 1-8-8.5z"
            }
            Self::Settings => "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
            Self::Texts => {
                "M4 4.5h5.5A2.5 2.5 0 0 1 12 7v13a2 2 0 0 0-2-2H4zM20 4.5h-5.5A2.5 2.5 0 0 0 12 7v13a2 2 0 0 1 2-2h6z"
            }
            Self::Figures => "M4 20h16M6.5 16.5v-5M12 16.5v-10M17.5 16.5v-7",
            Self::Found => {
                "M12 21v-9M12 12c0-4-3-6-7-6 0 4 3 6 7 6zM12 14c0-3.5 2.5-5.5 6.5-5.5 0 3.5-2.5 5.5-6.5 5.5z"
            }
            Self::Sheet => "M6 3h8.5L18 6.5V21H6zM9 11h6M9 14.5h6M9 18h4",
            Self::People => {
                "M8.5 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-3.5 2.6-5.5 6-5.5s6 2 6 5.5M15.5 5a3.3 3.3 0 0 1 0 6.3M17 14.8c2.8.5 4.5 2.3 4.5 5.2"
            }
            Self::Key => "M8 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM12.5 12H21v3.5M17 12v2.5",
            Self::Online => "M3.5 5h17v11h-17zM8.5 20h7M12 16v4",
            Self::Wait => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
            Self::Stands => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.3l2.8 2.7L16 9.5",
            Self::Over => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12h8",
            Self::Came => "M4.5 12.5 10 18 19.5 7",
            Self::Missed => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9 9l6 6M15 9l-6 6",
            Self::Shield => "M12 3l7.5 3v5.5c0 4.6-3 7.9-7.5 9.5-4.5-1.6-7.5-4.9-7.5-9.5V6z",
            Self::Forbidden => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM5.8 5.8l12.4 12.4",
            Self::Allowed => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.3l2.8 2.7L16 9.5",
        }
    }
}

/// Always beside a word.
pub fn sign(sign: Sign) -> El {
    svg("svg")
        .class("tn-icon")
        .set("viewBox", "0 0 24 24")
        .set("aria-hidden", "true")
        .set("focusable", "false")
        .put(svg("path").set("d", sign.path()))
}
