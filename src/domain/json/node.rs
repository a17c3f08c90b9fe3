//! A place in a JSON tree that knows the way to itself, so that a fault can name the field.
//!
//! Each node borrows the one around it; the path is written only when something is wrong. The surprising rule: a
//! fault is noted, not returned, and reading goes on with nothing in its place; [`read`] answers the first fault. An
//! early return at each of forty fields, with all that has to be dropped there, weighed more than the reading itself.

use std::cell::OnceCell;
use std::fmt::Write as _;

use super::Json;

/// Reads a whole document by its shape, or says what was wrong with it first.
pub(crate) fn read<T>(json: &Json, shape: fn(&Node<'_>) -> T) -> Result<T, Misread> {
    let fault = OnceCell::new();
    let value = shape(&Node { json, step: Step::Root, outer: None, fault: &fault });
    fault.into_inner().map_or(Ok(value), Err)
}

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
    fault: &'n OnceCell<Misread>,
}

/// How to get here from the node around it.
#[derive(Clone, Copy)]
enum Step<'n> {
    Root,
    Field(&'n str),
    Item(usize),
}

impl<'n> Node<'n> {
    fn inner<'a>(&'a self, step: Step<'a>, json: &'a Json) -> Node<'a> {
        Node { json, step, outer: Some(self), fault: self.fault }
    }

    fn members(&self) -> &[(String, Json)] {
        match self.json {
            Json::Object(members) => members,
            _ => self.wrong("an object", &[]),
        }
    }

    /// A member that may be missing.
    pub(crate) fn optional<'a>(&'a self, name: &'a str) -> Option<Node<'a>> {
        let (_, json) = self.members().iter().find(|(other, _)| other == name)?;
        Some(self.inner(Step::Field(name), json))
    }

    /// A member that has to be there.
    pub(crate) fn field<'a>(&'a self, name: &'a str) -> Node<'a> {
        self.optional(name).unwrap_or_else(|| {
            let missing = self.inner(Step::Field(name), &Json::Null);
            missing.wrong("there", ());
            missing
        })
    }

    /// The only member of an object: its name is a choice, its value belongs to that choice.
    pub(crate) fn only(&self) -> Option<(&str, Node<'_>)> {
        match self.members() {
            [(name, json)] => Some((name, self.inner(Step::Field(name), json))),
            _ => self.wrong("an object with one member", None),
        }
    }

    /// Every item of a list.
    pub(crate) fn each(&self, read: &mut dyn FnMut(&Node<'_>)) {
        let Json::List(items) = self.json else { return self.wrong("a list", ()) };
        for (at, json) in items.iter().enumerate() {
            read(&self.inner(Step::Item(at), json));
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self.json, Json::Null)
    }

    pub(crate) fn text(&self) -> &str {
        match self.json {
            Json::Text(text) => text,
            _ => self.wrong("a text", ""),
        }
    }

    pub(crate) fn bool(&self) -> bool {
        match self.json {
            Json::Bool(bool) => *bool,
            _ => self.wrong("true or false", false),
        }
    }

    /// A whole number from zero to `most`.
    pub(crate) fn number(&self, most: u32) -> u32 {
        match self.json {
            Json::Number(Some(number)) if *number <= most => *number,
            _ => self.wrong("a whole number in range", 0),
        }
    }

    /// Notes that this node is not what it has to be; only the first such note counts.
    pub(crate) fn wrong<T>(&self, wanted: &'static str, instead: T) -> T {
        self.note(wanted);
        instead
    }

    fn note(&self, wanted: &'static str) {
        self.fault.get_or_init(|| {
            let mut path = String::new();
            self.write_path(&mut path);
            Misread { path, wanted }
        });
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
