//! `POST /api/v1/bookings` and what comes back.

use super::{ErrorCode, OfferedTime};
use crate::association::AssociationId;
use crate::booking::{DayWish, MAX_WISHES, Status, Wanted, Wish};
use crate::calendar::{Date, from_rfc3339, to_rfc3339};
use crate::json::{self, Json, Node, Writer};
use crate::slot::Kind;

/// Header with the key of a request: made on the phone, the same for every sending of it.
pub const KEY_HEADER: &str = "idempotency-key";
/// Path for new bookings; below it each one, by its token.
pub const BOOKINGS: &str = "/api/v1/bookings";

/// A request for a consultation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "wire", serde(deny_unknown_fields))]
pub struct BookingRequest {
    pub team: AssociationId,
    /// One to three, the best first; none with a `day`.
    pub wishes: Vec<WishedTime>,
    /// A full day whose waiting list she joins.
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Option::is_none"))]
    pub day: Option<WishedDay>,
    /// Of the key the letter was closed with.
    pub key_id: String,
    /// The letter, closed for the team; base64url without padding. The request's key is bound in.
    pub sealed: String,
    /// When she tapped 送信, by her phone's clock: RFC 3339, UTC.
    pub made_at: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "wire", serde(deny_unknown_fields))]
pub struct WishedTime {
    /// RFC 3339, UTC.
    pub start: String,
    pub kind: Kind,
}

impl WishedTime {
    #[must_use]
    pub fn of(wish: Wish) -> Self {
        Self { start: to_rfc3339(wish.start), kind: wish.kind }
    }

    /// `None` where the moment is not one.
    #[must_use]
    pub fn parse(&self) -> Option<Wish> {
        Some(Wish { start: from_rfc3339(&self.start)?, kind: self.kind })
    }

    #[must_use]
    pub fn to_json(&self) -> String {
        Writer::object().text("start", &self.start).text("kind", self.kind.code()).end()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "wire", serde(deny_unknown_fields))]
pub struct WishedDay {
    /// Japan's, like 2026-12-01.
    pub date: String,
    pub kind: Kind,
}

impl WishedDay {
    #[must_use]
    pub fn of(wish: DayWish) -> Self {
        Self { date: wish.date.to_text(), kind: wish.kind }
    }

    /// `None` where the day is not one.
    #[must_use]
    pub fn parse(&self) -> Option<DayWish> {
        Some(DayWish { date: Date::parse(&self.date)?, kind: self.kind })
    }

    #[must_use]
    pub fn to_json(&self) -> String {
        Writer::object().text("date", &self.date).text("kind", self.kind.code()).end()
    }
}

impl BookingRequest {
    /// What it asks for, or `None` where one is no moment or day, or there are none or too many.
    #[must_use]
    pub fn wanted(&self) -> Option<Wanted> {
        let wishes: Vec<Wish> = self.wishes.iter().map(WishedTime::parse).collect::<Option<_>>()?;
        match &self.day {
            Some(day) if wishes.is_empty() => day.parse().map(Wanted::Day),
            None if (1..=MAX_WISHES).contains(&wishes.len()) => Some(Wanted::Times(wishes)),
            Some(_) | None => None,
        }
    }

    #[must_use]
    pub fn to_json(&self) -> String {
        let wishes: Vec<String> = self.wishes.iter().map(WishedTime::to_json).collect();
        let request = Writer::object().text("team", self.team.as_str()).list("wishes", &wishes);
        let request = match &self.day {
            Some(day) => request.raw("day", &day.to_json()),
            None => request,
        };
        request.text("key_id", &self.key_id).text("sealed", &self.sealed).text("made_at", &self.made_at).end()
    }

    /// As the phone reads what it keeps.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        json::read(&Json::parse(bytes).ok()?, request).ok()
    }
}

fn request(node: &Node<'_>) -> BookingRequest {
    let text = |name: &str| node.field(name).text().to_owned();
    let mut wishes = Vec::new();
    node.field("wishes").each(&mut |item| {
        wishes.push(WishedTime {
            start: item.field("start").text().to_owned(),
            kind: kind(&item.field("kind")),
        });
    });
    BookingRequest {
        team: AssociationId(text("team")),
        wishes,
        day: node.optional("day").map(|day| wished_day(&day)),
        key_id: text("key_id"),
        sealed: text("sealed"),
        made_at: text("made_at"),
    }
}

/// As a request and what she has filled in so far hold it.
pub(crate) fn wished_day(node: &Node<'_>) -> WishedDay {
    WishedDay { date: node.field("date").text().to_owned(), kind: kind(&node.field("kind")) }
}

fn kind(node: &Node<'_>) -> Kind {
    Kind::parse(node.text()).unwrap_or_else(|| node.wrong("a kind", Kind::Visit))
}

/// A booking, for whoever holds its token.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BookingView {
    /// What she says on the telephone: `7K3M-9QF2`.
    pub reference: String,
    /// The only key to it. It opens `/bookings/{token}`, cancels and moves.
    pub token: String,
    pub team: AssociationId,
    pub status: Status,
    /// RFC 3339, UTC. Of one that waits for a day: its midnight.
    pub start: String,
    /// Minutes. Of one that waits for a day: all of it.
    pub length: u16,
    pub kind: Kind,
    /// Which of her wishes it is, counted from 0; in the answer to a request only.
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Option::is_none"))]
    pub rank: Option<u8>,
    /// Until then she can cancel or move it herself.
    pub change_until: String,
    /// Until then the time is kept for her; only where one is offered.
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Option::is_none"))]
    pub answer_until: Option<String>,
    /// Rises with every change.
    pub sequence: u32,
    /// A demonstration: no consultation takes place.
    pub fictional: bool,
    /// What the team said when it declined.
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Option::is_none"))]
    pub reason: Option<String>,
}

impl BookingView {
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        json::read(&Json::parse(bytes).ok()?, view).ok()
    }
}

fn view(node: &Node<'_>) -> BookingView {
    let text = |name: &str| node.field(name).text().to_owned();
    let status = node.field("status");
    BookingView {
        reference: text("reference"),
        token: text("token"),
        team: AssociationId(text("team")),
        status: Status::parse(status.text()).unwrap_or_else(|| status.wrong("a status", Status::Pending)),
        start: text("start"),
        length: node.field("length").number(u16::MAX.into()) as u16,
        kind: kind(&node.field("kind")),
        rank: node.optional("rank").map(|rank| rank.number(u8::MAX.into()) as u8),
        change_until: text("change_until"),
        answer_until: node.optional("answer_until").map(|moment| moment.text().to_owned()),
        sequence: node.field("sequence").number(u32::MAX),
        fictional: node.field("fictional").bool(),
        reason: node.optional("reason").map(|reason| reason.text().to_owned()),
    }
}

/// What a refused request says beside its code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    pub code: Option<ErrorCode>,
    /// Names of the fields that are wrong, each with the reason's code.
    pub fields: Vec<(String, String)>,
    /// The nearest times that are offered.
    pub alternatives: Vec<OfferedTime>,
}

impl Refusal {
    /// From a problem+json body; an unknown code is no code.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        json::read(&Json::parse(bytes).ok()?, refusal).ok()
    }
}

fn refusal(node: &Node<'_>) -> Refusal {
    let mut refusal = Refusal { code: ErrorCode::parse(node.field("code").text()), ..Refusal::default() };
    if let Some(fields) = node.optional("fields") {
        fields.each(&mut |item| {
            refusal
                .fields
                .push((item.field("field").text().to_owned(), item.field("code").text().to_owned()));
        });
    }
    if let Some(times) = node.optional("alternatives") {
        times.each(&mut |item| refusal.alternatives.push(super::offered_time(item)));
    }
    refusal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_and_server_write_and_read_the_same() {
        let request = BookingRequest {
            team: AssociationId("shimane".to_owned()),
            wishes: vec![WishedTime { start: "2026-12-01T01:00:00Z".to_owned(), kind: Kind::Online }],
            day: None,
            key_id: "ab12".to_owned(),
            sealed: "AAAA".to_owned(),
            made_at: "2026-11-30T01:00:00Z".to_owned(),
        };
        let day = WishedDay { date: "2026-12-01".to_owned(), kind: Kind::Phone };
        let waiting = BookingRequest { wishes: Vec::new(), day: Some(day), ..request.clone() };
        for request in [&request, &waiting] {
            assert!(request.wanted().is_some());
            assert_eq!(serde_json::from_str::<BookingRequest>(&request.to_json()).unwrap(), *request);
            assert_eq!(BookingRequest::read(request.to_json().as_bytes()).as_ref(), Some(request));
        }
        let both = BookingRequest { day: waiting.day, ..request };
        assert_eq!(both.wanted(), None, "which of them she meant is not ours to guess");
        let view = BookingView {
            reference: "7K3M-9QF2".to_owned(),
            token: "t".to_owned(),
            team: AssociationId("shimane".to_owned()),
            status: Status::Confirmed,
            start: "2026-12-01T01:00:00Z".to_owned(),
            length: 60,
            kind: Kind::Visit,
            rank: Some(1),
            change_until: "2026-11-30T01:00:00Z".to_owned(),
            answer_until: Some("2026-11-30T01:00:00Z".to_owned()),
            sequence: 0,
            fictional: false,
            reason: Some("満席です".to_owned()),
        };
        assert_eq!(BookingView::read(&serde_json::to_vec(&view).unwrap()), Some(view));
    }

    #[test]
    fn a_conflict_is_read_with_its_alternatives() {
        let body = br#"{"type":"about:blank","title":"Conflict","status":409,"code":"slot_taken",
            "alternatives":[{"start":"2026-12-01T01:00:00Z","length":60,"kinds":["visit"]}]}"#;
        let refusal = Refusal::read(body).unwrap();
        assert_eq!(refusal.code, Some(ErrorCode::SlotTaken));
        assert_eq!(refusal.alternatives.len(), 1);
    }
}
