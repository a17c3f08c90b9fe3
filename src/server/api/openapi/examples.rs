//! An example for every schema, request and answer. They are values of the very types that go over the wire, so they cannot
//! show what the program does not say; a test holds each against its schema all the same.

mod shelf;

use std::collections::BTreeMap;

use domain::api::{
    ALGORITHM, BOOKINGS, BookingRequest, BookingView, Challenge, ErrorCode, FieldProblem, FullDay, Meta,
    Offer, OfferedTime, Problem, SealKey, WishedDay, WishedTime,
};
use domain::association::{Association, AssociationId};
use domain::booking::Status;
use domain::directory::Edition;
use domain::slot::Kind;
use serde_json::{Value, json};

use crate::edition::bundled;
use crate::error::ApiError;

const KEY: &str = "019abf1e-6f2b-7c3a-9b1d-3f5f6a7b8c9d";
const TOKEN: &str = "q83vASNFZ4mrze8BI0VniavN7wE";

/// 32 bytes, and a letter that was closed for somebody.
const PUBLIC: &str = "MKdKQDNyYsrQYSbQDPBeXLrmwnvTzPL8vYB1yYk1Jh8";
const SEALED: &str = "qrvM3e7_ABEiM0RVZneImaq7zN3u_wARIjNEVWZ3iJmqu8zd7v8AESIzRFVmd4iZqrvM3e7_";

/// What is exchanged as a whole; what it consists of has its example in it.
fn whole() -> [(&'static str, Value); 9] {
    let start = || "2026-12-01T01:00:00Z".to_owned();
    let team = || AssociationId("shimane".to_owned());
    let wish = WishedTime { start: start(), kind: Kind::Visit };
    let version = "3f0c9a1be7d24586a1f0c3d2e4b59687a0f1e2d3c4b5a69788796a5b4c3d2e1f".to_owned();
    let offer = Offer {
        team: team(),
        fictional: false,
        by_hand: false,
        deadline: 1440,
        kinds: Kind::ALL.to_vec(),
        seal: SealKey { id: "5b1e0c9a".to_owned(), public: PUBLIC.to_owned() },
        times: vec![time()],
        full: vec![FullDay { date: "2026-12-02".to_owned(), kinds: vec![Kind::Visit] }],
    };
    let request = BookingRequest {
        team: team(),
        wishes: vec![wish.clone()],
        day: None,
        key_id: offer.seal.id.clone(),
        sealed: SEALED.to_owned(),
        made_at: "2026-11-28T03:20:00Z".to_owned(),
    };
    let booking = BookingView {
        reference: "7K3M9QF2".to_owned(),
        token: TOKEN.to_owned(),
        team: team(),
        status: Status::Confirmed,
        start: start(),
        length: 60,
        kind: Kind::Visit,
        rank: Some(0),
        change_until: "2026-11-30T01:00:00Z".to_owned(),
        answer_until: None,
        sequence: 0,
        fictional: false,
        reason: None,
    };
    [
        ("Edition", value(&edition())),
        ("Shelf", value(&shelf::shelf())),
        ("Meta", value(&Meta { version, min_version: None, edition: 1 })),
        ("Offer", value(&offer)),
        ("BookingRequest", value(&request)),
        ("WishedTime", value(&wish)),
        ("WishedDay", value(&WishedDay { date: "2026-12-02".to_owned(), kind: Kind::Visit })),
        ("BookingView", value(&booking)),
        ("Problem", problem(ErrorCode::SlotTaken)),
    ]
}

/// One association of the real directory that has everything an association can have, as far as any has.
fn edition() -> Edition {
    let all = bundled();
    let known = |one: &&Association| usize::from(one.team.is_some()) * 9 + one.branches.len().min(8);
    let fullest = all.associations.iter().max_by_key(known).cloned();
    let mut associations: Vec<Association> = fullest.into_iter().collect();
    for association in &mut associations {
        association.branches.truncate(1);
        association.remarks.truncate(1);
    }
    Edition { associations, ..all }
}

fn time() -> OfferedTime {
    OfferedTime {
        start: "2026-12-01T04:00:00Z".to_owned(),
        length: 60,
        kinds: vec![Kind::Visit, Kind::Phone],
    }
}

fn problem(code: ErrorCode) -> Value {
    let status = ApiError::from(code).status();
    let wrong = FieldProblem { field: "phone".to_owned(), code: "not_a_phone_number".to_owned() };
    value(&Problem {
        kind: "about:blank".to_owned(),
        title: status.canonical_reason().unwrap_or_default().to_owned(),
        status: status.as_u16(),
        code,
        fields: if code == ErrorCode::Invalid { vec![wrong] } else { Vec::new() },
        alternatives: if code == ErrorCode::SlotTaken { vec![time()] } else { Vec::new() },
        proof: (code == ErrorCode::ProofNeeded).then(work),
    })
}

fn work() -> Challenge {
    Challenge {
        algorithm: ALGORITHM.to_owned(),
        challenge: "c9b1d9b8e5a01b7f5f0f6b3d8c7a2e4f6a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d".to_owned(),
        maxnumber: crate::pressure::MAX_NUMBER,
        salt: "3065d108b2314f5ecc7e1207?expires=1796008920&".to_owned(),
        signature: "d6c436288f1979f298f6532cea31db9e84e6338f4f58a9e00cb4105abbd11397".to_owned(),
    }
}

fn value(of: &impl serde::Serialize) -> Value {
    serde_json::to_value(of).expect("what goes over the wire is plain JSON")
}

pub(super) fn add(description: &mut Value) {
    let parts = parts(&description["components"]["schemas"]);
    for (name, example) in &parts {
        description["components"]["schemas"][name]["examples"] = json!([example]);
    }
    let of_schema = |media: &Value| parts.get(name(&media["schema"])?).cloned();
    for (path, operation) in super::operations(description) {
        for parameter in super::parameters(operation) {
            parameter["example"] = parameter["name"].as_str().map_or(Value::Null, of_parameter);
        }
        for media in operation.get_mut("requestBody").into_iter().flat_map(medias) {
            media["example"] = of_schema(media).unwrap_or_default();
        }
        for (status, response) in operation["responses"].as_object_mut().into_iter().flatten() {
            for media in medias(response) {
                media["example"] = match name(&media["schema"]) {
                    Some("Problem") => problem(code(path, status)),
                    Some(_) => of_schema(media).unwrap_or_default(),
                    None => json!(text(path, status)),
                };
            }
        }
    }
}

fn medias(with_content: &mut Value) -> impl Iterator<Item = &mut Value> {
    let content = with_content.get_mut("content").and_then(Value::as_object_mut);
    content.into_iter().flat_map(|content| content.values_mut())
}

/// The named schema this one refers to.
fn name(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix("#/components/schemas/")
}

/// What stands where a whole has a part, for every part that has a name.
fn parts(schemas: &Value) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    // What the one association does not have, another one does.
    let rest = [
        ("Edition", value(&bundled())),
        ("Problem", problem(ErrorCode::Invalid)),
        ("Problem", problem(ErrorCode::ProofNeeded)),
    ];
    for (name, example) in whole().into_iter().chain(rest) {
        let whole = json!({ "$ref": format!("#/components/schemas/{name}") });
        walk(schemas, &whole, &example, &mut found);
    }
    found
}

fn walk(schemas: &Value, schema: &Value, example: &Value, found: &mut BTreeMap<String, Value>) {
    if example.is_null() {
        return;
    }
    if let Some(name) = name(schema) {
        found.entry(name.to_owned()).or_insert_with(|| example.clone());
        walk(schemas, &schemas[name], example, found);
    }
    for choices in ["oneOf", "anyOf", "allOf"] {
        for choice in schema[choices].as_array().into_iter().flatten().filter(|one| may_be(one, example)) {
            walk(schemas, choice, example, found);
        }
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        walk(schemas, property, &example[name], found);
    }
    for item in example.as_array().into_iter().flatten() {
        walk(schemas, &schema["items"], item, found);
    }
}

/// A choice that names its kind is for that kind only.
fn may_be(choice: &Value, example: &Value) -> bool {
    let parts = choice["allOf"].as_array().into_iter().flatten();
    let mut kinds = parts.filter_map(|part| part["properties"]["kind"]["enum"].as_array());
    kinds.all(|kinds| kinds.contains(&example["kind"]))
}

fn of_parameter(name: &str) -> Value {
    match name {
        "team" => json!("shimane"),
        "token" => json!(TOKEN),
        "from" => json!("2026-12-01"),
        "to" => json!("2026-12-31"),
        "kind" => json!(Kind::Visit.code()),
        "Idempotency-Key" => json!(KEY),
        "Tonari-Proof" => {
            json!("eyJhbGdvcml0aG0iOiJTSEEtMjU2IiwiY2hhbGxlbmdlIjoiYzliMSIsIm51bWJlciI6NDcxMX0=")
        }
        "If-None-Match" => json!("\"nH5gxG6wTnCBm4fp0rDtPw\""),
        "Authorization" => json!("Bearer 6f1d0c"),
        _ => Value::Null,
    }
}

/// The most frequent reason of a status.
fn code(path: &str, status: &str) -> ErrorCode {
    match status {
        "400" => ErrorCode::Malformed,
        "404" => ErrorCode::NotFound,
        "409" if path.ends_with("/cancel") => ErrorCode::TooLate,
        "409" if ["/accept", "/pass", "/calendar.ics"].iter().any(|end| path.ends_with(end)) => {
            ErrorCode::WrongState
        }
        "409" => ErrorCode::SlotTaken,
        "410" => ErrorCode::TooOld,
        "413" => ErrorCode::TooLarge,
        "415" => ErrorCode::UnsupportedMediaType,
        "422" => ErrorCode::Invalid,
        "429" if path == BOOKINGS => ErrorCode::ProofNeeded,
        "429" => ErrorCode::TooManyRequests,
        "503" => ErrorCode::Busy,
        _ => ErrorCode::Internal,
    }
}

fn text(path: &str, status: &str) -> &'static str {
    match (path, status) {
        ("/healthz", _) => "alive\n",
        ("/readyz", "200") => "ready\n",
        ("/readyz", _) => "stopping\n",
        ("/metrics", _) => "# TYPE tonari_mail_backlog gauge\ntonari_mail_backlog 0\n# EOF\n",
        _ => {
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Tonari//Tonari//JA\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n"
        }
    }
}
