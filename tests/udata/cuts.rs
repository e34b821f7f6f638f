//! The connection is cut at each request in turn: there is one dataset, with one file, and the right bytes.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use atelier::publish::sha1;
use serde_json::json;

use crate::{
    packs::{folder, publish_as, said, unpacked},
    server::{Udata, udata},
};

/// Requests to the platform pass through here, one a connection; one of them is lost.
struct Line {
    base: String,
    passed: Arc<AtomicUsize>,
}

impl Line {
    /// Loses the request of a number, before it arrives, or after.
    fn cut(to: &Udata, at: usize, arrives: bool) -> Line {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let passed = Arc::new(AtomicUsize::new(0));
        let (count, host) = (passed.clone(), to.base().trim_start_matches("http://").to_owned());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let number = count.fetch_add(1, Ordering::SeqCst);
                if number != at {
                    pass(&stream, &host, true);
                } else if arrives {
                    pass(&stream, &host, false);
                }
            }
        });
        Line { base, passed }
    }
}

/// Passes a request on, and its answer back, or not.
fn pass(mut from: &TcpStream, host: &str, back: bool) {
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
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let mut to = TcpStream::connect(host).unwrap();
    to.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes()).unwrap();
    to.write_all(&body).unwrap();
    let mut answer = Vec::new();
    to.read_to_end(&mut answer).unwrap();
    if back {
        from.write_all(&answer).unwrap();
    }
}

#[test]
fn wherever_the_connection_is_cut_there_is_one_dataset_and_one_file() {
    let Some((udata, _alone)) = udata() else { return };
    let run = |at: usize, arrives: bool| {
        let title = format!("Coupure {at} {arrives}");
        let table = format!("a\n{title}\n");
        let pack = unpacked(&folder(&title), &title, table.as_bytes());
        let line = Line::cut(udata, at, arrives);
        let output = publish_as(udata, &line.base, udata.key("agent"), &pack, &["--public"]);
        assert_eq!(output.status.code(), Some(0), "{title}: {}", said(&output));
        assert_eq!(said(&output).contains("Pas de réponse"), at < 50, "{title}: {}", said(&output));
        let dataset = udata.only(&title);
        let files = dataset["resources"].as_array().unwrap();
        assert_eq!((files.len(), &files[0]["checksum"]["value"]), (1, &json!(sha1(table.as_bytes()))), "{title}");
        assert_eq!((&dataset["private"], &files[0]["title"]), (&json!(false), &json!("Délibérations")), "{title}");
        assert_eq!(files[0]["schema"]["version"], "2.1.5");
        line.passed.load(Ordering::SeqCst)
    };
    let requests = run(99, false);
    assert!(requests > 10, "{requests}");
    // A few at a time: most of each is spent in waiting.
    let cuts: Vec<(usize, bool)> = (0..requests).flat_map(|at| [(at, false), (at, true)]).collect();
    for some in cuts.chunks(6) {
        thread::scope(|scope| {
            some.iter().for_each(|&(at, arrives)| drop(scope.spawn(move || run(at, arrives))));
        });
    }
}
