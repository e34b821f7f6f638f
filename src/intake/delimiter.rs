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
    let mut best = (0.0, ',');
    for delimiter in DELIMITERS {
        let mut widths: Vec<usize> = rows(delimiter).iter().map(Vec::len).filter(|width| *width > 0).collect();
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
