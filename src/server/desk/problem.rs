//! What the desk's server says when it does not do something: RFC 9457 with the desk's own closed code.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::api::desk::{Card, Fault, Problem};
use domain::api::{FieldProblem, OfferedTime};

use crate::error::{BUSY_FOR, answer};
use crate::store::StoreError;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskError {
    pub fault: Fault,
    pub fields: Vec<FieldProblem>,
    pub alternatives: Vec<OfferedTime>,
    /// Bookings that new rules would leave outside.
    pub hits: Vec<Card>,
    /// How it stands.
    pub now: Option<Box<Card>>,
    /// Seconds.
    pub retry_after: Option<u32>,
}

impl From<Fault> for DeskError {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            fields: Vec::new(),
            alternatives: Vec::new(),
            hits: Vec::new(),
            now: None,
            retry_after: None,
        }
    }
}

impl From<StoreError> for DeskError {
    fn from(failure: StoreError) -> Self {
        match failure {
            StoreError::Busy => Self { retry_after: Some(BUSY_FOR), ..Fault::Busy.into() },
            StoreError::Broken(_) => {
                // The text is the database's own; statements carry no values, so nobody's are in it.
                tracing::error!(%failure, "the store failed");
                Fault::Internal.into()
            }
        }
    }
}

impl DeskError {
    /// One field that cannot be used as it is.
    #[must_use]
    pub fn field(field: &str, code: &str) -> Self {
        let wrong = FieldProblem { field: field.to_owned(), code: code.to_owned() };
        Self { fields: vec![wrong], ..Fault::Invalid.into() }
    }

    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self.fault {
            Fault::Malformed => StatusCode::BAD_REQUEST,
            Fault::SignedOut => StatusCode::UNAUTHORIZED,
            Fault::Forbidden | Fault::PasskeyRefused | Fault::SignInAgain => StatusCode::FORBIDDEN,
            Fault::NotFound => StatusCode::NOT_FOUND,
            Fault::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Fault::ChangedMeanwhile
            | Fault::WrongState
            | Fault::NotOffered
            | Fault::HitsBookings
            | Fault::LastOne => StatusCode::CONFLICT,
            Fault::InvitationOver => StatusCode::GONE,
            Fault::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Fault::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Fault::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Fault::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Fault::Busy | Fault::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
            Fault::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for DeskError {
    fn into_response(self) -> Response {
        let status = self.status();
        let problem = Problem {
            kind: "about:blank".to_owned(),
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            status: status.as_u16(),
            code: self.fault,
            fields: self.fields,
            alternatives: self.alternatives,
            hits: self.hits,
            now: self.now,
        };
        answer(status, &problem, self.retry_after)
    }
}
