//! The session's cookie. Over https its name makes the browser hold us to the rest: only from this host, only encrypted,
//! for all of it. Without https there is only this machine.

use axum::http::{HeaderMap, HeaderValue, header};

const SECURE: &str = "__Host-tonari-desk";
const PLAIN: &str = "tonari-desk";

/// The token, if there is one.
#[must_use]
pub fn token(headers: &HeaderMap, https: bool) -> Option<&str> {
    let name = name(https);
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, token)| token)
}

/// No age: it goes with the browser, which may be another's tomorrow.
#[must_use]
pub fn given(token: &str, https: bool) -> HeaderValue {
    written(token, "", https)
}

#[must_use]
pub fn taken_back(https: bool) -> HeaderValue {
    written("", "; Max-Age=0", https)
}

fn written(token: &str, more: &str, https: bool) -> HeaderValue {
    let secure = if https { "; Secure" } else { "" };
    let line = format!("{}={token}; Path=/; HttpOnly; SameSite=Strict{secure}{more}", name(https));
    HeaderValue::from_str(&line).expect("base64url fits a header")
}

const fn name(https: bool) -> &'static str {
    if https { SECURE } else { PLAIN }
}
