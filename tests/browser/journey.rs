//! The whole journey, from a messy workbook to the pack, with the network cut once the page is there.

use std::{
    io::{Cursor, Read},
    path::Path,
    time::Duration,
};

use serde_json::Value;
use zip::ZipArchive;

use crate::harness::{Studio, fixture, in_studio};

#[test]
fn a_messy_register_becomes_its_pack() {
    in_studio(async |studio| journey(studio, &fixture("deliberations.xlsx"), &fixture("deliberations.expected.csv")).await);
}

#[test]
fn a_messy_register_of_the_corpus_becomes_its_pack() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/messy");
    let (file, expected) = (folder.join("deliberations_2024.xlsx"), folder.join("deliberations_2024.expected.csv"));
    if !file.exists() || !expected.exists() {
        println!("skipped: ../shared/messy is not here");
        return;
    }
    in_studio(async |studio| journey(studio, &file, &expected).await);
}

#[test]
fn everything_can_be_undone() {
    in_studio(async |studio| {
        studio.upload(&fixture("deliberations.xlsx")).await;
        studio.go(3).await;
        studio.see(".cause").await;
        let causes = studio.texts(".cause").await;
        repair_everything(studio).await;
        // The button is pressed as it stands: it may have nothing left to undo by the time it is looked at again.
        let press = "const undo = document.querySelector('#undo'); undo.click(); return !undo.disabled";
        while studio.run(press).await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(studio.texts(".cause").await, causes);
    });
}

async fn journey(studio: &Studio, file: &Path, expected: &Path) {
    let expected = std::fs::read(expected).unwrap();
    studio.cut_network();
    studio.upload(file).await;
    every_field_has_its_column(studio).await;
    studio.go(3).await;
    repair_everything(studio).await;
    studio.click("#to-describe").await;
    studio.arrive(4).await;
    let title = describe(studio, &expected).await;
    studio.click("#to-publish").await;
    studio.arrive(5).await;
    studio.see(".approved-mark").await;
    let name = studio.value("#file-name").await;
    studio.click("#take-pack").await;
    let (_, pack) = studio.downloaded("zip").await;
    check_pack(&pack, &name, &title, &expected);
    studio.click("#take-csv").await;
    let (alone, csv) = studio.downloaded("csv").await;
    assert_eq!(alone, name);
    assert!(csv == expected, "the CSV alone is not the one expected");
}

async fn every_field_has_its_column(studio: &Studio) {
    studio.see(".map tbody tr").await;
    let columns: Vec<String> = studio.run("return [...document.querySelectorAll('.map select')].map(s => s.value)").await;
    assert_eq!(columns.len(), 17);
    assert!(columns.iter().all(|column| !column.is_empty()), "{columns:?}");
}

/// Repairs what is sure, then answers that the day comes first.
pub async fn repair_everything(studio: &Studio) {
    studio.click("#repair-all").await;
    studio.gone("#repair-all").await;
    loop {
        let left = studio.count(".ask-q").await;
        if left == 0 {
            break;
        }
        studio.click(".ask-q label").await;
        studio.click(".ask-q button").await;
        studio.until("one question less", &format!("return document.querySelectorAll('.ask-q').length < {left}")).await;
    }
    studio.says(".causes", "Tout est conforme").await;
}

/// Checks what was proposed from the data, and adds the rest. Answers the title.
pub async fn describe(studio: &Studio, csv: &[u8]) -> String {
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(csv).records().map(Result::unwrap).collect();
    let days = || rows.iter().map(|row| row[3].to_owned());
    assert_eq!(studio.value("#m-siren").await, rows[0][1][..9]);
    assert_eq!(studio.value("#m-organisation").await, rows[0][0]);
    assert_eq!((studio.value("#m-start").await, studio.value("#m-end").await), (days().min().unwrap(), days().max().unwrap()));
    let title = studio.value("#m-title").await;
    assert!(title.starts_with("Délibérations – Commune de"), "{title}");
    studio.fill("#m-description", "Une ligne par délibération du conseil.").await;
    studio.select("#m-frequency", "IRREG").await;
    title
}

fn check_pack(pack: &[u8], name: &str, title: &str, expected: &[u8]) {
    let mut pack = ZipArchive::new(Cursor::new(pack)).unwrap();
    let mut file = |name: &str| {
        let mut bytes = Vec::new();
        pack.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}")).read_to_end(&mut bytes).unwrap();
        bytes
    };
    assert!(file(name) == expected, "the CSV of the pack is not the one expected");
    let schema: Value = serde_json::from_slice(&file("schema.json")).unwrap();
    assert_eq!(schema["fields"].as_array().unwrap().len(), 17);
    let package: Value = serde_json::from_slice(&file("datapackage.json")).unwrap();
    let resource = &package["resources"][0];
    assert_eq!((resource["path"].as_str(), resource["bytes"].as_u64()), (Some(name), Some(expected.len() as u64)));
    assert_eq!((package["title"].as_str(), package["licenses"][0]["name"].as_str()), (Some(title), Some("etalab-2.0")));
    assert_eq!(package["description"], "Une ligne par délibération du conseil.");
    let report = String::from_utf8(file("rapport-validation.html")).unwrap();
    assert!(report.contains("Conforme au schéma Délibérations"), "{report}");
}
