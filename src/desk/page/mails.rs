//! メールの文面: the team's own lines, and beside them the mail as it goes out, from the composer that sends it.

use domain::api::desk::ops::{MailLines, Preview};
use domain::mail_text::MOST;
use ui::component::{TextField, Tone, Writing, button, note_field, notice, tick};
use ui::i18n::{Key, plain, say, say_with};
use ui::node::{Content, El, el};

use super::words::{trouble, when};
use super::{loading, section, settings, small};
use crate::routes::Route;
use crate::state::mails::NEWS;
use crate::state::{Desk, Fetched};

pub fn mails(desk: Desk) -> Content {
    desk.mails.open();
    let body = move || -> Content {
        // Drawn once for what is saved; what she types does not draw the fields anew.
        match desk.mails.there.with(|there| match there {
            Fetched::NotYet => Fetched::NotYet,
            Fetched::There(_) => Fetched::There(()),
            Fetched::Failed(why) => Fetched::Failed(why.clone()),
        }) {
            Fetched::NotYet => loading().into(),
            Fetched::There(()) => screen(desk).into(),
            Fetched::Failed(why) => trouble(&why).into(),
        }
    };
    Content::Many(vec![
        settings::head(Key::DeskOpsMails, &Route::Mails).into(),
        small(say(Key::DeskOpsMailsLead)).into(),
        el("div").put_live(body).into(),
    ])
}

fn screen(desk: Desk) -> El {
    let fields = move || {
        let _ = desk.mails.shape.get();
        let lines = desk.mails.lines();
        el("div")
            .put(field(desk, "greeting", Key::DeskOpsGreeting, lines.greeting, |lines, text| {
                lines.greeting = text
            }))
            .put(field(desk, "closing", Key::DeskOpsClosing, lines.closing, |lines, text| {
                lines.closing = text
            }))
    };
    let left = el("div").put(choice(desk)).put(el("div").put_live(fields)).put(bar(desk));
    el("div")
        .put(el("div").put_live(move || desk.mails.meanwhile.get().then(|| meanwhile(desk))))
        .put(el("div").class("dk-ops").put(left).put(preview(desk)))
}

fn news_key(news: &str) -> Key {
    match news {
        "received" => Key::DeskOpsNewsReceived,
        "confirmed" => Key::DeskOpsNewsConfirmed,
        "reminder" => Key::DeskOpsNewsReminder,
        "moved" => Key::DeskOpsNewsMoved,
        "declined" => Key::DeskOpsNewsDeclined,
        "cancelled" => Key::DeskOpsNewsCancelled,
        "waiting" => Key::DeskOpsNewsWaiting,
        "offered" => Key::DeskOpsNewsOffered,
        _ => Key::DeskOpsNewsNoneFree,
    }
}

fn choice(desk: Desk) -> El {
    let (news, english) = desk.mails.chosen.now();
    let mut list =
        el("select").class("tn-field__input").id("news").set("data-testid", "news").on_writing(move |code| {
            let news = NEWS.into_iter().find(|news| *news == code).unwrap_or(NEWS[0]);
            desk.mails.choose(news, desk.mails.chosen.now().1);
        });
    for one in NEWS {
        list =
            list.put(el("option").set("value", one).flag("selected", one == news).put(plain(news_key(one))));
    }
    let mut row = el("div").class("tn-segmented__row");
    for (is_english, words, code) in [(false, "日本語", "ja"), (true, "English", "en")] {
        let input = el("input")
            .class("tn-segmented__input")
            .set("type", "radio")
            .set("name", "language")
            .set("data-testid", &["mail-", code].concat())
            .flag("checked", is_english == english)
            .on_change(move |_| desk.mails.choose(desk.mails.chosen.now().0, is_english));
        let words = el("span").class("tn-segmented__label").set("lang", code).put(words);
        row = row.put(el("label").class("tn-segmented__option").put(input).put(words));
    }
    let language = el("fieldset")
        .class("tn-segmented")
        .put(el("legend").class("tn-segmented__legend").put(say(Key::DeskOpsLanguage)))
        .put(row);
    el("div")
        .class("dk-ops__choice")
        .put(
            el("div")
                .put(el("label").class("tn-field__label").set("for", "news").put(say(Key::DeskOpsNews)))
                .put(list),
        )
        .put(language)
}

fn field(desk: Desk, id: &'static str, label: Key, value: String, put: fn(&mut MailLines, String)) -> El {
    let wrong = move || {
        let code = desk
            .mails
            .wrong
            .with(|wrong| wrong.iter().find(|one| one.field.ends_with(id)).map(|one| one.code.clone()));
        code.map(|code| say(wrong_key(&code)))
    };
    note_field(TextField {
        id,
        label: say(label),
        hint: (id == "greeting").then(|| say_with(Key::DeskOpsTextHint, &[("n", &MOST.to_string())])),
        value,
        writing: Writing { kind: "text", fills: "off", most: MOST },
        error: Box::new(wrong),
        written: Box::new(move |text| desk.mails.write(|lines| put(lines, text))),
    })
}

fn wrong_key(code: &str) -> Key {
    match code {
        "link" => Key::DeskOpsWrongLink,
        "braces" => Key::DeskOpsWrongBraces,
        "unseen" => Key::DeskOpsWrongUnseen,
        _ => Key::DeskOpsWrongLong,
    }
}

fn bar(desk: Desk) -> El {
    let busy = move || desk.mails.busy.get() || desk.mails.meanwhile.get() || !desk.mails.is_changed();
    let save = button("primary", say(Key::DeskOpsSave), move || desk.mails.save())
        .set("data-testid", "save-mails")
        .live("disabled", move || busy().then_some("".into()));
    let see = button("line", say(Key::DeskOpsSee), move || desk.mails.look()).set("data-testid", "see-mail");
    let state = move || -> Content {
        if desk.mails.saved.get() {
            return small(say(Key::DeskOpsMailsSaved)).set("data-testid", "saved-mails").into();
        }
        match desk.mails.there.get() {
            Fetched::There(there) if !desk.mails.is_changed() => {
                there.decided.map_or(Content::Nothing, |last| {
                    small(say_with(Key::DeskOpsLast, &[("name", &last.by), ("time", &when(&last.at))])).into()
                })
            }
            _ => Content::Nothing,
        }
    };
    el("div")
        .put(el("div").put_live(move || desk.mails.trouble.get().as_ref().map(trouble)))
        .put(el("div").class("dk-actions").put(save).put(see))
        .put(el("div").set("role", "status").put_live(state))
}

fn preview(desk: Desk) -> El {
    let discreet = tick("discreet", say(Key::DeskOpsSeeDiscreet), desk.mails.discreet.now(), move |on| {
        desk.mails.show_discreet(on);
    });
    let shown = move || -> Content {
        match desk.mails.preview.get() {
            None => Content::Nothing,
            Some(Fetched::NotYet) => loading().into(),
            Some(Fetched::There(mail)) => letter(&mail).into(),
            Some(Fetched::Failed(why)) => trouble(&why).into(),
        }
    };
    section("preview", say(Key::DeskOpsPreview))
        .put(small(say(Key::DeskOpsPreviewWords)))
        .put(discreet)
        .put(el("div").set("aria-live", "polite").put_live(shown))
}

fn letter(mail: &Preview) -> El {
    let line = |label: Key, value: &str| {
        el("div").class("dk-list__line").put(el("dt").put(say(label))).put(el("dd").put(value.to_owned()))
    };
    el("div")
        .class("dk-mail")
        .set("data-testid", "mail")
        .put(
            el("dl")
                .class("dk-list")
                .put(line(Key::DeskOpsFrom, &mail.sender))
                .put(line(Key::DeskOpsSubject, &mail.subject)),
        )
        .put(el("p").class("dk-words dk-mail__text").put(mail.text.clone()))
}

/// A colleague saved meanwhile: what she wrote, where it is not what stands here.
fn meanwhile(desk: Desk) -> El {
    let mut list = el("ul").class("dk-ops__theirs");
    for lines in desk.mails.others() {
        let name = [&*plain(news_key(&lines.news)), " (", &lines.language, ")"].concat();
        let text = [&*lines.greeting, "\n", &lines.closing].concat();
        let text = if text.trim().is_empty() { plain(Key::DeskOpsNone) } else { text };
        list = list.put(el("li").put(el("strong").put(name)).put(el("p").class("dk-words").put(text)));
    }
    let theirs = button("line", say(Key::DeskOpsTakeTheirs), move || desk.mails.take_theirs());
    let mine = button("line", say(Key::DeskHoursKeepMine), move || desk.mails.go_on());
    let words = el("div")
        .put(el("p").put(say(Key::DeskOpsMeanwhile)))
        .put(list)
        .put(el("div").class("dk-actions").put(theirs).put(mine));
    notice(Tone::Warning, words).set("data-testid", "meanwhile")
}
