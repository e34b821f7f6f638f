//! From bytes to a table: what kind of file it is, how it was read, and within which limits.

mod delimited;
mod encoding;
mod error;
mod header;
pub mod limits;
mod reading;
mod records;
mod workbook;

pub use encoding::Encoding;
pub use error::{IntakeError, Limit};
pub use reading::{Choices, Container, Notice, Reading, SheetSummary};
pub use records::Records;

use crate::table::Table;
use delimited::TextFile;
use workbook::{Markup, Workbook};

/// A file once opened: it can be read again with other choices, without touching its bytes.
#[derive(Debug)]
pub enum Source {
    /// A text file, decoded.
    Text(TextFile),
    /// A workbook, its sheets as text.
    Workbook(Workbook),
}

impl Source {
    /// Opens a file from its name (only its extension counts) and its bytes.
    ///
    /// # Errors
    /// Where the file is empty, of a kind that is not a table, protected, damaged, or beyond the [`limits`].
    pub fn open(name: &str, bytes: Vec<u8>) -> Result<Source, IntakeError> {
        let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
        if bytes.is_empty() || (bytes.len() < 4096 && bytes.iter().all(blank) && !bytes.contains(&b'\n')) {
            return Err(IntakeError::Empty);
        }
        if let Some(what) = foreign(&bytes) {
            return Err(IntakeError::NotATable { what: what.to_owned() });
        }
        if bytes.starts_with(b"PK") {
            return Workbook::open_package(bytes).map(Source::Workbook);
        }
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Workbook::open_compound(bytes).map(Source::Workbook);
        }
        if let Some(markup) = Markup::of(&bytes) {
            return Workbook::open_markup(markup, bytes).map(Source::Workbook);
        }
        TextFile::open(name, bytes).map(Source::Text)
    }

    /// Reads the table, with the agent's choices where there are some and our proposals elsewhere.
    ///
    /// # Errors
    /// Where the sheet chosen holds nothing, or the table is beyond the [`limits`].
    pub fn read(&self, choices: &Choices) -> Result<(Table, Reading), IntakeError> {
        match self {
            Source::Text(file) => file.read(choices),
            Source::Workbook(book) => book.read(choices),
        }
    }

    /// The first `count` rows, as cells: what the agent sees to choose the header.
    pub fn preview(&self, choices: &Choices, count: usize) -> Vec<Vec<String>> {
        match self {
            Source::Text(file) => file.first_rows(choices, count),
            Source::Workbook(book) => book.first_rows(choices, count),
        }
    }
}

/// Names a kind of file that is recognised and holds no table.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 7] = [
        (b"%PDF", "PDF"),
        (b"\x89PNG", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"GIF8", "GIF"),
        (b"{\\rtf", "RTF"),
        (b"7z\xbc\xaf", "7z"),
        (b"Rar!", "RAR"),
    ];
    kinds.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what)
}
