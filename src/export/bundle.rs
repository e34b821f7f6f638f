use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::Parts;

/// What is added to a pack where it is wished.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copies {
    /// The table as a CSV that a French Excel opens by itself.
    pub excel: bool,
    /// The table as a workbook.
    pub workbook: bool,
    /// A line for the catalogue of the collectivité.
    pub catalogue: bool,
}

/// What the files of a pack are written to, one after the other.
pub trait Packing {
    /// Starts a file, and gives what to write it to.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn file(&mut self, name: &str) -> io::Result<&mut dyn Write>;
}

/// A ZIP being written, one file after the other. Its entries carry no date of their own, so that the same files always
/// give the same bytes.
#[derive(Debug)]
pub struct Pack<'a, 'b> {
    zip: ZipWriter<&'a Parts<'b>>,
    parts: &'a Parts<'b>,
}

impl<'a, 'b> Pack<'a, 'b> {
    /// Starts a pack.
    pub fn new(parts: &'a Parts<'b>) -> Pack<'a, 'b> {
        Pack { zip: ZipWriter::new(parts), parts }
    }

    /// Ends the pack.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn finish(self) -> io::Result<()> {
        self.zip.finish()?;
        Ok(())
    }
}

impl Packing for Pack<'_, '_> {
    fn file(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        let options =
            SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::DEFAULT);
        self.zip.start_file(name, options)?;
        // Its sizes are written over its header once they are known.
        self.parts.keep()?;
        Ok(&mut self.zip)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read};

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let written = Parts::gather(|parts| {
            let mut pack = Pack::new(parts);
            files.iter().try_for_each(|(name, bytes)| pack.file(name)?.write_all(bytes))?;
            pack.finish()
        });
        written.unwrap()
    }

    #[test]
    fn the_same_files_give_the_same_bytes() {
        let files: [(&str, &[u8]); 2] = [("a.csv", b"a\n"), ("é.json", b"{}")];
        let bytes = packed(&files);
        assert_eq!(bytes, packed(&files));
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name("a.csv").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "a\n");
    }

    /// Numbers that compress little, so that the archive takes several parts.
    fn noise(length: usize) -> Vec<u8> {
        let mut seed = 1_u64;
        let next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 56) as u8
        };
        std::iter::repeat_with(next).take(length).collect()
    }

    #[test]
    fn a_large_pack_has_the_bytes_of_one_written_whole() {
        let (large, larger) = (noise(5 << 20), noise(9 << 20));
        let files: [(&str, &[u8]); 4] = [("a.csv", &larger), ("b.json", b"{}"), ("c.csv", &large), ("d.html", b"<p>")];
        let mut whole = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            let options = SimpleFileOptions::default()
                .compression_method(CompressionMethod::Deflated)
                .last_modified_time(DateTime::DEFAULT);
            whole.start_file(name, options).unwrap();
            whole.write_all(bytes).unwrap();
        }
        assert!(packed(&files) == whole.finish().unwrap().into_inner());
    }
}
