//! What the commands of a team share: the folder, teams, times and lines as people write and read them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use domain::association::AssociationId;
use domain::calendar::{Date, JstTime, to_rfc3339};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::serve::{self, Opened};
use crate::config::BadConfig;
use crate::edition::bundled;
use crate::service::pictures::Pictures;
use crate::service::staff::Desk;
use crate::service::{Bookings, system_clock};
use crate::store::content::ContentStore;
use crate::store::hosts::HostStore;
use crate::store::{Address, Booking};

// Not `Debug`: a password is in it.
#[derive(clap::Args)]
pub struct Var {
    /// Folder of the server's data.
    #[arg(long, env = "TONARI_VAR", default_value = "var")]
    var: PathBuf,
    /// The server's database, as it was given to it.
    #[arg(long, env = "TONARI_DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
}

impl Var {
    pub fn folder(&self) -> &Path {
        &self.var
    }

    pub fn keys(&self) -> PathBuf {
        self.var.join("booking.keys")
    }

    /// The database's file, for what only SQLite can do here.
    pub fn file(&self, otherwise: &str) -> anyhow::Result<PathBuf> {
        match self.address()? {
            Address::Sqlite(file) => Ok(file),
            Address::Postgres(_) => bail!("the database is PostgreSQL; use {otherwise}"),
        }
    }

    pub fn address(&self) -> anyhow::Result<Address> {
        Ok(Address::of(self.database_url.as_deref(), &self.var).map_err(BadConfig::Database)?)
    }

    /// Where it is written down what was erased, so that a backup of before can be brought up to it.
    pub fn erased(&self) -> PathBuf {
        self.var.join("erased.list")
    }

    /// The same data a running server uses; both may at once. In a wrong folder every answer would be a wrong "nothing",
    /// so nothing is made.
    pub fn open(&self) -> anyhow::Result<(Bookings, Runtime)> {
        self.is_there()?;
        self.open_or_make()
    }

    /// What is read, of the same data.
    pub fn contents(&self) -> anyhow::Result<(Arc<dyn ContentStore>, Runtime)> {
        self.is_there()?;
        let (opened, runtime) = self.opened()?;
        Ok((opened.contents, runtime))
    }

    /// Whose pages may show a widget, of the same data.
    pub fn hosts(&self) -> anyhow::Result<(Arc<dyn HostStore>, Runtime)> {
        self.is_there()?;
        let (opened, runtime) = self.opened()?;
        Ok((opened.hosts, runtime))
    }

    /// Pictures of what is read, of the same data.
    pub fn pictures(&self) -> anyhow::Result<(Pictures, Runtime)> {
        self.is_there()?;
        let (opened, runtime) = self.opened()?;
        Ok((opened.pictures, runtime))
    }

    /// Who works at the desk, of the same data.
    pub fn desk(&self) -> anyhow::Result<(Desk, Runtime)> {
        self.is_there()?;
        let (opened, runtime) = self.opened()?;
        Ok((opened.staff, runtime))
    }

    fn is_there(&self) -> anyhow::Result<()> {
        let mut files = vec![self.keys()];
        if let Address::Sqlite(file) = self.address()? {
            files.push(file);
        }
        if let Some(missing) = files.iter().find(|file| !file.exists()) {
            bail!("there is no {} (TONARI_VAR); `tonari serve` makes it", missing.display());
        }
        Ok(())
    }

    /// With who works there.
    pub fn open_with_desk(&self) -> anyhow::Result<(Bookings, Desk, Runtime)> {
        self.is_there()?;
        let (opened, runtime) = self.opened()?;
        Ok((opened.bookings, opened.staff, runtime))
    }

    pub fn open_or_make(&self) -> anyhow::Result<(Bookings, Runtime)> {
        let (opened, runtime) = self.opened()?;
        Ok((opened.bookings, runtime))
    }

    fn opened(&self) -> anyhow::Result<(Opened, Runtime)> {
        let runtime = Runtime::new().context("the async runtime does not start")?;
        let database = self.address()?;
        let opened = runtime.block_on(serve::open(&self.var, &database, system_clock()))?;
        Ok((opened, runtime))
    }
}

/// Who sits here, for the record of who looked. A name, not a proof: whoever may read the folder could write the record.
pub fn who() -> String {
    let named = ["SUDO_USER", "USER", "LOGNAME"].into_iter().filter_map(|name| std::env::var(name).ok());
    let name = named.into_iter().find(|name| !name.is_empty());
    format!("cli:{}", name.as_deref().unwrap_or("unknown"))
}

/// An association of the directory.
pub fn association(id: &str) -> anyhow::Result<AssociationId> {
    let id = AssociationId(id.to_owned());
    bundled().association(&id).with_context(|| format!("there is no association {:?}", id.as_str()))?;
    Ok(id)
}

/// One that has a women's team.
pub fn team(id: &str) -> anyhow::Result<AssociationId> {
    let id = association(id)?;
    let edition = bundled();
    let team = edition.association(&id).and_then(|association| association.team.as_ref());
    team.with_context(|| format!("{} is not listed with a women's team", id.as_str()))?;
    Ok(id)
}

/// `2026-12-01T10:00` by the clock in Japan.
pub fn time(text: &str) -> anyhow::Result<i64> {
    let parsed = || {
        let (date, clock) = text.split_once('T')?;
        let (hour, minute) = clock.split_once(':')?;
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        let fits = clock.len() == 5 && hour < 24 && minute < 60;
        fits.then_some(JstTime { date: Date::parse(date)?, minute: hour * 60 + minute }.unix_seconds())
    };
    parsed().with_context(|| format!("{text:?} is not a time like 2026-12-01T10:00"))
}

/// `2026-12-01`
pub fn day(text: &str) -> anyhow::Result<Date> {
    Date::parse(text).with_context(|| format!("{text:?} is not a day like 2026-12-01"))
}

/// As [`time`] reads it.
pub fn clock(start: i64) -> String {
    let JstTime { date, minute } = JstTime::from_unix_seconds(start);
    format!("{}T{:02}:{:02}", date.to_text(), minute / 60, minute % 60)
}

/// One booking in a line, without who she is.
pub fn line(booking: &Booking) -> String {
    let mark = if booking.fictional { " fictional" } else { "" };
    format!(
        "{} {} {} min {} {} {}{mark}",
        booking.reference,
        clock(booking.start),
        booking.length,
        booking.kind.code(),
        booking.status.code(),
        booking.team.as_str(),
    )
}

/// The same for machines; `start` is UTC.
pub fn json(booking: &Booking) -> Value {
    json!({
        "reference": booking.reference,
        "team": booking.team,
        "start": to_rfc3339(booking.start),
        "length": booking.length,
        "kind": booking.kind,
        "place": booking.place,
        "status": booking.status,
        "fictional": booking.fictional,
    })
}
