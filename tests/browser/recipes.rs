//! What a month of work leaves for the next: recipes, and the columns and values that the agent filled by hand.

use std::{
    io::{Cursor, Read},
    path::Path,
    process::Command,
};

use chrono::DateTime;
use serde_json::Value;
use zip::ZipArchive;

use crate::harness::{Studio, fixture, in_studio};

const FILE: &str = "messy/hautes_remunerations.xlsx";

/// The messy workbook brought to the end: one column chosen, one click for what is sure, one for what is proposed.
async fn worked(studio: &Studio) {
    studio.upload(&fixture(FILE)).await;
    studio.select(".map tbody tr:nth-child(2) select", "1").await;
    studio.go(3).await;
    studio.click("#repair-all").await;
    studio.click("#accept-all").await;
    studio.gone("#accept-all").await;
    studio.go(5).await;
}

async fn pack(studio: &Studio) -> (String, Vec<u8>) {
    studio.click("#take-pack").await;
    studio.downloaded("zip").await
}

fn file(pack: &[u8], name: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(pack)).unwrap();
    let mut bytes = Vec::new();
    archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

fn csv(pack: &[u8]) -> String {
    let names: Vec<String> =
        ZipArchive::new(Cursor::new(pack)).unwrap().file_names().map(|name| name.unwrap().into_owned()).collect();
    String::from_utf8(file(pack, names.iter().find(|name| name.ends_with(".csv")).unwrap())).unwrap()
}

#[test]
fn a_recipe_does_it_all_again_here_and_on_the_command_line() {
    in_studio(async |studio| {
        worked(studio).await;
        let expected = std::fs::read_to_string(fixture("messy/hautes_remunerations.expected.csv")).unwrap();
        assert_eq!(csv(&pack(studio).await.1), expected);
        studio.click("#take-recipe").await;
        let (name, recipe) = studio.downloaded("json").await;
        assert_eq!(name, "recette-hautes-remunerations.json");
        // Dropped together with next month's file.
        let path = studio.write(&name, &recipe);
        studio.run::<()>("localStorage.clear(); location.reload()").await;
        studio.see("#file").await;
        let both = format!("{}\n{}", fixture(FILE).canonicalize().unwrap().display(), path.display());
        studio.see("#file").await.send_keys(both).await.unwrap();
        studio.says("#followed", "Recette appliquée : 2 opérations").await;
        studio.see(".panel .good").await;
        studio.go(5).await;
        let (name, again) = pack(studio).await;
        assert_eq!(csv(&again), expected);
        // The command line writes the same bytes, at the same moment.
        let package: Value = serde_json::from_slice(&file(&again, "datapackage.json")).unwrap();
        let moment = DateTime::parse_from_rfc3339(package["created"].as_str().unwrap()).unwrap().timestamp();
        let out = path.with_extension("out");
        let mut clean = Command::new(env!("CARGO_BIN_EXE_atelier"));
        clean.env("SOURCE_DATE_EPOCH", moment.to_string()).arg("clean").arg(fixture(FILE));
        let output = clean.arg("--recipe").arg(&path).arg("--out").arg(&out).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        assert!(std::fs::read(out.join(name)).unwrap() == again, "the two packs differ");
    });
}

#[test]
fn a_file_of_a_known_shape_is_done_again_in_one_click() {
    in_studio(async |studio| {
        worked(studio).await;
        pack(studio).await;
        studio.until("the recipe, kept", "return !!localStorage.getItem('atelier-recipes')").await;
        studio.run::<()>("location.reload()").await;
        studio.see("#file").await;
        studio.upload(&fixture(FILE)).await;
        studio.says("#offered", "hautes_remunerations.xlsx").await;
        studio.click("#follow-offered").await;
        studio.says("#followed", "Recette appliquée").await;
        studio.see(".panel .good").await;
        // What is forgotten is proposed no more.
        studio.run::<()>("location.reload()").await;
        studio.see("#file").await;
        studio.upload(&fixture(FILE)).await;
        studio.click("#forget-recipe").await;
        studio.gone("#offered").await;
        assert_eq!(
            studio.run::<Value>("return JSON.parse(localStorage.getItem('atelier-recipes'))").await,
            Value::from(Vec::<Value>::new())
        );
    });
}

#[test]
fn a_recipe_that_cannot_be_followed_changes_nothing() {
    in_studio(async |studio| {
        let recipe = studio.write("recette.json", r#"{"recipe": 9}"#);
        studio.choose(&recipe).await;
        studio.says(".banner.bad", "version plus récente").await;
        let recipe = studio.write(
            "recette.json",
            r#"{"recipe":1,"schema":{"name":"scdl/prenoms"},"labels":["Autre"],"columns":[{"field":"ANNEE","column":"Année"}],"operations":[{"extract":{"field":"ANNEE","column":"Année","part":"digits"}}]}"#,
        );
        studio.choose(&recipe).await;
        studio.says(".banner.bad", "Déposez d’abord votre fichier").await;
        studio.upload(&fixture("messy/prenoms_2022.csv")).await;
        studio.go(1).await;
        studio.click("#another-file").await;
        studio.choose(&recipe).await;
        studio.says("#followed", "La colonne « Année », qui sert le champ ANNEE, n’est pas dans ce fichier").await;
        studio.says("#followed", "Opération laissée de côté").await;
    });
}

#[test]
fn columns_are_filled_and_values_matched() {
    in_studio(async |studio| {
        studio.upload(&fixture("messy/prenoms_2022.csv")).await;
        // The year stands in the name of the file.
        studio.select(".map tbody tr:nth-child(6) select", "+text").await;
        studio.select("form.fill select", "@year").await;
        assert_eq!(studio.value("form.fill input").await, "{@year}");
        studio.click("form.fill button[type=submit]").await;
        studio.gone("form.fill").await;
        studio.says(".map tbody tr:nth-child(6)", "ANNEE").await;
        studio.go(3).await;
        studio.click("#repair-all").await;
        studio.click("#accept-all").await;
        studio.see(".panel .good").await;
        // One line of what was done is taken back, the others stay.
        studio.click("[role=tab]:nth-child(3)").await;
        let lines = studio.count("#causes li").await;
        studio.click("#causes li:first-child button").await;
        studio.until("one line less", &format!("return document.querySelectorAll('#causes li').length === {}", lines - 1)).await;
        studio.click("#undo").await;
        studio.until("the line again", &format!("return document.querySelectorAll('#causes li').length === {lines}")).await;
        // A text is replaced in the whole column of the chosen cell, and back.
        studio.click("#open-replace").await;
        studio.fill("#replace-find", "gap").await;
        studio.fill("#replace-with", "Rodez").await;
        studio.click("#replace-apply").await;
        studio.says(".toast", "cases changées").await;
        studio.says(".gc", "Rodez").await;
    });
}

#[test]
fn a_value_that_no_guess_reaches_is_matched_by_hand() {
    in_studio(async |studio| {
        let table = "COMMUNE_NOM,COLL_INSEE,ENFANT_SEXE,ENFANT_PRENOM,NOMBRE_OCCURRENCES,ANNEE\nGap,05061,épicène,Zoé,3,2022\n";
        let path: &Path = &studio.write("prenoms.csv", table);
        studio.upload(path).await;
        studio.go(3).await;
        studio.click(".cause button[aria-expanded]").await;
        studio.select(".matching select", "I").await;
        studio.click(".matching .row button").await;
        studio.see(".panel .good").await;
    });
}
