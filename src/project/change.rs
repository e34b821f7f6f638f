use std::borrow::Cow;

use super::{Fitted, Loaded, Project};
use crate::{
    mapping::{Line, Mapping},
    metadata::Metadata,
    table::{Code, Codes, Column, Move, RowId},
};

/// Rows, each with the code of its value.
pub(super) type Cells<'a> = Cow<'a, [(RowId, Code)]>;

/// A change of the project. Carrying it out gives its inverse, which is a change as well.
#[derive(Debug)]
pub(super) enum Change {
    /// Other values in cells of one column.
    Cells {
        /// The column of the table.
        column: usize,
        /// The rows, each with the code of its value.
        cells: Vec<(RowId, Code)>,
    },
    /// Other codes for a whole column, whose rows share their values.
    Codes {
        /// The column of the table.
        column: usize,
        /// The codes.
        codes: Codes,
        /// What becomes of the rows the first time.
        moves: Vec<Move>,
        /// Whether that is taken back.
        back: bool,
    },
    /// Rows put at places of the order, lowest place first.
    Insert(Vec<(usize, RowId)>),
    /// Rows taken from places of the order, lowest place first.
    Remove(Vec<(usize, RowId)>),
    /// A column added at the end of the table, with its label.
    AddColumn(Box<(String, Column)>),
    /// The last column of the table taken away.
    DropColumn,
    /// Another mapping, and why each column was chosen.
    Mapping(Mapping, Vec<Line>),
    /// Another description, and whether the agent wrote it: one that was proposed follows the data again.
    Metadata(Box<(Metadata, bool)>),
    /// Another reading, with what it makes of the mapping.
    Reading(Box<(Loaded, Fitted)>),
    /// Another schema.
    Schema(Box<Fitted>),
}

/// How far a change reaches, for checking again no more than needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reach {
    /// Nothing that is checked.
    Nothing,
    /// Cells of these rows in one column, and what they change elsewhere.
    Cells(usize, Vec<RowId>),
    /// Values of a column, wherever they stand.
    Values,
    /// These rows, which come or go.
    Rows(Vec<RowId>),
    /// Everything under the same schema.
    Everything,
    /// Everything, and perhaps another schema.
    Schema,
}

/// The rows that hold, in these codes, a value that moves.
pub(super) fn rows_moved(codes: &Codes, moves: &[Move]) -> Vec<RowId> {
    let mut moved = vec![false; moves.iter().map(|Move { from, .. }| *from as usize + 1).max().unwrap_or_default()];
    for Move { from, .. } in moves {
        if let Some(moved) = moved.get_mut(*from as usize) {
            *moved = true;
        }
    }
    let mut rows = Vec::new();
    codes.rows_where(0, |code| moved.get(code as usize).copied().unwrap_or_default(), |row| rows.push(row as RowId));
    rows
}

impl Change {
    /// How far it reaches.
    pub(super) fn reach(&self) -> Reach {
        match self {
            Change::Metadata(_) => Reach::Nothing,
            Change::Cells { column, cells } => Reach::Cells(*column, cells.iter().map(|(row, _)| *row).collect()),
            Change::Codes { .. } => Reach::Values,
            Change::Insert(rows) | Change::Remove(rows) => Reach::Rows(rows.iter().map(|(_, row)| *row).collect()),
            Change::AddColumn(_) | Change::DropColumn | Change::Mapping(..) => Reach::Everything,
            Change::Reading(_) | Change::Schema(_) => Reach::Schema,
        }
    }

    /// The codes that the change gives a column.
    pub(super) fn codes_of(&self, column: usize) -> Option<&Codes> {
        match self {
            Change::Codes { column: other, codes, .. } if *other == column => Some(codes),
            _ => None,
        }
    }

    /// The cells that a change which takes another back writes, where it writes some, and their column.
    pub(super) fn cells(&self) -> Option<(usize, Cells<'_>)> {
        match self {
            Change::Cells { column, cells } => Some((*column, Cow::Borrowed(cells))),
            Change::Codes { column, codes, moves, .. } => {
                let rows = rows_moved(codes, moves);
                let cells = rows.into_iter().filter_map(|row| Some((row, codes.get(row as usize)?)));
                Some((*column, Cow::Owned(cells.collect())))
            }
            _ => None,
        }
    }

    /// Carries the change out and gives its inverse.
    pub(super) fn apply(self, project: &mut Project) -> Change {
        let loaded = &mut project.loaded;
        match self {
            Change::Cells { column, mut cells } => {
                loaded.table.exchange(column, &mut cells);
                Change::Cells { column, cells }
            }
            Change::Codes { column, mut codes, moves, back } => {
                let turned = |Move { from, to, rows }: Move| {
                    if back { Move { from: to, to: from, rows } } else { Move { from, to, rows } }
                };
                if let Some(values) = loaded.table.columns.get_mut(column) {
                    values.take_codes(&mut codes, moves.iter().copied().map(turned));
                }
                Change::Codes { column, codes, moves, back: !back }
            }
            Change::Insert(rows) => {
                loaded.table.insert_rows(&rows);
                Change::Remove(rows)
            }
            Change::Remove(rows) => {
                loaded.table.remove_rows(&rows);
                Change::Insert(rows)
            }
            Change::AddColumn(column) => {
                let (label, column) = *column;
                loaded.table.add_column(label, column);
                Change::DropColumn
            }
            Change::DropColumn => Change::AddColumn(Box::new(loaded.table.drop_column())),
            Change::Mapping(mapping, lines) => {
                let former = std::mem::replace(&mut project.fitted.mapping, mapping);
                Change::Mapping(former, std::mem::replace(&mut project.fitted.lines, lines))
            }
            Change::Metadata(other) => {
                let (metadata, described) = *other;
                let former = std::mem::replace(&mut project.metadata, metadata);
                Change::Metadata(Box::new((former, std::mem::replace(&mut project.described, described))))
            }
            Change::Reading(other) => {
                let (other, fitted) = *other;
                let former = std::mem::replace(loaded, other);
                Change::Reading(Box::new((former, std::mem::replace(&mut project.fitted, fitted))))
            }
            Change::Schema(fitted) => Change::Schema(Box::new(std::mem::replace(&mut project.fitted, *fitted))),
        }
    }
}
