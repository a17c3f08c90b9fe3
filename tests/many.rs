//! A team with years of work behind it, each booking by the store's own way, a week before its time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, ensure};
use domain::association::AssociationId;
use domain::booking::{Wanted, Wish};
use domain::calendar::{Date, JstTime};
use domain::slot::file::RulesFile;
use domain::slot::{Kind, Rules, slots};
use server::service::vault::{hash, random};
use server::store::{Booked, NewBooking, Store};

/// Thirty-two a day, of which three in five are taken in turns.
const HOURS: &str = r#"{
    "weekly": [
        { "day": "mon", "from": "09:00", "to": "17:00", "length": 60, "every": 60, "places": 4, "kinds": ["visit"] },
        { "day": "tue", "from": "09:00", "to": "17:00", "length": 60, "every": 60, "places": 4, "kinds": ["visit"] },
        { "day": "wed", "from": "09:00", "to": "17:00", "length": 60, "every": 60, "places": 4, "kinds": ["visit"] },
        { "day": "thu", "from": "09:00", "to": "17:00", "length": 60, "every": 60, "places": 4, "kinds": ["visit"] },
        { "day": "fri", "from": "09:00", "to": "17:00", "length": 60, "every": 60, "places": 4, "kinds": ["visit"] }
    ],
    "lead_hours": 0, "horizon_days": 60, "cap": null, "deadline_hours": 0, "by_hand": false
}"#;

const WEEK: i64 = 7 * 86_400;
/// Of the days to come.
const AHEAD: i64 = 30;
/// Requests that wait for the team's answer.
const WAITING: usize = 30;
/// Who ask at the same moment, so that they wait for the disk together.
const TOGETHER: usize = 128;

/// So many bookings, the last of them some weeks ahead, and some requests that wait.
///
/// # Errors
/// As the store says.
pub async fn book_many(store: &Store, team: &str, count: usize, today: Date) -> Result<()> {
    let starts = Arc::new(starts(count, today)?);
    let next = Arc::new(AtomicUsize::new(0));
    let founders: Vec<_> = (0..TOGETHER)
        .map(|_| {
            let (store, starts, next) = (store.clone(), Arc::clone(&starts), Arc::clone(&next));
            let team = AssociationId(team.to_owned());
            tokio::spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(&start) = starts.get(number) else { return Ok::<_, anyhow::Error>(()) };
                    book(&store, &team, number, start, number + WAITING >= starts.len()).await?;
                }
            })
        })
        .collect();
    for founder in founders {
        founder.await??;
    }
    Ok(())
}

/// Their beginnings, in order.
fn starts(count: usize, today: Date) -> Result<Vec<i64>> {
    let rules = rules(false)?;
    let mut back = 0;
    let mut found = Vec::new();
    while found.len() < count {
        back += 500;
        let days = (today.plus_days(-back), today.plus_days(AHEAD));
        let before = JstTime { date: today.plus_days(-back - 7), minute: 0 }.unix_seconds();
        let times = slots(&rules, &[], days, Kind::Visit, before);
        ensure!(!times.is_empty(), "these rules offer nothing");
        let busy = times.iter().enumerate().flat_map(|(nth, slot)| {
            // Two or three of the four places.
            std::iter::repeat_n(slot.start, 2 + nth % 2)
        });
        found = busy.collect();
    }
    Ok(found.split_off(found.len() - count))
}

fn rules(by_hand: bool) -> Result<Rules> {
    let file: RulesFile = serde_json::from_str(HOURS)?;
    let rules = file.parse().ok().context("these rules are right")?;
    Ok(Rules { horizon: u16::MAX, by_hand, ..rules })
}

async fn book(store: &Store, team: &AssociationId, number: usize, start: i64, waits: bool) -> Result<()> {
    let new = NewBooking {
        key: format!("many-{team}-{number}", team = team.0),
        fingerprint: hash(&number.to_string()),
        team: team.clone(),
        rules: Arc::new(rules(waits)?),
        wanted: Wanted::Times(vec![Wish { start, kind: Kind::Visit }]),
        reference: format!("{number:09X}N{}", team.0.len() % 10),
        token: random(),
        key_id: "0a1b2c3d".to_owned(),
        sealed: vec![7; 500],
        fictional: true,
        made_at: start - WEEK,
        received_at: start - WEEK,
    };
    let booked = store.bookings.book(new).await?;
    ensure!(matches!(booked, Booked::Taken { .. }), "a free time was refused: {booked:?}");
    Ok(())
}
