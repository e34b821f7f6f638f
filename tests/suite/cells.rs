use std::collections::BTreeSet;

use atelier::{
    check::{Rule, check_cell},
    schema::{CompiledSchema, Schema},
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
        // A few have no verdict: the reference refuses their schema.
        let Some(errors) = vector["errors"].as_array().filter(|_| vector["volatile"] != true) else { continue };
        seen += 1;
        let cell = vector["cell"].as_str().unwrap_or_default();
        let here: BTreeSet<&str> = check_cell(&compiled.fields[0], cell).broken.into_iter().map(name).collect();
        let reference: BTreeSet<&str> = errors.iter().filter_map(Value::as_str).collect();
        if here != reference {
            differ.push(format!("{} {cell:?} reference {reference:?} here {here:?}", vector["field"]));
        }
    }
    println!("{} of {seen} agree", seen - differ.len());
    assert!(differ.is_empty(), "{} of {seen} differ:\n{}", differ.len(), differ.join("\n"));
}

/// What the reference calls a rule, in a cell.
fn name(rule: Rule) -> &'static str {
    match rule.code(&[]) {
        (_, Some(constraint)) => constraint,
        _ => "type",
    }
}
