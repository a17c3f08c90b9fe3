//! Which stores there are, and how an older database becomes the present one.

/// The object stores by name. A name is on people's phones: never rename one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// Teams she saved.
    Saved,
    /// The newest verified edition of the directory.
    Directory,
}
