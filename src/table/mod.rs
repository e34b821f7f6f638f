//! The table: columns of text, and rows that keep their identity while they move.

mod column;
mod profile;

use std::collections::BTreeMap;

pub use column::{Code, Column};
pub use profile::{Looks, Profile};

/// A row's identity: its place in the columns, which never changes. Its place on screen is its
/// index in [`Table::order`].
pub type RowId = u32;

/// A table of text as the agent sees it: labels, and rows of cells.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The header's cells, as written.
    pub labels: Vec<String>,
    /// One column per label.
    pub columns: Vec<Column>,
    /// The rows, in the order they are shown and exported.
    pub order: Vec<RowId>,
    /// Cells beyond the header's width, of the rows that have some. Kept so that nothing is lost.
    pub overflow: BTreeMap<RowId, Vec<String>>,
    /// How many cells a row really had, of the rows that had fewer than the header.
    pub short: BTreeMap<RowId, usize>,
    /// The number that a spreadsheet shows for the first row below the header (1 = first line of the file).
    pub first_line: u32,
    /// Rows that come from the file; later ids were added by hand.
    pub from_file: u32,
}

impl Table {
    /// An empty table with these labels, whose first row stands on line `first_line` of the file.
    pub fn new(labels: Vec<String>, first_line: u32) -> Table {
        let columns = labels.iter().map(|_| Column::default()).collect();
        Table { labels, columns, first_line, ..Table::default() }
    }

    /// Adds a row read from a file. Missing cells become empty, extra cells go to [`Table::overflow`].
    pub fn push<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        let id = self.from_file;
        let mut cells = cells.into_iter();
        let mut present = 0;
        for column in &mut self.columns {
            match cells.next() {
                Some(cell) => {
                    column.push(cell);
                    present += 1;
                }
                None => column.push(""),
            }
        }
        if present < self.columns.len() {
            self.short.insert(id, present);
        }
        let beyond: Vec<String> = cells.map(str::to_owned).collect();
        if !beyond.is_empty() {
            self.overflow.insert(id, beyond);
        }
        self.order.push(id);
        self.from_file += 1;
    }

    /// The number of rows shown.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether no row is left.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// A cell's text; empty where there is none.
    pub fn text(&self, row: RowId, column: usize) -> &str {
        self.columns.get(column).map_or("", |c| c.text(row))
    }

    /// The line of the file a row comes from (header's line + 1 for the first), `None` for a row added by hand.
    pub fn line(&self, row: RowId) -> Option<u32> {
        (row < self.from_file).then(|| self.first_line.saturating_add(row))
    }

    /// Makes room for a new blank row in every column. It is not shown before its id is in [`Table::order`].
    pub fn blank_row(&mut self) -> RowId {
        let id = self.columns.first().map_or(self.from_file, |c| c.len() as RowId);
        for column in &mut self.columns {
            column.push("");
        }
        id
    }

    /// How many shown rows hold each value of a column, indexed by code.
    pub fn counts(&self, column: usize) -> Vec<u32> {
        let Some(column) = self.columns.get(column) else { return Vec::new() };
        let mut counts = vec![0; column.values()];
        for row in &self.order {
            if let Some(n) = column.code(*row).and_then(|code| counts.get_mut(code as usize)) {
                *n += 1;
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ragged_rows_lose_nothing() {
        let mut table = Table::new(vec!["a".into(), "b".into()], 2);
        table.push(["1", "2", "3", ""]);
        table.push(["4"]);
        assert_eq!(table.text(0, 1), "2");
        assert_eq!(table.overflow[&0], ["3", ""]);
        assert_eq!((table.text(1, 1), table.short[&1]), ("", 1));
        assert_eq!((table.line(1), table.line(2)), (Some(3), None));
    }
}
