use super::facts::Facts;
use crate::{
    intake::{Block, IntakeError, Limit, Notice, blocks::Cells, header::LOOKED_AT, limits, watch::Watch},
    table::{Column, Table},
};

/// A sheet as text, filled cell by cell from top to bottom, within the [`limits`].
#[derive(Debug, Default)]
pub struct Grid {
    columns: Vec<Column>,
    rows: u32,
    filled: u64,
    /// What it holds besides its text.
    pub facts: Facts,
}

impl Grid {
    /// Puts a value; an empty one changes nothing, and where there is one already it stays.
    pub fn put(&mut self, row: u32, column: u32, value: &str) -> Result<(), IntakeError> {
        if value.is_empty() {
            return Ok(());
        }
        if row >= limits::SHEET_ROWS {
            return Err(IntakeError::too_large(Limit::Rows, limits::SHEET_ROWS));
        }
        if column >= limits::COLUMNS {
            return Err(IntakeError::too_large(Limit::Columns, limits::COLUMNS));
        }
        if value.len() > limits::CELL_CHARS && value.chars().count() > limits::CELL_CHARS {
            return Err(IntakeError::too_large(Limit::Characters, limits::CELL_CHARS as u64));
        }
        let width = self.columns.len().max(column as usize + 1);
        let height = self.rows.max(row + 1);
        if width as u64 * u64::from(height) > limits::SHEET_CELLS {
            return Err(IntakeError::too_large(Limit::Cells, limits::SHEET_CELLS));
        }
        self.columns.resize_with(width, Column::default);
        self.rows = height;
        if let Some(column) = self.columns.get_mut(column as usize) {
            while column.len() < row as usize {
                column.push("");
            }
            if column.len() == row as usize {
                column.push(value);
                self.filled += 1;
            } else if column.text(row).is_empty() {
                // Rows come from top to bottom in nearly all files.
                let code = column.intern(value);
                column.exchange(&mut [(row, code)], |_| false);
                self.filled += 1;
            }
        }
        Ok(())
    }

    /// Tells how many rows there are to who watches.
    pub fn told_to(&self, watch: &mut Watch<'_>) {
        watch.saw(self.rows, || self.first_rows(LOOKED_AT));
    }

    /// Whether no cell has a value.
    pub fn is_empty(&self) -> bool {
        self.filled == 0
    }

    /// Whether a cell has a value.
    pub fn has(&self, row: u32, column: u32) -> bool {
        self.columns.get(column as usize).is_some_and(|column| !column.text(row).is_empty())
    }

    /// What there is to say of it.
    pub fn notices(&self) -> impl Iterator<Item = Notice> {
        let width = self.columns.len() as u32;
        let rows = self.facts.hidden_rows.below(self.rows);
        let columns = self.facts.hidden_columns.below(width);
        let rows = rows.filter(|row| (0..width).any(|column| self.has(*row, column))).count();
        let columns = columns.filter(|column| (0..self.rows).any(|row| self.has(row, *column))).count();
        self.facts.notices(rows as u32, columns as u32)
    }

    /// Cells with a value.
    pub fn filled(&self) -> u64 {
        self.filled
    }

    /// Rows, down to the last with a value.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Columns, up to the last with a value.
    pub fn columns(&self) -> usize {
        self.columns.len()
    }

    /// The first rows, without the empty cells that end them.
    pub fn first_rows(&self, count: usize) -> Vec<Vec<String>> {
        (0..self.rows.min(count as u32))
            .map(|row| {
                let mut cells: Vec<String> = self.columns.iter().map(|column| column.text(row).to_owned()).collect();
                let end = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
                cells.truncate(end);
                cells
            })
            .collect()
    }

    /// The same sheet with nothing but one of its tables, which keeps its lines.
    pub fn within(self, block: &Block) -> Result<Grid, IntakeError> {
        let mut grid = Grid::default();
        for (at, column) in self.columns.iter().enumerate().take(block.right + 1).skip(block.left) {
            for row in block.top - 1..block.bottom {
                grid.put(row, (at - block.left) as u32, column.text(row))?;
            }
        }
        grid.facts = self.facts;
        Ok(grid)
    }

    /// The start of the first rows that hold something: what tells sheets apart.
    pub fn peek(&self, rows: usize, columns: usize) -> Vec<Vec<String>> {
        let left = self.columns.iter().position(|column| column.filled() > 0).unwrap_or_default();
        let full = (0..self.rows).filter(|row| self.columns.iter().any(|column| !column.text(*row).is_empty()));
        let cells = |row: u32| self.columns.iter().skip(left).take(columns).map(move |column| shortened(column.text(row)));
        full.take(rows).map(|row| cells(row).collect()).collect()
    }

    /// The table below the header, which ends on line `header` (1 being the first, 0 for none). Columns with neither
    /// label nor value are left out.
    pub fn table(self, header: u32, labels: &[String]) -> Table {
        let (mut kept, mut columns) = (Vec::new(), Vec::new());
        for (at, mut column) in self.columns.into_iter().enumerate() {
            let label = labels.get(at).cloned().unwrap_or_default();
            let above = (0..header).filter(|row| !column.text(*row).is_empty()).count();
            if column.filled() as usize == above && (label.is_empty() || header == 0) {
                continue;
            }
            while column.len() < self.rows as usize {
                column.push("");
            }
            column.settle();
            kept.push(label);
            columns.push(column);
        }
        Table::of_columns(kept, columns, header, 1)
    }
}

impl Cells for Grid {
    fn rows(&self) -> u32 {
        self.rows
    }

    fn columns(&self) -> usize {
        self.columns.len()
    }

    fn text(&self, row: u32, column: usize) -> &str {
        self.columns.get(column).map_or("", |column| column.text(row))
    }
}

/// The start of a text, on one line.
fn shortened(text: &str) -> String {
    const CHARS: usize = 24;
    let mut rest = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = rest.char_indices().nth(CHARS) {
        rest.truncate(end);
        rest.truncate(rest.trim_end().len());
        rest.push('…');
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_gaps_and_drops_empty_columns() {
        let mut grid = Grid::default();
        for (row, column, value) in
            [(0, 0, "Titre"), (2, 0, "a"), (2, 2, "c"), (3, 0, "1"), (5, 2, "3"), (1, 0, "Suite"), (1, 0, "Autre")]
        {
            grid.put(row, column, value).unwrap();
        }
        assert_eq!(grid.first_rows(3), [vec!["Titre"], vec!["Suite"], vec!["a", "", "c"]]);
        let labels = grid.first_rows(3).remove(2);
        let table = grid.table(3, &labels);
        assert_eq!(table.labels, ["a", "c"]);
        assert_eq!(
            (table.order.as_slice(), table.text(3, 0), table.text(5, 1), table.line(5)),
            ([3, 4, 5].as_slice(), "1", "3", Some(6))
        );
    }

    #[test]
    fn refuses_far_cells() {
        let mut grid = Grid::default();
        assert!(matches!(grid.put(1_048_575, 0, "z"), Err(IntakeError::TooLarge { limit: Limit::Rows, .. })));
        assert!(matches!(grid.put(0, 16_383, "z"), Err(IntakeError::TooLarge { limit: Limit::Columns, .. })));
        grid.put(0, 999, "z").unwrap();
        assert!(matches!(grid.put(150_000, 0, "z"), Err(IntakeError::TooLarge { limit: Limit::Cells, .. })));
    }
}
