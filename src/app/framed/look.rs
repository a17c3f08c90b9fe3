//! The look that the page around asks for, put on.

use domain::frame::{Look, Theme, accent};

const NAMES: [&str; 3] = ["--lamp", "--on-lamp", "--lamp-soft"];

pub fn put_on(look: &Look) {
    let theme = match look.theme {
        Theme::Auto => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    };
    browser::document::set_root_attribute("data-theme", theme);
    let size = (look.text > 1.0).then(|| [&*((look.text * 100.0).round() as u32).to_string(), "%"].concat());
    browser::document::set_root_style("font-size", size.as_deref());
    let dark = match look.theme {
        Theme::Dark => true,
        Theme::Light => false,
        Theme::Auto => browser::document::prefers_dark(),
    };
    let colours = look.accent.map(|colour| {
        let palette = colour.palette(dark);
        [palette.lamp, palette.on_lamp, palette.soft].map(accent::hex)
    });
    for (at, name) in NAMES.into_iter().enumerate() {
        browser::document::set_root_style(name, colours.as_ref().map(|colours| &*colours[at]));
    }
}
