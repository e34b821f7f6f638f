//! A file that goes in parts: it is seen leaving, and stops at once.

use atelier::publish::PART;
use serde_json::json;

use super::{connect, site_with};
use crate::{
    harness::{Studio, in_site},
    line::Line,
    samples::register,
    udata::udata,
};

/// What the bar says was sent.
async fn sent(studio: &Studio) -> u64 {
    studio.run("return Number(document.querySelector('.status strong').innerText.replace(/\\D+à.*|\\D/g, ''))").await
}

#[test]
fn a_large_file_goes_in_parts_and_is_seen_leaving() {
    let Some((udata, _alone)) = udata() else { return };
    let line = Line::to(udata.base());
    in_site(site_with(line.base(), "large", json!(line.base())), async |studio| {
        let table = register(96_000, |_, _| {});
        assert!(table.len() as u64 > PART);
        studio.upload(&studio.write("grand.csv", &table)).await;
        studio.go(4).await;
        let title = studio.value("#m-title").await;
        studio.fill("#m-description", "Une ligne par délibération du conseil.").await;
        studio.go(5).await;
        connect(studio, udata.key("agent")).await;
        studio.see("#send").await;
        line.hold(true);
        studio.click("#send").await;
        let bar = "const bar = document.querySelector('.run progress'); return !!bar && ";
        studio.until("the first part under way", &format!("{bar} bar.value > 0 && bar.value < {PART}")).await;
        studio.says(".run .now", "Mo envoyés sur").await;
        studio.click("#interrupt").await;
        studio.says("[aria-labelledby=t-send]", "Interrompu. Rien n’est perdu.").await;
        let first = sent(studio).await;
        assert!((1..PART).contains(&first), "{first} bytes were sent");
        // Nothing goes on behind the agent's back.
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        assert_eq!(sent(studio).await, first);

        line.hold(false);
        studio.click("#resume").await;
        studio.says("#sent", "Le brouillon est prêt").await;
        let dataset = udata.only(&title);
        let file = &dataset["resources"][0];
        assert_eq!(dataset["resources"].as_array().unwrap().len(), 1);
        assert_eq!(
            (&file["filesize"], &file["checksum"]["value"]),
            (&json!(table.len()), &json!(atelier::publish::sha1(&table)))
        );
        // The whole file, what was interrupted, and what describes it.
        let (all, file) = (sent(studio).await, table.len() as u64);
        assert!((first + file..first + file + 20_000).contains(&all), "{all} bytes were sent");
    });
}
