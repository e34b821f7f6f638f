use std::{
    collections::HashSet,
    io::{BufReader, Cursor, Read},
};

use quick_xml::{
    Reader,
    events::{BytesRef, BytesStart, Event},
};
use zip::ZipArchive;

use super::{Sheet, cell, grid::Grid};
use crate::intake::{IntakeError, Limit, limits};

/// Reads every sheet of an OpenDocument spreadsheet as a stream of XML events.
///
/// Our own, because the usual reader repeats rows and columns as many times as the file says: a
/// file of one kilobyte fills the memory. Here a repetition is followed only where it holds a
/// value, and within the [`limits`].
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, IntakeError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(IntakeError::damaged)?;
    let content = archive.by_name("content.xml").map_err(IntakeError::damaged)?;
    let mut xml = Reader::from_reader(BufReader::new(content.take(limits::INFLATED_BYTES)));
    let mut state = State::default();
    let mut buffer = Vec::new();
    loop {
        match xml.read_event_into(&mut buffer).map_err(IntakeError::damaged)? {
            Event::Start(element) => state.open(&element, false)?,
            Event::Empty(element) => state.open(&element, true)?,
            Event::End(element) => state.close(element.name().as_ref())?,
            Event::Text(text) => state.text(&text),
            Event::CData(text) => state.text(&text),
            Event::GeneralRef(entity) => state.entity(&entity)?,
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    Ok(state.sheets)
}

#[derive(Default)]
struct State {
    sheets: Vec<Sheet>,
    hidden_styles: HashSet<String>,
    style: String,
    sheet: Option<Sheet>,
    row: u32,
    row_times: u32,
    row_cells: Vec<(u32, u32, String)>,
    column: u32,
    cell: Option<Cell>,
    /// Depth inside what is not the cell's text: a comment, a drawing.
    aside: u32,
    filled: u64,
}

#[derive(Default)]
struct Cell {
    kind: String,
    value: String,
    paragraphs: String,
    times: u32,
}

impl State {
    fn open(&mut self, element: &BytesStart<'_>, empty: bool) -> Result<(), IntakeError> {
        if self.aside > 0 {
            self.aside += u32::from(!empty);
            return Ok(());
        }
        match element.name().as_ref() {
            "style:style" => self.style = attribute(element, "style:name")?.unwrap_or_default(),
            "style:table-properties" if attribute(element, "table:display")?.as_deref() == Some("false") => {
                self.hidden_styles.insert(std::mem::take(&mut self.style));
            }
            "table:table" if self.sheet.is_none() => {
                if self.sheets.len() >= limits::SHEETS {
                    return Err(IntakeError::too_large(Limit::Sheets, limits::SHEETS as u64));
                }
                let name = attribute(element, "table:name")?.unwrap_or_default();
                let style = attribute(element, "table:style-name")?.unwrap_or_default();
                self.sheet = Some(Sheet { name, hidden: self.hidden_styles.contains(&style), grid: Grid::default() });
                self.row = 0;
            }
            "table:table-row" => {
                self.row_times = times(element, "table:number-rows-repeated")?;
                self.column = 0;
                if empty {
                    self.end_row()?;
                }
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let kind = attribute(element, "office:value-type")?.unwrap_or_default();
                let value = match kind.as_str() {
                    "float" | "currency" | "percentage" => attribute(element, "office:value")?,
                    "date" => attribute(element, "office:date-value")?,
                    "time" => attribute(element, "office:time-value")?,
                    "boolean" => attribute(element, "office:boolean-value")?,
                    _ => attribute(element, "office:string-value")?,
                };
                let times = times(element, "table:number-columns-repeated")?;
                self.cell = Some(Cell { kind, value: value.unwrap_or_default(), paragraphs: String::new(), times });
                if empty {
                    self.end_cell()?;
                }
            }
            "office:annotation" | "draw:frame" | "draw:custom-shape" | "table:shapes" => self.aside += u32::from(!empty),
            "text:p" => {
                if let Some(cell) = self.cell.as_mut().filter(|cell| !cell.paragraphs.is_empty()) {
                    cell.paragraphs.push('\n');
                }
            }
            "text:s" => {
                let spaces = attribute(element, "text:c")?.and_then(|n| n.parse().ok()).unwrap_or(1_usize);
                self.text(&" ".repeat(spaces.min(limits::CELL_CHARS)));
            }
            "text:tab" => self.text("\t"),
            "text:line-break" => self.text("\n"),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), IntakeError> {
        if self.aside > 0 {
            self.aside -= 1;
            return Ok(());
        }
        match name {
            "table:table-cell" | "table:covered-table-cell" => self.end_cell(),
            "table:table-row" => self.end_row(),
            "table:table" => {
                self.filled += self.sheet.as_ref().map_or(0, |sheet| sheet.grid.filled());
                self.sheets.extend(self.sheet.take());
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|_| self.aside == 0) {
            cell.paragraphs.push_str(text);
        }
    }

    fn entity(&mut self, entity: &BytesRef<'_>) -> Result<(), IntakeError> {
        let read = entity.resolve_char_ref().map_err(IntakeError::damaged)?;
        let name: &str = entity;
        let c = read.or(match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            // A document may define entities that swell without end: none is followed.
            _ => None,
        });
        match c {
            Some(c) => self.text(c.encode_utf8(&mut [0; 4])),
            None => return Err(IntakeError::damaged(format!("entity {name}"))),
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), IntakeError> {
        let Some(found) = self.cell.take() else { return Ok(()) };
        let value = match found.kind.as_str() {
            "float" | "currency" | "percentage" => found.value.parse().map(cell::number).unwrap_or(found.value),
            "date" => cell::iso_moment(&found.value),
            "time" => cell::iso_duration(&found.value),
            "boolean" => found.value,
            _ if found.value.is_empty() => found.paragraphs,
            _ => found.value,
        };
        if !value.is_empty() {
            if let Some(sheet) = &mut self.sheet {
                sheet.grid.facts.native_dates += u32::from(found.kind == "date");
                sheet.grid.facts.error_cells += u32::from(cell::is_error(&value));
            }
            self.row_cells.push((self.column, found.times, value));
        }
        self.column = self.column.saturating_add(found.times);
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), IntakeError> {
        let cells = std::mem::take(&mut self.row_cells);
        let Some(sheet) = &mut self.sheet else { return Ok(()) };
        if !cells.is_empty() {
            for row in self.row..self.row.saturating_add(self.row_times) {
                for (column, times, value) in &cells {
                    for at in 0..*times {
                        sheet.grid.put(row, column.saturating_add(at), value)?;
                    }
                }
                if self.filled + sheet.grid.filled() > limits::FILLED_CELLS {
                    return Err(IntakeError::too_large(Limit::Cells, limits::FILLED_CELLS));
                }
            }
        }
        self.row = self.row.saturating_add(self.row_times);
        Ok(())
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, IntakeError> {
    let Some(found) = element.try_get_attribute(name).map_err(IntakeError::damaged)? else { return Ok(None) };
    let value = found.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(IntakeError::damaged)?;
    Ok(Some(value.into_owned()))
}

fn times(element: &BytesStart<'_>, name: &str) -> Result<u32, IntakeError> {
    Ok(attribute(element, name)?.and_then(|n| n.parse().ok()).unwrap_or(1).max(1))
}
