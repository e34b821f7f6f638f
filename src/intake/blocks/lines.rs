use super::{Cells, header_of};
use crate::{
    intake::{Block, Choices, IntakeError, header::LOOKED_AT},
    table::{Column, Table},
};

/// Values of a column that are looked at to tell whether each says something.
const FEW: usize = 1_000;

/// The lines of a text file, as they were read: those above the header, then the rows.
#[derive(Debug)]
pub struct Lines<'a> {
    /// The first lines of the file.
    pub head: &'a [Vec<String>],
    /// The header's last line; 0 for none.
    pub header: u32,
    /// The rows below it.
    pub table: &'a Table,
}

/// One table of a file that holds several.
#[derive(Debug)]
pub struct Part {
    /// Its header's last line in the file.
    pub header: u32,
    /// How many lines its header takes.
    pub lines: u8,
    /// Its rows.
    pub table: Table,
    /// Its first lines as they stand.
    pub head: Vec<Vec<String>>,
    /// Rows that begin as remarks do, where the agent leaves those out.
    pub remarks: Vec<(usize, u32)>,
}

impl Cells for Lines<'_> {
    fn rows(&self) -> u32 {
        self.header + self.table.from_file
    }

    fn columns(&self) -> usize {
        let beyond = self.table.overflow.values().map(Vec::len).max().unwrap_or_default();
        let above = self.above().iter().map(Vec::len).max().unwrap_or_default();
        above.max(self.table.labels.len() + beyond)
    }

    fn text(&self, row: u32, column: usize) -> &str {
        let Some(below) = row.checked_sub(self.header) else {
            return self.head.get(row as usize).and_then(|row| row.get(column)).map_or("", String::as_str);
        };
        match column.checked_sub(self.table.labels.len()) {
            Some(beyond) => self.table.overflow.get(&below).and_then(|cells| cells.get(beyond)).map_or("", String::as_str),
            None => self.table.text(below, column),
        }
    }

    fn is_full(&self, column: usize) -> bool {
        let says = |text: &str| !text.trim().is_empty();
        let has_few = |values: &&Column| values.values() <= FEW && values.filled() as usize == values.len();
        let below = self.table.columns.get(column).filter(has_few);
        below.is_some_and(|values| values.values_from(0).all(says))
            && self.above().iter().all(|row| row.get(column).is_some_and(|text| says(text)))
    }
}

impl Lines<'_> {
    /// The lines down to the header.
    fn above(&self) -> &[Vec<String>] {
        self.head.get(..(self.header as usize).min(self.head.len())).unwrap_or_default()
    }

    /// How many cells a line really has.
    fn width(&self, row: u32) -> usize {
        let Some(below) = row.checked_sub(self.header) else { return self.head.get(row as usize).map_or(0, Vec::len) };
        let beyond = self.table.overflow.get(&below).map_or(0, Vec::len);
        self.table.short.get(&below).copied().unwrap_or(self.table.labels.len() + beyond)
    }

    /// The cells of a line that belong to a block.
    fn cells(&self, row: u32, block: &Block) -> impl Iterator<Item = &str> {
        (block.left..self.width(row).min(block.right + 1)).map(move |column| self.text(row, column))
    }

    /// One of the tables, as if it stood alone, but for its lines, which are those of the file.
    ///
    /// # Errors
    /// Where the header chosen is not there.
    pub fn part(&self, block: &Block, choices: &Choices) -> Result<Part, IntakeError> {
        let top = block.top - 1;
        let seen = LOOKED_AT.max(choices.header.unwrap_or_default().saturating_sub(top) as usize);
        let owned = |row| {
            let mut cells: Vec<String> = self.cells(row, block).map(str::to_owned).collect();
            let end = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
            cells.truncate(end);
            cells
        };
        let head: Vec<Vec<String>> = (top..block.bottom).take(seen).map(owned).collect();
        let mut header = header_of(block, &head, choices).ok_or_else(|| IntakeError::no_header(choices))?;
        header.labels.resize(block.right - block.left + 1, String::new());
        let mut table = Table::new(header.labels, header.line + 1);
        let mut remarks = Vec::new();
        for row in header.line..block.bottom {
            if choices.remarks && self.cells(row, block).next().is_some_and(|cell| cell.starts_with('#')) {
                remarks.push((table.len(), table.from_file));
            }
            table.push(self.cells(row, block));
        }
        Ok(Part { header: header.line, lines: header.lines, table, head, remarks })
    }
}
