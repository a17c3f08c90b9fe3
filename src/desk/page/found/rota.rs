//! A sample week of the calculator's numbers. It knows nobody's hours; it shows what the numbers look like on a wall.

use domain::staffing::Shift;
use ui::i18n::{Key, plain, say, say_with};
use ui::node::{Content, El, el};

use super::super::reports::weekday;
use super::super::{section, small};
use crate::state::found::Found;

const DAYS: usize = 5;

pub fn rota(found: Found) -> El {
    section("rota", say(Key::DeskFoundRota)).put(el("div").put_live(move || drawn(found)))
}

fn drawn(found: Found) -> Content {
    let plan = found.plan.get();
    // No more than the staff can offer, and no more than is needed.
    let slots = plan.outlook().map_or(0, |outlook| outlook.slots.min(outlook.needed_slots));
    if slots == 0 {
        return el("p").class("dk-empty").put(say(Key::DeskFoundRotaNone)).into();
    }
    let (shifts, left) = plan.rota(slots);
    let words = [("n", &*shifts.len().to_string()), ("staff", &*plan.staff.to_string())];
    let over = (left > 0).then(|| small(say_with(Key::DeskFoundRotaLeft, &[("n", &left.to_string())])));
    Content::Many(vec![
        small(say_with(Key::DeskFoundRotaWords, &words)).into(),
        table(&shifts).into(),
        over.into(),
    ])
}

fn table(shifts: &[Shift]) -> El {
    let mut times: Vec<u16> = Vec::new();
    for shift in shifts {
        if !times.contains(&shift.minute) {
            times.push(shift.minute);
        }
    }
    times.sort_unstable();
    let head = |words: String| el("th").set("scope", "col").put(words);
    let days: Vec<El> = (0..DAYS).map(|at| head(weekday(at))).collect();
    let rows: Vec<El> = times.iter().map(|time| row(shifts, *time)).collect();
    let table = el("table")
        .class("dk-sheet dk-found__rota")
        .set("data-testid", "rota-table")
        .put(el("caption").class("tn-visually-hidden").put(say(Key::DeskFoundRota)))
        .put(el("thead").put(el("tr").put(head(plain(Key::DeskFoundRotaTime))).put(days)))
        .put(el("tbody").put(rows));
    el("div").class("dk-sheet__scroll").put(table)
}

fn row(shifts: &[Shift], time: u16) -> El {
    let cells: Vec<El> = (0..DAYS)
        .map(|day| {
            let here = shifts.iter().filter(|one| one.minute == time && one.weekday as usize == day);
            let members: Vec<String> = here.map(|one| (one.member + 1).to_string()).collect();
            el("td").put(members.join("・"))
        })
        .collect();
    let two = |n: u16| [if n < 10 { "0" } else { "" }, &n.to_string()].concat();
    let clock = [(time / 60).to_string(), two(time % 60)].join(":");
    el("tr").put(el("th").set("scope", "row").put(clock)).put(cells)
}
