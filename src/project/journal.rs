use std::collections::{HashMap, HashSet};

use super::{
    Project,
    change::{Change, Reach, rows_moved},
};
use crate::{
    check::Touched,
    recipe::Operation,
    repair::{CauseKey, CauseKind, Order},
    table::{Code, Column, RowId, with_rows, without_rows},
};

/// What a step of the journal was, for the report and for the list of repairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    /// Cells or rows changed by hand; how many.
    Edit(u32),
    /// A cause repaired.
    Repair(Repair),
    /// Several causes repaired at once, by the operation that repairs them all.
    Repairs(Operation, Vec<Repair>),
    /// One repair of a step taken back, while the steps since stay: the place of the step, and of the repair in it.
    TakenBack(usize, usize),
    /// Something done to a whole column or to the whole table.
    Operation(Operation),
    /// Columns chosen, kept or dropped.
    Mapping,
    /// The description.
    Describe,
    /// The file read another way.
    Reading,
    /// Another schema.
    Schema,
}

/// A repair made: its cause, its count, an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Repair {
    pub key: CauseKey,
    /// The name of its field: its place is another under another schema.
    pub field: Option<String>,
    /// The order of day and month that the agent told.
    pub order: Option<Order>,
    pub count: u32,
    pub before: String,
    pub after: Option<String>,
}

impl Repair {
    /// The operation that makes it again.
    pub(super) fn operation(&self) -> Option<Operation> {
        let CauseKind::Fix(fix) = self.key.kind else { return None };
        Some(Operation::Repair { field: self.field.clone(), fix, order: self.order })
    }
}

/// Steps made and steps taken back: each keeps the changes that would undo it, or make it again.
#[derive(Debug, Default)]
pub(super) struct Journal {
    done: Vec<Step>,
    undone: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    label: Label,
    /// The changes that lead out of the present state, in the order to carry them out.
    changes: Vec<Change>,
}

impl Journal {
    /// What was done, in order.
    pub(super) fn labels(&self) -> impl DoubleEndedIterator<Item = &Label> {
        self.done.iter().map(|step| &step.label)
    }

    /// Whether something was corrected since the file was last read: another reading leaves it.
    pub(super) fn corrects_the_reading(&self) -> bool {
        let corrects =
            |label: &Label| matches!(label, Label::Edit(_) | Label::Repair(_) | Label::Repairs(..) | Label::Operation(_));
        self.labels().rev().take_while(|label| !matches!(label, Label::Reading)).any(corrects)
    }

    /// The repairs made and not taken back, in order: the place of the step of each, its place in it.
    pub(super) fn repairs(&self) -> Vec<(usize, usize, &Repair)> {
        let gone: Vec<(usize, usize)> = self.labels().filter_map(Label::taken_back).collect();
        let lines = self.labels().enumerate().flat_map(|(step, label)| {
            let repairs = match label {
                Label::Repair(repair) => std::slice::from_ref(repair),
                Label::Repairs(_, repairs) => repairs,
                _ => &[],
            };
            repairs.iter().enumerate().map(move |(line, repair)| (step, line, repair))
        });
        lines.filter(|(step, line, _)| !gone.contains(&(*step, *line))).collect()
    }

    /// The change that takes one repair back while the steps since stay; `None` where the table was read again since, or
    /// nothing is left of the repair. Cells that a later step wrote keep what it wrote; rows come back where they stood
    /// among those of `order`, the present one.
    fn undoing(&self, step: usize, line: usize, order: &[RowId]) -> Option<Change> {
        let since = self.done.get(step + 1..)?;
        if since.iter().any(|later| matches!(later.label, Label::Reading)) {
            return None;
        }
        // The inverses stand in the order that undoes: the last first.
        let changes = &self.done.get(step)?.changes;
        match changes.get(changes.len().checked_sub(line + 1)?)? {
            change @ (Change::Cells { .. } | Change::Codes { .. }) => {
                let (column, cells) = change.cells()?;
                // A repair taken back since, and the step that did so, wrote nothing that lasts.
                let gone: HashSet<(usize, usize)> = self.labels().filter_map(Label::taken_back).collect();
                let lasting = since.iter().zip(step + 1..).filter(|(later, _)| later.label.taken_back().is_none());
                let changes = lasting.flat_map(|(later, at)| {
                    let (gone, lines) = (&gone, later.changes.iter().rev().enumerate());
                    lines.filter(move |(line, _)| !gone.contains(&(at, *line))).map(|(_, change)| change)
                });
                let later = changes.filter_map(Change::cells).filter(|(other, _)| *other == column);
                let written: HashSet<RowId> =
                    later.flat_map(|(_, cells)| cells.iter().map(|(row, _)| *row).collect::<Vec<_>>()).collect();
                let cells: Vec<(RowId, Code)> = cells.iter().copied().filter(|(row, _)| !written.contains(row)).collect();
                (!cells.is_empty()).then_some(Change::Cells { column, cells })
            }
            Change::Insert(rows) => Some(Change::Insert(self.places_back(step, rows, order))),
            _ => None,
        }
    }

    /// The places, in the present order, of rows that a step removed: below the row that stood nearest above them and
    /// is still there, for others have come and gone since.
    fn places_back(&self, step: usize, rows: &[(usize, RowId)], order: &[RowId]) -> Vec<(usize, RowId)> {
        let mut former = order.to_vec();
        for change in self.done.iter().skip(step).rev().flat_map(|step| &step.changes) {
            match change {
                Change::Insert(rows) => former = with_rows(former, rows),
                Change::Remove(rows) => without_rows(&mut former, rows),
                _ => {}
            }
        }
        let present: HashSet<RowId> = order.iter().copied().collect();
        let back: HashSet<RowId> = rows.iter().map(|(_, row)| *row).collect();
        let (mut above, mut below) = (None, HashMap::<Option<RowId>, Vec<RowId>>::new());
        for row in former {
            if back.contains(&row) {
                below.entry(above).or_default().push(row);
            } else if present.contains(&row) {
                above = Some(row);
            }
        }
        let mut places = Vec::with_capacity(rows.len());
        for (at, above) in std::iter::once(None).chain(order.iter().copied().map(Some)).enumerate() {
            for row in below.get(&above).into_iter().flatten() {
                places.push((at + places.len(), *row));
            }
        }
        places
    }

    pub(super) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}

impl Label {
    /// The repair that this step takes back.
    fn taken_back(&self) -> Option<(usize, usize)> {
        if let Label::TakenBack(step, line) = self { Some((*step, *line)) } else { None }
    }
}

impl Project {
    /// Takes one repair back, of the list of those made; gives the number of its cells or rows.
    pub(super) fn take_back_repair(&mut self, at: usize) -> u32 {
        let Some((step, line)) = self.journal.repairs().get(at).map(|(step, line, _)| (*step, *line)) else { return 0 };
        let Some(change) = self.journal.undoing(step, line, &self.loaded.table.order) else { return 0 };
        let count = match &change {
            Change::Cells { cells, .. } => cells.len(),
            Change::Insert(rows) => rows.len(),
            _ => 0,
        };
        self.commit(Label::TakenBack(step, line), vec![change]);
        self.show();
        count as u32
    }

    /// Carries out changes as one step, checks what they reach, and writes them down. `true` where the
    /// schema may have changed.
    pub(super) fn commit(&mut self, label: Label, changes: Vec<Change>) -> bool {
        let (inverses, broad) = self.carry_out(changes);
        self.journal.done.push(Step { label, changes: inverses });
        self.journal.undone.clear();
        broad
    }

    /// Takes the last step back; `None` where there is none.
    pub(super) fn take_back(&mut self) -> Option<bool> {
        let step = self.journal.done.pop()?;
        let (changes, broad) = self.carry_out(step.changes);
        self.journal.undone.push(Step { label: step.label, changes });
        self.show();
        Some(broad)
    }

    /// Makes the last step taken back again; `None` where there is none.
    pub(super) fn make_again(&mut self) -> Option<bool> {
        let step = self.journal.undone.pop()?;
        let (changes, broad) = self.carry_out(step.changes);
        self.journal.done.push(Step { label: step.label, changes });
        self.show();
        Some(broad)
    }

    /// The inverses come in the order that undoes: last change first.
    fn carry_out(&mut self, changes: Vec<Change>) -> (Vec<Change>, bool) {
        let mut inverses = Vec::with_capacity(changes.len());
        let (mut rows, mut columns) = (Vec::new(), Some(Vec::new()));
        let (mut everything, mut schema, mut something, mut moved) = (false, false, false, false);
        for change in changes {
            match change.reach() {
                Reach::Nothing => {}
                Reach::Cells(column, more) => {
                    if rows.is_empty() {
                        rows = more
                    } else {
                        rows.extend(more)
                    }
                    columns.as_mut().into_iter().for_each(|columns: &mut Vec<usize>| columns.push(column));
                    something = true;
                }
                Reach::Values => moved = true,
                Reach::Rows(more) => {
                    rows.extend(more);
                    columns = None;
                    something = true;
                }
                Reach::Everything => everything = true,
                Reach::Schema => schema = true,
            }
            inverses.push(change.apply(self));
        }
        if moved && !everything && !schema {
            // Values that stand elsewhere now are looked at as such, unless their rows must be.
            for inverse in &inverses {
                let Change::Codes { column, codes, moves, back } = inverse else { continue };
                let table = &self.loaded.table;
                // The rows that moved are found where they hold what they held: before, or again now.
                let present = || table.columns.get(*column).and_then(Column::codes);
                let Some(held) = (*back).then_some(codes).or_else(present) else { continue };
                if !self.checker.follow(table, *column, moves, held, !back) {
                    rows.extend(rows_moved(held, moves));
                    columns.as_mut().into_iter().for_each(|columns: &mut Vec<usize>| columns.push(*column));
                    something = true;
                }
            }
        }
        inverses.reverse();
        if everything || schema {
            self.recheck();
        } else if something || moved {
            rows.sort_unstable();
            rows.dedup();
            let touched = Touched { rows: &rows, columns: columns.as_deref() };
            self.checker.refresh(&self.loaded.table, Some(touched));
            self.diagnose();
        }
        (inverses, schema)
    }
}
