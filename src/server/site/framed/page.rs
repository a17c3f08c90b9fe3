//! The built page of frames, cut where something is filled in.

use domain::embed::Origin;
use maud::Markup;

/// Where the page wants to know who may show it.
const HOSTS: &str = "__TONARI_EMBED_HOSTS__";
/// Where the page says its language.
const LANGUAGE: [&str; 2] = ["<html lang=\"", "\""];
const CONTENT: [&str; 2] = ["<!--tonari:content-->", "<!--/tonari:content-->"];

#[derive(Debug)]
pub struct Page {
    before_language: String,
    before_hosts: String,
    before_content: String,
    after_content: String,
}

impl Page {
    /// `None` for a page that lacks a mark, or has them in another order.
    #[must_use]
    pub fn of(page: &str) -> Option<Self> {
        let (before_language, rest) = page.split_once(LANGUAGE[0])?;
        let (_, rest) = rest.split_once(LANGUAGE[1])?;
        let (before_hosts, rest) = rest.split_once(HOSTS)?;
        let (before_content, rest) = rest.split_once(CONTENT[0])?;
        let (_, after_content) = rest.split_once(CONTENT[1])?;
        Some(Self {
            before_language: [before_language, LANGUAGE[0]].concat(),
            before_hosts: [LANGUAGE[1], before_hosts].concat(),
            before_content: before_content.to_owned(),
            after_content: after_content.to_owned(),
        })
    }

    #[must_use]
    pub fn fill<'o>(
        &self,
        language: &str,
        hosts: impl Iterator<Item = &'o Origin>,
        content: &Markup,
    ) -> Vec<u8> {
        let mut known: Vec<&str> = Vec::new();
        for host in hosts.map(Origin::as_str) {
            if !known.contains(&host) {
                known.push(host);
            }
        }
        [
            &*self.before_language,
            language,
            &self.before_hosts,
            &known.join(" "),
            &self.before_content,
            &content.0,
            &self.after_content,
        ]
        .concat()
        .into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUILT: &str = "<!doctype html><html lang=\"ja\" data-framed=\"\"><meta name=\"tonari-hosts\" \
        content=\"__TONARI_EMBED_HOSTS__\"><main><!--tonari:content-->x<!--/tonari:content--></main>";

    #[test]
    fn a_page_is_filled_where_its_marks_are_and_without_one_it_is_none() {
        let hosts = ["https://b.example.jp", "https://a.example.jp", "https://b.example.jp"];
        let hosts = hosts.map(|host| Origin::parse(host).unwrap());
        let filled = Page::of(BUILT).unwrap().fill("en", hosts.iter(), &maud::html! { p { "<" } });
        assert_eq!(
            String::from_utf8(filled).unwrap(),
            "<!doctype html><html lang=\"en\" data-framed=\"\"><meta name=\"tonari-hosts\" \
             content=\"https://b.example.jp https://a.example.jp\"><main><p>&lt;</p></main>"
        );
        for mark in [LANGUAGE[0], HOSTS, CONTENT[0], CONTENT[1]] {
            assert!(Page::of(&BUILT.replace(mark, "")).is_none(), "{mark}");
        }
    }
}
