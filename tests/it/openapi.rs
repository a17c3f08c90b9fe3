//! The description of the API is held against itself and against what the server says.

use domain::api::{BOOKINGS, BookingView, slots_path};
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::bookings::{letter, offer, request, send, team};
use crate::server_under_test::{Answer, Server};

struct Description(Value);

impl Description {
    async fn of(server: &Server) -> Self {
        Self(server.get("/api/openapi.json").await.json())
    }

    /// A schema of the description, with everything it refers to.
    fn validator(&self, schema: &Value) -> Validator {
        let mut whole = schema.clone();
        whole["components"] = self.0["components"].clone();
        jsonschema::draft202012::options().should_validate_formats(true).build(&whole).unwrap()
    }

    fn assert_fits(&self, schema: &Value, example: &Value, at: &str) {
        assert!(!example.is_null(), "{at} has no example");
        let wrong: Vec<String> =
            self.validator(schema).iter_errors(example).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{at}: {}", wrong.join("; "));
    }

    fn operations(&self) -> impl Iterator<Item = (String, &Value)> {
        self.0["paths"].as_object().unwrap().iter().flat_map(|(path, item)| {
            let operations = item.as_object().unwrap().iter();
            operations.map(move |(method, operation)| (format!("{method} {path}"), operation))
        })
    }

    /// The answer is one of those described, and is as described.
    fn assert_describes(&self, operation: &str, answer: &Answer) {
        let (method, path) = operation.split_once(' ').unwrap();
        let described = &self.0["paths"][path][method]["responses"][answer.status.as_str()];
        assert!(described.is_object(), "{operation} answers {}", answer.status);
        let kind = answer.header("content-type").split(';').next().unwrap();
        let media = &described["content"][kind];
        assert!(media.is_object(), "{operation} answers {} as {kind}", answer.status);
        if kind.ends_with("json") {
            self.assert_fits(&media["schema"], &answer.json(), operation);
        }
    }
}

// A client was written from the examples; half of them were of last year's fields.
#[tokio::test]
async fn everything_in_the_description_has_an_example_and_each_fits_its_schema() {
    let description = Description::of(&Server::start()).await;
    for (name, schema) in description.0["components"]["schemas"].as_object().unwrap() {
        description.assert_fits(schema, &schema["examples"][0], name);
    }
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    for (operation, described) in description.operations() {
        for parameter in list(&described["parameters"]) {
            let at = format!("{operation}, parameter {}", parameter["name"]);
            description.assert_fits(&parameter["schema"], &parameter["example"], &at);
        }
        let answers = described["responses"].as_object().unwrap().iter();
        let contents = answers.map(|(status, answer)| (status.as_str(), &answer["content"]));
        for (what, content) in contents.chain([("request", &described["requestBody"]["content"])]) {
            for (kind, media) in content.as_object().into_iter().flatten() {
                description.assert_fits(
                    &media["schema"],
                    &media["example"],
                    &format!("{operation}, {what} as {kind}"),
                );
            }
        }
    }
}

// No tool can close a letter for our key, so what comes of a good request is looked at here.
#[tokio::test]
async fn what_comes_of_a_booking_is_as_described() {
    let server = Server::start().open("shimane").await;
    let description = Description::of(&server).await;
    let offered = offer(&server).await;
    description.assert_describes("get /api/v1/teams/{team}/slots", &server.get(&slots_path(&team())).await);
    description.assert_describes("get /api/v1/associations", &server.get("/api/v1/associations").await);

    let booked = send(&server, "k1", &request(&offered, "k1", &letter())).await;
    description.assert_describes("post /api/v1/bookings", &booked);
    let path = format!("{BOOKINGS}/{}", BookingView::read(&booked.body).unwrap().token);
    let again =
        send(&server, "k1", &request(&offered, "k1", &domain::booking::letter::Letter::default())).await;
    assert_eq!(again.status, 422);
    description.assert_describes("post /api/v1/bookings", &again);

    let one = "/api/v1/bookings/{token}";
    description.assert_describes(&format!("get {one}"), &server.get(&path).await);
    let file = server.get(&format!("{path}/calendar.ics")).await;
    description.assert_describes(&format!("get {one}/calendar.ics"), &file);
    let json = [("content-type", "application/json")];
    for (to, status) in [(&offered.times[2].start, 200), (&"2020-01-01T00:00:00Z".to_owned(), 409)] {
        let body = json!({ "start": to, "kind": "visit" }).to_string();
        let moved = server.post(&format!("{path}/move"), &json, body).await;
        assert_eq!(moved.status, status);
        description.assert_describes(&format!("post {one}/move"), &moved);
    }
    let cancelled = server.post(&format!("{path}/cancel"), &[], "").await;
    description.assert_describes(&format!("post {one}/cancel"), &cancelled);
}

// An address was cut off in the middle of a letter; the answer was a library's sentence as plain text.
#[tokio::test]
async fn what_is_no_text_in_an_address_is_answered_like_any_unknown_name() {
    let server = Server::start();
    for path in ["/api/v1/bookings/%FF", "/api/v1/bookings/%E3%81/calendar.ics", "/api/v1/teams/%FF/slots"] {
        assert_eq!(crate::bookings::code(&server.get(path).await), (404, "not_found".to_owned()), "{path}");
    }
}
