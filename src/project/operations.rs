//! Operations on whole columns, each one step of the journal and one line of the recipe.

use std::collections::{HashMap, HashSet};

use super::{Outcome, Project, change::Change, commands::Slot, journal::Label};
use crate::{
    mapping::Line,
    protocol::{Block, Reply},
    recipe::{FILE, Operation, Template, YEAR, of_file},
    repair::point,
    table::{Code, Column, RowId},
    text,
};

impl Project {
    /// Carries out an operation; gives the number of cells or rows changed. `None` where a field or a column that it
    /// names is not there: nothing is changed then.
    pub(super) fn operate(&mut self, operation: &Operation) -> Option<u32> {
        match operation {
            Operation::RepairSafe | Operation::RepairProposed | Operation::Repair { .. } => self.repair_causes(operation.clone()),
            Operation::Derive { field, template } => {
                let at = self.field(field)?;
                let column = self.derived(&Template::read(template)?)?;
                Some(self.fill(at, field, column, operation))
            }
            Operation::Extract { field, column, part } => {
                let (at, from) = (self.field(field)?, self.source(column)?);
                let values = self.loaded.table.columns.get(from)?;
                let mut parts: HashMap<Code, String> = HashMap::new();
                let mut taken = Column::default();
                for row in 0..values.len() as RowId {
                    let code = values.code(row).unwrap_or_default();
                    taken.push(parts.entry(code).or_insert_with(|| part.of(values.value(code))));
                }
                Some(self.fill(at, field, taken, operation))
            }
            Operation::Point { field, longitude, latitude } => {
                let at = self.field(field)?;
                let compiled = self.checker.schema.fields.get(at)?;
                let columns = &self.loaded.table.columns;
                let (x, y) = (columns.get(self.source(longitude)?)?, columns.get(self.source(latitude)?)?);
                let mut points = Column::default();
                for row in 0..x.len() as RowId {
                    let (x, y) = (text::trim(x.text(row)), text::trim(y.text(row)));
                    // What is no angle is put side by side, for the check to say so.
                    let joined = || if x.is_empty() && y.is_empty() { String::new() } else { format!("{x},{y}") };
                    points.push(&point(compiled, x, y).unwrap_or_else(joined));
                }
                Some(self.fill(at, field, points, operation))
            }
            Operation::Replace { field, find, with, whole, case } => {
                if find.is_empty() && !whole {
                    return None;
                }
                let slots = match field {
                    Some(name) => vec![self.slot(name)?],
                    None => self.slots(),
                };
                let columns: Vec<usize> = slots.into_iter().filter_map(Slot::column).collect();
                let replaced = |text: &str| replaced(text, find, with, *whole, *case);
                let changes = columns.into_iter().filter_map(|column| self.rewritten(column, replaced)).collect();
                Some(self.commit_cells(operation, changes))
            }
            Operation::Match { field, values } => {
                let column = self.slot(field)?.column()?;
                let change = self.rewritten(column, |text| values.get(text).cloned());
                Some(self.commit_cells(operation, change.into_iter().collect()))
            }
            Operation::FillDown { field } => {
                let column = self.slot(field)?.column()?;
                let change = self.filled_down(column);
                Some(self.commit_cells(operation, change.into_iter().collect()))
            }
            Operation::RemoveDuplicates => {
                let rows = self.duplicates();
                let count = self.remove_rows(&rows, |_| Label::Operation(operation.clone()));
                self.show();
                Some(count)
            }
        }
    }

    /// Carries out an operation in a block of the rows shown, as a change made by hand.
    pub(super) fn operate_on(&mut self, block: Block, operation: &Operation) -> Outcome {
        let slots: Vec<Slot> =
            self.slots().into_iter().skip(block.left).take(block.right.saturating_sub(block.left) + 1).collect();
        let rows = self.shown.iter().skip(block.top).take(block.bottom.saturating_sub(block.top) + 1);
        let text = |row: RowId, slot: &Slot| slot.column().map_or("", |column| self.loaded.table.text(row, column)).to_owned();
        let mut texts: Vec<Vec<String>> = rows.map(|row| slots.iter().map(|slot| text(*row, slot)).collect()).collect();
        match operation {
            Operation::Replace { find, with, whole, case, .. } if *whole || !find.is_empty() => {
                for cell in texts.iter_mut().flatten() {
                    *cell = replaced(cell, find, with, *whole, *case).unwrap_or(std::mem::take(cell));
                }
            }
            Operation::FillDown { .. } => {
                let mut above = vec![String::new(); slots.len()];
                for row in &mut texts {
                    for (cell, above) in row.iter_mut().zip(&mut above) {
                        if text::trim(cell).is_empty() { cell.clone_from(above) } else { above.clone_from(cell) }
                    }
                }
            }
            _ => return Reply::Failed.into(),
        }
        self.write(block.top, block.left, &texts)
    }

    /// A field by its name.
    pub(super) fn field(&self, name: &str) -> Option<usize> {
        self.fitted.schema.as_ref()?.schema.fields.iter().position(|field| field.name == name)
    }

    /// A column that is checked, by the name of its field, or by its label where it is kept beside.
    pub(super) fn looked_at(&self, name: &str) -> Option<usize> {
        let is = |at: &usize| self.checker.name(&self.loaded.table, *at) == name;
        self.field(name).or_else(|| (0..self.checker.columns()).find(is))
    }

    /// A column of the grid by the name of its field, or by its label where it is kept beside.
    fn slot(&self, name: &str) -> Option<Slot> {
        if let Some(field) = self.field(name) {
            return self.slots().get(field).copied();
        }
        let labelled = |slot: &Slot| match slot {
            Slot::Extra(column) => self.loaded.table.labels.get(*column).is_some_and(|label| label == name),
            Slot::Field(..) => false,
        };
        self.slots().into_iter().find(labelled)
    }

    /// A column of the file by its label, or by the field that it serves.
    fn source(&self, name: &str) -> Option<usize> {
        let labels = &self.loaded.table.labels;
        let labelled =
            labels.iter().position(|label| label == name).or_else(|| labels.iter().position(|l| l.trim() == name.trim()));
        labelled.or_else(|| self.slot(name)?.column())
    }

    /// A column filled from a template; `None` where it names a column that is not there.
    fn derived(&self, template: &Template) -> Option<Column> {
        let mut sources = HashMap::new();
        for label in template.labels().filter(|label| ![FILE, YEAR].contains(label)) {
            sources.insert(label, self.loaded.table.columns.get(self.source(label)?)?);
        }
        let (stem, year) = of_file(&self.file);
        let height = self.loaded.table.columns.first().map_or(0, Column::len);
        let mut column = Column::default();
        for row in 0..height as RowId {
            if self.checker.is_blank_row(row) {
                column.push("");
                continue;
            }
            column.push(&template.fill(|label| match (sources.get(label), label) {
                (Some(source), _) => source.text(row),
                (None, FILE) => stem,
                (None, _) => year,
            }));
        }
        Some(column)
    }

    /// Gives a field a new column; gives the number of its cells with a text.
    fn fill(&mut self, field: usize, label: &str, column: Column, operation: &Operation) -> u32 {
        let next = self.loaded.table.columns.len();
        let mut mapping = self.fitted.mapping.clone();
        mapping.assign(field, Some(next));
        let mut lines = self.fitted.lines.clone();
        if let Some(line) = lines.get_mut(field) {
            *line = Line::chosen(Some(next));
        }
        let add = Change::AddColumn(Box::new((label.to_owned(), column)));
        self.commit(Label::Operation(operation.clone()), vec![add, Change::Mapping(mapping, lines)]);
        self.show();
        self.loaded.table.filled(next)
    }

    /// The change that gives the cells of a column what `new` makes of their texts, worked out once a value.
    fn rewritten(&mut self, column: usize, new: impl Fn(&str) -> Option<String>) -> Option<Change> {
        let table = &mut self.loaded.table;
        let found = table.tally(column).filter_map(|(code, text, _)| Some((code, new(text).filter(|new| new != text)?)));
        let found: Vec<(Code, String)> = found.collect();
        let values = table.columns.get_mut(column)?;
        let mut targets = vec![None; values.values()];
        for (code, text) in found {
            let target = values.intern(&text);
            if let Some(slot) = targets.get_mut(code as usize) {
                *slot = Some(target);
            }
        }
        let values = table.columns.get(column)?;
        let target = |code: Code| targets.get(code as usize).copied().flatten();
        let mut rows = Vec::new();
        values.rows_where(|code| target(code).is_some(), |row| rows.push(row));
        let code = |row: RowId| values.code(row).and_then(target).map(|target| (row, target));
        let cells: Vec<(RowId, Code)> = rows.into_iter().filter(|row| table.shows(*row)).filter_map(code).collect();
        (!cells.is_empty()).then_some(Change::Cells { column, cells })
    }

    fn filled_down(&mut self, column: usize) -> Option<Change> {
        let table = &self.loaded.table;
        let values = table.columns.get(column)?;
        let (mut above, mut cells) = (None, Vec::new());
        for row in &table.order {
            let code = values.code(*row)?;
            match above {
                Some(above) if text::trim(values.value(code)).is_empty() => cells.push((*row, above)),
                _ if text::trim(values.value(code)).is_empty() => {}
                _ => above = Some(code),
            }
        }
        (!cells.is_empty()).then_some(Change::Cells { column, cells })
    }

    /// The rows that say the same as one above, blank ones left out.
    pub(super) fn duplicates(&self) -> Vec<RowId> {
        let table = &self.loaded.table;
        let columns: Vec<usize> = self.slots().into_iter().filter_map(Slot::column).collect();
        let mut seen: HashSet<Vec<&str>> = HashSet::new();
        let texts = |row: RowId| -> Vec<&str> { columns.iter().map(|column| table.text(row, *column)).collect() };
        let rows = table.order.iter().copied();
        rows.filter(|row| {
            let texts = texts(*row);
            texts.iter().any(|text| !text.is_empty()) && !seen.insert(texts)
        })
        .collect()
    }

    /// Commits changed cells as one step; gives their number.
    fn commit_cells(&mut self, operation: &Operation, changes: Vec<Change>) -> u32 {
        let cells = |change: &Change| match change {
            Change::Cells { cells, .. } => cells.len() as u32,
            _ => 0,
        };
        let count = changes.iter().map(cells).sum();
        if count > 0 {
            self.commit(Label::Operation(operation.clone()), changes);
            self.show();
        }
        count
    }
}

/// What finding a text and replacing it makes of a cell; `None` where it is not found.
fn replaced(cell: &str, find: &str, with: &str, whole: bool, case: bool) -> Option<String> {
    if whole {
        let same = if case { cell == find } else { cell.to_lowercase() == find.to_lowercase() };
        return same.then(|| with.to_owned());
    }
    if case {
        return cell.contains(find).then(|| cell.replace(find, with));
    }
    // Compared letter by letter, for capitals may have another length than small letters.
    let wanted: Vec<char> = find.chars().flat_map(char::to_lowercase).collect();
    let (mut out, mut rest, mut found) = (String::with_capacity(cell.len()), cell, false);
    while let Some(first) = rest.chars().next() {
        match prefix(rest, &wanted) {
            Some(length) => {
                out.push_str(with);
                rest = rest.get(length..).unwrap_or_default();
                found = true;
            }
            None => {
                out.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
    found.then_some(out)
}

/// The length of the start of a text that, in small letters, is what is wanted.
fn prefix(text: &str, wanted: &[char]) -> Option<usize> {
    let mut left = wanted;
    for (at, c) in text.char_indices() {
        for small in c.to_lowercase() {
            left = left.strip_prefix(&[small])?;
        }
        if left.is_empty() {
            return Some(at + c.len_utf8());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_whatever_their_case() {
        let plain = |cell: &str, find: &str| replaced(cell, find, "X", false, false);
        assert_eq!(plain("École et ÉCOLE", "école").as_deref(), Some("X et X"));
        assert_eq!(plain("abc", "d"), None);
        assert_eq!(plain("aaa", "aa").as_deref(), Some("Xa"));
        assert_eq!(replaced("École", "école", "X", false, true), None);
        assert_eq!(replaced("NC", "nc", "", true, false).as_deref(), Some(""));
        assert_eq!(replaced("NC1", "nc", "", true, false), None);
        assert_eq!(replaced("", "", "0", true, false).as_deref(), Some("0"));
    }
}
