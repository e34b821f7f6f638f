use std::collections::BTreeSet;

use atelier::{
    check::{Rule, check_cell},
    schema::{CompiledSchema, Schema},
};
use serde_json::Value;

use crate::support::{fixture, shared};

/// A set of our own: cells of every type and constraint, judged by the reference engine (frictionless 5.21.0).
#[test]
fn our_own_cells_are_judged_as_the_reference_judges_them() {
    let text = std::fs::read_to_string(fixture("cells.json")).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    let mut differ = Vec::new();
    let mut judge = |field: &Value, cell: &str, reference: BTreeSet<&str>| {
        let here = judged(field, cell);
        if here != reference {
            differ.push(format!("{field} {cell:?} reference {reference:?} here {here:?}"));
        }
    };
    for line in all.as_array().unwrap() {
        for cell in line["good"].as_array().unwrap() {
            judge(&line["field"], cell.as_str().unwrap(), BTreeSet::new());
        }
        for bad in line["bad"].as_array().unwrap() {
            let words: Vec<&str> = bad.as_array().unwrap().iter().filter_map(Value::as_str).collect();
            judge(&line["field"], words[0], words[1..].iter().copied().collect());
        }
    }
    assert!(differ.is_empty(), "{} differ:\n{}", differ.len(), differ.join("\n"));
}

/// Thousands of cells with the reference engine's verdict.
#[test]
fn cells_are_judged_as_the_reference_judges_them() {
    let Some(path) = shared("corpus/cell_vectors.json") else { return };
    let all: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let (mut seen, mut differ) = (0, Vec::new());
    for vector in all["vectors"].as_array().unwrap() {
        // A few have no verdict: the reference refuses their schema.
        let Some(errors) = vector["errors"].as_array().filter(|_| vector["volatile"] != true) else { continue };
        seen += 1;
        let cell = vector["cell"].as_str().unwrap_or_default();
        let here = judged(&vector["field"], cell);
        let reference: BTreeSet<&str> = errors.iter().filter_map(Value::as_str).collect();
        if here != reference {
            differ.push(format!("{} {cell:?} reference {reference:?} here {here:?}", vector["field"]));
        }
    }
    println!("{} of {seen} agree", seen - differ.len());
    assert!(differ.is_empty(), "{} of {seen} differ:\n{}", differ.len(), differ.join("\n"));
}

/// The names of the rules that a cell breaks.
fn judged(field: &Value, cell: &str) -> BTreeSet<&'static str> {
    let mut field = field.clone();
    field["name"] = "x".into();
    let document = serde_json::json!({ "$schema": "https://datapackage.org/profiles/2.0/tableschema.json", "fields": [field] });
    let compiled = CompiledSchema::new(&Schema::from_json(&document.to_string()).unwrap());
    check_cell(&compiled.fields[0], cell).broken.into_iter().map(name).collect()
}

/// What the reference calls a rule, in a cell.
fn name(rule: Rule) -> &'static str {
    match rule.code(&[]) {
        (_, Some(constraint)) => constraint,
        _ => "type",
    }
}
