//! What she has chosen and written so far, as one text to be kept closed on her device.

use super::letter::{self, Letter};
use super::{DayWish, MAX_WISHES, Wanted, Wish};
use crate::api::{WishedDay, WishedTime, wished_day};
use crate::json::{self, Json, Node, Writer};
use crate::slot::Kind;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    pub wishes: Vec<Wish>,
    /// A full day she would wait for, instead of wishes.
    pub day: Option<DayWish>,
    pub letter: Letter,
}

impl Form {
    #[must_use]
    pub fn to_json(&self) -> String {
        let wishes: Vec<String> = self.wishes.iter().map(|wish| WishedTime::of(*wish).to_json()).collect();
        let form = Writer::object().list("wishes", &wishes).raw("letter", &self.letter.to_json());
        match self.day {
            Some(day) => form.raw("day", &WishedDay::of(day).to_json()).end(),
            None => form.end(),
        }
    }

    /// What she asks for, or nothing yet.
    #[must_use]
    pub fn wanted(&self) -> Option<Wanted> {
        match self.day {
            Some(day) => Some(Wanted::Day(day)),
            None => (!self.wishes.is_empty()).then(|| Wanted::Times(self.wishes.clone())),
        }
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
    let day = node.optional("day").and_then(|day| match wished_day(&day).parse() {
        None => day.wrong("a day", None),
        day => day,
    });
    Form { wishes, day, letter: letter::letter(&node.field("letter")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Date;

    #[test]
    fn a_form_is_read_as_it_was_written() {
        let mut form =
            Form { wishes: vec![Wish { start: 1_795_996_800, kind: Kind::Online }], ..Form::default() };
        form.letter.contact.note = "「引用」と\"quote\"\n".to_owned();
        assert_eq!(Form::read(form.to_json().as_bytes()).as_ref(), Some(&form));
        form.day = Some(DayWish { date: Date { year: 2026, month: 12, day: 1 }, kind: Kind::Visit });
        assert_eq!(Form::read(form.to_json().as_bytes()), Some(form));
        assert_eq!(Form::read(b"{}"), None);
    }

    #[test]
    fn she_asks_for_a_day_or_for_her_wishes_or_for_nothing_yet() {
        let wish = Wish { start: 1_795_996_800, kind: Kind::Online };
        let day = DayWish { date: Date { year: 2026, month: 12, day: 1 }, kind: Kind::Visit };
        let mut form = Form::default();
        assert_eq!(form.wanted(), None);
        form.wishes.push(wish);
        assert_eq!(form.wanted(), Some(Wanted::Times(vec![wish])));
        form.day = Some(day);
        assert_eq!(form.wanted(), Some(Wanted::Day(day)));
    }

    // A form with more wishes than a request may have could be kept, and never sent.
    #[test]
    fn no_more_wishes_are_read_than_can_be_sent() {
        let of = |count: usize| Form {
            wishes: vec![Wish { start: 1_795_996_800, kind: Kind::Online }; count],
            ..Form::default()
        };
        let read = |count: usize| Form::read(of(count).to_json().as_bytes());
        assert_eq!(read(MAX_WISHES), Some(of(MAX_WISHES)));
        assert_eq!(read(MAX_WISHES + 1), None);
    }
}
