//! The table: columns of text, and rows that keep their identity while they move.

mod codes;
mod column;
mod difference;
mod own;
mod passing;
mod profile;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use codes::Codes;
pub use column::{Code, Column, Move, Room, TOGETHER};
pub use difference::{Difference, Example, Fate, Side};
pub use profile::{Looks, Profile};
pub use words::Span;

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
    /// Rows that stand in the columns and are not shown.
    absent: BTreeSet<RowId>,
}

impl Table {
    /// An empty table with these labels, whose first row stands on line `first_line` of the file.
    pub fn new(labels: Vec<String>, first_line: u32) -> Table {
        let columns = labels.iter().map(|_| Column::default()).collect();
        Table { labels, columns, first_line, ..Table::default() }
    }

    /// A table whose rows all stand in the columns already; those before `from`, which hold titles and the
    /// header, are not shown. Its first row stands on line `first_line`.
    pub fn of_columns(labels: Vec<String>, columns: Vec<Column>, from: u32, first_line: u32) -> Table {
        let rows = columns.first().map_or(0, |column| column.len() as u32);
        let order = (from.min(rows)..rows).collect();
        let mut table = Table { labels, columns, order, first_line, from_file: rows, ..Table::default() };
        (0..from.min(rows)).for_each(|row| table.hide(row));
        table
    }

    /// Shows `count` rows more, whose cells every column has taken.
    pub fn add_rows(&mut self, count: u32) {
        self.order.extend(self.from_file..self.from_file + count);
        self.from_file += count;
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
        self.hide(id);
        id
    }

    /// Shows rows at places of the order, lowest place first.
    pub fn insert_rows(&mut self, rows: &[(usize, RowId)]) {
        self.order = with_rows(std::mem::take(&mut self.order), rows);
        rows.iter().for_each(|(_, row)| self.reveal(*row));
    }

    /// Hides the rows at places of the order, lowest place first.
    pub fn remove_rows(&mut self, rows: &[(usize, RowId)]) {
        if rows.is_empty() {
            return;
        }
        without_rows(&mut self.order, rows);
        rows.iter().for_each(|(_, row)| self.hide(*row));
    }

    /// The last row, where it is a total rather than a row: its first text says so. Blank rows under it do not count.
    pub fn total_row(&self) -> Option<RowId> {
        let first = |row: RowId| {
            let cells = (0..self.columns.len()).map(|column| self.text(row, column).trim());
            cells.into_iter().find(|cell| !cell.is_empty())
        };
        let (row, said) = self.order.iter().rev().find_map(|row| Some((*row, crate::text::fold(first(*row)?))))?;
        let total = said.starts_with("total") || said.starts_with("soustotal") || said == "ensemble" || said == "somme";
        total.then_some(row)
    }

    /// The rows that stand in the columns and are not shown.
    pub fn hidden(&self) -> impl Iterator<Item = RowId> + '_ {
        self.absent.iter().copied()
    }

    /// The number of rows that stand in the columns, shown or not: every id is below it.
    pub fn height(&self) -> usize {
        self.columns.first().map_or(self.from_file as usize, Column::len)
    }

    /// Whether a row is shown.
    pub fn shows(&self, row: RowId) -> bool {
        (row as usize) < self.height() && !self.absent.contains(&row)
    }

    fn hide(&mut self, row: RowId) {
        if self.absent.insert(row) {
            self.columns.iter_mut().for_each(|column| column.hide(row));
        }
    }

    fn reveal(&mut self, row: RowId) {
        if self.absent.remove(&row) {
            self.columns.iter_mut().for_each(|column| column.reveal(row));
        }
    }

    /// Adds a column at the end, as high as the others. Its rows that lack are empty.
    pub fn add_column(&mut self, label: String, mut column: Column) {
        let height = self.columns.first().map_or(0, Column::len);
        while column.len() < height {
            column.push("");
        }
        self.absent.iter().for_each(|row| column.hide(*row));
        self.labels.push(label);
        self.columns.push(column);
    }

    /// Takes the last column away; what [`Table::add_column`] took.
    pub fn drop_column(&mut self) -> (String, Column) {
        let mut column = self.columns.pop().unwrap_or_default();
        self.absent.iter().for_each(|row| column.reveal(*row));
        (self.labels.pop().unwrap_or_default(), column)
    }

    /// Gives cells of a column other codes of it, each in the place of the one that the cell had.
    pub fn exchange(&mut self, column: usize, cells: &mut [(RowId, Code)]) {
        if let Some(column) = self.columns.get_mut(column) {
            column.exchange(cells, |row| self.absent.contains(&row));
        }
    }

    /// The codes of a column once values of it are others, but in the rows not shown and in those of `kept`; `None` where rows
    /// do not share their values. The column holds `earlier` by then, where that is told.
    pub fn renamed(
        &self,
        column: usize,
        earlier: Option<&Codes>,
        moves: &[Move],
        kept: impl Iterator<Item = RowId>,
    ) -> Option<Codes> {
        let values = self.columns.get(column)?;
        let codes = values.codes()?;
        let codes = earlier.unwrap_or(codes);
        let mut names: Vec<Code> = (0..values.values() as Code).collect();
        for Move { from, to, .. } in moves {
            *names.get_mut(*from as usize)? = *to;
        }
        let mut renamed = codes.renamed(&names);
        for row in self.hidden().chain(kept) {
            renamed.swap(row as usize, codes.get(row as usize)?);
        }
        Some(renamed)
    }

    /// How many shown rows hold a value of a column.
    pub fn count(&self, column: usize, code: Code) -> u32 {
        self.columns.get(column).map_or(0, |column| column.count(code, |row| self.absent.contains(&row)))
    }

    /// The values that shown rows of a column hold: their codes, their texts, and how many rows hold them.
    pub fn tally(&self, column: usize) -> impl Iterator<Item = (Code, &str, u32)> + '_ {
        let values = self.columns.get(column).into_iter().flat_map(|values| values.values_from(0));
        let counted = values.zip(0..).map(move |(value, code)| (code, value, self.count(column, code)));
        counted.filter(|(.., count)| *count > 0)
    }

    /// Tells what [`Table::tally`] gives. Faster where all of a long column is looked at.
    pub fn each_value<'t>(&'t self, column: usize, tell: impl FnMut(Code, &'t str, u32)) {
        if let Some(values) = self.columns.get(column) {
            values.each_value(|row| self.absent.contains(&row), tell);
        }
    }

    /// How many shown rows have a text in a column.
    pub fn filled(&self, column: usize) -> u32 {
        self.columns.get(column).map_or(0, Column::filled)
    }

    /// Gives back the memory that only growing needs, once a file has been read.
    pub fn settle(&mut self) {
        self.columns.iter_mut().for_each(Column::settle);
        self.order.shrink_to_fit();
    }

    /// Bytes held, nearly.
    pub fn heap(&self) -> usize {
        self.columns.iter().map(Column::heap).sum::<usize>() + self.order.capacity() * 4
    }
}

/// An order with rows put at places of it, lowest place first.
pub(crate) fn with_rows(order: Vec<RowId>, rows: &[(usize, RowId)]) -> Vec<RowId> {
    let mut new = Vec::with_capacity(order.len() + rows.len());
    let mut old = order.into_iter();
    for (place, row) in rows {
        new.extend(old.by_ref().take(place.saturating_sub(new.len())));
        new.push(*row);
    }
    new.extend(old);
    new
}

/// Takes rows out of an order, where they stand in the same one.
pub(crate) fn without_rows(order: &mut Vec<RowId>, rows: &[(usize, RowId)]) {
    let mut gone = rows.iter().map(|(_, row)| *row).peekable();
    order.retain(|row| gone.next_if_eq(row).is_none());
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
