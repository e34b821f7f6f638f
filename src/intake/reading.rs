use serde::{Deserialize, Serialize};

use super::Encoding;

/// How a file was read: shown to the agent, who can change it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The file's kind, and what is particular to it.
    pub container: Container,
    /// The archive that the file stands in, where it does.
    pub archive: Option<Archive>,
    /// The tables of the sheet, or of the file, where it holds several.
    pub blocks: Vec<Block>,
    /// The one of them that is read, by its place.
    pub block: usize,
    /// The header's line, 1 being the file's first; 0 where the table has no header.
    pub header: u32,
    /// How many lines the header takes.
    pub header_lines: u8,
    /// Rows below the header.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// What was noticed on the way.
    pub notices: Vec<Notice>,
}

impl Reading {
    /// Where the table read stands, where the sheet holds several.
    pub fn area(&self) -> Option<&Block> {
        self.blocks.get(self.block)
    }
}

/// Where a table stands in a sheet that holds several. Both ends are included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its first line, 1 being that of the file.
    pub top: u32,
    /// Its last line.
    pub bottom: u32,
    /// Its first column, by its place.
    pub left: usize,
    /// Its last column.
    pub right: usize,
}

/// The kind of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Container {
    /// Text with a delimiter.
    Text {
        /// How its bytes became text.
        encoding: Encoding,
        /// What separates its cells.
        delimiter: char,
    },
    /// A workbook.
    Workbook {
        /// Its usual name: `Excel`, `LibreOffice`.
        application: String,
        /// Its sheets.
        sheets: Vec<SheetSummary>,
        /// The sheet read, by its place.
        sheet: usize,
    },
}

/// What there is to know of a sheet before choosing it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SheetSummary {
    /// Its name.
    pub name: String,
    /// Whether the workbook hides it.
    pub hidden: bool,
    /// Rows with a value.
    pub rows: usize,
    /// Columns with a value.
    pub columns: usize,
    /// The start of its first rows that hold something, their texts cut short.
    pub first: Vec<Vec<String>>,
}

/// The tables of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// The files that look like tables.
    pub entries: Vec<ArchiveEntry>,
    /// The one read, by its place.
    pub entry: usize,
}

/// What there is to know of a file of an archive before choosing it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveEntry {
    /// Its name; with its folders only where another has the same.
    pub name: String,
    /// The size it is said to have.
    pub bytes: u64,
}

/// Something to tell the agent about the reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// Lines above the header, left out.
    LinesAbove(u32),
    /// Rows that the sheet hides, kept.
    HiddenRows(u32),
    /// Columns that the sheet hides, kept.
    HiddenColumns(u32),
    /// Merged cells: the value stays in the first one.
    MergedCells(u32),
    /// Numbers shown as percentages: `0.12` where the cell shows 12 %.
    Percentages(u32),
    /// Numbers with the zeros or the signs that their cells show: `01000` where the cell holds 1000.
    PaddedNumbers(u32),
    /// Formulas, read by their value.
    Formulas(u32),
    /// Formulas without a value: their cells are empty.
    UncomputedFormulas(u32),
    /// Native dates of the workbook, written `2017-10-15`.
    NativeDates(u32),
    /// Cells in error (`#N/A`).
    ErrorCells(u32),
    /// Characters that could not be decoded.
    LostCharacters(u32),
    /// Rows that repeat the header, left out.
    RepeatedHeaders(u32),
    /// Rows with more or fewer cells than the header.
    RaggedRows(u32),
    /// The last row looks like a total.
    TotalsRow,
    /// Cells with quotes opened and never closed, or not doubled within: they are text.
    BrokenQuotes(u32),
    /// Lines that stood whole between quotes, and were cut as the others.
    WrappedLines(u32),
    /// Other tables of the same sheet, left out.
    OtherTables(u32),
}

/// What the agent chose; `None` leaves it to us.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// The sheet, by its place.
    pub sheet: Option<usize>,
    /// The file of an archive, by its place among its tables.
    pub entry: Option<usize>,
    /// The table of a sheet that holds several, by its place among them.
    pub block: Option<usize>,
    /// The header's line, 1 being the file's first; 0 for a table without a header.
    pub header: Option<u32>,
    /// How many lines the header takes: the last is [`Choices::header`].
    pub header_lines: Option<u8>,
    /// Rows left out at the end: totals, notes.
    pub footer: u32,
    /// Whether lines that begin with `#` are remarks, left out.
    pub remarks: bool,
    /// The delimiter of a text file.
    pub delimiter: Option<char>,
    /// The encoding of a text file.
    pub encoding: Option<Encoding>,
}
