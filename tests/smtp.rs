//! A mail server as the network has them: it takes mails, refuses them, falls silent or hangs up.

use std::sync::{Arc, Mutex};

use anyhow::Result;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Takes,
    /// Answers the command that begins so with this line.
    Says {
        to: &'static str,
        line: &'static str,
    },
    /// Accepts the connection and never says a word.
    Silent,
    /// Has the whole mail, and the connection dies before it says so.
    HangsUpAfterData,
}

/// A mail as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub from: String,
    pub to: Vec<String>,
    pub data: String,
}

struct State {
    mood: Mood,
    received: Vec<Received>,
    connections: usize,
}

pub struct MailServer {
    port: u16,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

impl MailServer {
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let state = Arc::new(Mutex::new(State { mood: Mood::Takes, received: Vec::new(), connections: 0 }));
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = Arc::clone(&shared);
                // A sender that hangs up is what some cases are about.
                tokio::spawn(async move { converse(stream, &state).await.ok() });
            }
        });
        Ok(Self { port, state, task })
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub fn be(&self, mood: Mood) {
        lock(&self.state).mood = mood;
    }

    /// All so far, in order.
    pub fn received(&self) -> Vec<Received> {
        lock(&self.state).received.clone()
    }

    pub fn connections(&self) -> usize {
        lock(&self.state).connections
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(state: &Mutex<State>) -> std::sync::MutexGuard<'_, State> {
    state.lock().expect("no holder of this lock panics")
}

async fn converse(stream: TcpStream, state: &Mutex<State>) -> Result<()> {
    let mood = {
        let mut state = lock(state);
        state.connections += 1;
        state.mood
    };
    let mut stream = BufReader::new(stream);
    if mood == Mood::Silent {
        // Until the other side has had enough.
        stream.read_to_end(&mut Vec::new()).await?;
        return Ok(());
    }
    stream.write_all(b"220 mail.test ESMTP\r\n").await?;
    let mut mail = Received { from: String::new(), to: Vec::new(), data: String::new() };
    loop {
        let mut command = String::new();
        if stream.read_line(&mut command).await? == 0 {
            return Ok(());
        }
        let command = command.trim_end();
        let mut answer = "250 fine";
        if let Some(from) = command.strip_prefix("MAIL FROM:") {
            mail.from = from.to_owned();
        } else if let Some(to) = command.strip_prefix("RCPT TO:") {
            mail.to.push(to.to_owned());
        } else if command == "DATA" {
            answer = "354 go on";
        } else if command.starts_with("EHLO") {
            answer = "250-mail.test\r\n250 8BITMIME";
        }
        if let Mood::Says { to, line } = mood
            && command.starts_with(to)
        {
            answer = line;
        }
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        if answer.starts_with("354") {
            mail.data = data(&mut stream).await?;
            lock(state).received.push(mail.clone());
            if mood == Mood::HangsUpAfterData {
                return Ok(());
            }
            stream.write_all(b"250 taken\r\n").await?;
        }
    }
}

/// Up to the line with a dot alone; leading dots are doubled on the way.
async fn data(stream: &mut BufReader<TcpStream>) -> Result<String> {
    let mut all = String::new();
    loop {
        let mut line = String::new();
        anyhow::ensure!(stream.read_line(&mut line).await? > 0, "the mail has no end");
        if line == ".\r\n" {
            return Ok(all);
        }
        all.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}
