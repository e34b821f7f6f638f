//! The connection is cut at each request of the page in turn: there is one dataset, with one file, and the right bytes.

use atelier::publish::sha1;
use serde_json::json;

use super::{another, connect, ready, site_with};
use crate::{harness::in_site, line::Line, udata::udata};

#[test]
fn wherever_the_connection_is_cut_the_page_makes_one_dataset_and_one_file() {
    let Some((udata, _alone)) = udata() else { return };
    let line = Line::to(udata.base());
    in_site(site_with(line.base(), "cuts", json!(line.base())), async |studio| {
        let (title, table) = ready(studio).await;
        let sha1 = sha1(&table);
        // The first question is not asked again by itself: nothing waits for its answer.
        line.lose(Some(0), false);
        connect(studio, udata.key("agent")).await;
        studio.says("#send-trouble", "ne répond pas").await;
        line.lose(None, false);
        connect(studio, udata.key("agent")).await;
        let publish = async |at: Option<usize>, arrives: bool| {
            udata.post("reset");
            line.lose(at, arrives);
            studio.click("#send").await;
            studio.click("#read-again").await;
            studio.click("#make-public").await;
            studio.says("#sent", "C’est public").await;
            let dataset = udata.only(&title);
            let files = dataset["resources"].as_array().unwrap();
            let told = (files.len(), &files[0]["checksum"]["value"], &files[0]["schema"]["version"], &dataset["private"]);
            assert_eq!(told, (1, &json!(sha1), &json!("2.1.5"), &json!(false)), "{at:?} {arrives}");
            another(studio).await;
            line.passed()
        };
        let requests = publish(None, false).await;
        assert!(requests > 10, "{requests}");
        let mut changes = 0;
        for at in 0..requests {
            let arrives = at % 2 == 0;
            assert!(publish(Some(at), arrives).await > requests, "{at} {arrives}: nothing was lost");
            // A question that is lost changes nothing, whether it arrives or not.
            if line.lost_a_change() {
                changes += 1;
                assert!(publish(Some(at), !arrives).await > requests, "{at} {}: nothing was lost", !arrives);
            }
        }
        // The draft is made, the file sent and described, the dataset made public.
        assert_eq!(changes, 4);
        studio.forgive("Failed to load resource").await;
    });
}
