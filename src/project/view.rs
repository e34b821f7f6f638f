//! What the page is told: the state of the whole, and windows of rows.

use super::{Project, commands::Slot, journal::Repair};
use crate::{
    check::{Rule, Severity, judge},
    protocol::{CellView, ColumnState, Overview, RowView, Window, WrongValue, WrongValues},
    repair::{self, Cause, CauseKey, Proposal},
    table::RowId,
};

/// Slices of the map of errors.
const SLICES: usize = 160;
/// The most rows of one window.
const WINDOW: usize = 400;
/// The most values of a field to match with those accepted.
const MATCHED: usize = 200;

impl Project {
    pub(super) fn overview(&self) -> Overview {
        let loaded = &self.loaded;
        let table = &loaded.table;
        Overview {
            file: self.file.clone(),
            size: self.size,
            reading: loaded.reading.clone(),
            choices: loaded.choices.clone(),
            labels: table.labels.clone(),
            profiles: loaded.profiles.clone(),
            candidates: loaded.candidates.clone(),
            schema_name: self.fitted.schema.as_ref().and_then(|chosen| chosen.name.clone()),
            score: self.fitted.schema.as_ref().map_or(0, |chosen| chosen.score),
            mapping: self.fitted.mapping.clone(),
            lines: self.fitted.lines.clone(),
            faults: self.checker.schema.faults.clone(),
            causes: self.causes.clone(),
            columns: self.slots().into_iter().enumerate().map(|(at, slot)| self.column_state(at, slot)).collect(),
            rows: table.len(),
            bad_rows: self.checker.bad_rows(),
            shown: self.shown.len(),
            filter: self.filter,
            minimap: self.minimap(),
            can_undo: self.journal.can_undo(),
            can_redo: self.journal.can_redo(),
            repaired: self.repairs().into_iter().rev().map(Repair::into_cause).collect(),
            metadata: self.metadata.clone(),
            proposed: self.proposed.clone(),
        }
    }

    /// Whether each slice of the rows shown has an error.
    fn minimap(&self) -> Vec<bool> {
        let (rows, slices) = (self.shown.len(), SLICES.min(self.shown.len()));
        let place = |slice: usize| slice * rows / slices;
        let slice = |at: usize| self.shown.get(place(at)..place(at + 1)).unwrap_or_default();
        (0..slices).map(|at| slice(at).iter().any(|row| self.checker.row_has_error(*row))).collect()
    }

    /// The repairs made and not taken back, in order. Those of fields that the present schema does not have keep no field.
    pub(super) fn repairs(&self) -> Vec<Repair> {
        let placed = |repair: &Repair| {
            let field = repair.field.as_ref().and_then(|name| self.looked_at(name));
            Repair { key: CauseKey { field, ..repair.key }, ..repair.clone() }
        };
        self.journal.repairs().into_iter().map(|(.., repair)| placed(repair)).collect()
    }

    /// The values of a field that it does not accept, the most frequent first, and what they may stand for.
    pub(super) fn wrong_values(&self, field: usize) -> WrongValues {
        let mut wrong = WrongValues { field, ..WrongValues::default() };
        let Some(compiled) = self.checker.schema.fields.get(field) else { return wrong };
        wrong.accepted = repair::accepted(compiled);
        let Some(column) = self.fitted.mapping.columns.get(field).copied().flatten() else { return wrong };
        for (_, text, count) in self.loaded.table.tally(column) {
            let bad = || judge(compiled, text).broken.iter().any(|rule| rule.severity() == Severity::Error);
            if count > 0 && !text.trim().is_empty() && bad() {
                wrong.values.push(WrongValue { text: text.to_owned(), count, guess: repair::guess(compiled, text) });
            }
        }
        wrong.values.sort_by_key(|value| std::cmp::Reverse(value.count));
        wrong.values.truncate(MATCHED);
        wrong
    }

    fn column_state(&self, at: usize, slot: Slot) -> ColumnState {
        let table = &self.loaded.table;
        let filled = slot.column().map_or(0, |column| table.filled(column));
        let count = |advice: bool| -> u32 {
            let of = self.causes.iter().filter(|cause| cause.key.field == Some(at) && cause.key.advice == advice);
            of.map(|cause| cause.count).sum()
        };
        let (field, label) = match slot {
            Slot::Extra(column) => (None, table.labels.get(column).cloned().unwrap_or_default()),
            Slot::Field(field, _) => {
                (Some(field), self.checker.schema.fields.get(field).map(|f| f.name.clone()).unwrap_or_default())
            }
        };
        ColumnState { field, label, errors: count(false), advice: count(true), filled }
    }

    pub(super) fn window(&self, seq: u32, start: usize, count: usize) -> Window {
        let slots = self.slots();
        let rows = self.shown.iter().skip(start).take(count.min(WINDOW)).map(|row| self.row_view(*row, &slots)).collect();
        Window { seq, start, rows }
    }

    fn row_view(&self, row: RowId, slots: &[Slot]) -> RowView {
        let table = &self.loaded.table;
        let rules =
            self.checker.row_findings(row).filter(|finding| finding.field.is_none()).map(|finding| finding.rule).collect();
        RowView {
            id: row,
            line: table.line(row),
            cells: slots.iter().enumerate().map(|(at, slot)| self.cell_view(row, at, *slot)).collect(),
            rules,
        }
    }

    /// A cell of the grid, whose columns stand as those that are checked do.
    fn cell_view(&self, row: RowId, field: usize, slot: Slot) -> CellView {
        let table = &self.loaded.table;
        let text = slot.column().map_or("", |column| table.text(row, column)).to_owned();
        let Some(column) = slot.column() else { return CellView { text, ..CellView::default() } };
        let mut rules = self.checker.cell_rules(table, row, field);
        if rules.is_empty() {
            return CellView { text, ..CellView::default() };
        }
        // A finding of the value is explained before one of the row; advice comes last.
        rules.sort_by_key(|rule| (rule.severity() == Severity::Advice, rule.is_of_row(), matches!(rule, Rule::Pattern)));
        let code = table.columns.get(column).and_then(|values| values.code(row));
        let trouble = code.and_then(|code| self.diagnosis.trouble(field, code)).filter(|_| !self.checker.is_blank_row(row));
        let fix = trouble.and_then(|trouble| match trouble.proposal {
            Some(Proposal::Sure { to, .. }) => Some(to.clone()),
            _ => None,
        });
        CellView { text, rules, fix, cause: trouble.map(|trouble| trouble.key) }
    }

    /// The next cell in error after a place of the rows shown, going round at the end.
    pub(super) fn next_error(&self, row: usize, column: usize, back: bool) -> Option<(usize, usize)> {
        let slots = self.slots();
        let table = &self.loaded.table;
        let bad_cells = |at: usize| -> Vec<usize> {
            let Some(row) = self.shown.get(at) else { return Vec::new() };
            if !self.checker.row_has_error(*row) {
                return Vec::new();
            }
            let is_bad = |slot: &Slot| match slot {
                Slot::Field(field, _) => {
                    self.checker.cell_rules(table, *row, *field).iter().any(|r| r.severity() == Severity::Error)
                }
                Slot::Extra(_) => false,
            };
            let cells: Vec<usize> = slots.iter().enumerate().filter(|(_, slot)| is_bad(slot)).map(|(at, _)| at).collect();
            // What is wrong with a whole row is shown on its first cell.
            if cells.is_empty() { vec![0] } else { cells }
        };
        let count = self.shown.len();
        for step in 0..=count {
            let at = if back { (row + count - step % count.max(1)) % count.max(1) } else { (row + step) % count.max(1) };
            let cells = bad_cells(at);
            let found = match (back, step == 0, step == count) {
                (false, true, _) => cells.into_iter().find(|cell| *cell > column),
                (true, true, _) => cells.into_iter().rev().find(|cell| *cell < column),
                (false, ..) => cells.into_iter().next(),
                (true, ..) => cells.into_iter().next_back(),
            };
            if let Some(cell) = found {
                return Some((at, cell));
            }
        }
        None
    }
}

impl Repair {
    fn into_cause(self) -> Cause {
        Cause { key: self.key, count: self.count, before: self.before, after: self.after, question: None }
    }
}
