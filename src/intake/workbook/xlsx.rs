use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::{Sheet, cell, grid::Grid};
use crate::intake::{IntakeError, Limit, limits};

/// Reads every sheet cell by cell. The reader's own dense range is never asked for: it allocates
/// the whole rectangle, which two far cells make immense.
pub fn read(bytes: Vec<u8>) -> Result<Vec<Sheet>, IntakeError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(fault)?;
    let epoch_1904 = book.has_1904_epoch();
    let listed = book.sheets_metadata().to_vec();
    if listed.len() > limits::SHEETS {
        return Err(IntakeError::too_large(Limit::Sheets, limits::SHEETS as u64));
    }
    let mut sheets = Vec::new();
    let mut filled = 0;
    for sheet in listed.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let mut grid = Grid::default();
        let mut cells = book.worksheet_cells_reader(&sheet.name).map_err(fault)?;
        while let Some(found) = cells.next_cell().map_err(fault)? {
            let (row, column) = found.get_position();
            match found.get_value() {
                DataRef::Empty => {}
                DataRef::Int(n) => grid.put(row, column, &n.to_string())?,
                DataRef::Float(n) => grid.put(row, column, &cell::number(*n))?,
                DataRef::String(text) => grid.put(row, column, text)?,
                DataRef::SharedString(text) => grid.put(row, column, text)?,
                DataRef::Bool(b) => grid.put(row, column, cell::boolean(*b))?,
                DataRef::DateTime(date) if date.is_duration() => grid.put(row, column, &cell::elapsed(date.as_f64()))?,
                DataRef::DateTime(date) => {
                    grid.facts.native_dates += 1;
                    grid.put(row, column, &cell::moment(date.as_f64(), epoch_1904))?;
                }
                DataRef::DateTimeIso(text) => {
                    grid.facts.native_dates += 1;
                    grid.put(row, column, &cell::iso_moment(text))?;
                }
                DataRef::DurationIso(text) => grid.put(row, column, &cell::iso_duration(text))?,
                DataRef::Error(error) => {
                    grid.facts.error_cells += 1;
                    grid.put(row, column, &error.to_string())?;
                }
            }
            if filled + grid.filled() > limits::FILLED_CELLS {
                return Err(IntakeError::too_large(Limit::Cells, limits::FILLED_CELLS));
            }
        }
        filled += grid.filled();
        sheets.push(Sheet { hidden: sheet.visible != SheetVisible::Visible, name: sheet.name, grid });
    }
    Ok(sheets)
}

fn fault(error: XlsxError) -> IntakeError {
    match error {
        XlsxError::Password => IntakeError::Password,
        other => IntakeError::damaged(other),
    }
}
