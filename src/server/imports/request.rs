//! One question over one line to one place, which `fetch` has judged. The line is of that question alone and ends with it.

use std::io::Read;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{self, HeaderMap, HeaderName};
use axum::http::{Request, Response, StatusCode};
use flate2::read::GzDecoder;
use futures_util::StreamExt;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use url::Url;

use super::fetch::{Fetched, Known, LARGEST, Refused};

/// Heads are counted before anything of them is kept.
const LARGEST_HEAD: usize = 64 << 10;
const MOST_HEADERS: usize = 100;
const LONGEST_MARK: usize = 200;

pub enum Answer {
    Here(Fetched),
    AsBefore,
    Elsewhere(String),
}

pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Trusts whom this machine trusts.
pub fn tls() -> TlsConnector {
    let mut roots = RootCertStore::empty();
    // One that cannot be read vouches for nobody; the others do.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring knows them")
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

/// To the first of these places that takes it.
pub async fn line(url: &Url, places: &[SocketAddr], tls: &TlsConnector) -> Result<Box<dyn Stream>, Refused> {
    let mut line = Err(Refused::Unreachable);
    for place in places.iter().take(4) {
        if let Ok(taken) = TcpStream::connect(place).await {
            line = Ok(taken);
            break;
        }
    }
    let line = line?;
    if url.scheme() == "http" {
        return Ok(Box::new(line));
    }
    let name = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
    let name = ServerName::try_from(name).map_err(|_| Refused::NoAddress)?;
    let proven = tls.connect(name, line).await.map_err(|_| Refused::Untrusted)?;
    Ok(Box::new(proven))
}

pub async fn ask(line: Box<dyn Stream>, url: &Url, agent: &str, known: &Known) -> Result<Answer, Refused> {
    let question = question(url, agent, known).ok_or(Refused::NoAddress)?;
    let shaken = http1::Builder::new()
        .max_buf_size(LARGEST_HEAD)
        .max_headers(MOST_HEADERS)
        .handshake(TokioIo::new(line))
        .await;
    let (mut sender, connection) = shaken.map_err(|_| Refused::BrokenOff)?;
    let answering = async move {
        let answer = sender.send_request(question).await.map_err(|_| Refused::BrokenOff)?;
        heard(answer.map(Body::new), !known.is_empty()).await
    };
    tokio::pin!(answering, connection);
    // The line has nobody else to drive it, and is dropped with the answer.
    tokio::select! {
        answer = &mut answering => return answer,
        _ = &mut connection => {}
    }
    answering.await
}

fn question(url: &Url, agent: &str, known: &Known) -> Option<Request<Body>> {
    let host = url.host_str()?;
    let host = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let mut question = Request::get(path)
        .header(header::HOST, host)
        .header(header::USER_AGENT, agent)
        .header(
            header::ACCEPT,
            "text/calendar, application/rss+xml, application/atom+xml, application/xml;q=0.8",
        )
        .header(header::ACCEPT_ENCODING, "identity")
        .header(header::CONNECTION, "close");
    for (name, mark) in [(header::IF_NONE_MATCH, &known.etag), (header::IF_MODIFIED_SINCE, &known.modified)] {
        if let Some(mark) = mark {
            question = question.header(name, mark);
        }
    }
    question.body(Body::empty()).ok()
}

async fn heard(answer: Response<Body>, conditional: bool) -> Result<Answer, Refused> {
    let (head, body) = answer.into_parts();
    match head.status {
        StatusCode::OK => {}
        StatusCode::NOT_MODIFIED if conditional => return Ok(Answer::AsBefore),
        status if status.is_redirection() => {
            return text(&head.headers, &header::LOCATION)
                .map(Answer::Elsewhere)
                .ok_or(Refused::Status(status.as_u16()));
        }
        status => return Err(Refused::Status(status.as_u16())),
    }
    if is_other_kind(&text(&head.headers, &header::CONTENT_TYPE).unwrap_or_default()) {
        return Err(Refused::OtherKind);
    }
    let packing = text(&head.headers, &header::CONTENT_ENCODING).unwrap_or_default().to_ascii_lowercase();
    let bytes = bounded(body).await?;
    let bytes = match &*packing {
        "" | "identity" => bytes,
        "gzip" | "x-gzip" => unpacked(&bytes)?,
        _ => return Err(Refused::Packed),
    };
    let mark = |name| text(&head.headers, &name).filter(|mark| mark.len() <= LONGEST_MARK);
    Ok(Answer::Here(Fetched {
        bytes,
        known: Known { etag: mark(header::ETAG), modified: mark(header::LAST_MODIFIED) },
    }))
}

/// What is meant for eyes. Calendars come under many names, `application/octet-stream` among them.
fn is_other_kind(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "text/html" || ["image/", "audio/", "video/", "font/"].iter().any(|other| kind.starts_with(other))
}

async fn bounded(body: Body) -> Result<Vec<u8>, Refused> {
    let mut stream = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(part) = stream.next().await {
        let part = part.map_err(|_| Refused::BrokenOff)?;
        if bytes.len() + part.len() > LARGEST {
            return Err(Refused::TooLarge);
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

/// Some servers pack whatever is said. What it becomes is counted while it is unpacked.
fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    let mut out = Vec::new();
    let most = LARGEST as u64 + 1;
    GzDecoder::new(bytes).take(most).read_to_end(&mut out).map_err(|_| Refused::BrokenOff)?;
    if out.len() > LARGEST { Err(Refused::TooLarge) } else { Ok(out) }
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(ToOwned::to_owned)
}
