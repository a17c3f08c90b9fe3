//! What bookings come to: for the team itself, as tables, and for the federation without anybody in it.

use std::sync::Arc;

use domain::api::desk::report::{Founding, National, Report};
use domain::api::desk::{Fault, Record};
use domain::association::AssociationId;
use domain::booking::{Wanted, Wish};
use domain::calendar::{JstTime, from_rfc3339};
use domain::report::few::Shown;
use domain::report::{Outcome, Spread};
use domain::slot::Kind;
use domain::staff::Role;
use serde_json::json;
use server::store::{Booked, NewBooking, Opening};

use crate::bookings::{DAY, offer};
use crate::desk::{entries, seat};
use crate::desk_board::{asked, doing, of, problem};
use crate::server_under_test::{MONDAY, Server};

const DECEMBER: &str = "from=2026-12-01&to=2026-12-31";

// The year's report was counted from a list on paper, and nobody knew how long founders had waited.
#[tokio::test]
async fn a_report_counts_what_was_done_at_the_desk_and_its_tables_are_safe_to_open() {
    let (server, view) = asked().await;
    server.pass(3 * 3600);
    let her = seat(&server, Role::Member, Some("shimane")).await;
    let _: Record = of(&doing(&server, &her, &view.reference, "confirm", json!({ "seen": 0 })).await);
    server.pass(29 * DAY);
    let her = seat(&server, Role::Member, Some("shimane")).await;
    let _: Record = of(&doing(&server, &her, &view.reference, "attended", json!({ "seen": 1 })).await);

    let report: Report = of(&her.get(&server, &format!("/desk/api/report?{DECEMBER}")).await);
    assert!(report.fictional, "the demonstration's, and said so");
    let figures = report.figures;
    assert_eq!((figures.all, figures.outcome(Outcome::Attended), figures.no_show()), (1, 1, Some((0, 1))));
    assert_eq!(figures.response, Some(Spread { of: 1, median: 10_800, ninetieth: 10_800 }));
    let start = from_rfc3339(&view.start).unwrap();
    assert_eq!(figures.lead.map(|lead| lead.median), Some(start - MONDAY));

    let rows = her.get(&server, &format!("/desk/api/report/bookings.csv?{DECEMBER}")).await;
    assert_eq!(rows.header("content-type"), "text/csv; charset=utf-8");
    let name = "attachment; filename=\"tonari-bookings-2026-12-01-2026-12-31.csv\"";
    assert_eq!(rows.header("content-disposition"), name);
    let JstTime { date, minute } = JstTime::from_unix_seconds(start);
    let weekday = ["月", "火", "水", "木", "金", "土", "日"][date.weekday() as usize];
    let kind = match view.kind {
        Kind::Visit => "来所",
        Kind::Online => "オンライン",
        Kind::Phone => "電話",
    };
    let row = format!(
        "{},{weekday},{:02}:{:02},60,{kind},来られた,2026-11-30,{},3.0",
        date.to_text(),
        minute / 60,
        minute % 60,
        (start - MONDAY) / DAY
    );
    let head =
        "相談の日,曜日,開始,分,方法,結果,申し込みの日,申し込みから相談まで（日）,最初の返事まで（時間）";
    let last = "見本の予約だけを数えた、架空の数字です。";
    assert_eq!(rows.text(), format!("\u{feff}{head}\r\n{row}\r\n{last}\r\n"));
    let totals = her.get(&server, &format!("/desk/api/report/totals.csv?{DECEMBER}")).await;
    assert!(totals.text().starts_with("\u{feff}項目,内訳,値\r\n予約,すべて,1\r\n"), "{}", totals.text());
    assert!(totals.text().contains("\r\n最初の返事まで（時間）,中央値,3.0\r\n"), "{}", totals.text());

    // Not by looking, but by carrying out of the house.
    let told = entries(&server).await;
    assert_eq!(told.iter().filter(|what| *what == "exported").count(), 2);
    let line = server.app.staff.journal.about("report".to_owned()).await.unwrap().remove(0);
    assert_eq!(
        (line.who, line.detail.as_str()),
        (format!("member:{}", her.member.id), "2026-12-01/2026-12-31")
    );

    let theirs = seat(&server, Role::Lead, Some("gunma")).await;
    let nothing: Report = of(&theirs.get(&server, &format!("/desk/api/report?{DECEMBER}")).await);
    assert_eq!(nothing.figures.all, 0, "another team's");
}

#[tokio::test]
async fn a_period_that_is_none_or_too_long_is_refused() {
    let server = Server::start();
    let her = seat(&server, Role::Member, Some("shimane")).await;
    for table in ["", "/bookings.csv", "/totals.csv"] {
        for days in [
            "",
            "?from=2026-12-01",
            "?from=2026-12-02&to=2026-12-01",
            "?from=2025-01-01&to=2026-12-31",
            "?from=2026-02-30&to=2026-03-01",
            "?from=2026-12-01&to=2026-12-31&team=gunma",
        ] {
            let (status, refused) =
                problem(&her.get(&server, &format!("/desk/api/report{table}{days}")).await);
            assert_eq!((status, refused.code), (400, Fault::Malformed), "{table}{days}");
        }
    }
    assert!(!entries(&server).await.contains(&"exported".to_owned()), "nothing left the house");
}

/// Real bookings of a team, all at the first time that is offered.
pub async fn book(server: &Server, team: &str, count: u32, wish: Wish) {
    let id = AssociationId(team.to_owned());
    let shimane = AssociationId("shimane".to_owned());
    let Opening { mut rules, .. } = server.bookings.store.rules(shimane).await.unwrap().unwrap();
    rules.cap = None;
    for weekly in &mut rules.weekly {
        weekly.hours.places = 48;
        weekly.hours.kinds = Kind::ALL.into();
    }
    let opening = Opening { rules, fictional: false };
    let parsed = Arc::new(opening.rules.parse().unwrap());
    server.bookings.store.put_rules(id.clone(), opening, MONDAY).await.unwrap();
    for n in 0..count {
        let key = format!("{team}-{:?}-{n}", wish.kind);
        let token = server::service::vault::hash(&key);
        let new = NewBooking {
            fingerprint: token,
            team: id.clone(),
            rules: Arc::clone(&parsed),
            wanted: Wanted::Times(vec![wish]),
            reference: key.clone(),
            token,
            key_id: "none".to_owned(),
            sealed: Vec::new(),
            fictional: false,
            made_at: MONDAY,
            received_at: MONDAY,
            key,
        };
        let booked = server.bookings.store.book(new).await.unwrap();
        assert!(matches!(booked, Booked::Taken { .. }), "{booked:?}");
    }
}

// Two founders had come to 群馬 in a quarter. The federation's table hid the two, and showed the others and the sum.
#[tokio::test]
async fn the_federation_sees_all_together_and_nothing_of_few() {
    let server = Server::start().open("shimane").await;
    let first = offer(&server).await.times.remove(0);
    let wish = Wish { start: from_rfc3339(&first.start).unwrap(), kind: first.kinds[0] };
    for (team, count) in [("shimane", 9), ("gunma", 2), ("kochi", 7), ("akita", 12)] {
        book(&server, team, count, wish).await;
    }
    let federation = seat(&server, Role::Federation, None).await;
    let early = problem(&federation.get(&server, "/desk/api/report/national?from=2026-10-01").await);
    assert_eq!((early.0, early.1.code), (400, Fault::Malformed), "the quarter is not over");
    server.pass(45 * DAY);
    let federation = seat(&server, Role::Federation, None).await;
    let answer = federation.get(&server, "/desk/api/report/national").await;
    let national: National = of(&answer);
    assert_eq!((national.from.as_str(), national.to.as_str()), ("2026-10-01", "2026-12-31"));
    let shown: Vec<_> = national.table.rows.iter().map(|row| row.total).collect();
    assert_eq!(national.names[1], "群馬県信用保証協会");
    assert_eq!(shown, [Shown::Count(12), Shown::Few, Shown::Count(7), Shown::Count(9)]);
    assert!(national.table.rows.iter().all(|row| row.cells.is_none()), "one kind only: the others are few");
    // 30 - 12 - 7 - 9 = 2.
    assert_eq!((&national.table.columns, national.table.total), (&None, None));
    assert_eq!((&national.outcomes, &national.months, national.lead), (&None, &None, None));
    for refused in ["2026-10-02", "2027-01-01", "2026-11-01", "x"] {
        let path = format!("/desk/api/report/national?from={refused}");
        assert_eq!(problem(&federation.get(&server, &path).await).1.code, Fault::Malformed, "{refused}");
    }
    let empty: National = of(&federation.get(&server, "/desk/api/report/national?from=2026-07-01").await);
    assert!(empty.table.rows.iter().all(|row| row.total == Shown::Few));
}

#[tokio::test]
async fn whoever_wants_to_found_a_team_is_told_what_is_published_of_the_others() {
    let server = Server::start();
    for (role, association, without) in [
        (Role::Lead, Some("aomori"), true),
        (Role::Member, Some("shimane"), false),
        (Role::Federation, None, false),
    ] {
        let her = seat(&server, role, association).await;
        let told: Founding = of(&her.get(&server, "/desk/api/founding").await);
        assert_eq!(
            (told.teams.len(), told.without, told.own_is_without),
            (10, 41, without),
            "{association:?}"
        );
    }
}
