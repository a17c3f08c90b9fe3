//! A WordPress plugin of one file. WordPress takes scripts and unknown elements out of what most of its people write, and
//! leaves a shortcode alone. Values are PHP strings in single quotes: the one kind in which nothing is looked for.

use std::fmt::Write;

pub struct Parts<'a> {
    pub script: &'a str,
    /// Attributes of the element, with what they are where the shortcode says nothing. The first is the team.
    pub defaults: [(&'static str, &'a str); 5],
    pub style: Option<&'a str>,
    /// On one line: WordPress makes paragraphs of line ends.
    pub fallback: &'a str,
}

#[must_use]
pub fn plugin(parts: &Parts<'_>) -> String {
    let script = quoted(parts.script);
    let mut defaults = String::new();
    for (name, value) in parts.defaults {
        writeln!(defaults, "        '{name}' => {},", quoted(value))
            .expect("writing to a String does not fail");
    }
    let team = quoted(parts.defaults[0].1);
    let style = parts.style.map(|style| format!(" style=\"{style}\"")).unwrap_or_default();
    let (style, fallback) = (quoted(&style), quoted(parts.fallback));
    format!(
        r"<?php
/**
 * Plugin Name: Tonari widget
 * Description: [tonari] shows the widget of Tonari.
 * Version: 1.0
 */

defined('ABSPATH') || exit;

add_shortcode('tonari', function ($given) {{
    $values = shortcode_atts([
{defaults}    ], $given, 'tonari');
    wp_enqueue_script('tonari', {script}, [], null, ['strategy' => 'defer', 'in_footer' => true]);
    $attributes = '';
    foreach (array_filter($values, 'strlen') as $name => $value) {{
        $attributes .= sprintf(' %s={quote}%s{quote}', $name, esc_attr($value));
    }}
    $fallback = $values['team'] === {team} ? {fallback} : '';
    return '<tonari-widget' . $attributes . {style} . '>' . $fallback . '</tonari-widget>';
}});
",
        quote = '"',
    )
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
