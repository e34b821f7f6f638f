use std::borrow::Cow;

/// The records of delimited text, blank lines included.
///
/// The `csv` crate drops empty lines, so that line numbers drift and blank rows go unseen; this
/// reader keeps them, and reads quotes as Python's `csv` does: a quote opens only at the start of a
/// cell, doubled it stands for itself, and what follows its closing is kept. A quote that is never
/// closed is an ordinary character, so that it does not swallow the rest of the file.
#[derive(Debug, Clone)]
pub struct Records<'a> {
    text: &'a str,
    at: usize,
    delimiter: u8,
}

impl<'a> Records<'a> {
    /// Reads `text`, whose cells are separated by an ASCII `delimiter`.
    pub fn new(text: &'a str, delimiter: char) -> Records<'a> {
        Records { text, at: 0, delimiter: u8::try_from(delimiter).ok().filter(u8::is_ascii).unwrap_or(b',') }
    }

    /// Reads the next record into `cells`; `false` at the end. A blank line gives no cell.
    pub fn read(&mut self, cells: &mut Vec<Cow<'a, str>>) -> bool {
        cells.clear();
        match self.byte(self.at) {
            None => return false,
            Some(b'\n' | b'\r') => {
                self.end_line();
                return true;
            }
            Some(_) => {}
        }
        loop {
            cells.push(self.cell());
            if self.byte(self.at) == Some(self.delimiter) {
                self.at += 1;
            } else {
                self.end_line();
                return true;
            }
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// Goes past `\n`, `\r` or `\r\n`.
    fn end_line(&mut self) {
        let first = self.byte(self.at);
        if matches!(first, Some(b'\n' | b'\r')) {
            self.at += 1;
        }
        if first == Some(b'\r') && self.byte(self.at) == Some(b'\n') {
            self.at += 1;
        }
    }

    fn cell(&mut self) -> Cow<'a, str> {
        if self.byte(self.at) == Some(b'"')
            && let Some(cell) = self.quoted()
        {
            return cell;
        }
        let from = self.at;
        self.at = self.bare_end(from);
        Cow::Borrowed(self.slice(from, self.at))
    }

    /// Where a cell without quotes ends.
    fn bare_end(&self, from: usize) -> usize {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        from + rest.iter().position(|b| *b == self.delimiter || *b == b'\n' || *b == b'\r').unwrap_or(rest.len())
    }

    /// A cell between quotes; `None`, without moving, where they are never closed.
    fn quoted(&mut self) -> Option<Cow<'a, str>> {
        let mut from = self.at + 1;
        let mut cell = Cow::Borrowed("");
        loop {
            let rest = self.text.as_bytes().get(from..)?;
            let quote = from + rest.iter().position(|b| *b == b'"')?;
            append(&mut cell, self.slice(from, quote));
            if self.byte(quote + 1) == Some(b'"') {
                append(&mut cell, "\"");
                from = quote + 2;
                continue;
            }
            self.at = self.bare_end(quote + 1);
            append(&mut cell, self.slice(quote + 1, self.at));
            return Some(cell);
        }
    }
}

fn append<'a>(cell: &mut Cow<'a, str>, more: &'a str) {
    if cell.is_empty() {
        *cell = Cow::Borrowed(more);
    } else if !more.is_empty() {
        cell.to_mut().push_str(more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str, delimiter: char) -> Vec<Vec<String>> {
        let mut records = Records::new(text, delimiter);
        let mut cells = Vec::new();
        let mut rows = Vec::new();
        while records.read(&mut cells) {
            rows.push(cells.iter().map(|c| c.to_string()).collect());
        }
        rows
    }

    #[test]
    fn reads_quotes_and_lines_as_python_does() {
        assert_eq!(read("a,b\n1,2", ','), [["a", "b"], ["1", "2"]]);
        assert_eq!(read("\"x, \"\"y\"\"\n\",é\r\n,\r", ','), [["x, \"y\"\n", "é"], ["", ""]]);
        assert_eq!(read("\"a\"b,c\"d\"\n", ','), [["ab", "c\"d\""]]);
        assert_eq!(read("a\n\n\r\nb\n", ';'), [vec!["a"], vec![], vec![], vec!["b"]]);
        assert_eq!(read("\"a;b\nc;d\n", ';'), [["\"a", "b"], ["c", "d"]]);
        assert_eq!(read("\"\"\"\"\n\"\"", ','), [["\""], [""]]);
        assert!(read("", ',').is_empty());
    }

    proptest! {
        /// On what a correct writer writes, it agrees with the csv crate.
        #[test]
        fn agrees_with_the_csv_crate(rows in prop::collection::vec(prop::collection::vec("[a\",;\n\ré ]{0,6}", 2..5), 1..6)) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            prop_assert_eq!(read(&text, ','), rows);
        }

        /// Whatever the text, it ends, and keeps every character that is not structure.
        #[test]
        fn never_panics_and_loses_nothing(text in "[a\",\n\ré]{0,40}") {
            let count = |s: &str| s.chars().filter(|c| matches!(c, 'a' | 'é')).count();
            let kept: usize = read(&text, ',').iter().flatten().map(|c| count(c)).sum();
            prop_assert_eq!(kept, count(&text));
        }
    }
}
