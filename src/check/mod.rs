//! Rules over rows. What depends on one value is worked out once per distinct value; what depends
//! on a row or on several rows is kept beside, by row.

mod across;
mod advice;
mod cell;
mod custom;
mod damage;
mod finding;
mod keys;
mod layout;
mod phone;
mod places;
mod structure;
mod typed;
mod verdicts;

use std::collections::{BTreeMap, HashSet};

pub use advice::{Judge, judge};
pub use cell::{Verdict, check_cell, compare};
pub(crate) use custom::in_france;
pub use custom::{ACTES_SUBJECTS, is_siren, is_siret};
pub use finding::{Finding, Rule, Severity};
pub use layout::Layout;
pub(crate) use places::{holds as holds_place, members as place_list};
use typed::{Typed, TypedCells};
pub use verdicts::{Judged, Verdicts};

use crate::{
    schema::{CompiledField, CompiledSchema},
    table::{Code, Codes, Move, RowId, Table},
    value::Kind,
};

/// A rule broken by a row, beyond what its values say one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowFinding {
    /// What is wrong.
    pub rule: Rule,
    /// The field it is reported on.
    pub field: Option<usize>,
}

/// A table under check: the schema, which column serves which field, and everything found so far.
#[derive(Debug, Clone, Default)]
pub struct Checker {
    /// The schema.
    pub schema: CompiledSchema,
    /// Which column serves which field.
    pub layout: Layout,
    /// What is wrong with the header.
    pub header: Vec<Finding>,
    verdicts: Vec<Verdicts>,
    rows: BTreeMap<RowId, Vec<RowFinding>>,
    keys: BTreeMap<RowId, Vec<RowFinding>>,
    blank: HashSet<RowId>,
    crossings: across::Crossings,
    /// The number of errors of each row of the columns, and how many rows have some.
    bad: Vec<u16>,
    bad_rows: usize,
}

/// What a change of the table touched.
#[derive(Debug, Clone, Copy)]
pub struct Touched<'a> {
    /// The rows.
    pub rows: &'a [RowId],
    /// The columns of the cells changed; `None` where rows came or went.
    pub columns: Option<&'a [usize]>,
}

impl Checker {
    /// Checks a whole table.
    pub fn new(schema: CompiledSchema, layout: Layout, table: &Table) -> Checker {
        let mut checker = Checker { schema, layout, ..Checker::default() };
        checker.header = structure::check_header(&checker.schema, &checker.layout, &table.labels);
        checker.header.extend(across::check_columns(&checker.schema, &checker.layout));
        checker.crossings = across::Crossings::new(&checker.schema, &checker.layout);
        checker.refresh(table, None);
        checker
    }

    /// Checks again after a change: what it touched (everything for `None`), and whatever that changes elsewhere.
    pub fn refresh(&mut self, table: &Table, touched: Option<Touched<'_>>) {
        if !self.layout.checks_rows() {
            return;
        }
        self.judge_values(table);
        // What is known of the rows is taken apart while the rest is read.
        let (mut rows, mut blank) = (std::mem::take(&mut self.rows), std::mem::take(&mut self.blank));
        let crossings = self.crossings.at_hand(self, table);
        let find = |row: RowId, rows: &mut BTreeMap<RowId, Vec<RowFinding>>, blank: &mut HashSet<RowId>| {
            let is_blank = self.is_blank(table, row);
            let mut found = structure::check_row(self, table, row, is_blank);
            found.extend(crossings.iter().filter_map(|crossing| crossing.check_row(row)));
            if is_blank {
                blank.insert(row);
            }
            if !found.is_empty() {
                rows.insert(row, found);
            }
        };
        let Some(touched) = touched else {
            rows.clear();
            blank.clear();
            let mut doubtful = self.doubtful(table);
            doubtful.extend(crossings.iter().flat_map(|crossing| crossing.broken(&table.order)));
            doubtful.sort_unstable();
            doubtful.dedup();
            doubtful.into_iter().for_each(|row| find(row, &mut rows, &mut blank));
            (self.rows, self.blank) = (rows, blank);
            self.keys = keys::check_keys(self, table);
            self.count_bad_rows(table);
            return;
        };
        let crossed =
            touched.columns.is_none_or(|columns| columns.iter().any(|column| self.crossings.read(&self.layout, *column)));
        for row in touched.rows {
            // Beyond its values, and where no check crosses them, a text changes one thing of its row: whether it is blank.
            if crossed || self.is_blank(table, *row) != blank.contains(row) {
                rows.remove(row);
                blank.remove(row);
                if table.shows(*row) {
                    find(*row, &mut rows, &mut blank);
                }
            }
        }
        (self.rows, self.blank) = (rows, blank);
        // Column after column is the quicker way where many rows are looked at.
        if touched.rows.len() * 16 > table.len() {
            self.count_bad_rows(table);
        } else {
            touched.rows.iter().for_each(|row| self.count_bad_row(table, *row));
        }
        if touched.columns.is_none_or(|columns| columns.iter().any(|column| self.is_key(*column))) {
            let former = std::mem::take(&mut self.keys);
            self.keys = keys::check_keys(self, table);
            let rows: Vec<RowId> = former.keys().chain(self.keys.keys()).copied().collect();
            rows.into_iter().for_each(|row| self.count_bad_row(table, row));
        }
    }

    /// Follows values that moved: rows of `held`, the codes of a column, that held one hold another now, or hold it again
    /// where that is taken `back`. `false`, and nothing is done, where that may change more than these cells: whether a row is
    /// blank, a check across columns, a key.
    pub fn follow(&mut self, table: &Table, column: usize, moves: &[Move], held: &Codes, back: bool) -> bool {
        if !self.layout.checks_rows() {
            return true;
        }
        self.judge_values(table);
        let mut fields = self.layout.columns.iter().enumerate().filter(|(_, serving)| **serving == Some(column));
        let (Some((field, _)), None) = (fields.next(), fields.next()) else { return false };
        let Some(verdicts) = self.verdicts.get(field) else { return false };
        if self.is_key(column) || self.crossings.read(&self.layout, column) {
            return false;
        }
        // Which values lose an error, and which gain one.
        let mut fewer = vec![false; verdicts.len()];
        let mut more = fewer.clone();
        for Move { from, to, .. } in moves {
            let (Some(one), Some(other)) = (verdicts.get(*from), verdicts.get(*to)) else { return false };
            if one.is_missing() != other.is_missing() {
                return false;
            }
            let (before, after) = if back { (other, one) } else { (one, other) };
            let change = match (before.is_error(), after.is_error()) {
                (true, false) => fewer.get_mut(*from as usize),
                (false, true) => more.get_mut(*from as usize),
                _ => None,
            };
            if let Some(change) = change {
                *change = true;
            }
        }
        // Rows not shown did not move, and the cells of blank rows do not count.
        let kept: Vec<(RowId, u16)> =
            table.hidden().chain(self.blank_rows()).filter_map(|row| Some((row, *self.bad.get(row as usize)?))).collect();
        let bad = &mut self.bad;
        let is = |set: &[bool], code: Code| set.get(code as usize).copied().unwrap_or_default();
        let mut count = |row: usize, more: bool| {
            if let Some(errors) = bad.get_mut(row) {
                *errors = if more { errors.saturating_add(1) } else { errors.saturating_sub(1) };
            }
        };
        if fewer.contains(&true) {
            held.rows_where(0, |code| is(&fewer, code), |row| count(row, false));
        }
        if more.contains(&true) {
            held.rows_where(0, |code| is(&more, code), |row| count(row, true));
        }
        for (row, errors) in kept {
            if let Some(known) = self.bad.get_mut(row as usize) {
                *known = errors;
            }
        }
        self.bad_rows = self.bad.iter().filter(|errors| **errors > 0).count();
        true
    }

    /// The number of columns looked at: those of the fields, then those kept beside, which are looked at for formulas alone.
    pub fn columns(&self) -> usize {
        self.layout.columns.len() + self.layout.extras.len()
    }

    /// Where a column looked at stands in the table; `None` for a field that no column serves.
    pub fn column(&self, at: usize) -> Option<usize> {
        let beside = || self.layout.extras.get(at.checked_sub(self.layout.columns.len())?).copied();
        self.layout.columns.get(at).map_or_else(beside, |column| *column)
    }

    /// The name of a column looked at: that of its field, or its label.
    pub fn name<'a>(&'a self, table: &'a Table, at: usize) -> &'a str {
        let label = || self.column(at).and_then(|column| table.labels.get(column)).map_or("", |label| label.trim());
        self.schema.fields.get(at).map_or_else(label, |field| &field.name)
    }

    /// Whether the values of a column must not stand twice, or must stand elsewhere.
    fn is_key(&self, column: usize) -> bool {
        let schema = &self.schema;
        let several = schema.unique_keys.iter().chain([&schema.primary_key]).flatten();
        let references = schema.self_references.iter().flat_map(|reference| reference.fields.iter().chain(&reference.targets));
        let unique = schema.fields.iter().enumerate().filter(|(_, field)| field.unique).map(|(at, _)| at);
        let mut fields = several.chain(references).copied().chain(unique);
        fields.any(|field| self.layout.columns.get(field).copied().flatten() == Some(column))
    }

    /// Counts the errors of rows, column after column: most columns have none, and are not looked at.
    fn count_bad_rows(&mut self, table: &Table) {
        self.bad.clear();
        self.bad.resize(table.height(), 0);
        for (column, verdicts) in self.layout.columns.iter().zip(&self.verdicts) {
            let values = column.and_then(|column| table.columns.get(column)).filter(|_| verdicts.has_errors());
            let Some(values) = values else { continue };
            values.rows_marked(&verdicts.errors(), |row| {
                if let Some(errors) = self.bad.get_mut(row as usize) {
                    *errors = errors.saturating_add(1);
                }
            });
        }
        let doubtful = self.blank.iter().chain(self.rows.keys()).chain(self.keys.keys()).copied().chain(table.hidden());
        for row in doubtful {
            let errors = if table.shows(row) { self.errors_of(table, row) } else { 0 };
            if let Some(known) = self.bad.get_mut(row as usize) {
                *known = errors;
            }
        }
        self.bad_rows = self.bad.iter().filter(|errors| **errors > 0).count();
    }

    fn count_bad_row(&mut self, table: &Table, row: RowId) {
        let errors = if table.shows(row) { self.errors_of(table, row) } else { 0 };
        if self.bad.len() <= row as usize {
            self.bad.resize(row as usize + 1, 0);
        }
        if let Some(known) = self.bad.get_mut(row as usize) {
            self.bad_rows += usize::from(errors > 0);
            self.bad_rows -= usize::from(std::mem::replace(known, errors) > 0);
        }
    }

    /// How many rows have an error.
    pub fn bad_rows(&self) -> usize {
        self.bad_rows
    }

    /// Works out the verdict of every value not seen before.
    fn judge_values(&mut self, table: &Table) {
        if self.verdicts.is_empty() {
            let beside = self.layout.extras.iter().map(|_| Verdicts::new(false));
            let of_field = |field: &CompiledField| Verdicts::new(field.compared && !is_text(&field.kind));
            self.verdicts = self.schema.fields.iter().map(of_field).chain(beside).collect();
        }
        for ((field, column), verdicts) in self.schema.fields.iter().zip(&self.layout.columns).zip(&mut self.verdicts) {
            let Some(column) = column.and_then(|c| table.columns.get(c)) else { continue };
            let judge = Judge::of(field);
            verdicts.judge(column, |text, is_plain| judge.is_fine(text, is_plain), |text, verdict| judge.judge(text, verdict));
        }
        let beside = self.verdicts.get_mut(self.schema.fields.len()..).unwrap_or_default();
        for (column, verdicts) in self.layout.extras.iter().zip(beside) {
            let Some(column) = table.columns.get(*column) else { continue };
            verdicts.judge(column, |_, _| false, |text, verdict| *verdict = advice::beside(text));
        }
    }

    /// The verdict on the cell of a field, `None` where the field has no column.
    pub fn verdict(&self, table: &Table, row: RowId, field: usize) -> Option<Judged<'_>> {
        self.verdicts.get(field)?.get(self.code(table, row, field)?)
    }

    /// The typed values of a field that is compared with others; `None` where it has no column.
    fn typed_cells<'a>(&'a self, table: &'a Table, field: usize) -> Option<TypedCells<'a>> {
        let column = table.columns.get((*self.layout.columns.get(field)?)?)?;
        let are_texts = is_text(&self.schema.fields.get(field)?.kind);
        Some(TypedCells { column, verdicts: self.verdicts.get(field)?, are_texts })
    }

    /// The typed value of a cell that is compared with others; `None` where it has none.
    fn value<'a>(&'a self, table: &'a Table, row: RowId, field: usize) -> Option<Typed<'a>> {
        self.typed_cells(table, field)?.get(row)
    }

    fn code(&self, table: &Table, row: RowId, field: usize) -> Option<Code> {
        table.columns.get(self.column(field)?)?.code(row)
    }

    /// The verdicts of a field, by code; `None` where there is no such field.
    pub fn verdicts(&self, field: usize) -> Option<&Verdicts> {
        self.verdicts.get(field)
    }

    /// Whether every column of the row reads as "no value".
    fn is_blank(&self, table: &Table, row: RowId) -> bool {
        let missing = |field: usize| match self.verdict(table, row, field) {
            Some(verdict) => verdict.is_missing(),
            None => true,
        };
        (0..self.schema.fields.len()).all(missing) && self.layout.extras.iter().all(|column| table.text(row, *column).is_empty())
    }

    /// The rows shown that may be blank, or that have more cells or fewer than there are labels: beyond their values, the others
    /// have but what checks across columns say.
    fn doubtful(&self, table: &Table) -> Vec<RowId> {
        let mut rows: Vec<RowId> = table.overflow.keys().chain(table.short.keys()).copied().collect();
        // A blank row has no value in any column: those that have none in the fullest are few.
        let served = self.layout.columns.iter().zip(&self.verdicts);
        let served = served.filter_map(|(column, verdicts)| Some((table.columns.get((*column)?)?, verdicts)));
        match served.max_by_key(|(column, _)| column.filled()) {
            Some((column, verdicts)) => {
                column.rows_marked(&verdicts.missing(), |row| rows.push(row));
            }
            None => rows.clone_from(&table.order),
        }
        rows.retain(|row| table.shows(*row));
        rows
    }

    /// Whether the row was found blank: its cells then have no finding of their own.
    pub fn is_blank_row(&self, row: RowId) -> bool {
        self.blank.contains(&row)
    }

    /// The rows found blank.
    pub fn blank_rows(&self) -> impl Iterator<Item = RowId> + '_ {
        self.blank.iter().copied()
    }

    /// What a row breaks beyond its single values.
    pub fn row_findings(&self, row: RowId) -> impl Iterator<Item = RowFinding> + '_ {
        let of = |map: &'_ BTreeMap<RowId, Vec<RowFinding>>| map.get(&row).cloned().unwrap_or_default();
        of(&self.rows).into_iter().chain(of(&self.keys))
    }

    /// Every row with a finding beyond its single values, with these findings.
    pub fn all_row_findings(&self) -> impl Iterator<Item = (RowId, RowFinding)> + '_ {
        self.rows.iter().chain(&self.keys).flat_map(|(row, found)| found.iter().map(|f| (*row, *f)))
    }

    /// The rules broken by one cell: by its value, and by its row where that is reported on this field.
    pub fn cell_rules(&self, table: &Table, row: RowId, field: usize) -> Vec<Rule> {
        let mut rules = match self.verdict(table, row, field) {
            Some(verdict) if !self.is_blank_row(row) => verdict.broken.to_vec(),
            _ => Vec::new(),
        };
        rules.extend(self.row_findings(row).filter(|f| f.field == Some(field)).map(|f| f.rule));
        rules
    }

    /// Whether a row has an error.
    pub fn row_has_error(&self, row: RowId) -> bool {
        self.bad.get(row as usize).is_some_and(|errors| *errors > 0)
    }

    /// The errors of a row: its cells in error, and what it breaks as a row.
    fn errors_of(&self, table: &Table, row: RowId) -> u16 {
        let of_row = self.row_findings(row).filter(|found| found.rule.severity() == Severity::Error).count();
        let fields = if self.is_blank_row(row) { 0 } else { self.schema.fields.len() };
        let cells = (0..fields).filter(|field| self.verdict(table, row, *field).is_some_and(Judged::is_error)).count();
        u16::try_from(of_row + cells).unwrap_or(u16::MAX)
    }

    /// Everything found, row by row: all of it, however much.
    pub fn findings<'a>(&'a self, table: &'a Table) -> impl Iterator<Item = Finding> + 'a {
        let rows = table.order.iter().flat_map(move |row| {
            let mut found = Vec::new();
            if self.layout.checks_rows() {
                for field in 0..self.schema.fields.len() {
                    let Some(verdict) = self.verdict(table, *row, field).filter(|_| !self.is_blank_row(*row)) else { continue };
                    found.extend(verdict.broken.iter().map(|rule| self.finding(table, *rule, *row, Some(field))));
                }
                found.extend(self.row_findings(*row).map(|f| self.finding(table, f.rule, *row, f.field)));
            }
            found
        });
        self.header.iter().cloned().chain(rows)
    }

    fn finding(&self, table: &Table, rule: Rule, row: RowId, field: Option<usize>) -> Finding {
        let column = field.and_then(|f| self.layout.columns.get(f).copied().flatten());
        let cell = column.map_or(String::new(), |column| table.text(row, column).to_owned());
        Finding { rule, row: Some(row), field, cell }
    }
}

/// Whether the typed value of a cell is its text.
fn is_text(kind: &Kind) -> bool {
    matches!(kind, Kind::Any | Kind::Text(_) | Kind::Unread(_))
}

#[cfg(test)]
mod tests;
