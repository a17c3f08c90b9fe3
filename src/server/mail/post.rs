//! Hands a mail over: to a mail server, or into a folder when none is named.

use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::transport::smtp;
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::SmtpUrl;
use crate::private_file;

/// For one mail, from the connection to the server's last word.
pub const LIMIT: Duration = Duration::from_secs(30);

pub enum Post {
    Server {
        // One connection a mail: a kept one is dead when it is needed, and its death looks like a refusal.
        transport: Box<AsyncSmtpTransport<Tokio1Executor>>,
        limit: Duration,
    },
    /// One file a mail, for its owner only.
    Folder(PathBuf),
}

/// Why a mail is still ours. What the server wrote is not kept: it likes to repeat the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Not reached, too slow, or a 4xx: soon again.
    Later { code: Option<u16> },
    /// A 5xx: an operator may have to do something first.
    Refused { code: u16 },
}

impl Failure {
    #[must_use]
    pub const fn code(self) -> Option<u16> {
        match self {
            Self::Later { code } => code,
            Self::Refused { code } => Some(code),
        }
    }
}

impl Post {
    /// Greets as `host`.
    ///
    /// # Errors
    /// Certificates of the system that cannot be used.
    pub fn to_server(url: &SmtpUrl, host: &str, limit: Duration) -> Result<Self, smtp::Error> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str())?
            .hello_name(ClientId::Domain(host.to_owned()))
            .timeout(Some(limit))
            .build();
        Ok(Self::Server { transport: Box::new(transport), limit })
    }

    /// # Errors
    /// A folder that cannot be made.
    pub fn to_folder(folder: &Path) -> io::Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        Ok(Self::Folder(folder.to_path_buf()))
    }

    /// `name` is the same for the same mail.
    ///
    /// # Errors
    /// Whether it may be tried soon.
    pub async fn hand_over(&self, name: &str, mail: Message) -> Result<(), Failure> {
        match self {
            Self::Server { transport, limit } => {
                match tokio::time::timeout(*limit, transport.send(mail)).await {
                    Ok(Ok(_)) => Ok(()),
                    Ok(Err(failure)) => Err(told(&failure)),
                    Err(_) => Err(Failure::Later { code: None }),
                }
            }
            Self::Folder(folder) => {
                let file = folder.join(format!("{name}.eml"));
                let written =
                    tokio::task::spawn_blocking(move || private_file::replace(&file, &mail.formatted()));
                match written.await {
                    Ok(Ok(())) => Ok(()),
                    Ok(Err(_)) | Err(_) => Err(Failure::Later { code: None }),
                }
            }
        }
    }
}

fn told(failure: &smtp::Error) -> Failure {
    let code = failure.status().map(u16::from);
    match code {
        Some(code) if failure.is_permanent() => Failure::Refused { code },
        code => Failure::Later { code },
    }
}
