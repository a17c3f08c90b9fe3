//! What stands before several servers: each connection goes to the next of them, or to the one after it where nobody answers.

use std::io::copy;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

pub struct Balancer {
    pub address: String,
    upstreams: Arc<Mutex<Vec<String>>>,
}

impl Balancer {
    /// It stands as long as the program.
    pub fn before(upstreams: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let upstreams = Arc::new(Mutex::new(upstreams));
        let (shared, turn) = (Arc::clone(&upstreams), AtomicUsize::new(0));
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (shared, nth) = (Arc::clone(&shared), turn.fetch_add(1, Ordering::Relaxed));
                thread::spawn(move || pass(client, &shared, nth));
            }
        });
        Self { address, upstreams }
    }

    /// One came back at another address.
    pub fn lead(&self, nth: usize, to: &str) {
        to.clone_into(&mut self.upstreams.lock().unwrap()[nth]);
    }
}

/// A connection that breaks off on either side breaks off on the other: whoever asked asks again.
fn pass(client: TcpStream, upstreams: &Mutex<Vec<String>>, nth: usize) {
    let all = upstreams.lock().unwrap().clone();
    let reached = (0..all.len()).find_map(|after| TcpStream::connect(&all[(nth + after) % all.len()]).ok());
    let Some(server) = reached else { return };
    let (Ok(mut from), Ok(mut to)) = (client.try_clone(), server.try_clone()) else { return };
    thread::spawn(move || {
        copy(&mut from, &mut to).ok();
        to.shutdown(Shutdown::Write).ok();
    });
    let (mut from, mut to) = (server, client);
    copy(&mut from, &mut to).ok();
    to.shutdown(Shutdown::Both).ok();
}
