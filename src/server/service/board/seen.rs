//! Bookings and letters in the words of the desk's wire.

use domain::api::desk::{Act, Card, LetterView};
use domain::booking::contact::{Channel, Draft, Safety};
use domain::booking::letter::{Language, Letter, Stage, Topic};
use domain::booking::{Event, Status};
use domain::calendar::to_rfc3339;

use crate::service::hours::Rooms;
use crate::store::Booking;
use crate::store::board::Row;

/// Consent that was given aloud.
const SPOKEN: &str = "spoken";

pub(in crate::service) fn card(row: &Row, rooms: &Rooms, now: i64) -> Card {
    let Row { booking, received_at, assigned, notes } = row;
    Card {
        reference: booking.reference.clone(),
        start: to_rfc3339(booking.start),
        length: booking.length,
        kind: booking.kind,
        place: booking.place,
        room: rooms.of(booking),
        status: booking.status,
        sequence: booking.sequence,
        received_at: to_rfc3339(*received_at),
        fictional: booking.fictional,
        assigned: *assigned,
        notes: *notes,
        acts: acts(booking, now),
    }
}

/// What the team can do with it now.
fn acts(booking: &Booking, now: i64) -> Vec<Act> {
    let can = |act: &Act| {
        let on = |event| booking.status.on(event).is_ok();
        match act {
            Act::Confirm => on(Event::Confirm),
            Act::Decline => on(Event::Decline),
            Act::Propose => on(Event::Move) && now < booking.start,
            Act::Cancel => on(Event::Cancel) && booking.status != Status::Pending,
            Act::Attended => on(Event::Attend) && now >= booking.start,
            Act::Absent => on(Event::Miss) && now >= booking.start,
        }
    };
    Act::ALL.iter().filter(|act| can(act)).copied().collect()
}

pub(in crate::service) fn view_of(letter: &Letter) -> LetterView {
    let Draft { name, phone, mail, safety, note, .. } = letter.contact.clone();
    LetterView {
        channels: safety.channels.iter().map(|channel| channel.code().to_owned()).collect(),
        hours: safety.hours,
        may_leave_message: safety.may_leave_message,
        discreet: safety.discreet,
        name,
        phone,
        mail,
        stage: letter.stage.map(|stage| stage.code().to_owned()),
        topics: letter.topics.iter().map(|topic| topic.code().to_owned()).collect(),
        note,
        language: letter.language.code().to_owned(),
    }
}

/// `None` where a code is none.
pub(super) fn letter_of(view: &LetterView, consent: bool) -> Option<Letter> {
    let channels = view.channels.iter().map(|code| Channel::parse(code)).collect::<Option<_>>()?;
    let topics = view.topics.iter().map(|code| Topic::parse(code)).collect::<Option<_>>()?;
    let stage = match &view.stage {
        Some(code) => Some(Stage::parse(code)?),
        None => None,
    };
    let safety = Safety {
        channels,
        hours: view.hours.clone(),
        may_leave_message: view.may_leave_message,
        discreet: view.discreet,
    };
    let contact = Draft {
        name: view.name.clone(),
        phone: view.phone.clone(),
        mail: view.mail.clone(),
        safety,
        note: view.note.clone(),
        consent: consent.then(|| SPOKEN.to_owned()),
    };
    Some(Letter { contact, stage, topics, language: Language::parse(&view.language)? })
}

#[cfg(test)]
mod tests {
    use domain::association::AssociationId;
    use domain::slot::Kind;

    use super::*;

    const START: i64 = 1_800_000_000;

    fn of(status: Status) -> Booking {
        Booking {
            id: 1,
            reference: String::new(),
            team: AssociationId(String::new()),
            start: START,
            length: 60,
            kind: Kind::Visit,
            place: 0,
            status,
            sequence: 0,
            deadline: 0,
            answer_by: None,
            fictional: false,
        }
    }

    // The board offered 「来られた」 for a consultation of next week; one slip and the report counted it.
    #[test]
    fn what_is_offered_can_happen_and_nobody_came_before_it_began() {
        for status in Status::ALL {
            let (before, after) = (acts(&of(status), START - 1), acts(&of(status), START));
            assert!(!before.contains(&Act::Attended) && !before.contains(&Act::Absent), "{status:?}");
            assert!(!after.contains(&Act::Propose), "it has begun");
            assert!(!status.is_over() || !before.contains(&Act::Cancel), "{status:?}");
        }
        assert_eq!(acts(&of(Status::Pending), START - 1), [Act::Confirm, Act::Decline, Act::Propose]);
        assert_eq!(acts(&of(Status::Absent), START), [Act::Attended], "a slip can be put right");
    }

    #[test]
    fn a_letter_that_was_taken_down_on_the_telephone_is_as_it_would_be_from_a_phone() {
        let view = LetterView {
            channels: vec!["phone".to_owned()],
            hours: "平日の昼".to_owned(),
            may_leave_message: false,
            discreet: true,
            name: "はな".to_owned(),
            phone: "090-1234-5678".to_owned(),
            mail: String::new(),
            stage: Some("idea".to_owned()),
            topics: vec!["money".to_owned()],
            note: String::new(),
            language: "ja".to_owned(),
        };
        let letter = letter_of(&view, true).unwrap();
        assert_eq!(Letter::read(letter.to_json().as_bytes()), Ok(letter.clone()));
        assert_eq!(view_of(&letter), view);
        assert!(letter.contact.parse().is_ok());
        assert!(letter_of(&view, false).unwrap().contact.parse().is_err(), "nobody asked her");
        assert!(letter_of(&LetterView { topics: vec!["?".to_owned()], ..view }, true).is_none());
    }
}
