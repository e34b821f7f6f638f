use std::{
    collections::HashMap,
    io::{BufReader, Cursor, Read, sink},
};

use zip::ZipArchive;

use crate::intake::{
    IntakeError, Limit, limits,
    watch::{Counted, Passed},
};

/// A zip package, looked through: every part was inflated once, within the [`limits`].
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
    /// Inflates every part into nothing, counting: the sizes that a package declares may lie.
    ///
    /// # Errors
    /// Where it is damaged, or inflates beyond the [`limits`].
    pub fn open(bytes: &'a [u8]) -> Result<Package<'a>, IntakeError> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(IntakeError::damaged)?;
        if archive.len() > limits::PACKAGE_ENTRIES {
            return Err(IntakeError::too_large(Limit::Sheets, limits::PACKAGE_ENTRIES as u64));
        }
        let mut total = 0_u64;
        for at in 0..archive.len() {
            let entry = archive.by_index(at).map_err(IntakeError::damaged)?;
            let packed = entry.compressed_size().max(1);
            let most = (limits::INFLATED_BYTES - total).min(limits::inflated(packed));
            let inflated = std::io::copy(&mut entry.take(most + 1), &mut sink()).map_err(IntakeError::damaged)?;
            if inflated > most {
                return Err(IntakeError::too_large(Limit::Inflated, limits::INFLATED_BYTES >> 20));
            }
            total += inflated;
        }
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
            return if self.encrypted()? { Err(IntakeError::Password) } else { Ok(Kind::Ods) };
        }
        let what = if has("word/document.xml") { "Word" } else { "ZIP" };
        Err(IntakeError::NotATable { what: what.to_owned() })
    }

    /// A part of the package, inflated as it is read; `None` where there is none of this name.
    pub fn part(&mut self, name: &str) -> Result<Option<BufReader<impl Read + use<'_, 'a>>>, IntakeError> {
        let Some(at) = self.places.get(&key(name)) else { return Ok(None) };
        let entry = self.archive.by_index(*at).map_err(IntakeError::damaged)?;
        let counted = Counted(entry.take(limits::INFLATED_BYTES), self.passed.clone());
        Ok(Some(BufReader::with_capacity(1 << 16, counted)))
    }

    fn encrypted(&mut self) -> Result<bool, IntakeError> {
        let Some(part) = self.part("META-INF/manifest.xml")? else { return Ok(false) };
        let mut manifest = String::new();
        let read = part.take(1 << 20).read_to_string(&mut manifest);
        Ok(read.is_ok() && manifest.contains("encryption-data"))
    }
}

fn key(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}
