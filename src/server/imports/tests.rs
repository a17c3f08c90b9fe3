//! Servers that behave badly, calendars that are broken, and what becomes of them.

mod reading;

use std::collections::VecDeque;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::fetch::{Fetcher, Known, LARGEST, Names, Reach, Refused, Resolving, address};
use super::{Importer, NotLooked, Remembered};

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n";
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Answers each question by what the story says, and keeps what it was asked.
struct Site {
    place: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

/// Whatever is written, whole or in drops.
#[derive(Clone)]
enum Say {
    All(Vec<u8>),
    /// Head, then a byte now and then without an end.
    Drops(Vec<u8>),
}

impl Site {
    async fn start(say: impl Fn(&str) -> Say + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let place = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (heard, say) = (Arc::clone(&asked), Arc::new(say));
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                let (heard, say) = (Arc::clone(&heard), Arc::clone(&say));
                // Who hangs up early is right to.
                tokio::spawn(async move { answer(line, &heard, &*say).await.ok() });
            }
        });
        Self { place, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("http://calendar.example.jp:{}{path}", self.place.port())
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

async fn answer(
    mut line: TcpStream,
    heard: &Mutex<Vec<String>>,
    say: &(dyn Fn(&str) -> Say + Send + Sync),
) -> std::io::Result<()> {
    let mut question = Vec::new();
    while !question.ends_with(b"\r\n\r\n") {
        if line.read_buf(&mut question).await? == 0 {
            return Ok(());
        }
    }
    let question = String::from_utf8_lossy(&question).into_owned();
    heard.lock().unwrap().push(question.clone());
    match say(&question) {
        Say::All(bytes) => line.write_all(&bytes).await,
        Say::Drops(head) => {
            line.write_all(&head).await?;
            let mut beat = tokio::time::interval(Duration::from_millis(20));
            loop {
                beat.tick().await;
                line.write_all(b"x").await?;
            }
        }
    }
}

fn ok(headers: &str, body: &[u8]) -> Say {
    let head = format!("HTTP/1.1 200 OK\r\n{headers}content-length: {}\r\n\r\n", body.len());
    Say::All([head.as_bytes(), body].concat())
}

fn to(place: &str) -> Say {
    Say::All(format!("HTTP/1.1 302 Found\r\nlocation: {place}\r\ncontent-length: 0\r\n\r\n").into_bytes())
}

/// Says what the story wants, each time the next of it.
struct Told(Mutex<VecDeque<Vec<IpAddr>>>);

impl Names for Told {
    fn addresses<'a>(&'a self, _: &'a str) -> Resolving<'a> {
        let mut told = self.0.lock().unwrap();
        let now = if told.len() > 1 { told.pop_front() } else { told.front().cloned() };
        Box::pin(async move { now.unwrap_or_default() })
    }
}

fn names(told: &[&[IpAddr]]) -> Arc<dyn Names> {
    Arc::new(Told(Mutex::new(told.iter().map(|addresses| addresses.to_vec()).collect())))
}

fn fetcher_of(site: &Site, names: Arc<dyn Names>, within: Duration) -> Fetcher {
    Fetcher::new(Some("https://tonari.example.jp"), names, Reach { within, also: vec![site.place] })
}

fn fetcher(site: &Site) -> Fetcher {
    fetcher_of(site, names(&[&[HERE]]), Duration::from_secs(20))
}

async fn ask(fetcher: &Fetcher, text: &str) -> Result<Vec<u8>, Refused> {
    let url = address(text, fetcher.reach())?;
    Ok(fetcher.fetch(&url, &Known::default()).await?.expect("nothing was known before").bytes)
}

#[tokio::test]
async fn a_calendar_is_fetched_by_somebody_who_says_who_she_is() {
    let site = Site::start(|_| ok("content-type: text/calendar\r\n", CALENDAR.as_bytes())).await;
    assert_eq!(ask(&fetcher(&site), &site.url("/a.ics?b=c#d")).await.unwrap(), CALENDAR.as_bytes());
    let asked = &site.asked()[0];
    assert!(asked.starts_with("GET /a.ics?b=c HTTP/1.1\r\n"), "{asked}");
    for part in [
        "(+https://tonari.example.jp)",
        "accept-encoding: identity",
        &format!("host: calendar.example.jp:{}", site.place.port()),
    ] {
        assert!(asked.contains(part), "{asked}");
    }
}

// 「うちのカレンダー」 was http://169.254.169.254/latest/meta-data, and the import showed the keys of the machine.
#[tokio::test]
async fn nobody_is_led_into_a_network_that_is_not_public() {
    let public = Reach::public();
    for (text, refused) in [
        ("ftp://example.jp/a.ics", Refused::NoAddress),
        ("file:///etc/passwd", Refused::NoAddress),
        ("calendar", Refused::NoAddress),
        ("https://user:pass@example.jp/", Refused::Credentials),
        ("https://example.jp:8443/", Refused::Port),
        ("http://example.jp:22/", Refused::Port),
    ] {
        assert_eq!(address(text, &public).unwrap_err(), refused, "{text}");
    }
    let open = Fetcher::new(None, names(&[&[HERE]]), Reach::public());
    for text in [
        "http://127.0.0.1/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest",
        "http://calendar.example.jp/",
        "http://localhost/",
    ] {
        assert_eq!(ask(&open, text).await.unwrap_err(), Refused::Private, "{text}");
    }
}

#[tokio::test]
async fn a_redirect_is_judged_like_the_first_address() {
    let site = Site::start(|question| match question.split(' ').nth(1) {
        Some("/there") => ok("", CALENDAR.as_bytes()),
        Some("/in") => to("http://10.0.0.1/"),
        Some("/port") => to("http://calendar.example.jp:25/"),
        Some("/file") => to("file:///etc/passwd"),
        Some("/round") => to("/round"),
        _ => to("/there"),
    })
    .await;
    let fetcher = fetcher(&site);
    assert_eq!(ask(&fetcher, &site.url("/")).await.unwrap(), CALENDAR.as_bytes());
    for (path, refused) in [
        ("/in", Refused::Private),
        ("/port", Refused::Port),
        ("/file", Refused::NoAddress),
        ("/round", Refused::Redirects),
    ] {
        assert_eq!(ask(&fetcher, &site.url(path)).await.unwrap_err(), refused, "{path}");
    }
    let rounds = site.asked().iter().filter(|asked| asked.starts_with("GET /round")).count();
    assert_eq!(rounds, 4, "three redirects and no more");
}

// The name was public when it was judged, and the machine's own a millisecond later, when it was called.
#[tokio::test]
async fn a_name_that_changes_its_mind_is_asked_where_it_was_judged() {
    let site =
        Site::start(|question| if question.starts_with("GET /on") { to("/end") } else { ok("", b"x") }).await;
    let inside: IpAddr = "10.0.0.7".parse().unwrap();
    let patient = Duration::from_secs(20);
    let turning = fetcher_of(&site, names(&[&[HERE], &[inside]]), patient);
    assert_eq!(
        ask(&turning, &site.url("/")).await.unwrap(),
        b"x",
        "asked for once, called where it was judged"
    );
    let turning = fetcher_of(&site, names(&[&[HERE], &[inside]]), patient);
    assert_eq!(ask(&turning, &site.url("/on")).await.unwrap_err(), Refused::Private);
    let double = fetcher_of(&site, names(&[&[HERE, inside]]), patient);
    assert_eq!(ask(&double, &site.url("/")).await.unwrap_err(), Refused::Private, "one of two is enough");
    let nobody = fetcher_of(&site, names(&[&[]]), patient);
    assert_eq!(ask(&nobody, &site.url("/")).await.unwrap_err(), Refused::NoSuchName);
}

#[tokio::test]
async fn what_is_too_much_is_not_taken() {
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..100 {
        bomb.write_all(&vec![b'A'; 1 << 20]).unwrap();
    }
    let bomb = bomb.finish().unwrap();
    let mut small = GzEncoder::new(Vec::new(), Compression::best());
    small.write_all(CALENDAR.as_bytes()).unwrap();
    let small = small.finish().unwrap();
    let site = Site::start(move |question| match question.split(' ').nth(1).unwrap_or_default() {
        "/bomb" => ok("content-encoding: gzip\r\n", &bomb),
        "/small" => ok("content-encoding: gzip\r\n", &small),
        "/br" => ok("content-encoding: br\r\n", b"x"),
        "/large" => ok("", &vec![b'A'; LARGEST + 1]),
        "/page" => ok("content-type: text/html; charset=utf-8\r\n", b"<html>"),
        "/picture" => ok("content-type: image/png\r\n", b"x"),
        "/head" => Say::All(format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "A".repeat(1 << 20)).into_bytes()),
        "/cut" => Say::All(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nx".to_vec()),
        "/noise" => Say::All(b"220 mail.example.jp ESMTP\r\n".to_vec()),
        "/304" => Say::All(b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec()),
        _ => Say::All(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_vec()),
    })
    .await;
    let fetcher = fetcher(&site);
    assert_eq!(ask(&fetcher, &site.url("/small")).await.unwrap(), CALENDAR.as_bytes());
    for (path, refused) in [
        ("/bomb", Refused::TooLarge),
        ("/br", Refused::Packed),
        ("/large", Refused::TooLarge),
        ("/page", Refused::OtherKind),
        ("/picture", Refused::OtherKind),
        ("/head", Refused::BrokenOff),
        ("/cut", Refused::BrokenOff),
        ("/noise", Refused::BrokenOff),
        ("/304", Refused::Status(304)),
        ("/none", Refused::Status(404)),
    ] {
        assert_eq!(ask(&fetcher, &site.url(path)).await.unwrap_err(), refused, "{path}");
    }
}

// A byte a second kept the line open for eleven days.
#[tokio::test]
async fn a_drip_is_no_answer() {
    let site =
        Site::start(|_| Say::Drops(b"HTTP/1.1 200 OK\r\ncontent-length: 900000\r\n\r\n".to_vec())).await;
    let impatient = fetcher_of(&site, names(&[&[HERE]]), Duration::from_millis(300));
    let begun = Instant::now();
    assert_eq!(ask(&impatient, &site.url("/")).await.unwrap_err(), Refused::TooSlow);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_server_without_a_certificate_we_trust_is_not_believed() {
    // Who speaks no TLS says so as soon as it is greeted.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let site = Site { place: listener.local_addr().unwrap(), asked: Arc::default() };
    tokio::spawn(async move {
        let (mut line, _) = listener.accept().await.unwrap();
        line.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await
    });
    let url = format!("https://calendar.example.jp:{}/", site.place.port());
    assert_eq!(ask(&fetcher(&site), &url).await.unwrap_err(), Refused::Untrusted);
    let nobody = Site { place: SocketAddr::new(HERE, 1), asked: Arc::default() };
    assert_eq!(ask(&fetcher(&nobody), &nobody.url("/")).await.unwrap_err(), Refused::Unreachable);
}

// Somebody pressed the button again and again, and the association's provider shut us out.
#[tokio::test]
async fn an_address_is_asked_once_an_hour_and_sends_nothing_twice() {
    let site = Site::start(|question| match question.contains("if-none-match: \"7\"\r\n") {
        true => Say::All(b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec()),
        false => ok("etag: \"7\"\r\n", CALENDAR.as_bytes()),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let now = Arc::new(AtomicI64::new(1_000_000));
    let clock = Arc::clone(&now);
    let importer = Importer {
        fetcher: fetcher(&site),
        remembered: Remembered::new(folder.path().join("imports")),
        clock: Arc::new(move || clock.load(Ordering::Relaxed)),
    };
    for (passes, as_before, asked) in
        [(0, false, 1), (10, true, 1), (3_580, true, 1), (10, true, 2), (4_000, true, 3)]
    {
        now.fetch_add(passes, Ordering::Relaxed);
        let looked = importer.look(&site.url("/a.ics")).await.unwrap();
        assert_eq!((looked.as_before, site.asked().len()), (as_before, asked), "after {passes} s");
        assert_eq!(looked.bytes, CALENDAR.as_bytes());
    }
    let gone = Site::start(|_| Say::All(b"HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n".to_vec())).await;
    let importer = Importer { fetcher: fetcher(&gone), ..importer };
    let failed = importer.look(&gone.url("/")).await.err().unwrap();
    assert!(matches!(failed, NotLooked::Refused(Refused::Status(500))), "{failed}");
    assert!(matches!(importer.look(&gone.url("/")).await.err().unwrap(), NotLooked::TooSoon));
    assert_eq!(gone.asked().len(), 1);
}
