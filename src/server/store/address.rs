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
    Postgres(Box<Config>),
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
        let config: Config = url.parse().map_err(|_| SHAPE)?;
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            return Err(
                "it has to name a host, or a socket's folder like postgres:///tonari?host=/run/postgresql",
            );
        }
        match config.get_ssl_mode() {
            SslMode::Disable => {}
            SslMode::Prefer if is_this_machine(&config) => {}
            SslMode::Prefer => {
                return Err(
                    "what goes to another machine would not be encrypted; say so by ?sslmode=disable",
                );
            }
            _ => return Err("this program does not encrypt the way to its database yet"),
        }
        Ok(Self::Postgres(Box::new(config)))
    }
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
            Self::Postgres(config) => match config.get_dbname() {
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
        for (url, fits) in [
            ("postgres://who:secret@localhost/tonari", true),
            ("postgresql://who:secret@127.0.0.1:5433/tonari", true),
            ("postgres:///tonari?host=/run/postgresql&user=who", true),
            ("postgres://who:secret@db.example.jp/tonari", false),
            ("postgres://who:secret@localhost,db.example.jp/tonari", false),
            ("postgres://who:secret@localhost/tonari?hostaddr=192.0.2.7", false),
            ("postgres://who:secret@db.example.jp/tonari?sslmode=disable", true),
            ("postgres://who:secret@db.example.jp/tonari?sslmode=require", false),
            ("postgres://who:secret@/tonari", false),
            ("postgres://who:secret@localhost:port/tonari", false),
            ("mysql://who:secret@localhost/tonari", false),
            ("sqlite:", false),
            ("tonari.db", false),
        ] {
            match Address::of(Some(url), Path::new("var")) {
                Ok(address) => {
                    assert!(fits, "{url}");
                    assert!(!format!("{address} {address:?}").contains("secret"));
                }
                Err(why) => assert!(!fits && !why.contains("secret"), "{url}: {why}"),
            }
        }
    }
}
