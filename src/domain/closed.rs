//! Closed lists: everything one of them can be stands in one place, each with its code.

/// An enum whose variants have a code each, the same in files, in the database, on the wire and in addresses. What only
/// one list needs (a `Default`, words) is given as attributes.
///
/// A `literal` would reach the derive for OpenAPI wrapped up, and it would not see the name.
macro_rules! closed {
    ($(#[$of:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $code:tt),+ $(,)? }) => {
        $(#[$of])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub enum $name {
            $($(#[$about])* #[cfg_attr(feature = "wire", serde(rename = $code))] $variant),+
        }

        impl $name {
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$variant),+];

            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code),+
                }
            }

            #[must_use]
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|one| one.code() == code)
            }
        }
    };
}
pub(crate) use closed;
