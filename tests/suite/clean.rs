//! `atelier clean`: what the studio does, from the command line.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use atelier::{
    export::Copies,
    project::Project,
    protocol::{Export, Reply, Request},
    recipe::Operation,
    repair::{Fix, Order},
};

use crate::support::{NOW, bytes, exported, fixture};

const FILE: &str = "messy/hautes_remunerations.xlsx";
/// 2024-05-02T10:00:00Z
const MOMENT: &str = "1714644000";

fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("atelier-clean-{}-{name}", std::process::id()));
    drop(std::fs::remove_dir_all(&path));
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn clean(arguments: &[&Path]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atelier"));
    command.env("SOURCE_DATE_EPOCH", MOMENT).arg("clean").args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A project brought to the end as an agent would, and its recipe.
fn worked() -> (Project, String) {
    let mut project = Project::default();
    project.open("hautes_remunerations.xlsx", &bytes(FILE));
    let labels = ["Organisme"];
    let state = project.handle(Request::Suggest).replies;
    let overview = state.iter().find_map(|reply| if let Reply::Overview(o) = reply { Some(o.clone()) } else { None }).unwrap();
    let column = overview.labels.iter().position(|label| label == labels[0]);
    let field = project.schema().unwrap().fields.iter().position(|field| field.name == "denomination_employeur").unwrap();
    project.handle(Request::Assign { field, column });
    for operation in [
        Operation::RepairSafe,
        Operation::Repair { field: None, fix: Fix::Typo, order: None },
        Operation::Repair { field: None, fix: Fix::PlaceholderText, order: None },
    ] {
        project.handle(Request::Operate(operation));
    }
    let recipe = project.handle(Request::WriteRecipe).replies;
    let Some(Reply::Recipe { text, by_hand: 0 }) = recipe.into_iter().next() else { panic!() };
    (project, text)
}

#[test]
fn a_recipe_writes_the_pack_of_the_studio() {
    let (project, recipe) = worked();
    let now = "2024-05-02T10:00:00Z";
    let name = project.csv_name(now);
    let pack = exported(&project, Export::Pack(Copies::default()), &name, now);
    let out = folder("recipe");
    let path = out.join("recette.json");
    std::fs::write(&path, recipe).unwrap();
    let output = clean(&[&fixture(FILE), Path::new("--recipe"), &path, Path::new("--out"), &out.join("a")]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).starts_with("✓ hautes_remunerations.xlsx : Valide"), "{}", said(&output));
    let written = std::fs::read(out.join("a").join(format!("{}.zip", name.trim_end_matches(".csv")))).unwrap();
    assert!(written == pack, "{} bytes, {} expected", written.len(), pack.len());
}

#[test]
fn a_folder_is_told_a_line_a_file() {
    let (_, recipe) = worked();
    let (files, out) = (folder("files"), folder("out"));
    std::fs::copy(fixture(FILE), files.join("a.xlsx")).unwrap();
    std::fs::write(files.join("b.csv"), "Exercice;Autre\n2019;x\n").unwrap();
    std::fs::write(files.join("c.csv"), b"%PDF-1.4").unwrap();
    std::fs::write(files.join("notes.md"), "x").unwrap();
    let path = out.join("recette.json");
    std::fs::write(&path, recipe).unwrap();
    let output = clean(&[&files, Path::new("--recipe"), &path, Path::new("--out"), &out]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    let told = String::from_utf8(output.stdout.clone()).unwrap();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 3, "{told}");
    assert!(lines[0].starts_with("✓ a.xlsx : Valide") && out.join("a").is_dir(), "{told}");
    assert!(lines[1].starts_with("✗ b.csv : Invalide") && lines[1].contains("ne correspondent plus"), "{told}");
    assert!(lines[2].starts_with("✗ ") && lines[2].contains("PDF"), "{told}");
}

#[test]
fn without_a_recipe_all_that_is_sure_is_done() {
    let out = folder("auto");
    let file = fixture("deliberations.xlsx");
    let output =
        clean(&[&file, Path::new("--schema"), Path::new("scdl/deliberations"), Path::new("--auto"), Path::new("--out"), &out]);
    let mut project = Project::default();
    project.open("deliberations.xlsx", &bytes("deliberations.xlsx"));
    project.handle(Request::RepairAll);
    assert_eq!(std::fs::read(out.join("data.csv")).unwrap(), exported(&project, Export::Csv, "x", NOW));
    for name in ["schema.json", "datapackage.json", "rapport-validation.html"] {
        assert!(out.join(name).is_file(), "{name}");
    }
    // What is left is asked: day or month first.
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("dates à double lecture"), "{}", said(&output));
    project.handle(Request::Operate(Operation::Repair { field: None, fix: Fix::AmbiguousDate, order: Some(Order::DayFirst) }));
    assert!(project.causes().iter().all(|cause| cause.key.advice));
}

#[test]
fn what_cannot_be_done_is_said() {
    let out = folder("refused");
    let recipe = out.join("r.json");
    std::fs::write(&recipe, "{}").unwrap();
    let file = fixture(FILE);
    for (arguments, sentence) in [
        (vec![file.as_path(), Path::new("--recipe"), &recipe, Path::new("--out"), &out], "n’est pas une recette"),
        (vec![Path::new("nulle-part.csv"), Path::new("--recipe"), &recipe, Path::new("--out"), &out], "n’est pas une recette"),
        (vec![file.as_path(), Path::new("--schema"), Path::new("nope"), Path::new("--auto"), Path::new("--out"), &out], "nope"),
        (vec![file.as_path(), Path::new("--out"), &out], "atelier clean"),
        (
            vec![out.as_path(), Path::new("--schema"), Path::new("deliberations"), Path::new("--auto"), Path::new("--out"), &out],
            "aucun tableau",
        ),
    ] {
        let output = clean(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(said(&output).contains(sentence), "{sentence}: {}", said(&output));
    }
}
