//! Custom checks that read several columns of one row.

use std::cmp::Ordering;

use super::{Checker, Finding, Layout, RowFinding, Rule, compare};
use crate::{
    schema::{Check, CompiledSchema},
    table::{RowId, Table},
    value::{Decimal, Value},
};

/// Checks that cannot be carried out because some of their columns are absent.
pub fn check_columns(schema: &CompiledSchema, layout: &Layout) -> Vec<Finding> {
    let mut found = Vec::new();
    if !layout.checks_rows() {
        return found;
    }
    for (at, check) in schema.checks.iter().enumerate() {
        if lacks_columns(check, schema, layout) {
            let missing = check.names().into_iter().filter(|name| layout.column_of(schema, name).is_none());
            let cell = missing.collect::<Vec<_>>().join(", ");
            found.push(Finding { rule: Rule::Across(at as u16), row: None, field: None, cell });
        }
    }
    found
}

/// Columns that go together and of which only some are there; an alternative with neither column.
fn lacks_columns(check: &Check, schema: &CompiledSchema, layout: &Layout) -> bool {
    let names = check.names();
    let present = names.iter().filter(|name| layout.column_of(schema, name).is_some()).count();
    match check {
        Check::Cohesive { .. } => present > 0 && present < names.len(),
        Check::OneOf { .. } => present == 0,
        _ => false,
    }
}

/// What a row breaks across its columns.
pub fn check_row(checker: &Checker, table: &Table, row: RowId) -> Vec<RowFinding> {
    let (schema, layout) = (&checker.schema, &checker.layout);
    let field = |name: &str| layout.column_of(schema, name).map(|(field, _)| field);
    let value = |field: usize| checker.value(table, row, field);
    let mut found = Vec::new();
    for (at, check) in schema.checks.iter().enumerate() {
        let broken_on = match check {
            Check::Value { .. } => None,
            _ if lacks_columns(check, schema, layout) => None,
            Check::Cohesive { fields } => {
                let fields: Option<Vec<usize>> = fields.iter().map(|name| field(name)).collect();
                fields.and_then(|fields| {
                    let filled = fields.iter().filter(|f| value(**f).is_some()).count();
                    (filled > 0 && filled < fields.len()).then(|| fields.first().copied())
                })
            }
            Check::Compare { left, op, right } => match (field(left), field(right)) {
                (Some(left), Some(right)) => match (value(left), value(right)) {
                    (Some(a), Some(b)) => (!order(a, b).is_some_and(|o| op.holds(o))).then_some(Some(left)),
                    _ => None,
                },
                _ => None,
            },
            Check::Sum { total, parts } => field(total).and_then(|total| {
                let parts: Option<Vec<&Value>> = parts.iter().map(|name| field(name).and_then(value)).collect();
                let whole = value(total)?;
                let (Value::Number(whole), Some(sum)) = (whole, sum(&parts?)) else { return Some(Some(total)) };
                (*whole != sum).then_some(Some(total))
            }),
            Check::OneOf { first, second } => {
                let given = |name: &str| field(name).and_then(value).is_some_and(Value::is_truthy);
                let alone = field(first).is_none() || field(second).is_none();
                (!given(first) && !given(second)).then(|| if alone { schema.position(first) } else { None })
            }
        };
        if let Some(field) = broken_on {
            found.push(RowFinding { rule: Rule::Across(at as u16), field });
        }
    }
    found
}

fn sum(parts: &[&Value]) -> Option<Decimal> {
    parts.iter().try_fold(Decimal::new(0, 0), |sum, part| match part {
        Value::Number(n) => sum.plus(*n),
        _ => None,
    })
}

/// Orders two values as the reference does: numbers, or texts that look like numbers, by size;
/// others by their own order. `None` where they cannot be compared.
fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (number(a), number(b)) {
        (Some(a), Some(b)) => a.partial_cmp(&b),
        _ => compare(a, b),
    }
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(n) => Some(*n),
        Value::Text(text) => Decimal::parse(text.trim()),
        _ => None,
    }
}
