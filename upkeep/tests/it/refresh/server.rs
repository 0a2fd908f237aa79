//! An HTTP server on loopback that plays a script: one answer for each connection, in order.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What the server does with a connection once it has read the request.
pub(crate) type Answer = Box<dyn FnOnce(&mut TcpStream) + Send>;

pub(crate) struct Server {
    authority: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server that ends after the last answer.
    pub(crate) fn start(answers: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port on loopback");
        let authority = listener.local_addr().expect("a bound socket").to_string();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let answers: Vec<Answer> = answers.into_iter().collect();
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            for answer in answers {
                let Ok((mut connection, _)) = listener.accept() else {
                    return;
                };
                let head = read_head(&connection);
                seen.lock()
                    .expect("no test panics with the lock")
                    .push(head);
                answer(&mut connection);
            }
        });
        Self {
            authority,
            requests,
        }
    }

    pub(crate) fn authority(&self) -> &str {
        &self.authority
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/registry.xml", self.authority)
    }

    /// The heads of the requests so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests
            .lock()
            .expect("no test panics with the lock")
            .clone()
    }
}

fn read_head(connection: &TcpStream) -> String {
    let mut reader = BufReader::new(connection);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        match reader.read_line(&mut head) {
            Ok(0) | Err(_) => break,
            Ok(_) => {}
        }
    }
    head
}

/// A complete answer with its length.
pub(crate) fn answer(status: &str, headers: &[&str], body: impl Into<Vec<u8>>) -> Answer {
    let body = body.into();
    let length = body.len();
    broken_off(status, headers, body, length)
}

/// An answer that announces `length` bytes, and closes the connection after `body`.
pub(crate) fn broken_off(
    status: &str,
    headers: &[&str],
    body: impl Into<Vec<u8>>,
    length: usize,
) -> Answer {
    let mut bytes = format!("HTTP/1.1 {status}\r\nConnection: close\r\n");
    for header in headers {
        bytes += &format!("{header}\r\n");
    }
    bytes += &format!("Content-Length: {length}\r\n\r\n");
    let mut bytes = bytes.into_bytes();
    bytes.extend(body.into());
    raw(bytes)
}

/// Sends these bytes and closes the connection.
pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Answer {
    let bytes = bytes.into();
    // A client that has read enough may close first.
    Box::new(move |connection| _ = connection.write_all(&bytes))
}

/// The head of an answer of unknown length, followed by `chunk` again and again, with a pause
/// before each, for as long as the client listens.
pub(crate) fn endless(chunk: Vec<u8>, pause: Duration) -> Answer {
    Box::new(move |connection| {
        let head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
        let mut sent = connection.write_all(head);
        while sent.is_ok() {
            thread::sleep(pause);
            sent = connection.write_all(&chunk);
        }
    })
}

/// A proxy's consent to a tunnel, followed by the answer to the request that comes through it.
pub(crate) fn tunnel(answer: Answer) -> Answer {
    Box::new(move |connection| {
        _ = connection.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n");
        read_head(connection);
        answer(connection);
    })
}
