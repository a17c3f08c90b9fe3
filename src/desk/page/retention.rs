//! 保存期間: for how many days what founders wrote is kept. What goes at once is shown before it is decided.

use domain::api::desk::ops::Outlook;
use domain::retention::{LEAST_DAYS, MOST_DAYS};
use ui::component::{TextField, Tone, Writing, button, notice, text_field};
use ui::i18n::{Key, say, say_with};
use ui::node::{Content, El, el};

use super::words::{trouble, when};
use super::{loading, settings, small};
use crate::routes::Route;
use crate::state::{Desk, Fetched};

pub fn retention(desk: Desk) -> Content {
    desk.keeping.open();
    let body = move || -> Content {
        match desk.keeping.there.get() {
            Fetched::NotYet => loading().into(),
            Fetched::There(there) => {
                let now = match there.days {
                    Some(days) => say_with(Key::DeskOpsKeeps, &[("n", &days.to_string())]),
                    None => say(Key::DeskOpsKeepsUndecided),
                };
                let last = there.decided.map(|last| {
                    small(say_with(Key::DeskOpsLast, &[("name", &last.by), ("time", &when(&last.at))]))
                });
                let now = el("p").class("dk-keeps").set("data-testid", "keeps").put(el("strong").put(now));
                Content::Many(vec![now.into(), last.into(), form(desk).into()])
            }
            Fetched::Failed(why) => trouble(&why).into(),
        }
    };
    Content::Many(vec![
        settings::head(Key::DeskOpsRetention, &Route::Retention).into(),
        el("p").class("dk-small dk-lead").put(say(Key::DeskOpsRetentionLead)).into(),
        el("div").put_live(body).into(),
    ])
}

fn form(desk: Desk) -> El {
    let bounds = [("least", &*LEAST_DAYS.to_string()), ("most", &*MOST_DAYS.to_string())];
    let hint = say_with(Key::DeskOpsDaysHint, &bounds);
    let days = text_field(TextField {
        id: "days",
        label: say(Key::DeskOpsDays),
        hint: Some(hint),
        value: desk.keeping.typed.now(),
        writing: Writing { kind: "text", fills: "off", most: 4 },
        error: Box::new(move || desk.keeping.wrong.get().then(|| say(Key::DeskOpsDaysWrong))),
        written: Box::new(move |text| desk.keeping.write(text)),
    });
    let look = button("line", say(Key::DeskOpsLook), || {})
        .set("type", "submit")
        .set("data-testid", "outlook")
        .live("disabled", move || desk.keeping.busy.get().then_some("".into()));
    let told = move || -> Content {
        if desk.keeping.saved.get() {
            return notice(Tone::Good, say(Key::DeskOpsKept)).set("data-testid", "kept").into();
        }
        desk.keeping.outlook.get().map_or(Content::Nothing, |outlook| decide(desk, &outlook).into())
    };
    el("form")
        .class("dk-narrow")
        .set("novalidate", "")
        .instead("submit", move || desk.keeping.look())
        .put(days)
        .put(el("div").class("dk-actions").put(look))
        .put(el("div").put_live(move || desk.keeping.trouble.get().as_ref().map(trouble)))
        .put(el("div").set("aria-live", "polite").put_live(told))
}

/// With the years, which the desk's other days do without. She sees what goes before she decides, and again where it became more.
fn decide(desk: Desk, outlook: &Outlook) -> El {
    let goes = match (&outlook.first, &outlook.last) {
        (Some(first), Some(last)) => say_with(
            Key::DeskOpsGoes,
            &[("n", &outlook.bookings.to_string()), ("first", first), ("last", last)],
        ),
        _ => say(Key::DeskOpsGoesNone),
    };
    let yes =
        button("primary", say_with(Key::DeskOpsDecide, &[("n", &outlook.days.to_string())]), move || {
            desk.keeping.decide()
        })
        .set("data-testid", "decide")
        .live("disabled", move || desk.keeping.busy.get().then_some("".into()));
    let again = desk.keeping.meanwhile.now().then(|| el("p").put(say(Key::DeskOpsGoesMore)));
    let words = el("div")
        .put(again)
        .put(el("p").set("data-testid", "goes").put(goes))
        .put(el("p").class("dk-small").put(say(Key::DeskOpsGoesWhat)))
        .put(el("div").class("dk-actions").put(yes));
    notice(if outlook.bookings > 0 { Tone::Warning } else { Tone::Plain }, words)
}
