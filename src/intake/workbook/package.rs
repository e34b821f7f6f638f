use std::io::{Cursor, Read, sink};

use zip::ZipArchive;

use crate::intake::{IntakeError, Limit, limits};

/// What a zip package holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    Xlsx,
    Ods,
}

/// Inflates every file of the package into nothing, counting: the sizes it declares may lie.
///
/// # Errors
/// Where it is not a workbook, is protected, or inflates beyond the [`limits`].
pub fn inspect(bytes: &[u8]) -> Result<Kind, IntakeError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(IntakeError::damaged)?;
    if archive.len() > limits::PACKAGE_ENTRIES {
        return Err(IntakeError::too_large(Limit::Sheets, limits::PACKAGE_ENTRIES as u64));
    }
    let mut total = 0_u64;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(IntakeError::damaged)?;
        let packed = entry.compressed_size().max(1);
        let most = (limits::INFLATED_BYTES - total).min((packed.saturating_mul(limits::INFLATION)).max(limits::INFLATION_FLOOR));
        let inflated = std::io::copy(&mut entry.take(most + 1), &mut sink()).map_err(IntakeError::damaged)?;
        if inflated > most {
            return Err(IntakeError::too_large(Limit::Inflated, limits::INFLATED_BYTES >> 20));
        }
        total += inflated;
    }
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
    let has = |name: &str| names.iter().any(|entry| entry == name);
    if has("[Content_Types].xml") && names.iter().any(|name| name.starts_with("xl/")) {
        return Ok(Kind::Xlsx);
    }
    if has("content.xml") && (has("META-INF/manifest.xml") || has("mimetype")) {
        return if encrypted(&mut archive) { Err(IntakeError::Password) } else { Ok(Kind::Ods) };
    }
    let what = if has("word/document.xml") { "Word" } else { "ZIP" };
    Err(IntakeError::NotATable { what: what.to_owned() })
}

fn encrypted(archive: &mut ZipArchive<Cursor<&[u8]>>) -> bool {
    let mut manifest = String::new();
    let Ok(entry) = archive.by_name("META-INF/manifest.xml") else { return false };
    let read = entry.take(1 << 20).read_to_string(&mut manifest);
    read.is_ok() && manifest.contains("encryption-data")
}
