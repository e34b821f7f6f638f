use std::io::{Cursor, Read};

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::{
    Sheet, cell,
    grid::Grid,
    records::{facts, records},
};
use crate::intake::{IntakeError, Limit, limits, watch::Watch};

/// Reads the old Excel format. Its reader fills the whole rectangle of every sheet as it opens the
/// file, so the rectangles are measured first, from the records themselves.
pub fn read(bytes: Vec<u8>, watch: &mut Watch<'_>) -> Result<Vec<Sheet>, IntakeError> {
    let mut compound = cfb::CompoundFile::open(Cursor::new(&bytes)).map_err(IntakeError::damaged)?;
    if compound.exists("/EncryptedPackage") {
        return Err(IntakeError::Password);
    }
    let name = ["/Workbook", "/Book"].into_iter().find(|name| compound.is_stream(name));
    let Some(name) = name else { return Err(IntakeError::NotATable { what: "Office 97-2003".to_owned() }) };
    let mut stream = Vec::new();
    let opened = compound.open_stream(name).map_err(IntakeError::damaged)?;
    opened.take(limits::WORKBOOK_BYTES as u64).read_to_end(&mut stream).map_err(IntakeError::damaged)?;
    let Some(cells) = dense_cells(&stream) else { return Err(IntakeError::damaged("records that contradict themselves")) };
    if cells > limits::DENSE_CELLS {
        return Err(IntakeError::too_large(Limit::Cells, limits::DENSE_CELLS));
    }
    let mut facts = facts(&stream).into_iter();
    drop((compound, stream));
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => IntakeError::Password,
        other => IntakeError::damaged(other),
    })?;
    let epoch_1904 = book.has_1904_epoch();
    let listed = book.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    for sheet in listed.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).take(limits::SHEETS) {
        let mut grid = Grid::default();
        grid.facts = facts.next().unwrap_or_default();
        let range = book.worksheet_range(&sheet.name).map_err(IntakeError::damaged)?;
        let (top, left) = range.start().unwrap_or_default();
        let mut last = 0;
        watch.begin();
        for (row, column, value) in range.used_cells() {
            let (row, column) = (top + row as u32, left + column as u32);
            if std::mem::replace(&mut last, row) < row {
                grid.told_to(watch);
            }
            match value {
                Data::Empty => {}
                Data::Int(n) => grid.put(row, column, &n.to_string())?,
                Data::Float(n) => grid.put(row, column, &cell::number(*n))?,
                Data::String(text) => grid.put(row, column, text)?,
                Data::Bool(b) => grid.put(row, column, cell::boolean(*b))?,
                Data::DateTime(date) if date.is_duration() => grid.put(row, column, &cell::elapsed(date.as_f64()))?,
                Data::DateTime(date) => {
                    grid.facts.native_dates += 1;
                    grid.put(row, column, &cell::moment(date.as_f64(), epoch_1904))?;
                }
                Data::DateTimeIso(text) => grid.put(row, column, &cell::iso_moment(text))?,
                Data::DurationIso(text) => grid.put(row, column, &cell::iso_duration(text))?,
                Data::Error(error) => {
                    grid.facts.error_cells += 1;
                    grid.put(row, column, &error.to_string())?;
                }
            }
        }
        let merged = book.merge_cells_by_sheet_name(&sheet.name).map_err(IntakeError::damaged)?;
        grid.facts.merged = merged.iter().filter(|cells| grid.has(cells.start.0, cells.start.1)).count() as u32;
        sheets.push(Sheet { hidden: sheet.visible != SheetVisible::Visible, name: sheet.name, grid });
    }
    Ok(sheets)
}

/// The cells of all the rectangles that the reader would fill: those of each sheet's own cells, and
/// those that its DIMENSIONS record claims ([MS-XLS] 2.4.90). `None` where a record contradicts itself or
/// points outside the stream: the reader trusts them, and would go wrong or ask for all the memory there is.
fn dense_cells(stream: &[u8]) -> Option<u64> {
    let mut total = 0_u64;
    let (mut rows, mut columns) = (0_u64, 0_u64);
    for (_, record) in records(stream) {
        let (length, word, long) = (record.data.len(), |at| u64::from(record.word(at)), |at| u64::from(record.long(at)));
        match record.kind {
            // Beginning of a substream: the former sheet is complete.
            0x0809 => {
                total = total.saturating_add(rows * columns);
                (rows, columns) = (0, 0);
            }
            // The last row and column are those after the last; older files write rows on two bytes.
            0x0200 => {
                let (first, last, left, right) = match length {
                    14.. => (long(0), long(4), word(8), word(10)),
                    10..14 => (word(0), word(2), word(4), word(6)),
                    _ => return None,
                };
                if first > last || left > right || right > 256 {
                    return None;
                }
                total = total.max((last - first).saturating_mul(right - left));
            }
            // The list of sheets: where each of them starts.
            0x0085 if long(0) >= stream.len() as u64 => return None,
            // Several cells of one row: the last column stands at the end.
            0x00bd | 0x00be if length < 6 || word(length - 2) < word(2) => return None,
            // Cells: row, then column, in their first four bytes. A formula keeps a second rectangle.
            0x0203..=0x0205 | 0x027e | 0x00fd | 0x00d6 | 0x0006 | 0x00bd if length >= 4 => {
                rows = rows.max(word(0) + 1);
                columns = columns.max(word(2) + 1 + if record.kind == 0x00bd { (length / 6) as u64 } else { 0 });
            }
            _ => {}
        }
    }
    Some(total.saturating_add(rows * columns))
}
