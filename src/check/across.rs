//! Custom checks that read several columns of one row.

use super::{Checker, Finding, Layout, RowFinding, Rule, Typed, TypedCells};
use crate::{
    schema::{Check, CompiledSchema},
    table::{RowId, TOGETHER, Table},
    value::Decimal,
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

    /// The checks, with what they read of a table at hand: each of its rows is looked at.
    pub fn at_hand<'a>(&'a self, checker: &'a Checker, table: &'a Table) -> Vec<AtHand<'a>> {
        let cells = |field: &Option<usize>| field.and_then(|field| checker.typed_cells(table, field));
        let at_hand = |crossing: &'a Crossing| {
            let check = checker.schema.checks.get(crossing.at)?;
            let alone = match check {
                Check::OneOf { first, .. } => checker.schema.position(first),
                _ => None,
            };
            Some(AtHand { crossing, check, cells: crossing.fields.iter().map(cells).collect(), alone })
        };
        self.0.iter().filter_map(at_hand).collect()
    }
}

/// A check of a table, with the cells that it reads.
#[derive(Debug)]
pub struct AtHand<'a> {
    crossing: &'a Crossing,
    check: &'a Check,
    /// Those of its fields, in its own order; `None` for a field that has no column.
    cells: Vec<Option<TypedCells<'a>>>,
    /// The field on which is reported that of two columns only one is there, and empty.
    alone: Option<usize>,
}

impl AtHand<'_> {
    /// What a row breaks.
    pub fn check_row(&self, row: RowId) -> Option<RowFinding> {
        let field = self.broken_on(|at| self.cells.get(at)?.as_ref()?.get(row))?;
        Some(RowFinding { rule: Rule::Across(self.crossing.at as u16), field })
    }

    /// The rows that break it, among these. Their cells are read column after column, some rows at a time.
    pub fn broken(&self, rows: &[RowId]) -> Vec<RowId> {
        let mut columns = vec![[None; TOGETHER]; self.cells.len()];
        let mut broken = Vec::new();
        for rows in rows.chunks(TOGETHER) {
            for (values, cells) in columns.iter_mut().zip(&self.cells) {
                values.fill(None);
                if let Some(cells) = cells {
                    cells.read(rows, values);
                }
            }
            let breaks = |place: usize| self.broken_on(|at| *columns.get(at)?.get(place)?).is_some();
            broken.extend(rows.iter().enumerate().filter(|(place, _)| breaks(*place)).map(|(_, row)| *row));
        }
        broken
    }

    /// Where a row breaks the check, whose cells have these values: a field, or the row as a whole. The outer `None` where it
    /// does not.
    fn broken_on<'v>(&self, value: impl Fn(usize) -> Option<Typed<'v>>) -> Option<Option<usize>> {
        let place = self.crossing.fields.first().copied().flatten();
        let is_there = |at: usize| self.cells.get(at).is_some_and(Option::is_some);
        let cells = 0..self.cells.len();
        match self.check {
            Check::Cohesive { .. } => {
                let filled = cells.clone().filter(|at| value(*at).is_some()).count();
                (cells.clone().all(is_there) && filled > 0 && filled < cells.len()).then_some(place)
            }
            Check::Compare { op, .. } => {
                let (a, b) = (value(0)?, value(1)?);
                (!a.order(b).is_some_and(|order| op.holds(order))).then_some(place)
            }
            Check::Sum { .. } => {
                let whole = value(0)?;
                let mut sum = Some(Decimal::new(0, 0));
                for at in cells.skip(1) {
                    let part = value(at)?;
                    sum = sum.and_then(|sum| sum.plus(part.as_number()?));
                }
                (whole.as_number().is_none() || whole.as_number() != sum).then_some(place)
            }
            Check::OneOf { .. } => {
                let given = |at: usize| value(at).is_some_and(Typed::is_truthy);
                let alone = !is_there(0) || !is_there(1);
                (!given(0) && !given(1)).then_some(self.alone.filter(|_| alone))
            }
            Check::Value { .. } => None,
        }
    }
}
