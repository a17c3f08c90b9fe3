//! What stood somewhere else becomes drafts: events of a calendar, items of a file. Each is a draft like any other, that a second
//! person has to see; the same thing again is the draft it became the first time.

use std::collections::BTreeMap;

use domain::api::FieldProblem;
use domain::api::desk::publish::Written;
use domain::association::AssociationId;
use domain::calendar::{JstTime, from_rfc3339};
use domain::content::File;
use domain::content::draft::Kind;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Asker, NotDone, Publishing, check};
use crate::content_file::not_understood;
use crate::site::manifest::hex;
use crate::store::StoreError;
use crate::store::drafts;

/// Items of one file: whoever has more publishes them by `tonari publish`.
const MOST_ITEMS: usize = 100;

/// What may become a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    pub key: String,
    pub kind: Kind,
    pub written: Written,
}

/// An item of a file.
#[derive(Debug, PartialEq, Eq)]
pub struct OfFile {
    pub kind: Option<Kind>,
    pub title: String,
    pub offered: Result<Offered, FieldProblem>,
}

impl Publishing {
    /// Which of these keys are drafts already.
    ///
    /// # Errors
    /// As the store says.
    pub async fn begun(&self, keys: Vec<String>) -> Result<BTreeMap<String, i64>, StoreError> {
        Ok(self.drafts.begun_with(keys).await?.into_iter().collect())
    }

    /// How many drafts came of it that were not there before.
    ///
    /// # Errors
    /// As the store says; what was begun until then stands, and the rest comes with the next attempt.
    pub async fn take_over(&self, asker: Asker<'_>, all: Vec<Offered>) -> Result<u32, NotDone> {
        let there = self.begun(all.iter().map(|one| one.key.clone()).collect()).await?;
        let mut begun = 0;
        for Offered { key, kind, written } in all {
            if there.contains_key(&key) {
                continue;
            }
            let revision = self.revision(asker, written, None);
            let new = drafts::NewDraft { key, association: asker.team.clone(), kind, revision };
            let draft = self.drafts.begin_draft(new, self.entry(asker, "draft_begun")).await?;
            begun += u32::from(draft.is_some());
        }
        Ok(begun)
    }
}

/// Everything in a file that `tonari publish` takes, read by the same code, each item by itself: what is wrong with one keeps no
/// other from becoming a draft.
///
/// # Errors
/// A file that is none, said as one field.
pub fn read(bytes: &[u8], team: &AssociationId) -> Result<Vec<OfFile>, FieldProblem> {
    let file: Value = serde_json::from_slice(bytes).map_err(|_| check::wrong("file", "not_json"))?;
    let items = file["items"].as_array().filter(|items| !items.is_empty());
    let items = items.ok_or_else(|| check::wrong("file", "no_items"))?;
    if items.len() > MOST_ITEMS {
        return Err(check::wrong("file", "too_many"));
    }
    Ok(items.iter().map(|item| one(item, team)).collect())
}

fn one(item: &Value, team: &AssociationId) -> OfFile {
    let kind = item["kind"].as_str().and_then(Kind::parse);
    let title = item["ja"]["title"].as_str().unwrap_or_default().chars().take(60).collect();
    OfFile { kind, title, offered: offered(item, kind, team) }
}

fn offered(item: &Value, kind: Option<Kind>, team: &AssociationId) -> Result<Offered, FieldProblem> {
    // Guides come with the program.
    let kind = kind.ok_or_else(|| check::wrong("kind", "not_here"))?;
    let bytes = json!({ "items": [item] }).to_string().into_bytes();
    let file = File::read(&bytes).map_err(|bad| check::problem(&bad))?;
    if let Some(path) = not_understood(&bytes, &file) {
        return Err(check::wrong(path.strip_prefix("items[0].").unwrap_or(&path), "no_field"));
    }
    let read = &file.items[0];
    if read.head().association.as_ref().is_some_and(|one| one != team) {
        return Err(check::wrong("association", "not_yours"));
    }
    let item = serde_json::to_value(read).expect("an item is plain JSON");
    let key = hex(&Sha256::digest(item.to_string())[..16]);
    let written = written(item).ok_or_else(|| check::wrong("", "invalid"))?;
    Ok(Offered { key: format!("file-{}-{key}", team.as_str()), kind, written })
}

/// As a form has it: whose it is, its id and its day are the server's, and its times are those of a clock in Japan.
#[must_use]
pub fn written(mut item: Value) -> Option<Written> {
    let members = item.as_object_mut()?;
    for not_hers in ["kind", "id", "association", "published"] {
        members.remove(not_hers);
    }
    for time in ["starts", "ends", "deadline", "from", "to"] {
        let at = members.get(time).and_then(Value::as_str).and_then(from_rfc3339);
        if let Some(at) = at {
            members.insert(time.to_owned(), Value::from(on_the_clock(at)));
        }
    }
    serde_json::from_value(item).ok()
}

fn on_the_clock(at: i64) -> String {
    let JstTime { date, minute } = JstTime::from_unix_seconds(at);
    format!("{}T{:02}:{:02}", date.to_text(), minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item() -> Value {
        json!({
            "kind": "event", "id": "an-event", "association": "shimane", "published": "2026-11-25", "fictional": false,
            "ja": { "title": "創業セミナー", "summary": "要約", "body": "本文" },
            "sources": [{ "title": "島根県信用保証協会" }], "sort": "seminar",
            "starts": "2026-12-10T13:30", "ends": "2026-12-10T06:30:00Z", "online": true
        })
    }

    fn team() -> AssociationId {
        AssociationId("shimane".to_owned())
    }

    fn told(items: &Value) -> Vec<OfFile> {
        read(json!({ "items": items }).to_string().as_bytes(), &team()).unwrap()
    }

    // A file of twenty stories had one day too many in a February, and none of them arrived.
    #[test]
    fn what_is_wrong_with_one_item_is_said_at_its_field_and_keeps_no_other_back() {
        let changed = |pointer: &str, to: Value| {
            let mut item = item();
            item[pointer] = to;
            item
        };
        let all = told(&json!([
            item(),
            changed("starts", json!("2027-02-30T13:30")),
            changed("association", json!("gunma")),
            changed("kind", json!("guide")),
            changed("lifes", json!([])),
        ]));
        let first = all[0].offered.as_ref().unwrap();
        assert_eq!((first.kind, &*all[0].title), (Kind::Event, "創業セミナー"));
        let times = (first.written.starts.as_deref(), first.written.ends.as_deref());
        assert_eq!(times, (Some("2026-12-10T13:30"), Some("2026-12-10T15:30")));
        let wrong: Vec<(String, String)> = all[1..]
            .iter()
            .map(|one| one.offered.clone().map(|_| ()).unwrap_err())
            .map(|wrong| (wrong.field, wrong.code))
            .collect();
        let expected = [
            ("starts", "not_a_time"),
            ("association", "not_yours"),
            ("kind", "not_here"),
            ("lifes", "no_field"),
        ];
        assert_eq!(wrong, expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
    }

    #[test]
    fn what_is_no_file_of_texts_is_said_at_once() {
        let many = json!({ "items": vec![0; MOST_ITEMS + 1] }).to_string();
        for (bytes, code) in
            [("<html>", "not_json"), ("{}", "no_items"), ("[]", "no_items"), (&*many, "too_many")]
        {
            assert_eq!(read(bytes.as_bytes(), &team()).unwrap_err().code, code);
        }
    }

    #[test]
    fn the_same_item_has_the_same_key_for_its_own_team_only() {
        let key = |item: Value| told(&json!([item]))[0].offered.clone().unwrap().key;
        assert_eq!(key(item()), key(item()));
        let mut other = item();
        other["ja"]["title"] = json!("別の題");
        assert_ne!(key(item()), key(other));
        assert!(key(item()).contains("shimane"));
    }
}
