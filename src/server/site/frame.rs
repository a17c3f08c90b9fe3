//! A built page into which something is filled, and what was made of it so far. The app takes the place of what stands
//! between the marks.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use maud::Markup;

use super::asset::{Asset, CachePolicy};
use super::compress;
use super::files::moved;

/// The page, cut where something is filled in.
#[derive(Debug)]
pub struct Frame {
    before_head: String,
    between: String,
    after_content: String,
    /// What stands before addresses on the host that the page is for.
    prefix: String,
}

/// Pages that were made already: one an address that has something to show.
pub struct Pages {
    made: Mutex<BTreeMap<String, (Stamp, Arc<Asset>)>>,
    /// Whoever collects them takes them as they are.
    compressed: bool,
}

/// Of what a page was made; events end at a minute.
pub type Stamp = (u32, i64);

const HEAD: [&str; 2] = ["<!--tonari:head-->", "<!--/tonari:head-->"];
pub const CONTENT: [&str; 2] = ["<!--tonari:content-->", "<!--/tonari:content-->"];
/// What is said of booking without the app.
pub const FORM: [&str; 2] = ["<!--tonari:form-->", "<!--/tonari:form-->"];

/// The page without its marks, for those who get it as it was built.
#[must_use]
pub fn unmarked(page: &str) -> String {
    HEAD.iter().chain(&CONTENT).chain(&FORM).fold(page.to_owned(), |page, mark| page.replace(mark, ""))
}

impl Frame {
    /// `None` for a page without the four marks, in their order.
    #[must_use]
    pub fn of(page: &[u8], prefix: &str) -> Option<Self> {
        let page = std::str::from_utf8(page).ok()?;
        let (before_head, rest) = page.split_once(HEAD[0])?;
        let (_, rest) = rest.split_once(HEAD[1])?;
        let (between, rest) = rest.split_once(CONTENT[0])?;
        let (_, after_content) = rest.split_once(CONTENT[1])?;
        Some(Self {
            before_head: before_head.to_owned(),
            between: between.to_owned(),
            after_content: after_content.to_owned(),
            prefix: prefix.to_owned(),
        })
    }

    #[must_use]
    pub fn fill(&self, head: Markup, content: Markup) -> Vec<u8> {
        let (head, content) = (moved(head, &self.prefix), moved(content, &self.prefix));
        [&*self.before_head, &head.0, &self.between, &content.0, &self.after_content].concat().into_bytes()
    }
}

impl Pages {
    #[must_use]
    pub fn new(compressed: bool) -> Self {
        Self { made: Mutex::default(), compressed }
    }

    #[must_use]
    pub fn kept(&self, path: &str, stamp: Stamp) -> Option<Arc<Asset>> {
        let pages = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        pages.get(path).filter(|(made_of, _)| *made_of == stamp).map(|(_, page)| Arc::clone(page))
    }

    pub fn keep(&self, path: &str, stamp: Stamp, page: Vec<u8>) -> Arc<Asset> {
        let mut page = Asset::new("/read.html", page, CachePolicy::Revalidate);
        if self.compressed {
            compress::one(&mut page);
        }
        let page = Arc::new(page);
        let mut pages = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        pages.insert(path.to_owned(), (stamp, Arc::clone(&page)));
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_filled_between_its_marks_and_only_a_whole_frame_is_one() {
        let page = b"<head><!--tonari:head--><title>x</title><!--/tonari:head--></head><main><!--tonari:content-->y<!--/tonari:content--></main>";
        let frame = Frame::of(page, "").unwrap();
        let filled = frame.fill(maud::html! { title { "a" } }, maud::html! { p { "<b>" } });
        assert_eq!(filled, b"<head><title>a</title></head><main><p>&lt;b&gt;</p></main>");
        assert!(Frame::of(b"<!--tonari:content--><!--tonari:head-->", "").is_none());
    }
}
