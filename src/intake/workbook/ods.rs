use std::{borrow::Cow, collections::HashSet, io::Read};

use quick_xml::events::{BytesStart, Event};

use super::{
    Sheet, cell,
    grid::Grid,
    package::Package,
    plain,
    xml::{self, Hearer},
};
use crate::{
    intake::{IntakeError, Limit, limits, watch::Watch},
    text::FormulaError,
};

/// Reads every sheet of an OpenDocument spreadsheet.
pub fn read(mut package: Package<'_>, watch: &mut Watch<'_>) -> Result<Vec<Sheet>, IntakeError> {
    let content = package.part("content.xml")?.ok_or_else(|| IntakeError::damaged("no content"))?;
    read_content(content, watch)
}

/// Reads every sheet of a document's content, or of a document that is one XML file, as a stream of XML events.
///
/// Our own, because the usual reader repeats rows and columns as many times as the file says: a
/// file of one kilobyte fills the memory. Here a repetition is followed only where it holds a
/// value, and within the [`limits`].
pub fn read_content(content: impl Read, watch: &mut Watch<'_>) -> Result<Vec<Sheet>, IntakeError> {
    let mut document = Document { state: State::default(), watch };
    xml::walk_to(content, &mut document)?;
    Ok(document.state.sheets)
}

struct Document<'a, 'w> {
    state: State,
    watch: &'a mut Watch<'w>,
}

impl Hearer for Document<'_, '_> {
    fn hear(&mut self, event: &Event<'_>) -> Result<(), IntakeError> {
        match event {
            Event::Start(element) => self.state.open(element, false),
            Event::Empty(element) => self.state.open(element, true),
            Event::End(element) => self.state.close(element.name().as_ref(), self.watch),
            other => self.state.said(other),
        }
    }

    fn skim(&mut self, rest: &str) -> Result<usize, IntakeError> {
        let mut after = rest;
        while self.state.awaits_cell()
            && let Some((plain, rest)) = PlainCell::read(after)
        {
            self.state.put(plain.cell, plain.value, plain.paragraph)?;
            after = rest;
        }
        Ok(rest.len() - after.len())
    }
}

#[derive(Default)]
struct State {
    sheets: Vec<Sheet>,
    hidden_styles: HashSet<String>,
    style: String,
    sheet: Option<Sheet>,
    row: u32,
    row_times: u32,
    /// The cells of the row that hold something: the column of each, how many times it stands, where its text ends.
    row_cells: Vec<(u32, u32, usize)>,
    /// Their texts, end to end.
    row_text: String,
    column: u32,
    /// Columns declared so far, which may be hidden.
    declared: u32,
    cell: Option<Cell>,
    /// The value of the cell, and its text: of all cells in turn, for there are millions.
    value: String,
    paragraphs: String,
    /// Whether it is in a paragraph: what stands between them only lays the file out.
    in_paragraph: bool,
    /// Depth inside what is not the cell's text: a comment, a drawing.
    aside: u32,
    filled: u64,
}

/// A cell as far as it is read.
#[derive(Clone, Copy)]
struct Cell {
    kind: Kind,
    times: u32,
    error: bool,
    formula: bool,
    merged: bool,
}

/// The kind of a cell's value.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// It has none of its own.
    None,
    Text,
    Number,
    Percentage,
    Date,
    Time,
    Boolean,
}

impl Cell {
    fn new() -> Cell {
        Cell { kind: Kind::None, times: 1, error: false, formula: false, merged: false }
    }

    /// Notes what an attribute of its element says. Returns the cell's value, where that is it.
    fn note<'v>(&mut self, name: &str, said: &'v str) -> Option<&'v str> {
        match name {
            "office:value-type" => {
                self.kind = match said {
                    "float" | "currency" => Kind::Number,
                    "percentage" => Kind::Percentage,
                    "date" => Kind::Date,
                    "time" => Kind::Time,
                    "boolean" => Kind::Boolean,
                    "" => Kind::None,
                    _ => Kind::Text,
                }
            }
            "office:value" | "office:date-value" | "office:time-value" | "office:boolean-value" | "office:string-value" => {
                return Some(said);
            }
            "table:number-columns-repeated" => self.times = said.parse().unwrap_or(1).max(1),
            "table:number-columns-spanned" | "table:number-rows-spanned" => {
                self.merged |= said.parse().is_ok_and(|span: u32| span > 1);
            }
            "calcext:value-type" => self.error = said == "error",
            "table:formula" => self.formula = true,
            _ => {}
        }
        None
    }
}

/// A cell as nearly all are written: `<table:table-cell office:value-type="string"><text:p>été</text:p></table:table-cell>`.
struct PlainCell<'a> {
    cell: Cell,
    value: &'a str,
    paragraph: &'a str,
}

impl<'a> PlainCell<'a> {
    /// Reads the cell that a sheet goes on with, and tells what comes after it; `None` where it is written otherwise.
    fn read(rest: &'a str) -> Option<(PlainCell<'a>, &'a str)> {
        let mut plain = PlainCell { cell: Cell::new(), value: "", paragraph: "" };
        let (ends, mut rest) = plain::open(rest, "<table:table-cell", |name, said| {
            if let Some(value) = plain.cell.note(name, said) {
                plain.value = value;
            }
        })?;
        if ends {
            return Some((plain, rest));
        }
        (plain.paragraph, rest) = plain::text(rest, "<text:p>", "</text:p>")?;
        Some((plain, rest.strip_prefix("</table:table-cell>")?))
    }
}

impl State {
    /// Whether a cell may begin.
    fn awaits_cell(&self) -> bool {
        self.cell.is_none() && self.aside == 0
    }

    fn open(&mut self, element: &BytesStart<'_>, empty: bool) -> Result<(), IntakeError> {
        if self.aside > 0 {
            self.aside += u32::from(!empty);
            return Ok(());
        }
        match element.name().as_ref() {
            "style:style" => self.style = xml::attribute(element, "style:name")?.unwrap_or_default(),
            "style:table-properties" if xml::attribute(element, "table:display")?.as_deref() == Some("false") => {
                self.hidden_styles.insert(std::mem::take(&mut self.style));
            }
            "table:table" if self.sheet.is_none() => {
                if self.sheets.len() >= limits::SHEETS {
                    return Err(IntakeError::too_large(Limit::Sheets, limits::SHEETS as u64));
                }
                let name = xml::attribute(element, "table:name")?.unwrap_or_default();
                let style = xml::attribute(element, "table:style-name")?.unwrap_or_default();
                self.sheet = Some(Sheet { name, hidden: self.hidden_styles.contains(&style), grid: Grid::default() });
                (self.row, self.declared) = (0, 0);
            }
            "table:table-column" => {
                let count = times(element, "table:number-columns-repeated")?;
                if hidden(element)?
                    && let Some(sheet) = &mut self.sheet
                {
                    sheet.grid.facts.hidden_columns.add(self.declared, count);
                }
                self.declared = self.declared.saturating_add(count);
            }
            "table:table-row" => {
                self.row_times = times(element, "table:number-rows-repeated")?;
                self.column = 0;
                if hidden(element)?
                    && let Some(sheet) = &mut self.sheet
                {
                    sheet.grid.facts.hidden_rows.add(self.row, self.row_times);
                }
                if empty {
                    self.end_row()?;
                }
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.begin_cell(element)?;
                if empty {
                    self.end_cell()?;
                }
            }
            "office:annotation" | "table:shapes" | "table:tracked-changes" | "table:dde-link" => self.aside += u32::from(!empty),
            name if name.starts_with("draw:") || name.starts_with("svg:") => self.aside += u32::from(!empty),
            "text:p" | "text:h" if self.cell.is_some() => {
                self.in_paragraph = !empty;
                if !self.paragraphs.is_empty() {
                    self.paragraphs.push('\n');
                }
            }
            "text:s" => {
                let spaces = xml::count(element, "text:c")?.unwrap_or(1) as usize;
                self.text(&" ".repeat(spaces.min(limits::CELL_CHARS)));
            }
            "text:tab" => self.text("\t"),
            "text:line-break" => self.text("\n"),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str, watch: &mut Watch<'_>) -> Result<(), IntakeError> {
        if self.aside > 0 {
            self.aside -= 1;
            return Ok(());
        }
        match name {
            "text:p" | "text:h" => {
                self.in_paragraph = false;
                Ok(())
            }
            "table:table-cell" | "table:covered-table-cell" => self.end_cell(),
            "table:table-row" => {
                self.end_row()?;
                if let Some(sheet) = &self.sheet {
                    sheet.grid.told_to(watch);
                }
                Ok(())
            }
            "table:table" => {
                watch.begin();
                self.filled += self.sheet.as_ref().map_or(0, |sheet| sheet.grid.filled());
                self.sheets.extend(self.sheet.take());
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_paragraph && self.aside == 0 {
            self.paragraphs.push_str(text);
        }
    }

    fn said(&mut self, event: &Event<'_>) -> Result<(), IntakeError> {
        if self.in_paragraph && self.aside == 0 { xml::append(&mut self.paragraphs, event) } else { Ok(()) }
    }

    fn begin_cell(&mut self, element: &BytesStart<'_>) -> Result<(), IntakeError> {
        let mut cell = Cell::new();
        self.in_paragraph = false;
        self.value.clear();
        self.paragraphs.clear();
        for attribute in xml::attributes(element) {
            let attribute = attribute?;
            if let Some(value) = cell.note(attribute.key.as_ref(), &xml::value(&attribute)?) {
                self.value.clear();
                self.value.push_str(value);
            }
        }
        self.cell = Some(cell);
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), IntakeError> {
        let Some(found) = self.cell.take() else { return Ok(()) };
        let (value, paragraphs) = (std::mem::take(&mut self.value), std::mem::take(&mut self.paragraphs));
        let put = self.put(found, &value, &paragraphs);
        (self.value, self.paragraphs) = (value, paragraphs);
        put
    }

    /// Puts the cell that the row has come to.
    fn put(&mut self, found: Cell, value: &str, paragraphs: &str) -> Result<(), IntakeError> {
        let code = (found.kind == Kind::Number).then(|| cell::code(paragraphs, value)).flatten();
        let padded = code.is_some();
        let value: Cow<'_, str> = match found.kind {
            Kind::Number if padded => code.unwrap_or_default().into(),
            Kind::Number | Kind::Percentage if !cell::is_number(value) => {
                value.parse().map_or(value.into(), |number| cell::number(number).into())
            }
            Kind::Date => cell::iso_moment(value).into(),
            Kind::Time => cell::iso_duration(value).into(),
            Kind::None | Kind::Text if value.is_empty() => paragraphs.into(),
            _ => value.into(),
        };
        let filled = !value.is_empty();
        if let Some(sheet) = &mut self.sheet {
            let facts = &mut sheet.grid.facts;
            for (count, so) in [
                (&mut facts.native_dates, found.kind == Kind::Date),
                (&mut facts.percentages, found.kind == Kind::Percentage),
                (&mut facts.padded, padded),
                (&mut facts.error_cells, filled && (found.error || FormulaError::read(&value).is_some())),
                (&mut facts.merged, filled && found.merged),
                (&mut facts.formulas, found.formula && (filled || found.kind != Kind::None)),
                (&mut facts.uncomputed, found.formula && !filled && found.kind == Kind::None),
            ] {
                if so {
                    *count = count.saturating_add(found.times.saturating_mul(self.row_times));
                }
            }
        }
        if filled {
            self.row_text.push_str(&value);
            self.row_cells.push((self.column, found.times, self.row_text.len()));
        }
        self.column = self.column.saturating_add(found.times);
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), IntakeError> {
        if let Some(sheet) = self.sheet.as_mut().filter(|_| !self.row_cells.is_empty()) {
            for row in self.row..self.row.saturating_add(self.row_times) {
                let mut start = 0;
                for (column, times, end) in &self.row_cells {
                    let value = self.row_text.get(start..*end).unwrap_or_default();
                    for at in 0..*times {
                        sheet.grid.put(row, column.saturating_add(at), value)?;
                    }
                    start = *end;
                }
                if self.filled + sheet.grid.filled() > limits::FILLED_CELLS {
                    return Err(IntakeError::too_large(Limit::Cells, limits::FILLED_CELLS));
                }
            }
        }
        self.row_cells.clear();
        self.row_text.clear();
        self.row = self.row.saturating_add(self.row_times);
        Ok(())
    }
}

fn times(element: &BytesStart<'_>, name: &str) -> Result<u32, IntakeError> {
    Ok(xml::count(element, name)?.unwrap_or(1).max(1))
}

fn hidden(element: &BytesStart<'_>) -> Result<bool, IntakeError> {
    let visibility = xml::attribute(element, "table:visibility")?;
    Ok(matches!(visibility.as_deref(), Some("collapse" | "filter")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Notice;

    #[test]
    fn what_the_sheet_hides_is_counted() {
        let sheets = read_content(
            &b"<office:document><office:body><office:spreadsheet><table:tracked-changes><table:table-cell><text:p>old</text:p></table:table-cell>
            </table:tracked-changes><table:table table:name='A'><table:table-column/><table:table-column table:visibility='collapse'/>
            <table:table-row><table:table-cell office:value-type='percentage' office:value='0.12'><text:p>12 %</text:p></table:table-cell>
            <table:table-cell table:number-columns-spanned='2'><text:p>fusion</text:p><draw:rect><text:p>dessin</text:p></draw:rect></table:table-cell><table:covered-table-cell/>
            <table:table-cell table:formula='of:=1' office:value-type='float' office:value='1'/><table:table-cell table:formula='of:=1'/>
            </table:table-row><table:table-row table:visibility='filter' table:number-rows-repeated='2'>
            <table:table-cell office:value-type='date' office:date-value='2017-10-15'/>
            <table:table-cell office:value-type='string' office:string-value='' calcext:value-type='error'><text:p>Err:502</text:p></table:table-cell>
            </table:table-row><table:table-row table:visibility='collapse' table:number-rows-repeated='1048000'/></table:table>
            </office:spreadsheet></office:body></office:document>"[..],
            &mut Watch::default(),
        );
        let grid = &sheets.unwrap()[0].grid;
        let row = vec!["2017-10-15", "Err:502"];
        assert_eq!(grid.first_rows(9), [vec!["0.12", "fusion", "", "1"], row.clone(), row]);
        let said: Vec<_> = grid.notices().collect();
        let expected = [
            Notice::HiddenRows(2),
            Notice::HiddenColumns(1),
            Notice::MergedCells(1),
            Notice::NativeDates(2),
            Notice::Percentages(1),
            Notice::Formulas(1),
            Notice::UncomputedFormulas(1),
            Notice::ErrorCells(2),
        ];
        assert_eq!(said, expected);
    }
}
