use std::io::{self, Write};

use sha2::{Digest, Sha256};

/// What tells a file from any other: its size, and a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

impl Fingerprint {
    /// That of bytes at hand.
    pub fn of(bytes: &[u8]) -> Fingerprint {
        let mut inked = Inked::new(io::sink());
        inked.take(bytes);
        inked.fingerprint()
    }
}

/// Writes on, and takes the fingerprint of what passes.
#[derive(Debug)]
pub struct Inked<W> {
    to: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Inked<W> {
    /// Takes the fingerprint of what is written to `to`.
    pub fn new(to: W) -> Inked<W> {
        Inked { to, hash: Sha256::new(), bytes: 0 }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
    }

    /// The fingerprint of what was written.
    pub fn fingerprint(self) -> Fingerprint {
        let sha256 = self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Fingerprint { bytes: self.bytes, sha256 }
    }
}

impl<W: Write> Write for Inked<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.to.write(bytes)?;
        self.take(bytes.get(..taken).unwrap_or(bytes));
        Ok(taken)
    }

    /// Nothing: to a pack, it would mean a cut in its compression.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_has_the_fingerprint_of_the_whole() {
        let mut inked = Inked::new(Vec::new());
        inked.write_all(b"a\n").unwrap();
        inked.write_all(b"1\n").unwrap();
        assert_eq!(inked.fingerprint(), Fingerprint::of(b"a\n1\n"));
        let empty = Fingerprint::of(b"");
        assert_eq!(empty.sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(empty.bytes, 0);
    }
}
