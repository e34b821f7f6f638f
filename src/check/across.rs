//! Custom checks that read several columns of one row.

use super::{Checker, Finding, Layout, RowFinding, Rule, Typed};
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

/// The checks that can be carried out on a table, with the fields they read: worked out once, not for every row.
#[derive(Debug, Clone, Default)]
pub struct Crossings(Vec<Crossing>);

#[derive(Debug, Clone)]
struct Crossing {
    /// The place of the check in the schema.
    at: usize,
    /// The fields it reads, in its own order; `None` for one that has no column.
    fields: Vec<Option<usize>>,
}

impl Crossings {
    /// Finds the fields of every check that has its columns.
    pub fn new(schema: &CompiledSchema, layout: &Layout) -> Crossings {
        let several = schema.checks.iter().enumerate().filter(|(_, check)| !matches!(check, Check::Value { .. }));
        let able = several.filter(|(_, check)| !lacks_columns(check, schema, layout));
        let crossing = |(at, check): (usize, &Check)| {
            let fields = check.names().into_iter().map(|name| layout.column_of(schema, name).map(|(field, _)| field)).collect();
            Crossing { at, fields }
        };
        Crossings(able.map(crossing).collect())
    }

    /// Whether one of the checks reads a column of the table.
    pub fn read(&self, layout: &Layout, column: usize) -> bool {
        let serves = |field: &Option<usize>| field.is_some_and(|field| layout.columns.get(field) == Some(&Some(column)));
        self.0.iter().any(|crossing| crossing.fields.iter().any(serves))
    }

    /// What a row breaks across its columns.
    pub fn check_row(&self, checker: &Checker, table: &Table, row: RowId) -> Vec<RowFinding> {
        let mut found = Vec::new();
        for crossing in &self.0 {
            let Some(check) = checker.schema.checks.get(crossing.at) else { continue };
            if let Some(field) = broken_on(check, &crossing.fields, checker, table, row) {
                found.push(RowFinding { rule: Rule::Across(crossing.at as u16), field });
            }
        }
        found
    }
}

/// Where a row breaks a check: a field, or the row as a whole. The outer `None` where it does not.
fn broken_on(check: &Check, fields: &[Option<usize>], checker: &Checker, table: &Table, row: RowId) -> Option<Option<usize>> {
    let value = |field: &Option<usize>| field.and_then(|field| checker.value(table, row, field));
    match (check, fields) {
        (Check::Cohesive { .. }, fields) => {
            let all = fields.iter().all(Option::is_some);
            let filled = fields.iter().filter(|field| value(field).is_some()).count();
            (all && filled > 0 && filled < fields.len()).then(|| fields.first().copied().flatten())
        }
        (Check::Compare { op, .. }, [left, right]) => {
            let (a, b) = (value(left)?, value(right)?);
            (!a.order(b).is_some_and(|order| op.holds(order))).then_some(*left)
        }
        (Check::Sum { .. }, [total, parts @ ..]) => {
            let whole = value(total)?;
            let parts: Vec<Typed<'_>> = parts.iter().map(value).collect::<Option<_>>()?;
            let (Typed::Other(Value::Number(whole)), Some(sum)) = (whole, sum(&parts)) else { return Some(*total) };
            (*whole != sum).then_some(*total)
        }
        (Check::OneOf { first, .. }, [one, other]) => {
            let given = |field: &Option<usize>| value(field).is_some_and(Typed::is_truthy);
            let alone = one.is_none() || other.is_none();
            let place = || if alone { checker.schema.position(first) } else { None };
            (!given(one) && !given(other)).then(place)
        }
        _ => None,
    }
}

fn sum(parts: &[Typed<'_>]) -> Option<Decimal> {
    parts.iter().try_fold(Decimal::new(0, 0), |sum, part| match part {
        Typed::Other(Value::Number(n)) => sum.plus(*n),
        _ => None,
    })
}
