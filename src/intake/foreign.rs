//! Files that are recognised and hold no table that can be read: they are named for what they are.

/// Bytes looked at: what a document in a language of its own is about stands at its top.
const LOOKED_AT: usize = 4096;

/// How files of other programs start.
const MAGICS: [(&[u8], &str); 8] = [
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3\0", "SQLite"),
];

/// Documents of XML that agents have, by their first element.
const ELEMENTS: [(&str, &str); 4] = [("<svg", "SVG"), ("<kml", "KML"), ("<gpx", "GPX"), ("<gml", "GML")];

/// Names the kind of a file by its first bytes, where another program made it.
pub fn foreign(bytes: &[u8]) -> Option<&'static str> {
    MAGICS.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what)
}

/// Names the language of a text by its first bytes, where that is not one of tables: the pages and the workbooks that are
/// written in XML are known before.
pub fn language(bytes: &[u8]) -> Option<&'static str> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or_default());
    let start = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let element = || ELEMENTS.iter().find(|(tag, _)| start.contains(tag)).map(|(_, what)| *what);
    match start.as_bytes().first()? {
        b'<' if start.starts_with("<?xml") => Some(element().unwrap_or("XML")),
        b'<' => element().filter(|_| start.starts_with("<!") || ELEMENTS.iter().any(|(tag, _)| start.starts_with(tag))),
        // A label may well stand between brackets or braces, but not hold a quoted name, nor another of them, at once.
        open @ (b'{' | b'[') => {
            let inside = start.get(1..)?.trim_start();
            let is_json = inside.starts_with('"') || (*open == b'[' && inside.starts_with(['{', '[']));
            let what = if start.contains("\"FeatureCollection\"") { "GeoJSON" } else { "JSON" };
            is_json.then_some(what)
        }
        _ => None,
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
            ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "SVG"),
            ("<!-- made by hand --><svg/>", "SVG"),
            ("<gpx version=\"1.1\"/>", "GPX"),
        ] {
            assert_eq!(language(text.as_bytes()), Some(what), "{text}");
        }
        assert_eq!((foreign(b"SQLite format 3\0"), foreign(b"%PDF-1.7"), foreign(b"PDF;a")), (Some("SQLite"), Some("PDF"), None));
    }

    #[test]
    fn labels_between_signs_are_labels() {
        for text in
            ["", "{a};b\n1;2", "[id];nom\n1;2", "<id>;<nom>\n1;2", "\"[1]\";b", "{}", "[]", "<5 ans;>5 ans\n1;2", "<", "{", "[é"]
        {
            assert_eq!(language(text.as_bytes()), None, "{text}");
        }
    }
}
