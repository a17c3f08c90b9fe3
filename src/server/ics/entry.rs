//! What an entry says of a booking, as much as is safe.

use domain::association::Association;
use domain::slot::Kind;

use super::Words as Entry;
use crate::store::Booking;
use crate::words::{Words, spoken};

/// `team` is what the directory knows of it; address and room only where she has to go there.
#[must_use]
pub fn entry(
    words: &Words,
    booking: &Booking,
    team: Option<&Association>,
    room: Option<&str>,
    discreet: bool,
) -> Entry {
    let mark = if booking.fictional { words.fictional } else { "" };
    let title = if discreet { words.neutral_title } else { words.title };
    let mut lines = vec![
        format!("{}{}{}", words.how, words.colon, words.kind(booking.kind)),
        format!("{}{}{}", words.reference, words.colon, spoken(&booking.reference)),
    ];
    let mut location = None;
    if let Some(team) = team.filter(|_| !discreet) {
        let name = (words.team_name)(team);
        lines.push(format!("{}{}{name}", words.team, words.colon));
        if let Some(phone) = words.phone_of(team) {
            lines.push(format!("{}{}{phone}", words.team_phone, words.colon));
        }
        location = (booking.kind == Kind::Visit).then(|| {
            let address = team.office.as_ref().map(|office| office.value.address.as_str());
            let parts = [Some(team.name.value.as_str()), address, room];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        });
    }
    Entry { title: format!("{mark}{title}"), location, description: lines.join("\n") }
}
