//! Values that must not stand twice: `unique` fields and the primary key.

use std::collections::{BTreeMap, HashSet};

use super::{Checker, RowFinding, Rule};
use crate::table::{RowId, Table};

/// Finds the second and later rows that repeat a value, and rows without a key.
pub fn check_keys(checker: &Checker, table: &Table) -> BTreeMap<RowId, Vec<RowFinding>> {
    let mut found: BTreeMap<RowId, Vec<RowFinding>> = BTreeMap::new();
    let has_column = |field: &usize| checker.layout.columns.get(*field).copied().flatten().is_some();
    let unique = checker.schema.fields.iter().enumerate().filter(|(at, field)| field.unique && has_column(at));
    for (field, _) in unique {
        let mut seen = HashSet::new();
        for row in &table.order {
            let key = checker.verdict(table, *row, field).and_then(|v| v.value.as_ref()).map(|v| v.key());
            if key.is_some_and(|key| !seen.insert(key)) {
                found.entry(*row).or_default().push(RowFinding { rule: Rule::Unique, field: Some(field) });
            }
        }
    }
    let key = &checker.schema.primary_key;
    if !key.is_empty() && key.iter().all(has_column) {
        let mut seen = HashSet::new();
        for row in &table.order {
            let parts: Vec<Option<String>> = key
                .iter()
                .map(|field| checker.verdict(table, *row, *field).and_then(|v| v.value.as_ref()).map(|v| v.key()))
                .collect();
            if parts.iter().all(Option::is_none) || !seen.insert(parts) {
                found.entry(*row).or_default().push(RowFinding { rule: Rule::PrimaryKey, field: None });
            }
        }
    }
    found
}
