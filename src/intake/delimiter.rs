/// What may stand between cells.
pub const DELIMITERS: [char; 4] = [';', ',', '\t', '|'];

/// Chooses the delimiter that gives most rows one width. `rows` cuts the start of the text with a delimiter.
/// What stands between quotes does not count, and commas in sentences or decimals do not give an even
/// width from the header on. A first line `sep=;`, which Excel writes, says it.
pub fn detect(first_line: &str, rows: impl Fn(char) -> Vec<Vec<String>>) -> char {
    let said = first_line.trim().strip_prefix("sep=").and_then(|rest| rest.chars().next());
    if let Some(said) = said.filter(|c| DELIMITERS.contains(c)) {
        return said;
    }
    let (mut best, mut unused) = ((0.0, ','), None);
    for delimiter in DELIMITERS {
        let rows = rows(delimiter);
        let mut widths: Vec<usize> = rows.iter().map(Vec::len).filter(|width| *width > 0).collect();
        if widths.iter().all(|width| *width == 1) {
            unused = unused.or(Some(delimiter));
            continue;
        }
        if are_sentences(&rows) {
            continue;
        }
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
    // One column: commas in its sentences cut nothing.
    if best.0 > 0.0 { best.1 } else { unused.filter(|_| rows(',').iter().any(|row| row.len() > 1)).unwrap_or(',') }
}

/// Whether what stands between the cells is the punctuation of sentences: a space follows it, and the rows are of many
/// widths.
fn are_sentences(rows: &[Vec<String>]) -> bool {
    let rows: Vec<&Vec<String>> = rows.iter().filter(|row| !row.is_empty()).skip_while(|row| row.len() == 1).collect();
    let after = rows.iter().flat_map(|row| row.iter().skip(1));
    let (mut all, mut spaced) = (0, 0);
    for cell in after {
        all += 1;
        spaced += usize::from(cell.starts_with([' ', '\u{a0}']));
    }
    let alike = |width: usize| rows.iter().filter(|row| row.len() == width).count();
    let most = rows.iter().map(|row| row.len()).filter(|width| *width > 1).map(alike).max().unwrap_or_default();
    spaced * 5 >= all * 4 && most * 3 < rows.len() * 2
}

#[cfg(test)]
mod tests {
    use crate::intake::{Choices, Container, Encoding, read};

    #[test]
    fn finds_the_delimiter() {
        for (text, expected) in [
            ("a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5", ';'),
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
        ] {
            let reading = read("x.csv", text.as_bytes(), &Choices::default()).unwrap().reading;
            let Container::Text { delimiter, .. } = reading.container else { panic!() };
            assert_eq!(delimiter, expected, "{text}");
        }
        let opened = read("x.tsv", b"a;b\tc\n1;2\t3", &Choices::default()).unwrap();
        assert_eq!(opened.table.labels, ["a;b", "c"]);
        assert_eq!(opened.reading.container, Container::Text { encoding: Encoding::Utf8, delimiter: '\t' });
    }
}
