//! Stands between browser and server, writes down every byte that passes towards the server, and can spoil
//! what comes back: cut it, or answer something else.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// One request as the server got it.
#[derive(Clone, Debug)]
pub struct Request {
    pub path: String,
    /// Request line, headers and body.
    pub text: String,
}

/// What happens to the answer for a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The connection dies in the middle of the body.
    Cut,
    /// The server never hears of it.
    Lose,
    /// On its way for so long, and overtaken by others.
    Late(Duration),
    /// It arrives twice at once; one of the answers is passed on.
    Twice,
    /// Another answer altogether.
    Replace { status: u16, content_type: &'static str, body: String },
}

type Rule = Box<dyn Fn(&str) -> Option<Fate> + Send>;

#[derive(Default)]
struct State {
    upstream: u16,
    requests: Vec<Request>,
    rule: Option<Rule>,
}

pub struct Proxy {
    port: u16,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

impl Proxy {
    pub async fn start(upstream: u16) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let state = Arc::new(Mutex::new(State { upstream, ..State::default() }));
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                let state = Arc::clone(&shared);
                // A browser that hangs up early is its own business.
                tokio::spawn(async move { serve(browser, &state).await.ok() });
            }
        });
        Ok(Self { port, state, task })
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// From now on each path meets the fate this rule gives it.
    pub fn spoil(&self, rule: impl Fn(&str) -> Option<Fate> + Send + 'static) {
        self.lock().rule = Some(Box::new(rule));
    }

    /// The server came back at another port.
    pub fn lead_to(&self, upstream: u16) {
        self.lock().upstream = upstream;
    }

    pub fn heal(&self) {
        self.lock().rule = None;
    }

    pub fn requests(&self) -> Vec<Request> {
        self.lock().requests.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().expect("no holder of this lock panics")
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut browser: TcpStream, state: &Mutex<State>) -> Result<()> {
    let Some(request) = read_request(&mut browser).await? else { return Ok(()) };
    let (upstream, fate) = {
        let mut state = state.lock().expect("no holder of this lock panics");
        state.requests.push(request.clone());
        (state.upstream, state.rule.as_ref().and_then(|rule| rule(&request.path)))
    };
    if let Some(Fate::Replace { status, content_type, body }) = fate {
        let head = format!(
            "HTTP/1.1 {status} Replaced\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n",
            body.len()
        );
        browser.write_all(head.as_bytes()).await?;
        browser.write_all(body.as_bytes()).await?;
        return Ok(browser.shutdown().await?);
    }
    match fate {
        Some(Fate::Lose) => return Ok(()),
        Some(Fate::Late(pause)) => tokio::time::sleep(pause).await,
        _ => {}
    }
    let mut answer = if fate == Some(Fate::Twice) {
        let (one, other) = tokio::join!(ask(upstream, &request), ask(upstream, &request));
        one.or(other)?
    } else {
        ask(upstream, &request).await?
    };
    if fate == Some(Fate::Cut) {
        let body = end_of_head(&answer).context("an answer without a head")?;
        answer.truncate(body + (answer.len() - body) / 2);
    }
    browser.write_all(&answer).await?;
    Ok(browser.shutdown().await?)
}

async fn read_request(browser: &mut TcpStream) -> Result<Option<Request>> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(head) = end_of_head(&bytes) {
            break head;
        }
        if browser.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    };
    let length = header(&String::from_utf8_lossy(&bytes[..head]), "content-length").unwrap_or(0);
    while bytes.len() < head + length {
        if browser.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let path = text.split(' ').nth(1).context("a request line names a path")?.to_owned();
    Ok(Some(Request { path, text }))
}

async fn ask(upstream: u16, request: &Request) -> Result<Vec<u8>> {
    let mut server = TcpStream::connect(("127.0.0.1", upstream)).await?;
    // One request per connection keeps this proxy simple enough to trust.
    let (line, rest) = request.text.split_once("\r\n").context("a request has a first line")?;
    let rest: Vec<&str> =
        rest.split("\r\n").filter(|header| !header.to_ascii_lowercase().starts_with("connection:")).collect();
    let text = format!("{line}\r\nConnection: close\r\n{}", rest.join("\r\n"));
    server.write_all(text.as_bytes()).await?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).await?;
    Ok(answer)
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|window| window == b"\r\n\r\n").map(|at| at + 4)
}

fn header(head: &str, name: &str) -> Option<usize> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim().parse().ok()).flatten()
    })
}
