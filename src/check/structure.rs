//! The header against the schema, and rows against the header.

use super::{Checker, Finding, Layout, RowFinding, Rule};
use crate::{
    schema::CompiledSchema,
    table::{RowId, Table},
};

/// Labels that stand twice, and columns that the schema requires and the table lacks.
pub fn check_header(schema: &CompiledSchema, layout: &Layout) -> Vec<Finding> {
    let finding = |rule, field, cell: &str| Finding { rule, row: None, field, cell: cell.to_owned() };
    if !layout.labelled {
        return Vec::new();
    }
    let mut found: Vec<Finding> =
        layout.duplicates.iter().map(|label| finding(Rule::DuplicateLabel, schema.position(label), label)).collect();
    for (at, field) in schema.fields.iter().enumerate() {
        let wanted = field.required || schema.primary_key.contains(&at);
        if wanted && layout.columns.get(at).copied().flatten().is_none() {
            found.push(finding(Rule::MissingLabel, Some(at), &field.name));
        }
    }
    found
}

/// A blank row, cells beyond the header, cells that the row lacks.
pub fn check_row(checker: &Checker, table: &Table, row: RowId, blank: bool) -> Vec<RowFinding> {
    if blank {
        return vec![RowFinding { rule: Rule::BlankRow, field: None }];
    }
    let beyond = table.overflow.get(&row).map_or(0, Vec::len);
    let mut found = vec![RowFinding { rule: Rule::ExtraCell, field: None }; beyond];
    if let Some(present) = table.short.get(&row) {
        let absent = |column: &Option<usize>| column.is_some_and(|column| column >= *present);
        for (field, _) in checker.layout.columns.iter().enumerate().filter(|(_, column)| absent(column)) {
            found.push(RowFinding { rule: Rule::MissingCell, field: Some(field) });
        }
    }
    found
}
