//! The header against the schema, and rows against the header.

use super::{Checker, Finding, Layout, RowFinding, Rule};
use crate::{
    schema::{CompiledSchema, FieldsMatch},
    table::{RowId, Table},
};

/// Labels that stand twice or at the wrong place, columns that the schema requires and the table
/// lacks, columns that it does not allow.
pub fn check_header(schema: &CompiledSchema, layout: &Layout, labels: &[String]) -> Vec<Finding> {
    let finding = |rule, field, cell: &str| Finding { rule, row: None, field, cell: cell.to_owned() };
    if !layout.labelled {
        return Vec::new();
    }
    let mut found = Vec::new();
    if matches!(schema.fields_match, FieldsMatch::Exact | FieldsMatch::Equal | FieldsMatch::Superset) {
        let extra = layout.extras.iter().filter_map(|column| labels.get(*column));
        found.extend(extra.map(|label| finding(Rule::ExtraLabel, None, label)));
    }
    found.extend(layout.duplicates.iter().map(|label| finding(Rule::DuplicateLabel, schema.position(label), label)));
    for (at, field) in schema.fields.iter().enumerate() {
        let wanted = match schema.fields_match {
            FieldsMatch::Exact | FieldsMatch::Equal | FieldsMatch::Subset => true,
            FieldsMatch::Superset | FieldsMatch::Partial => field.required || schema.primary_key.contains(&at),
        };
        if wanted && layout.columns.get(at).copied().flatten().is_none() {
            found.push(finding(Rule::MissingLabel, Some(at), &field.name));
        }
    }
    for (at, label) in layout.ordered.iter().flatten().enumerate() {
        let field = schema.fields.get(at);
        let earlier = layout.ordered.iter().flatten().take(at);
        let rule = match field {
            _ if label.is_empty() => Rule::BlankLabel,
            Some(field) if field.name == *label => continue,
            _ if earlier.into_iter().any(|earlier| earlier == label) => Rule::DuplicateLabel,
            Some(_) => Rule::IncorrectLabel,
            None => continue,
        };
        found.push(finding(rule, field.map(|_| at), label));
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
