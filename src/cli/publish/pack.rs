use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use serde_json::Value;
use zip::ZipArchive;

use super::CliError;
use crate::{
    export::Fingerprint,
    i18n::Locale,
    publish::{Parcel, sha1},
};

/// A pack to publish: what describes it, and its table.
pub struct Pack {
    /// What is to be published.
    pub parcel: Parcel,
    /// The bytes of the table.
    pub table: Vec<u8>,
}

/// Bytes of the description, at most.
const LIMIT: u64 = 8 << 20;
const PACKAGE: &str = "datapackage.json";

impl Pack {
    /// Reads the ZIP that Atelier makes, or the folder of its files.
    ///
    /// # Errors
    /// Where it is none, or where its table is no longer the one that it describes.
    pub fn read(path: &Path) -> Result<Pack, CliError> {
        let words = Locale::default().publish_words();
        let bad = |why: &str| CliError::BadPack { path: path.display().to_string(), why: why.to_owned() };
        let mut files = if path.is_dir() {
            Files::Folder(path)
        } else {
            let file = fs::File::open(path).map_err(|error| bad(&error.to_string()))?;
            Files::Archive(ZipArchive::new(file).map_err(|error| bad(&error.to_string()))?)
        };
        let document = files.read(PACKAGE, LIMIT).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
        let package = document.ok_or_else(|| bad(words.cli_no_description))?;
        // The name is read by the same rule that publishes it: that of a file beside, and of no other place.
        let draft = Parcel::from_package(&package, 0, String::new()).ok_or_else(|| bad(words.cli_no_table))?;
        let name = draft.files.first().map(|file| file.name.clone()).unwrap_or_default();
        let table = files.read(&name, u64::MAX).map_err(|_| bad(words.cli_no_table))?;
        let told = package.pointer("/resources/0/hash").and_then(Value::as_str).and_then(|hash| hash.strip_prefix("sha256:"));
        if told.is_some_and(|told| told != Fingerprint::of(&table).sha256) {
            return Err(bad(words.cli_other_table));
        }
        let parcel = Parcel::from_package(&package, table.len() as u64, sha1(&table));
        Ok(Pack { parcel: parcel.unwrap_or(draft), table })
    }
}

/// The files of a pack.
enum Files<'a> {
    Folder(&'a Path),
    Archive(ZipArchive<fs::File>),
}

impl Files<'_> {
    fn read(&mut self, name: &str, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match self {
            Files::Folder(folder) => fs::File::open(folder.join(name))?.take(limit).read_to_end(&mut bytes),
            Files::Archive(archive) => archive.by_name(name)?.take(limit).read_to_end(&mut bytes),
        }?;
        Ok(bytes)
    }
}
