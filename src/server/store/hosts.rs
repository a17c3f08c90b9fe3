//! Whose pages may show an association's widget, on disk: what its people added beside its official site.
//!
//! A row that is no origin is an error and not left out: it would go into a header.

use domain::association::AssociationId;
use domain::embed::Origin;

use super::{Answering, StoreError};

pub trait HostStore: Send + Sync + 'static {
    /// In order of association and origin.
    fn hosts(&self) -> Answering<'_, Vec<Host>>;

    /// Whether it was not there before.
    fn allow(&self, host: Host, now: i64) -> Answering<'_, bool>;

    /// Whether it was there.
    fn refuse(&self, host: Host) -> Answering<'_, bool>;
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Host {
    pub association: AssociationId,
    pub origin: Origin,
}

impl Host {
    /// Of a row.
    pub(super) fn kept(association: String, origin: &str) -> Result<Self, StoreError> {
        let association = AssociationId(association);
        let origin = Origin::parse(origin).map_err(|why| {
            StoreError::Broken(format!("a host of {} is no origin: {why}", association.as_str()))
        })?;
        Ok(Self { association, origin })
    }

    /// Not the databases' order: theirs depends on their language.
    pub(super) fn in_order(mut hosts: Vec<Self>) -> Vec<Self> {
        hosts.sort();
        hosts
    }
}
