/// Rows looked at to find the header.
pub const LOOKED_AT: usize = 100;

/// Proposes the header's place among the first rows of a file: the first row about as wide as the
/// table and about as full as its rows. Titles above the table are narrow, or mostly empty.
///
/// Width is that of the rows that hold most of the cells, as a short file with three title lines
/// would otherwise be judged by its titles.
pub fn propose<S: AsRef<str>>(rows: &[Vec<S>]) -> usize {
    let mut cells_by_width: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        match cells_by_width.iter_mut().find(|(width, _)| *width == row.len()) {
            Some((width, cells)) => *cells += *width,
            None => cells_by_width.push((row.len(), row.len())),
        }
    }
    let width = cells_by_width.iter().max_by_key(|(width, cells)| (*cells, *width)).map_or(0, |(width, _)| *width);
    // In a table of two or three columns, a narrower row is a title rather than an uneven header.
    let wider = ((width as f64 * 0.1).round() as usize).max(1);
    let narrower = if width > 3 { wider } else { 0 };
    let filled = |row: &Vec<S>| row.iter().filter(|cell| !cell.as_ref().trim().is_empty()).count();
    let wide: Vec<(usize, usize)> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.first().is_some_and(|cell| cell.as_ref().starts_with("sep=")))
        // A header may name columns that no row fills: wider than the rows, it is full.
        .filter(|(_, row)| row.len() + narrower >= width && (row.len() <= width + wider || filled(row) == row.len()))
        .map(|(at, row)| (at, filled(row)))
        .collect();
    let mut fills: Vec<usize> = wide.iter().map(|(_, filled)| *filled).collect();
    fills.sort_unstable();
    let usual = fills.get(fills.len() / 2).copied().unwrap_or_default();
    let full = wide.iter().find(|(_, filled)| filled * 2 >= usual && *filled > 0);
    full.or(wide.first()).map_or(0, |(at, _)| *at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> usize {
        let rows: Vec<Vec<&str>> =
            text.lines().map(|line| if line.is_empty() { Vec::new() } else { line.split(';').collect() }).collect();
        propose(&rows)
    }

    #[test]
    fn passes_over_titles() {
        assert_eq!(at("a;b;c\n1;2;3"), 0);
        assert_eq!(at("Délibérations 2024\n\na;b;c\n1;2;3\n4;5;6"), 2);
        assert_eq!(at("Titre;;;\nExport;;;\n;;;\na;b;c;d\n1;2;3;4\n5;;7;8"), 3);
        assert_eq!(at("sep=;\na;b\n1;2"), 1);
        assert_eq!(at("a\n1\n2"), 0);
        assert_eq!(at("Titre\nSuite\nFin\na;b;c;d;e\n1;2;3;4;5"), 3);
        assert_eq!(at("a;b;c;d;e;f\n1;2;3\n4;5;6\n7;8;9"), 0);
        assert_eq!(at(""), 0);
    }
}
