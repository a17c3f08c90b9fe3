//! The wire: what phone and server say to each other, and nothing else.
//!
//! `GET /api/v1/associations` answers a [`crate::directory::Edition`]; the types here are the rest. No request has a
//! place, a position or a distance in it: the phone works those out alone. Codes are closed enums, sentences for
//! them exist only in the i18n files.

/// Path of the signed directory.
pub const ASSOCIATIONS: &str = "/api/v1/associations";
/// Path of [`Meta`].
pub const META: &str = "/api/v1/meta";
/// Header with the number of the edition, so that a phone can refuse an older one before reading it.
pub const EDITION_HEADER: &str = "tonari-edition";
/// Header with the signature: base64url without padding of r‖s, ECDSA P-256 with SHA-256 over the body's bytes.
pub const SIGNATURE_HEADER: &str = "tonari-signature";

/// What the server runs and what it still accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Meta {
    /// Version of the built app: the one in its service worker's manifest.
    pub version: String,
    /// Set to retire bad builds: a phone on another version leaves it at its next start.
    pub min_version: Option<String>,
    /// Number of the current edition of the directory.
    pub edition: u32,
}

/// An error on the wire, RFC 9457 (`application/problem+json`).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Always `about:blank`: the code below says more than a URL would.
    #[cfg_attr(feature = "wire", serde(rename = "type"))]
    pub kind: String,
    pub title: String,
    pub status: u16,
    pub code: ErrorCode,
}

/// Why a request failed, as far as the phone can act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "wire", serde(rename_all = "snake_case"))]
pub enum ErrorCode {
    /// No such resource.
    NotFound,
    /// The resource exists, the method does not.
    MethodNotAllowed,
    /// The server gave up on this request; trying again may help.
    TimedOut,
    /// The server is broken; trying again at once will not help.
    Internal,
}
