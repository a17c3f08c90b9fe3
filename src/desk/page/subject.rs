//! What a consultation was about, for reports: three lists, each of which may be left alone. What her letter says of her stage
//! is chosen already; it counts from the moment somebody records it.

use domain::api::desk::Record;
use domain::report::subject::Subject;
use ui::component::button;
use ui::i18n::{Key, plain, say};
use ui::node::{Content, El, el};

use super::words::{Coded, industries, stages};
use super::{section, small};
use crate::state::{Desk, Fetched};

/// Nothing before it took place.
pub fn subject(desk: Desk, record: &Record) -> Option<El> {
    let recorded = record.subject.clone()?;
    desk.records.look_for_towns();
    let told = record.letter.as_ref().and_then(|letter| letter.stage.clone()).unwrap_or_default();
    let chosen = desk.records.begin_saying(&recorded, told);
    let area = chosen.area.clone();
    let place = move || match desk.records.towns.get() {
        Fetched::There(all) => {
            list(desk, "area", Key::DeskArea, all, &area, |subject, code| subject.area = code).into()
        }
        Fetched::NotYet | Fetched::Failed(_) => Content::Nothing,
    };
    let now = move || {
        let towns = desk.records.towns.with(|towns| match towns {
            Fetched::There(all) => all.clone(),
            Fetched::NotYet | Fetched::Failed(_) => Vec::new(),
        });
        in_words(&recorded, &towns)
            .map(|words| el("p").class("dk-subject__now").set("data-testid", "recorded").put(words))
    };
    let go = button("line", say(Key::DeskRecordIt), || {})
        .set("type", "submit")
        .set("data-size", "content")
        .set("data-testid", "record-subject")
        .live("disabled", move || desk.records.busy.get().then_some("".into()));
    let industry =
        list(desk, "industry", Key::DeskIndustry, industries(), &chosen.industry, |subject, code| {
            subject.industry = code;
        });
    let stage =
        list(desk, "stage", Key::DeskStage, stages(), &chosen.stage, |subject, code| subject.stage = code);
    let form = el("form")
        .class("dk-form dk-subject")
        .set("novalidate", "")
        .instead("submit", move || desk.records.say_subject())
        .put(industry)
        .put(stage)
        .put(el("div").put_live(place))
        .put(el("div").class("dk-actions").put(go));
    let section = section("subject", say(Key::DeskSubject)).put(small(say(Key::DeskSubjectWords)));
    Some(section.put(el("div").set("aria-live", "polite").put_live(now)).put(form))
}

/// As it is recorded, whatever is chosen below.
fn in_words(recorded: &Subject, towns: &[Coded]) -> Option<String> {
    let word =
        |all: &[Coded], code: &str| all.iter().find(|(one, _)| one == code).map(|(_, word)| word.clone());
    let words = [
        word(&industries(), &recorded.industry),
        word(&stages(), &recorded.stage),
        word(towns, &recorded.area),
    ];
    let words: Vec<String> = words.into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(" · "))
}

fn list(
    desk: Desk,
    id: &str,
    label: Key,
    all: Vec<Coded>,
    chosen: &str,
    put: fn(&mut Subject, String),
) -> El {
    let mut list = el("select")
        .class("tn-field__input")
        .id(id)
        .on_writing(move |code| desk.records.saying.take_quietly(|saying| put(saying, code)))
        .put(el("option").set("value", "").put(plain(Key::DeskUnsaid)));
    for (code, word) in all {
        list = list.put(el("option").set("value", &code).flag("selected", code == chosen).put(word));
    }
    el("div").put(el("label").class("tn-field__label").set("for", id).put(say(label))).put(list)
}
