//! Publishing from the page: a rehearsal without network, and a real udata, which is read back.

mod cuts;
mod keys;
mod large;
mod sign_in;

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::{
    harness::{Studio, fixture, in_site, in_studio},
    journey::{describe, repair_everything},
    server::site,
    udata::{Udata, udata},
};

/// Brings a register to the last step; answers its title and its table.
pub async fn ready(studio: &Studio) -> (String, Vec<u8>) {
    let expected = std::fs::read(fixture("deliberations.expected.csv")).unwrap();
    studio.upload(&fixture("deliberations.xlsx")).await;
    studio.go(3).await;
    repair_everything(studio).await;
    studio.click("#to-describe").await;
    studio.arrive(4).await;
    let title = describe(studio, &expected).await;
    studio.click("#to-publish").await;
    studio.arrive(5).await;
    (title, expected)
}

/// A site whose configuration names this platform, and whose policy lets the page speak to it.
pub fn site_of(udata: &Udata, name: &str) -> PathBuf {
    site_with(udata.base(), name, json!(udata.base()))
}

/// The same, with all that the configuration says of the platform.
fn site_with(base: &str, name: &str, platform: Value) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("atelier-site-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let index = std::fs::read_to_string(site().join("index.html")).unwrap();
    let open = index.replace("connect-src 'self' https:", &format!("connect-src 'self' {base}"));
    assert_ne!(index, open);
    std::fs::write(folder.join("index.html"), open).unwrap();
    std::fs::write(folder.join("config.json"), json!({ "platforms": [platform] }).to_string()).unwrap();
    folder
}

pub async fn connect(studio: &Studio, key: &str) {
    studio.fill("#access-key", key).await;
    studio.click("#connect").await;
}

/// Opens something else once a publication is over, or stopped.
async fn another(studio: &Studio) {
    studio.click("[aria-labelledby=t-send] > p:last-of-type button").await;
}

/// What the page keeps or says anywhere, in one text.
async fn kept(studio: &Studio) -> String {
    let kept: String = studio
        .run(
            "const done = request => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = no });
             const base = async ({ name }) => {
                 const open = await done(indexedDB.open(name));
                 const stores = [...open.objectStoreNames];
                 const all = store => done(open.transaction(store).objectStore(store).getAll());
                 return [name, stores, await Promise.all(stores.map(all))];
             };
             const cache = async name => {
                 const open = await caches.open(name);
                 const said = async asked => [asked.url, await (await open.match(asked)).text()];
                 return [name, await Promise.all((await open.keys()).map(said))];
             };
             return (async () => JSON.stringify([
                 { ...localStorage }, { ...sessionStorage }, document.cookie, history.state, navigation.entries().map(at => at.url),
                 await Promise.all((await indexedDB.databases()).map(base)), await Promise.all((await caches.keys()).map(cache)),
                 performance.getEntries().map(entry => entry.name), [...document.querySelectorAll('input')].map(field => field.value),
                 document.documentElement.outerHTML,
             ]))()",
        )
        .await;
    format!("{kept}{:?}", studio.console().await)
}

/// Checks that nothing was asked of another host than the site's and the platform's.
async fn asked_of_nobody_else(studio: &Studio, platform: &str) {
    let asked: Vec<String> = studio
        .run("return performance.getEntriesByType('resource').map(entry => entry.name).filter(name => name.startsWith('http'))")
        .await;
    // The browser notes 250 of them at most.
    assert!((10..250).contains(&asked.len()), "{}", asked.len());
    let known = |asked: &&String| !asked.starts_with(&studio.url()) && !asked.starts_with(&format!("{platform}/"));
    assert_eq!(asked.iter().find(known), None);
}

#[test]
fn a_rehearsal_goes_to_the_end_without_network() {
    in_studio(async |studio| {
        studio.cut_network();
        let (title, _) = ready(studio).await;
        studio.click("[aria-labelledby=t-send] .seg button:last-child").await;
        studio.says("#place-note", "Répétition, sans réseau").await;
        studio.click("#connect").await;
        studio.click("#send").await;
        studio.says("#sent", "Le brouillon est prêt").await;
        studio.says(".status", "0 octet envoyé").await;
        studio.says(".run li.ok", "Vérifier l’accès").await;
        studio.says("[aria-labelledby=t-send] .dl", &title).await;
        assert!(studio.run::<bool>("return document.querySelector('#make-public').disabled").await);
        studio.click("#read-again").await;
        studio.click("#make-public").await;
        studio.says("#sent", "C’est public").await;
        assert!(!kept(studio).await.contains("atelier-publication"));
    });
}

#[test]
fn what_is_wrong_in_the_configuration_of_the_site_is_said() {
    let folder = std::env::temp_dir().join(format!("atelier-site-{}-fault", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.json"), r#"{ "platforms": ["http://portail.example.org"] }"#).unwrap();
    in_site(folder, async |studio| {
        studio.upload(&fixture("deliberations.xlsx")).await;
        studio.go(5).await;
        studio.says("#config-fault", "http://portail.example.org").await;
        studio.says("#place-note", "Répétition, sans réseau").await;
        assert_eq!(studio.count("[aria-labelledby=t-send] .seg button").await, 1);
    });
}

#[test]
fn a_draft_then_a_public_dataset_then_another_file_in_its_place() {
    let Some((udata, _alone)) = udata() else { return };
    in_site(site_of(udata, "journey"), async |studio| {
        let (title, table) = ready(studio).await;
        studio.go(4).await;
        studio.fill("#m-contact", "opendata@example.org").await;
        studio.go(5).await;
        studio.says("#connect", "Se connecter à 127.0.0.1:").await;
        connect(studio, udata.key("agent")).await;
        studio.says("[aria-labelledby=t-send]", "Connecté à 127.0.0.1:").await;
        studio.says("[aria-labelledby=t-send]", "Alix Agent").await;
        studio.click("#send").await;
        studio.says("#sent", "Le brouillon est prêt").await;
        studio.says(".status", "octets envoyés à 127.0.0.1").await;
        let draft = udata.only(&title);
        let file = &draft["resources"][0];
        assert_eq!((&draft["private"], draft["resources"].as_array().unwrap().len()), (&json!(true), 1));
        assert_eq!(
            (&file["filesize"], &file["checksum"]["value"]),
            (&json!(table.len()), &json!(atelier::publish::sha1(&table)))
        );
        assert_eq!(file["schema"], json!({ "name": "scdl/deliberations", "version": "2.1.5", "url": null }));
        assert_eq!((&draft["license"], &draft["frequency"]), (&json!("lov2"), &json!("irregular")));
        assert_eq!(draft["contact_points"][0]["email"], "opendata@example.org");
        let points = (draft["quality"]["score"].as_f64().unwrap() * 9.0).round();
        studio.says("[aria-labelledby=t-send] .dl", &format!("{points} sur 9")).await;

        studio.click("#read-again").await;
        studio.click("#make-public").await;
        studio.says("#sent", "C’est public").await;
        let id = draft["id"].as_str().unwrap();
        assert!(udata.seen_by_all(&format!("datasets/{id}/")));
        assert!(!kept(studio).await.contains(udata.key("agent")), "the key is kept somewhere");
        asked_of_nobody_else(studio, udata.base()).await;

        // What was described and repaired is taken back: another table, in the place of the file.
        another(studio).await;
        studio.go(3).await;
        studio.until("a cause again", "document.querySelector('#undo').click(); return !!document.querySelector('.cause')").await;
        studio.go(5).await;
        studio.click("#update-existing").await;
        studio.select("#dataset", id).await;
        studio.says("[aria-labelledby=t-send]", "est public").await;
        studio.select("#replaced", file["id"].as_str().unwrap()).await;
        studio.click("#send").await;
        studio.says("#sent", "C’est public").await;
        let after = udata.only(&title);
        assert_eq!((&after["resources"][0]["latest"], after["resources"].as_array().unwrap().len()), (&file["latest"], 1));
        assert_ne!(after["resources"][0]["checksum"], file["checksum"]);
        assert_eq!((&after["description"], &after["resources"][0]["title"]), (&draft["description"], &file["title"]));

        // The key is forgotten when asked.
        another(studio).await;
        studio.click("#disconnect").await;
        studio.see("#access-key").await;
        assert_eq!(studio.value("#access-key").await, "");
    });
}

/// Begins a publication that the platform stops, being read-only for a moment, then comes back to the page with the table.
async fn begin_and_leave(studio: &Studio, udata: &Udata) {
    connect(studio, udata.key("agent")).await;
    studio.see("#send").await;
    udata.post("read-only/1");
    studio.click("#send").await;
    studio.says("#send-trouble", "lecture seule").await;
    udata.post("read-only/0");
    studio.forgive("Failed to load resource").await;
    studio.open().await;
    ready(studio).await;
}

#[test]
fn a_publication_cut_short_goes_on_after_a_reload_and_makes_no_double() {
    let Some((udata, _alone)) = udata() else { return };
    in_site(site_of(udata, "resume"), async |studio| {
        let (title, _) = ready(studio).await;
        for whose in ["expired", "revoked"] {
            connect(studio, udata.key(whose)).await;
            studio.says("#send-trouble", if whose == "expired" { "a expiré" } else { "a été révoquée" }).await;
        }
        begin_and_leave(studio, udata).await;
        studio.says("#interrupted", "n’est pas terminée").await;
        studio.says("#interrupted", &title).await;
        connect(studio, udata.key("agent")).await;
        studio.click("#send").await;
        studio.says("#sent", "Le brouillon est prêt").await;
        assert_eq!(udata.only(&title)["resources"].as_array().unwrap().len(), 1);

        // The very same file, as something new: it is told where it is.
        another(studio).await;
        studio.click("#send").await;
        studio.says("#send-trouble", "exactement ce fichier").await;
        assert_eq!(udata.datasets(&title).len(), 1);
    });
}
