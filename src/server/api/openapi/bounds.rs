//! What the types cannot say about their texts, so that whoever makes requests from the description makes possible ones.

use domain::booking::MAX_WISHES;
use serde_json::{Value, json};

use crate::api::bookings::KEY_MAX;

fn day() -> Value {
    json!({ "type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$" })
}

/// Where, among the schemas, and what is added there.
fn of_schemas() -> Vec<(&'static str, Value)> {
    let moment = json!({ "format": "date-time", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$" });
    let day = day();
    let base64url = json!({ "pattern": "^[A-Za-z0-9_-]+$" });
    let digits = json!({ "pattern": "^[0-9a-f]{64}$" });
    vec![
        ("/BookingRequest/properties/made_at", moment.clone()),
        ("/BookingRequest/properties/sealed", base64url.clone()),
        ("/BookingRequest/properties/wishes", json!({ "maxItems": MAX_WISHES })),
        ("/BookingView/properties/answer_until", moment.clone()),
        ("/BookingView/properties/change_until", moment.clone()),
        ("/BookingView/properties/start", moment.clone()),
        ("/BookingView/properties/token", base64url.clone()),
        ("/Challenge/properties/challenge", digits.clone()),
        ("/Challenge/properties/signature", digits),
        ("/FullDay/properties/date", day.clone()),
        ("/OfferedTime/properties/start", moment.clone()),
        ("/SealKey/properties/public", base64url),
        ("/WishedDay/properties/date", day),
        ("/WishedTime/properties/start", moment),
    ]
}

/// Of a parameter, by its name.
fn of_parameter(name: &str) -> Value {
    match name {
        "from" | "to" => day(),
        "kind" => json!({ "$ref": "#/components/schemas/Kind" }),
        "Idempotency-Key" => {
            json!({ "type": "string", "minLength": 1, "maxLength": KEY_MAX, "pattern": "^[!-~]+$" })
        }
        _ => json!({ "type": "string" }),
    }
}

pub(super) fn add(description: &mut Value) {
    for (at, more) in of_schemas() {
        let schema =
            description.pointer_mut(&format!("/components/schemas{at}")).and_then(Value::as_object_mut);
        let schema = schema.unwrap_or_else(|| panic!("the description has no {at}"));
        schema.extend(more.as_object().cloned().unwrap_or_default());
    }
    for (_, operation) in super::operations(description) {
        for parameter in super::parameters(operation) {
            // A parameter that is not there is not given; none can be null.
            parameter["schema"] = of_parameter(parameter["name"].as_str().unwrap_or_default());
        }
    }
}
