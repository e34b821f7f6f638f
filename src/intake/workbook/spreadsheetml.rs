use std::{collections::HashMap, io::Read};

use quick_xml::events::{BytesStart, Event};

use super::{Sheet, cell, format::Format, grid::Grid, xml};
use crate::intake::{IntakeError, Limit, limits, watch::Watch};

/// Reads every sheet of a workbook that Excel 2002 and 2003 wrote as one XML file, and that portals still write.
pub fn read(text: impl Read, watch: &mut Watch<'_>) -> Result<Vec<Sheet>, IntakeError> {
    let mut state = State::default();
    xml::walk(text, |event| match event {
        Event::Start(element) => state.open(element, false),
        Event::Empty(element) => state.open(element, true),
        Event::End(element) => state.close(element.local_name().as_ref(), watch),
        other => match &mut state.reading {
            Some(text) => xml::append(text, other),
            None => Ok(()),
        },
    })?;
    Ok(state.sheets)
}

#[derive(Default)]
struct State {
    sheets: Vec<Sheet>,
    filled: u64,
    formats: HashMap<String, Format>,
    style: String,
    sheet: Option<Sheet>,
    /// Columns declared so far, which may be hidden.
    declared: u32,
    row: u32,
    /// Rows that the one being read stands for.
    rows: u32,
    column: u32,
    cell: Option<Cell>,
    /// The text being read: a value, or whether a sheet is visible.
    reading: Option<String>,
    commented: bool,
}

/// A cell as far as it is read.
#[derive(Default)]
struct Cell {
    style: String,
    across: u32,
    merged: bool,
    formula: bool,
    kind: String,
    value: String,
}

impl State {
    fn open(&mut self, element: &BytesStart<'_>, empty: bool) -> Result<(), IntakeError> {
        match element.local_name().as_ref() {
            "Style" => self.style = xml::attribute(element, "ID")?.unwrap_or_default(),
            "NumberFormat" => {
                let format = named(&xml::attribute(element, "Format")?.unwrap_or_default());
                self.formats.insert(self.style.clone(), format);
            }
            "Worksheet" => {
                if self.sheets.len() >= limits::SHEETS {
                    return Err(IntakeError::too_large(Limit::Sheets, limits::SHEETS as u64));
                }
                let name = xml::attribute(element, "Name")?.unwrap_or_default();
                self.sheet = Some(Sheet { name, hidden: false, grid: Grid::default() });
                (self.row, self.declared) = (0, 0);
            }
            "Visible" if !empty => self.reading = Some(String::new()),
            "Column" => {
                let first = place(element, self.declared)?;
                let count = xml::count(element, "Span")?.unwrap_or_default().saturating_add(1);
                if xml::flag(element, "Hidden")?
                    && let Some(sheet) = &mut self.sheet
                {
                    sheet.grid.facts.hidden_columns.add(first, count);
                }
                self.declared = first.saturating_add(count);
            }
            "Row" => {
                self.row = place(element, self.row)?;
                self.rows = xml::count(element, "Span")?.unwrap_or_default().saturating_add(1);
                self.column = 0;
                if xml::flag(element, "Hidden")?
                    && let Some(sheet) = &mut self.sheet
                {
                    sheet.grid.facts.hidden_rows.add(self.row, self.rows);
                }
                if empty {
                    self.row = self.row.saturating_add(self.rows);
                }
            }
            "Cell" => {
                self.column = place(element, self.column)?;
                let across = xml::count(element, "MergeAcross")?.unwrap_or_default();
                self.cell = Some(Cell {
                    style: xml::attribute(element, "StyleID")?.unwrap_or_default(),
                    across,
                    merged: across > 0 || xml::count(element, "MergeDown")?.is_some_and(|down| down > 0),
                    formula: xml::attribute(element, "Formula")?.is_some(),
                    ..Cell::default()
                });
                if empty {
                    self.end_cell()?;
                }
            }
            "Comment" => self.commented = !empty,
            "Data" if !self.commented && !empty => {
                if let Some(cell) = &mut self.cell {
                    cell.kind = xml::attribute(element, "Type")?.unwrap_or_default();
                    self.reading = Some(String::new());
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str, watch: &mut Watch<'_>) -> Result<(), IntakeError> {
        match name {
            "Comment" => self.commented = false,
            "Data" => {
                if let (Some(cell), Some(value)) = (&mut self.cell, self.reading.take()) {
                    cell.value = value;
                }
            }
            "Visible" => {
                if let (Some(sheet), Some(visible)) = (&mut self.sheet, self.reading.take()) {
                    sheet.hidden = visible.contains("Hidden");
                }
            }
            "Cell" => self.end_cell()?,
            "Row" => {
                self.row = self.row.saturating_add(self.rows);
                if let Some(sheet) = &self.sheet {
                    sheet.grid.told_to(watch);
                }
            }
            "Worksheet" => {
                watch.begin();
                self.filled += self.sheet.as_ref().map_or(0, |sheet| sheet.grid.filled());
                self.sheets.extend(self.sheet.take());
            }
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), IntakeError> {
        let (Some(found), Some(sheet)) = (self.cell.take(), &mut self.sheet) else { return Ok(()) };
        let (row, column, value, grid) = (self.row, self.column, found.value.as_str(), &mut sheet.grid);
        self.column = column.saturating_add(found.across).saturating_add(1);
        let filled = !value.is_empty();
        grid.facts.merged += u32::from(filled && found.merged);
        grid.facts.formulas += u32::from(found.formula && (filled || found.kind == "String"));
        grid.facts.uncomputed += u32::from(found.formula && !filled && found.kind != "String");
        match (found.kind.as_str(), value.trim().parse()) {
            ("Number", Ok(number)) => {
                let format = self.formats.get(&found.style).unwrap_or(&Format::Plain);
                format.put(grid, row, column, number, false)?;
            }
            ("DateTime", _) => {
                grid.facts.native_dates += u32::from(filled);
                // The day before the first one stands for none.
                match value.strip_prefix("1899-12-31T") {
                    Some(time) => grid.put(row, column, time.split('.').next().unwrap_or_default())?,
                    None => grid.put(row, column, &cell::iso_moment(value))?,
                }
            }
            ("Boolean", _) if filled => grid.put(row, column, cell::truth(value))?,
            (kind, _) => {
                grid.facts.error_cells += u32::from(filled && kind == "Error");
                grid.put(row, column, value)?;
            }
        }
        if self.filled + grid.filled() > limits::FILLED_CELLS {
            return Err(IntakeError::too_large(Limit::Cells, limits::FILLED_CELLS));
        }
        Ok(())
    }
}

/// The place of a row, a column or a cell, from 0: the one that it says, which is never before the next one.
fn place(element: &BytesStart<'_>, next: u32) -> Result<u32, IntakeError> {
    Ok(xml::count(element, "Index")?.map_or(next, |index| index.saturating_sub(1).max(next)))
}

/// A format by its name, or by its code.
fn named(name: &str) -> Format {
    match name {
        "Percent" => Format::Percent,
        "General Number" | "Currency" | "Euro Currency" | "Fixed" | "Scientific" | "Yes/No" | "True/False" | "On/Off" => {
            Format::Plain
        }
        code => Format::of(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Notice;
    use proptest::prelude::*;

    const BOOK: &str = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><?mso-application progid=\"Excel.Sheet\"?>
        <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">
        <Styles><Style ss:ID=\"p\"><NumberFormat ss:Format=\"Percent\"/></Style><Style ss:ID=\"f\"><NumberFormat ss:Format=\"Fixed\"/></Style></Styles>
        <Worksheet ss:Name=\"Données\"><Table><Column ss:Index=\"2\" ss:Hidden=\"1\"/>
        <Row><Cell ss:MergeAcross=\"1\"><Data ss:Type=\"String\">été &amp; <B>gras</B></Data><Comment><ss:Data>note</ss:Data></Comment></Cell>
        <Cell><Data ss:Type=\"Number\">21860194600013</Data></Cell></Row>
        <Row ss:Index=\"3\" ss:Hidden=\"1\"><Cell ss:Index=\"2\" ss:StyleID=\"p\"><Data ss:Type=\"Number\">0.12</Data></Cell>
        <Cell ss:StyleID=\"f\" ss:Formula=\"=1\"><Data ss:Type=\"Number\">1.5</Data></Cell><Cell ss:Formula=\"=1\"/>
        <Cell><Data ss:Type=\"DateTime\">2017-10-15T00:00:00.000</Data></Cell><Cell><Data ss:Type=\"DateTime\">1899-12-31T08:30:00.000</Data></Cell>
        <Cell><Data ss:Type=\"DateTime\">1899-12-31T00:00:00.000</Data></Cell>
        <Cell><Data ss:Type=\"Boolean\">1</Data></Cell><Cell><Data ss:Type=\"Error\">#N/A</Data></Cell></Row></Table></Worksheet>
        <Worksheet ss:Name=\"Vide\"><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>";

    #[test]
    fn every_kind_of_cell_is_read() {
        let sheets = read(BOOK.as_bytes(), &mut Watch::default()).unwrap();
        let said: Vec<_> = sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect();
        assert_eq!(said, [("Données", false), ("Vide", true)]);
        let grid = &sheets[0].grid;
        let third = vec!["", "0.12", "1.5", "", "2017-10-15", "08:30:00", "00:00:00", "true", "#N/A"];
        assert_eq!(grid.first_rows(9), [vec!["été & gras", "", "21860194600013"], vec![], third]);
        let said: Vec<_> = grid.notices().collect();
        let expected = [
            Notice::HiddenRows(1),
            Notice::HiddenColumns(1),
            Notice::MergedCells(1),
            Notice::NativeDates(3),
            Notice::Percentages(1),
            Notice::Formulas(1),
            Notice::UncomputedFormulas(1),
            Notice::ErrorCells(1),
        ];
        assert_eq!(said, expected);
    }

    proptest! {
        /// Cut anywhere, it is refused; changed anywhere, it answers.
        #[test]
        fn never_panics(cut in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), with in "[<>/\"&=0-9é ]{1,3}") {
            let place = |index: prop::sample::Index| (0..=index.index(BOOK.len())).rev().find(|at| BOOK.is_char_boundary(*at)).unwrap();
            let (head, tail) = BOOK.split_at(place(at));
            let _ = read(format!("{head}{with}{tail}").as_bytes(), &mut Watch::default());
            let _ = read(&BOOK.as_bytes()[..place(cut)], &mut Watch::default());
        }
    }
}
