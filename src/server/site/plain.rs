//! The 51 associations as plain HTML: readable before the wasm is there, without JavaScript, and by search engines.
//!
//! The words stand here and not in the i18n files because this page is the one thing that needs no app.

use std::fmt::Write;

use domain::association::{Area, Association};
use domain::directory::Edition;

use super::associations::listed_when;

/// The eight regions, each with the numbers of its prefectures.
const REGIONS: [(&str, std::ops::RangeInclusive<u32>); 8] = [
    ("北海道", 1..=1),
    ("東北", 2..=7),
    ("関東", 8..=14),
    ("中部", 15..=23),
    ("近畿", 24..=30),
    ("中国", 31..=35),
    ("四国", 36..=39),
    ("九州・沖縄", 40..=47),
];

/// The whole section, in the directory's order within each region.
#[must_use]
pub fn associations(edition: &Edition) -> String {
    let mut html = String::from("<section id=\"associations\" class=\"tn-plain\">\n");
    let count = edition.associations.len();
    line(&mut html, format_args!("<h2 class=\"tn-plain__title\">全国の信用保証協会（{count}）</h2>"));
    for (region, prefectures) in REGIONS {
        line(
            &mut html,
            format_args!("<h3 class=\"tn-plain__region\">{region}</h3>\n<ul class=\"tn-plain__list\">"),
        );
        for association in edition.associations.iter().filter(|a| prefectures.contains(&prefecture(a))) {
            line(&mut html, format_args!("{}", item(association)));
        }
        line(&mut html, format_args!("</ul>"));
    }
    html.push_str("</section>");
    html
}

fn prefecture(association: &Association) -> u32 {
    match association.area {
        Area::Prefecture(number) => u32::from(number),
        Area::City(code) => code / 1000,
    }
}

fn item(association: &Association) -> String {
    let mut html = format!(
        "<li class=\"tn-plain__item\"><a class=\"tn-plain__name\" href=\"{}\" rel=\"noopener external\">{}</a>",
        escape(&association.website.value),
        escape(&association.name.value),
    );
    if let Some(team) = &association.team {
        let when = listed_when(team);
        line(&mut html, format_args!("<span class=\"tn-plain__team\">女性職員のチーム{when}</span>"));
    }
    if let Some(phone) = &association.phone {
        let number = escape(&phone.value);
        line(
            &mut html,
            format_args!("<span class=\"tn-plain__phone\"><a href=\"tel:{number}\">{number}</a>"),
        );
        if let Some(note) = &phone.note {
            line(&mut html, format_args!("<small class=\"tn-plain__note\">{}</small>", escape(note)));
        }
        html.push_str("</span>");
    }
    html.push_str("</li>");
    html
}

fn line(html: &mut String, text: std::fmt::Arguments<'_>) {
    writeln!(html, "{text}").expect("writing to a String does not fail");
}

/// For text and for attributes in double quotes. An edition is signed, but a name is still only a name.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition() -> Edition {
        Edition::parse(include_bytes!("../../../public/data/directory.json")).unwrap()
    }

    #[test]
    fn every_association_is_listed_once_with_its_official_site() {
        let edition = edition();
        let html = associations(&edition);
        assert_eq!(html.matches("<li ").count(), 51);
        for association in &edition.associations {
            let link = format!(
                "href=\"{}\" rel=\"noopener external\">{}</a>",
                association.website.value, association.name.value
            );
            assert_eq!(html.matches(&link).count(), 1, "{}", association.id.as_str());
        }
        assert_eq!(html.matches("女性職員のチーム（2018年6月時点・要確認）").count(), 10);
        assert_eq!(html.matches("href=\"tel:").count(), 2);
    }

    #[test]
    fn a_name_cannot_bring_markup_with_it() {
        let mut edition = edition();
        edition.associations[0].name.value = "<script>\"&".to_owned();
        assert!(associations(&edition).contains("&lt;script&gt;&quot;&amp;</a>"));
    }
}
