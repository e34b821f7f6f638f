use serde::{Deserialize, Serialize};

/// A schema that this program carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name in the national catalogue (`scdl/deliberations`).
    pub name: String,
    /// Its file in `schemas/`.
    pub file: String,
    /// What people call it.
    pub title: String,
    /// What the table holds.
    pub description: String,
    /// The version carried.
    pub version: String,
    /// Who publishes it.
    pub publisher: String,
    /// Where that very version stands.
    pub url: String,
    /// The shelf it stands on: `vie-municipale`, `mobilite`, `territoire` or `sante`.
    pub theme: String,
}

const INDEX: &str = include_str!("../../schemas/index.json");

macro_rules! files {
    ($($file:literal),* $(,)?) => {
        const FILES: &[(&str, &str)] = &[$(($file, include_str!(concat!("../../schemas/", $file)))),*];
    };
}

files!(
    "Archivistes75__registre_entrees.json",
    "CEREMA__schema-aire-livraison.json",
    "LaMednum__standard-mediation-num.json",
    "atlasante__schema-dae.json",
    "cnigfr__schema-friches.json",
    "datagouv__schema-fontaine-eau.json",
    "datakode__schema-pei.json",
    "etalab__schema-decp-dpa.json",
    "etalab__schema-hautes-remunerations.json",
    "etalab__schema-impact-service-public-numerique.json",
    "etalab__schema-irve-dynamique.json",
    "etalab__schema-irve-statique.json",
    "etalab__schema-lieux-covoiturage.json",
    "etalab__schema-passage-a-niveau.json",
    "etalab__schema-sdirve.json",
    "etalab__schema-stationnement-cyclable.json",
    "etalab__schema-stationnement.json",
    "openmaraude__schema-stationstaxi.json",
    "scdl__budget.json",
    "scdl__catalogue.json",
    "scdl__deliberations.json",
    "scdl__equipements.json",
    "scdl__menus-collectifs.json",
    "scdl__plats-menus-collectifs.json",
    "scdl__prenoms.json",
    "scdl__subventions.json",
);

/// The schemas carried, the most used first.
pub fn bundled() -> Vec<Entry> {
    // The index is part of the program and read by a test: it cannot fail here.
    serde_json::from_str(INDEX).unwrap_or_default()
}

/// The document of a carried schema.
pub fn bundled_text(entry: &Entry) -> Option<&'static str> {
    FILES.iter().find(|(file, _)| *file == entry.file).map(|(_, text)| *text)
}

/// Finds a carried schema by its full name (`scdl/deliberations`) or the last part of it.
pub fn find_bundled(name: &str) -> Option<Entry> {
    bundled().into_iter().find(|entry| entry.name == name || entry.name.rsplit('/').next() == Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{CompiledSchema, Schema};

    #[test]
    fn every_entry_opens_and_compiles_without_fault() {
        let entries = bundled();
        assert_eq!(entries.len(), FILES.len());
        for entry in entries {
            let schema = Schema::from_json(bundled_text(&entry).unwrap()).unwrap();
            assert_eq!(CompiledSchema::new(&schema).faults, [], "{}", entry.name);
            assert_eq!(schema.title, entry.title);
            assert!(entry.url.contains(&entry.name) && entry.url.contains(&entry.version), "{}", entry.url);
            for field in &schema.fields {
                assert!(!field.description.is_empty() && field.title != field.name, "{} {}", entry.name, field.name);
            }
        }
        assert_eq!(find_bundled("deliberations").unwrap().name, "scdl/deliberations");
    }
}
