//! What is refused, counted while reading and never taken from declared sizes. A small hostile file
//! can claim gigabytes; a browser tab has a few.

/// Bytes of a text file.
pub const TEXT_BYTES: usize = 2047 << 20;
/// Bytes of a table in memory: a browser gives four gigabytes at most, and checking needs some.
pub const TABLE_BYTES: usize = 2500 << 20;
/// Bytes of a workbook.
pub const WORKBOOK_BYTES: usize = 50 << 20;
/// Bytes of an archive.
pub const ARCHIVE_BYTES: usize = 200 << 20;
/// Files inside a workbook's package, or an archive.
pub const PACKAGE_ENTRIES: usize = 2_000;
/// Bytes of a workbook once inflated.
pub const INFLATED_BYTES: u64 = 600 << 20;
/// Bytes of a text written in tags: a web page, a workbook in one file.
pub const MARKUP_BYTES: usize = 300 << 20;
/// How many times larger a file of the package may be once inflated.
pub const INFLATION: u64 = 200;
/// Below this inflated size, inflation is not judged: small repetitive files shrink a lot.
pub const INFLATION_FLOOR: u64 = 10 << 20;
/// Bytes of a description that stands beside a table in an archive.
pub const COMPANION_BYTES: u64 = 5 << 20;
/// Rows of one sheet.
pub const SHEET_ROWS: u32 = 200_000;
/// Columns of one sheet, and cells of one row of text.
pub const COLUMNS: u32 = 1_000;
/// Cells of one sheet, empty ones between others included.
pub const SHEET_CELLS: u64 = 20_000_000;
/// Cells with a value, in all sheets.
pub const FILLED_CELLS: u64 = 5_000_000;
/// Cells that a sheet of the old format may span, for its reader fills the whole rectangle.
pub const DENSE_CELLS: u64 = 8_000_000;
/// Sheets of one workbook.
pub const SHEETS: usize = 500;
/// Characters of one cell (Excel's own limit).
pub const CELL_CHARS: usize = 32_767;
/// Bytes of one record of text, beyond which a quote left open is taken for an ordinary character.
pub const RECORD_BYTES: usize = 16 << 20;

/// The most bytes that `packed` bytes may inflate to.
pub fn inflated(packed: u64) -> u64 {
    packed.saturating_mul(INFLATION).max(INFLATION_FLOOR)
}
