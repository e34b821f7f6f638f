//! Files that are recognised and hold no table that can be read: they are named for what they are.

/// Bytes looked at: what a document in a language of its own is about stands at its top.
const LOOKED_AT: usize = 4096;

/// How files of other programs start.
const MAGICS: [(&[u8], &str); 16] = [
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\0\x01\0\0Standard ", "Access"),
    (b"PAR1", "Parquet"),
    (b"BZh91AY&SY", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"MZ\x90\0", "EXE"),
];

/// Documents of XML that agents have, by their first element.
const ELEMENTS: [(&str, &str); 3] = [("svg", "SVG"), ("kml", "KML"), ("gpx", "GPX")];

/// Names the kind of a file by its first bytes, where another program made it.
pub fn foreign(bytes: &[u8]) -> Option<&'static str> {
    MAGICS.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what)
}

/// Names the language of a text by its first bytes, where that is not one of tables: the pages and the workbooks that are
/// written in XML are known before.
pub fn language(bytes: &[u8]) -> Option<&'static str> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or_default());
    let start = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    match start.as_bytes().first()? {
        b'<' => markup(start),
        b'{' | b'[' if is_json(start) => Some(if start.contains("\"FeatureCollection\"") { "GeoJSON" } else { "JSON" }),
        _ => None,
    }
}

/// Names a document of XML: one that says that it is, or whose first element says of what vocabulary.
fn markup(start: &str) -> Option<&'static str> {
    let first = start.split('<').find(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    let name = first.split(|c: char| !c.is_alphanumeric()).next()?;
    let known = ELEMENTS.iter().find(|(element, _)| *element == name).map(|(_, what)| *what);
    match start.starts_with("<?xml") {
        true => Some(known.unwrap_or("XML")),
        false => known.filter(|_| first.contains("xmlns")),
    }
}

/// Whether a text is made of JSON, alone on its lines: a cell may hold some. A list of numbers may well be a row.
fn is_json(start: &str) -> bool {
    let inside = start.get(1..).unwrap_or_default().trim_start();
    if !inside.starts_with(['"', '{', '[']) {
        return false;
    }
    let mut values = serde_json::Deserializer::from_str(start).into_iter::<serde::de::IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => {
            let line = start.get(values.byte_offset()..).and_then(|rest| rest.lines().next()).unwrap_or_default();
            line.trim_matches(' ').is_empty()
        }
        // It goes on beyond what is looked at.
        Some(Err(error)) => error.is_eof(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_named_for_what_they_are() {
        for (text, what) in [
            ("{\"type\": \"FeatureCollection\", \"features\": []}", "GeoJSON"),
            ("\u{feff}\n {\n  \"a\": 1 }", "JSON"),
            ("[\n  {\"a\": 1}\n]", "JSON"),
            ("[[1, 2], [3, 4]]", "JSON"),
            ("{\"a\": 1}\n{\"a\": 2}\n", "JSON"),
            ("<?xml version=\"1.0\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"/>", "KML"),
            ("<?xml version=\"1.0\"?>\n<actes/>", "XML"),
            ("<?xml version=\"1.0\"?>\n<actes><svg/></actes>", "XML"),
            ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "SVG"),
            ("<!-- made by hand --><svg xmlns=\"http://www.w3.org/2000/svg\"/>", "SVG"),
            ("<gpx version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\"/>", "GPX"),
        ] {
            assert_eq!(language(text.as_bytes()), Some(what), "{text}");
        }
        assert_eq!((foreign(b"SQLite format 3\0"), foreign(b"%PDF-1.7"), foreign(b"PDF;a")), (Some("SQLite"), Some("PDF"), None));
    }

    #[test]
    fn labels_between_signs_are_labels() {
        for text in [
            "",
            "{a};b\n1;2",
            "{\"a\"};b\n1;2",
            "{\"a\": 1}\t5\n{\"a\": 2}\t6",
            "[id];nom\n1;2",
            "[[id]];nom\n1;2",
            "[2.35,48.85]\n[2.36,48.86]",
            "[\"a\"];2\n",
            "<id>;<nom>\n1;2",
            "<gpx_id>;<nom>\n1;2",
            "<kml>;<svg>\n1;2",
            "\"[1]\";b",
            "{}",
            "<5 ans;>5 ans\n1;2",
            "<",
            "{",
            "[é",
        ] {
            assert_eq!(language(text.as_bytes()), None, "{text}");
        }
    }
}
