//! The app's files, asked for by everybody at once, on connections that stay open: by phones that have none of them, and by
//! phones that ask whether theirs are still so. The folder they came from is deleted before anybody asks.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use tests::binary::Running;
use tests::crowd::ROOM;
use tests::site::built_app;

use crate::figures::{tell, tell_times};

const PHONES: usize = 16;
const FOR: Duration = Duration::from_secs(8);
/// Read anew at each visit; all others are kept for ever under the name of what they hold.
const CHANGING: [&str; 4] = ["/", "/sw.js", "/boot.js", "/early.js"];

pub fn run() {
    let folder = tempfile::tempdir().unwrap();
    let copied = Command::new("cp").arg("-rT").args([built_app().as_path(), folder.path()]).status().unwrap();
    assert!(copied.success());
    let var = Arc::new(tempfile::tempdir().unwrap());
    let server = Running::start_site(folder.path(), var, &ROOM, &[]);
    let whole: Vec<String> = first_visit(folder.path());
    fs::remove_dir_all(folder.path()).unwrap();

    let tags = Phone::new(&server.address).visit(&whole, &[]).tags;
    let known: Vec<&str> = CHANGING
        .map(|path| whole.iter().position(|one| one == path).unwrap())
        .map(|at| tags[at].as_str())
        .to_vec();
    let changing = CHANGING.map(str::to_owned);
    let before = server.memory();
    measure("first", &server.address, |phone| phone.visit(&whole, &[]));
    measure("again", &server.address, |phone| phone.visit(&changing, &known));
    tell("files_memory_by_before", server.peak_memory() as f64 / before as f64);
}

/// What the first page names, and what the app asks for itself.
fn first_visit(app: &Path) -> Vec<String> {
    let mut named: Vec<String> = fs::read_dir(app)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| ["app-", "tonari-"].iter().any(|begin| name.starts_with(begin)))
        .map(|name| format!("/{name}"))
        .collect();
    assert_eq!(named.len(), 3, "the app, what ties it to the page, and the style: {named:?}");
    named.extend(["/data/places.bin".to_owned(), "/manifest.webmanifest".to_owned()]);
    CHANGING.into_iter().map(str::to_owned).chain(named).collect()
}

struct Visit {
    bytes: usize,
    tags: Vec<String>,
}

struct Phone {
    stream: TcpStream,
    answers: BufReader<TcpStream>,
}

impl Phone {
    fn new(address: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let answers = BufReader::with_capacity(1 << 16, stream.try_clone().unwrap());
        Self { stream, answers }
    }

    /// All at once, as a browser asks; each must be there, or be still as it is known.
    fn visit(&mut self, paths: &[String], known: &[&str]) -> Visit {
        let mut asked = String::new();
        for (at, path) in paths.iter().enumerate() {
            let known = known.get(at).map(|tag| format!("If-None-Match: {tag}\r\n")).unwrap_or_default();
            asked += &format!("GET {path} HTTP/1.1\r\nHost: tonari\r\nAccept-Encoding: br\r\n{known}\r\n");
        }
        self.stream.write_all(asked.as_bytes()).unwrap();
        let mut visit = Visit { bytes: 0, tags: Vec::new() };
        for path in paths {
            let (status, tag, bytes) = self.answer();
            let expected = if known.is_empty() { 200 } else { 304 };
            assert_eq!(status, expected, "{path}");
            assert!((bytes > 0) == known.is_empty(), "{path}: {bytes} bytes");
            visit.bytes += bytes;
            visit.tags.push(tag);
        }
        visit
    }

    /// Status, what the version is called, and how many bytes.
    fn answer(&mut self) -> (u16, String, usize) {
        let (mut status, mut tag, mut bytes) = (0, String::new(), 0);
        let mut line = String::new();
        loop {
            line.clear();
            self.answers.read_line(&mut line).unwrap();
            let told = line.trim_end();
            if told.is_empty() {
                break;
            }
            match told.split_once(": ") {
                Some((name, value)) if name.eq_ignore_ascii_case("etag") => value.clone_into(&mut tag),
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    bytes = if status == 304 { 0 } else { value.parse().unwrap() };
                }
                Some(_) => {}
                None => status = told.split(' ').nth(1).unwrap().parse().unwrap(),
            }
        }
        let read = std::io::copy(&mut (&mut self.answers).take(bytes as u64), &mut std::io::sink()).unwrap();
        assert_eq!(read, bytes as u64, "half a file");
        (status, tag, bytes)
    }
}

fn measure(what: &str, address: &str, visit: impl Fn(&mut Phone) -> Visit + Sync) {
    let begun = Instant::now();
    let phones: Vec<(usize, usize, Vec<Duration>)> = thread::scope(|scope| {
        let phones: Vec<_> = (0..PHONES)
            .map(|_| {
                scope.spawn(|| {
                    let mut phone = Phone::new(address);
                    let (mut files, mut bytes, mut times) = (0, 0, Vec::new());
                    while begun.elapsed() < FOR {
                        let asked = Instant::now();
                        let seen = visit(&mut phone);
                        files += seen.tags.len();
                        bytes += seen.bytes;
                        times.push(asked.elapsed());
                    }
                    (files, bytes, times)
                })
            })
            .collect();
        phones.into_iter().map(|phone| phone.join().unwrap()).collect()
    });
    let took = begun.elapsed().as_secs_f64();
    let sum = |of: fn(&(usize, usize, Vec<Duration>)) -> usize| phones.iter().map(of).sum::<usize>() as f64;
    tell(&format!("files_{what}_per_second"), sum(|phone| phone.0) / took);
    tell(&format!("files_{what}_mb_per_second"), sum(|phone| phone.1) / took / 1e6);
    let mut times: Vec<Duration> = phones.into_iter().flat_map(|phone| phone.2).collect();
    tell_times(&format!("files_{what}_visit"), &mut times);
}
