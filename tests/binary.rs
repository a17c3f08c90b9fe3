//! The real `tonari`, built once per run and started as an operator starts it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where, also in its helpers")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;

/// A small site that stands for the built app.
pub fn fixture_site() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/site")
}

/// The path of a fresh build in this run's profile folder. Cargo builds binaries only for their own package's tests,
/// so a test of another package has to ask.
pub fn tonari() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        // Loads are put on the build that is released.
        if let Some(given) = std::env::var_os("TONARI_SERVER") {
            return given.into();
        }
        let test = std::env::current_exe().unwrap();
        let profile = test.parent().and_then(Path::parent).unwrap();
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--quiet", "--package", "server", "--bin", "tonari"]);
        // Nothing until a test names one; a second server without them would be built in vain.
        build.args(["--features", "crash-points"]);
        // What cargo tells this test about its own package would look like a change to build scripts of dependencies:
        // they, and the server on top, would be built anew by every run.
        let of_this_package =
            |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
        for (name, _) in std::env::vars().filter(|(name, _)| of_this_package(name)) {
            build.env_remove(name);
        }
        if profile.ends_with("release") {
            build.arg("--release");
        }
        assert!(build.current_dir(env!("CARGO_MANIFEST_DIR")).status().unwrap().success());
        profile.join("tonari")
    })
}

/// Runs to its end; for starts that are refused.
pub fn run(args: &[&str], variables: &[(&str, &str)]) -> Output {
    let empty = tempfile::tempdir().unwrap();
    Command::new(tonari())
        .args(args)
        .envs(variables.iter().copied())
        .current_dir(empty.path())
        .output()
        .unwrap()
}

/// A command on this server's folder: what it printed, or the line it failed with.
pub fn tonari_on(var: &Path, args: &[&str]) -> Result<String, String> {
    let output = run(args, &[("TONARI_VAR", var.to_str().unwrap()), ("USER", "hanako")]);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    if output.status.success() {
        Ok(text(&output.stdout))
    } else {
        Err(text(&output.stdout) + &text(&output.stderr))
    }
}

/// A server that listens; killed when dropped.
pub struct Running {
    child: Child,
    pub address: String,
    // Read all the time: a server that cannot log any more stands still.
    log: Option<JoinHandle<String>>,
    pub var: Arc<tempfile::TempDir>,
}

impl Running {
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    pub fn start_with(more: &[&str]) -> Self {
        Self::start_on(Arc::new(tempfile::tempdir().unwrap()), more)
    }

    /// On a folder that outlives it.
    pub fn start_on(var: Arc<tempfile::TempDir>, more: &[&str]) -> Self {
        Self::start_under(var, more, &[])
    }

    pub fn start_under(var: Arc<tempfile::TempDir>, more: &[&str], variables: &[(&str, &str)]) -> Self {
        Self::start_site(&fixture_site(), var, more, variables)
    }

    pub fn start_site(
        site: &Path,
        var: Arc<tempfile::TempDir>,
        more: &[&str],
        variables: &[(&str, &str)],
    ) -> Self {
        let mut child = Command::new(tonari())
            .args(["serve", "--listen", "127.0.0.1:0", "--site"])
            .arg(site)
            .arg("--var")
            .arg(var.path())
            .args(more)
            .envs(variables.iter().copied())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let address = loop {
            let mut line = String::new();
            assert!(log.read_line(&mut line).unwrap() > 0, "the server ended before it listened");
            let event: serde_json::Value = serde_json::from_str(&line).unwrap();
            if let Some(address) = event["fields"]["address"].as_str() {
                break address.to_owned();
            }
        };
        let rest = std::thread::spawn(move || {
            let mut rest = String::new();
            log.read_to_string(&mut rest).unwrap();
            rest
        });
        Self { child, address, log: Some(rest), var }
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(60))).unwrap();
        stream
    }

    /// Sends bytes as they are and reads until the server closes.
    pub fn say(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        stream.write_all(bytes).unwrap();
        let mut answer = String::new();
        // A server that refuses a flood may reset the connection; what came before counts.
        let _ = stream.read_to_string(&mut answer);
        answer
    }

    pub fn get(&self, path: &str) -> String {
        self.say(format!("GET {path} HTTP/1.1\r\nHost: tonari\r\nConnection: close\r\n\r\n").as_bytes())
    }

    pub fn signal(&self, name: &str) {
        let sent =
            Command::new("kill").arg(format!("-{name}")).arg(self.child.id().to_string()).status().unwrap();
        assert!(sent.success());
    }

    /// Bytes, the most it ever had in memory.
    pub fn peak_memory(&self) -> usize {
        self.bytes_of("VmHWM:")
    }

    /// Bytes it has in memory now.
    pub fn memory(&self) -> usize {
        self.bytes_of("VmRSS:")
    }

    /// Files and connections it has open.
    pub fn open_files(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.child.id())).unwrap().count()
    }

    fn bytes_of(&self, what: &str) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let found = status.lines().find_map(|line| line.strip_prefix(what)).unwrap();
        found.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
    }

    /// Waits for the end: its exit code and the rest of its log.
    pub fn end(mut self) -> (Option<i32>, String) {
        let code = self.child.wait().unwrap().code();
        (code, self.log.take().unwrap().join().unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
