//! Desks with a session and the board open, as a browser has them: a line that is read, and the board fetched after every
//! pulse.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use domain::api::desk::{Board, Pulse};
use domain::staff::Role;
use server::service::system_clock;
use server::store::{self, Address};
use tests::binary::Running;
use tests::seat::seat;

use crate::client::{self, patiently};

/// The tokens of as many who are signed in, of each of these teams.
pub fn seats(server: &Running, teams: &[&str], of_each: usize) -> Vec<Vec<String>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = store::open(&Address::of(None, server.var.path()).unwrap()).await.unwrap();
        let mut seats = Vec::new();
        for team in teams {
            let mut tokens = Vec::new();
            for _ in 0..of_each {
                let seated = seat(&*store.staff, Role::Member, Some(team), (system_clock())()).await;
                tokens.push(seated.unwrap().1);
            }
            seats.push(tokens);
        }
        seats
    })
}

/// A request of somebody signed in, as our own page sends it.
pub fn asked(method: &str, path: &str, token: &str, body: &str) -> String {
    format!(
        "{method} /desk/api/{path} HTTP/1.1\r\nHost: localhost\r\nCookie: tonari-desk={token}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nSec-Fetch-Site: same-origin\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// The board of this week, and how many bytes it came in.
pub fn board(address: &str, token: &str) -> (Board, usize) {
    let reply = patiently(address, &asked("GET", "board?days=7", token, ""));
    assert_eq!(reply.status, 200, "{}", reply.body);
    (serde_json::from_str(&reply.body).unwrap(), reply.body.len())
}

pub struct Desk {
    heard: Arc<Heard>,
    line: TcpStream,
    reading: JoinHandle<()>,
}

#[derive(Default)]
struct Heard {
    pulses: Mutex<Vec<(Instant, u64)>>,
    fetched: Mutex<Vec<Duration>>,
    boards: AtomicUsize,
    over: AtomicBool,
}

impl Desk {
    /// It returns when the line has said how the board is.
    pub fn open(address: &str, token: &str) -> Self {
        let line = open_line(address, token);
        let heard = Arc::new(Heard::default());
        let desk = (line.try_clone().unwrap(), Arc::clone(&heard), address.to_owned(), token.to_owned());
        let reading = thread::Builder::new().stack_size(256 * 1024);
        let reading = reading.spawn(move || follow(desk.0, &desk.1, &desk.2, &desk.3)).unwrap();
        Self { heard, line, reading }
    }

    /// When this version was heard of first.
    pub fn heard(&self, version: u64) -> Option<Instant> {
        let pulses = self.heard.pulses.lock().unwrap();
        pulses.iter().find(|(_, one)| *one == version).map(|(at, _)| *at)
    }

    pub fn pulses(&self) -> usize {
        self.heard.pulses.lock().unwrap().len()
    }

    pub fn boards(&self) -> usize {
        self.heard.boards.load(Ordering::Relaxed)
    }

    /// How long each board took.
    pub fn close(self) -> Vec<Duration> {
        self.heard.over.store(true, Ordering::Relaxed);
        self.line.shutdown(std::net::Shutdown::Both).ok();
        self.reading.join().unwrap();
        std::mem::take(&mut *self.heard.fetched.lock().unwrap())
    }
}

/// A line that is there; a server that is too busy for it is asked again, as a desk's page does.
pub fn open_line(address: &str, token: &str) -> TcpStream {
    loop {
        let mut line = TcpStream::connect(address).unwrap();
        line.write_all(asked("GET", "live", token, "").as_bytes()).unwrap();
        let head = head(&mut line);
        if head.starts_with("HTTP/1.1 200") {
            return line;
        }
        let pause = client::reply(&head).and_then(|reply| reply.pause());
        thread::sleep(pause.unwrap_or_else(|| panic!("no line: {head}")));
    }
}

/// Read by single bytes: what comes after it is whoever reads the line's.
fn head(line: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        let mut next = [0];
        assert_eq!(line.read(&mut next).unwrap(), 1, "the line ended in its head");
        bytes.push(next[0]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn follow(line: TcpStream, heard: &Heard, address: &str, token: &str) {
    for line in BufReader::new(line).lines() {
        let Ok(line) = line else { break };
        let Some(data) = line.strip_prefix("data: {\"version\"").map(|_| &line["data: ".len()..]) else {
            continue;
        };
        let pulse: Pulse = serde_json::from_str(data).unwrap();
        heard.pulses.lock().unwrap().push((Instant::now(), pulse.version));
        let asked = Instant::now();
        board(address, token);
        heard.boards.fetch_add(1, Ordering::Relaxed);
        heard.fetched.lock().unwrap().push(asked.elapsed());
    }
    assert!(heard.over.load(Ordering::Relaxed), "a line ended by itself");
}
