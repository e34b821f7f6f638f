//! From bytes to a table: what kind of file it is, how it was read, and within which limits.

mod archive;
mod beside;
mod blocks;
mod delimited;
mod delimiter;
mod encoding;
mod error;
mod foreign;
mod gzip;
mod header;
pub mod limits;
mod merge;
mod package;
mod reading;
mod split;
mod watch;
mod workbook;

pub use beside::{Beside, Companion, Document};
pub use delimiter::DELIMITERS;
pub use encoding::Encoding;
pub use error::{IntakeError, Limit};
pub use merge::merge;
pub use reading::{Archive, ArchiveEntry, Block, Choices, Container, Notice, Reading, SheetSummary};
pub use split::records;
pub use watch::{Sight, Watch};

use std::io::{self, Cursor, Read, Seek};

use crate::table::Table;
use delimited::TextReader;
use foreign::{foreign, language};
use gzip::Gzip;
use split::PADDING;
use workbook::Workbook;

/// Bytes of a slice, where a whole file is at hand.
const SLICE: u64 = 8 << 20;

/// A file once read.
#[derive(Debug)]
pub struct Opened {
    /// The table.
    pub table: Table,
    /// How it was read.
    pub reading: Reading,
    /// The first rows of the file as they stand, titles included.
    pub head: Vec<Vec<String>>,
    /// What describes the table, where it came with it.
    pub companion: Option<Companion>,
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
    /// Whether it stands in another file: then it is unpacked no further.
    nested: bool,
    state: State,
}

#[derive(Debug)]
enum State {
    /// Nothing has come yet.
    Start,
    Text(Box<TextReader>),
    Packed(Box<Gzip>),
    /// A workbook or an archive, read once it is whole.
    Whole(Vec<u8>),
}

impl Intake {
    /// Starts reading a file of this name (only its extension counts).
    pub fn new(name: &str, choices: &Choices) -> Intake {
        Intake { name: name.to_owned(), choices: choices.clone(), nested: false, state: State::Start }
    }

    /// Starts reading a file that stands in another.
    fn within(name: &str, choices: &Choices) -> Intake {
        Intake { nested: true, ..Intake::new(name, choices) }
    }

    /// Takes the next slice: `length` bytes, which are read from `source` as they are wanted.
    ///
    /// # Errors
    /// Where the file is of a kind that is not a table, or is beyond the [`limits`]; [`IntakeError::Unreadable`] where `source`
    /// has fewer bytes.
    pub fn feed(&mut self, length: usize, source: &mut dyn Read) -> Result<Flow, IntakeError> {
        match &mut self.state {
            State::Text(reader) => reader.feed(length, source),
            State::Packed(reader) => reader.feed(length, source),
            State::Whole(bytes) => {
                let start = bytes.len();
                let zip = archive::is_zip(bytes) && !self.nested;
                let most = if zip { limits::ARCHIVE_BYTES } else { workbook::most_bytes(bytes) };
                if start + length > most {
                    return Err(IntakeError::too_large(Limit::File, (most >> 20) as u64));
                }
                bytes.resize(start + length, 0);
                fill(bytes.get_mut(start..).unwrap_or_default(), source)?;
                Ok(Flow::More)
            }
            State::Start if length == 0 => Ok(Flow::More),
            State::Start => {
                let mut bytes = Vec::with_capacity(length + PADDING);
                bytes.resize(length, 0);
                fill(&mut bytes, source)?;
                let not_a_table = |what: &str| Err(IntakeError::NotATable { what: what.to_owned() });
                if let Some(what) = foreign(&bytes) {
                    return not_a_table(what);
                }
                let packed = bytes.starts_with(gzip::MAGIC);
                if packed && self.nested {
                    return not_a_table("GZIP");
                }
                self.state = if packed {
                    State::Packed(Box::new(Gzip::new(&self.name, &self.choices)))
                } else if workbook::is_workbook(&bytes) {
                    State::Whole(Vec::new())
                } else if let Some(what) = language(&bytes) {
                    return not_a_table(what);
                } else {
                    State::Text(Box::new(TextReader::new(&self.name, self.choices.clone(), std::mem::take(&mut bytes))))
                };
                self.feed(bytes.len(), &mut bytes.as_slice())
            }
        }
    }

    /// Ends the reading: [`Flow::Done`], or [`Flow::Again`]. A workbook is read only now, and `watch` tells how far that is.
    ///
    /// # Errors
    /// Where the file holds no table, is protected or damaged, or is beyond the [`limits`].
    pub fn finish(self, watch: &mut Watch<'_>) -> Result<Flow, IntakeError> {
        match self.state {
            State::Start => Err(IntakeError::Empty),
            State::Text(reader) => reader.finish(),
            State::Packed(reader) => reader.finish(watch),
            State::Whole(bytes) => {
                let zip = archive::is_zip(&bytes) && !self.nested;
                let archived = if zip { archive::read(&bytes, &self.choices, watch)? } else { None };
                let opened = match archived {
                    Some(opened) => opened,
                    None => Workbook::open(bytes, watch)?.read(&self.choices)?,
                };
                Ok(Flow::Done(Box::new(opened)))
            }
        }
    }

    /// Whether it is read once it is whole.
    pub fn is_whole(&self) -> bool {
        matches!(self.state, State::Whole(_))
    }

    /// The rows read so far.
    pub fn rows(&self) -> usize {
        match &self.state {
            State::Text(reader) => reader.rows(),
            State::Packed(reader) => reader.inside().rows(),
            State::Start | State::Whole(_) => 0,
        }
    }

    /// The first rows of the file as they stand, once they are known.
    pub fn head(&self) -> &[Vec<String>] {
        match &self.state {
            State::Text(reader) => reader.head(),
            State::Packed(reader) => reader.inside().head(),
            State::Start | State::Whole(_) => &[],
        }
    }
}

/// Fills room with the next bytes of a source.
fn fill(room: &mut [u8], source: &mut dyn Read) -> Result<(), IntakeError> {
    source.read_exact(room).map_err(|_| IntakeError::Unreadable)
}

/// Reads a file whose bytes are at hand, with the agent's choices where there are some and our proposals elsewhere.
///
/// # Errors
/// Where the file is empty, of a kind that is not a table, protected, damaged, or beyond the [`limits`].
pub fn read(name: &str, bytes: &[u8], choices: &Choices) -> Result<Opened, IntakeError> {
    read_from(name, Cursor::new(bytes), choices).unwrap_or(Err(IntakeError::Unreadable))
}

/// Reads a file slice by slice, without ever holding it whole.
///
/// # Errors
/// What the system says, where it cannot be read; within, those of [`read`].
pub fn read_from(name: &str, mut file: impl Read + Seek, choices: &Choices) -> io::Result<Result<Opened, IntakeError>> {
    let mut choices = choices.clone();
    let mut slice = Vec::new();
    loop {
        let mut intake = Intake::new(name, &choices);
        let flow = loop {
            slice.clear();
            file.by_ref().take(SLICE).read_to_end(&mut slice)?;
            let flow = match slice.len() {
                0 => break intake.finish(&mut Watch::default()),
                length => intake.feed(length, &mut slice.as_slice()),
            };
            if !matches!(flow, Ok(Flow::More)) {
                break flow;
            }
        };
        match flow {
            Ok(Flow::Done(opened)) => return Ok(Ok(*opened)),
            Ok(Flow::Again(better)) => choices = better,
            Ok(Flow::More) => return Ok(Err(IntakeError::Unreadable)),
            Err(error) => return Ok(Err(error)),
        }
        file.rewind()?;
    }
}
