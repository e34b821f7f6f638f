use super::{
    Project,
    change::{Change, Reach},
};
use crate::{
    check::Touched,
    recipe::Operation,
    repair::{CauseKey, Order},
};

/// What a step of the journal was, for the report and for the list of repairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    /// Cells or rows changed by hand; how many.
    Edit(u32),
    /// A cause repaired.
    Repair(Repair),
    /// Several causes repaired at once.
    Repairs(Vec<Repair>),
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
    /// The order of day and month that the agent told.
    pub order: Option<Order>,
    pub count: u32,
    pub before: String,
    pub after: Option<String>,
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

    pub(super) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}

impl Project {
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
        let (mut everything, mut schema, mut something) = (false, false, false);
        for change in changes {
            match change.reach() {
                Reach::Nothing => {}
                Reach::Cells(column, more) => {
                    rows.extend(more);
                    columns.as_mut().into_iter().for_each(|columns: &mut Vec<usize>| columns.push(column));
                    something = true;
                }
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
        inverses.reverse();
        if everything || schema {
            self.recheck();
        } else if something {
            rows.sort_unstable();
            rows.dedup();
            let all = rows.len() * 4 > self.loaded.table.len();
            let touched = Touched { rows: &rows, columns: columns.as_deref() };
            self.checker.refresh(&self.loaded.table, (!all).then_some(touched));
            self.diagnose();
        }
        (inverses, schema)
    }
}
