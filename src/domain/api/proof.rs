//! Work that a phone does before a booking while the server is under pressure: a puzzle of ALTCHA's, version 1.

use crate::json::{self, Json, Node};

/// Header with the solved challenge.
pub const PROOF_HEADER: &str = "tonari-proof";

/// The one way to hash that is spoken here.
pub const ALGORITHM: &str = "SHA-256";

/// A phone works no longer than this, whoever asks: what answers in our place may ask for a day's work.
pub const MOST_WORK: u32 = 1_000_000;

/// Find the number up to `maxnumber` whose digits, written behind the salt, have this hash. Bound to nobody and to no
/// request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Challenge {
    pub algorithm: String,
    /// SHA-256 in hexadecimal digits.
    pub challenge: String,
    pub maxnumber: u32,
    /// Random, then when it ends: `?expires=` and seconds since 1970, closed by `&`.
    pub salt: String,
    /// That it is the server's own: HMAC-SHA-256 of the challenge, in hexadecimal digits.
    pub signature: String,
}

impl Challenge {
    /// From a problem+json body; `None` where it asks for what nobody can or should do.
    #[must_use]
    pub fn read(problem: &[u8]) -> Option<Self> {
        let json = Json::parse(problem).ok()?;
        let read = json::read(&json, |node| challenge(&node.field("proof"))).ok()?;
        (read.algorithm == ALGORITHM).then_some(read)
    }
}

fn challenge(node: &Node<'_>) -> Challenge {
    let text = |name: &str| node.field(name).text().to_owned();
    Challenge {
        algorithm: text("algorithm"),
        challenge: text("challenge"),
        maxnumber: node.field("maxnumber").number(MOST_WORK),
        salt: text("salt"),
        signature: text("signature"),
    }
}

/// A solved challenge, as the header carries it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Proof(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_is_read_as_it_was_written_and_nobody_is_asked_for_a_days_work() {
        let asked = Challenge {
            algorithm: ALGORITHM.to_owned(),
            challenge: "ab".repeat(32),
            maxnumber: 150_000,
            salt: "0011?expires=1795996800&".to_owned(),
            signature: "cd".repeat(32),
        };
        let read = |challenge: &Challenge| {
            Challenge::read(&serde_json::to_vec(&serde_json::json!({ "proof": challenge })).unwrap())
        };
        assert_eq!(read(&asked), Some(asked.clone()));
        assert_eq!(read(&Challenge { maxnumber: MOST_WORK + 1, ..asked.clone() }), None);
        assert_eq!(read(&Challenge { algorithm: "PBKDF2/SHA-256".to_owned(), ..asked }), None);
        assert_eq!(Challenge::read(br#"{"code":"proof_needed"}"#), None);
    }
}
