//! What the address of a frame asks for: `/embed/book?team=shimane&lang=en&theme=dark&accent=0a7c86`.

use domain::association::AssociationId;
use domain::frame::{Look, View};
use ui::i18n::Lang;

pub struct Asked {
    pub view: View,
    pub team: Option<AssociationId>,
    pub lang: Lang,
    /// Until the host says more.
    pub look: Look,
}

impl Asked {
    /// Whatever makes no sense is as if it were not there.
    pub fn read(path: &str, query: &str) -> Self {
        let parameter = |name: &str| {
            let pairs = query.trim_start_matches('?').split('&');
            pairs
                .filter_map(|pair| pair.split_once('='))
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value)
        };
        let view = path.trim_end_matches('/').strip_prefix("/embed/").and_then(View::parse);
        Self {
            view: view.unwrap_or(View::Find),
            team: parameter("team")
                .filter(|team| !team.is_empty())
                .map(|team| AssociationId(team.to_owned())),
            lang: parameter("lang").and_then(Lang::from_tag).unwrap_or(Lang::Japanese),
            look: Look::read(parameter("theme"), parameter("accent"), None),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::frame::Theme;

    use super::*;

    #[test]
    fn an_address_says_what_to_show_and_how() {
        let asked = Asked::read("/embed/book", "?team=shimane&lang=en&theme=dark&accent=0a7c86");
        assert_eq!((asked.view, asked.lang, asked.look.theme), (View::Book, Lang::English, Theme::Dark));
        assert_eq!(asked.team, Some(AssociationId("shimane".to_owned())));
        assert!(asked.look.accent.is_some());
        let odd = Asked::read("/embed/elsewhere/", "?team=&lang=xx&lang=en&accent=%23fff&theme");
        assert_eq!(
            (odd.view, odd.lang, odd.team, odd.look),
            (View::Find, Lang::Japanese, None, Look::default())
        );
    }
}
