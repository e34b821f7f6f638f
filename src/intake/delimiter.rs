use super::header::holds_data;

/// What may stand between cells.
pub const DELIMITERS: [char; 4] = [';', ',', '\t', '|'];

/// Chooses the delimiter that gives most rows one width. `rows` cuts the start of the text with a delimiter.
/// What stands between quotes does not count, and commas in sentences or decimals do not give an even
/// width from the header on. A first line `sep=;`, which Excel writes, says it.
pub fn detect(first_line: &str, rows: impl Fn(char) -> Vec<Vec<String>>) -> char {
    let said = first_line.trim().strip_prefix("sep=").and_then(|rest| rest.chars().next());
    if let Some(said) = said.filter(|c| c.is_ascii_punctuation() && *c != '"' || DELIMITERS.contains(c)) {
        return said;
    }
    let (mut cuts, mut unused) = (Vec::new(), None);
    for delimiter in DELIMITERS {
        let rows = rows(delimiter);
        if rows.iter().all(|row| row.len() < 2) {
            unused = unused.or(Some(delimiter));
        } else if !are_sentences(&rows) && (delimiter != ',' || !are_decimals(&rows)) {
            cuts.push(Cut::new(delimiter, &rows));
        }
    }
    let mut best: Option<&Cut> = None;
    for cut in cuts.iter().filter(|cut| cut.width > 1 && !cuts.iter().any(|other| other.has_the_header_of(cut))) {
        if best.is_none_or(|best| cut.score() > best.score() + 1e-9) {
            best = Some(cut);
        }
    }
    // One column: commas in its sentences cut nothing.
    best.map(|cut| cut.delimiter).or(unused.filter(|_| rows(',').iter().any(|row| row.len() > 1))).unwrap_or(',')
}

/// What a delimiter makes of the start of a file.
struct Cut {
    delimiter: char,
    /// The width of each row that is not blank.
    widths: Vec<usize>,
    /// The width that most cells are in.
    width: usize,
    /// The share of the rows that have it.
    even: f64,
}

impl Cut {
    fn new(delimiter: char, rows: &[Vec<String>]) -> Cut {
        let widths: Vec<usize> = rows.iter().map(Vec::len).filter(|width| *width > 0).collect();
        let (width, count) = usual(&widths);
        Cut { delimiter, even: count as f64 / widths.len().max(1) as f64, widths, width }
    }

    fn score(&self) -> f64 {
        self.even.powi(2) * (self.width as f64).ln()
    }

    /// Whether it cuts nearly all rows alike, and first of them one that the other leaves whole: labels, which have no
    /// decimals.
    fn has_the_header_of(&self, other: &Cut) -> bool {
        let first = self.widths.iter().position(|width| *width == self.width);
        self.width > 1 && self.even >= 0.8 && first.is_some_and(|first| other.widths.get(first) == Some(&1))
    }
}

/// The width of the rows that hold most of the cells.
pub fn usual_width(rows: &[Vec<String>]) -> usize {
    usual(&rows.iter().map(Vec::len).collect::<Vec<_>>()).0
}

/// The width that most cells are in, and how many rows have it.
fn usual(widths: &[usize]) -> (usize, usize) {
    let mut sorted = widths.to_vec();
    sorted.sort_unstable();
    let same = sorted.chunk_by(|a, b| a == b).map(|same| (same.first().copied().unwrap_or(0), same.len()));
    same.max_by_key(|(width, count)| (*count * *width, *width)).unwrap_or((0, 0))
}

/// Whether what stands between the cells is the comma of decimals, below a label that has none: a column of amounts.
fn are_decimals(rows: &[Vec<String>]) -> bool {
    let mut rows = rows.iter().filter(|row| !row.is_empty());
    let label = rows.next().is_some_and(|row| row.len() == 1 && row.iter().all(|cell| cell.contains(char::is_alphabetic)));
    let is_decimal = |row: &Vec<String>| match row.as_slice() {
        [_] => true,
        [whole, decimals] => whole.ends_with(|c: char| c.is_ascii_digit()) && decimals.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    label && rows.all(is_decimal)
}

/// Whether what stands between the cells is the punctuation of sentences: a space follows it, and the rows are of many
/// widths, or have no label above them.
fn are_sentences(rows: &[Vec<String>]) -> bool {
    let mut rows: Vec<Vec<&str>> =
        rows.iter().filter(|row| !row.is_empty()).map(|row| row.iter().map(String::as_str).collect()).collect();
    let first = rows.iter().take_while(|row| row.len() == 1).count();
    rows.drain(..first);
    let after = rows.iter().flat_map(|row| row.iter().skip(1));
    let (mut all, mut spaced) = (0, 0);
    for cell in after {
        all += 1;
        spaced += usize::from(cell.starts_with([' ', '\u{a0}']));
    }
    let alike = |width: usize| rows.iter().filter(|row| row.len() == width).count();
    let most = rows.iter().map(|row| row.len()).filter(|width| *width > 1).map(alike).max().unwrap_or_default();
    let unlabelled = first > 0 && holds_data(&rows, 0);
    spaced * 5 >= all * 4 && (most * 3 < rows.len() * 2 || unlabelled)
}

#[cfg(test)]
mod tests {
    use crate::intake::{Choices, Container, Encoding, read};

    #[test]
    fn finds_the_delimiter() {
        for (text, expected) in [
            ("a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5", ';'),
            ("x;y\n650123,45;6861234,12\n650123,46;6861234,13\n650123,47;6861234,14\n650123,48;6861234,15\n", ';'),
            ("x\ty\n1,45\t2,12\n1,46\t2,13\n1,47\t2,14\n1,48\t2,15\n1,4\t2,1\n", '\t'),
            ("a,b\n\"x;y\",\"z;t\"\n", ','),
            ("a\tb\n1, 2\t3, 4\n", '\t'),
            ("a|b|c\n1|2|3", '|'),
            ("nom;objet\nX;un, deux, trois\nY;quatre, cinq\nZ;six", ';'),
            ("one column, really\nof text, with commas, here\nand none there", ';'),
            ("avis\nBon accueil, merci\nTrop long\nBien, rapide, propre\n", ';'),
            ("avis\nBon, merci ; à suivre\nBien, net, propre\nNon\n", '\t'),
            ("avis\nBon\nBien\n", ','),
            ("a, b, c\n1, 2, 3\n4, 5, 6\n", ','),
            ("Titre\n\na, b, c\n1, 2, 3\n4, 5, 6\n", ','),
            ("sep=|\na|b", '|'),
            ("sep=^\na^b, c\nd^e, f", '^'),
            ("montant\n0,50\n7,51\n14,52\n", ';'),
            ("agent\nDUPONT, Jean\nMARTIN, Jean\nDURAND, Zoé\n", ';'),
        ] {
            let reading = read("x.csv", text.as_bytes(), &Choices::default()).unwrap().reading;
            let Container::Text { delimiter, .. } = reading.container else { panic!() };
            assert_eq!(delimiter, expected, "{text}");
        }
        let lies = read("x.tsv", b"a;b;c\n1;2;3", &Choices::default()).unwrap();
        assert_eq!(lies.table.labels, ["a", "b", "c"]);
        let opened = read("x.tsv", b"a;b\tc\n1;2\t3", &Choices::default()).unwrap();
        assert_eq!(opened.table.labels, ["a;b", "c"]);
        assert_eq!(opened.reading.container, Container::Text { encoding: Encoding::Utf8, delimiter: '\t' });
    }
}
