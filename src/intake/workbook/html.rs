//! Tables of web pages: files that portals name `.xls`, and what spreadsheet programs put on the clipboard.

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};

use super::{Sheet, cell, grid::Grid};
use crate::{
    intake::{IntakeError, Limit, limits, watch::Watch},
    text::FormulaError,
};

/// Tables within tables that are followed; no page is made of more.
const DEPTH: usize = 64;
/// Characters of a sheet's name.
const NAME_CHARS: usize = 80;

/// Reads every table that has a cell, in the order in which they begin, as a sheet.
///
/// # Errors
/// Where tables are beyond the [`limits`].
pub fn read(text: &str, watch: &mut Watch<'_>) -> Result<Vec<Sheet>, IntakeError> {
    let mut emitter = DefaultEmitter::default();
    // Scripts and styles are then read as the text they are.
    emitter.naively_switch_states(true);
    let mut page = Page::default();
    for token in Tokenizer::new_with_emitter(text, emitter) {
        match token {
            Ok(Token::StartTag(tag)) => {
                page.open(&tag)?;
                if let Some(table) = page.open.last().filter(|_| **tag.name == *b"tr") {
                    table.grid.told_to(watch);
                }
            }
            Ok(Token::EndTag(tag)) => page.close(&tag.name)?,
            Ok(Token::String(text)) => page.text(&String::from_utf8_lossy(&text)),
            Ok(Token::Comment(_) | Token::Doctype(_) | Token::Error(_)) => {}
        }
    }
    while !page.open.is_empty() {
        page.end_table()?;
    }
    page.found.sort_by_key(|table| table.place);
    let named = page.found.into_iter().enumerate().map(|(at, table)| {
        let name = if table.name.is_empty() { format!("Tableau {}", at + 1) } else { table.name };
        Sheet { name, hidden: false, grid: table.grid }
    });
    Ok(named.collect())
}

/// The page as far as it is read.
#[derive(Default)]
struct Page {
    /// The tables that are not closed, each in a cell of the one before it.
    open: Vec<Open>,
    /// The tables closed that have a cell.
    found: Vec<Open>,
    begun: u32,
    filled: u64,
    /// Within a script, a style or a title.
    silent: bool,
    /// Within a caption or a heading: where text goes.
    naming: bool,
    name: String,
}

/// A table as far as it is read.
#[derive(Default)]
struct Open {
    place: u32,
    name: String,
    grid: Grid,
    row: u32,
    in_row: bool,
    column: u32,
    /// Columns declared so far, which may be hidden.
    declared: u32,
    /// For each column, the row from which it is free of the tall cells above.
    free_from: Vec<u32>,
    cell: Option<Cell>,
}

/// A cell as far as it is read.
struct Cell {
    text: String,
    /// The number behind the text, which shows it rounded.
    number: Option<f64>,
    across: u32,
    down: u32,
}

impl Page {
    fn open(&mut self, tag: &StartTag<()>) -> Result<(), IntakeError> {
        match &**tag.name {
            b"script" | b"style" | b"title" => self.silent = true,
            b"table" => self.begin_table()?,
            b"caption" => {
                self.name.clear();
                self.naming = !self.open.is_empty();
            }
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" if self.open.is_empty() => {
                self.name.clear();
                self.naming = true;
            }
            b"col" => {
                let Some(table) = self.open.last_mut() else { return Ok(()) };
                let count = span(tag, b"span", 1, limits::COLUMNS);
                if hidden(tag) {
                    table.grid.facts.hidden_columns.add(table.declared, count);
                }
                table.declared = table.declared.saturating_add(count);
            }
            b"thead" | b"tbody" | b"tfoot" => self.end_group()?,
            b"tr" => {
                self.end_caption();
                self.end_row()?;
                if let Some(table) = self.open.last_mut() {
                    table.begin_row();
                    if hidden(tag) {
                        table.grid.facts.hidden_rows.add(table.row, 1);
                    }
                }
            }
            b"td" | b"th" => {
                self.end_caption();
                self.end_cell()?;
                if let Some(table) = self.open.last_mut() {
                    table.begin_cell(tag);
                }
            }
            b"br" => self.new_line(true),
            b"p" | b"div" | b"li" => self.new_line(false),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &HtmlString) -> Result<(), IntakeError> {
        match &***name {
            b"script" | b"style" | b"title" => self.silent = false,
            b"caption" => self.end_caption(),
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => self.naming = false,
            b"td" | b"th" => self.end_cell()?,
            b"tr" => self.end_row()?,
            b"thead" | b"tbody" | b"tfoot" => self.end_group()?,
            b"table" => self.end_table()?,
            b"p" | b"div" | b"li" => self.new_line(false),
            _ => {}
        }
        Ok(())
    }

    /// Where text goes now.
    fn target(&mut self) -> Option<&mut String> {
        match (self.silent, self.naming) {
            (true, _) => None,
            (_, true) => Some(&mut self.name),
            _ => self.open.last_mut()?.cell.as_mut().map(|cell| &mut cell.text),
        }
    }

    /// Adds text, its blanks as a browser shows them: a run of them is one space.
    fn text(&mut self, text: &str) {
        let Some(target) = self.target() else { return };
        for c in text.chars() {
            if !c.is_ascii_whitespace() {
                target.push(c);
            } else if !target.is_empty() && !target.ends_with([' ', '\n']) {
                target.push(' ');
            }
        }
    }

    /// Goes to the next line; a paragraph does so only where something stands before it on its line.
    fn new_line(&mut self, forced: bool) {
        let Some(target) = self.target() else { return };
        if target.ends_with(' ') {
            target.pop();
        }
        if !target.is_empty() && (forced || !target.ends_with('\n')) {
            target.push('\n');
        }
    }

    fn begin_table(&mut self) -> Result<(), IntakeError> {
        // A table stands in a cell of another one, or the other one was not closed.
        if self.open.last().is_some_and(|table| table.cell.is_none()) {
            self.end_table()?;
        }
        if self.open.len() >= DEPTH {
            return Err(IntakeError::damaged("tables within tables without end"));
        }
        self.naming = false;
        let name = label(&std::mem::take(&mut self.name));
        self.open.push(Open { place: self.begun, name, ..Open::default() });
        self.begun = self.begun.saturating_add(1);
        Ok(())
    }

    /// Names the table, where its caption is open; a row ends one that was not closed.
    fn end_caption(&mut self) {
        if let Some(table) = self.open.last_mut().filter(|_| self.naming) {
            table.name = label(&std::mem::take(&mut self.name));
            self.naming = false;
        }
    }

    fn end_cell(&mut self) -> Result<(), IntakeError> {
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        let before = table.grid.filled();
        table.end_cell()?;
        self.filled += table.grid.filled() - before;
        if self.filled > limits::FILLED_CELLS {
            return Err(IntakeError::too_large(Limit::Cells, limits::FILLED_CELLS));
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), IntakeError> {
        self.end_cell()?;
        if let Some(table) = self.open.last_mut().filter(|table| table.in_row) {
            table.in_row = false;
            table.row = table.row.saturating_add(1);
        }
        Ok(())
    }

    /// Ends a head, a body or a foot: tall cells stop there.
    fn end_group(&mut self) -> Result<(), IntakeError> {
        self.end_row()?;
        if let Some(table) = self.open.last_mut() {
            table.free_from.clear();
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), IntakeError> {
        self.end_row()?;
        self.naming = false;
        let Some(table) = self.open.pop().filter(|table| !table.grid.is_empty()) else { return Ok(()) };
        if self.found.len() >= limits::SHEETS {
            return Err(IntakeError::too_large(Limit::Sheets, limits::SHEETS as u64));
        }
        self.found.push(table);
        Ok(())
    }
}

impl Open {
    fn begin_row(&mut self) {
        self.in_row = true;
        self.column = 0;
    }

    fn begin_cell(&mut self, tag: &StartTag<()>) {
        if !self.in_row {
            self.begin_row();
        }
        // Excel writes the number itself as `x:num`, LibreOffice as `sdval`.
        let number = attribute(tag, b"x:num").or_else(|| attribute(tag, b"sdval"));
        let number = number.and_then(|number| number.trim().parse().ok()).filter(|number: &f64| number.is_finite());
        self.grid.facts.formulas += u32::from(attribute(tag, b"x:fmla").is_some());
        let (across, down) =
            (span(tag, b"colspan", 1, limits::COLUMNS), span(tag, b"rowspan", limits::SHEET_ROWS, limits::SHEET_ROWS));
        self.cell = Some(Cell { text: String::new(), number, across, down });
    }

    fn end_cell(&mut self) -> Result<(), IntakeError> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        while self.free_from.get(self.column as usize).is_some_and(|row| *row > self.row) {
            self.column += 1;
        }
        let shown = cell.text.trim();
        let number = cell.number.filter(|number| shows(shown, *number));
        if !shown.is_empty() {
            let facts = &mut self.grid.facts;
            facts.percentages += u32::from(number.is_some() && shown.ends_with('%'));
            facts.error_cells += u32::from(FormulaError::read(shown).is_some());
            facts.merged += u32::from(cell.across > 1 || cell.down > 1);
        }
        match number {
            Some(number) => self.grid.put(self.row, self.column, &cell::number(number))?,
            None => self.grid.put(self.row, self.column, shown)?,
        }
        let end = self.column.saturating_add(cell.across).min(limits::COLUMNS);
        if cell.down > 1 {
            self.free_from.resize(self.free_from.len().max(end as usize), 0);
            for free_from in self.free_from.iter_mut().take(end as usize).skip(self.column as usize) {
                *free_from = self.row.saturating_add(cell.down);
            }
        }
        self.column = self.column.saturating_add(cell.across);
        Ok(())
    }
}

fn attribute(tag: &StartTag<()>, name: &[u8]) -> Option<String> {
    tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned())
}

/// How many places a cell takes, `none` standing for 0: across, that is one; down, all the rows of its group
/// (HTML, « rowspan »).
fn span(tag: &StartTag<()>, name: &[u8], none: u32, most: u32) -> u32 {
    match attribute(tag, name).and_then(|count| count.trim().parse().ok()) {
        Some(0) => none,
        count => count.unwrap_or(1).min(most),
    }
}

fn hidden(tag: &StartTag<()>) -> bool {
    tag.attributes.contains_key(&b"hidden"[..])
        || attribute(tag, b"style").is_some_and(|style| style.to_lowercase().replace(' ', "").contains("display:none"))
}

fn label(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(NAME_CHARS).collect()
}

/// Whether a text shows this number, rounded: a date also has a number behind it, and must stay a date.
fn shows(text: &str, number: f64) -> bool {
    if !text.is_empty() && text.chars().all(|c| c == '#') {
        return true; // too narrow a column
    }
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != '€').collect();
    let (bare, number) = bare.strip_suffix('%').map_or((bare.as_str(), number), |bare| (bare, number * 100.0));
    let bare = bare.replace(',', ".");
    let (digits, power) = bare.split_once(['E', 'e']).unwrap_or((&bare, "0"));
    let (Ok(shown), Ok(power)) = (bare.parse::<f64>(), power.parse::<i32>()) else { return false };
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    (shown - number).abs() <= 0.500_001 * 10_f64.powi(power.saturating_sub(decimals as i32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Notice;
    use proptest::prelude::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        read(text).unwrap().remove(0).grid.first_rows(20)
    }

    fn read(text: &str) -> Result<Vec<Sheet>, IntakeError> {
        super::read(text, &mut Watch::default())
    }

    #[test]
    fn cells_are_read_as_a_browser_shows_them() {
        let page = "<html><head><title>Export</title><style>td{color:red}</style></head><body><table>
            <tr><th>nom<th> pr&eacute;nom\n  usuel </th></tr>
            <TR><TD>A &amp; B<br>suite<td>&nbsp;<td><p>un</p><p>deux</p><script>if (1<2) '<td>'</script>
            <tr><td>1&nbsp;234&#8239;€</td></table>";
        assert_eq!(rows(page), [vec!["nom", "prénom usuel"], vec!["A & B\nsuite", "", "un\ndeux"], vec!["1\u{a0}234\u{202f}€"]]);
    }

    #[test]
    fn merged_cells_hold_their_value_once() {
        let page = "<table><tr><td rowspan=2>a<td colspan=2>b<td>c<tr><td>d<td>e<td>f
            <tr><td rowspan=99>g<td>h<tbody><tr><td>i<td colspan=0>j<tbody><tr><td rowspan=0>k<td>l<tr><td>m</table>";
        assert_eq!(
            rows(page),
            [vec!["a", "b", "", "c"], vec!["", "d", "e", "f"], vec!["g", "h"], vec!["i", "j"], vec!["k", "l"], vec!["", "m"]]
        );
        let sheet = read(page).unwrap().remove(0);
        assert_eq!(sheet.grid.notices().collect::<Vec<_>>(), [Notice::MergedCells(4)]);
    }

    #[test]
    fn each_table_is_a_sheet_with_its_title() {
        let page = "<h2>Les <b>marchés</b></h2><table><tr><td>a</table><table><caption>Lots<tr><td>b</table>
            <table><tr><td>menu <table><tr><td>c<td>d</table> fin</td><td></table><table></table>";
        let sheets = read(page).unwrap();
        let said: Vec<_> =
            sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.grid.first_rows(1).remove(0).join("|"))).collect();
        let expected = [("Les marchés", "a"), ("Lots", "b"), ("Tableau 3", "menu fin"), ("Tableau 4", "c|d")];
        assert_eq!(said, expected.map(|(name, cells)| (name, cells.to_owned())));
    }

    #[test]
    fn numbers_have_all_their_digits_and_dates_stay_dates() {
        let page = "<table><col><col style='display: none'>
            <tr><td x:num=\"21860194600013\">2,18602E+13<td x:num=\"1234.5678\">1 234,57<td sdval=43023>15/10/2017
            <tr style='display:none'><td x:num=\"0.123\">12 %<td x:num>12<td x:num='7' x:fmla='=A1'>###<td>#N/A</table>";
        assert_eq!(rows(page), [vec!["21860194600013", "1234.5678", "15/10/2017"], vec!["0.123", "12", "7", "#N/A"]]);
        let said: Vec<_> = read(page).unwrap().remove(0).grid.notices().collect();
        let expected =
            [Notice::HiddenRows(1), Notice::HiddenColumns(1), Notice::Percentages(1), Notice::Formulas(1), Notice::ErrorCells(1)];
        assert_eq!(said, expected);
    }

    #[test]
    fn hostile_pages_are_refused_or_cut() {
        let deep = "<table><tr><td>".repeat(100);
        assert!(matches!(read(&deep), Err(IntakeError::Damaged { .. })));
        let wide = "<table><tr><td colspan=1000>a<td>b";
        assert!(matches!(read(wide), Err(IntakeError::TooLarge { limit: Limit::Columns, .. })));
        let many = "<table><tr><td>a</table>".repeat(600);
        assert!(matches!(read(&many), Err(IntakeError::TooLarge { limit: Limit::Sheets, .. })));
        assert!(read("<table><tr><td>").unwrap().is_empty());
    }

    proptest! {
        /// Whatever the tags, however they are nested or cut, it answers.
        #[test]
        fn never_panics(parts in prop::collection::vec(prop::sample::select(vec![
            "<table>", "</table>", "<tr>", "</tr>", "<td>", "<td rowspan=3 colspan=2>", "<td colspan=4294967295 rowspan=4294967295>",
            "</td>", "<th x:num=1e400>", "<tbody>", "</tbody>", "<caption>", "</caption>", "<h1>", "</h1>", "<br>", "<p>", "<col span=9 hidden>",
            "<script>", "</script>", "<!--", "-->", "<", "&", "&nbsp;", "é", " ", "1", "%", "<title>", "<![CDATA[", "]]>",
        ]), 0..60)) {
            let _ = read(&parts.concat());
        }
    }
}
