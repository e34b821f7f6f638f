//! The command line, from a pack to a public dataset.

use atelier::publish::{PART, sha1};
use serde_json::{Value, json};

use crate::{
    packs::{folder, publish, publish_as, said, unpacked, zip},
    server::udata,
};

const TITLE: &str = "Délibérations de Testville, 2024";

#[test]
fn a_pack_becomes_a_draft_then_a_public_dataset() {
    let Some((udata, _alone)) = udata() else { return };
    let folder = folder("journey");
    let (pack, table) = zip(&folder, TITLE);

    // Only asking changes nothing, and leaves no journal.
    let output = publish(udata, &pack, &["--dry-run"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("À faire : créer le brouillon"), "{}", said(&output));
    assert!(udata.datasets(TITLE).is_empty() && std::fs::read_dir(&folder).unwrap().count() == 1);

    let output = publish(udata, &pack, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    for line in
        ["Connecté à 127.0.0.1:", "Alix Agent, pour Ville de Testville", "Brouillon créé", "SHA-1 vérifié", "Brouillon : «"]
    {
        assert!(said(&output).contains(line), "{line}: {}", said(&output));
    }
    assert!(!said(&output).contains(udata.key("agent")));
    let journal = std::fs::read_to_string(folder.join("deliberations.zip.publication.json")).unwrap();
    assert!(!journal.contains(udata.key("agent")));

    let draft = udata.only(TITLE);
    let id = draft["id"].as_str().unwrap();
    assert_eq!((&draft["private"], &draft["organization"]["id"]), (&json!(true), &json!(udata.town())));
    assert!(!udata.seen_by_all(&format!("datasets/{id}/")));
    assert!(draft["description"].as_str().unwrap().starts_with("Les délibérations adoptées"));
    assert_eq!((&draft["license"], &draft["frequency"]), (&json!("lov2"), &json!("quarterly")));
    assert_eq!(draft["temporal_coverage"], json!({ "start": "2024-01-01", "end": "2024-12-31" }));
    assert_eq!(draft["extras"]["publish_source"], "atelier:file");
    let contact = &draft["contact_points"][0];
    assert_eq!((&contact["name"], &contact["email"]), (&json!("Ville de Testville"), &json!("opendata@example.org")));
    let files = draft["resources"].as_array().unwrap();
    assert_eq!(files.len(), 1);
    assert_eq!(files[0]["checksum"], json!({ "type": "sha1", "value": sha1(&table) }));
    assert_eq!((&files[0]["filesize"], &files[0]["format"]), (&json!(table.len()), &json!("csv")));
    assert_eq!((&files[0]["title"], &files[0]["type"]), (&json!("Délibérations"), &json!("main")));
    assert_eq!(files[0]["schema"], json!({ "name": "scdl/deliberations", "version": "2.1.5", "url": null }));

    // The same call changes nothing.
    let unchanged = |before: &Value| {
        let output = publish(udata, &pack, &[]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert!(said(&output).contains("Rien à changer"), "{}", said(&output));
        assert_eq!(&udata.only(TITLE), before);
    };
    unchanged(&draft);

    let output = publish(udata, &pack, &["--public"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("Rendu public") && said(&output).contains("Public : «"), "{}", said(&output));
    let public = udata.only(TITLE);
    assert!(udata.seen_by_all(&format!("datasets/{id}/")));
    for key in [
        "title",
        "description",
        "license",
        "frequency",
        "tags",
        "temporal_coverage",
        "spatial",
        "extras",
        "resources",
        "contact_points",
    ] {
        assert_eq!(public[key], draft[key], "{key}");
    }
    let points = (public["quality"]["score"].as_f64().unwrap() * 9.0).round();
    assert!(said(&output).contains(&format!("Qualité : {points} sur 9")), "{}", said(&output));
    unchanged(&public);
}

#[test]
fn a_file_is_replaced_at_the_same_address_and_nothing_else_is_lost() {
    let Some((udata, _alone)) = udata() else { return };
    let folder = folder("update");
    let pack = unpacked(&folder, TITLE, b"a\nmars\n");
    assert_eq!(publish(udata, &pack, &["--public"]).status.code(), Some(0));
    let before = udata.only(TITLE);
    let (id, file) = (before["id"].as_str().unwrap(), before["resources"][0]["id"].as_str().unwrap());
    // What people write on the site.
    let mut written = before.clone();
    written["title"] = json!("Un titre soigné");
    written["tags"] = json!(["conseil-municipal", "deliberations"]);
    written["spatial"] = json!({ "geom": null, "zones": ["fr:commune:69123"], "granularity": "fr:commune" });
    udata.put(&format!("datasets/{id}/"), &written);
    udata.put(&format!("datasets/{id}/resources/{file}/"), &json!({ "title": "Un fichier soigné", "description": "À la main" }));

    // Another month, another pack of another name, in the place of that file.
    let april = crate::packs::folder("update-april");
    let pack = unpacked(&april, "Autre titre", b"a\navril\n");
    let page = format!("{}/datasets/{id}/", udata.base());
    let output = publish(udata, &pack, &["--dataset", &page, "--resource", file]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let after = udata.only("Un titre soigné");
    let replaced = &after["resources"][0];
    assert_eq!((&replaced["id"], &replaced["latest"]), (&json!(file), &before["resources"][0]["latest"]));
    assert_eq!((&replaced["title"], &replaced["description"]), (&json!("Un fichier soigné"), &json!("À la main")));
    assert_eq!(replaced["checksum"]["value"], sha1(b"a\navril\n"));
    assert_eq!((&after["tags"], &after["spatial"]), (&written["tags"], &written["spatial"]));
    assert_eq!((&after["temporal_coverage"], &after["private"]), (&before["temporal_coverage"], &json!(false)));
    assert_eq!(after["resources"].as_array().unwrap().len(), 1);

    // The same name next month: the pack has changed, the place has not.
    let pack = unpacked(&april, "Titre de mai", b"a\nmai\n");
    let output = publish(udata, &pack, &["--dataset", &page, "--describe"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let last = udata.only("Titre de mai");
    assert_eq!((&last["id"], &last["resources"][0]["id"]), (&json!(id), &json!(file)));
    assert_eq!(
        (&last["resources"][0]["checksum"]["value"], last["resources"].as_array().unwrap().len()),
        (&json!(sha1(b"a\nmai\n")), 1)
    );
    // What the pack does not tell stays; who answers to readers is told once.
    assert_eq!((&last["tags"], &last["spatial"]), (&written["tags"], &written["spatial"]));
    assert_eq!((&last["contact_points"], before["contact_points"].as_array().unwrap().len()), (&before["contact_points"], 1));

    // Without a file to replace, it is added; and the very same file is found, wherever its journal went.
    let june = crate::packs::folder("update-june");
    let pack = unpacked(&june, "Titre de juin", b"a\njuin\n");
    for _ in 0..2 {
        let output = publish(udata, &pack, &["--dataset", id]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        std::fs::remove_file(june.join("pack.publication.json")).unwrap();
        assert_eq!(udata.only("Titre de mai")["resources"].as_array().unwrap().len(), 2);
    }
    let output = publish(udata, &pack, &[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("exactement ce fichier, dans « Titre de mai »"), "{}", said(&output));
}

#[test]
fn a_large_file_goes_in_parts() {
    let Some((udata, _alone)) = udata() else { return };
    let table: Vec<u8> =
        b"a\n".iter().copied().chain((0..PART as usize * 2 + 17).map(|at| b'0' + (at / 977 % 10) as u8)).collect();
    let pack = unpacked(&folder("large"), TITLE, &table);
    let output = publish(udata, &pack, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("partie 3 sur 3"), "{}", said(&output));
    let dataset = udata.only(TITLE);
    let file = &dataset["resources"][0];
    assert_eq!((&file["checksum"]["value"], &file["filesize"]), (&json!(sha1(&table)), &json!(table.len())));
    assert_eq!(dataset["resources"].as_array().unwrap().len(), 1);
}

#[test]
fn each_kind_of_key_is_told_what_it_may_do() {
    let Some((udata, _alone)) = udata() else { return };
    for (whose, code, sentence) in [
        ("agent", 0, "Brouillon : «"),
        ("partial", 0, "Brouillon : «"),
        ("other", 1, "n’est pas celle d’un membre de l’organisation. Vos organisations : Autre Collectivité"),
        ("expired", 1, "Cette clé a expiré."),
        ("revoked", 1, "Cette clé a été révoquée."),
    ] {
        let pack = unpacked(&folder(whose), whose, format!("a\n{whose}\n").as_bytes());
        let output = publish_as(udata, udata.base(), udata.key(whose), &pack, &[]);
        assert_eq!(output.status.code(), Some(code), "{}", said(&output));
        assert!(said(&output).contains(sentence), "{sentence}: {}", said(&output));
        assert_eq!(udata.datasets(whose).len(), usize::from(code == 0), "{whose}");
    }
    let pack = unpacked(&folder("unknown"), "unknown", b"a\nunknown\n");
    let output = publish_as(udata, udata.base(), "udata_nobody", &pack, &[]);
    assert!(output.status.code() == Some(1) && said(&output).contains("ne connaît pas cette clé"), "{}", said(&output));
    let output = publish_as(udata, udata.base(), "", &pack, &[]);
    assert!(output.status.code() == Some(2) && said(&output).contains("ATELIER_KEY ne contient pas de clé"), "{}", said(&output));

    // Somebody of the organisation who may not change what others made.
    let dataset = udata.only("agent")["id"].as_str().unwrap().to_owned();
    let pack = unpacked(&folder("partial-2"), "partial-2", b"a\npartial-2\n");
    let output = publish_as(udata, udata.base(), udata.key("partial"), &pack, &["--dataset", &dataset]);
    assert!(output.status.code() == Some(1) && said(&output).contains("pas le droit de modifier"), "{}", said(&output));
    assert_eq!(udata.only("agent")["resources"].as_array().unwrap().len(), 1);
}

#[test]
fn a_platform_in_read_only_mode_is_waited_for() {
    let Some((udata, _alone)) = udata() else { return };
    let pack = unpacked(&folder("read-only"), TITLE, b"a\nplus tard\n");
    udata.post("read-only/1");
    let output = publish(udata, &pack, &[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("lecture seule"), "{}", said(&output));
    udata.post("read-only/0");
    assert!(udata.datasets(TITLE).is_empty());
    assert_eq!(publish(udata, &pack, &[]).status.code(), Some(0));
    assert_eq!(udata.only(TITLE)["resources"].as_array().unwrap().len(), 1);
}

#[test]
fn two_publications_do_not_share_a_journal() {
    let Some((udata, _alone)) = udata() else { return };
    let folder = folder("shared");
    let pack = unpacked(&folder, TITLE, b"a\n1\n");
    let other = std::fs::File::create(folder.join("pack.publication.json.lock")).unwrap();
    other.lock().unwrap();
    let output = publish(udata, &pack, &[]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("Une autre publication est en cours"), "{}", said(&output));
    // Asking alone disturbs nobody.
    assert_eq!(publish(udata, &pack, &["--dry-run"]).status.code(), Some(0));
    assert!(udata.datasets(TITLE).is_empty());
    // Whatever ends the other, nothing of it stands in the way.
    drop(other);
    assert_eq!(publish(udata, &pack, &[]).status.code(), Some(0));
    assert_eq!(publish(udata, &pack, &[]).status.code(), Some(0));
    assert_eq!(udata.datasets(TITLE).len(), 1);
}

#[test]
fn what_cannot_be_sent_is_told_before_anything_is() {
    let Some((udata, _alone)) = udata() else { return };
    let folder = folder("refused");
    let pack = unpacked(&folder, TITLE, b"a\n1\n");
    for (arguments, code, sentence) in [
        (vec!["--dataset", "https://demo.data.gouv.fr/datasets/x/"], 2, "celle de demo.data.gouv.fr"),
        (vec!["--dataset", "000000000000000000000abc"], 1, "n’existe pas"),
        (vec!["--resource", "x"], 2, "atelier publish"),
    ] {
        let output = publish(udata, &pack, &arguments);
        assert_eq!(output.status.code(), Some(code), "{}", said(&output));
        assert!(said(&output).contains(sentence), "{sentence}: {}", said(&output));
        drop(std::fs::remove_file(folder.join("pack.publication.json")));
    }
    let output = publish_as(udata, "http://www.data.gouv.fr", udata.key("agent"), &pack, &[]);
    assert!(output.status.code() == Some(2) && said(&output).contains("https://"), "{}", said(&output));
    std::fs::write(pack.join("deliberations.csv"), "a\n2\n").unwrap();
    let output = publish(udata, &pack, &[]);
    assert!(output.status.code() == Some(2) && said(&output).contains("refaites le dossier"), "{}", said(&output));
    let output = publish(udata, &folder, &[]);
    assert!(output.status.code() == Some(2) && said(&output).contains("datapackage.json n’y est pas"), "{}", said(&output));
    assert!(udata.datasets(TITLE).is_empty());
}
