//! A web space as an association has it: files, and a type by the end of their names. No other header, no fallback, no
//! script; a folder is asked for with a slash at its end. It writes down what was asked and how it answered, and it can go.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the host keeps, and in which folder of it: `/`, or like `/soudan/`.
#[derive(Clone)]
struct Space {
    files: PathBuf,
    base: String,
}

pub struct PlainHost {
    port: u16,
    space: Space,
    answered: Arc<Mutex<Vec<(String, u16)>>>,
    task: JoinHandle<()>,
}

impl PlainHost {
    pub async fn start(files: &Path, base: &str) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let space = Space { files: files.to_path_buf(), base: base.to_owned() };
        let answered = Arc::default();
        let task = listen(listener, space.clone(), &answered);
        Ok(Self { port, space, answered, task })
    }

    /// The address of a path below the folder, which begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{}{path}", self.port, self.space.base.trim_end_matches('/'))
    }

    /// Paths and statuses, in their order.
    pub fn answered(&self) -> Vec<(String, u16)> {
        self.answered.lock().expect("no holder of this lock panics").clone()
    }

    /// From now on the phone is offline: nothing listens there any more.
    pub async fn stop(&mut self) {
        self.task.abort();
        // It holds the listener until it has ended; that it was aborted is what it ends with.
        (&mut self.task).await.ok();
    }
}

impl Drop for PlainHost {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn listen(listener: TcpListener, space: Space, answered: &Arc<Mutex<Vec<(String, u16)>>>) -> JoinHandle<()> {
    let answered = Arc::clone(answered);
    tokio::spawn(async move {
        while let Ok((browser, _)) = listener.accept().await {
            let (space, answered) = (space.clone(), Arc::clone(&answered));
            // A browser that hangs up early is its own business.
            tokio::spawn(async move { serve(browser, &space, &answered).await.ok() });
        }
    })
}

async fn serve(mut browser: TcpStream, space: &Space, answered: &Mutex<Vec<(String, u16)>>) -> Result<()> {
    let mut asked = Vec::new();
    while !asked.windows(4).any(|end| end == b"\r\n\r\n") {
        if browser.read_buf(&mut asked).await? == 0 {
            return Ok(());
        }
    }
    let line = String::from_utf8_lossy(&asked).into_owned();
    let path = line.split(' ').nth(1).context("a request line names a path")?;
    let (path, query) = path.split_at(path.find('?').unwrap_or(path.len()));
    let (status, kind, body) = found(space, path).await;
    answered.lock().expect("no holder of this lock panics").push((path.to_owned(), status));
    let place = if status == 301 { format!("Location: {path}/{query}\r\n") } else { String::new() };
    let head = format!(
        "HTTP/1.1 {status} .\r\nContent-Type: {kind}\r\n{place}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    browser.write_all(head.as_bytes()).await?;
    browser.write_all(&body).await?;
    Ok(browser.shutdown().await?)
}

async fn found(space: &Space, path: &str) -> (u16, &'static str, Vec<u8>) {
    let missing = (404, "text/plain", b"not here".to_vec());
    let Some(inside) = path.strip_prefix(&space.base).filter(|inside| !inside.contains("..")) else {
        return missing;
    };
    let file = space.files.join(inside);
    if file.is_dir() {
        if !path.ends_with('/') {
            return (301, "text/plain", Vec::new());
        }
        return match tokio::fs::read(file.join("index.html")).await {
            Ok(page) => (200, "text/html", page),
            Err(_) => missing,
        };
    }
    match tokio::fs::read(&file).await {
        Ok(bytes) => (200, kind(inside), bytes),
        Err(_) => missing,
    }
}

/// As a host of fifteen years ago knows them.
fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, end)| end) {
        "html" => "text/html",
        "js" => "application/javascript",
        "css" => "text/css",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "xml" => "text/xml",
        "txt" => "text/plain",
        _ => "application/octet-stream",
    }
}

/// Addresses in pages of the folder that lead to no file of it, each with the page it stands in. Ours stand in attributes,
/// between double quotes.
///
/// # Errors
/// A page that cannot be read.
pub fn lost_links(files: &Path, base: &str) -> Result<Vec<String>> {
    let mut lost = Vec::new();
    for page in pages(files)? {
        let html = std::fs::read_to_string(&page)?;
        let attributes = html.split("=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for address in attributes.filter(|address| address.starts_with('/')) {
            if !leads_to_a_file(files, base, address) {
                lost.push(format!("{}: {address}", page.strip_prefix(files).unwrap_or(&page).display()));
            }
        }
    }
    Ok(lost)
}

pub fn leads_to_a_file(files: &Path, base: &str, address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let Some(inside) = path.strip_prefix(base) else { return false };
    let file = files.join(inside);
    file.is_file() || file.join("index.html").is_file()
}

fn pages(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(pages(&path)?);
        } else if path.extension().is_some_and(|end| end == "html") {
            found.push(path);
        }
    }
    Ok(found)
}
