//! Questions to the desk's server, and what may come back instead of an answer, by what the screen says then.

use browser::files::{self, Chosen};
use browser::http::{self, Said};
use domain::api::desk::{Fault, Problem};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Everything of the server's stands under this.
const API: &str = "/desk/api/";

#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The session is over; what was typed is kept.
    SignedOut,
    /// No answer. Of something that was sent, nobody knows whether it arrived.
    Unreachable,
    /// The server said no, and why.
    Refused(Box<Problem>),
    /// An answer that is none of ours: somebody else's page, or another version's server.
    Broken,
}

impl Trouble {
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        match self {
            Self::SignedOut => Some(Fault::SignedOut),
            Self::Refused(problem) => Some(problem.code),
            Self::Unreachable | Self::Broken => None,
        }
    }
}

pub(super) async fn get<T: DeserializeOwned>(path: &str) -> Result<T, Trouble> {
    let said = http::get_json(&[API, path].concat()).await;
    said.map_err(|_| Trouble::Unreachable).and_then(|said| read(&said))
}

pub(super) async fn post<B: Serialize, T: DeserializeOwned>(path: &str, body: &B) -> Result<T, Trouble> {
    // Types of the wire are structs of texts and numbers: they can always be written.
    let body = serde_json::to_string(body).map_err(|_| Trouble::Broken)?;
    let said = http::post_json(&[API, path].concat(), &body).await;
    said.map_err(|_| Trouble::Unreachable).and_then(|said| read(&said))
}

/// A file as it is, said to be of this kind.
pub(super) async fn post_file<T: DeserializeOwned>(
    path: &str,
    kind: &str,
    file: &Chosen,
) -> Result<T, Trouble> {
    let said = files::post(&[API, path].concat(), kind, file).await;
    said.map_err(|_| Trouble::Unreachable).and_then(|said| read(&said))
}

fn read<T: DeserializeOwned>(said: &Said) -> Result<T, Trouble> {
    if (200..300).contains(&said.status) {
        let body = if said.body.is_empty() { b"null" } else { &said.body[..] };
        return serde_json::from_slice(body).map_err(|_| Trouble::Broken);
    }
    match serde_json::from_slice::<Problem>(&said.body) {
        Ok(problem) if problem.code == Fault::SignedOut => Err(Trouble::SignedOut),
        Ok(problem) => Err(Trouble::Refused(Box::new(problem))),
        // A proxy in between, while the server is started anew.
        Err(_) if said.status >= 500 => Err(Trouble::Unreachable),
        Err(_) => Err(Trouble::Broken),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(status: u16, body: &str) -> Said {
        Said { status, body: body.as_bytes().to_vec() }
    }

    fn problem(code: &str) -> String {
        format!(r#"{{"type":"about:blank","title":"x","status":409,"code":"{code}"}}"#)
    }

    #[test]
    fn a_refusal_is_told_from_no_answer_and_from_somebody_elses_page() {
        assert_eq!(read::<u32>(&said(200, "7")), Ok(7));
        assert_eq!(read::<Option<u32>>(&said(204, "")), Ok(None));
        assert_eq!(read::<u32>(&said(401, &problem("signed_out"))), Err(Trouble::SignedOut));
        let refused = read::<u32>(&said(409, &problem("changed_meanwhile"))).unwrap_err();
        assert_eq!(refused.fault(), Some(Fault::ChangedMeanwhile));
        assert_eq!(read::<u32>(&said(502, "<html>")), Err(Trouble::Unreachable));
        assert_eq!(read::<u32>(&said(200, "<html>")), Err(Trouble::Broken));
        assert_eq!(read::<u32>(&said(404, "")), Err(Trouble::Broken));
    }
}
