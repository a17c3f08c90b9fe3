//! A PostgreSQL of one's own, for tests and measurements: in a temporary folder, reached by a socket in it, with everything
//! on that a real one needs to keep its promises. It stops when the program does, however that ends.
//!
//! Only for programs that nobody depends on: what goes wrong here ends them.

use std::fs::{self, Permissions};
use std::io::Read;
use std::iter;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio_postgres::{Client, Config, NoTls};

/// Where Debian has its versions, each with its programs in `bin`.
const VERSIONS: &str = "/usr/lib/postgresql";
const MISSING: &str =
    "PostgreSQL is not here: `cargo xtask test unit` installs it (Debian's package postgresql), as root";

/// Shared by a whole program, each story in a database of its own.
pub static SHARED: LazyLock<Cluster> =
    LazyLock::new(|| Cluster::start().unwrap_or_else(|why| panic!("{why}")));

pub struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    /// Where it listens for other machines; only this one can be tried.
    port: Option<u16>,
    user: Option<(u32, u32)>,
    databases: AtomicU32,
    /// Closed by the system when this process ends; then whoever reads the other end stops the server.
    _alive: ChildStdin,
}

impl Cluster {
    /// # Errors
    /// Why there is none, for people.
    pub fn start() -> Result<Self, String> {
        let cluster = Self::make()?;
        cluster.settle("listen_addresses = ''")?;
        cluster.control("start")?;
        Ok(cluster)
    }

    /// One that other machines reach, encrypted, with a certificate of its own for `localhost`.
    ///
    /// # Errors
    /// Why there is none, for people.
    pub fn start_elsewhere() -> Result<Self, String> {
        let mut cluster = Self::make()?;
        cluster.certify()?;
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
        let port = port.map_err(|error| error.to_string())?.port();
        cluster.settle(&format!("listen_addresses = '127.0.0.1'\nport = {port}\nssl = on"))?;
        cluster.port = Some(port);
        cluster.control("start")?;
        Ok(cluster)
    }

    /// The certificate it shows, which vouches for itself (PEM).
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.folder.join("data/server.crt")
    }

    /// The same database as an operator of this machine writes it.
    #[must_use]
    pub fn url(&self, database: &Config) -> String {
        let name = database.get_dbname().unwrap_or_default();
        format!("postgres:///{name}?host={}&user=tonari", self.folder.display())
    }

    /// The same database as another machine names it.
    #[must_use]
    pub fn from_afar(&self, database: &Config) -> Config {
        let mut config = Config::new();
        config.host("localhost").user("tonari").dbname(database.get_dbname().unwrap_or_default());
        config.port(self.port.unwrap_or_default());
        config
    }

    /// From now on it says to everybody that it cannot.
    ///
    /// # Errors
    /// It does not come up again.
    pub fn stop_encrypting(&self) -> Result<(), String> {
        self.settle("ssl = off")?;
        self.control("restart")
    }

    fn make() -> Result<Self, String> {
        let programs = newest(Path::new(VERSIONS)).ok_or(MISSING)?;
        let user = other_than_root()?;
        let folder =
            tempfile::Builder::new().prefix("tonari-pg").tempdir().map_err(|e| e.to_string())?.keep();
        if let Some((uid, gid)) = user {
            chown(&folder, Some(uid), Some(gid)).map_err(|error| error.to_string())?;
        }
        let alive = guard(&programs, &folder, user)?;
        let cluster =
            Self { programs, folder, port: None, user, databases: AtomicU32::new(0), _alive: alive };
        cluster.run("initdb", &["--username=tonari", "--auth=trust", "--encoding=UTF8", "--locale=C"])?;
        cluster.settle(&format!(
            "unix_socket_directories = '{}'\nfsync = on\nsynchronous_commit = on\n\
             shared_preload_libraries = 'pg_stat_statements'",
            cluster.folder.display()
        ))?;
        Ok(cluster)
    }

    /// The last word on a setting counts.
    fn settle(&self, settings: &str) -> Result<(), String> {
        let file = self.folder.join("data/postgresql.conf");
        let text = fs::read_to_string(&file).map_err(|error| error.to_string())?;
        fs::write(&file, format!("{text}{settings}\n")).map_err(|error| error.to_string())
    }

    fn certify(&self) -> Result<(), String> {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]);
        let made = made.map_err(|error| error.to_string())?;
        let key = made.signing_key.serialize_pem();
        for (name, text) in [("server.crt", made.cert.pem()), ("server.key", key)] {
            let file = self.folder.join("data").join(name);
            fs::write(&file, text).map_err(|error| error.to_string())?;
            fs::set_permissions(&file, Permissions::from_mode(0o600)).map_err(|error| error.to_string())?;
            if let Some((uid, gid)) = self.user {
                chown(&file, Some(uid), Some(gid)).map_err(|error| error.to_string())?;
            }
        }
        Ok(())
    }

    /// An empty database, which nobody else has.
    pub async fn database(&self) -> Config {
        let name = format!("story_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let client = connect(&self.config("postgres")).await;
        let create = format!("CREATE DATABASE {name} TEMPLATE template0");
        client.batch_execute(&create).await.expect("the cluster is ours");
        self.config(&name)
    }

    /// Without a good-bye to anybody, as after a crash.
    pub fn crash_and_restart(&self) {
        self.control("restart").unwrap_or_else(|why| panic!("{why}"));
    }

    /// Every process of the server stands still, with all connections open, until the silence is dropped.
    pub fn fall_silent(&self) -> Silence {
        let of_the_server = fs::read_to_string(self.folder.join("data/postmaster.pid"));
        let of_the_server = of_the_server.expect("the server runs");
        let server = of_the_server.lines().next().expect("a pid file begins with it").to_owned();
        // Its children last, or it would start others in their place.
        let children = fs::read_to_string(format!("/proc/{server}/task/{server}/children"));
        let children = children.expect("the server runs");
        let pids =
            iter::once(server.as_str()).chain(children.split_whitespace()).map(str::to_owned).collect();
        let silence = Silence(pids);
        silence.signal("-STOP");
        silence
    }

    fn config(&self, database: &str) -> Config {
        let mut config = Config::new();
        config.host_path(&self.folder).user("tonari").dbname(database);
        if let Some(port) = self.port {
            config.port(port);
        }
        config
    }

    fn control(&self, what: &str) -> Result<(), String> {
        let log = self.folder.join("log");
        let mode: &[&str] = if what == "restart" { &["--mode=immediate"] } else { &[] };
        let log = log.to_str().ok_or("the temporary folder has no name in Unicode")?;
        self.run("pg_ctl", &[&[what, "--wait", "--log", log], mode].concat())
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<(), String> {
        let mut command = as_user(&self.programs.join(program), self.user);
        command.arg("--pgdata").arg(self.folder.join("data")).args(arguments).current_dir(&self.folder);
        // The server it starts would keep a pipe of ours open.
        let output = fs::File::create(self.folder.join("output")).map_err(|error| error.to_string())?;
        let errors = output.try_clone().map_err(|error| error.to_string())?;
        let status = command.stdin(Stdio::null()).stdout(output).stderr(errors).status();
        if status.as_ref().is_ok_and(std::process::ExitStatus::success) {
            return Ok(());
        }
        let mut said = String::new();
        for file in ["output", "log"] {
            if let Ok(mut file) = fs::File::open(self.folder.join(file)) {
                let _ = file.read_to_string(&mut said);
            }
        }
        Err(format!("PostgreSQL's {program} failed ({status:?}): {said}"))
    }
}

/// Processes that stand still.
pub struct Silence(Vec<String>);

impl Silence {
    fn signal(&self, signal: &str) {
        let sent = Command::new("kill").arg(signal).args(&self.0).status();
        assert!(sent.is_ok_and(|status| status.success()), "cannot send {signal} to {:?}", self.0);
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        self.signal("-CONT");
    }
}

pub async fn connect(config: &Config) -> Client {
    let (client, connection) = config.connect(NoTls).await.expect("the cluster is ours");
    tokio::spawn(connection);
    client
}

/// Waits for our end, then stops the server by its pid file and clears away.
fn guard(programs: &Path, folder: &Path, user: Option<(u32, u32)>) -> Result<ChildStdin, String> {
    let script = r#"cat; "$1/pg_ctl" stop --mode=immediate --pgdata "$2/data"; rm -rf "$2""#;
    let mut command = as_user(Path::new("/bin/sh"), user);
    command.args(["-c", script, "sh"]).arg(programs).arg(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    // Of a group of its own, so that Ctrl-C does not end it before its work.
    let child =
        command.process_group(0).spawn().map_err(|error| format!("no guard for PostgreSQL: {error}"))?;
    child.stdin.ok_or_else(|| "no pipe to the guard of PostgreSQL".to_owned())
}

fn as_user(program: &Path, user: Option<(u32, u32)>) -> Command {
    let Some((uid, gid)) = user else { return Command::new(program) };
    let mut command = Command::new("setpriv");
    command.args([format!("--reuid={uid}"), format!("--regid={gid}"), "--clear-groups".to_owned()]);
    command.arg("--").arg(program);
    command
}

fn newest(versions: &Path) -> Option<PathBuf> {
    let found = fs::read_dir(versions).ok()?.flatten().map(|entry| entry.path());
    let with_programs = found.filter(|path| path.join("bin/initdb").is_file());
    let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    with_programs.max_by_key(number).map(|path| path.join("bin"))
}

/// PostgreSQL refuses to run as root; then it runs as its own user, or as nobody.
fn other_than_root() -> Result<Option<(u32, u32)>, String> {
    let uid = fs::metadata("/proc/self").map_err(|error| error.to_string())?.uid();
    if uid != 0 {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").map_err(|error| error.to_string())?;
    let ids = |name: &str| {
        let line = users.lines().find_map(|line| line.strip_prefix(&format!("{name}:")))?;
        let mut fields = line.split(':').skip(1);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    let found = ids("postgres").or_else(|| ids("nobody"));
    found.map(Some).ok_or_else(|| "PostgreSQL refuses to run as root, and there is no user nobody".to_owned())
}
