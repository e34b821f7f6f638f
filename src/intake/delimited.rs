use std::borrow::Cow;

use super::{
    Choices, Container, Encoding, IntakeError, Limit, Notice, Reading, Records,
    encoding::without_mark,
    header::{self, LOOKED_AT},
    limits,
};
use crate::table::Table;

const DELIMITERS: [char; 4] = [';', ',', '\t', '|'];

/// A text file, decoded.
#[derive(Debug)]
pub struct TextFile {
    text: String,
    encoding: Encoding,
    lost: u32,
    tabbed: bool,
    bytes: Option<Vec<u8>>,
}

impl TextFile {
    pub(super) fn open(name: &str, bytes: Vec<u8>) -> Result<TextFile, IntakeError> {
        if bytes.len() > limits::TEXT_BYTES {
            return Err(IntakeError::too_large(Limit::File, (limits::TEXT_BYTES >> 20) as u64));
        }
        let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        if !wide && bytes.iter().take(4096).filter(|b| **b == 0).count() > 40 {
            return Err(IntakeError::NotText);
        }
        let tabbed = name.to_lowercase().ends_with(".tsv");
        // Most files are plain UTF-8: they are looked through once, and not copied.
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => {
                let text = without_mark(text);
                return Ok(TextFile { text, encoding: Encoding::Utf8, lost: 0, tabbed, bytes: None });
            }
            Err(error) => error.into_bytes(),
        };
        // Only a file that may be read another way keeps its bytes.
        let encoding = Encoding::detect(&bytes);
        let (text, lost) = encoding.decode(bytes.clone());
        Ok(TextFile { text, encoding, lost, tabbed, bytes: Some(bytes) })
    }

    pub(super) fn read(&self, choices: &Choices) -> Result<(Table, Reading), IntakeError> {
        let (text, encoding, lost) = self.decoded(choices);
        let delimiter = self.delimiter(&text, choices);
        let header = match choices.header {
            Some(line) => line.saturating_sub(1) as usize,
            None => header::propose(&first_rows(&text, delimiter, LOOKED_AT)),
        };
        let mut records = Records::new(&text, delimiter);
        let mut cells: Vec<Cow<'_, str>> = Vec::new();
        let mut found = false;
        for _ in 0..=header {
            found = records.read(&mut cells);
            if !found {
                break;
            }
        }
        if !found {
            return Err(IntakeError::NoCell);
        }
        if cells.len() > limits::COLUMNS as usize {
            return Err(IntakeError::too_large(Limit::Columns, limits::COLUMNS));
        }
        let labels = cells.iter().map(|label| label.to_string()).collect();
        let mut table = Table::new(labels, header as u32 + 2);
        while records.read(&mut cells) {
            if cells.len() > limits::COLUMNS as usize {
                return Err(IntakeError::too_large(Limit::Columns, limits::COLUMNS));
            }
            table.push(cells.iter().map(AsRef::as_ref));
        }
        let mut notices = Vec::new();
        if header > 0 {
            notices.push(Notice::LinesAbove(header as u32));
        }
        if lost > 0 {
            notices.push(Notice::LostCharacters(lost));
        }
        let blank = table.short.values().filter(|present| **present == 0).count();
        let ragged = table.overflow.len() + table.short.len() - blank;
        if ragged > 0 {
            notices.push(Notice::RaggedRows(ragged as u32));
        }
        let reading = Reading {
            container: Container::Text { encoding, delimiter },
            header: header as u32 + 1,
            rows: table.len(),
            columns: table.labels.len(),
            notices,
        };
        Ok((table, reading))
    }

    pub(super) fn first_rows(&self, choices: &Choices, count: usize) -> Vec<Vec<String>> {
        let (text, _, _) = self.decoded(choices);
        first_rows(&text, self.delimiter(&text, choices), count)
    }

    fn decoded(&self, choices: &Choices) -> (Cow<'_, str>, Encoding, u32) {
        match (choices.encoding, &self.bytes) {
            (Some(encoding), Some(bytes)) if encoding != self.encoding => {
                let (text, lost) = encoding.decode(bytes.clone());
                (Cow::Owned(text), encoding, lost)
            }
            _ => (Cow::Borrowed(&self.text), self.encoding, self.lost),
        }
    }

    fn delimiter(&self, text: &str, choices: &Choices) -> char {
        match choices.delimiter {
            Some(delimiter) => delimiter,
            None if self.tabbed => '\t',
            None => detect_delimiter(text),
        }
    }
}

fn first_rows(text: &str, delimiter: char, count: usize) -> Vec<Vec<String>> {
    let mut records = Records::new(text, delimiter);
    let mut cells = Vec::new();
    let mut rows = Vec::new();
    while rows.len() < count && records.read(&mut cells) {
        rows.push(cells.iter().map(|cell| cell.to_string()).collect());
    }
    rows
}

/// Chooses the delimiter that gives most rows one width. What stands between quotes does not
/// count, and commas in sentences or decimals do not give an even width from the header on.
fn detect_delimiter(text: &str) -> char {
    let first = text.lines().next().unwrap_or_default().trim();
    if let Some(said) = first.strip_prefix("sep=").and_then(|rest| rest.chars().next()).filter(|c| DELIMITERS.contains(c)) {
        return said;
    }
    let mut best = (0.0, ',');
    for delimiter in DELIMITERS {
        let mut widths: Vec<usize> =
            first_rows(text, delimiter, LOOKED_AT).iter().map(Vec::len).filter(|width| *width > 0).collect();
        widths.sort_unstable();
        let rows = widths.len();
        let (width, count) = widths
            .chunk_by(|a, b| a == b)
            .map(|same| (same.first().copied().unwrap_or(0), same.len()))
            .max_by_key(|(width, count)| (*count * *width, *width))
            .unwrap_or((0, 0));
        let score = if width < 2 { 0.0 } else { (count as f64 / rows as f64).powi(2) * (width as f64).ln() };
        if score > best.0 + 1e-9 {
            best = (score, delimiter);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, bytes: &[u8]) -> (Table, Reading) {
        TextFile::open(name, bytes.to_vec()).unwrap().read(&Choices::default()).unwrap()
    }

    #[test]
    fn finds_the_delimiter() {
        for (text, delimiter) in [
            ("a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5", ';'),
            ("a,b\n\"x;y\",\"z;t\"\n", ','),
            ("a\tb\n1, 2\t3, 4\n", '\t'),
            ("a|b|c\n1|2|3", '|'),
            ("nom;objet\nX;un, deux, trois\nY;quatre, cinq\nZ;six", ';'),
            ("one column, really\nof text, with commas, here\nand none there", ','),
            ("sep=|\na|b", '|'),
        ] {
            assert_eq!(detect_delimiter(text), delimiter, "{text}");
        }
        let (table, reading) = read("x.tsv", b"a;b\tc\n1;2\t3");
        assert_eq!(table.labels, ["a;b", "c"]);
        assert_eq!(reading.container, Container::Text { encoding: Encoding::Utf8, delimiter: '\t' });
    }

    #[test]
    fn says_how_it_read() {
        let (table, reading) = read("x.csv", b"Titre\n\nnom;\xe9tat\nA;1\n\nB;2;3\n");
        assert_eq!(table.labels, ["nom", "état"]);
        assert_eq!((reading.header, reading.rows, table.line(0)), (3, 3, Some(4)));
        assert_eq!(reading.notices, [Notice::LinesAbove(2), Notice::RaggedRows(1)]);
        let again = TextFile::open("x.csv", b"Titre\n\nnom;\xe9tat\nA;1\n".to_vec()).unwrap();
        let (table, _) = again.read(&Choices { header: Some(4), ..Choices::default() }).unwrap();
        assert_eq!((table.labels.join(","), table.len()), ("A,1".into(), 0));
    }
}
