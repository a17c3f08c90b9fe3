//! What an answer to a sending means. Pure, so that every mixture of status, type and body stands in one table.
//!
//! The surprising rule: an answer counts only when its *content* is ours. A hotel's login page says 200 to everything;
//! taking that for a booking would be the worst thing this app could do.

use super::{Answer, LONGEST_PAUSE_MS, Receipt};
use crate::api::{Challenge, ErrorCode};
use crate::json::Json;

/// An earlier sending of the same key is still being worked on.
const IN_FLIGHT: &str = "in_flight";

/// What came back, whoever it came from.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    pub status: u16,
    pub content_type: &'a str,
    pub retry_after: Option<&'a str>,
    pub body: &'a [u8],
}

impl Heard<'_> {
    #[must_use]
    pub fn meaning(&self) -> Answer {
        match self.status {
            200 | 201 if self.is("application/json") => self.taken(),
            429 if self.is("application/problem+json") => self.crowded(),
            408 | 429 | 500 | 502 | 503 | 504 => Answer::Later { after_ms: self.retry_after_ms() },
            400..=499 if self.is("application/problem+json") => self.refused(),
            _ => Answer::Unreachable,
        }
    }

    /// One of too many; what it takes not to wait may stand in it.
    fn crowded(&self) -> Answer {
        let asks = self.member("code").is_some_and(|code| code == ErrorCode::ProofNeeded.code());
        match Challenge::read(self.body) {
            Some(challenge) if asks => Answer::ProofNeeded(challenge),
            _ => Answer::Later { after_ms: self.retry_after_ms() },
        }
    }

    fn taken(&self) -> Answer {
        match (self.member("reference"), str::from_utf8(self.body)) {
            (Some(reference), Ok(body)) if !reference.is_empty() => Answer::Taken(Receipt(body.to_owned())),
            _ => Answer::Unreachable,
        }
    }

    fn refused(&self) -> Answer {
        let (Some(code), Ok(body)) = (self.member("code"), str::from_utf8(self.body)) else {
            return Answer::Unreachable;
        };
        if self.status == 409 && code == IN_FLIGHT {
            return Answer::Later { after_ms: self.retry_after_ms() };
        }
        if self.status == 409 && code == ErrorCode::SlotTaken.code() {
            return Answer::Conflict(body.to_owned());
        }
        Answer::Refused(code)
    }

    /// Whether the body is of this type; parameters (`; charset=utf-8`) do not matter.
    fn is(&self, wanted: &str) -> bool {
        let kind = self.content_type.split(';').next().unwrap_or_default();
        kind.trim().eq_ignore_ascii_case(wanted)
    }

    fn member(&self, name: &str) -> Option<String> {
        let Ok(Json::Object(members)) = Json::parse(self.body) else { return None };
        members.into_iter().find_map(|(other, value)| match value {
            Json::Text(text) if other == name => Some(text),
            _ => None,
        })
    }

    /// Seconds only, which is what our server writes; a date from a proxy leaves the pause to us.
    fn retry_after_ms(&self) -> Option<i64> {
        let seconds: i64 = self.retry_after?.trim().parse::<u32>().ok()?.into();
        Some((seconds * 1000).min(LONGEST_PAUSE_MS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = "application/json";
    const PROBLEM: &str = "application/problem+json";
    const BOOKED: &str = r#"{"reference":"7K3M-9QF2","token":"t"}"#;

    fn heard(status: u16, content_type: &str, body: &str) -> Answer {
        Heard { status, content_type, retry_after: None, body: body.as_bytes() }.meaning()
    }

    fn refused(code: &str) -> Answer {
        Answer::Refused(code.to_owned())
    }

    #[test]
    fn only_an_answer_with_a_reference_in_it_is_a_booking() {
        let taken = Answer::Taken(Receipt(BOOKED.to_owned()));
        for (status, content_type, body, answer) in [
            (201, JSON, BOOKED, taken.clone()),
            (200, "Application/JSON; charset=utf-8", BOOKED, taken),
            // The hotel's login page, as a page and as something clever.
            (200, "text/html", "<html>Welcome to the hotel</html>", Answer::Unreachable),
            (200, "text/html", BOOKED, Answer::Unreachable),
            (200, JSON, r#"{"login":"required"}"#, Answer::Unreachable),
            (200, JSON, r#"{"reference":""}"#, Answer::Unreachable),
            (200, JSON, r#"{"reference":7}"#, Answer::Unreachable),
            (201, JSON, r#"{"reference":"7K3M"#, Answer::Unreachable),
            (201, JSON, "", Answer::Unreachable),
            (204, JSON, BOOKED, Answer::Unreachable),
            (0, "", "", Answer::Unreachable),
            (304, JSON, BOOKED, Answer::Unreachable),
            (511, "text/html", "log in first", Answer::Unreachable),
        ] {
            assert_eq!(heard(status, content_type, body), answer, "{status} {content_type} {body}");
        }
    }

    #[test]
    fn d08_a_refusal_is_ours_only_with_a_code_in_it() {
        let taken = r#"{"code":"slot_taken","alternatives":[]}"#;
        for (status, content_type, body, answer) in [
            (409, PROBLEM, taken, Answer::Conflict(taken.to_owned())),
            // The same code with another status is a refusal like any other.
            (422, PROBLEM, taken, refused("slot_taken")),
            (409, PROBLEM, r#"{"code":"in_flight"}"#, Answer::Later { after_ms: None }),
            (409, PROBLEM, r#"{"code":"wrong_state"}"#, refused("wrong_state")),
            (400, PROBLEM, r#"{"code":"key_missing"}"#, refused("key_missing")),
            (422, "application/problem+json;charset=utf-8", r#"{"code":"invalid"}"#, refused("invalid")),
            // A code this build has never heard of is still a refusal, not a reason to try for ever.
            (410, PROBLEM, r#"{"code":"of_next_year"}"#, refused("of_next_year")),
            (403, "text/html", "blocked by the company", Answer::Unreachable),
            (404, PROBLEM, "{}", Answer::Unreachable),
            (409, JSON, taken, Answer::Unreachable),
        ] {
            assert_eq!(heard(status, content_type, body), answer, "{status} {content_type} {body}");
        }
    }

    #[test]
    fn a_server_under_pressure_says_what_work_it_wants_and_else_it_is_only_busy() {
        let work = r#"{"algorithm":"SHA-256","challenge":"ab","maxnumber":9,"salt":"s&","signature":"cd"}"#;
        let body = |code: &str| format!(r#"{{"code":"{code}","proof":{work}}}"#);
        let later = Answer::Later { after_ms: None };
        let asked = heard(429, PROBLEM, &body("proof_needed"));
        assert!(matches!(&asked, Answer::ProofNeeded(challenge) if challenge.maxnumber == 9), "{asked:?}");
        for (status, content_type, body) in [
            (429, PROBLEM, body("too_many_requests")),
            (429, "text/html", body("proof_needed")),
            (429, PROBLEM, r#"{"code":"proof_needed"}"#.to_owned()),
            (503, PROBLEM, body("proof_needed")),
        ] {
            assert_eq!(heard(status, content_type, &body), later, "{status} {content_type} {body}");
        }
    }

    #[test]
    fn d09_a_server_that_is_busy_says_for_how_long() {
        for (status, retry_after, after_ms) in [
            (503, Some("120"), Some(120_000)),
            (429, Some(" 5 "), Some(5_000)),
            (500, None, None),
            (408, Some("soon"), None),
            (502, Some("-3"), None),
            (504, Some("Wed, 25 Nov 2026 08:00:00 GMT"), None),
            // A pause of years is a mistake of somebody's.
            (503, Some("4294967295"), Some(LONGEST_PAUSE_MS)),
        ] {
            let heard = Heard { status, content_type: "text/html", retry_after, body: b"" };
            assert_eq!(heard.meaning(), Answer::Later { after_ms }, "{status} {retry_after:?}");
        }
    }
}
