//! The tables of a report, in the language of the offices that open them in a spreadsheet. One row a booking, and nothing in it
//! that a founder is known by: no number, no minute at which she wrote.

use domain::api::desk::report::Subjects;
use domain::booking::letter::Stage;
use domain::calendar::{JstTime, Weekday};
use domain::content::Industry;
use domain::report::{Fact, Figures, Outcome, Spread};
use domain::slot::Kind;

use super::{clock, in_japanese};

/// Of whom it was not said.
const UNSAID: &str = "記録なし";
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
pub fn totals(figures: &Figures, subjects: &Subjects) -> Vec<Vec<String>> {
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
    rows.extend(about(subjects));
    rows
}

/// Of the consultations that took place, where anything was said about one.
fn about(subjects: &Subjects) -> Vec<Vec<String>> {
    let (areas, by_area): (Vec<&str>, Vec<u32>) = subjects
        .areas
        .iter()
        .map(|(name, count)| (if name.is_empty() { UNSAID } else { name }, *count))
        .unzip();
    let closed = |names: &[&'static str]| [names, &[UNSAID]].concat();
    let lists = [
        ("業種", closed(&Industry::ALL.map(industry)), &subjects.industries),
        ("段階", closed(&Stage::ALL.map(stage)), &subjects.stages),
        ("地域", areas, &by_area),
    ];
    let mut rows = Vec::new();
    for (of, names, counts) in lists {
        if counts.split_last().is_some_and(|(_, said)| said.iter().any(|count| *count > 0)) {
            let lines = names.into_iter().zip(counts);
            rows.extend(lines.map(|(name, count)| vec![of.to_owned(), name.to_owned(), count.to_string()]));
        }
    }
    rows
}

/// With one digit behind the point.
fn tenths(value: i64, unit: i64) -> String {
    let tenths = value * 10 / unit;
    format!("{}.{}", tenths / 10, tenths % 10)
}

const fn industry(industry: Industry) -> &'static str {
    match industry {
        Industry::Food => "飲食",
        Industry::Retail => "小売",
        Industry::Beauty => "美容・健康",
        Industry::Care => "介護・福祉・保育",
        Industry::Education => "教育・教室",
        Industry::Making => "ものづくり",
        Industry::It => "IT・デザイン",
        Industry::Farming => "農・食品",
        Industry::Lodging => "宿泊・観光",
        Industry::Living => "暮らしのサービス",
        Industry::Expert => "専門サービス",
    }
}

const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Idea => "考えはじめた",
        Stage::Preparing => "準備している",
        Stage::Started => "始めて5年以内",
        Stage::Running => "それより前から",
    }
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
