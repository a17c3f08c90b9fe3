//! Where the database is. Never shown in full: there may be a password in it.

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

#[derive(Clone)]
pub enum Address {
    /// A file on this machine.
    Sqlite(PathBuf),
    Postgres(Box<Postgres>),
}

#[derive(Clone)]
pub struct Postgres {
    pub config: Config,
    /// The way there is encrypted, and whoever answers has to prove that the name is his.
    pub encrypted: bool,
    /// Who may vouch for that (PEM); without one, whoever this machine trusts.
    pub authority: Option<PathBuf>,
}

impl Address {
    /// As in `TONARI_DATABASE_URL`; without one, a file in the server's folder.
    ///
    /// # Errors
    /// In words that do not repeat what was given.
    pub fn of(url: Option<&str>, var: &Path) -> Result<Self, &'static str> {
        match url {
            // An empty variable in a unit file means "not set".
            None | Some("") => Ok(Self::Sqlite(var.join("tonari.db"))),
            Some(url) => Self::parse(url),
        }
    }

    fn parse(url: &str) -> Result<Self, &'static str> {
        const SHAPE: &str = "it has to be sqlite:PATH or postgres://user:password@host/database";
        if let Some(path) = url.strip_prefix("sqlite:") {
            return if path.is_empty() { Err(SHAPE) } else { Ok(Self::Sqlite(PathBuf::from(path))) };
        }
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(SHAPE);
        }
        let (url, authority) = without_authority(url);
        let config: Config = url.parse().map_err(|_| SHAPE)?;
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            return Err(
                "it has to name a host, or a socket's folder like postgres:///tonari?host=/run/postgresql",
            );
        }
        let encrypted = match config.get_ssl_mode() {
            SslMode::Disable => false,
            SslMode::Prefer => !is_this_machine(&config),
            _ => true,
        };
        if authority.is_some() && !encrypted {
            return Err("sslrootcert vouches for nobody where nothing is encrypted; add sslmode=require");
        }
        Ok(Self::Postgres(Box::new(Postgres { config, encrypted, authority })))
    }
}

/// What other programs understand and the library does not: who vouches, and that the name is proven, which it always is.
fn without_authority(url: &str) -> (String, Option<PathBuf>) {
    let Some((base, query)) = url.split_once('?') else { return (url.to_owned(), None) };
    let mut authority = None;
    let mut kept = Vec::new();
    for parameter in query.split('&') {
        match parameter.split_once('=') {
            Some(("sslrootcert", file)) => authority = Some(PathBuf::from(file)),
            Some(("sslmode", "verify-full")) => kept.push("sslmode=require"),
            _ => kept.push(parameter),
        }
    }
    ([base, "?", &kept.join("&")].concat(), authority)
}

fn is_this_machine(config: &Config) -> bool {
    let named = config.get_hosts().iter().all(|host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback()),
    });
    named && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

/// For people; neither who we are there nor by what we prove it.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(file) => file.display().fmt(f),
            Self::Postgres(postgres) => match postgres.config.get_dbname() {
                Some(name) => write!(f, "the PostgreSQL database {name}"),
                None => f.write_str("the PostgreSQL database"),
            },
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_address_it_is_a_file_in_the_folder() {
        for unset in [None, Some("")] {
            let address = Address::of(unset, Path::new("var")).unwrap();
            assert_eq!(address.to_string(), "var/tonari.db");
        }
        let address = Address::of(Some("sqlite:/srv/tonari/bookings.db"), Path::new("var")).unwrap();
        assert_eq!(address.to_string(), "/srv/tonari/bookings.db");
    }

    #[test]
    fn nothing_goes_to_another_machine_in_the_clear_unless_asked_for() {
        for (url, encrypted) in [
            ("postgres://who:secret@localhost/tonari", false),
            ("postgresql://who:secret@127.0.0.1:5433/tonari", false),
            ("postgres:///tonari?host=/run/postgresql&user=who", false),
            ("postgres://who:secret@db.example.jp/tonari", true),
            ("postgres://who:secret@localhost,db.example.jp/tonari", true),
            ("postgres://who:secret@localhost/tonari?hostaddr=192.0.2.7", true),
            ("postgres://who:secret@db.example.jp/tonari?sslmode=disable", false),
            ("postgres://who:secret@db.example.jp/tonari?sslmode=require", true),
            ("postgres://who:secret@localhost/tonari?sslmode=verify-full&sslrootcert=/etc/ca.pem", true),
        ] {
            let Ok(Address::Postgres(postgres)) = Address::of(Some(url), Path::new("var")) else {
                panic!("{url} is refused");
            };
            assert_eq!(postgres.encrypted, encrypted, "{url}");
            assert_eq!(postgres.authority.is_some(), url.contains("ca.pem"), "{url}");
            let address = Address::Postgres(postgres);
            assert!(!format!("{address} {address:?}").contains("secret"));
        }
    }

    #[test]
    fn what_is_no_address_is_refused_without_repeating_it() {
        for url in [
            "postgres://who:secret@/tonari",
            "postgres://who:secret@localhost:port/tonari",
            "postgres://who:secret@localhost/tonari?sslrootcert=/etc/ca.pem",
            "mysql://who:secret@localhost/tonari",
            "sqlite:",
            "tonari.db",
        ] {
            let why = Address::of(Some(url), Path::new("var")).err().unwrap();
            assert!(!why.contains("secret"), "{url}: {why}");
        }
    }
}
