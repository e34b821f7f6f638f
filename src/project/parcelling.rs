use std::io::{self, Write};

use sha1::{Digest, Sha1};

use super::Project;
use crate::{export::datapackage, publish::Parcel};

impl Project {
    /// Writes the table to be published under a name, and tells what it is and what describes it: what the pack's
    /// `datapackage.json` would. `now` is a moment in RFC 3339.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidInput`] where there is no schema to conform to; those of the writing.
    pub fn parcel(&self, name: &str, now: &str, to: impl Write) -> io::Result<Parcel> {
        let chosen = self.fitted.schema.as_ref().ok_or(io::ErrorKind::InvalidInput)?;
        let mut to = Summed { to, sum: Sha1::new() };
        let table = self.write_table(&mut to)?;
        let package = datapackage(&self.metadata, &chosen.schema, chosen.url.as_deref(), name, &table, now);
        let sha1 = to.sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Parcel::from_package(&package, table.bytes, sha1).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }
}

/// Writes on, and sums what passes: SHA-1 is what a platform tells of what it received.
struct Summed<W> {
    to: W,
    sum: Sha1,
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.to.write(bytes)?;
        self.sum.update(bytes.get(..taken).unwrap_or(bytes));
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
