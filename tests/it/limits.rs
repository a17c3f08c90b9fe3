//! What a stranger can make the server wait for has an end: the real listener, with limits short enough to watch.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use server::listen::{Limits, serve};
use server::router::router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::server_under_test::{app, config};

const SHORT: Duration = Duration::from_millis(300);

struct Listening {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    ended: std::thread::JoinHandle<()>,
}

impl Listening {
    fn with(limits: Limits) -> Self {
        let var = tempfile::tempdir().unwrap();
        let app = router(Arc::new(app(&config(var.path())).unwrap()));
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = std::sync::mpsc::channel();
        let ended = std::thread::spawn(move || {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                tell.send(listener.local_addr().unwrap()).unwrap();
                serve(listener, app, limits, async { stopped.await.unwrap() }).await;
            });
        });
        Self { address: told.recv().unwrap(), stop: Some(stop), ended }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    fn stop(mut self) {
        self.stop.take().unwrap().send(()).unwrap();
        self.ended.join().unwrap();
    }
}

/// What comes until the server closes; a connection that stays open fails here.
fn to_the_end(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Ok(_) => {}
        Err(cause) if cause.kind() == ErrorKind::ConnectionReset => {}
        Err(cause) => panic!("the server did not close: {cause}"),
    }
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_header_that_never_ends_and_an_idle_connection_are_closed() {
    let server = Listening::with(Limits { header: SHORT, ..Limits::default() });
    let mut slow = server.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: tonari\r\nX-Slow: ").unwrap();
    let mut silent = server.connect();
    let mut idle = server.connect();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: tonari\r\n\r\n").unwrap();
    assert!(!to_the_end(&mut slow).contains("200 OK"));
    assert_eq!(to_the_end(&mut silent), "");
    assert!(to_the_end(&mut idle).ends_with("alive\n"));
    server.stop();
}

#[test]
fn a_connection_does_not_outlive_its_time() {
    let server = Listening::with(Limits { connection: SHORT, ..Limits::default() });
    assert_eq!(to_the_end(&mut server.connect()), "");
    server.stop();
}

// With every place taken by people who say nothing, the next one waits and is then served, not turned away.
#[test]
fn one_more_than_the_limit_waits_for_a_place() {
    let server = Listening::with(Limits { header: SHORT, connections: 2, ..Limits::default() });
    let _silent = (server.connect(), server.connect());
    let mut third = server.connect();
    third.write_all(b"GET /healthz HTTP/1.1\r\nHost: tonari\r\nConnection: close\r\n\r\n").unwrap();
    assert!(to_the_end(&mut third).contains("200 OK"));
    server.stop();
}

#[test]
fn a_request_that_never_ends_does_not_hold_up_the_stop() {
    let server = Listening::with(Limits { drain: SHORT, ..Limits::default() });
    let mut half = server.connect();
    half.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
    server.stop();
}
