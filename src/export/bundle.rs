use std::io::{Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// The files of a pack, each by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// Name and bytes, in the order they stand in the archive.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Packs files into a ZIP. Its entries carry no date of their own, so that the same files always
/// give the same bytes.
///
/// # Errors
/// Where the archive cannot be written.
pub fn bundle(pack: &Pack) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::DEFAULT);
    for (name, bytes) in &pack.files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn the_same_files_give_the_same_bytes() {
        let pack = Pack { files: vec![("a.csv".into(), b"a\n".to_vec()), ("é.json".into(), b"{}".to_vec())] };
        let bytes = bundle(&pack).unwrap();
        assert_eq!(bytes, bundle(&pack).unwrap());
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name("a.csv").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "a\n");
    }
}
