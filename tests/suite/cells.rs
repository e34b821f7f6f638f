use atelier::{
    check::{Rule, check_cell},
    schema::{CompiledSchema, Schema},
    value::Kind,
};
use serde_json::Value;

use crate::support::shared;

/// Thousands of cells with the reference engine's verdict.
#[test]
fn cells_are_judged_as_the_reference_judges_them() {
    let Some(path) = shared("corpus/cell_vectors.json") else { return };
    let all: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let (mut seen, mut differ) = (0, Vec::new());
    for vector in all["vectors"].as_array().unwrap() {
        let mut field = vector["field"].clone();
        field["name"] = "x".into();
        let document =
            serde_json::json!({ "$schema": "https://datapackage.org/profiles/2.0/tableschema.json", "fields": [field] });
        let compiled = CompiledSchema::new(&Schema::from_json(&document.to_string()).unwrap());
        if vector["volatile"] == true || matches!(compiled.fields[0].kind, Kind::Unread(_)) {
            continue;
        }
        seen += 1;
        let cell = vector["cell"].as_str().unwrap_or_default();
        let broken = check_cell(&compiled.fields[0], cell).broken;
        let said = broken.is_empty();
        if said != (vector["ok"] == true) {
            differ.push(format!(
                "{} {cell:?} reference {} {}",
                vector["field"],
                vector["ok"],
                if broken.contains(&Rule::Type) { "type" } else { "" }
            ));
        }
    }
    println!("{} of {seen} agree", seen - differ.len());
    assert!(differ.len() * 100 <= seen, "{} of {seen} differ:\n{}", differ.len(), differ.join("\n"));
}
