use super::Choices;
use crate::{
    table::{Code, Column, RowId, Table},
    text,
};

/// Rows looked at to find the header.
pub const LOOKED_AT: usize = 100;

/// A header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its last line, 1 being the first of the file; 0 where the table has none.
    pub line: u32,
    /// How many lines it takes.
    pub lines: u8,
    /// The label of each column.
    pub labels: Vec<String>,
}

/// The header that the agent chose, or the one proposed. `None` where that line is not there.
pub fn choose(rows: &[Vec<String>], choices: &Choices) -> Option<Header> {
    let line = match choices.header {
        Some(line) => line as usize,
        None if is_headless(rows) => 0,
        None => {
            let first = propose(rows);
            let below = rows.get(first).zip(rows.get(first + 1));
            let labels = |lower: &[String]| {
                let after = rows.get(first + 2..).unwrap_or_default();
                !lower.iter().enumerate().any(|(at, cell)| is_data(cell) || comes_again(after.iter(), at, cell))
            };
            first
                + 1
                + usize::from(below.is_some_and(|(upper, lower)| {
                    labels(lower) && (gaps(upper, lower) && tells_apart(upper, lower) || completes(upper, lower))
                }))
        }
    };
    let Some(above) = line.checked_sub(1) else {
        let width = rows.iter().map(Vec::len).max().filter(|width| *width > 0)?;
        return Some(Header { line: 0, lines: 0, labels: (0..width).map(text::letters).collect() });
    };
    let lower = rows.get(above)?;
    let upper = above.checked_sub(1).and_then(|at| rows.get(at)).filter(|upper| upper.len() > 1);
    let two = |upper: &Vec<String>| choices.header_lines == Some(2) || choices.header_lines.is_none() && groups(upper, lower);
    let (lines, labels) = match upper.filter(|upper| two(upper)) {
        Some(upper) => (2, joined(upper, lower)),
        None => (1, lower.clone()),
    };
    Some(Header { line: line as u32, lines, labels })
}

/// The rows shown that say the labels again, as where exports were put end to end: their places and their ids. One label alone
/// may well be a value.
pub fn repeated(table: &Table) -> Vec<(usize, RowId)> {
    let labels = table.labels.iter().map(|label| text::trim(label)).zip(&table.columns);
    let named: Vec<(&str, &Column)> = labels.filter(|(label, _)| !label.is_empty()).collect();
    // The column of fewest values tells at once that most tables have none.
    let Some((label, column)) = named.iter().min_by_key(|(_, column)| column.values()).filter(|_| named.len() > 1) else {
        return Vec::new();
    };
    let codes: Vec<Code> =
        (0..).zip(column.values_from(0)).filter(|(_, value)| text::trim(value) == *label).map(|(code, _)| code).collect();
    let mut rows = Vec::new();
    if !codes.is_empty() {
        // Rows with a text of their own have a code each: they may be as many as the rows.
        column.rows_where(|code| codes.binary_search(&code).is_ok(), |row| rows.push(row));
    }
    let says = |row: RowId| {
        let mut cells = table.labels.iter().zip(&table.columns);
        let is_whole = !table.overflow.contains_key(&row) && !table.short.contains_key(&row);
        is_whole && cells.all(|(label, column)| text::trim(column.text(row)) == text::trim(label))
    };
    let places = rows.into_iter().filter(|row| says(*row)).filter_map(|row| Some((table.order.binary_search(&row).ok()?, row)));
    places.collect()
}

/// Whether a line names two groups at least, with empty cells between, each above a label: what merged cells leave.
fn gaps(upper: &[String], lower: &[String]) -> bool {
    let mut named = upper.iter().map(|cell| !cell.trim().is_empty());
    let filled = |row: &[String], at: usize| row.get(at).is_some_and(|cell| !cell.trim().is_empty());
    // What is blank in both before the first column and after the last is no gap.
    let columns = (0..upper.len().max(lower.len())).filter(|at| filled(upper, *at) || filled(lower, *at));
    let (first, last) = (columns.clone().next().unwrap_or_default(), columns.clone().next_back().unwrap_or_default());
    let without_hole = columns.count() == last + 1 - first;
    named.clone().filter(|named| *named).count() > 1
        && without_hole
        && named.by_ref().skip_while(|named| *named).any(|named| named)
}

/// Whether a text stands again in its column: it is a value, for labels do not.
fn comes_again<'r, S: AsRef<str> + 'r>(mut rows: impl Iterator<Item = &'r Vec<S>>, column: usize, text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && rows.any(|row| row.get(column).is_some_and(|cell| cell.as_ref().trim() == text))
}

/// Whether a row holds data: a figure that names no column, or a text that stands again below it, in another row than this one
/// written again.
pub fn holds_data<S: AsRef<str>>(rows: &[Vec<S>], at: usize) -> bool {
    let Some(row) = rows.get(at) else { return false };
    let differs = |other: &&Vec<S>| !other.iter().map(S::as_ref).eq(row.iter().map(S::as_ref));
    let below = || rows.iter().skip(at + 1).filter(differs);
    row.iter().enumerate().any(|(column, cell)| is_data(cell.as_ref().trim()) || comes_again(below(), column, cell.as_ref()))
}

/// Whether a row may name columns: all its texts have letters and differ, and none of them is data.
fn names_columns<S: AsRef<str>>(rows: &[Vec<S>], at: usize) -> bool {
    let cells = rows.get(at).into_iter().flatten().map(|cell| cell.as_ref().trim()).filter(|cell| !cell.is_empty());
    let mut names: Vec<&str> = cells.collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    count > 1 && names.len() == count && names.iter().all(|name| name.contains(char::is_alphabetic)) && !holds_data(rows, at)
}

/// Whether two lines are one header: the one above tells apart labels that would be the same, or the one below names what stands
/// in a group.
fn groups(upper: &[String], lower: &[String]) -> bool {
    tells_apart(upper, lower) || completes(upper, lower)
}

/// Whether the line below names the columns of the groups of the one above, and nothing else: what merged cells leave where a
/// label stands over both lines. `Commune;Recettes;` above `;prévu;réalisé`.
fn completes(upper: &[String], lower: &[String]) -> bool {
    let cell = |row: &[String], at: usize| row.get(at).is_some_and(|cell| !cell.trim().is_empty());
    let width = (0..upper.len().max(lower.len())).rfind(|at| cell(upper, *at) || cell(lower, *at)).map_or(0, |last| last + 1);
    let (mut alone, mut more, mut in_group) = (0, 0, false);
    for at in 0..width {
        match (cell(upper, at), cell(lower, at)) {
            (true, below) => {
                in_group = below;
                alone += usize::from(!below);
            }
            (false, true) if in_group => more += 1,
            (false, _) => return false,
        }
    }
    alone > 0 && more > 0
}

fn tells_apart(upper: &[String], lower: &[String]) -> bool {
    let same = |labels: &[String]| {
        let mut named: Vec<&str> = labels.iter().map(|label| label.trim()).filter(|label| !label.is_empty()).collect();
        let all = named.len();
        named.sort_unstable();
        named.dedup();
        all - named.len()
    };
    same(lower) > 0 && same(&joined(upper, lower)) == 0
}

/// Labels of two lines: a group stands above its first column, the others below it are empty.
fn joined(upper: &[String], lower: &[String]) -> Vec<String> {
    let mut group = "";
    let width = upper.len().max(lower.len());
    let cell = |row: &'_ [String], at: usize| row.get(at).map_or("", |cell| cell.trim()).to_owned();
    let mut labels = Vec::with_capacity(width);
    for at in 0..width {
        if let Some(named) = upper.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty()) {
            group = named;
        }
        let own = cell(lower, at);
        labels.push(if own.is_empty() || group.is_empty() { format!("{group}{own}") } else { format!("{group} {own}") });
    }
    labels
}

/// Whether the first row already holds data: at least half of its cells are numbers, days or addresses, and the
/// row below has the like in the same places. Days, or school years, above numbers are labels.
fn is_headless(rows: &[Vec<String>]) -> bool {
    let mut full = rows.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    let (Some(first), Some(second)) = (full.next(), full.next()) else { return false };
    let filled = first.iter().filter(|cell| !cell.trim().is_empty()).count();
    let typed: Vec<usize> = first.iter().enumerate().filter(|(_, cell)| is_data(cell.trim())).map(|(at, _)| at).collect();
    let alike = |at: &&usize| {
        let cells = first.get(**at).zip(second.get(**at));
        cells.is_some_and(|(upper, lower)| is_data(lower.trim()) && is_moment(upper.trim()) == is_moment(lower.trim()))
    };
    let again = typed.iter().filter(alike).count();
    first.len() > 1 && first.len() == second.len() && typed.len() * 2 >= filled && again * 5 >= typed.len() * 4
}

/// Whether figures are written as days, years or hours are: `01/09/2024`, `2024-2025`, `08:30`.
fn is_moment(cell: &str) -> bool {
    cell.starts_with(|c: char| c.is_ascii_digit()) && cell.contains(['/', ':', '-'])
}

/// A number of some length or with decimals, a day, an address: nothing that names a column. A year may.
pub fn is_data(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let figures =
        cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '/' | ':' | ' ' | '\u{a0}' | '\u{202f}'));
    let year = digits == 4 && cell.len() == 4;
    (figures && (digits > 2 || digits > 0 && cell.contains(['.', ','])) && !year)
        || cell.starts_with("http")
        || cell.contains('@')
}

/// Proposes the header's place among the first rows of a file: the first row about as wide as the
/// table and about as full as its rows. Titles above the table are narrow, or mostly empty.
///
/// Width is that of the rows that hold most of the cells, as a short file with three title lines
/// would otherwise be judged by its titles.
pub fn propose<S: AsRef<str>>(rows: &[Vec<S>]) -> usize {
    let used = |row: &Vec<S>| row.iter().rposition(|cell| !cell.as_ref().trim().is_empty()).map_or(0, |last| last + 1);
    // What every row has empty at its end counts for nothing: many programs end lines with a delimiter.
    let most = rows.iter().map(used).max().unwrap_or_default();
    let long = |row: &Vec<S>| row.len().min(most);
    let mut rows_by_width: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        match rows_by_width.iter_mut().find(|(width, _)| *width == long(row)) {
            Some((_, rows)) => *rows += 1,
            None => rows_by_width.push((long(row), 1)),
        }
    }
    // One row that runs away among many that agree makes no table.
    let agree = rows_by_width.iter().any(|(width, rows)| *width > 1 && *rows > 2);
    let tables = rows_by_width.iter().filter(|(_, rows)| !agree || *rows > 1);
    let width = tables.max_by_key(|(width, rows)| (width * rows, std::cmp::Reverse(*width))).map_or(0, |(width, _)| *width);
    // In a table of two or three columns, a narrower row is a title rather than an uneven header.
    let wider = ((width as f64 * 0.1).round() as usize).max(1);
    let narrower = if width > 3 { wider } else { 0 };
    let filled = |row: &Vec<S>| row.iter().filter(|cell| !cell.as_ref().trim().is_empty()).count();
    let wide: Vec<(usize, usize)> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.first().is_some_and(|cell| cell.as_ref().starts_with("sep=")))
        // A header may name columns that no row fills: wider than the rows, it is full.
        .filter(|(_, row)| long(row) + narrower >= width && (long(row) <= width + wider || filled(row) == long(row)))
        .map(|(at, row)| (at, filled(row)))
        .collect();
    let mut fills: Vec<usize> = wide.iter().map(|(_, filled)| *filled).collect();
    fills.sort_unstable();
    let usual = fills.get(fills.len() / 2).copied().unwrap_or_default();
    // A sentence alone in the first cell, or a cell with a blank line below, is a title; `,prix` and `commune,` are labels.
    let is_title = |at: usize| {
        let title = rows.get(at).and_then(|row| row.first()).map_or("", |cell| cell.as_ref());
        let alone = rows.get(at + 1).is_some_and(|below| filled(below) == 0);
        !title.trim().is_empty() && (alone || title.split_whitespace().nth(2).is_some())
    };
    let is_label = |at: usize, filled: usize| filled > 1 || filled == 1 && (usual < 2 || !is_title(at));
    let full = wide.iter().find(|(at, filled)| filled * 2 >= usual && is_label(*at, *filled));
    let found = full.or(wide.first()).map_or(0, |(at, _)| *at);
    let filled = |at: usize| rows.get(at).map_or(0, filled);
    // Labels that are fewer than the cells below them, as where decimals were cut.
    if let Some(above) = found.checked_sub(1)
        && holds_data(rows, found)
        && names_columns(rows, above)
        && rows.get(above).is_some_and(|row| filled(above) == used(row))
    {
        return above;
    }
    // What was known of the file, a name and a value a line, above the labels of a narrow table.
    let is_value = |cell: &S| cell.as_ref().chars().any(|c| c.is_ascii_digit()) && !cell.as_ref().contains(char::is_alphabetic);
    let is_known =
        rows.get(found).is_some_and(|row| filled(found) < usual || row.iter().any(|cell| is_data(cell.as_ref().trim())));
    let values_follow = |at: usize| rows.get(at + 1).is_some_and(|row| row.iter().any(is_value));
    let fuller = |at: &usize| filled(*at) >= usual.max(filled(found)) && names_columns(rows, *at) && values_follow(*at);
    let later = (found + 1..rows.len()).take_while(|at| filled(*at) < usual || !holds_data(rows, *at)).find(fuller);
    later.filter(|_| is_known && usual > 2).unwrap_or(found)
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
        assert_eq!(at("Liste des écoles;\n;\nnom;ville\nJules Ferry;Lyon\nPasteur;Nice\nHugo;Paris"), 2);
        assert_eq!(at("Liste des écoles;\nnom;ville\nJules Ferry;Lyon\nPasteur;Nice\nHugo;Paris"), 1);
        // Labels fewer than the cells; what is known of the file, line after line.
        assert_eq!(at("nom;ville\nA;Lyon;0;x;y\nB;Lyon;1;x;y"), 0);
        assert_eq!(at("id;nom;prix;ville;cp;n\n0;A;0;50;3;20;Lyon;1\n1;B;1;50;3;20;Lyon;2"), 0);
        assert_eq!(at("Exercice;2024;;\nBudget;Principal;;\n;;;\nChapitre;Article;Libellé;Montant\n61;001;A;10\n62;002;B;20"), 3);
        assert_eq!(at("Date d'édition;12/03/2024;\n\nNom;Ville;Code\nA;Lyon;69000\nB;Nice;06000"), 2);
        assert_eq!(at("EXPORT;12/03/2024;X\nNOM;PRENOM;NE LE;MONTANT\nA;JEAN;10/03/1970;12\nB;JEAN;11/03/1970;12"), 1);
        assert_eq!(at("SIRET;21860194600013;2024;BP\nchapitre;article;libelle;montant\n60;0;Lib;1 200\n60;1;Lib;1 200"), 1);
        assert_eq!(at("Budget;Principal\nnom;ville;n\nA;Lyon;1\nnom;ville;n\nB;Nice;2"), 1);
        assert_eq!((at(";prix\n0;12\n1;13"), at("Commune;\nLyon;12\nNice;14")), (0, 0));
        // Lines that end with a delimiter, and one that runs away.
        assert_eq!(at("nom;ville\nDupont;Lyon;\nMartin;Nice;\n"), 0);
        assert_eq!(at("nom;ville;code\nDupont;Lyon;69;;\nMartin;Paris;75;;\n"), 0);
        assert_eq!(at("nom;ville\nA;B\nC;D\nE;F;G;H;I;J;K;L;M;N;O;P"), 0);
    }

    fn labels(text: &str) -> (u32, String) {
        let rows: Vec<Vec<String>> = text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect();
        let header = choose(&rows, &Choices::default()).unwrap();
        (header.line, header.labels.join(";"))
    }

    #[test]
    fn rows_that_say_the_labels_again_are_found() {
        let table = |rows: &[[&str; 2]]| {
            let mut table = Table::new(vec!["nom".into(), "ville ".into()], 2);
            rows.iter().for_each(|row| table.push(*row));
            table
        };
        assert_eq!(
            repeated(&table(&[["A", "Lyon"], ["nom", "ville"], ["nom", "Lyon"], ["\u{feff}nom", "ville"]])),
            [(1, 1), (3, 3)]
        );
        assert!(repeated(&table(&[["A", "ville"], ["B", "Nice"]])).is_empty());
        // Labels that stand a great many times where rows keep their own text.
        let mut long = Table::new(vec!["nom".into(), "ville".into()], 2);
        (0..5_000).for_each(|n| long.push([format!("a{n}").as_str(), format!("b{n}").as_str()]));
        (0..200_000).for_each(|_| long.push(["nom", "ville"]));
        assert_eq!(repeated(&long).len(), 200_000);
        let mut one = Table::new(vec!["avis".into()], 2);
        one.push(["avis"]);
        assert!(repeated(&one).is_empty());
    }

    #[test]
    fn names_columns_by_two_lines_or_by_letters_where_needed() {
        assert_eq!(
            labels("Siège;;Garage;\nrue;ville;rue;ville\na;b;c;d"),
            (2, "Siège rue;Siège ville;Garage rue;Garage ville".into())
        );
        assert_eq!(labels("Liste;;;\nrue;ville;code;nom\na;b;c;d"), (2, "rue;ville;code;nom".into()));
        assert_eq!(labels("21860194600013;2024-01-02;X\n21860194600013;2024-01-03;Y"), (0, "A;B;C".into()));
        assert_eq!(labels("ville;01/01/2024;02/01/2024\nLyon;12,5;13,5\nNice;3,2;3,3").0, 1);
        assert_eq!(labels("ville;2020-2021;2021-2022\nLyon;125;135\nNice;132;133").0, 1);
        assert_eq!(
            labels("Commune;Hommes;;Femmes;;\n;Effectif;Part;Effectif;Part;\nLyon;12;5;13;6;").1,
            "Commune;Hommes Effectif;Hommes Part;Femmes Effectif;Femmes Part;Femmes"
        );
        // A label over both lines, beside the columns of one group.
        assert_eq!(
            labels("Commune;Code;Recettes;\n;;Prévu;Réalisé\nLyon;69;12;5\nNice;06;12;6"),
            (2, "Commune;Code;Recettes Prévu;Recettes Réalisé".into())
        );
        assert_eq!(labels("Commune;Recettes;;\n;2021;2022;2023\nLyon;1;2;3\nNice;1;2;3").0, 2);
        assert_eq!(labels("Commune;Recettes;\nLyon;1;2\n;1;2").0, 1);
        // A row of values below a header with a column without a name.
        let ticked = "nom;prénom;mineur;;autorisation\nDurand;Léa;Oui;;Oui\nMartin;Luc;Non;;Non";
        assert_eq!(labels(ticked), (1, "nom;prénom;mineur;;autorisation".into()));
        assert_eq!(labels("Commune;;Avis;\nLyon;Oui;Non;Oui\nNice;Non;Non;Oui").0, 1);
        assert_eq!(labels("2021;2022;2023\n12,5;13,5;14,5"), (1, "2021;2022;2023".into()));
    }
}
