//! Values that must not stand twice (`unique` fields, keys), and values that must stand elsewhere.

use std::collections::{BTreeMap, HashSet};

use super::{Checker, RowFinding, Rule};
use crate::{
    table::{RowId, Table},
    value::Value,
};

/// Finds the second and later rows that repeat a value, rows without a key, and references to nothing.
pub fn check_keys(checker: &Checker, table: &Table) -> BTreeMap<RowId, Vec<RowFinding>> {
    let mut found: BTreeMap<RowId, Vec<RowFinding>> = BTreeMap::new();
    let has_column = |field: &usize| checker.layout.columns.get(*field).copied().flatten().is_some();
    let unique = checker.schema.fields.iter().enumerate().filter(|(at, field)| field.unique && has_column(at));
    for (field, _) in unique {
        let mut seen = HashSet::new();
        for row in &table.order {
            let key = checker.value(table, *row, field).map(Value::key);
            if key.is_some_and(|key| !seen.insert(key)) {
                found.entry(*row).or_default().push(RowFinding { rule: Rule::Unique, field: Some(field) });
            }
        }
    }
    let schema = &checker.schema;
    let whole = |key: &[usize]| !key.is_empty() && key.iter().all(has_column);
    if whole(&schema.primary_key) {
        let mut seen = HashSet::new();
        for row in &table.order {
            let parts = parts(checker, table, *row, &schema.primary_key);
            if parts.iter().all(Option::is_none) || !seen.insert(parts) {
                found.entry(*row).or_default().push(RowFinding { rule: Rule::PrimaryKey, field: None });
            }
        }
    }
    for (at, key) in schema.unique_keys.iter().enumerate().filter(|(_, key)| whole(key)) {
        let mut seen = HashSet::new();
        for row in &table.order {
            let parts = parts(checker, table, *row, key);
            if parts.iter().all(Option::is_some) && !seen.insert(parts) {
                found.entry(*row).or_default().push(RowFinding { rule: Rule::UniqueKey(at as u16), field: None });
            }
        }
    }
    for (at, reference) in schema.self_references.iter().enumerate() {
        if !whole(&reference.fields) || !whole(&reference.targets) {
            continue;
        }
        let there: HashSet<_> = table.order.iter().map(|row| parts(checker, table, *row, &reference.targets)).collect();
        for row in &table.order {
            let parts = parts(checker, table, *row, &reference.fields);
            if parts.iter().any(Option::is_some) && !there.contains(&parts) {
                let field = reference.fields.first().copied();
                found.entry(*row).or_default().push(RowFinding { rule: Rule::SelfReference(at as u16), field });
            }
        }
    }
    found
}

/// The values of some fields of a row, as they are compared.
fn parts(checker: &Checker, table: &Table, row: RowId, fields: &[usize]) -> Vec<Option<String>> {
    fields.iter().map(|field| checker.value(table, row, *field).map(Value::key)).collect()
}
