//! What the server says about a booking she holds the token of: how it stands, cancelled, at another time.

use domain::api::{BOOKINGS, BookingView, Refusal, WishedTime};

use crate::BrowserError;
use crate::http::{self, Answer};

#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// The booking as it is now, word for word.
    View(String),
    Refused(Refusal),
    /// No answer that is ours; whether a change was made is not known.
    Unreachable,
}

pub async fn look(token: &str) -> Told {
    told(http::get(&path(token, ""), &[]).await).await
}

/// Twice is once, so asking again after no answer is safe.
pub async fn cancel(token: &str) -> Told {
    told(http::post(&path(token, "/cancel"), &[], "").await).await
}

/// To a time that is kept for her; twice is once.
pub async fn answer(token: &str, takes_it: bool) -> Told {
    let act = if takes_it { "/accept" } else { "/pass" };
    told(http::post(&path(token, act), &[], "").await).await
}

pub async fn move_to(token: &str, wish: &WishedTime) -> Told {
    let json = [("content-type", "application/json")];
    told(http::post(&path(token, "/move"), &json, &wish.to_json()).await).await
}

fn path(token: &str, act: &str) -> String {
    [BOOKINGS, "/", token, act].concat()
}

async fn told(answer: Result<Answer, BrowserError>) -> Told {
    let Ok(answer) = answer else { return Told::Unreachable };
    let fine = answer.response.ok();
    let Ok(body) = answer.body().await else { return Told::Unreachable };
    if !fine {
        return Refusal::read(&body).map_or(Told::Unreachable, Told::Refused);
    }
    match (BookingView::read(&body), String::from_utf8(body)) {
        (Some(_), Ok(body)) => Told::View(body),
        _ => Told::Unreachable,
    }
}
