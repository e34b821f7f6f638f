//! The agent's commands on rows and cells, each one step of the journal.

use std::collections::HashSet;

use super::{
    Outcome, Project,
    change::Change,
    journal::{Label, Repair},
};
use crate::{
    mapping::{Line, suggest},
    protocol::{Block, Done, Reply, Request},
    recipe::Operation,
    repair::{Cause, CauseKey, CauseKind, Diagnosis, Order, Proposal},
    schema::CompiledSchema,
    table::{Code, Column, Move, RowId},
    text,
};

/// Where a column of the grid finds its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// A field, with the column of the table that serves it, if any.
    Field(usize, Option<usize>),
    /// A column kept beside.
    Extra(usize),
}

impl Slot {
    pub(super) fn column(self) -> Option<usize> {
        match self {
            Slot::Field(_, column) => column,
            Slot::Extra(column) => Some(column),
        }
    }
}

impl Project {
    /// The columns of the grid: every field of the schema, then the columns kept beside; without a schema,
    /// the file's own columns.
    pub(super) fn slots(&self) -> Vec<Slot> {
        if self.fitted.schema.is_none() {
            return (0..self.loaded.table.labels.len()).map(Slot::Extra).collect();
        }
        let fields = self.fitted.mapping.columns.iter().enumerate().map(|(field, column)| Slot::Field(field, *column));
        fields.chain(self.fitted.mapping.kept.iter().map(|column| Slot::Extra(*column))).collect()
    }

    pub(super) fn edit(&mut self, request: Request) -> Outcome {
        match request {
            Request::Assign { field, column } => self.assign(field, column),
            Request::Keep { column, keep } => {
                let mut mapping = self.fitted.mapping.clone();
                mapping.keep(column, keep);
                let lines = self.fitted.lines.clone();
                self.commit(Label::Mapping, vec![Change::Mapping(mapping, lines)]);
                self.state(false)
            }
            Request::Suggest => self.suggest_again(),
            Request::Write { row, column, block } => self.write(row, column, &block),
            Request::Clear(block) => {
                let (height, width) = (block.bottom.saturating_sub(block.top) + 1, block.right.saturating_sub(block.left) + 1);
                let blank = vec![vec![String::new(); width]; height.min(self.shown.len().saturating_sub(block.top))];
                self.write(block.top, block.left, &blank)
            }
            Request::InsertRow { below } => self.insert_row(below),
            Request::DeleteRows { from, to } => {
                let rows: Vec<RowId> =
                    self.shown.get(from..=to.min(self.shown.len().saturating_sub(1))).unwrap_or_default().to_vec();
                self.delete_rows(&rows, Label::Edit)
            }
            Request::Repair { key, order } => self.repair(key, order),
            Request::RepairCell { row, column } => self.repair_cell(row, column),
            Request::RepairAll => self.repair_all(),
            Request::Operate(operation) => match self.operate(&operation) {
                Some(count) => self.said(Done::Changed(count), false),
                None => Reply::Failed.into(),
            },
            Request::Replay(text) => self.replay_text(&text),
            Request::OperateOn { block, operation } => self.operate_on(block, &operation),
            Request::TakeBack(at) => match self.take_back_repair(at) {
                0 => self.state(false),
                _ => self.said(Done::Undone, false),
            },
            Request::WriteRecipe => match self.recipe() {
                Some(recipe) => Reply::Recipe { text: recipe.write(), by_hand: self.by_hand() }.into(),
                None => Reply::Failed.into(),
            },
            _ => self.state(false),
        }
    }

    fn assign(&mut self, field: usize, column: Option<usize>) -> Outcome {
        let mut mapping = self.fitted.mapping.clone();
        mapping.assign(field, column);
        let mut lines = self.fitted.lines.clone();
        if let Some(line) = lines.get_mut(field) {
            *line = Line::chosen(column);
        }
        self.commit(Label::Mapping, vec![Change::Mapping(mapping, lines)]);
        self.state(false)
    }

    fn suggest_again(&mut self) -> Outcome {
        let Some(chosen) = &self.fitted.schema else { return self.state(false) };
        let compiled = CompiledSchema::new(&chosen.schema);
        let (mapping, lines) = suggest(&chosen.schema, &compiled, &self.loaded.table, &self.loaded.profiles);
        self.commit(Label::Mapping, vec![Change::Mapping(mapping, lines)]);
        self.state(false)
    }

    /// Writes a block. A field that has no column yet gets one where a text is written; rows pasted below the last one
    /// are added.
    pub(super) fn write(&mut self, top: usize, left: usize, block: &[Vec<String>]) -> Outcome {
        let width = block.iter().map(Vec::len).max().unwrap_or_default();
        let slots: Vec<Slot> = self.slots().into_iter().skip(left).take(width).collect();
        if slots.is_empty() || block.is_empty() || top > self.shown.len() {
            return self.said(Done::OutOfBounds, false);
        }
        let told = |at: usize| block.iter().filter_map(|texts| texts.get(at)).any(|text| !text.is_empty());
        let lacking = |(at, slot): (usize, &Slot)| slot.column().is_none() && told(at);
        let new: Vec<Slot> = slots.iter().enumerate().filter(|found| lacking(*found)).map(|(_, slot)| *slot).collect();
        let mut changes = self.new_columns(&new);
        let mut next = self.loaded.table.columns.len()..;
        let column = |(at, slot): (usize, &Slot)| slot.column().or_else(|| told(at).then(|| next.next()).flatten());
        let columns: Vec<Option<usize>> = slots.iter().enumerate().map(column).collect();
        let mut rows: Vec<RowId> = self.shown.iter().copied().skip(top).take(block.len()).collect();
        let lacking = block.len() - rows.len();
        let added: Vec<RowId> = (0..lacking).map(|_| self.loaded.table.blank_row()).collect();
        if !added.is_empty() {
            let end = self.loaded.table.order.len();
            changes.push(Change::Insert(added.iter().enumerate().map(|(at, row)| (end + at, *row)).collect()));
            rows.extend(&added);
        }
        let mut written = 0;
        let mut cells_of: Vec<(usize, Vec<(RowId, u32)>)> = Vec::new();
        for (at, column) in columns.iter().enumerate() {
            let Some(column) = column else { continue };
            let mut cells = Vec::new();
            for (row, texts) in rows.iter().zip(block) {
                let Some(text) = texts.get(at) else { continue };
                let clean: String = text.chars().filter(|c| *c != '\0').collect();
                let values = match self.loaded.table.columns.get_mut(*column) {
                    Some(values) => values,
                    None => match new_column(&mut changes, *column, self.loaded.table.columns.len()) {
                        Some(values) => values,
                        None => continue,
                    },
                };
                if values.text(*row) != clean {
                    cells.push((*row, values.intern(&clean)));
                    written += 1;
                }
            }
            if !cells.is_empty() {
                cells_of.push((*column, cells));
            }
        }
        if written == 0 && added.is_empty() {
            return self.state(false);
        }
        changes.extend(cells_of.into_iter().map(|(column, cells)| Change::Cells { column, cells }));
        self.commit(Label::Edit(written), changes);
        if !added.is_empty() {
            self.shown.extend(added);
        }
        self.said(Done::Written(written), false)
    }

    /// A new column and its assignment, for each field among the slots that has none.
    fn new_columns(&self, slots: &[Slot]) -> Vec<Change> {
        let Some(chosen) = &self.fitted.schema else { return Vec::new() };
        let mut mapping = self.fitted.mapping.clone();
        let mut changes = Vec::new();
        let mut next = self.loaded.table.columns.len();
        for slot in slots {
            if let Slot::Field(field, None) = slot {
                let label = chosen.schema.fields.get(*field).map(|f| f.name.clone()).unwrap_or_default();
                changes.push(Change::AddColumn(Box::new((label, Column::default()))));
                mapping.assign(*field, Some(next));
                next += 1;
            }
        }
        if !changes.is_empty() {
            changes.push(Change::Mapping(mapping, self.fitted.lines.clone()));
        }
        changes
    }

    fn insert_row(&mut self, below: Option<usize>) -> Outcome {
        let row = self.loaded.table.blank_row();
        let above = below.and_then(|at| self.shown.get(at)).copied();
        let order = &self.loaded.table.order;
        let place = above.and_then(|above| order.iter().position(|id| *id == above)).map_or(0, |at| at + 1);
        self.commit(Label::Edit(1), vec![Change::Insert(vec![(place, row)])]);
        // Under a filter the new row is shown where it was asked, though nothing is wrong with it yet.
        let at = below.map_or(0, |at| at + 1).min(self.shown.len());
        self.shown.insert(at, row);
        self.said(Done::RowsAdded(1), false)
    }

    fn delete_rows(&mut self, rows: &[RowId], label: impl Fn(u32) -> Label) -> Outcome {
        match self.remove_rows(rows, label) {
            0 => self.state(false),
            count => self.said(Done::RowsRemoved(count), false),
        }
    }

    /// Removes rows; gives their number.
    pub(super) fn remove_rows(&mut self, rows: &[RowId], label: impl Fn(u32) -> Label) -> u32 {
        let places = places(&self.loaded.table.order, rows);
        let count = places.len() as u32;
        if count == 0 {
            return 0;
        }
        self.commit(label(count), vec![Change::Remove(places)]);
        self.shown.retain(|row| self.loaded.table.shows(*row));
        if self.shown.is_empty() {
            self.show();
        }
        count
    }

    fn repair(&mut self, key: CauseKey, order: Option<Order>) -> Outcome {
        match self.repair_cause(key, order) {
            0 => self.state(false),
            count if matches!(key.kind, CauseKind::Fix(fix) if fix.removes_rows()) => self.said(Done::RowsRemoved(count), false),
            count => self.said(Done::Repaired(count), false),
        }
    }

    /// Repairs a cause; gives the number of cells or rows.
    pub(super) fn repair_cause(&mut self, key: CauseKey, order: Option<Order>) -> u32 {
        if matches!(key.kind, CauseKind::Fix(fix) if fix.removes_rows()) {
            let rows = self.diagnosis.rows_of(&self.checker, &self.loaded.table, key);
            return self.remove_rows(&rows, |count| {
                Label::Repair(Repair { key, field: None, order, count, before: String::new(), after: None })
            });
        }
        let Some((change, repair)) = self.repair_of(key, order, None, &[]) else { return 0 };
        let count = repair.count;
        self.commit(Label::Repair(repair), vec![change]);
        self.show();
        count
    }

    fn repair_cell(&mut self, row: usize, column: usize) -> Outcome {
        let cell = self.shown.get(row).copied().zip(self.slots().get(column).copied());
        let Some((row, at)) = cell.and_then(|(row, slot)| Some((row, slot.column()?))) else { return self.state(false) };
        let code = self.loaded.table.columns.get(at).and_then(|values| values.code(row));
        let key = code.and_then(|code| self.diagnosis.trouble(column, code)).map(|trouble| trouble.key);
        let Some((change, repair)) = key.and_then(|key| self.repair_of(key, None, Some(row), &[])) else {
            return self.state(false);
        };
        self.commit(Label::Edit(repair.count), vec![change]);
        self.said(Done::Repaired(repair.count), false)
    }

    fn repair_all(&mut self) -> Outcome {
        match self.repair_causes(Operation::RepairSafe).unwrap_or_default() {
            0 => self.state(false),
            count => self.said(Done::Repaired(count), false),
        }
    }

    /// Carries out the repair of several causes as one step: every cause that leaves no doubt, those to confirm as well
    /// with [`Operation::RepairProposed`], those of one kind with [`Operation::Repair`]. Gives the number of cells and
    /// rows; `None` where the operation names a field that is not there.
    pub(super) fn repair_causes(&mut self, operation: Operation) -> Option<u32> {
        let mut order = None;
        let keys: Vec<CauseKey> = match &operation {
            Operation::RepairSafe => self.keys(|cause| cause.key.kind.is_safe()),
            // What has to be looked at first is repaired cause by cause, unless the agent has looked at all.
            Operation::RepairProposed => self.keys(|cause| cause.key.kind.is_safe() || cause.is_proposed()),
            Operation::Repair { field, fix, order: told } => {
                order = *told;
                let at = field.as_ref().map(|field| self.looked_at(field).ok_or(())).transpose().ok()?;
                self.keys(|cause| (at.is_none() || cause.key.field == at) && cause.key.kind == CauseKind::Fix(*fix))
            }
            _ => return None,
        };
        let (rows, cells): (Vec<CauseKey>, Vec<CauseKey>) =
            keys.into_iter().partition(|key| matches!(key.kind, CauseKind::Fix(fix) if fix.removes_rows()));
        let mut made = Vec::new();
        for key in cells {
            made.extend(self.repair_of(key, order, None, &made));
        }
        // Cells written one by one go over columns written whole.
        made.sort_by_key(|(change, _)| matches!(change, Change::Cells { .. }));
        let (mut changes, mut repairs): (Vec<Change>, Vec<Repair>) = made.into_iter().unzip();
        // A row goes once, and each change counts its places after those before it: their inverses lead back one by one.
        let mut left = self.loaded.table.order.clone();
        for key in rows {
            let places = places(&left, &self.diagnosis.rows_of(&self.checker, &self.loaded.table, key));
            if places.is_empty() {
                continue;
            }
            let gone: HashSet<RowId> = places.iter().map(|(_, row)| *row).collect();
            left.retain(|row| !gone.contains(row));
            let count = places.len() as u32;
            repairs.push(Repair { key, field: None, order: None, count, before: String::new(), after: None });
            changes.push(Change::Remove(places));
        }
        let count = repairs.iter().map(|repair| repair.count).sum();
        if count > 0 {
            self.commit(Label::Repairs(operation, repairs), changes);
            self.show();
        }
        Some(count)
    }

    fn keys(&self, wanted: impl Fn(&Cause) -> bool) -> Vec<CauseKey> {
        self.causes.iter().filter(|cause| wanted(cause)).map(|cause| cause.key).collect()
    }

    /// The change that repairs a cause, in all its rows or in one; `None` where there is nothing sure to do. `changes` are
    /// those that will come before it.
    fn repair_of(
        &mut self,
        key: CauseKey,
        order: Option<Order>,
        only: Option<RowId>,
        changes: &[(Change, Repair)],
    ) -> Option<(Change, Repair)> {
        let field = key.field?;
        let column = self.checker.column(field)?;
        let name = Some(self.checker.name(&self.loaded.table, field).to_owned());
        let told =
            |(before, after): (String, String), count: u32| Repair { key, field: name, order, count, before, after: Some(after) };
        let target = |diagnosis: &Diagnosis, code: Code| match (diagnosis.trouble(field, code)?.proposal, order) {
            (Some(Proposal::Sure { to, .. }), _) => Some(to.clone()),
            (Some(Proposal::Ask { day_first, .. }), Some(Order::DayFirst)) => Some(day_first.clone()),
            (Some(Proposal::Ask { month_first, .. }), Some(Order::MonthFirst)) => Some(month_first.clone()),
            _ => None,
        };
        let mut example = None;
        // Where rows share their values and many are concerned, a value takes the place of another in all of them at once.
        let found = match only {
            None => self.diagnosis.values_of(&self.checker, &self.loaded.table, key),
            Some(_) => Vec::new(),
        };
        let count: u32 = found.iter().map(|(_, rows)| rows).sum();
        let codes = self.loaded.table.columns.get(column)?.codes();
        if codes.is_some_and(|codes| count as usize * size_of::<(RowId, Code)>() > codes.heap()) {
            let mut moves = Vec::with_capacity(found.len());
            for (from, rows) in found {
                let to = target(&self.diagnosis, from)?;
                let values = self.loaded.table.columns.get_mut(column)?;
                let before = values.value(from).to_owned();
                moves.push(Move { from, to: values.intern(&to), rows });
                example.get_or_insert((before, to));
            }
            let earlier = changes.iter().rev().find_map(|(change, _)| change.codes_of(column));
            let codes = self.loaded.table.renamed(column, earlier, &moves, self.checker.blank_rows())?;
            return Some((Change::Codes { column, codes, moves, back: false }, told(example?, count)));
        }
        let rows = match only {
            Some(row) => vec![row],
            None => self.diagnosis.rows_of(&self.checker, &self.loaded.table, key),
        };
        let values = self.loaded.table.columns.get_mut(column)?;
        let mut targets: Vec<Option<Code>> = vec![None; values.values()];
        let mut cells = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(code) = values.code(row) else { continue };
            let target = match targets.get(code as usize).copied().flatten() {
                Some(target) => target,
                None => {
                    let to = target(&self.diagnosis, code)?;
                    let before = values.value(code).to_owned();
                    let target = values.intern(&to);
                    example.get_or_insert((before, to));
                    if let Some(known) = targets.get_mut(code as usize) {
                        *known = Some(target);
                    }
                    target
                }
            };
            cells.push((row, target));
        }
        let count = cells.len() as u32;
        Some((Change::Cells { column, cells }, told(example?, count)))
    }

    /// The text of a block: cells apart by tabs, rows by line ends, as spreadsheets paste.
    pub(super) fn copy(&self, block: Block) -> String {
        let slots = self.slots();
        let columns = slots.get(block.left..=block.right.min(slots.len().saturating_sub(1))).unwrap_or_default();
        let rows = self.shown.get(block.top..=block.bottom.min(self.shown.len().saturating_sub(1))).unwrap_or_default();
        let cell = |row: RowId, slot: &Slot| slot.column().map_or("", |column| self.loaded.table.text(row, column));
        let line = |row: &RowId| text::tabbed(columns.iter().map(|slot| cell(*row, slot)));
        rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// Rows with their places in an order, in that order.
fn places(order: &[RowId], rows: &[RowId]) -> Vec<(usize, RowId)> {
    let doomed: HashSet<RowId> = rows.iter().copied().collect();
    order.iter().copied().enumerate().filter(|(_, row)| doomed.contains(row)).collect()
}

/// The column that one of the changes is about to add at this place.
fn new_column(changes: &mut [Change], column: usize, existing: usize) -> Option<&mut Column> {
    let added = changes.iter_mut().filter_map(|change| match change {
        Change::AddColumn(added) => Some(&mut added.1),
        _ => None,
    });
    added.into_iter().nth(column.checked_sub(existing)?)
}
