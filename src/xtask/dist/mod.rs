//! The edition for a host that keeps files: the real server is started, composes everything for such a host, says which
//! addresses there are, and each of its answers becomes a file. Nothing is made here that the server does not say; what a
//! file cannot hold of an answer, its headers, goes beside it (`signed`) or into the settings of hosts (`host`).

mod host;
mod signed;

use std::collections::BTreeSet;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use ureq::http::HeaderMap;

use crate::ready::wait_until_ready;

/// What it is made of, and for whom.
pub struct Plan {
    pub binary: PathBuf,
    /// The built app.
    pub app: PathBuf,
    /// The server's folder. Key and numbers in it have to stay from one edition to the next, or phones refuse what is new.
    pub var: PathBuf,
    /// Scheme and host under which people reach it.
    pub origin: String,
    /// The folder of that host, `/` or like `/soudan/`.
    pub base: String,
    /// Files of texts, published before.
    pub texts: Vec<PathBuf>,
    pub demo: bool,
}

/// An answer, read to its end.
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// Fills the folder, which has to be empty or absent; says how many files there are.
///
/// # Errors
/// Where the server refuses to start, an address is not answered, or a file cannot be written.
pub fn make(plan: &Plan, out: &Path) -> Result<usize> {
    let empty = fs::read_dir(out).map_or(true, |mut entries| entries.next().is_none());
    ensure!(empty, "{} is not empty: old and new files would lie there side by side", out.display());
    let server = Server::start(plan)?;
    let mut written = Folder { root: out.to_path_buf(), files: BTreeSet::new() };
    let mut settings = host::Settings::of(&plan.base, &server.get("/")?);
    for address in server.addresses()? {
        let answer = server.get(&address)?;
        ensure!(
            answer.status == 200,
            "{address} is on the server's list, and answered with {}",
            answer.status
        );
        if answer.headers.contains_key(signed::SIGNATURE) {
            for (file, bytes) in signed::files(&address, &answer)? {
                written.put(&file, &bytes)?;
            }
            continue;
        }
        let file = file_of(&address);
        written.put(&file, &answer.body)?;
        settings.hear(&file, &answer);
    }
    let missing = server.get("/nothing-is-here")?;
    ensure!(missing.status == 404, "an address that does not exist was answered with {}", missing.status);
    written.put("404.html", &missing.body)?;
    for (file, text) in settings.files() {
        written.put(file, text.as_bytes())?;
    }
    Ok(written.files.len())
}

/// A page is `index.html` in a folder of its name, so that every host finds it.
fn file_of(address: &str) -> String {
    let path = address.trim_start_matches('/');
    let folder = path.trim_end_matches('/');
    let is_page =
        path.is_empty() || path.ends_with('/') || !folder.rsplit('/').next().unwrap_or(folder).contains('.');
    match (is_page, folder) {
        (true, "") => "index.html".to_owned(),
        (true, folder) => format!("{folder}/index.html"),
        (false, file) => file.to_owned(),
    }
}

struct Folder {
    root: PathBuf,
    files: BTreeSet<String>,
}

impl Folder {
    fn put(&mut self, file: &str, bytes: &[u8]) -> Result<()> {
        let inside = file.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
        ensure!(inside, "{file:?} would not lie in the folder");
        // A page may be named twice, `/bookings` and `/bookings/`: it is one file.
        if !self.files.insert(file.to_owned()) {
            let before = fs::read(self.root.join(file))?;
            ensure!(before == bytes, "{file} is two different answers");
            return Ok(());
        }
        let path = self.root.join(file);
        fs::create_dir_all(path.parent().unwrap_or(&self.root))?;
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))
    }
}

/// The real server, for as long as it is asked.
struct Server {
    process: Child,
    origin: String,
    agent: ureq::Agent,
}

impl Server {
    fn start(plan: &Plan) -> Result<Self> {
        for file in &plan.texts {
            let file = file.canonicalize().with_context(|| format!("there is no {}", file.display()))?;
            let done = plan.command().arg("publish").arg(&file).stdout(Stdio::null()).status()?;
            ensure!(done.success(), "{} was not published", file.display());
        }
        let listen = TcpListener::bind("127.0.0.1:0").context("no free port")?.local_addr()?;
        let mut command = plan.command();
        command.args(["serve", "--listen", &listen.to_string(), "--files", &plan.base]);
        command.args(["--public-url", &plan.origin, "--site"]).arg(&plan.app).env("TONARI_LOG", "warn");
        if plan.demo {
            command.arg("--demo");
        }
        let process = command.spawn().with_context(|| format!("cannot start {}", plan.binary.display()))?;
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        let mut server = Self { process, origin: format!("http://{listen}"), agent };
        wait_until_ready(&mut server.process, listen)?;
        Ok(server)
    }

    fn addresses(&self) -> Result<Vec<String>> {
        let list = self.get("/addresses")?;
        ensure!(list.status == 200, "the server's list was answered with {}", list.status);
        let list = String::from_utf8(list.body).context("the server's list is no text")?;
        Ok(list.lines().map(str::to_owned).collect())
    }

    fn get(&self, address: &str) -> Result<Answer> {
        let asked =
            self.agent.get(format!("{}{address}", self.origin)).header("accept", "text/html, */*").call();
        let answer = asked.with_context(|| format!("GET {address}"))?;
        let (head, mut body) = answer.into_parts();
        let body =
            body.with_config().limit(u64::MAX).read_to_vec().with_context(|| format!("GET {address}"))?;
        if head.status.as_u16() >= 500 {
            bail!("GET {address}: {}", head.status);
        }
        Ok(Answer { status: head.status.as_u16(), headers: head.headers, body })
    }
}

impl Plan {
    /// Of the operator's settings none: they are another server's.
    fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        for (name, _) in
            std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"TONARI_"))
        {
            command.env_remove(name);
        }
        command.env("TONARI_VAR", &self.var).stdin(Stdio::null());
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_a_folder_and_everything_else_a_file_of_its_name() {
        for (address, file) in [
            ("/", "index.html"),
            ("/find", "find/index.html"),
            ("/bookings/", "bookings/index.html"),
            ("/associations/shimane", "associations/shimane/index.html"),
            ("/data/places.bin", "data/places.bin"),
            ("/events/a.ics", "events/a.ics"),
            ("/sw.js", "sw.js"),
        ] {
            assert_eq!(file_of(address), file);
        }
    }
}
