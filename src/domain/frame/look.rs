//! How the page around a frame wants it to look. Whatever makes no sense is left out: a frame is never refused for its
//! colour.

use super::Accent;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device has it.
    #[default]
    Auto,
    Light,
    Dark,
}

/// From the tag's attributes, or from the page by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    pub theme: Theme,
    pub accent: Option<Accent>,
    /// Size of text, 1 to 2.
    pub text: f64,
}

impl Default for Look {
    fn default() -> Self {
        Self { theme: Theme::Auto, accent: None, text: 1.0 }
    }
}

impl Look {
    /// Out of what somebody else's page sent.
    #[must_use]
    pub fn read(theme: Option<&str>, accent: Option<&str>, text: Option<f64>) -> Self {
        let theme = match theme.map(str::trim) {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::Auto,
        };
        let text = text.filter(|text| text.is_finite()).map_or(1.0, |text| text.clamp(1.0, 2.0));
        Self { theme, accent: accent.and_then(Accent::parse), text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_sense_is_left_out() {
        let nothing = Look::default();
        for (theme, accent, text) in [
            (None, None, None),
            (Some("red; }"), Some("url(x)"), Some(f64::NAN)),
            (Some(""), Some("#12"), Some(f64::INFINITY)),
            (Some("DARK"), Some("#zzzzzz"), Some(-3.0)),
        ] {
            assert_eq!(Look::read(theme, accent, text), nothing);
        }
        let large = Look::read(Some(" dark "), Some("#0A7C86"), Some(9.0));
        assert_eq!((large.theme, large.text), (Theme::Dark, 2.0));
        assert_eq!(large.accent, Accent::parse("0a7c86"));
    }
}
