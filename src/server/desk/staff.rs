//! Who asks. Put into the request by the layer that let her in (`guard`), so a handler that names her cannot be reached
//! by anybody else.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::api::desk::Fault;
use domain::association::AssociationId;
use domain::staff::Role;

use super::DeskError;
use crate::store::staff::Session;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    pub id: i64,
    pub name: String,
    pub role: Role,
    /// None of the federation.
    pub association: Option<AssociationId>,
}

impl Staff {
    /// Whose bookings she sees. Routes for teams let nobody in who has none.
    ///
    /// # Errors
    /// [`Fault::Forbidden`] for the federation.
    pub fn team(&self) -> Result<&AssociationId, DeskError> {
        self.association.as_ref().ok_or_else(|| Fault::Forbidden.into())
    }

    /// As the journal names her.
    #[must_use]
    pub fn who(&self) -> String {
        format!("member:{}", self.id)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Staff {
    type Rejection = DeskError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, DeskError> {
        let Session { member, .. } = Session::from_request_parts(parts, state).await?;
        Ok(Self { id: member.id, name: member.name, role: member.role, association: member.association })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Session {
    type Rejection = DeskError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, DeskError> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Fault::SignedOut.into())
    }
}
