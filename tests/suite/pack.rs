use std::io::{Cursor, Read};

use atelier::{
    export::Copies,
    i18n::Locale,
    project::Project,
    protocol::{Export, Overview, Reply, Request},
    publish::{Parcel, sha1},
    repair::{CauseKind, Fix, Order},
};

use crate::support::{NOW, bytes, exported, exported_in, shared};

fn overview(replies: Vec<Reply>) -> Overview {
    let found = replies.into_iter().find_map(|reply| match reply {
        Reply::Overview(overview) => Some(*overview),
        _ => None,
    });
    found.unwrap()
}

/// Opens a file, repairs all that is sure, and says that days come first where it is asked.
fn repaired(name: &str, bytes: Vec<u8>) -> (Project, Overview) {
    let mut project = Project::default();
    project.open(name, &bytes);
    let mut state = overview(project.handle(Request::RepairAll).replies);
    for cause in state.causes.clone().into_iter().filter(|cause| cause.question.is_some()) {
        state = overview(project.handle(Request::Repair { key: cause.key, order: Some(Order::DayFirst) }).replies);
    }
    (project, state)
}

fn export(project: &Project, what: Export, locale: Locale) -> Vec<u8> {
    exported_in(project, what, "20250114_219900172_x.csv", NOW, locale)
}

#[test]
fn the_pack_holds_the_data_the_schema_the_description_and_the_report() {
    let (project, state) = repaired("deliberations.xlsx", bytes("deliberations.xlsx"));
    assert!(state.causes.is_empty(), "{:?}", state.causes);
    let pack = export(&project, Export::Pack(Copies::default()), Locale::Fr);
    let mut archive = zip::ZipArchive::new(Cursor::new(pack)).unwrap();
    let mut read = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let csv = read("20250114_219900172_x.csv");
    assert_eq!(csv.as_bytes(), bytes("deliberations.expected.csv"));
    let package: serde_json::Value = serde_json::from_str(&read("datapackage.json")).unwrap();
    assert_eq!(package["resources"][0]["bytes"], csv.len());
    assert_eq!(package["resources"][0]["conformsTo"], "https://schema.data.gouv.fr/schemas/scdl/deliberations/2.1.5/schema.json");
    assert_eq!(package["contributors"][0]["siren"], "219900172");
    let schema: serde_json::Value = serde_json::from_str(&read("schema.json")).unwrap();
    assert_eq!(schema["fields"].as_array().unwrap().len(), 17);
    let told: serde_json::Value = serde_json::from_str(&read("rapport-validation.json")).unwrap();
    assert_eq!((told["valid"].as_bool(), told["file"]["rows"].as_u64()), (Some(true), Some(csv.lines().count() as u64 - 1)));
    assert_eq!((told["schema"]["version"].as_str(), told["errors"].as_u64()), (Some("2.1.5"), Some(0)));
    let linked: serde_json::Value = serde_json::from_str(&read("metadata.jsonld")).unwrap();
    assert_eq!(linked["dcat:distribution"]["dcat:downloadURL"]["@id"], "20250114_219900172_x.csv");
    let dictionary = read("dictionnaire.md");
    assert!(dictionary.matches("\n## `").count() == 17 && dictionary.contains("## `COLL_SIRET`"), "{dictionary}");
    // The note names every file of the folder but itself.
    let note = read("LISEZMOI.txt");
    let report = read("rapport-validation.html");
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(names.len(), 8);
    assert!(names.iter().filter(|name| *name != "LISEZMOI.txt").all(|name| note.contains(&format!("- {name}\r\n"))), "{note}");
    assert!(report.contains("Conforme au schéma Délibérations 2.1.5") && report.contains("Rapporteur"), "{report}");
}

/// What is written part by part has the bytes of what is written whole.
#[test]
fn a_table_of_several_parts_is_written_as_one() {
    let names = ["COLL_NOM", "DELIB_ID", "DELIB_OBJET"];
    let row = |n: u64| format!("Commune,D-{n},\"{:016x}, \"\"{n}\"\"\"\n", n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let rows: String = (0..150_000).map(row).collect();
    let mut project = Project::default();
    project.open("x.csv", format!("{}\n{rows}", names.join(",")).as_bytes());
    project.handle(Request::UseSchema("scdl/deliberations".into()));
    let csv = exported(&project, Export::Csv, "x.csv", NOW);
    let mut archive =
        zip::ZipArchive::new(Cursor::new(exported(&project, Export::Pack(Copies::default()), "x.csv", NOW))).unwrap();
    let mut packed = Vec::new();
    archive.by_name("x.csv").unwrap().read_to_end(&mut packed).unwrap();
    assert!(csv.len() > 8 << 20 && packed == csv, "{} bytes", csv.len());
    let mut read = csv::Reader::from_reader(csv.as_slice());
    let objects: Vec<String> = read.records().map(|row| row.unwrap()[6].to_owned()).collect();
    assert_eq!((objects.len(), objects[149_999].as_str()), (150_000, "7af3880f0c15d49b, \"149999\""));
}

#[test]
fn a_pack_opened_again_is_as_it_was() {
    let (mut project, _) = repaired("deliberations.xlsx", bytes("deliberations.xlsx"));
    let mut metadata = overview(project.handle(Request::Undo).replies).metadata;
    metadata.title = "Un titre à nous".into();
    let before = overview(project.handle(Request::Describe(Box::new(metadata))).replies);
    let pack = export(&project, Export::Pack(Copies::default()), Locale::Fr);
    let csv = export(&project, Export::Csv, Locale::Fr);
    let mut again = Project::default();
    let state = overview(again.open("x.zip", &pack).replies);
    assert_eq!((state.schema_name, state.metadata), (before.schema_name, before.metadata));
    assert_eq!((state.causes.len(), state.reading.unwrap().archive.unwrap().entries.len()), (before.causes.len(), 1));
    assert!(export(&again, Export::Csv, Locale::Fr) == csv);
    assert!(export(&again, Export::Pack(Copies::default()), Locale::Fr).starts_with(b"PK"));
}

#[test]
fn a_table_with_errors_leaves_too_and_says_so() {
    let csv = "COLL_NOM,DELIB_ID,COLL_SIRET\n<script>alert(1)</script>,,123\n";
    let mut project = Project::default();
    project.open("x.csv", csv.as_bytes());
    project.handle(Request::UseSchema("scdl/deliberations".into()));
    let report = String::from_utf8(export(&project, Export::Report { complete: true }, Locale::En)).unwrap();
    assert!(report.contains("left to correct") && !report.contains("<script>"), "{report}");
    assert!(report.contains("All the cells to look at") && report.contains("SIRET of 14 digits"), "{report}");
    let findings = String::from_utf8(export(&project, Export::Findings, Locale::Fr)).unwrap();
    assert!(findings.contains("2;Erreur;DELIB_ID;") && findings.lines().all(|line| line.matches(';').count() >= 7), "{findings}");
    assert!(String::from_utf8(export(&project, Export::Csv, Locale::Fr)).unwrap().starts_with("COLL_NOM,COLL_SIRET,"));
}

#[test]
fn the_shared_messy_workbook_comes_out_as_a_careful_person_would_make_it() {
    let Some(path) = shared("messy/deliberations_2024.xlsx") else { return };
    let expected = std::fs::read(shared("messy/deliberations_2024.expected.csv").unwrap()).unwrap();
    let (project, _) = repaired("deliberations_2024.xlsx", std::fs::read(path).unwrap());
    assert!(export(&project, Export::Csv, Locale::Fr) == expected);
}

#[test]
fn what_is_wished_for_is_added() {
    let (project, _) = repaired("deliberations.xlsx", bytes("deliberations.xlsx"));
    let all = Copies { excel: true, workbook: true, catalogue: true };
    let pack = export(&project, Export::Pack(all), Locale::Fr);
    let mut archive = zip::ZipArchive::new(Cursor::new(&pack)).unwrap();
    let mut read = |name: &str| {
        let mut content = Vec::new();
        archive.by_name(name).unwrap().read_to_end(&mut content).unwrap();
        content
    };
    let copy = String::from_utf8(read("20250114_219900172_x-excel.csv")).unwrap();
    assert!(copy.starts_with("\u{feff}COLL_NOM;COLL_SIRET;"), "{copy}");
    let catalogue = String::from_utf8(read("catalogue-scdl.csv")).unwrap();
    assert!(catalogue.starts_with("COLL_NOM,COLL_SIRET,ID,") && catalogue.lines().count() == 2, "{catalogue}");
    // The workbook says what the CSV says.
    let mut again = Project::default();
    again.open("x.xlsx", &read("20250114_219900172_x.xlsx"));
    assert!(export(&again, Export::Csv, Locale::Fr) == bytes("deliberations.expected.csv"));
    // With more tables in it, the pack is opened on the one that it describes.
    let mut again = Project::default();
    let state = overview(again.open("x.zip", &pack).replies);
    assert_eq!(state.reading.unwrap().archive.unwrap().entries.len(), 1);
    assert!(export(&again, Export::Csv, Locale::Fr) == export(&project, Export::Csv, Locale::Fr));
}

#[test]
fn what_looks_like_a_formula_is_flagged_and_left_as_it_is() {
    let csv =
        "COLL_NOM,DELIB_ID,DELIB_OBJET,Remarque\nVille,D-1,=SOMME(A1),@x\nVille,D-2,-12 %,-\nVille,D-3,+33 1 23 45 67 89,=2\n";
    let mut project = Project::default();
    project.open("x.csv", csv.as_bytes());
    let formulas = |state: &Overview| -> Vec<(String, u32)> {
        let of = state.causes.iter().filter(|cause| cause.key.kind == CauseKind::Fix(Fix::FormulaSign) && cause.key.advice);
        of.map(|cause| (state.columns[cause.key.field.unwrap()].label.clone(), cause.count)).collect()
    };
    let state = overview(project.handle(Request::UseSchema("scdl/deliberations".into())).replies);
    assert_eq!(formulas(&state), [("DELIB_OBJET".to_owned(), 1)]);
    // A column kept beside is looked at as well.
    let state = overview(project.handle(Request::Keep { column: 3, keep: true }).replies);
    assert_eq!(formulas(&state), [("Remarque".to_owned(), 2), ("DELIB_OBJET".to_owned(), 1)]);
    let beside = state.columns.iter().position(|column| column.label == "Remarque").unwrap();
    assert_eq!((state.columns[beside].advice, state.columns[beside].field, state.bad_rows), (2, None, 0));
    let Reply::Rows(window) = &project.handle(Request::Rows { seq: 1, start: 0, count: 3 }).replies[0] else { panic!() };
    let cells: Vec<Option<&str>> = window.rows.iter().map(|row| row.cells[beside].fix.as_deref()).collect();
    assert_eq!(cells, [Some("x"), None, Some("2")]);
    assert!(String::from_utf8(export(&project, Export::Csv, Locale::Fr)).unwrap().contains(",=SOMME(A1),"));
    assert!(String::from_utf8(export(&project, Export::Csv, Locale::Fr)).unwrap().contains(",=2\n"));
    let pack = export(&project, Export::Pack(Copies { excel: true, ..Copies::default() }), Locale::Fr);
    let mut archive = zip::ZipArchive::new(Cursor::new(&pack)).unwrap();
    let mut note = String::new();
    archive.by_name("LISEZMOI.txt").unwrap().read_to_string(&mut note).unwrap();
    assert!(note.contains("3 cellules commencent comme une formule"), "{note}");
    let mut copy = String::new();
    archive.by_name("20250114_219900172_x-excel.csv").unwrap().read_to_string(&mut copy).unwrap();
    assert!(
        copy.contains(";'=SOMME(A1);")
            && copy.contains(";'=2\r\n")
            && copy.contains(";-12 %;")
            && copy.contains(";+33 1 23 45 67 89;"),
        "{copy}"
    );

    // Each cause is repaired in one click, taken back, and told again by a recipe.
    let before = export(&project, Export::Csv, Locale::Fr);
    let key = state.causes.iter().find(|cause| cause.key.field == Some(beside)).unwrap().key;
    let state = overview(project.handle(Request::Repair { key, order: None }).replies);
    assert_eq!((formulas(&state), state.repaired[0].key), (vec![("DELIB_OBJET".to_owned(), 1)], key));
    let after = export(&project, Export::Csv, Locale::Fr);
    assert!(String::from_utf8(after.clone()).unwrap().contains(",2\n") && after != before);
    let Reply::Recipe { text, .. } = &project.handle(Request::WriteRecipe).replies[0] else { panic!() };
    let text = text.clone();
    let state = overview(project.handle(Request::Undo).replies);
    assert!(formulas(&state).len() == 2 && export(&project, Export::Csv, Locale::Fr) == before);
    project.handle(Request::Replay(text));
    assert!(export(&project, Export::Csv, Locale::Fr) == after);
    // All that is sure leaves them as they are.
    project.handle(Request::Undo);
    project.handle(Request::RepairAll);
    assert!(String::from_utf8(export(&project, Export::Csv, Locale::Fr)).unwrap().contains(",=SOMME(A1),"));
}

/// The whole description comes back, and the period and the zones with it.
#[test]
fn the_data_tell_the_period_and_the_territory() {
    let (_, state) = repaired("deliberations.xlsx", bytes("deliberations.xlsx"));
    let metadata = state.metadata;
    assert!(metadata.description.chars().count() > 100 && metadata.tags.contains(&"deliberations".to_owned()), "{metadata:?}");
    assert_eq!(metadata.siret.get(..9), Some(metadata.siren.as_str()));
    assert!(metadata.period().is_some(), "{metadata:?}");
    let csv = "COMMUNE_NOM,COLL_INSEE,ENFANT_SEXE,ENFANT_PRENOM,NOMBRE_OCCURRENCES,ANNEE\nGap,05061,F,Zoé,3,2022\n";
    let mut project = Project::default();
    project.open("prenoms.csv", csv.as_bytes());
    let state = overview(project.handle(Request::UseSchema("scdl/prenoms".into())).replies);
    let zones: Vec<&str> = state.metadata.zones.iter().map(|zone| zone.id()).collect();
    assert_eq!((zones, state.metadata.start.as_str()), (vec!["fr:commune:05061"], "2022-01-01"));
    assert_eq!(state.metadata.score(), 7);
}

/// What the page publishes is what the pack holds.
#[test]
fn the_parcel_of_a_project_is_that_of_its_pack() {
    let (project, _) = repaired("deliberations.xlsx", bytes("deliberations.xlsx"));
    let mut table = Vec::new();
    let parcel = project.parcel("20250114_219900172_x.csv", NOW, &mut table).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(export(&project, Export::Pack(Copies::default()), Locale::Fr))).unwrap();
    let package: serde_json::Value = serde_json::from_reader(archive.by_name("datapackage.json").unwrap()).unwrap();
    assert_eq!(Some(parcel), Parcel::from_package(&package, table.len() as u64, sha1(&table)));
    assert!(table == export(&project, Export::Csv, Locale::Fr));
}
