use crate::intake::{Encoding, IntakeError, Limit, limits};

/// What a text file written in tags holds: portals and old programs name all of them `.xls`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// A web page.
    Html,
    /// A workbook of Excel 2003.
    Excel,
    /// An OpenDocument spreadsheet in one file.
    Flat,
}

/// Bytes at the start of a file by which it is recognised: LibreOffice lists forty namespaces before its kind.
const LOOKED_AT: usize = 16 << 10;

impl Markup {
    /// Recognises a file by its start.
    pub fn of(bytes: &[u8]) -> Option<Markup> {
        let start = bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or_default();
        let start = Encoding::detect(start, false).text(start).to_lowercase();
        let start = start.trim_start();
        let page = ["!doctype html", "html", "head", "meta", "body", "table", "style", "div"];
        // What a page may start with too, where a table follows.
        let part =
            ["p", "h1", "h2", "h3", "b", "br", "center", "font", "link", "script", "title", "span", "tr", "thead", "tbody"];
        let tag = start.strip_prefix('<')?;
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let has_table = || tag.contains("<table") || tag.contains("<td");
        let is_part = (part.contains(&name) || tag.starts_with("!--")) && has_table();
        if is_part || page.iter().any(|name| tag.starts_with(name)) {
            return Some(Markup::Html);
        }
        let declared = match tag.strip_prefix("?xml") {
            Some(declaration) => declaration.split_once("?>")?.1,
            None if tag.starts_with("workbook") || tag.starts_with("ss:workbook") => start,
            None => return None,
        };
        let has = |part: &str| declared.contains(part);
        match () {
            () if has("<!doctype html") || has("<html") || declared.trim_start().starts_with("<table>") => Some(Markup::Html),
            () if has("workbook") && has("urn:schemas-microsoft-com:office:spreadsheet") => Some(Markup::Excel),
            () if has("<office:document") && has("opendocument.spreadsheet") => Some(Markup::Flat),
            () => None,
        }
    }
}

/// The text of such a file. The encoding that it declares is not asked for: what is valid UTF-8 is UTF-8, and among
/// the rest, those that declare UTF-8 and are Windows-1252 are as many as the others.
pub fn decode(bytes: Vec<u8>) -> Result<String, IntakeError> {
    if bytes.len() > limits::MARKUP_BYTES {
        return Err(IntakeError::too_large(Limit::File, (limits::MARKUP_BYTES >> 20) as u64));
    }
    Ok(Encoding::detect(&bytes, true).text(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_by_its_start() {
        let utf16: Vec<u8> = "\u{feff}<html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let parts = [&b"<!-- export --><table>"[..], b"<h1>Actes</h1>\n<table class=a>", b"<?xml version=\"1.0\"?><table><tr>"];
        assert!(parts.iter().all(|part| Markup::of(part) == Some(Markup::Html)));
        for page in [&b"<table><tr>"[..], b"\xef\xbb\xbf\n <HTML>", b"<?xml version=\"1.0\"?>\n<!DOCTYPE html>", &utf16] {
            assert_eq!(Markup::of(page), Some(Markup::Html));
        }
        for other in [&b"nom;<table>"[..], b"<", b"", b"<?xml version=\"1.0\"?><rss/>", b"<5;>7\n", b"<p>;<q>\n1;2"] {
            assert_eq!(Markup::of(other), None);
        }
    }

    #[test]
    fn a_workbook_in_one_file_is_known_by_what_it_declares() {
        let excel =
            b"<?xml version='1.0'?>\n<?mso-application?><ss:Workbook xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'>";
        assert_eq!(Markup::of(excel), Some(Markup::Excel));
        let flat = b"<?xml version='1.0'?><office:document office:mimetype='application/vnd.oasis.opendocument.spreadsheet'>";
        assert_eq!(Markup::of(flat), Some(Markup::Flat));
    }

    #[test]
    fn the_text_is_read_whatever_it_declares() {
        assert_eq!(decode(b"<meta charset=utf-8>\xe9t\xe9".to_vec()).unwrap(), "<meta charset=utf-8>été");
        assert_eq!(decode("<meta charset=iso-8859-1>é".into()).unwrap(), "<meta charset=iso-8859-1>é");
    }
}
