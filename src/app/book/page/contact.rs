//! The second step: who she is and how it is safe to reach her. What she types stays with her, whatever is wrong.

use domain::association::AssociationId;
use domain::booking::contact::{Channel, FieldError, NAME_MAX, NOTE_MAX};
use domain::booking::letter::{Letter, Stage, Topic};
use ui::component::{
    TextField, Writing as Keys, button, error_summary, group, note_field, pick, text_field, tick,
};
use ui::i18n::{Key, say};
use ui::live::Live;
use ui::node::{Content, El, el};

use super::team::ways;
use crate::book::routes::{BookRoute, Step};
use crate::book::state::Book;
use crate::book::state::form::contact as person;

/// Browsers write what they may fill in again into files of their own, in clear: whoever opens the browser on a shared phone
/// would be offered her number.
const NOT_REMEMBERED: &str = "off";

pub fn contact(book: Book, id: &AssociationId) -> Content {
    let writing = book.writing;
    let letter = writing.letter.now();
    let back = BookRoute::Team(id.clone(), Step::When);
    let next = BookRoute::Team(id.clone(), Step::Check);
    let summoned = Live::new(0_u32);
    let go_on = move || {
        if writing.check_but_consent() {
            book.routing.go(&next);
        } else {
            summoned.update(|times| *times += 1);
            browser::document::focus_once_drawn("errors");
        }
    };
    let summary = move || (summoned.get() > 0).then(|| summary(writing.wrong.get())).flatten();
    let forward =
        button("primary", say(Key::BookToCheck), || {}).set("type", "submit").set("data-testid", "to-check");
    el("form")
        .class("tn-form")
        .set("novalidate", "")
        .instead("submit", go_on)
        .put_live(summary)
        .put(reaching(book, &letter))
        .put(safety(book, &letter))
        .put(about(book, &letter))
        .put(ways(Some(back), forward))
        .into()
}

fn reaching(book: Book, letter: &Letter) -> El {
    let line = |id,
                label,
                hint: Option<Key>,
                value: &str,
                writing,
                faults: &'static [FieldError],
                change: fn(&mut Letter) -> &mut String| {
        text_field(TextField {
            id,
            label: say(label),
            hint: hint.map(say),
            value: value.to_owned(),
            writing,
            error: fault(book, faults),
            written: Box::new(move |text| book.writing.write(|letter| *change(letter) = text)),
        })
    };
    let contact = &letter.contact;
    el("div")
        .put(line(
            "name",
            Key::FieldName,
            None,
            &contact.name,
            Keys { kind: "text", fills: NOT_REMEMBERED, most: NAME_MAX * 2 },
            &[FieldError::NameMissing, FieldError::NameTooLong],
            |letter| &mut person(letter).name,
        ))
        .put(el("p").class("tn-form__between").put(say(Key::FieldOneWay)))
        .put(line(
            "phone",
            Key::FieldPhone,
            None,
            &contact.phone,
            Keys { kind: "tel", fills: NOT_REMEMBERED, most: 40 },
            &[FieldError::NoWayBack, FieldError::Phone],
            |letter| &mut person(letter).phone,
        ))
        .put(line(
            "mail",
            Key::FieldMail,
            None,
            &contact.mail,
            Keys { kind: "email", fills: NOT_REMEMBERED, most: 254 },
            &[FieldError::Mail],
            |letter| &mut person(letter).mail,
        ))
}

fn safety(book: Book, letter: &Letter) -> El {
    let writing = book.writing;
    let safety = &letter.contact.safety;
    let channel = |channel: Channel, words| {
        let ticked = safety.channels.contains(&channel);
        tick(channel.code(), say(words), ticked, move |on| {
            writing.write(|letter| {
                let channels = &mut person(letter).safety.channels;
                channels.retain(|one| *one != channel);
                if on {
                    channels.push(channel);
                }
            });
        })
    };
    let channels = vec![channel(Channel::Phone, Key::SafeByPhone), channel(Channel::Mail, Key::SafeByMail)];
    let faulty = fault(book, &[FieldError::ChannelWithoutAddress]);
    let hours = text_field(TextField {
        id: "hours",
        label: say(Key::SafeHours),
        hint: Some(say(Key::SafeHoursHint)),
        value: safety.hours.clone(),
        writing: Keys { kind: "text", fills: NOT_REMEMBERED, most: 100 },
        error: Box::new(|| None),
        written: Box::new(move |text| writing.write(|letter| person(letter).safety.hours = text)),
    });
    let message = tick("message", say(Key::SafeMessage), safety.may_leave_message, move |on| {
        writing.write(|letter| person(letter).safety.may_leave_message = on);
    });
    let discreet = tick("neutral", say(Key::SafeDiscreet), safety.discreet, move |on| {
        writing.write(|letter| person(letter).safety.discreet = on);
    });
    super::section("safe", say(Key::SafeTitle))
        .put(super::small(say(Key::SafeWhy)))
        .put(group(say(Key::SafeChannels), None, channels).id("channels").set("tabindex", "-1"))
        .put(el("p").class("tn-field__error").put_live(move || faulty().unwrap_or_default()))
        .put(hours)
        .put(message)
        .put(discreet)
}

fn about(book: Book, letter: &Letter) -> El {
    let writing = book.writing;
    let stages = Stage::ALL.iter().map(|stage| {
        let stage = *stage;
        pick("stage", stage.code(), say(stage_key(stage)), letter.stage == Some(stage), move || {
            writing.write(|letter| letter.stage = Some(stage));
        })
    });
    let topics = Topic::ALL.iter().map(|topic| {
        let topic = *topic;
        tick(topic.code(), say(topic_key(topic)), letter.topics.contains(&topic), move |on| {
            writing.write(|letter| {
                letter.topics.retain(|one| *one != topic);
                if on {
                    letter.topics.push(topic);
                }
            });
        })
    });
    let note = note_field(TextField {
        id: "note",
        label: say(Key::FieldNote),
        hint: Some(say(Key::FieldOptional)),
        value: letter.contact.note.clone(),
        writing: Keys { kind: "text", fills: NOT_REMEMBERED, most: NOTE_MAX },
        error: fault(book, &[FieldError::NoteTooLong]),
        written: Box::new(move |text| writing.write(|letter| person(letter).note = text)),
    });
    super::section("about", say(Key::CheckAbout))
        .put(group(say(Key::StageLegend), Some(say(Key::FieldOptional)), stages.collect()))
        .put(group(say(Key::TopicLegend), Some(say(Key::FieldOptional)), topics.collect()))
        .put(note)
}

/// The sentence at a field, while one of these holds.
fn fault(book: Book, of: &'static [FieldError]) -> Box<dyn Fn() -> Option<Content>> {
    Box::new(move || {
        let found = book.writing.wrong.with(|wrong| wrong.iter().copied().find(|one| of.contains(one)));
        found.map(|error| say(error_key(error)))
    })
}

fn summary(wrong: Vec<FieldError>) -> Option<El> {
    let errors: Vec<_> = wrong.into_iter().map(|error| (error.field(), say(error_key(error)))).collect();
    (!errors.is_empty()).then(|| error_summary(errors))
}

pub fn error_key(error: FieldError) -> Key {
    match error {
        FieldError::NameMissing => Key::ErrorNameMissing,
        FieldError::NameTooLong => Key::ErrorNameLong,
        FieldError::NoWayBack => Key::ErrorNoWay,
        FieldError::Phone => Key::ErrorPhone,
        FieldError::Mail => Key::ErrorMail,
        FieldError::ChannelWithoutAddress => Key::ErrorChannel,
        FieldError::NoteTooLong => Key::ErrorNoteLong,
        FieldError::Consent => Key::ErrorConsent,
    }
}

pub fn stage_key(stage: Stage) -> Key {
    match stage {
        Stage::Idea => Key::StageIdea,
        Stage::Preparing => Key::StagePreparing,
        Stage::Started => Key::StageStarted,
        Stage::Running => Key::StageRunning,
    }
}

pub fn topic_key(topic: Topic) -> Key {
    match topic {
        Topic::Plan => Key::TopicPlan,
        Topic::Money => Key::TopicMoney,
        Topic::Balance => Key::TopicBalance,
        Topic::Customers => Key::TopicCustomers,
        Topic::Other => Key::TopicOther,
    }
}
