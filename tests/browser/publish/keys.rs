//! What each kind of key opens, and what is left without one.

use serde_json::json;

use super::{another, begin_and_leave, connect, ready, site_of};
use crate::{harness::in_site, udata::udata};

#[test]
fn each_kind_of_key_opens_what_it_may() {
    let Some((udata, _alone)) = udata() else { return };
    in_site(site_of(udata, "keys"), async |studio| {
        let (title, _) = ready(studio).await;
        // Without a key: the pack, and the rehearsal.
        assert!(studio.run::<bool>("return document.querySelector('#connect').disabled").await);
        studio.click("#take-pack").await;
        studio.downloaded("zip").await;
        let place = "[aria-labelledby=t-send] .seg button";
        studio.click(&format!("{place}:last-child")).await;
        studio.says("#connect", "Commencer la répétition").await;
        studio.click(&format!("{place}:first-child")).await;
        connect(studio, "udata_nobody").await;
        studio.says("#send-trouble", "ne connaît pas cette clé").await;

        // What the agent has begun, somebody of another organisation cannot go on with, and a colleague can.
        begin_and_leave(studio, udata).await;
        connect(studio, udata.key("other")).await;
        studio.says("#organisation", "Autre Collectivité").await;
        assert_eq!(studio.count("#organisation option").await, 1);
        studio.click("#send").await;
        studio.says("#send-trouble", "Vos organisations : Autre Collectivité").await;
        assert!(udata.datasets(&title).is_empty());
        studio.click("#send-trouble button").await;
        connect(studio, udata.key("partial")).await;
        studio.click("#resume").await;
        studio.says("#sent", "Le brouillon est prêt").await;
        let theirs = udata.only(&title);
        assert_eq!((&theirs["organization"]["id"], &theirs["private"]), (&json!(udata.town()), &json!(true)));

        // Who edits parts of an organisation does not change what others made.
        another(studio).await;
        studio.click("#disconnect").await;
        connect(studio, udata.key("agent")).await;
        studio.click("#send").await;
        studio.says("#send-trouble", "exactement ce fichier").await;
        studio.click("#send-trouble button:nth-child(2)").await;
        studio.says("#sent", "Le brouillon est prêt").await;
        let both = udata.datasets(&title);
        let mine = both.iter().find(|dataset| dataset["id"] != theirs["id"]).unwrap();
        another(studio).await;
        studio.click("#disconnect").await;
        connect(studio, udata.key("partial")).await;
        studio.click("#update-existing").await;
        studio.select("#dataset", mine["id"].as_str().unwrap()).await;
        studio.click("#send").await;
        studio.says("#send-trouble", "pas le droit de modifier").await;
        assert_eq!(udata.datasets(&title), both);
    });
}
