//! The packs, read by the programs that others read them with. `make test` installs them in `target/tools/python`.

use std::{
    io::{Cursor, Read},
    path::{Path, PathBuf},
    process::Command,
};

use atelier::{
    export::Copies,
    i18n::Locale,
    metadata::{Contact, Frequency, Metadata},
    project::Project,
    protocol::{Export, Reply, Request},
    repair::Order,
};

use crate::support::{NOW, bytes, exported_in};

/// The Python that has the reference programs; says so where it is absent.
fn python() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/python/bin/python");
    let ready = path.exists() && {
        let mut imports = Command::new(&path);
        let imports = imports.args(["-c", "import dplib, frictionless, jsonschema, openpyxl, rdflib, validata_core"]);
        imports.output().is_ok_and(|output| output.status.success())
    };
    if !ready {
        println!("skipped: frictionless and its like are not here (make references installs them)");
    }
    ready.then_some(path)
}

/// A project repaired as far as it can be by one click and one answer.
fn repaired(name: &str) -> Project {
    let mut project = Project::default();
    project.open(name, &bytes(name));
    for request in [Request::RepairAll, Request::Operate(atelier::recipe::Operation::RepairProposed)] {
        project.handle(request);
    }
    let asked: Vec<_> = project.causes().iter().filter(|cause| cause.question.is_some()).map(|cause| cause.key).collect();
    for key in asked {
        project.handle(Request::Repair { key, order: Some(Order::DayFirst) });
    }
    project
}

/// Unpacks the pack of a project, and gives what the reference programs find wrong.
fn found(python: &Path, project: &Project, label: &str) -> String {
    let copies = Copies { excel: true, workbook: true, catalogue: true };
    let name = project.csv_name(NOW);
    let pack = exported_in(project, Export::Pack(copies), &name, NOW, Locale::Fr);
    assert!(pack == exported_in(project, Export::Pack(copies), &name, NOW, Locale::Fr), "{label}: two packs differ");
    let folder = std::env::temp_dir().join(format!("atelier-reference-{}-{label}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(pack)).unwrap();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        std::fs::write(folder.join(file.name().unwrap().as_ref()), content).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/reference.py");
    let output = Command::new(python).arg(script).arg(&folder).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let cli = Command::new(python.with_file_name("frictionless"))
        .args(["validate", "datapackage.json"])
        .current_dir(&folder)
        .output()
        .unwrap();
    let told = if cli.status.success() { String::new() } else { String::from_utf8_lossy(&cli.stdout).into_owned() };
    std::fs::remove_dir_all(&folder).unwrap();
    format!("{said}{told}")
}

fn described(project: &mut Project, describe: impl FnOnce(&mut Metadata)) {
    let state = project.handle(Request::Suggest).replies;
    let found = state.into_iter().find_map(|reply| if let Reply::Overview(o) = reply { Some(o.metadata) } else { None });
    let mut metadata = found.unwrap();
    describe(&mut metadata);
    project.handle(Request::Describe(Box::new(metadata)));
}

#[test]
fn packs_are_valid_for_frictionless_and_for_validata() {
    let Some(python) = python() else { return };
    let mut project = repaired("deliberations.xlsx");
    assert!(project.causes().iter().all(|cause| cause.key.advice), "{:?}", project.causes());
    // With what is proposed alone, then with all that can be told.
    assert_eq!(found(&python, &project, "proposed"), "");
    described(&mut project, |metadata| {
        metadata.frequency = Some(Frequency::Irregular);
        metadata.contact =
            Contact { name: "Secrétariat".into(), email: "mairie@exemple.fr".into(), form: "https://exemple.fr/contact".into() };
    });
    assert_eq!(found(&python, &project, "full"), "");
    described(&mut project, |metadata| metadata.contact.name.clear());
    assert_eq!(found(&python, &project, "nameless"), "");
}
