//! Notices as the first screen needs them: a title, for where, from when to when. The rest is read on their own page.
//!
//! Reading a whole item weighs more than all that the first screen has room for. What cannot be read is left out: a newer
//! server may know notices this app does not.

use crate::json::{self, Json, Node};
use crate::place::PrefectureCode;

/// A notice in one line.
#[cfg_attr(test, derive(Debug, PartialEq))]
pub struct Brief {
    pub id: String,
    /// Japanese, easy Japanese and English, the last two where they are there.
    pub titles: [String; 3],
    /// None: everywhere.
    prefectures: Vec<u32>,
    from: String,
    to: String,
    /// It goes before everything else, wherever she is.
    pub is_crisis: bool,
    pub fictional: bool,
}

/// All of a shelf; `None` where it is no shelf.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Vec<Brief>> {
    json::read(&Json::parse(bytes).ok()?, |node| {
        let mut briefs = Vec::new();
        node.field("items").each(&mut |item| briefs.push(brief(item)));
        briefs
    })
    .ok()
}

fn brief(node: &Node<'_>) -> Brief {
    let text = |name| node.field(name).text().to_owned();
    let title =
        |lang| node.optional(lang).map(|text| text.field("title").text().to_owned()).unwrap_or_default();
    let mut prefectures = Vec::new();
    node.field("areas").each(&mut |area| {
        let code = area.number(u32::MAX);
        prefectures.push(if code < 1_000 { code } else { code / 1_000 });
    });
    Brief {
        id: text("id"),
        titles: ["ja", "easy", "en"].map(title),
        prefectures,
        from: text("from"),
        to: text("to"),
        is_crisis: node.field("severity").text() == "crisis",
        fictional: node.field("fictional").bool(),
    }
}

impl Brief {
    /// What tells it and its words from others beside it.
    #[must_use]
    pub fn mark(&self) -> String {
        [" ", &*self.id, "\n", &self.titles[0], "\n"].concat()
    }

    /// Whether it may be shown at this moment, written as on the wire: such texts are in the order of their moments.
    #[must_use]
    pub fn is_current(&self, now: &str) -> bool {
        *self.from <= *now && *now < *self.to
    }

    #[must_use]
    pub fn concerns(&self, prefecture: PrefectureCode) -> bool {
        self.prefectures.is_empty() || self.prefectures.contains(&prefecture.number().into())
    }
}
