use atelier::schema::{CompiledSchema, Fault, Schema, bundled, bundled_text};
use serde_json::Value;

use crate::support::shared;

/// What decides a verdict, in a field.
const FACTS: [&str; 17] = [
    "name",
    "type",
    "format",
    "constraints",
    "trueValues",
    "falseValues",
    "decimalChar",
    "groupChar",
    "bareNumber",
    "floatNumber",
    "arrayItem",
    "example",
    "missingValues",
    "itemType",
    "delimiter",
    "categories",
    "customCheck",
];

/// Every fact of the official schemas that decides a verdict is kept, and none is added.
#[test]
fn carried_schemas_keep_the_official_facts() {
    for entry in bundled() {
        let Some(path) = shared(&format!("official/{}", entry.file)) else { return };
        let official: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let ours: Value = serde_json::from_str(bundled_text(&entry).unwrap()).unwrap();
        for key in ["missingValues", "primaryKey", "foreignKeys", "uniqueKeys", "fieldsMatch", "custom_checks", "version"] {
            assert_eq!(ours.get(key), official.get(key), "{} {key}", entry.name);
        }
        let (ours, official) = (ours["fields"].as_array().unwrap(), official["fields"].as_array().unwrap());
        assert_eq!(ours.len(), official.len(), "{}", entry.name);
        for (ours, official) in ours.iter().zip(official) {
            for key in FACTS {
                assert_eq!(ours.get(key), official.get(key), "{} {} {key}", entry.name, official["name"]);
            }
        }
    }
}

/// Every official schema opens, and all that it asks can be checked but the links with other tables.
#[test]
fn every_official_schema_can_be_checked() {
    let Some(folder) = shared("official") else { return };
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.contains("__") {
            continue;
        }
        let schema = Schema::from_json(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let faults = CompiledSchema::new(&schema).faults;
        let left: Vec<&Fault> = faults.iter().filter(|fault| !matches!(fault, Fault::ForeignKey { .. })).collect();
        assert!(left.is_empty(), "{name} {left:?}");
        seen += 1;
    }
    assert_eq!(seen, 60);
}
