//! The third step: everything once more, the use of her data, and the sending.

use domain::association::Association;
use domain::booking::contact::FieldError;
use domain::booking::letter::Letter;
use ui::component::{Tone, button, notice, tick};
use ui::i18n::{Key, say, say_with};
use ui::live::Live;
use ui::node::{Content, El, el};

use super::contact::{error_key, stage_key, topic_key};
use super::team::{day_words, team_name, ways, wish_words};
use crate::state::routing::Address;

use crate::book::routes::{BookRoute, Step};
use crate::book::state::form::CONSENT;
use crate::book::state::{Book, Sight};

/// The button whose tap cannot be taken back: in a frame it has to be in full sight.
pub const SEND: &str = "send";

pub fn check(book: Book, association: &Association) -> Content {
    let writing = book.writing;
    let letter = writing.letter.now();
    let id = association.id.clone();
    let when = BookRoute::Team(id.clone(), Step::When).href();
    let contact = BookRoute::Team(id.clone(), Step::Contact).href();
    let mut wishes = el("div");
    if let Some(wish) = writing.waits.now() {
        let words = el("p").put(day_words(wish));
        wishes = wishes.put(words).put(super::small(say(Key::BookWaitMail)));
    }
    for wish in writing.wishes.now() {
        wishes = wishes.put(el("p").put(wish_words(wish)));
    }
    let rows = el("dl")
        .class("tn-check-list")
        .put(row(Key::BookWishes, wishes.into(), &when))
        .put(row(Key::CheckContact, reached(&letter), &contact))
        .put(row(Key::SafeTitle, safely(&letter), &contact))
        .put(row(Key::CheckAbout, subject(&letter), &contact));
    let asked = Live::new(false);
    let (sending, no_key) = (Live::new(false), Live::new(false));
    let team = id.clone();
    let send = button("primary", say(Key::BookSend), move || {
        asked.set(true);
        if book.sight.now() == Sight::Unclear {
            return;
        }
        if !sending.now() && writing.check() {
            let closed = book.send(team.clone());
            sending.set(closed);
            no_key.set(!closed);
        }
    })
    .id(SEND)
    .set("data-testid", "send");
    let covered = move || {
        let unsure = asked.get() && book.sight.get() == Sight::Unclear;
        unsure.then(|| {
            notice(Tone::Warning, el("span").set("data-testid", "covered").put(say(Key::BookCovered)))
        })
    };
    let left_out = move || {
        let missing = asked.get() && writing.wrong.with(|wrong| wrong.contains(&FieldError::Consent));
        missing.then(|| {
            el("p").class("tn-field__error").set("role", "alert").put(say(error_key(FieldError::Consent)))
        })
    };
    let offline = move || (!book.device.online.get()).then(|| notice(Tone::Warning, say(Key::BookOffline)));
    Content::Many(vec![
        rows.into(),
        consent(book, association).into(),
        el("div").put_live(left_out).into(),
        el("div").put_live(offline).into(),
        el("div")
            .put_live(move || no_key.get().then(|| notice(Tone::Warning, say(Key::BookNotLoaded))))
            .into(),
        el("div").put_live(covered).into(),
        ways(Some(BookRoute::Team(id.clone(), Step::Contact)), send).into(),
    ])
}

fn consent(book: Book, association: &Association) -> El {
    let writing = book.writing;
    let team = team_name(association);
    let agreed = writing.letter.peek(|letter| letter.contact.consent.is_some());
    let agree = tick("consent", say(Key::ConsentAgree), agreed, move |on| {
        writing.write(|letter| letter.contact.consent = on.then(|| CONSENT.to_owned()));
    });
    super::section("consent-title", say(Key::ConsentTitle))
        .put(super::paragraph(say_with(Key::ConsentWords, &[("team", &team)])))
        .put(agree.id("consent"))
}

fn row(label: Key, value: Content, href: &str) -> El {
    let change = el("a").class("tn-check-list__change").set("href", href).put(say(Key::CheckChange));
    el("div")
        .class("tn-check-list__row")
        .put(el("dt").class("tn-check-list__label").put(say(label)))
        .put(el("dd").class("tn-check-list__value").put(value))
        .put(el("dd").class("tn-check-list__way").put(change))
}

fn reached(letter: &Letter) -> Content {
    let contact = &letter.contact;
    let lines = [&contact.name, &contact.phone, &contact.mail];
    let shown = lines.into_iter().filter(|line| !line.is_empty());
    Content::Many(shown.map(|line| el("p").put(line.clone()).into()).collect())
}

fn safely(letter: &Letter) -> Content {
    let safety = &letter.contact.safety;
    let mut lines: Vec<Content> = Vec::new();
    for channel in &safety.channels {
        lines.push(say(match channel {
            domain::booking::contact::Channel::Phone => Key::SafeByPhone,
            domain::booking::contact::Channel::Mail => Key::SafeByMail,
        }));
    }
    if !safety.hours.is_empty() {
        lines.push(safety.hours.clone().into());
    }
    lines.push(say(if safety.may_leave_message { Key::SafeMessage } else { Key::SafeNoMessage }));
    if safety.discreet {
        lines.push(say(Key::SafeDiscreet));
    }
    Content::Many(lines.into_iter().map(|line| el("p").put(line).into()).collect())
}

fn subject(letter: &Letter) -> Content {
    let mut lines: Vec<Content> = letter.stage.map(stage_key).map(say).into_iter().collect();
    lines.extend(letter.topics.iter().map(|topic| say(topic_key(*topic))));
    if !letter.contact.note.is_empty() {
        lines.push(el("span").class("tn-check-list__note").put(letter.contact.note.clone()).into());
    }
    if lines.is_empty() {
        return el("p").put(say(Key::CheckNothing)).into();
    }
    Content::Many(lines.into_iter().map(|line| el("p").put(line).into()).collect())
}
