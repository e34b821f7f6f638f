use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::Path,
};

use super::{CliError, shown};

/// Keeps other publications from a journal. The system takes the lock back with the program, however that ends; the empty file
/// that carries it stays.
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a journal.
    ///
    /// # Errors
    /// Where another publication has it, or the file that carries it cannot be made.
    pub fn take(journal: &Path) -> Result<Lock, CliError> {
        let path = journal.with_extension("json.lock");
        let written = |error: io::Error| CliError::NotWritten { path: shown(&path), why: error.kind() };
        let file = OpenOptions::new().create(true).append(true).open(&path).map_err(written)?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(CliError::BusyJournal(shown(journal))),
            // Some shared folders know no locks: one goes on as before there were any.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(Lock { _file: file }),
            Err(TryLockError::Error(error)) => Err(written(error)),
        }
    }
}
