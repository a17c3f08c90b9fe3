//! Requests, minutes and people in; times, how full they get and the wait out. The formula stands below, so that whoever
//! decides can go over it.

use domain::staffing::{Field, Outlook, Wait};
use ui::i18n::{Key, plain_with, say, say_with};
use ui::node::{Content, El, el};

use super::super::{section, small};
use crate::state::found::Found;

pub fn calculator(found: Found) -> El {
    let fields: Vec<El> = Field::ALL.into_iter().map(|field| one_field(found, field)).collect();
    let formula = el("details")
        .class("dk-more")
        .set("open", "")
        .put(el("summary").class("dk-more__summary").put(say(Key::DeskFoundFormula)))
        .put(el("p").class("dk-lead").put(say(Key::DeskFoundFormulaWords)))
        .put(el("p").class("dk-lead").put(say(Key::DeskFoundFormulaModel)));
    section("staffing", say(Key::DeskFoundStaffing))
        .put(small(say(Key::DeskFoundStaffingWords)))
        .put(el("div").class("dk-found__fields").put(fields))
        .put(
            el("div")
                .class("dk-found__result")
                .set("role", "status")
                .set("data-testid", "result")
                .put_live(move || result(found)),
        )
        .put(formula)
}

const fn id(field: Field) -> &'static str {
    match field {
        Field::Monthly => "monthly",
        Field::Minutes => "minutes",
        Field::Staff => "staff",
        Field::Hours => "hours",
        Field::Share => "share",
        Field::Days => "days",
    }
}

const fn label(field: Field) -> Key {
    match field {
        Field::Monthly => Key::DeskFoundMonthly,
        Field::Minutes => Key::DeskFoundMinutes,
        Field::Staff => Key::DeskFoundStaff,
        Field::Hours => Key::DeskFoundHours,
        Field::Share => Key::DeskFoundShare,
        Field::Days => Key::DeskFoundDays,
    }
}

fn one_field(found: Found, field: Field) -> El {
    let id = id(field);
    let hint_id = [id, "-hint"].concat();
    let (least, most) = field.limits();
    let (least, most) = (least.to_string(), most.to_string());
    let is_wrong = move || found.unread.with(|unread| unread.contains(&field));
    let input = el("input")
        .class("tn-field__input")
        .id(id)
        .set("type", "number")
        .set("inputmode", "numeric")
        .set("autocomplete", "off")
        .set("min", &least)
        .set("max", &most)
        .set("value", &found.plan.now().of(field).to_string())
        .set("aria-describedby", &hint_id)
        .live("aria-invalid", move || is_wrong().then_some("true".into()))
        .on_input(move |text| found.write(field, &text));
    let hint = move || {
        let places = [("least", &*least), ("most", &*most)];
        let (class, key) = if is_wrong() {
            ("tn-field__error", Key::DeskFoundWrong)
        } else {
            ("tn-field__hint", Key::DeskFoundLimits)
        };
        el("span").class(class).put(say_with(key, &places))
    };
    el("div")
        .class("tn-field dk-found__field")
        .put(el("label").class("tn-field__label").set("for", id).put(say(label(field))))
        .put(input)
        .put(el("p").class("dk-small").id(&hint_id).put_live(hint))
}

fn result(found: Found) -> Content {
    let whole = found.unread.with(Vec::is_empty);
    let plan = found.plan.get();
    let Some(outlook) = plan.outlook().filter(|_| whole) else {
        return el("p").put(say(Key::DeskFoundResultWrong)).into();
    };
    let Outlook { requests, load, slots, taken, wait, needed_slots, needed_staff } = outlook;
    let text = |n: u32| n.to_string();
    let offered = [("slots", &*text(slots)), ("requests", &*tenths(requests / 100)), ("load", &*text(load))];
    let needed =
        [("days", &*text(plan.days)), ("slots", &*text(needed_slots)), ("staff", &*text(needed_staff))];
    let wait = match wait {
        Wait::Tenths(days) => plain_with(Key::DeskFoundResultWait, &[("days", &tenths(days))]).into(),
        Wait::GrowsWithoutEnd => say(Key::DeskFoundResultGrows),
    };
    let taken =
        taken.map(|taken| el("p").put(say_with(Key::DeskFoundResultTaken, &[("taken", &text(taken))])));
    Content::Many(vec![
        el("h3").class("dk-section__heading").put(say(Key::DeskFoundResult)).into(),
        el("p").class("dk-found__wait").set("data-testid", "wait").put(wait).into(),
        el("p").put(say_with(Key::DeskFoundResultSlots, &offered)).into(),
        taken.into(),
        el("p").set("data-testid", "needed").put(say_with(Key::DeskFoundResultNeed, &needed)).into(),
    ])
}

fn tenths(tenths: u32) -> String {
    [(tenths / 10).to_string(), (tenths % 10).to_string()].join(".")
}
