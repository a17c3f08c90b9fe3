//! Two hundred desks of eight teams look at their boards while requests are confirmed, and twenty more never read what they
//! are told. Everybody hears of every change in time, nobody asks more than once for it.

use std::io::Write;
use std::net::TcpStream;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use domain::api::BookingView;
use tests::binary::{Running, fixture_site};
use tests::crowd::{Answer, ROOM, TIMES, offer_of, open_times_of, post, speak, wish};

use crate::desks::{Desk, asked, board, open_line, seats};
use crate::figures::{tell, tell_times};

const TEAMS: [&str; 8] = ["akita", "gunma", "saitama", "ishikawa", "fukui", "gifu", "aichi", "shimane"];
const DESKS: usize = 25;
const DEAF: usize = 20;
/// Of each team, and the time in which each of them has to be heard.
const CHANGES: usize = 10;
const SOON: Duration = Duration::from_secs(2);
/// Whoever has not heard by then never will.
const LIMIT: Duration = Duration::from_secs(10);

pub fn run() {
    let var = Arc::new(tempfile::tempdir().unwrap());
    let teams = teams(&var);
    let desk = fixture_site().join("../desk");
    let mut settings = ROOM.to_vec();
    settings.extend(["--desk", desk.to_str().unwrap()]);
    let server = Running::start_on(Arc::clone(&var), &settings);
    let waiting: Vec<_> = teams.iter().map(|team| requests(&server, team)).collect();
    let tokens = seats(&server, &teams, DESKS);
    let before = server.memory();
    let deaf: Vec<TcpStream> = (0..DEAF).map(|nth| deaf(&server, &tokens[nth % teams.len()][0])).collect();
    let desks: Vec<Vec<Desk>> = tokens
        .iter()
        .map(|tokens| tokens.iter().map(|token| Desk::open(&server.address, token)).collect())
        .collect();
    until("every line to speak", || desks.iter().flatten().all(|desk| desk.boards() > 0));

    let mut waits = confirm_all(&server, &tokens, &waiting, &desks);
    let all = desks.iter().flatten().count();
    // But for what each said and asked first.
    let pulses: usize = desks.iter().flatten().map(|desk| desk.pulses() - 1).sum();
    let boards: usize = desks.iter().flatten().map(|desk| desk.boards() - 1).sum();
    tell(
        "boards_memory_per_desk_kb",
        (server.memory().saturating_sub(before) / (all + DEAF)) as f64 / 1024.0,
    );
    tell("boards_changes", (CHANGES * teams.len()) as f64);
    tell("boards_asked_per_change", boards as f64 / (CHANGES * all) as f64);
    tell("boards_pulses_per_change", pulses as f64 / (CHANGES * all) as f64);
    tell("boards_bytes", board(&server.address, &tokens[0][0]).1 as f64);
    tell_times("boards_pulse", &mut waits);
    let mut fetched: Vec<Duration> = desks.into_iter().flatten().flat_map(Desk::close).collect();
    tell_times("boards_fetch", &mut fetched);
    drop(deaf);
    assert!(waits.iter().all(|wait| *wait <= SOON), "somebody heard too late");
}

/// With a team that the directory knows; their times are confirmed by hand.
fn teams(var: &Arc<tempfile::TempDir>) -> Vec<&'static str> {
    let by_hand = TIMES.replace("\"by_hand\": false", "\"by_hand\": true");
    for team in TEAMS {
        open_times_of(var.path(), team, &by_hand);
    }
    TEAMS.to_vec()
}

/// Numbers of requests that wait for an answer.
fn requests(server: &Running, team: &str) -> Vec<BookingView> {
    let offer = offer_of(server, team);
    let ask = |nth: usize| {
        let key = format!("boards-{team}-{nth}");
        match post(&server.address, &key, &wish(&offer, &key, nth)) {
            Answer::Promised(view) => *view,
            Answer::Refused(why) => panic!("{why}"),
            Answer::None => panic!("no answer"),
        }
    };
    (0..CHANGES).map(ask).collect()
}

/// Somebody who asks for the line and for a board, and reads neither.
fn deaf(server: &Running, token: &str) -> TcpStream {
    let mut board = TcpStream::connect(&server.address).unwrap();
    board.write_all(asked("GET", "board?days=31", token, "").as_bytes()).unwrap();
    open_line(&server.address, token)
}

/// Each team's requests one after the other, all teams at once; how long each desk of the team waited for each.
fn confirm_all(
    server: &Running,
    tokens: &[Vec<String>],
    waiting: &[Vec<BookingView>],
    desks: &[Vec<Desk>],
) -> Vec<Duration> {
    thread::scope(|scope| {
        let teams: Vec<_> = tokens
            .iter()
            .zip(waiting)
            .zip(desks)
            .map(|((tokens, waiting), desks)| {
                let token = &tokens[0];
                scope.spawn(move || {
                    waiting.iter().flat_map(|view| confirm(server, token, view, desks)).collect::<Vec<_>>()
                })
            })
            .collect();
        teams.into_iter().flat_map(|team| team.join().unwrap()).collect()
    })
}

fn confirm(server: &Running, token: &str, view: &BookingView, desks: &[Desk]) -> Vec<Duration> {
    let begun = Instant::now();
    let path = format!("bookings/{}/confirm", view.reference);
    let answer = speak(&server.address, &asked("POST", &path, token, "{\"seen\":0}")).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let version = board(&server.address, token).0.version;
    until("every desk to hear", || desks.iter().all(|desk| desk.heard(version).is_some()));
    desks.iter().filter_map(|desk| Some(desk.heard(version)?.saturating_duration_since(begun))).collect()
}

fn until(what: &str, mut look: impl FnMut() -> bool) {
    let started = Instant::now();
    while !look() {
        assert!(started.elapsed() < LIMIT, "waited {LIMIT:?} for {what}");
        thread::sleep(Duration::from_millis(5));
    }
}
