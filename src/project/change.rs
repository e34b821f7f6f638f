use super::{Fitted, Loaded, Project};
use crate::{
    mapping::{Line, Mapping},
    metadata::Metadata,
    table::{Code, Column, RowId},
};

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
    /// These rows, which come or go.
    Rows(Vec<RowId>),
    /// Everything under the same schema.
    Everything,
    /// Everything, and perhaps another schema.
    Schema,
}

impl Change {
    /// How far it reaches.
    pub(super) fn reach(&self) -> Reach {
        match self {
            Change::Metadata(_) => Reach::Nothing,
            Change::Cells { column, cells } => Reach::Cells(*column, cells.iter().map(|(row, _)| *row).collect()),
            Change::Insert(rows) | Change::Remove(rows) => Reach::Rows(rows.iter().map(|(_, row)| *row).collect()),
            Change::AddColumn(_) | Change::DropColumn | Change::Mapping(..) => Reach::Everything,
            Change::Reading(_) | Change::Schema(_) => Reach::Schema,
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
