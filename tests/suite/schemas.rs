use atelier::schema::{bundled, bundled_text};
use serde_json::Value;

use crate::support::shared;

/// What decides a verdict, in a field.
const FACTS: [&str; 12] = [
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
];

/// Every fact of the official schemas that decides a verdict is kept, and none is added.
#[test]
fn carried_schemas_keep_the_official_facts() {
    for entry in bundled() {
        let Some(path) = shared(&format!("official/{}", entry.file)) else { return };
        let official: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let ours: Value = serde_json::from_str(bundled_text(&entry).unwrap()).unwrap();
        for key in ["missingValues", "primaryKey", "foreignKeys", "custom_checks", "version"] {
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
