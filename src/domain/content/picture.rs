//! A picture of a story or an event. Its pixels are elsewhere, under the hash of their bytes; here is what a page needs
//! before they are there: how much room they take, and what is to be seen for whoever cannot see them.

/// What an item shows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Picture {
    pub sha: PictureHash,
    /// What is to be seen, in Japanese.
    pub alt: Alt,
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub alt_en: Option<Alt>,
    pub width: u16,
    pub height: u16,
}

/// SHA-256 of the bytes, in 64 hexadecimal digits: part of its address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "wire", serde(transparent))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PictureHash(String);

/// One line of 1 to 200 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "wire", serde(transparent))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Alt(String);

impl Picture {
    /// The longest side of what is kept.
    pub const MOST: u32 = 1_200;

    #[must_use]
    pub fn path(&self) -> String {
        ["/pictures/", &self.sha.0, ".jpg"].concat()
    }
}

impl PictureHash {
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        (digits && text.len() == 64).then(|| Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Alt {
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let seen = !text.chars().any(super::read::hides) && !text.contains('\n') && text.trim() == text;
        let fits = (1..=200).contains(&text.chars().count());
        (seen && fits).then(|| Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
