use std::{
    collections::HashMap,
    io::{self, BufReader, Cursor, Read},
};

use zip::ZipArchive;

use crate::intake::{
    IntakeError, Limit, limits,
    watch::{Counted, Passed},
};

/// A zip package, whose parts are inflated as they are read, within the [`limits`].
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    passed: Passed,
    /// The place of each part. Names are told apart without their case, and some programs write `\` for `/`.
    places: HashMap<String, usize>,
}

/// What a package holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    /// Excel, in its own format.
    Excel,
    /// OpenDocument.
    Ods,
}

impl<'a> Package<'a> {
    /// Reads the list of parts.
    ///
    /// # Errors
    /// Where it is damaged, or has too many.
    pub fn open(bytes: &'a [u8]) -> Result<Package<'a>, IntakeError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(IntakeError::damaged)?;
        if archive.len() > limits::PACKAGE_ENTRIES {
            return Err(IntakeError::too_large(Limit::Sheets, limits::PACKAGE_ENTRIES as u64));
        }
        let sizes = (0..archive.len()).filter_map(|at| Some(archive.by_index_data(at).ok()?.size()));
        // The sizes that a package declares may lie: they only tell how far the reading is.
        let total = sizes.fold(0, u64::saturating_add);
        let names = archive.file_names().enumerate();
        let places = names.filter_map(|(at, name)| Some((key(&name.ok()?), at))).collect();
        Ok(Package { archive, places, passed: Passed::of(total) })
    }

    /// How much of its parts is read.
    pub fn passed(&self) -> Passed {
        self.passed.clone()
    }

    /// What it holds.
    ///
    /// # Errors
    /// Where it is no workbook, or is protected.
    pub fn kind(&mut self) -> Result<Kind, IntakeError> {
        let has = |name: &str| self.places.contains_key(name);
        if has("[content_types].xml") && self.places.keys().any(|name| name.starts_with("xl/")) {
            return Ok(Kind::Excel);
        }
        if has("content.xml") && (has("meta-inf/manifest.xml") || has("mimetype")) {
            // What LibreOffice writes beside its workbooks.
            let mimetype = self.start_of("mimetype")?;
            let named =
                [("opendocument.text", "Writer"), ("opendocument.presentation", "Impress"), ("opendocument.graphics", "Draw")];
            if let Some((_, what)) = named.iter().find(|(kind, _)| mimetype.contains(kind)) {
                return Err(IntakeError::NotATable { what: (*what).to_owned() });
            }
            return if self.encrypted()? { Err(IntakeError::Password) } else { Ok(Kind::Ods) };
        }
        let what = match () {
            () if has("word/document.xml") => "Word",
            () if has("ppt/presentation.xml") => "PowerPoint",
            () => "ZIP",
        };
        // Some programs put the workbook in another folder: where the package says that it starts tells.
        let start = self.start_of("_rels/.rels")?.to_lowercase();
        if start.contains("/workbook.xml") || start.contains("/workbook.bin") {
            return Ok(Kind::Excel);
        }
        Err(IntakeError::NotATable { what: what.to_owned() })
    }

    /// A part of the package, inflated as it is read; `None` where there is none of this name. Its end is an error where it
    /// is larger than the [`limits`] allow: see [`IntakeError::of_stream`].
    pub fn part(&mut self, name: &str) -> Result<Option<BufReader<impl Read + use<'_, 'a>>>, IntakeError> {
        let Some(at) = self.places.get(&key(name)) else { return Ok(None) };
        let entry = self.archive.by_index(*at).map_err(IntakeError::damaged)?;
        let most = limits::INFLATED_BYTES.saturating_sub(self.passed.bytes());
        let left = limits::inflated(entry.compressed_size().max(1)).min(most);
        let part = Bounded { part: Counted(entry, self.passed.clone()), left };
        Ok(Some(BufReader::with_capacity(1 << 16, part)))
    }

    fn encrypted(&mut self) -> Result<bool, IntakeError> {
        Ok(self.start_of("META-INF/manifest.xml")?.contains("encryption-data"))
    }

    /// The first megabyte of a part, as text; empty where there is none, or it is no text.
    fn start_of(&mut self, name: &str) -> Result<String, IntakeError> {
        let mut text = String::new();
        let read = self.part(name)?.map(|part| part.take(1 << 20).read_to_string(&mut text));
        Ok(if matches!(read, Some(Ok(_))) { text } else { String::new() })
    }
}

/// A part that may not be larger than what is left to it, whatever size it declares.
struct Bounded<R> {
    part: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let read = self.part.read(room)?;
        let left = self.left.checked_sub(read as u64);
        self.left =
            left.ok_or_else(|| io::Error::other(IntakeError::too_large(Limit::Inflated, limits::INFLATED_BYTES >> 20)))?;
        Ok(read)
    }
}

fn key(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}
