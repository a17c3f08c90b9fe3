//! The tables of a report, in the language of the offices that open them in a spreadsheet. One row a booking, and nothing in it
//! that a founder is known by: no number, no minute at which she wrote.

use domain::calendar::{JstTime, Weekday};
use domain::report::{Fact, Figures, Outcome, Spread};
use domain::slot::Kind;

use super::{clock, in_japanese};

pub const FICTIONAL: &str = "見本の予約だけを数えた、架空の数字です。";

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;

#[must_use]
pub fn bookings(facts: &[Fact]) -> Vec<Vec<String>> {
    let head = [
        "相談の日",
        "曜日",
        "開始",
        "分",
        "方法",
        "結果",
        "申し込みの日",
        "申し込みから相談まで（日）",
        "最初の返事まで（時間）",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for fact in facts {
        let start = JstTime::from_unix_seconds(fact.start);
        let received = fact.received_at.map(|at| JstTime::from_unix_seconds(at).date.to_text());
        rows.push(vec![
            start.date.to_text(),
            in_japanese(start.date.weekday()).to_string(),
            // Who waits for a day has none.
            if fact.status.is_in_line() { String::new() } else { clock(start) },
            if fact.status.is_in_line() { String::new() } else { fact.length.to_string() },
            kind(fact.kind).to_owned(),
            outcome(Outcome::of(fact.status)).to_owned(),
            received.unwrap_or_default(),
            fact.lead().map(|lead| (lead / DAY).to_string()).unwrap_or_default(),
            fact.response().map(|response| tenths(response, HOUR)).unwrap_or_default(),
        ]);
    }
    rows
}

#[must_use]
pub fn totals(figures: &Figures) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut add =
        |of: &str, what: &str, value: String| rows.push(vec![of.to_owned(), what.to_owned(), value]);
    add("項目", "内訳", "値".to_owned());
    add("予約", "すべて", figures.all.to_string());
    for (one, count) in Kind::ALL.into_iter().zip(figures.kinds) {
        add("方法", kind(one), count.to_string());
    }
    for (one, count) in Outcome::ALL.into_iter().zip(figures.outcomes) {
        add("結果", outcome(one), count.to_string());
    }
    for (day, count) in WEEK.into_iter().zip(figures.weekdays) {
        add("曜日", &in_japanese(day).to_string(), count.to_string());
    }
    for (month, count) in &figures.months {
        add("月", month, count.to_string());
    }
    if let Some((absent, of)) = figures.no_show() {
        add(
            "来られなかった割合（％）",
            "来られなかった÷（来られた＋来られなかった）",
            tenths((absent * 100).into(), of.into()),
        );
    }
    for (name, spread, unit) in [
        ("最初の返事まで（時間）", figures.response, HOUR),
        ("申し込みから相談まで（日）", figures.lead, DAY),
    ] {
        let Some(Spread { of, median, ninetieth }) = spread else { continue };
        add(name, "数えた件数", of.to_string());
        add(name, "中央値", tenths(median, unit));
        add(name, "90パーセンタイル", tenths(ninetieth, unit));
    }
    rows
}

/// With one digit behind the point.
fn tenths(value: i64, unit: i64) -> String {
    let tenths = value * 10 / unit;
    format!("{}.{}", tenths / 10, tenths % 10)
}

const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Visit => "来所",
        Kind::Online => "オンライン",
        Kind::Phone => "電話",
    }
}

const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Attended => "来られた",
        Outcome::Absent => "来られなかった",
        Outcome::Standing => "確定（記録なし）",
        Outcome::Asked => "返事待ち・順番待ち",
        Outcome::Cancelled => "取り消し",
        Outcome::Declined => "お断り",
        Outcome::Expired => "期限切れ",
    }
}
