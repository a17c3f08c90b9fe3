//! What she has chosen and written so far, as one text to be kept closed on her device.

use super::letter::{self, Letter};
use super::{MAX_WISHES, Wish};
use crate::api::WishedTime;
use crate::json::{self, Json, Node, Writer};
use crate::slot::Kind;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    pub wishes: Vec<Wish>,
    pub letter: Letter,
}

impl Form {
    #[must_use]
    pub fn to_json(&self) -> String {
        let wishes: Vec<String> = self.wishes.iter().map(|wish| WishedTime::of(*wish).to_json()).collect();
        Writer::object().list("wishes", &wishes).raw("letter", &self.letter.to_json()).end()
    }

    /// `None` for anything else, also of another version: then she begins anew.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        json::read(&Json::parse(bytes).ok()?, form).ok()
    }
}

fn form(node: &Node<'_>) -> Form {
    let mut wishes = Vec::new();
    node.field("wishes").each(&mut |item| {
        let kind = Kind::parse(item.field("kind").text());
        let wish =
            kind.and_then(|kind| WishedTime { start: item.field("start").text().to_owned(), kind }.parse());
        match wish {
            Some(wish) if wishes.len() < MAX_WISHES => wishes.push(wish),
            Some(_) | None => item.wrong("a wish", ()),
        }
    });
    Form { wishes, letter: letter::letter(&node.field("letter")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_it_was_written() {
        let mut form =
            Form { wishes: vec![Wish { start: 1_795_996_800, kind: Kind::Online }], ..Form::default() };
        form.letter.contact.note = "「引用」と\"quote\"\n".to_owned();
        assert_eq!(Form::read(form.to_json().as_bytes()), Some(form));
        assert_eq!(Form::read(b"{}"), None);
    }
}
