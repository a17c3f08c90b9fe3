//! A colour of the host's, and how well it is read on our paper. The widget never takes a colour that cannot be read: it
//! keeps the hue and changes the lightness. Here that is only said beforehand.

/// Six hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent([u8; 3]);

/// Of text, as everywhere in Tonari.
pub const ENOUGH: f64 = 7.0;

// Of paper and card of a theme the one on which less is read; see `style/tokens.css`.
const LIGHT: Accent = Accent([0xfb, 0xf9, 0xf5]);
const DARK: Accent = Accent([0x1b, 0x22, 0x27]);

impl Accent {
    /// `#0a7c86` or `0a7c86`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim();
        let digits = digits.strip_prefix('#').unwrap_or(digits);
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self([channel(0)?, channel(2)?, channel(4)?]))
    }

    /// As an address has it.
    #[must_use]
    pub fn digits(self) -> String {
        let [red, green, blue] = self.0;
        format!("{red:02x}{green:02x}{blue:02x}")
    }

    /// On the light page, and on the dark one.
    #[must_use]
    pub fn contrasts(self) -> [f64; 2] {
        [LIGHT, DARK].map(|paper| contrast(self, paper))
    }

    /// WCAG 2.2, relative luminance.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let part = f64::from(channel) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

fn contrast(one: Accent, other: Accent) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_digits_and_nothing_else() {
        for text in ["#0a7c86", "0A7C86", " #0a7c86 "] {
            assert_eq!(Accent::parse(text).map(Accent::digits).as_deref(), Some("0a7c86"), "{text}");
        }
        for text in
            ["", "#", "#fff", "red", "#0a7c8g", "#0a7c86;", "##0a7c86", "+1+2+3", "あい", "0a7c8\u{e9}"]
        {
            assert_eq!(Accent::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let colour = |text| Accent::parse(text).unwrap();
        assert!((contrast(colour("000000"), colour("ffffff")) - 21.0).abs() < 1e-9);
        assert!((contrast(colour("777777"), colour("ffffff")) - 4.478).abs() < 0.001);
        // Our own lamps pass what is said of others.
        assert!(colour("0a5756").contrasts()[0] > ENOUGH && colour("7fd1c9").contrasts()[1] > ENOUGH);
        let [light, dark] = colour("ffff00").contrasts();
        assert!(light < 1.2 && dark > ENOUGH, "{light} {dark}");
    }
}
