//! A file packed by gzip: unpacked while it comes, never held whole.

use std::io::{self, Read, Write};

use flate2::write::MultiGzDecoder;

use super::{Choices, Flow, Intake, IntakeError, Limit, Watch, fill, limits};

/// How every such file starts.
pub const MAGIC: &[u8] = &[0x1f, 0x8b];

/// Bytes handed over together: the readers do better with large pieces than with the small ones of the inflater.
const PIECE: usize = 1 << 20;

/// A packed file being read, slice by slice.
#[derive(Debug)]
pub struct Gzip {
    inflater: MultiGzDecoder<Inside>,
}

/// What is packed, read as it is unpacked.
#[derive(Debug)]
struct Inside {
    intake: Intake,
    piece: Vec<u8>,
    packed: u64,
    inflated: u64,
    /// Why nothing more is to be unpacked: the reading starts again, or is refused.
    stopped: Option<Result<Flow, IntakeError>>,
}

impl Gzip {
    /// Starts reading a packed file of this name.
    pub fn new(name: &str, choices: &Choices) -> Gzip {
        let name = if name.to_lowercase().ends_with(".gz") { name.get(..name.len() - 3).unwrap_or(name) } else { name };
        let intake = Intake::within(name, choices);
        Gzip { inflater: MultiGzDecoder::new(Inside { intake, piece: Vec::new(), packed: 0, inflated: 0, stopped: None }) }
    }

    /// Takes a slice of `length` bytes, read from `source`.
    ///
    /// # Errors
    /// Where the bytes are damaged, inflate too much, or hold something that cannot be read.
    pub fn feed(&mut self, length: usize, source: &mut dyn Read) -> Result<Flow, IntakeError> {
        let mut slice = vec![0; length];
        fill(&mut slice, source)?;
        self.inflater.get_mut().packed += length as u64;
        let written = self.inflater.write_all(&slice);
        self.outcome(written)
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// As [`Gzip::feed`], and where the end is missing.
    pub fn finish(mut self, watch: &mut Watch<'_>) -> Result<Flow, IntakeError> {
        let written = self.inflater.try_finish().and_then(|()| self.inflater.get_mut().hand_over());
        let flow = self.outcome(written)?;
        let inside = self.inflater.get_mut();
        match flow {
            Flow::More => std::mem::replace(&mut inside.intake, Intake::new("", &Choices::default())).finish(watch),
            over => Ok(over),
        }
    }

    /// The file inside.
    pub fn inside(&self) -> &Intake {
        &self.inflater.get_ref().intake
    }

    fn outcome(&mut self, written: io::Result<()>) -> Result<Flow, IntakeError> {
        match (self.inflater.get_mut().stopped.take(), written) {
            (Some(stopped), _) => stopped,
            (None, Err(error)) => Err(IntakeError::damaged(error)),
            (None, Ok(())) => Ok(Flow::More),
        }
    }
}

impl Inside {
    fn hand_over(&mut self) -> io::Result<()> {
        let most = limits::inflated(self.packed);
        let piece = std::mem::take(&mut self.piece);
        let flow = if self.inflated > most {
            Err(IntakeError::too_large(Limit::Inflated, most >> 20))
        } else {
            self.intake.feed(piece.len(), &mut piece.as_slice())
        };
        match flow {
            Ok(Flow::More) => {
                self.piece = piece;
                self.piece.clear();
                Ok(())
            }
            over => {
                self.stopped = Some(over);
                Err(io::Error::other("stopped"))
            }
        }
    }
}

impl Write for Inside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inflated += bytes.len() as u64;
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.hand_over()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Container, Encoding, Opened, read};
    use flate2::{Compression, write::GzEncoder};

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn open(name: &str, bytes: &[u8]) -> Result<Opened, IntakeError> {
        read(name, bytes, &Choices::default())
    }

    #[test]
    fn what_is_packed_is_read_by_its_own_name() {
        let opened = open("villes.TSV.GZ", &packed(b"a;b\tn\nSaint-\xc9tienne\t1\n")).unwrap();
        assert_eq!((opened.table.labels.join("|"), opened.table.text(0, 0)), ("a;b|n".into(), "Saint-Étienne"));
        assert_eq!(opened.reading.container, Container::Text { encoding: Encoding::Windows1252, delimiter: '\t' });
    }

    #[test]
    fn the_reading_starts_again_where_an_accent_comes_late() {
        let mut bytes = (0..300_000).map(|n| format!("{n};B\n")).collect::<String>().into_bytes();
        bytes.extend(b"Ren\xe9;Orl\xe9ans\n");
        let table = open("x.csv.gz", &packed(&bytes)).unwrap().table;
        assert_eq!(table.text(table.len() as u32 - 1, 0), "René");
    }

    #[test]
    fn files_packed_one_after_the_other_are_one_file() {
        let bytes = [packed(b"a;b\n1;2\n"), packed(b"3;4\n")].concat();
        assert_eq!(open("x.csv.gz", &bytes).unwrap().table.len(), 2);
    }

    #[test]
    fn what_cannot_be_unpacked_is_refused() {
        let whole = packed(b"nom;ville\nA;B\n");
        for end in [2, 5, whole.len() / 2, whole.len() - 8, whole.len() - 1] {
            assert!(matches!(open("x.csv.gz", &whole[..end]), Err(IntakeError::Damaged { .. })), "{end}");
        }
        let gzip = Err(IntakeError::NotATable { what: "GZIP".to_owned() });
        assert_eq!(open("x.gz.gz", &packed(&whole)).map(|_| ()), gzip);
        let bomb = packed("a;b\n".repeat(8 << 20).as_bytes());
        assert!(matches!(open("x.csv.gz", &bomb), Err(IntakeError::TooLarge { limit: Limit::Inflated, .. })));
    }
}
