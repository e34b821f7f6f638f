use std::{
    io::{Cursor, Read, Write},
    rc::Rc,
};

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::{
    Sheet, cell,
    format::Format,
    grid::Grid,
    records::{Told, records, told},
};
use crate::intake::{IntakeError, Limit, limits, watch::Watch};

/// Reads the old Excel format. Its reader fills the whole rectangle of every sheet as it opens the
/// file, so the rectangles are measured first, from the records themselves.
pub fn read(bytes: Vec<u8>, watch: &mut Watch<'_>) -> Result<Vec<Sheet>, IntakeError> {
    let mut compound = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(IntakeError::damaged)?;
    if compound.exists("/EncryptedPackage") {
        return Err(IntakeError::Password);
    }
    let name = ["/Workbook", "/Book"].into_iter().find(|name| compound.is_stream(name));
    let Some(name) = name else { return Err(IntakeError::NotATable { what: "Office 97-2003".to_owned() }) };
    let mut stream = Vec::new();
    let opened = compound.open_stream(name).map_err(IntakeError::damaged)?;
    opened.take(limits::WORKBOOK_BYTES as u64).read_to_end(&mut stream).map_err(IntakeError::damaged)?;
    let (cells, mended) = survey(&stream)?;
    if cells > limits::DENSE_CELLS {
        return Err(IntakeError::too_large(Limit::Cells, limits::DENSE_CELLS));
    }
    for (at, bytes) in mended {
        if let Some(place) = stream.get_mut(at..at + bytes.len()) {
            place.copy_from_slice(&bytes);
        }
    }
    // At once: each write apart would follow the sectors of the file from the first.
    let mut open = compound.open_stream(name).map_err(IntakeError::damaged)?;
    open.write_all(&stream).and_then(|()| open.flush()).map_err(IntakeError::damaged)?;
    drop(open);
    let mut told = told(&stream).into_iter();
    drop(stream);
    let bytes = compound.into_inner().into_inner();
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => IntakeError::Password,
        other => IntakeError::damaged(other),
    })?;
    let epoch_1904 = book.has_1904_epoch();
    let listed = book.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    for sheet in listed.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).take(limits::SHEETS) {
        let mut grid = Grid::default();
        let Told { facts, padded } = told.next().unwrap_or_default();
        grid.facts = facts;
        let range = book.worksheet_range(&sheet.name).map_err(IntakeError::damaged)?;
        let (top, left) = range.start().unwrap_or_default();
        let mut last = 0;
        watch.begin();
        for (row, column, value) in range.used_cells() {
            let (row, column) = (top + row as u32, left + column as u32);
            if std::mem::replace(&mut last, row) < row {
                grid.told_to(watch);
            }
            let format = || padded.get(&(row, column)).map_or(&Format::Plain, Rc::as_ref);
            match value {
                Data::Empty => {}
                Data::Int(n) => format().put(&mut grid, row, column, *n as f64, epoch_1904)?,
                Data::Float(n) => format().put(&mut grid, row, column, *n, epoch_1904)?,
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

/// A kind of records that means nothing.
const NOTHING: [u8; 2] = [0xff, 0xff];

/// What is to be written over in a stream: two bytes at each place.
type Mended = Vec<(usize, [u8; 2])>;

/// The cells of all the rectangles that the reader would fill, and what is to be written over in the stream: records that it
/// trusts, that it may go wrong on, and that nothing is taken from (names, the tokens of formulas, the sizes of sheets).
///
/// # Errors
/// Where a record that is needed contradicts itself or points outside the stream; where the workbook is protected.
fn survey(stream: &[u8]) -> Result<(u64, Mended), IntakeError> {
    let mut total = 0_u64;
    let (mut rows, mut columns) = (0_u64, 0_u64);
    let mut mended = Vec::new();
    let mut texts: Vec<&[u8]> = Vec::new();
    for (at, record) in records(stream) {
        // The list of texts goes on in the records that follow it.
        match (record.kind, texts.is_empty()) {
            (0x00fc, _) => texts = vec![record.data.get(8..).unwrap_or_default()],
            (0x003c, false) => texts.push(record.data),
            (_, true) => {}
            _ if !are_whole(&std::mem::take(&mut texts)) => return Err(IntakeError::damaged(CONTRADICTION)),
            _ => {}
        }
        let (length, word) = (record.data.len(), |at| u64::from(record.word(at)));
        let contradicts = match record.kind {
            // The start of a part, a style, the list of texts, a formula: what is always there.
            0x0809 | 0x00e0 => length < 4,
            0x00fc => length < 8,
            0x0006 => length < 22,
            // The list of sheets: where each of them starts, what it is, its name.
            0x0085 => length < 8 || record.long(0) as usize >= stream.len(),
            // Several cells of one row: the last column stands at the end.
            0x00bd | 0x00be => length < 6 || word(length - 2) < word(2),
            _ => false,
        };
        if contradicts {
            return Err(IntakeError::damaged(CONTRADICTION));
        }
        match record.kind {
            0x002f if word(0) != 0 => return Err(IntakeError::Password),
            // Beginning of a substream: the former sheet is complete.
            0x0809 => {
                total = total.saturating_add(rows * columns);
                (rows, columns) = (0, 0);
            }
            // DIMENSIONS, a name, sheets of other workbooks; merged cells that say more than they hold.
            0x0200 | 0x0018 | 0x0017 => mended.push((at, NOTHING)),
            0x00e5 if (length as u64) < 2 + 8 * word(0) => mended.push((at, NOTHING)),
            // A protection that is none, the code page, the epoch: two bytes each. A format: two, and a text.
            0x002f | 0x0042 | 0x0022 if length < 2 => mended.push((at, NOTHING)),
            0x041e if length < 5 => mended.push((at, NOTHING)),
            // Cells: row, then column, in their first four bytes. A formula keeps a second rectangle.
            0x0203..=0x0205 | 0x027e | 0x00fd | 0x00d6 | 0x0006 | 0x00bd if length >= 4 => {
                rows = rows.max(word(0) + 1);
                columns = columns.max(word(2) + 1 + if record.kind == 0x00bd { (length / 6) as u64 } else { 0 });
                if record.kind == 0x0006 {
                    // The length of its tokens, after the head of the record and 20 bytes.
                    mended.push((at + 24, [0, 0]));
                }
            }
            _ => {}
        }
    }
    if !are_whole(&texts) {
        return Err(IntakeError::damaged(CONTRADICTION));
    }
    Ok((total.saturating_add(rows * columns), mended))
}

/// Whether the heads of all the texts of a list are there ([MS-XLS] 2.5.293), in the pieces that it is cut into. A text that
/// lacks its end is left to the reader, which refuses it.
fn are_whole(pieces: &[&[u8]]) -> bool {
    let mut pieces = pieces.iter().copied();
    let mut rest = pieces.next().unwrap_or_default();
    loop {
        if rest.is_empty() {
            let Some(next) = pieces.next() else { return true };
            rest = next;
            continue;
        }
        let Some((&[low, high, flags], after)) = rest.split_first_chunk() else { return true };
        rest = after;
        let (mut letters, mut wide) = (usize::from(u16::from_le_bytes([low, high])), flags & 1 != 0);
        let mut aside = 0;
        if flags & 8 != 0 {
            let Some((runs, after)) = rest.split_first_chunk() else { return false };
            (aside, rest) = (4 * usize::from(u16::from_le_bytes(*runs)), after);
        }
        if flags & 4 != 0 {
            let Some((bytes, after)) = rest.split_first_chunk() else { return false };
            (aside, rest) = (aside.saturating_add(u32::from_le_bytes(*bytes) as usize), after);
        }
        while letters > 0 {
            let size = if wide { 2 } else { 1 };
            let read = letters.min(rest.len() / size);
            rest = rest.get(read * size..).unwrap_or_default();
            letters -= read;
            if letters > 0 {
                // The piece says anew how wide its letters are.
                let Some(next) = pieces.next() else { return true };
                let Some((flags, after)) = next.split_first() else { return false };
                (wide, rest) = (flags & 1 != 0, after);
            }
        }
        while aside > 0 {
            if rest.is_empty() {
                let Some(next) = pieces.next() else { return true };
                rest = next;
            }
            let passed = aside.min(rest.len());
            rest = rest.get(passed..).unwrap_or_default();
            aside -= passed;
        }
    }
}

/// What is wrong with a stream that cannot be trusted.
const CONTRADICTION: &str = "records that contradict themselves";
