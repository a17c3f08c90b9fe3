//! What she was typing when the session ended, the page was loaded anew, or she looked at something else. It lies in this
//! tab only, belongs to her, and goes when she signs out: a colleague at the same computer never sees it.

use browser::tab;
use serde::{Deserialize, Serialize};
use ui::live::Live;

const KEY: &str = "tn.desk.drafts";

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// Whose.
    member: Option<i64>,
    /// Name of the field and what stands in it.
    texts: Vec<(String, String)>,
}

impl Kept {
    /// Now she is at the desk: another's drafts are none of hers. Those of nobody were typed before anybody signed in.
    fn belong_to(&mut self, member: i64) {
        if self.member.is_some_and(|owner| owner != member) {
            self.texts.clear();
        }
        self.member = Some(member);
    }

    fn write(&mut self, name: &str, text: &str) {
        self.texts.retain(|(one, _)| one != name);
        if !text.is_empty() {
            self.texts.push((name.to_owned(), text.to_owned()));
        }
    }

    fn of(&self, name: &str) -> String {
        self.texts.iter().find(|(one, _)| one == name).map(|(_, text)| text.clone()).unwrap_or_default()
    }
}

#[derive(Clone, Copy)]
pub struct Drafts(Live<Kept>);

impl Drafts {
    /// What this tab has kept.
    #[must_use]
    pub fn kept() -> Self {
        let kept = tab::kept(KEY).and_then(|text| serde_json::from_str(&text).ok());
        Self(Live::new(kept.unwrap_or_default()))
    }

    /// What stands in a field, to begin with: it does not follow.
    #[must_use]
    pub fn of(self, name: &str) -> String {
        self.0.peek(|kept| kept.of(name))
    }

    /// Quietly: the field shows it already.
    pub fn write(self, name: &str, text: &str) {
        self.0.take_quietly(|kept| kept.write(name, text));
        self.save();
    }

    /// What was typed has become something, or is not wanted.
    pub fn drop(self, name: &str) {
        self.write(name, "");
    }

    /// Whether something waits to be finished.
    #[must_use]
    pub fn any(self) -> bool {
        self.0.peek(|kept| !kept.texts.is_empty())
    }

    pub fn belong_to(self, member: i64) {
        self.0.take_quietly(|kept| kept.belong_to(member));
        self.save();
    }

    /// She signs out.
    pub fn clear(self) {
        self.0.take_quietly(|kept| *kept = Kept::default());
        tab::keep(KEY, None);
    }

    fn save(self) {
        let text = self.0.peek(|kept| serde_json::to_string(kept).unwrap_or_default());
        tab::keep(KEY, Some(&text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // A colleague signed in where the session of another had ended, and found a half-written note about a caller.
    #[test]
    fn what_she_typed_comes_back_to_her_and_to_nobody_else() {
        let mut kept = Kept::default();
        kept.belong_to(7);
        kept.write("note:7K3M9QF2", "折り返し");
        kept.belong_to(7);
        assert_eq!(kept.of("note:7K3M9QF2"), "折り返し");
        kept.belong_to(8);
        assert_eq!(kept.of("note:7K3M9QF2"), "");
    }

    #[test]
    fn an_emptied_field_is_no_draft() {
        let mut kept = Kept::default();
        kept.write("a", "1");
        kept.write("a", "2");
        assert_eq!((kept.of("a").as_str(), kept.texts.len()), ("2", 1));
        kept.write("a", "");
        assert!(kept.texts.is_empty());
    }
}
