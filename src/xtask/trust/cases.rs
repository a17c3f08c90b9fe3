//! The list of what can go wrong, `cases.json`: each fault in our own words, what has to happen then, and what shows it. A test
//! that carries a case's id (`a17_…`) belongs to it by its name; others are named here, and so are runs. A case has a test, a
//! run, or the reason why it has none; what the tests do not show of it is said in `lacks`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::Part;
use super::sources::case_of;

const LIST: &str = include_str!("cases.json");

pub struct Case {
    pub id: String,
    pub fault: String,
    pub expected: String,
    /// Beside those that carry its id.
    pub tests: Vec<String>,
    /// Commands of `cargo xtask`.
    pub runs: Vec<String>,
    pub lacks: String,
    pub why_not: String,
}

pub fn list() -> Result<Vec<Case>> {
    let list: Vec<Value> = serde_json::from_str(LIST).context("cases.json is no list")?;
    list.iter().map(case).collect()
}

fn case(value: &Value) -> Result<Case> {
    let text = |member: &str| value[member].as_str().unwrap_or_default().to_owned();
    let list = |member: &str| {
        let members = value[member].as_array().into_iter().flatten();
        members.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let case = Case {
        id: text("id"),
        fault: text("fault"),
        expected: text("expected"),
        tests: list("tests"),
        runs: list("runs"),
        lacks: text("lacks"),
        why_not: text("why_not"),
    };
    ensure!(!case.id.is_empty() && !case.fault.is_empty() && !case.expected.is_empty(), "{value} is no case");
    Ok(case)
}

impl Case {
    /// Every test of it, those that carry its id first.
    pub fn all_tests<'a>(&'a self, functions: &'a BTreeSet<String>) -> Vec<&'a str> {
        let own = functions.iter().filter(|name| case_of(name).as_ref() == Some(&self.id));
        own.chain(&self.tests).map(String::as_str).collect()
    }
}

/// Everything by which the list and the sources contradict each other.
pub fn contradictions(cases: &[Case], functions: &BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    let mut seen = BTreeMap::<&str, usize>::new();
    for case in cases {
        *seen.entry(&case.id).or_default() += 1;
        let tests = case.all_tests(functions);
        let (missing, named) = (!case.why_not.is_empty(), !tests.is_empty() || !case.runs.is_empty());
        if missing == named {
            found
                .push(format!("{} needs a test, a run or a reason, and not a reason beside a test", case.id));
        }
        let gone = case.tests.iter().filter(|test| !functions.contains(*test));
        found.extend(gone.map(|test| format!("{}: there is no test {test}", case.id)));
        let unknown = case.runs.iter().filter(|run| !is_run(run));
        found.extend(unknown.map(|run| format!("{}: there is no run {run}", case.id)));
    }
    let twice = seen.iter().filter(|(_, times)| **times > 1);
    found.extend(twice.map(|(id, _)| format!("{id} stands there twice")));
    let strange = functions.iter().filter_map(|name| Some((name, case_of(name)?)));
    let strange = strange.filter(|(_, id)| !seen.contains_key(id.as_str()));
    found.extend(strange.map(|(name, id)| format!("{name} carries {id}, which is no case")));
    found
}

fn is_run(run: &str) -> bool {
    match run.split_once(' ') {
        Some(("trust", part)) => Part::of(part).is_some(),
        Some(("bench" | "test", _)) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trust::report::functions_here;
    use crate::workspace::Workspace;

    // A test was renamed; the list said for months that the case was shown.
    #[test]
    fn every_case_has_a_test_a_run_or_a_reason_and_every_name_is_one() {
        let workspace = Workspace::find().unwrap();
        let (cases, functions) = (list().unwrap(), functions_here(&workspace).unwrap());
        assert_eq!(contradictions(&cases, &functions), Vec::<String>::new());
        let count = |letter: char| cases.iter().filter(|case| case.id.starts_with(letter)).count();
        let counts = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map(count);
        assert_eq!(counts, [29, 17, 27, 12, 21, 18, 9, 12], "ids are never taken back");
    }

    #[test]
    fn whatever_the_list_says_wrongly_is_found() {
        let text = |tests: &str, more: &str| {
            serde_json::from_str(&format!(
                r#"{{ "id": "A17", "fault": "f", "expected": "e", "tests": [{tests}]{more} }}"#
            ))
            .map(|value| case(&value).unwrap())
            .unwrap()
        };
        let functions = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
        let found = |case: Case, names: &[&str]| contradictions(&[case], &functions(names)).len();
        assert_eq!(found(text("", ""), &["a17_one"]), 0);
        assert_eq!(found(text("", ""), &[]), 1, "neither test nor reason");
        assert_eq!(found(text("", r#", "why_not": "w""#), &[]), 0);
        assert_eq!(found(text("", r#", "why_not": "w""#), &["a17_one"]), 1, "a reason beside a test");
        assert_eq!(found(text(r#""gone""#, ""), &["a17_one"]), 1);
        assert_eq!(found(text("", ""), &["a17_one", "a99_none"]), 1);
        assert_eq!(found(text("", r#", "runs": ["trust nothing"]"#), &["a17_one"]), 1);
    }
}
