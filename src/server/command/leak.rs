//! `tonari leak`: whom it concerns when something came into strange hands, and a draft of what the authority asks.
//!
//! The nine points are those of article 8 of the rules to the Act on the Protection of Personal Information; what only people
//! can know is left open and says so. The draft is Japanese, as the form is. The surprising rule: bookings are counted, not
//! women. Who booked twice is there twice, because names are closed.

use anyhow::ensure;
use domain::calendar::to_rfc3339;
use serde_json::{Value, json};

use super::bookings::ways;
use super::hands::{self, Var, clock, line};
use crate::service::Bookings;
use crate::store::keeping::{Concerned, Leak};

/// Without `--member`: by a copy of the data, like a lost backup.
#[derive(clap::Args)]
pub struct Args {
    /// By her account at the desk; her number, as in `members list`.
    #[arg(long)]
    member: Option<i64>,
    /// What her account did from then on, by the clock in Japan, like 2026-12-01T10:00; since ever if missing.
    #[arg(long, requires = "member")]
    from: Option<String>,
    /// What it did before then, or when the copy was made; now if missing.
    #[arg(long)]
    to: Option<String>,
    /// Only this team's.
    #[arg(long, conflicts_with = "member")]
    team: Option<String>,
    /// The copy is without `booking.keys`, so that letters and notes in it stay closed.
    #[arg(long, conflicts_with = "member")]
    without_keys: bool,
    /// How it is safe to reach each of them. That somebody looked is written down for each.
    #[arg(long)]
    reach: bool,
    /// For machines.
    #[arg(long, conflicts_with = "reach")]
    json: bool,
    #[command(flatten)]
    var: Var,
}

const READABLE: &str = "氏名、電話番号、メールアドレス、連絡してよい手段・時間帯・注意、起業の段階、相談したいこと、ご本人が書いた文\
    （要配慮個人情報が含まれることがあります）、予約の番号・日時・方法・状態、担当者のメモ、相談の記録（業種・市区町村など）";
const CLOSED: &str = "予約の番号・日時・方法・状態、お断りの理由、相談の記録（業種・市区町村など）。氏名・連絡先・ご本人が書いた文・担当者の\
    メモは、鍵のファイルがなければ読めない暗号文です";
const OPEN: &str = "【要記入】";

/// # Errors
/// A member or team that is not there: nobody concerned would be the wrong answer.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let team = args.team.as_deref().map(hands::team).transpose()?;
    let from = args.from.as_deref().map(hands::time).transpose()?;
    let to = args.to.as_deref().map(hands::time).transpose()?;
    let (bookings, desk, runtime) = args.var.open_with_desk()?;
    let now = (bookings.clock)();
    let to = to.unwrap_or(now + 1);
    let leak = match args.member {
        Some(id) => {
            let there = runtime.block_on(desk.store.members())?.iter().any(|member| member.id == id);
            ensure!(there, "there is no member {id}");
            Leak::Account { who: format!("member:{id}"), from: from.unwrap_or(0), to }
        }
        None => Leak::Copy { team, at: to },
    };
    let concerned = runtime.block_on(bookings.keeping.concerned(leak.clone()))?;
    if args.json {
        println!("{}", Value::Array(concerned.iter().map(json).collect()));
        return Ok(());
    }
    print!("{}", draft(&leak, &concerned, args.without_keys, now));
    for one in &concerned {
        println!("{}", in_a_line(one));
        if args.reach && !one.is_erased {
            print!("{}", runtime.block_on(reach(&bookings, one)));
        }
    }
    Ok(())
}

/// One letter that cannot be opened keeps nobody else from being reached.
async fn reach(bookings: &Bookings, one: &Concerned) -> String {
    let ways = match bookings.open_letter(&one.booking.reference, &hands::who()).await {
        Ok((_, letter)) => ways(&letter),
        Err(refused) => refused.to_string(),
    };
    ways.lines().map(|line| format!("  {line}\n")).collect()
}

fn draft(leak: &Leak, concerned: &[Concerned], without_keys: bool, now: i64) -> String {
    let what = match leak {
        Leak::Account { who, from, to } => {
            let seen = concerned.iter().flat_map(|one| &one.seen).map(|seen| seen.at);
            let span = seen.clone().min().zip(seen.max());
            let span = span.map_or_else(String::new, |(first, last)| {
                format!("。記録は{}から{}まで", clock(first), clock(last))
            });
            let since = if *from == 0 { String::new() } else { format!("{}から", clock(*from)) };
            format!("窓口の利用者（{who}）の権限で、{since}{}までに見られたおそれ{span}", clock(*to))
        }
        Leak::Copy { team, at } => {
            let whose = team.as_ref().map_or("全協会", |team| team.as_str());
            format!("{}の時点のデータの写し（{whose}）が外に出たおそれ", clock(*at))
        }
    };
    let real = concerned.iter().filter(|one| !one.booking.fictional);
    let erased = real.clone().filter(|one| one.is_erased).count();
    let items = if without_keys { CLOSED } else { READABLE };
    format!(
        "個人データの漏えい等の報告（下書き、{now}作成）\n\
         速報は知ってからおおむね3～5日以内、確報は30日以内（不正の目的によるおそれがあるときは60日以内）\n\
         1 概要: {what} {OPEN}\n\
         2 個人データの項目: {items}\n\
         3 本人の数: 最大{count}人（予約の件数。同じ方が重なることがあります。うち{erased}件は、すでに消去済みでご本人に連絡できません）\n\
         4 原因: {OPEN}\n\
         5 二次被害またはそのおそれ: {OPEN}\n\
         6 本人への対応: {OPEN}\n\
         7 公表: {OPEN}\n\
         8 再発防止のための措置: {OPEN}\n\
         9 その他: {OPEN}\n\
         \n",
        now = clock(now),
        count = real.count(),
    )
}

fn in_a_line(one: &Concerned) -> String {
    let seen: String = one.seen.iter().map(|seen| format!("; {} {}", clock(seen.at), seen.what)).collect();
    line(&one.booking) + &seen
}

fn json(one: &Concerned) -> Value {
    let seen: Vec<Value> =
        one.seen.iter().map(|seen| json!({ "at": to_rfc3339(seen.at), "what": seen.what })).collect();
    let mut object = hands::json(&one.booking);
    object["erased"] = one.is_erased.into();
    object["seen"] = seen.into();
    object
}
