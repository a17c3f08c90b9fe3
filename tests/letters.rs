//! What a founder writes, closed as her phone closes it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where, also in its helpers")]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::api::{BookingRequest, Offer, WishedTime};
use domain::booking::contact::Draft;
use domain::booking::letter::Letter;
use domain::calendar::to_rfc3339;
use domain::seal;

pub const CANARY: &str = "山田はな canary-4711";

/// 2026-11-30, a Monday, at nine in Japan.
pub const MONDAY: i64 = 1_795_996_800;

pub fn letter() -> Letter {
    let contact = Draft {
        name: CANARY.to_owned(),
        phone: "090-1234-5678".to_owned(),
        note: CANARY.to_owned(),
        consent: Some("2026-11".to_owned()),
        ..Draft::default()
    };
    Letter { contact, ..Letter::default() }
}

/// What the phone would send: the first offered time if there is one, closed under this key.
pub fn request(offer: &Offer, key: &str, letter: &Letter) -> BookingRequest {
    let public = URL_SAFE_NO_PAD.decode(&offer.seal.public).unwrap();
    let sealed = seal::seal(&public, key, letter.to_json().as_bytes(), [7; 32]).unwrap();
    let first = offer.times.first();
    BookingRequest {
        team: offer.team.clone(),
        wishes: first
            .map(|time| WishedTime { start: time.start.clone(), kind: time.kinds[0] })
            .into_iter()
            .collect(),
        day: None,
        key_id: offer.seal.id.clone(),
        sealed: URL_SAFE_NO_PAD.encode(sealed),
        made_at: to_rfc3339(MONDAY),
    }
}
