//! `GET /api/v1/teams/{team}/slots`: what a team offers, and the key to close a request with.

use super::OfferedTime;
use crate::association::AssociationId;
use crate::json::{self, Json, Node};
use crate::slot::Kind;

/// What a team offers between two days.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Offer {
    pub team: AssociationId,
    /// A demonstration: no consultation takes place.
    pub fictional: bool,
    /// The team confirms every request by hand.
    pub by_hand: bool,
    /// Minutes before its beginning after which a booking can no longer be cancelled or moved.
    pub deadline: u32,
    /// The kinds this team offers at all, whatever is free just now.
    pub kinds: Vec<Kind>,
    pub seal: SealKey,
    /// In order of time.
    pub times: Vec<OfferedTime>,
    /// Days on which everything is taken and somebody may wait, in order.
    #[cfg_attr(feature = "wire", serde(default))]
    pub full: Vec<FullDay>,
}

/// A day whose times of these kinds are all taken.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FullDay {
    /// Japan's, like 2026-12-01.
    pub date: String,
    pub kinds: Vec<Kind>,
}

/// The public key a request is closed with (HPKE base mode, X25519, HKDF-SHA256, ChaCha20-Poly1305).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SealKey {
    pub id: String,
    /// 32 bytes, base64url without padding.
    pub public: String,
}

/// Path of a team's [`Offer`].
#[must_use]
pub fn slots_path(team: &AssociationId) -> String {
    ["/api/v1/teams/", team.as_str(), "/slots"].concat()
}

impl Offer {
    /// As the phone reads it; `None` for anything else.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        json::read(&Json::parse(bytes).ok()?, offer).ok()
    }
}

fn offer(node: &Node<'_>) -> Offer {
    let mut times = Vec::new();
    node.field("times").each(&mut |item| times.push(super::offered_time(item)));
    // What this phone kept from an earlier server has none.
    let mut full = Vec::new();
    if let Some(days) = node.optional("full") {
        days.each(&mut |item| {
            let date = item.field("date").text().to_owned();
            full.push(FullDay { date, kinds: super::kinds(&item.field("kinds")) });
        });
    }
    let seal = node.field("seal");
    Offer {
        team: AssociationId(node.field("team").text().to_owned()),
        fictional: node.field("fictional").bool(),
        by_hand: node.field("by_hand").bool(),
        deadline: node.field("deadline").number(u32::MAX),
        kinds: super::kinds(&node.field("kinds")),
        seal: SealKey {
            id: seal.field("id").text().to_owned(),
            public: seal.field("public").text().to_owned(),
        },
        times,
        full,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phone_reads_what_the_server_writes() {
        let offer = Offer {
            team: AssociationId("shimane".to_owned()),
            fictional: true,
            by_hand: false,
            deadline: 1440,
            kinds: vec![Kind::Visit, Kind::Phone],
            seal: SealKey { id: "ab12".to_owned(), public: "AAAA".to_owned() },
            times: vec![OfferedTime {
                start: "2026-12-01T01:00:00Z".to_owned(),
                length: 60,
                kinds: vec![Kind::Visit],
            }],
            full: vec![FullDay { date: "2026-12-02".to_owned(), kinds: vec![Kind::Visit] }],
        };
        assert_eq!(Offer::read(&serde_json::to_vec(&offer).unwrap()), Some(offer));
        assert_eq!(Offer::read(b"<html>"), None);
    }
}
