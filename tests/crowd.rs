//! Many founders at once, over real connections, and what each of them was promised.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where, also in its helpers")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use domain::api::{BOOKINGS, BookingView, Offer, OfferedTime, WishedTime};
use domain::booking::letter::Letter;
use domain::calendar::to_rfc3339;
use tempfile::TempDir;

use crate::binary::{Running, tonari_on};
use crate::letters::{letter, request};

/// Every quarter of every working day in two hundred places: room for whoever comes.
pub const TIMES: &str = r#"{
    "weekly": [
        { "day": "mon", "from": "08:00", "to": "20:00", "length": 15, "every": 15, "places": 200, "kinds": ["visit"] },
        { "day": "wed", "from": "08:00", "to": "20:00", "length": 15, "every": 15, "places": 200, "kinds": ["visit"] },
        { "day": "fri", "from": "08:00", "to": "20:00", "length": 15, "every": 15, "places": 200, "kinds": ["visit"] }
    ],
    "lead_hours": 0, "horizon_days": 60, "cap": null, "deadline_hours": 0, "by_hand": false
}"#;

const FOUNDERS: usize = 8;

pub struct Crowd {
    shared: Arc<Shared>,
    founders: Vec<JoinHandle<()>>,
}

struct Shared {
    address: String,
    offer: Offer,
    round: String,
    enough: AtomicBool,
    promised: AtomicUsize,
    kept: Mutex<Heard>,
}

/// What the founders know.
#[derive(Default)]
pub struct Heard {
    pub promised: Vec<BookingView>,
    /// Sent, and never answered: they will send the same again.
    pub unanswered: Vec<(String, String)>,
    /// Anything else than 201.
    pub refused: Vec<String>,
}

pub fn open_times(var: &Path) {
    open_times_of(var, "shimane", TIMES);
}

pub fn open_times_of(var: &Path, team: &str, times: &str) {
    let file = var.join("times.json");
    std::fs::write(&file, times).unwrap();
    tonari_on(var, &["slots", "import", team, file.to_str().unwrap()]).unwrap();
}

/// For a whole crowd behind one address.
pub const ROOM: [&str; 4] = [
    "--reads-per-minute=1000000",
    "--changes-per-minute=1000000",
    "--calm-bookings-per-minute=1000000",
    "--calm-bookings-of-a-team=1000000",
];

pub fn serve(var: &Arc<TempDir>) -> Running {
    serve_under(var, &[])
}

pub fn serve_under(var: &Arc<TempDir>, variables: &[(&str, &str)]) -> Running {
    Running::start_under(Arc::clone(var), &ROOM, variables)
}

pub fn offer(server: &Running) -> Offer {
    offer_of(server, "shimane")
}

pub fn offer_of(server: &Running, team: &str) -> Offer {
    let answer = server.get(&format!("/api/v1/teams/{team}/slots"));
    Offer::read(answer.split_once("\r\n\r\n").unwrap().1.as_bytes()).unwrap()
}

impl Crowd {
    /// They begin at once and go on until they are told, or nobody answers any more.
    pub fn gather(server: &Running, round: &str) -> Self {
        let shared = Arc::new(Shared {
            address: server.address.clone(),
            offer: offer(server),
            round: round.to_owned(),
            enough: AtomicBool::new(false),
            promised: AtomicUsize::new(0),
            kept: Mutex::default(),
        });
        let founder = |number| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || shared.be_founder(number))
        };
        let founders = (0..FOUNDERS).map(founder).collect();
        Self { shared, founders }
    }

    pub fn wait_for_promises(&self, how_many: usize) {
        let started = std::time::Instant::now();
        while self.shared.promised.load(Ordering::Relaxed) < how_many {
            assert!(started.elapsed() < Duration::from_secs(60), "the server promises nothing");
            thread::yield_now();
        }
    }

    pub fn promised_so_far(&self) -> Vec<BookingView> {
        self.shared.kept.lock().unwrap().promised.clone()
    }

    pub fn disperse(self) -> Heard {
        self.shared.enough.store(true, Ordering::Relaxed);
        for founder in self.founders {
            founder.join().unwrap();
        }
        std::mem::take(&mut *self.shared.kept.lock().unwrap())
    }
}

impl Shared {
    fn be_founder(&self, number: usize) {
        let mut turn = 0;
        while !self.enough.load(Ordering::Relaxed) {
            let key = format!("{}-{number}-{turn}", self.round);
            let body = wish(&self.offer, &key, turn * FOUNDERS + number);
            let answer = post(&self.address, &key, &body);
            let mut heard = self.kept.lock().unwrap();
            match answer {
                Answer::Promised(view) => {
                    heard.promised.push(*view);
                    self.promised.fetch_add(1, Ordering::Relaxed);
                }
                Answer::Refused(head) => heard.refused.push(head),
                Answer::None => {
                    heard.unanswered.push((key, body));
                    return;
                }
            }
            turn += 1;
        }
    }
}

/// What the `nth` of them sends: times in turns, so that few of them want the same.
pub fn wish(offer: &Offer, key: &str, nth: usize) -> String {
    wish_for(offer, key, &offer.times[nth * 31 % offer.times.len()])
}

pub fn wish_for(offer: &Offer, key: &str, time: &OfferedTime) -> String {
    wish_with(offer, key, time, &letter())
}

pub fn wish_with(offer: &Offer, key: &str, time: &OfferedTime, letter: &Letter) -> String {
    let mut request = request(offer, key, letter);
    request.wishes = vec![WishedTime { start: time.start.clone(), kind: time.kinds[0] }];
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    request.made_at = to_rfc3339(i64::try_from(now).unwrap());
    request.to_json()
}

pub enum Answer {
    Promised(Box<BookingView>),
    Refused(String),
    /// The connection was refused or broke off: nobody knows.
    None,
}

pub fn post(address: &str, key: &str, body: &str) -> Answer {
    let head = format!(
        "POST {BOOKINGS} HTTP/1.1\r\nHost: tonari\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Idempotency-Key: {key}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let Ok(text) = speak(address, &(head + body)) else { return Answer::None };
    match text.split_once("\r\n\r\n") {
        Some((head, body)) if head.starts_with("HTTP/1.1 201") => {
            BookingView::read(body.as_bytes()).map_or(Answer::None, |view| Answer::Promised(Box::new(view)))
        }
        Some((head, body)) => Answer::Refused(format!("{} {body}", head.lines().next().unwrap_or_default())),
        None => Answer::None,
    }
}

/// Asks, and reads until the server closes.
pub fn speak(address: &str, text: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    stream.write_all(text.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

/// Each of them stands, at the time that was promised.
pub fn assert_kept(server: &Running, promised: &[BookingView]) {
    for view in promised {
        let answer = server.get(&format!("{BOOKINGS}/{}", view.token));
        let body = answer.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
        let found = BookingView::read(body.as_bytes());
        let found = found.unwrap_or_else(|| panic!("{} was promised and is lost: {answer}", view.reference));
        assert_eq!((&found.start, found.status), (&view.start, view.status), "{}", view.reference);
    }
}
