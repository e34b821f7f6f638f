use std::{error::Error, fmt, io};

use serde::{Deserialize, Serialize};

use super::Choices;

/// Why a file could not be read. Each kind has its sentence in `i18n`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum IntakeError {
    /// No byte, or nothing but blanks.
    Empty,
    /// No cell has a value.
    NoCell,
    /// The file has not the line chosen for the header.
    NoLine(u32),
    /// A kind of file that holds no table (`PDF`…).
    NotATable {
        /// Its usual name.
        what: String,
    },
    /// Bytes that are no text.
    NotText,
    /// Protected by a password.
    Password,
    /// A workbook that cannot be opened; the reason, for the technical detail only.
    Damaged {
        /// What the reader says, in its own language.
        detail: String,
    },
    /// Beyond a limit.
    TooLarge {
        /// Which limit.
        limit: Limit,
        /// Its value, in the limit's unit.
        most: u64,
    },
    /// Files opened together have not the same columns.
    Different {
        /// The file that differs from the first.
        file: String,
        /// A column that only one of them has.
        column: String,
    },
    /// The file could not be read from the disk.
    Unreadable,
}

/// A limit of [`super::limits`], by what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limit {
    /// Megabytes of the file.
    File,
    /// Megabytes of a workbook once inflated.
    Inflated,
    /// Rows of a sheet.
    Rows,
    /// Columns.
    Columns,
    /// Cells.
    Cells,
    /// Sheets, or files of the package.
    Sheets,
    /// Characters of a cell.
    Characters,
    /// Megabytes of the table in memory.
    Memory,
}

impl IntakeError {
    /// Whether a file of this many bytes is refused before it is read.
    pub fn of_size(bytes: f64) -> Option<IntakeError> {
        let most = super::limits::TEXT_BYTES;
        (bytes > most as f64).then(|| IntakeError::too_large(Limit::File, (most >> 20) as u64))
    }

    /// Why there is no header: the line chosen is not there, or nothing is.
    pub(super) fn no_header(choices: &Choices) -> IntakeError {
        choices.header.filter(|line| *line > 0).map_or(IntakeError::NoCell, IntakeError::NoLine)
    }

    pub(super) fn too_large(limit: Limit, most: impl Into<u64>) -> IntakeError {
        IntakeError::TooLarge { limit, most: most.into() }
    }

    pub(super) fn damaged(detail: impl fmt::Display) -> IntakeError {
        IntakeError::Damaged { detail: detail.to_string() }
    }

    /// Why a stream stopped: what it refuses, or else damage.
    pub(super) fn of_stream(error: io::Error) -> IntakeError {
        let refused = error.get_ref().and_then(|inner| inner.downcast_ref::<IntakeError>());
        refused.cloned().unwrap_or_else(|| IntakeError::damaged(error))
    }
}

impl fmt::Display for IntakeError {
    /// For programs: people are told in their language.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl Error for IntakeError {}
