//! The settings of `tonari serve`, from flags or environment, refused early and in one line.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::Context;
use domain::booking::contact::Mail;

use crate::limit::Allowance;
use crate::mail::{LIMIT, Post, SmtpUrl};
use crate::pressure::Bearable;
use crate::site::files::Folder;
use crate::store::Address;

/// As given on the command line.
// Not `Debug`: a password is in it.
#[derive(clap::Args, Clone)]
pub struct Args {
    /// Address and port to listen on.
    #[arg(long, env = "TONARI_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Folder of the built app. Hashed files of earlier builds are taken from `earlier/*/` beside it.
    #[arg(long, env = "TONARI_SITE", default_value = "dist/app")]
    pub site: PathBuf,
    /// Folder of the built desk, for those who meet founders; without one there is none.
    #[arg(long, env = "TONARI_DESK", default_value = "dist/desk")]
    pub desk: PathBuf,
    /// Folder for what the server keeps: the key of signed editions, a newer edition, compressed files.
    #[arg(long, env = "TONARI_VAR", default_value = "var")]
    pub var: PathBuf,
    /// Database of bookings, sqlite:PATH or postgres://user:password@host/database; better given as a variable, which
    /// nobody else can see. Without one it is tonari.db in the folder.
    #[arg(long, env = "TONARI_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Where people reach this server, like https://tonari.example.jp; https turns HSTS on.
    #[arg(long, env = "TONARI_PUBLIC_URL")]
    pub public_url: Option<PublicUrl>,
    /// Retire bad builds: phones on any other version leave it at their next start.
    #[arg(long, env = "TONARI_MIN_VERSION")]
    pub min_version: Option<String>,
    /// Serve marked demonstration content too. Times of the ten teams are fictional then, and marked so.
    #[arg(long, env = "TONARI_DEMO")]
    pub demo: bool,
    /// Mail server, smtps://user:password@host or smtp://host; better given as a variable, which nobody else can see.
    /// Without one mails are written to `mail/` in the folder.
    #[arg(long, env = "TONARI_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Address mails come from. Choose one that says nothing to whoever looks over her shoulder.
    #[arg(long, env = "TONARI_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// Whoever shows it (`Authorization: Bearer …`) may read /metrics; without one nobody may.
    #[arg(long, env = "TONARI_METRICS_TOKEN", hide_env_values = true)]
    pub metrics_token: Option<String>,
    /// Compose everything for a host that only keeps files, below this folder: `/`, or like /soudan/. Nothing is booked then.
    #[arg(long, env = "TONARI_FILES", value_name = "FOLDER")]
    pub files: Option<Folder>,
    #[command(flatten)]
    pub allowance: Allowance,
    #[command(flatten)]
    pub bearable: Bearable,
}

/// Settings that can work.
#[derive(Clone, Debug)]
pub struct Config {
    pub listen: SocketAddr,
    pub site: PathBuf,
    /// There may be none.
    pub desk: PathBuf,
    pub var: PathBuf,
    pub database: Address,
    pub public_url: Option<PublicUrl>,
    pub min_version: Option<String>,
    /// Fictional times for the teams that have none.
    pub demo: bool,
    pub smtp_url: Option<SmtpUrl>,
    pub mail_from: Option<Mail>,
    pub metrics_token: Option<String>,
    /// What is served is meant to be collected, and put into this folder of a host.
    pub files: Option<Folder>,
    pub allowance: Allowance,
    /// Above it a booking costs work.
    pub bearable: Bearable,
}

/// Why settings cannot work.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadConfig {
    #[error("there is no built app in {0} (TONARI_SITE): run `cargo xtask serve`, which builds it")]
    NoSite(String),
    #[error("TONARI_MIN_VERSION has to be the 64 hexadecimal digits of a version, not {0:?}")]
    MinVersion(String),
    // The reason never repeats the setting: a password is in it.
    #[error("TONARI_DATABASE_URL cannot be used: {0}")]
    Database(&'static str),
    #[error("TONARI_SMTP_URL cannot be used: {0}")]
    SmtpUrl(&'static str),
    #[error("TONARI_MAIL_FROM has to be a mail address, and is not optional with TONARI_SMTP_URL")]
    MailFrom,
    #[error(
        "TONARI_FILES needs TONARI_PUBLIC_URL: pages, feeds and the map of the site name their own address"
    )]
    FilesWithoutUrl,
}

impl Config {
    #[must_use]
    pub fn mailing(&self) -> Mailing {
        Mailing { smtp_url: self.smtp_url.clone(), from: self.mail_from.clone() }
    }
}

impl TryFrom<Args> for Config {
    type Error = BadConfig;

    fn try_from(args: Args) -> Result<Self, BadConfig> {
        if !args.site.join("index.html").is_file() {
            return Err(BadConfig::NoSite(args.site.display().to_string()));
        }
        // An empty variable in a unit file means "not set".
        let min_version = args.min_version.filter(|version| !version.is_empty());
        if let Some(version) = &min_version
            && (version.len() != 64 || !version.bytes().all(|b| b.is_ascii_hexdigit()))
        {
            return Err(BadConfig::MinVersion(version.clone()));
        }
        let database = Address::of(args.database_url.as_deref(), &args.var).map_err(BadConfig::Database)?;
        let Mailing { smtp_url, from: mail_from } = Mailing::of(args.smtp_url, args.mail_from)?;
        if args.files.is_some() && args.public_url.is_none() {
            return Err(BadConfig::FilesWithoutUrl);
        }
        Ok(Self {
            listen: args.listen,
            site: args.site,
            desk: args.desk,
            var: args.var,
            database,
            public_url: args.public_url,
            min_version,
            demo: args.demo,
            smtp_url,
            mail_from,
            metrics_token: args.metrics_token.filter(|token| !token.is_empty()),
            files: args.files,
            allowance: args.allowance,
            bearable: args.bearable,
        })
    }
}

/// How mails leave.
#[derive(Clone, Debug)]
pub struct Mailing {
    pub smtp_url: Option<SmtpUrl>,
    pub from: Option<Mail>,
}

impl Mailing {
    /// # Errors
    /// A mail server or an address that cannot be used.
    pub fn of(smtp_url: Option<String>, from: Option<String>) -> Result<Self, BadConfig> {
        let smtp_url = smtp_url.filter(|url| !url.is_empty());
        let smtp_url = smtp_url.map(|url| SmtpUrl::parse(&url)).transpose().map_err(BadConfig::SmtpUrl)?;
        let from = from.filter(|from| !from.is_empty());
        let from = from.map(|from| Mail::parse(&from)).transpose().map_err(|_| BadConfig::MailFrom)?;
        if smtp_url.is_some() && from.is_none() {
            return Err(BadConfig::MailFrom);
        }
        Ok(Self { smtp_url, from })
    }

    /// To the mail server, or else into the folder of the server's data. Greets as `host`.
    ///
    /// # Errors
    /// A folder or certificates that cannot be used, in one line.
    pub fn post(&self, host: &str, var: &Path) -> anyhow::Result<Post> {
        if let Some(url) = &self.smtp_url {
            return Post::to_server(url, host, LIMIT).map_err(|_| {
                anyhow::anyhow!("the system's certificates cannot be used for TONARI_SMTP_URL")
            });
        }
        let folder = var.join("mail");
        Post::to_folder(&folder).with_context(|| format!("cannot create {}", folder.display()))
    }
}

/// Scheme and host under which people reach the server, without a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without a port.
    #[must_use]
    pub fn host(&self) -> &str {
        let authority = self.0.split_once("://").map_or("", |(_, authority)| authority);
        match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
            _ => authority,
        }
    }

    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl FromStr for PublicUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = text.strip_suffix('/').unwrap_or(text);
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        match host.map(str::parse::<axum::http::uri::Authority>) {
            Some(Ok(authority)) if !authority.host().is_empty() && !url.contains('@') => {
                Ok(Self(url.to_owned()))
            }
            _ => Err("it has to be http:// or https:// and a host, without a path"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_a_scheme_and_a_host() {
        for (text, https) in [
            ("https://tonari.example.jp", Some(true)),
            ("https://tonari.example.jp/", Some(true)),
            ("http://127.0.0.1:8080", Some(false)),
            ("tonari.example.jp", None),
            ("https://", None),
            ("https://tonari.example.jp/app", None),
            ("https://a b", None),
            ("https://who@tonari.example.jp", None),
            ("ftp://tonari.example.jp", None),
        ] {
            assert_eq!(text.parse::<PublicUrl>().ok().map(|u| u.is_https()), https, "{text}");
        }
    }
}
