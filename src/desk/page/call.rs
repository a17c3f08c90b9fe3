//! A booking while she is on the telephone: one page, one direction, no mouse. What may be done with her number is asked.

use domain::booking::contact::{FieldError, NAME_MAX, NOTE_MAX};
use domain::slot::Kind;
use ui::component::{TextField, Tone, Writing, button, group, note_field, notice, pick, text_field, tick};
use ui::format;
use ui::i18n::{Key, plain, say, say_with};
use ui::node::{Content, El, el};

use super::words::{kind_key, trouble, trouble_key, when};
use super::{errors_at, link_button, loading, small, title};
use crate::routes::Route;
use crate::state::caller::{A_FEW, HOURS, MAIL, NAME, NOTE, PHONE, Wrong};
use crate::state::{Desk, Fetched};

pub fn call(desk: Desk) -> Content {
    desk.caller.open();
    let body = move || -> Content {
        match desk.caller.done.get() {
            Some(record) => done(desk, &record.card.reference, &record.card.start),
            None => form(desk).into(),
        }
    };
    Content::Many(vec![
        el("div")
            .class("dk-head")
            .put(title(say(Key::DeskTitleCall)))
            .put(el("p").class("dk-head__note dk-by-keys").put(say(Key::DeskCallKeys)))
            .into(),
        el("div").put_live(body).into(),
    ])
}

/// By a key: one of the kinds, from 0.
pub fn choose_kind(desk: Desk, at: usize) {
    if let Some(kind) = Kind::ALL.get(at) {
        desk.caller.choose_kind(*kind);
    }
}

/// By a key: sends it, or goes to what is missing.
pub fn send_call(desk: Desk) {
    if !desk.caller.send() {
        browser::document::once_drawn(|| {
            browser::document::focus("errors");
        });
    }
}

fn form(desk: Desk) -> El {
    let send = button("primary", say(Key::DeskCallSend), || {})
        .set("type", "submit")
        .set("data-testid", "send-call")
        .put(el("kbd").class("dk-kbd").set("aria-hidden", "true").put("Ctrl + Enter"))
        .live("disabled", move || desk.caller.busy.get().then_some("".into()));
    let trouble =
        move || -> Content { desk.caller.trouble.get().map_or(Content::Nothing, |why| trouble(&why).into()) };
    let left = el("div").class("dk-call__part").put(kinds(desk)).put(el("div").put_live(move || times(desk)));
    let right = el("div")
        .class("dk-call__part")
        .put(person(desk))
        .put(safety(desk))
        .put(agreed(desk))
        .put(note(desk));
    el("form")
        .class("dk-call")
        .set("novalidate", "")
        .instead("submit", move || send_call(desk))
        .put(
            el("div")
                .class("dk-call__told")
                .put_live(move || summary(desk.caller.wrong.get()))
                .put(el("div").put_live(trouble)),
        )
        .put(left)
        .put(right)
        .put(
            el("div")
                .class("dk-call__send")
                .put(el("div").class("dk-actions").put(send))
                .put(small(say(Key::DeskCallThen))),
        )
}

fn kinds(desk: Desk) -> El {
    let mut row = el("div").class("tn-segmented__row");
    for (at, kind) in Kind::ALL.into_iter().enumerate() {
        let input = el("input")
            .class("tn-segmented__input")
            .set("type", "radio")
            .set("name", "kind")
            .set("data-testid", &["kind-", kind.code()].concat())
            .live_property("checked", move || (desk.caller.kind.get() == kind).into())
            .on_change(move |_| desk.caller.choose_kind(kind));
        let label = el("span")
            .class("tn-segmented__label")
            .put(say(kind_key(kind)))
            .put(el("kbd").class("dk-kbd").set("aria-hidden", "true").put((at + 1).to_string()));
        row = row.put(el("label").class("tn-segmented__option").put(input).put(label));
    }
    el("fieldset")
        .class("tn-segmented")
        .put(el("legend").class("tn-segmented__legend").put(say(Key::DeskKind)))
        .put(row)
}

/// The next free times, a list for the arrow keys.
fn times(desk: Desk) -> Content {
    let starts = match desk.caller.times.get() {
        Fetched::NotYet => return loading().into(),
        Fetched::Failed(why) => {
            let again = button("line", say(Key::DeskAgain), move || desk.caller.look_for_times());
            return Content::Many(vec![
                trouble(&why).into(),
                el("div").class("dk-actions").put(again).into(),
            ]);
        }
        Fetched::There(starts) => starts,
    };
    if starts.is_empty() {
        return el("p").class("dk-empty").put(say(Key::DeskNoTimes)).into();
    }
    let many = desk.caller.many.get();
    let more = starts.len() > many;
    let chosen = desk.caller.chosen.now();
    let boxes = starts.into_iter().take(many).map(|start| {
        pick(
            "time",
            &start.to_string(),
            format::day_and_clock(start).into(),
            chosen == Some(start),
            move || {
                desk.caller.chosen.settle(Some(start));
            },
        )
    });
    let list = group(say(Key::DeskNextTimes), None, boxes.collect())
        .class("tn-checks dk-times")
        .id("time")
        .set("tabindex", "-1");
    let more = more.then(|| {
        button("text", say(Key::DeskMoreTimes), move || desk.caller.many.update(|many| *many += A_FEW))
            .set("data-size", "content")
    });
    Content::Many(vec![list.into(), more.into()])
}

fn line(
    desk: Desk,
    id: &'static str,
    name: &'static str,
    label: Key,
    hint: Option<Key>,
    writing: Writing,
    of: &'static [FieldError],
) -> El {
    text_field(TextField {
        id,
        label: say(label),
        hint: hint.map(say),
        value: desk.drafts.of(name),
        writing,
        error: fault(desk, of),
        written: Box::new(move |text| desk.drafts.write(name, &text)),
    })
}

fn person(desk: Desk) -> El {
    let name = Writing { kind: "text", fills: "off", most: NAME_MAX * 2 };
    let phone = Writing { kind: "tel", fills: "off", most: 40 };
    el("div")
        .class("dk-call__person")
        .put(line(
            desk,
            "name",
            NAME,
            Key::DeskHerName,
            None,
            name,
            &[FieldError::NameMissing, FieldError::NameTooLong],
        ))
        .put(line(
            desk,
            "phone",
            PHONE,
            Key::DeskPhone,
            None,
            phone,
            &[FieldError::NoWayBack, FieldError::Phone],
        ))
}

fn safety(desk: Desk) -> El {
    let asked = |yes: bool, words: Key| {
        pick(
            "may-call",
            if yes { "yes" } else { "no" },
            say(words),
            desk.caller.may_call.now() == Some(yes),
            move || {
                desk.caller.may_call.settle(Some(yes));
            },
        )
    };
    let missing = move || -> Content {
        let missing = desk.caller.wrong.with(|wrong| wrong.contains(&Wrong::NotAsked));
        if missing { say(Key::DeskAskMissing) } else { Content::Nothing }
    };
    let hours = Writing { kind: "text", fills: "off", most: 100 };
    let ask = group(say(Key::DeskAskCall), None, vec![asked(true, Key::DeskYes), asked(false, Key::DeskNo)])
        .id("may-call")
        .set("tabindex", "-1");
    el("div")
        .class("dk-safety dk-safety--asked")
        .put(ask)
        .put(el("p").class("tn-field__error").put_live(missing))
        .put(tick("message", say(Key::DeskAskMessage), desk.caller.may_leave_message.now(), move |on| {
            desk.caller.may_leave_message.settle(on)
        }))
        .put(tick("discreet", say(Key::DeskAskDiscreet), desk.caller.discreet.now(), move |on| {
            desk.caller.discreet.settle(on)
        }))
        .put(line(desk, "hours", HOURS, Key::DeskHours, None, hours, &[]))
        .put(mail(desk))
}

/// For the confirmation. An address alone says nothing about who reads it.
fn mail(desk: Desk) -> El {
    let asked = |yes: bool, words: Key| {
        let code = if yes { "yes" } else { "no" };
        pick("may-mail", code, say(words), desk.caller.may_mail.now() == Some(yes), move || {
            desk.caller.may_mail.settle(Some(yes));
        })
    };
    let missing = move || -> Content {
        let missing = desk.caller.wrong.with(|wrong| wrong.contains(&Wrong::MailNotAsked));
        if missing { say(Key::DeskOpsAskMailMissing) } else { Content::Nothing }
    };
    let ask =
        group(say(Key::DeskOpsAskMail), None, vec![asked(true, Key::DeskYes), asked(false, Key::DeskNo)])
            .id("may-mail")
            .set("tabindex", "-1");
    let address = Writing { kind: "email", fills: "off", most: 254 };
    let of = &[FieldError::Mail, FieldError::ChannelWithoutAddress];
    el("div")
        .class("dk-call__mail")
        .put(line(desk, "mail", MAIL, Key::DeskOpsCallerMail, Some(Key::DeskOptional), address, of))
        .put(ask)
        .put(el("p").class("tn-field__error").put_live(missing))
}

/// She cannot tick a box herself: it is asked aloud, and what was answered is ticked.
fn agreed(desk: Desk) -> El {
    let missing = move || -> Content {
        let missing = desk.caller.wrong.with(|wrong| wrong.contains(&Wrong::NotAgreed));
        if missing { say(Key::DeskAgreedMissing) } else { Content::Nothing }
    };
    let ticked = desk.caller.agreed.now();
    el("div")
        .id("agreed")
        .set("tabindex", "-1")
        .put(tick("agreed", say(Key::DeskAgreed), ticked, move |on| desk.caller.agreed.settle(on)))
        .put(el("p").class("tn-field__error").put_live(missing))
}

fn note(desk: Desk) -> El {
    note_field(TextField {
        id: "note",
        label: say(Key::DeskCallNote),
        hint: Some(say(Key::DeskOptional)),
        value: desk.drafts.of(NOTE),
        writing: Writing { kind: "text", fills: "off", most: NOTE_MAX },
        error: fault(desk, &[FieldError::NoteTooLong]),
        written: Box::new(move |text| desk.drafts.write(NOTE, &text)),
    })
}

fn fault(desk: Desk, of: &'static [FieldError]) -> Box<dyn Fn() -> Option<Content>> {
    Box::new(move || {
        let wrong = desk.caller.wrong.get();
        of.iter().find(|error| wrong.contains(&Wrong::Field(**error))).map(|error| say(error_key(*error)))
    })
}

fn summary(wrong: Vec<Wrong>) -> Option<El> {
    let errors: Vec<_> = wrong
        .into_iter()
        .map(|wrong| match wrong {
            Wrong::Time => ("time", say(Key::DeskTimeMissing)),
            Wrong::NotAsked => ("may-call", say(Key::DeskAskMissing)),
            Wrong::MailNotAsked => ("may-mail", say(Key::DeskOpsAskMailMissing)),
            Wrong::NotAgreed => ("agreed", say(Key::DeskAgreedMissing)),
            Wrong::Field(error) => (error.field(), say(error_key(error))),
        })
        .collect();
    (!errors.is_empty()).then(|| errors_at(errors))
}

fn error_key(error: FieldError) -> Key {
    match error {
        FieldError::NameMissing => Key::DeskHerNameMissing,
        FieldError::NameTooLong => Key::DeskHerNameLong,
        FieldError::NoWayBack | FieldError::Phone => Key::DeskPhoneWrong,
        FieldError::NoteTooLong => Key::DeskNoteLong,
        FieldError::Mail | FieldError::ChannelWithoutAddress => Key::DeskOpsMailWrong,
        // Asked in words of its own.
        FieldError::Consent => trouble_key_of_form(),
    }
}

fn trouble_key_of_form() -> Key {
    trouble_key(&crate::state::Trouble::Broken)
}

/// The number is there to be read out.
fn done(desk: Desk, reference: &str, start: &str) -> Content {
    browser::document::once_drawn(|| {
        browser::document::focus("next-call");
    });
    let next = button("primary", say(Key::DeskCallNext), move || desk.caller.open())
        .id("next-call")
        .set("data-testid", "next-call");
    let open = link_button("line", &Route::Record(reference.to_owned()).href(), say(Key::DeskOpen));
    Content::Many(vec![
        notice(Tone::Good, say_with(Key::DeskCallDone, &[("time", &when(start))]))
            .set("data-testid", "call-done")
            .into(),
        el("p")
            .class("dk-number")
            .set("data-testid", "number")
            .put(el("span").class("dk-small").put(say(Key::DeskNumber)))
            .put(el("strong").put(format::reference(reference)))
            .into(),
        small(plain(Key::DeskCallReadOut)).into(),
        el("div").class("dk-actions").put(next).put(open).into(),
    ])
}
