//! The connection is cut at each request in turn: there is one dataset, with one file, and the right bytes.

use std::thread;

use atelier::publish::sha1;
use serde_json::json;

use crate::{
    line::Line,
    packs::{folder, publish_as, said, unpacked},
    server::udata,
};

#[test]
fn wherever_the_connection_is_cut_there_is_one_dataset_and_one_file() {
    let Some((udata, _alone)) = udata() else { return };
    let run = |at: Option<usize>, arrives: bool| {
        let title = format!("Coupure {at:?} {arrives}");
        let table = format!("a\n{title}\n");
        let pack = unpacked(&folder(&title), &title, table.as_bytes());
        let line = Line::to(udata.base());
        line.lose(at, arrives);
        let output = publish_as(udata, line.base(), udata.key("agent"), &pack, &["--public"]);
        assert_eq!(output.status.code(), Some(0), "{title}: {}", said(&output));
        assert_eq!(said(&output).contains("Pas de réponse"), at.is_some(), "{title}: {}", said(&output));
        let dataset = udata.only(&title);
        let files = dataset["resources"].as_array().unwrap();
        assert_eq!((files.len(), &files[0]["checksum"]["value"]), (1, &json!(sha1(table.as_bytes()))), "{title}");
        assert_eq!((&dataset["private"], &files[0]["title"]), (&json!(false), &json!("Délibérations")), "{title}");
        assert_eq!(files[0]["schema"]["version"], "2.1.5");
        line.passed()
    };
    let requests = run(None, false);
    assert!(requests > 10, "{requests}");
    // A few at a time: most of each is spent in waiting.
    let cuts: Vec<(usize, bool)> = (0..requests).flat_map(|at| [(at, false), (at, true)]).collect();
    for some in cuts.chunks(6) {
        thread::scope(|scope| {
            some.iter().for_each(|&(at, arrives)| drop(scope.spawn(move || run(Some(at), arrives))));
        });
    }
}
