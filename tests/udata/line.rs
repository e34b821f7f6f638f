//! A line to the platform, on which a request can be lost.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

/// Requests to a platform pass through here, one a connection. What a browser asks before a request is not counted.
pub struct Line {
    base: String,
    cut: Arc<Mutex<Cut>>,
}

/// Which request is lost.
#[derive(Default)]
struct Cut {
    passed: usize,
    at: Option<usize>,
    arrives: bool,
    /// Whether what was lost would have changed something.
    wrote: bool,
    held: bool,
}

/// Bytes of a request that are taken while the line is held: it is seen leaving, and no further.
const HELD: usize = 1_000_000;

impl Line {
    /// A line to the platform of an address.
    pub fn to(platform: &str) -> Line {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let cut = Arc::new(Mutex::new(Cut::default()));
        let (state, host) = (cut.clone(), platform.trim_start_matches("http://").to_owned());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (state, host) = (state.clone(), host.clone());
                // A browser opens more lines than it uses.
                thread::spawn(move || pass(&stream, &host, &state));
            }
        });
        Line { base, cut }
    }

    /// The address to ask.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// From now on, counts from zero, and loses the request of a number, before it arrives, or after.
    pub fn lose(&self, at: Option<usize>, arrives: bool) {
        *self.cut.lock().unwrap() = Cut { at, arrives, ..Cut::default() };
    }

    /// Holds large requests half way, or lets them go on.
    pub fn hold(&self, held: bool) {
        self.cut.lock().unwrap().held = held;
    }

    /// Whether what was lost would have changed something.
    pub fn lost_a_change(&self) -> bool {
        self.cut.lock().unwrap().wrote
    }

    /// How many requests were made since.
    pub fn passed(&self) -> usize {
        self.cut.lock().unwrap().passed
    }
}

/// Passes a request on, and its answer back, or not.
fn pass(mut from: &TcpStream, host: &str, cut: &Mutex<Cut>) {
    let mut reader = BufReader::new(from);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or_default() == 0 || line == "\r\n" {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or_default();
        match name.to_lowercase().as_str() {
            "content-length" => length = value.trim().parse().unwrap(),
            "connection" => continue,
            _ => {}
        }
        head.push_str(&line);
    }
    if head.is_empty() {
        return;
    }
    let (lost, arrives) = if head.starts_with("OPTIONS ") { (false, true) } else { cut.lock().unwrap().next(&head) };
    let mut body = vec![0; length];
    if lost && !arrives {
        return;
    }
    let (first, rest) = body.split_at_mut(length.min(HELD));
    reader.read_exact(first).unwrap();
    while !rest.is_empty() && cut.lock().unwrap().held {
        thread::sleep(Duration::from_millis(20));
    }
    // Who sends may have gone.
    if reader.read_exact(rest).is_err() {
        return;
    }
    let mut to = TcpStream::connect(host).unwrap();
    to.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes()).unwrap();
    to.write_all(&body).unwrap();
    let mut answer = Vec::new();
    to.read_to_end(&mut answer).unwrap();
    if !lost {
        // Who asked may have gone.
        let _ = from.write_all(&answer);
    }
}

impl Cut {
    /// Counts a request: whether it is lost, and whether it arrives before.
    fn next(&mut self, head: &str) -> (bool, bool) {
        let lost = self.at == Some(self.passed);
        self.passed += 1;
        self.wrote |= lost && !head.starts_with("GET ");
        (lost, self.arrives)
    }
}
