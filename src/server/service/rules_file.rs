//! A team's file of times, read so that whatever is wrong is named by its field.

use domain::slot::Rules;
use domain::slot::file::{FileError, HoursLine, RulesFile};
use serde::de::DeserializeOwned;
use serde_json::Value;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum RulesRefused {
    #[error("not JSON: {0}")]
    NotJson(serde_json::Error),
    #[error("{field}: {why}")]
    Field { field: String, why: String },
    #[error(transparent)]
    Rules(#[from] FileError),
}

/// As written, and checked for use.
///
/// # Errors
/// The first thing that is wrong.
pub fn read(file: &[u8]) -> Result<(RulesFile, Rules), RulesRefused> {
    let document: Value = serde_json::from_slice(file).map_err(RulesRefused::NotJson)?;
    // Lines first: serde loses the way inside of what it flattens.
    for (list, own) in [("weekly", "day"), ("open", "date")] {
        let lines = document.get(list).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for (at, line) in lines.iter().enumerate() {
            check_line(line, own, &format!("{list}[{at}]"))?;
        }
    }
    let file: RulesFile = typed(document, "")?;
    let rules = file.parse()?;
    Ok((file, rules))
}

fn check_line(line: &Value, own: &str, field: &str) -> Result<(), RulesRefused> {
    const MEMBERS: [&str; 6] = ["from", "to", "length", "every", "places", "kinds"];
    for (name, _) in line.as_object().into_iter().flatten() {
        if name != own && !MEMBERS.contains(&name.as_str()) {
            let why = format!("no such field; there are {own}, {}", MEMBERS.join(", "));
            return Err(RulesRefused::Field { field: format!("{field}.{name}"), why });
        }
    }
    typed::<HoursLine>(line.clone(), field).map(drop)
}

fn typed<T: DeserializeOwned>(value: Value, within: &str) -> Result<T, RulesRefused> {
    serde_path_to_error::deserialize(value).map_err(|wrong| {
        let path = wrong.path().to_string();
        let field = match (within, path.as_str()) {
            ("", ".") => "the file".to_owned(),
            ("", path) => path.to_owned(),
            (within, ".") => within.to_owned(),
            (within, path) => format!("{within}.{path}"),
        };
        RulesRefused::Field { field, why: wrong.into_inner().to_string() }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    // A typing error closed a whole month; the message named neither the line nor the field.
    #[test]
    fn whatever_is_wrong_is_named_by_its_field() {
        let good = json!({
            "weekly": [{ "day": "tue", "from": "10:00", "to": "16:00", "length": 60, "every": 60, "places": 2,
                         "kinds": ["visit", "phone"] }],
            "lead_hours": 0, "horizon_days": 60, "cap": null, "deadline_hours": 24, "by_hand": true
        });
        assert!(read(good.to_string().as_bytes()).is_ok());
        let refused = |file: Value| read(file.to_string().as_bytes()).unwrap_err().to_string();
        for (pointer, value, expected) in [
            ("/weekly/0/places", json!("two"), "weekly[0].places: invalid type"),
            ("/weekly/0/from", json!("9:30"), "weekly[0].from: \"9:30\" is not a time"),
            ("/weekly/0/day", json!("tues"), "weekly[0].day"),
            ("/weekly/0/kinds/1", json!("fax"), "weekly[0].kinds[1]: unknown variant"),
            ("/weekly/0/length", json!(20), "weekly[0]: times are multiples of 15 minutes"),
            ("/lead_hours", json!(-1), "lead_hours: invalid value"),
            ("/weekly/0", json!(7), "weekly[0]: invalid type"),
        ] {
            let mut file = good.clone();
            *file.pointer_mut(pointer).unwrap() = value;
            let line = refused(file);
            assert!(line.contains(expected), "{pointer}: {line}");
        }
        let mut file = good.clone();
        file["weekly"][0]["room"] = json!(3);
        assert!(refused(file).starts_with("weekly[0].room: no such field"));
        let mut file = good.clone();
        file["lead_hour"] = json!(3);
        assert!(refused(file).contains("lead_hour"));
        let mut file = good;
        file.as_object_mut().unwrap().remove("by_hand");
        assert!(refused(file).contains("`by_hand`"));
        assert!(read(b"{").unwrap_err().to_string().starts_with("not JSON"));
    }
}
