//! A place in a JSON tree that knows the way to itself, so that an error can name the field.
//!
//! Each node borrows the one around it; the path is written only when something is wrong.

use std::fmt::Write as _;

use super::Json;

pub(crate) type Read<T> = Result<T, Misread>;

/// A field that is missing or not what it has to be: `associations[3].website.value`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path} is not {wanted}")]
pub struct Misread {
    pub path: String,
    pub wanted: &'static str,
}

pub(crate) struct Node<'n> {
    json: &'n Json,
    step: Step<'n>,
    outer: Option<&'n Node<'n>>,
}

/// How to get here from the node around it.
#[derive(Clone, Copy)]
enum Step<'n> {
    Root,
    Field(&'n str),
    Item(usize),
}

impl<'n> Node<'n> {
    pub(crate) fn root(json: &'n Json) -> Self {
        Self { json, step: Step::Root, outer: None }
    }

    fn inner<'a>(&'a self, step: Step<'a>, json: &'a Json) -> Node<'a> {
        Node { json, step, outer: Some(self) }
    }

    /// A member that may be missing.
    pub(crate) fn optional<'a>(&'a self, name: &'a str) -> Read<Option<Node<'a>>> {
        let Json::Object(members) = self.json else { return Err(self.is_not("an object")) };
        let found = members.iter().find(|(other, _)| other == name);
        Ok(found.map(|(_, json)| self.inner(Step::Field(name), json)))
    }

    pub(crate) fn field<'a>(&'a self, name: &'a str) -> Read<Node<'a>> {
        let missing = || self.inner(Step::Field(name), self.json).is_not("there");
        self.optional(name)?.ok_or_else(missing)
    }

    /// The only member of an object: its name is a choice, its value belongs to that choice.
    pub(crate) fn only(&self) -> Read<(&str, Node<'_>)> {
        match self.json {
            Json::Object(members) if members.len() == 1 => {
                let (name, json) = &members[0];
                Ok((name, self.inner(Step::Field(name), json)))
            }
            _ => Err(self.is_not("an object with one member")),
        }
    }

    pub(crate) fn items(&self) -> Read<impl Iterator<Item = Node<'_>>> {
        let Json::List(items) = self.json else { return Err(self.is_not("a list")) };
        Ok(items.iter().enumerate().map(|(at, json)| self.inner(Step::Item(at), json)))
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self.json, Json::Null)
    }

    pub(crate) fn text(&self) -> Read<&str> {
        match self.json {
            Json::Text(text) => Ok(text),
            _ => Err(self.is_not("a text")),
        }
    }

    pub(crate) fn bool(&self) -> Read<bool> {
        match self.json {
            Json::Bool(bool) => Ok(*bool),
            _ => Err(self.is_not("true or false")),
        }
    }

    /// A whole number from zero to `most`.
    pub(crate) fn number(&self, most: u32) -> Read<u32> {
        match self.json {
            Json::Number(Some(number)) if *number <= most => Ok(*number),
            _ => Err(self.is_not("a whole number in range")),
        }
    }

    pub(crate) fn is_not(&self, wanted: &'static str) -> Misread {
        let mut path = String::new();
        self.write_path(&mut path);
        Misread { path, wanted }
    }

    fn write_path(&self, path: &mut String) {
        if let Some(outer) = self.outer {
            outer.write_path(path);
        }
        match self.step {
            Step::Root => {}
            Step::Field(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
            Step::Item(at) => write!(path, "[{at}]").expect("a string takes any text"),
        }
    }
}
