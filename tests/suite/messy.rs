//! Messy files of ten schemas, each brought to what a careful person would publish by the clicks of an agent, which are
//! counted; then by its recipe alone, in one.

use atelier::{
    project::Project,
    protocol::{Done, Export, Overview, Reply, Request},
    recipe::{Operation, Part},
    repair::{Fix, Order},
};

use crate::support::{NOW, exported, fixture, shared};

/// What an agent does with one click, a choice in a list, or a text typed and confirmed.
#[derive(Clone)]
enum Click {
    /// Chooses the column of a field.
    Column(&'static str, &'static str),
    /// Does something to a column, to a cause or to all that is sure.
    Do(Operation),
}

use Click::{Column, Do};

fn repair(field: &str, fix: Fix) -> Click {
    Do(Operation::Repair { field: Some(field.into()), fix, order: None })
}

/// The same repair in all the fields that need it.
fn everywhere(fix: Fix) -> Click {
    Do(Operation::Repair { field: None, fix, order: None })
}

fn day_first() -> Click {
    Do(Operation::Repair { field: None, fix: Fix::AmbiguousDate, order: Some(Order::DayFirst) })
}

fn values(field: &str, values: &[(&str, &str)]) -> Click {
    let values = values.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
    Do(Operation::Match { field: field.into(), values })
}

fn constant(field: &str, value: &str) -> Click {
    Do(Operation::Derive { field: field.into(), template: value.into() })
}

fn sure() -> Click {
    Do(Operation::RepairSafe)
}

/// All that is proposed, once looked at.
fn proposed() -> Click {
    Do(Operation::RepairProposed)
}

fn state(replies: &[Reply]) -> Overview {
    let found = replies.iter().rev().find_map(|reply| match reply {
        Reply::Overview(overview) => Some(overview.as_ref().clone()),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("no state in {replies:?}"))
}

fn opened(path: &std::path::Path) -> (Project, Overview) {
    let mut project = Project::default();
    let replies = project.open(path.file_name().unwrap().to_str().unwrap(), &std::fs::read(path).unwrap()).replies;
    let overview = state(&replies);
    (project, overview)
}

fn csv(project: &Project) -> String {
    String::from_utf8(exported(project, Export::Csv, "x.csv", NOW)).unwrap()
}

/// Follows the clicks, and gives their number. The schema chosen among those proposed is one more, where it is not the
/// first.
fn clicked(path: &std::path::Path, schema: &str, clicks: &[Click]) -> (Project, usize) {
    let (mut project, mut overview) = opened(path);
    let mut count = clicks.len();
    if overview.schema_name.as_deref() != Some(schema) {
        overview = state(&project.handle(Request::UseSchema(schema.to_owned())).replies);
        count += 1;
    }
    let fields: Vec<String> = project.schema().unwrap().fields.iter().map(|field| field.name.clone()).collect();
    for click in clicks {
        let replies = match click {
            Column(field, label) => {
                let at = |list: &[String], name: &str| list.iter().position(|other| other == name);
                let field = at(&fields, field).unwrap_or_else(|| panic!("no field {field}"));
                let column = at(&overview.labels, label);
                assert_ne!(overview.mapping.columns[field], column, "{label} serves {} already", fields[field]);
                project.handle(Request::Assign { field, column }).replies
            }
            Do(operation) => {
                let replies = project.handle(Request::Operate(operation.clone())).replies;
                assert!(
                    matches!(replies.last(), Some(Reply::Done(Done::Changed(1..)))),
                    "{operation:?} does nothing: {replies:?}"
                );
                replies
            }
        };
        overview = state(&replies);
    }
    (project, count)
}

#[track_caller]
fn becomes(path: &std::path::Path, schema: &str, most: usize, clicks: &[Click]) {
    let expected = std::fs::read_to_string(path.with_extension("expected.csv")).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let (mut project, count) = clicked(path, schema, clicks);
    same(&name, &csv(&project), &expected);
    println!("{name}: {count} clicks");
    assert!(count <= most, "{name}: {count} clicks");
    let Some(Reply::Recipe { text, .. }) = project.handle(Request::WriteRecipe).replies.into_iter().next() else { panic!() };
    let (mut again, _) = opened(path);
    let replies = again.handle(Request::Replay(text)).replies;
    let Some(Reply::Replayed { misfits, .. }) = replies.last() else { panic!("{replies:?}") };
    assert_eq!(misfits, &[], "{name}");
    same(&name, &csv(&again), &expected);
}

/// Compares line by line, and shows the cells that differ.
#[track_caller]
fn same(name: &str, found: &str, expected: &str) {
    if found == expected {
        return;
    }
    let rows = |text: &str| -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let (found, expected) = (rows(found), rows(expected));
    let labels = &expected[0];
    let mut said = format!("{name}: {} rows, {} expected\n", found.len(), expected.len());
    for (at, (found, expected)) in found.iter().zip(&expected).enumerate() {
        for (column, (cell, wanted)) in found.iter().zip(expected).enumerate().filter(|(_, (a, b))| a != b) {
            said += &format!("row {} {}: {cell:?}, expected {wanted:?}\n", at + 1, labels[column]);
        }
    }
    panic!("{said}");
}

#[test]
fn shared_messy_files_become_what_is_expected() {
    let Some(folder) = shared("messy") else { return };
    becomes(&folder.join("deliberations_2024.xlsx"), "scdl/deliberations", 2, &[sure(), day_first()]);
    becomes(
        &folder.join("subventions_2023.csv"),
        "scdl/subventions",
        5,
        &[sure(), everywhere(Fix::TotalRow), day_first(), repair("nature", Fix::Synonym)],
    );
}

#[test]
fn charging_points() {
    let clicks = [
        Column("nom_amenageur", "Propriétaire des bornes"),
        Column("siren_amenageur", "SIREN propriétaire"),
        Column("contact_amenageur", "Mail propriétaire"),
        Column("tarification", "Prix affiché"),
        Do(Operation::Point { field: "coordonneesXY".into(), longitude: "Longitude".into(), latitude: "Latitude".into() }),
        sure(),
        day_first(),
        proposed(),
    ];
    becomes(&fixture("messy/bornes_recharge.csv"), "etalab/schema-irve-statique", 8, &clicks);
}

#[test]
fn car_parks() {
    let clicks = [Column("nb_places", "Places"), Column("info", "Bon à savoir"), sure(), proposed()];
    becomes(&fixture("messy/parkings_2024.xlsx"), "etalab/schema-stationnement", 8, &clicks);
}

#[test]
fn car_sharing() {
    let clicks = [Column("comm", "Services"), constant("date_maj", "2024-03-01"), sure(), proposed()];
    becomes(&fixture("messy/covoiturage.csv"), "etalab/schema-lieux-covoiturage", 8, &clicks);
}

#[test]
fn defibrillators() {
    let clicks = [
        Column("nom", "Lieu de pose"),
        Column("acc_complt", "Comment y aller"),
        sure(),
        values("acc_etg", &[("RDC", "0"), ("rez-de-chaussée", "0")]),
        values("disp_j", &[("lundi au vendredi", "lundi|mardi|mercredi|jeudi|vendredi"), ("tous les jours", "7j/7")]),
        day_first(),
        proposed(),
    ];
    becomes(&fixture("messy/defibrillateurs.xlsx"), "atlasante/schema-dae", 8, &clicks);
}

#[test]
fn public_places() {
    let clicks =
        [Column("EQUIP_THEME", "Famille"), Column("EQUIP_TYPE", "Genre"), Column("EQUIP_WEB", "Site"), sure(), proposed()];
    becomes(&fixture("messy/equipements.csv"), "scdl/equipements", 8, &clicks);
}

#[test]
fn menus() {
    let clicks = [
        Column("menuCollNom", "Organisateur"),
        Column("menuRestaurantNom", "École"),
        Column("menuRestaurantType", "Niveau"),
        Column("menuRestaurantConvive", "Pour qui"),
        Column("menuPlatNom", "Intitulé"),
        sure(),
        day_first(),
        proposed(),
    ];
    becomes(&fixture("messy/menus_mars.csv"), "scdl/menus-collectifs", 8, &clicks);
}

#[test]
fn first_names() {
    let clicks = [constant("ANNEE", "{@year}"), sure(), proposed()];
    becomes(&fixture("messy/prenoms_2022.csv"), "scdl/prenoms", 8, &clicks);
}

#[test]
fn high_pay() {
    let clicks = [Column("denomination_employeur", "Organisme"), sure(), proposed()];
    becomes(&fixture("messy/hautes_remunerations.xlsx"), "etalab/schema-hautes-remunerations", 8, &clicks);
}

#[test]
fn fountains() {
    let part =
        |field: &str, part: Part| Do(Operation::Extract { field: field.into(), column: "Position GPS (lat, long)".into(), part });
    let clicks = [part("latitude", Part::Latitude), part("longitude", Part::Longitude), sure(), day_first(), proposed()];
    becomes(&fixture("messy/fontaines.csv"), "datagouv/schema-fontaine-eau", 8, &clicks);
}

#[test]
fn digital_places() {
    let clicks = [
        Column("complement_adresse", "Bâtiment, étage"),
        Column("horaires", "Ouverture au public"),
        Column("services", "Ce qu'on y fait"),
        sure(),
        day_first(),
        values("pivot", &[("w051001234", "W051001234")]),
        proposed(),
    ];
    becomes(&fixture("messy/lieux_numeriques.xlsx"), "LaMednum/standard-mediation-num", 8, &clicks);
}
