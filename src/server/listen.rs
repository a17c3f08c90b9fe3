//! Accepts connections, with a bound on everything a stranger can make us wait for.
//!
//! Slow headers, huge headers, idle connections and too many of them end here, before any handler runs. TLS and
//! HTTP/2 belong to the proxy in front.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt;

use crate::limit::Peer;

#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From the first byte of a connection, or the end of the last answer, to the end of the next header.
    pub header: Duration,
    /// Whole life of a connection: bounds clients that read their answer a byte at a time.
    pub connection: Duration,
    /// Open connections; more wait in the kernel's queue.
    pub connections: u32,
    /// For the request under way, once its connection has to end.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header: Duration::from_secs(20),
            connection: Duration::from_secs(600),
            connections: 2048,
            drain: Duration::from_secs(10),
        }
    }
}

/// Request line and headers together; what exceeds it is answered 431.
const HEADER_BYTES: usize = 16 * 1024;
const HEADER_COUNT: usize = 64;

/// Serves until `stop`, then lets open requests finish within [`Limits::drain`].
pub async fn serve(listener: TcpListener, app: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(limits.connections as usize));
    let (stopping, _) = watch::channel(false);
    let mut stop = std::pin::pin!(stop);
    loop {
        let place = Arc::clone(&places).acquire_owned();
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = async { (place.await, listener.accept().await) } => accepted,
        };
        match accepted {
            (Ok(place), Ok((stream, address))) => {
                let peer = Peer(address.ip());
                let connection = live(stream, peer, app.clone(), limits, stopping.subscribe());
                tokio::spawn(async move {
                    connection.await;
                    drop(place);
                });
            }
            (_, Err(failure)) => {
                // Out of file descriptors, most likely: looping at once would only burn the processor.
                tracing::warn!(%failure, "cannot accept a connection");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            (Err(_), Ok(_)) => unreachable!("the semaphore is never closed"),
        }
    }
    drop(listener);
    stopping.send_replace(true);
    // Every place free again means that every connection has ended; each ends within `drain`.
    let all = places.acquire_many(limits.connections);
    if tokio::time::timeout(limits.drain * 2, all).await.is_err() {
        tracing::warn!("open connections did not end");
    }
}

/// One connection from its first byte to its last. When its time is up, or the server stops, the request under way
/// may finish, within [`Limits::drain`]; how a connection ends is the client's affair and not worth a log line.
async fn live(
    stream: TcpStream,
    peer: Peer,
    app: Router,
    limits: Limits,
    mut stopping: watch::Receiver<bool>,
) {
    // Answers are written in one go; waiting to fill packets would only delay the last one.
    let _ = stream.set_nodelay(true);
    let app = app.map_request(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(peer);
        request
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header)
        .max_buf_size(HEADER_BYTES)
        .max_headers(HEADER_COUNT)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(app));
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        _ = &mut connection => return,
        _ = stopping.wait_for(|stopping| *stopping) => {}
        () = tokio::time::sleep(limits.connection) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = tokio::time::timeout(limits.drain, connection).await;
}
