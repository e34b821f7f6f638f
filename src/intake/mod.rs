//! From bytes to a table: what kind of file it is, how it was read, and within which limits.

mod delimited;
mod delimiter;
mod encoding;
mod error;
mod header;
pub mod limits;
mod merge;
mod reading;
mod split;
mod workbook;

pub use delimiter::DELIMITERS;
pub use encoding::Encoding;
pub use error::{IntakeError, Limit};
pub use merge::merge;
pub use reading::{Choices, Container, Notice, Reading, SheetSummary};
pub use split::records;

use crate::table::Table;
use delimited::TextReader;
use workbook::Workbook;

/// Bytes of a slice, where a whole file is at hand.
const SLICE: usize = 8 << 20;

/// A file once read.
#[derive(Debug)]
pub struct Opened {
    /// The table.
    pub table: Table,
    /// How it was read.
    pub reading: Reading,
    /// The first rows of the file as they stand, titles included.
    pub head: Vec<Vec<String>>,
}

/// What comes of a slice.
#[derive(Debug)]
pub enum Flow {
    /// The next slice is awaited.
    More,
    /// The file must be read again from its start, with these choices.
    Again(Choices),
    /// It is read.
    Done(Box<Opened>),
}

/// A file being read, slice by slice, so that it is never held whole beside its table.
#[derive(Debug)]
pub struct Intake {
    name: String,
    choices: Choices,
    state: State,
}

#[derive(Debug)]
enum State {
    /// Nothing has come yet.
    Start,
    Text(Box<TextReader>),
    /// A workbook, read once it is whole.
    Whole(Vec<u8>),
}

impl Intake {
    /// Starts reading a file of this name (only its extension counts).
    pub fn new(name: &str, choices: &Choices) -> Intake {
        Intake { name: name.to_owned(), choices: choices.clone(), state: State::Start }
    }

    /// Takes the next slice, of `length` bytes, which `fill` writes into the room it is given.
    ///
    /// # Errors
    /// Where the file is of a kind that is not a table, or is beyond the [`limits`].
    pub fn feed(&mut self, length: usize, fill: &mut dyn FnMut(&mut [u8])) -> Result<Flow, IntakeError> {
        match &mut self.state {
            State::Text(reader) => reader.feed(length, fill),
            State::Whole(bytes) => {
                let start = bytes.len();
                let most = workbook::most_bytes(bytes);
                if start + length > most {
                    return Err(IntakeError::too_large(Limit::File, (most >> 20) as u64));
                }
                bytes.resize(start + length, 0);
                fill(bytes.get_mut(start..).unwrap_or_default());
                Ok(Flow::More)
            }
            State::Start if length == 0 => Ok(Flow::More),
            State::Start => {
                let mut bytes = vec![0; length];
                fill(&mut bytes);
                if let Some(what) = foreign(&bytes) {
                    return Err(IntakeError::NotATable { what: what.to_owned() });
                }
                self.state = match workbook::is_workbook(&bytes) {
                    true => State::Whole(Vec::new()),
                    false => State::Text(Box::new(TextReader::new(&self.name, self.choices.clone()))),
                };
                self.feed(length, &mut |room| room.copy_from_slice(&bytes))
            }
        }
    }

    /// Ends the reading: [`Flow::Done`], or [`Flow::Again`].
    ///
    /// # Errors
    /// Where the file holds no table, is protected or damaged, or is beyond the [`limits`].
    pub fn finish(self) -> Result<Flow, IntakeError> {
        match self.state {
            State::Start => Err(IntakeError::Empty),
            State::Text(reader) => reader.finish(),
            State::Whole(bytes) => Workbook::open(bytes)?.read(&self.choices).map(|opened| Flow::Done(Box::new(opened))),
        }
    }

    /// The rows read so far.
    pub fn rows(&self) -> usize {
        if let State::Text(reader) = &self.state { reader.rows() } else { 0 }
    }

    /// The first rows of the file as they stand, once they are known.
    pub fn head(&self) -> &[Vec<String>] {
        if let State::Text(reader) = &self.state { reader.head() } else { &[] }
    }
}

/// Reads a file whose bytes are at hand, with the agent's choices where there are some and our proposals elsewhere.
///
/// # Errors
/// Where the file is empty, of a kind that is not a table, protected, damaged, or beyond the [`limits`].
pub fn read(name: &str, bytes: &[u8], choices: &Choices) -> Result<Opened, IntakeError> {
    let mut choices = choices.clone();
    loop {
        let mut intake = Intake::new(name, &choices);
        let mut flow = Flow::More;
        for slice in bytes.chunks(SLICE) {
            flow = intake.feed(slice.len(), &mut |room| room.copy_from_slice(slice))?;
            if !matches!(flow, Flow::More) {
                break;
            }
        }
        if matches!(flow, Flow::More) {
            flow = intake.finish()?;
        }
        match flow {
            Flow::Done(opened) => return Ok(*opened),
            Flow::Again(better) => choices = better,
            Flow::More => return Err(IntakeError::Unreadable),
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
