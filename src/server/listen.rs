//! Accepts connections, with a bound on everything a stranger can make us wait for.
//!
//! Slow headers, huge headers, idle connections and too many of them end here, before any handler runs. TLS and
//! HTTP/2 belong to the proxy in front.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From the first byte of a connection, or the end of the last answer, to the end of the next header.
    pub header: Duration,
    /// Whole life of a connection: bounds clients that read their answer a byte at a time.
    pub connection: Duration,
    /// Open connections; more wait in the kernel's queue.
    pub connections: usize,
    /// After the word to stop.
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
    let slots = Arc::new(Semaphore::new(limits.connections));
    let open = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let slot = Arc::clone(&slots).acquire_owned();
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = async { (slot.await, listener.accept().await) } => accepted,
        };
        match accepted {
            (Ok(slot), Ok((stream, _))) => {
                let connection = open.watch(connection(stream, app.clone(), limits));
                tokio::spawn(async move {
                    // A connection that breaks or outlives its time is the client's affair, not worth a log line.
                    let _ = tokio::time::timeout(limits.connection, connection).await;
                    drop(slot);
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
    if tokio::time::timeout(limits.drain, open.shutdown()).await.is_err() {
        tracing::warn!("open requests took too long and were cut");
    }
}

fn connection(
    stream: TcpStream,
    app: Router,
    limits: Limits,
) -> http1::Connection<TokioIo<TcpStream>, TowerToHyperService<Router>> {
    // Answers are written in one go; waiting to fill packets would only delay the last one.
    let _ = stream.set_nodelay(true);
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header)
        .max_buf_size(HEADER_BYTES)
        .max_headers(HEADER_COUNT)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(app))
}
