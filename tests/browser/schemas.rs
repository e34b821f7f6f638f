//! Schemas from elsewhere: the national catalogue, an address, a file of one's own; what leaves to a colleague.

use std::time::Duration;

use crate::{
    harness::{Studio, in_studio},
    samples::{column, register},
};

/// Opens a table that follows no schema, and shows the schemas to choose from.
async fn choosing(studio: &Studio) {
    studio.upload(&studio.write("ecoles.csv", "nom,eleves\nJean Moulin,120\nLes Lilas,douze\n")).await;
    if studio.count("#consult").await == 0 {
        studio.click("#change-schema").await;
    }
}

#[test]
fn a_version_of_the_national_catalogue_is_used_and_kept_for_use_without_network() {
    in_studio(async |studio| {
        choosing(studio).await;
        studio.says("#consult", "Consulter 127.0.0.1").await;
        studio.click("#consult").await;
        studio.until("two schemas", "return document.querySelectorAll('.remote li').length === 2").await;
        studio.fill("#schema-search", "écoles").await;
        studio.until("one schema", "return document.querySelectorAll('.remote li').length === 1").await;
        // The last version comes first.
        studio.says(".remote option", "1.1.0").await;
        studio.click(".remote li button").await;
        studio.says("#t-schema", "version 1.1.0").await;
        studio.says(".schema", "Schéma officiel").await;
        studio.go(3).await;
        studio.says(".cause", "1 texte à la place d’un nombre").await;
        studio.go(2).await;
        studio.click("#change-schema").await;
        studio.says(".remote li:nth-child(2) option", "gardé sur ce poste").await;
        studio.select(".remote li:nth-child(2) select", "1").await;
        studio.click(".remote li:nth-child(2) button").await;
        studio.says("#t-schema", "version 1.0.0").await;
        studio.cut_network();
        studio.click("#change-schema").await;
        studio.click(".remote li:nth-child(2) button").await;
        studio.says("#t-schema", "version 1.1.0").await;
    });
}

#[test]
fn an_address_names_its_host_and_says_what_went_wrong() {
    in_studio(async |studio| {
        choosing(studio).await;
        studio.fill("#schema-address", "ecoles.json").await;
        studio.says("#schema-address-h", "Écrivez une adresse complète").await;
        assert!(studio.run::<bool>("return document.querySelector('#fetch-schema').disabled").await);
        studio.fill("#schema-address", "https://github.com/a/b/blob/main/s.json").await;
        studio.says("#schema-address-h", "Une demande partira vers raw.githubusercontent.com.").await;
        studio.fill("#schema-address", &format!("{}national/absent.json", studio.url())).await;
        studio.click("#fetch-schema").await;
        studio.says(".banner.bad", "127.0.0.1").await;
        studio.says(".banner.bad", "a répondu par une erreur (404).").await;
        studio.forgive("absent.json").await;
        studio.fill("#schema-address", &format!("{}national/catalogue.json", studio.url())).await;
        studio.click("#fetch-schema").await;
        studio.says(".banner.bad", "pas de liste de champs").await;
        studio.fill("#schema-address", &format!("{}national/ecoles-1.0.0.json", studio.url())).await;
        studio.click("#fetch-schema").await;
        studio.says("#t-schema", "Écoles d’essai").await;
        studio.says(".schema", "Votre schéma").await;
    });
}

#[test]
fn the_author_of_a_schema_is_told_what_is_wrong_with_it() {
    in_studio(async |studio| {
        choosing(studio).await;
        let own = r#"{ "title": "Le nôtre", "fields": [
            { "name": "nom", "title": "Nom", "type": "hologramme", "contraints": { "required": true } },
            { "name": "eleves", "title": "Élèves", "type": "integer", "example": "beaucoup" }],
            "custom_checks": [{ "name": "siret", "params": { "column": "eleves" } }] }"#;
        studio.see("#own-schema").await.send_keys(studio.write("notre.json", own).display().to_string()).await.unwrap();
        studio.says("#t-schema", "Le nôtre").await;
        studio.click(".schema details:nth-of-type(1) summary").await;
        studio.says(".schema details:nth-of-type(1)", "hologramme").await;
        studio.says(".schema details:nth-of-type(1)", "La vérification « siret » ne va pas avec le type").await;
        studio.click(".schema details:nth-of-type(2) summary").await;
        studio.says(".schema details:nth-of-type(2)", "contraints").await;
        studio.says(".schema details:nth-of-type(2)", "beaucoup").await;
    });
}

#[test]
fn the_report_and_the_list_of_errors_leave_to_a_colleague() {
    in_studio(async |studio| {
        let table = register(3, |row, cells| {
            if row == 1 {
                cells[column("DELIB_DATE")] = "un jour".into();
            }
        });
        studio.upload(&studio.write("registre.csv", table)).await;
        studio.go(3).await;
        studio.click("#send-report").await;
        let (name, report) = studio.downloaded("html").await;
        let report = String::from_utf8(report).unwrap();
        assert_eq!(name, "rapport-complet.html");
        for said in ["un jour", "Délibérations 2.1.5", "SIRET de 14 chiffres, clé vérifiée", "par Atelier"] {
            assert!(report.contains(said), "{said}: {report}");
        }
        studio.go(5).await;
        studio.click("#take-findings").await;
        let (_, findings) = studio.downloaded("csv").await;
        let findings = String::from_utf8(findings).unwrap();
        assert_eq!(findings.lines().count(), 2, "{findings}");
        assert!(findings.contains(";Erreur;DELIB_DATE;"), "{findings}");
        studio.click("#take-report").await;
        let (name, report) = studio.downloaded("html").await;
        let report = String::from_utf8(report).unwrap();
        assert_eq!(name, "rapport-validation.html");
        assert!(!report.contains("Toutes les cases à revoir"), "{report}");
    });
}

#[test]
fn a_pattern_made_to_hang_leaves_the_page_alive() {
    in_studio(async |studio| {
        let evil = format!("nom\n{}", (0..50_000).map(|n| format!("{}{n}!\n", "a".repeat(40))).collect::<String>());
        studio.upload(&studio.write("lent.csv", evil)).await;
        if studio.count("#consult").await == 0 {
            studio.click("#change-schema").await;
        }
        let own =
            r#"{ "title": "Lent", "fields": [{ "name": "nom", "title": "Nom", "constraints": { "pattern": "^(a+)+\\1$" } }] }"#;
        studio.see("#own-schema").await.send_keys(studio.write("lent.json", own).display().to_string()).await.unwrap();
        // The page answers while the worker checks.
        let alive: f64 = studio
            .browser
            .execute_async(
                "const done = arguments[0]; let worst = 0, last = performance.now(), end = last + 2000;
                 const tick = now => { worst = Math.max(worst, now - last); last = now; now < end ? requestAnimationFrame(tick) : done(worst) };
                 requestAnimationFrame(tick)",
                Vec::new(),
            )
            .await
            .map(|answer| serde_json::from_value(answer.json().clone()).unwrap())
            .unwrap();
        studio
            .until_within(
                Duration::from_secs(60),
                "the schema",
                "return document.querySelector('#t-schema')?.innerText.includes('Lent')",
            )
            .await;
        studio.go(3).await;
        studio.click("[role=tab]:nth-of-type(2)").await;
        studio.says(".cause", "de forme invérifiable").await;
        println!("longest wait of the page: {alive:.0} ms");
    });
}
