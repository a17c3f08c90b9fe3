//! One polite look at an address somebody gave us, which may be anybody's: it is bounded in time, bytes and steps, and
//! leads nowhere but into the open network.
//!
//! A name is resolved here, once, every address of it is judged, and the line goes to exactly an address that was judged:
//! a name that means something else a moment later means nothing to us. Each redirect is judged like the first address.
//! `robots.txt` is not asked: it is for those who find addresses by themselves, and this one was given by its owner.

use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio_rustls::TlsConnector;
use url::{Host, Url};

use super::global::is_global;
use super::request::{self, Answer};

/// Also when it was unpacked.
pub const LARGEST: usize = 1 << 20;
const REDIRECTS: usize = 3;
/// As long as a link of an event may be.
const LONGEST_ADDRESS: usize = 300;

/// Why nothing came from an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("is no address that begins with http:// or https:// and has at most 300 characters")]
    NoAddress,
    #[error("has a name or a password in it")]
    Credentials,
    #[error("asks for another port than 80 or 443")]
    Port,
    #[error("lies, or leads, into a network that is not public")]
    Private,
    #[error("leads from https to http")]
    Unprotected,
    #[error("has a name that nobody knows")]
    NoSuchName,
    #[error("cannot be reached")]
    Unreachable,
    #[error("cannot prove to be who it says: its certificate is not trusted here")]
    Untrusted,
    #[error("leads on and on; three times is the most")]
    Redirects,
    #[error("took longer than it may")]
    TooSlow,
    #[error("sent more than 1 MB")]
    TooLarge,
    #[error("answered with status {0}")]
    Status(u16),
    #[error("sent something packed in a way nobody asked for")]
    Packed,
    #[error("sent a page or a picture instead of a calendar or a feed")]
    OtherKind,
    #[error("broke off in the middle, or spoke no HTTP")]
    BrokenOff,
}

/// By what a server knows which state of a page we have.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Known {
    pub etag: Option<String>,
    pub modified: Option<String>,
}

impl Known {
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.etag.is_none() && self.modified.is_none()
    }
}

#[derive(Debug)]
pub struct Fetched {
    pub bytes: Vec<u8>,
    pub known: Known,
}

/// How far one look goes.
#[derive(Clone, Debug)]
pub struct Reach {
    /// From the first name to the last byte, redirects included.
    pub within: Duration,
    /// Places in no public network that may be asked all the same. Nothing but a test has any.
    pub also: Vec<SocketAddr>,
}

impl Reach {
    #[must_use]
    pub const fn public() -> Self {
        Self { within: Duration::from_secs(10), also: Vec::new() }
    }

    fn allows(&self, place: SocketAddr) -> bool {
        is_global(place.ip()) || self.also.contains(&place)
    }
}

pub type Resolving<'a> = Pin<Box<dyn Future<Output = Vec<IpAddr>> + Send + 'a>>;

/// Who knows what a name means.
pub trait Names: Send + Sync + 'static {
    /// None: nobody of that name.
    fn addresses<'a>(&'a self, name: &'a str) -> Resolving<'a>;
}

/// As this machine is set up.
pub struct SystemNames;

impl Names for SystemNames {
    fn addresses<'a>(&'a self, name: &'a str) -> Resolving<'a> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await;
            found.map(|places| places.map(|place| place.ip()).collect()).unwrap_or_default()
        })
    }
}

pub struct Fetcher {
    names: Arc<dyn Names>,
    tls: TlsConnector,
    agent: String,
    reach: Reach,
}

/// An address as somebody gave it.
///
/// # Errors
/// Where nobody is asked there.
pub fn address(text: &str, reach: &Reach) -> Result<Url, Refused> {
    let mut url = Url::parse(text.trim()).map_err(|_| Refused::NoAddress)?;
    url.set_fragment(None);
    judge(&url, reach)?;
    Ok(url)
}

/// What can be said of an address before its name is resolved.
fn judge(url: &Url, reach: &Reach) -> Result<(), Refused> {
    let fits =
        matches!(url.scheme(), "http" | "https") && url.has_host() && url.as_str().len() <= LONGEST_ADDRESS;
    let port = url.port_or_known_default().filter(|_| fits).ok_or(Refused::NoAddress)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refused::Credentials);
    }
    let known = matches!(port, 80 | 443) || reach.also.iter().any(|place| place.port() == port);
    if known { Ok(()) } else { Err(Refused::Port) }
}

impl Fetcher {
    /// `home`: where people reach this server, so that whoever reads a log knows whom to ask.
    #[must_use]
    pub fn new(home: Option<&str>, names: Arc<dyn Names>, reach: Reach) -> Self {
        let home = home.map(|home| format!(" (+{home})")).unwrap_or_default();
        let agent = format!("Tonari/{}{home}", env!("CARGO_PKG_VERSION"));
        Self { names, tls: request::tls(), agent, reach }
    }

    #[must_use]
    pub const fn reach(&self) -> &Reach {
        &self.reach
    }

    /// `None`: it is as it was.
    ///
    /// # Errors
    /// Why there is nothing.
    pub async fn fetch(&self, url: &Url, known: &Known) -> Result<Option<Fetched>, Refused> {
        let looked = tokio::time::timeout(self.reach.within, self.follow(url.clone(), known)).await;
        looked.unwrap_or(Err(Refused::TooSlow))
    }

    async fn follow(&self, mut url: Url, known: &Known) -> Result<Option<Fetched>, Refused> {
        for _ in 0..=REDIRECTS {
            let stream = request::line(&url, &self.places(&url).await?, &self.tls).await?;
            match request::ask(stream, &url, &self.agent, known).await? {
                Answer::Here(fetched) => return Ok(Some(fetched)),
                Answer::AsBefore => return Ok(None),
                Answer::Elsewhere(to) => {
                    let mut next = url.join(&to).map_err(|_| Refused::NoAddress)?;
                    next.set_fragment(None);
                    judge(&next, &self.reach)?;
                    if url.scheme() == "https" && next.scheme() == "http" {
                        return Err(Refused::Unprotected);
                    }
                    url = next;
                }
            }
        }
        Err(Refused::Redirects)
    }

    /// Where the name lies. One address that is not public is enough to ask nobody: such a name is set up to mislead.
    async fn places(&self, url: &Url) -> Result<Vec<SocketAddr>, Refused> {
        let port = url.port_or_known_default().ok_or(Refused::NoAddress)?;
        let addresses = match url.host().ok_or(Refused::NoAddress)? {
            Host::Ipv4(address) => vec![IpAddr::V4(address)],
            Host::Ipv6(address) => vec![IpAddr::V6(address)],
            Host::Domain(name) => self.names.addresses(name).await,
        };
        let places: Vec<SocketAddr> =
            addresses.into_iter().map(|address| SocketAddr::new(address, port)).collect();
        match places.is_empty() {
            true => Err(Refused::NoSuchName),
            false if places.iter().all(|place| self.reach.allows(*place)) => Ok(places),
            false => Err(Refused::Private),
        }
    }
}
