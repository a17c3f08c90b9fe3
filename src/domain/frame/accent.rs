//! A colour of the host's for links and buttons, moved towards black or white until it can be read: a frame takes a
//! house's colour, but not its mistakes.
//!
//! Contrast is that of WCAG 2 (relative luminance); 7:1 for text, as everywhere in the app.

/// A colour as a host writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent([u8; 3]);

/// What the style sheets call `--lamp`, `--on-lamp` and `--lamp-soft`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    pub lamp: [u8; 3],
    pub on_lamp: [u8; 3],
    pub soft: [u8; 3],
}

/// `--paper`, `--card` and `--ink` of a theme, as `style/tokens.css` has them; a test reads that file.
struct Theme {
    paper: [u8; 3],
    card: [u8; 3],
    ink: [u8; 3],
    on_lamp: [u8; 3],
    /// Where a colour that cannot be read moves to.
    end: [u8; 3],
}

const LIGHT: Theme = Theme {
    paper: [0xfb, 0xf9, 0xf5],
    card: [0xff, 0xff, 0xff],
    ink: [0x1d, 0x2a, 0x33],
    on_lamp: [0xff, 0xff, 0xff],
    end: [0x00, 0x00, 0x00],
};

const DARK: Theme = Theme {
    paper: [0x14, 0x19, 0x1d],
    card: [0x1b, 0x22, 0x27],
    ink: [0xec, 0xe9, 0xe2],
    on_lamp: [0x08, 0x21, 0x1f],
    end: [0xff, 0xff, 0xff],
};

/// Of text, as everywhere in the app.
pub const READABLE: f64 = 7.0;
const STEPS: u16 = 64;
/// Of the colour in a soft background; as many of 64.
const SOFT: u16 = 7;

impl Accent {
    /// `#rrggbb` or `rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.strip_prefix('#').unwrap_or(text);
        if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// Six lower-case digits, without the sign.
    #[must_use]
    pub fn digits(self) -> String {
        hex(self.0)[1..].to_owned()
    }

    /// How well it is read as it is, on the light page and on the dark one.
    #[must_use]
    pub fn contrasts(self) -> [f64; 2] {
        [LIGHT, DARK].map(|theme| contrast(self.0, theme.paper).min(contrast(self.0, theme.card)))
    }

    #[must_use]
    pub fn palette(self, dark: bool) -> Palette {
        let theme = if dark { DARK } else { LIGHT };
        let readable = |lamp: [u8; 3]| {
            [theme.paper, theme.card, theme.on_lamp].iter().all(|other| contrast(lamp, *other) >= READABLE)
        };
        let moved = (0..=STEPS).map(|step| mix(self.0, theme.end, step)).find(|lamp| readable(*lamp));
        let lamp = moved.unwrap_or(theme.end);
        let softer = (0..=SOFT).rev().map(|part| mix(theme.card, lamp, part));
        let legible = |soft: &[u8; 3]| {
            contrast(theme.ink, *soft) >= READABLE && contrast(lamp, *soft) >= READABLE - 1.0
        };
        let soft = softer.into_iter().find(legible).unwrap_or(theme.card);
        Palette { lamp, on_lamp: theme.on_lamp, soft }
    }
}

/// `#rrggbb`
#[must_use]
pub fn hex(colour: [u8; 3]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::from("#");
    for part in colour {
        text.push(DIGITS[usize::from(part >> 4)].into());
        text.push(DIGITS[usize::from(part & 15)].into());
    }
    text
}

/// So many of [`STEPS`] parts from one colour to another.
fn mix(from: [u8; 3], to: [u8; 3], step: u16) -> [u8; 3] {
    let one = |from: u8, to: u8| {
        let sum = u16::from(from) * (STEPS - step) + u16::from(to) * step;
        (sum / STEPS) as u8
    };
    [one(from[0], to[0]), one(from[1], to[1]), one(from[2], to[2])]
}

fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance([red, green, blue]: [u8; 3]) -> f64 {
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

fn linear(part: u8) -> f64 {
    let part = f64::from(part) / 255.0;
    if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_colour_a_host_has_it_can_be_read(colour: [u8; 3], dark: bool) {
            let palette = Accent(colour).palette(dark);
            let theme = if dark { DARK } else { LIGHT };
            for ground in [theme.paper, theme.card, palette.on_lamp] {
                prop_assert!(contrast(palette.lamp, ground) >= READABLE, "{palette:?} on {ground:?}");
            }
            prop_assert!(contrast(theme.ink, palette.soft) >= READABLE, "{palette:?}");
            prop_assert_eq!(Accent::parse(&hex(colour)), Some(Accent(colour)));
        }
    }

    #[test]
    fn a_colour_that_can_be_read_stays_as_it_is() {
        let lamp = Accent::parse("#0a5756").unwrap();
        assert_eq!(hex(lamp.palette(false).lamp), "#0a5756");
        assert_eq!(Accent::parse("#7FD1C9").map(|light| hex(light.palette(true).lamp)).unwrap(), "#7fd1c9");
        // Yellow on white is what hosts ask for most, and nobody can read.
        assert_ne!(hex(Accent::parse("ffd400").unwrap().palette(false).lamp), "#ffd400");
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let [black, grey, white] = [[0; 3], [0x77; 3], [0xff; 3]];
        assert!((contrast(black, white) - 21.0).abs() < 1e-9);
        assert!((contrast(grey, white) - 4.478).abs() < 0.001);
        let [light, dark] = Accent::parse("ffff00").unwrap().contrasts();
        assert!(light < 1.2 && dark > READABLE, "{light} {dark}");
    }

    #[test]
    fn the_grounds_are_those_of_the_style_sheet() {
        let tokens = include_str!("../../../style/tokens.css");
        let (light, dark) = tokens.split_once("data-theme=\"dark\"").unwrap();
        for (sheet, theme) in [(light, LIGHT), (dark, DARK)] {
            for (name, colour) in
                [("paper", theme.paper), ("card", theme.card), ("ink", theme.ink), ("on-lamp", theme.on_lamp)]
            {
                assert!(sheet.contains(&format!("--{name}: {};", hex(colour))), "--{name}");
            }
        }
    }
}
