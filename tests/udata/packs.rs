//! Packs to publish, and the command that publishes them.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use atelier::{
    export::{Copies, Fingerprint, Parts, datapackage},
    i18n::Locale,
    metadata::{Contact, Frequency, Metadata},
    project::Project,
    protocol::{Export, Reply, Request},
    repair::Order,
    schema::Schema,
};

use crate::server::Udata;

/// The address of the schema that the packs follow.
pub const SCHEMA: &str = "https://schema.data.gouv.fr/schemas/scdl/deliberations/2.1.5/schema.json";

/// An empty folder for a test.
pub fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("atelier-publish-{}-{name}", std::process::id()));
    drop(std::fs::remove_dir_all(&path));
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn described(title: &str) -> Metadata {
    Metadata {
        title: title.into(),
        description: "Les délibérations adoptées par le conseil municipal, avec leur objet et les votes. "
            .repeat(2)
            .trim()
            .into(),
        organisation: "Ville de Testville".into(),
        siren: "219900172".into(),
        frequency: Some(Frequency::Quarterly),
        start: "2024-01-01".into(),
        end: "2024-12-31".into(),
        contact: Contact { email: "opendata@example.org".into(), ..Contact::default() },
        ..Metadata::default()
    }
}

/// The ZIP that the studio makes of a messy workbook.
pub fn zip(folder: &Path, title: &str) -> (PathBuf, Vec<u8>) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut project = Project::default();
    project.open("deliberations.xlsx", &std::fs::read(fixtures.join("deliberations.xlsx")).unwrap());
    project.handle(Request::RepairAll);
    for cause in project.causes().to_vec().into_iter().filter(|cause| cause.question.is_some()) {
        project.handle(Request::Repair { key: cause.key, order: Some(Order::DayFirst) });
    }
    project.handle(Request::Describe(Box::new(described(title))));
    let export = |what| {
        let written = Parts::gather(|to| {
            let reply = project.export(what, "20250114_219900172_deliberations-2024.csv", "2025-01-14T10:00:00Z", Locale::Fr, to);
            assert!(matches!(reply, Reply::Exported { .. }), "{reply:?}");
            Ok(())
        });
        written.unwrap()
    };
    let path = folder.join("deliberations.zip");
    std::fs::write(&path, export(Export::Pack(Copies::default()))).unwrap();
    (path, export(Export::Csv))
}

/// A pack as a folder, with this table.
pub fn unpacked(folder: &Path, title: &str, table: &[u8]) -> PathBuf {
    let schema = Schema::from_json(r#"{"title":"Délibérations","fields":[{"name":"a"}]}"#).unwrap();
    let told = Fingerprint::of(table);
    let package = datapackage(&described(title), &schema, Some(SCHEMA), "deliberations.csv", &told, "2025-01-14T10:00:00Z");
    let path = folder.join("pack");
    std::fs::create_dir_all(&path).unwrap();
    std::fs::write(path.join("datapackage.json"), package.to_string()).unwrap();
    std::fs::write(path.join("deliberations.csv"), table).unwrap();
    path
}

/// Publishes a pack with somebody's key.
pub fn publish_as(udata: &Udata, base: &str, key: &str, pack: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atelier"));
    command.env("ATELIER_KEY", key).arg("publish").arg(pack).args(["--instance", base, "--organization", udata.town()]);
    command.args(["--key-env", "ATELIER_KEY"]).args(more).output().unwrap()
}

/// Publishes a pack with the agent's key.
pub fn publish(udata: &Udata, pack: &Path, more: &[&str]) -> Output {
    publish_as(udata, udata.base(), udata.key("agent"), pack, more)
}

/// All that the command said.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
