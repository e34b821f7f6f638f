//! The parts of XLSB, as streams of binary records ([MS-XLSB]).
//!
//! Our own, because the usual reader trusts the lengths and the places that records declare.

use std::{
    collections::HashMap,
    io::{BufRead, Read},
};

use super::{
    super::{cell, format::Format, grid::Grid},
    Listed, Parts, Shared,
    strings::Strings,
    within,
};
use crate::intake::{IntakeError, watch::Watch};

/// Parts written in records.
pub struct Binary;

impl Parts for Binary {
    fn workbook(part: impl BufRead) -> Result<(Vec<Listed>, bool), IntakeError> {
        let mut epoch_1904 = false;
        let mut listed = Vec::new();
        walk(part, |record| {
            match record.kind {
                // BrtWbProp
                153 => epoch_1904 = record.long(0)? & 1 == 1,
                // BrtBundleSh: hidden or not, an identifier, its relation, its name
                156 => {
                    let (relation, end) = record.text(8)?;
                    listed.push(Listed { hidden: record.long(0)? != 0, relation, name: record.text(end)?.0 });
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok((listed, epoch_1904))
    }

    fn strings(part: impl BufRead, strings: &mut Strings) -> Result<(), IntakeError> {
        walk(part, |record| {
            // BrtSSTItem
            if record.kind == 19 {
                strings.push(&record.text(1)?.0);
            }
            Ok(())
        })
    }

    fn formats(part: impl BufRead) -> Result<Vec<Format>, IntakeError> {
        let mut formats = Vec::new();
        let mut defined: HashMap<u16, Format> = HashMap::new();
        let mut of_cells = false;
        walk(part, |record| {
            match record.kind {
                // BrtFmt
                44 => {
                    defined.insert(record.word(0)?, Format::of(&record.text(2)?.0));
                }
                // BrtBeginCellXFs, BrtEndCellXFs
                617 => of_cells = true,
                618 => of_cells = false,
                // BrtXF
                47 if of_cells => {
                    let id = record.word(2)?;
                    formats.push(defined.get(&id).cloned().or_else(|| Format::known(id.into())).unwrap_or_default());
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(formats)
    }

    fn sheet(part: impl BufRead, shared: &Shared, room: u64, watch: &mut Watch<'_>, grid: &mut Grid) -> Result<(), IntakeError> {
        let (mut row, mut next) = (0, 0_u32);
        walk(part, |record| {
            match record.kind {
                // BrtRowHdr
                0 => {
                    grid.told_to(watch);
                    row = record.long(0)?;
                    if record.byte(11)? & 0x10 != 0 {
                        grid.facts.hidden_rows.add(row, 1);
                    }
                }
                // BrtColInfo
                60 if record.byte(16)? & 1 == 1 => {
                    let (first, last) = (record.long(0)?, record.long(4)?);
                    grid.facts.hidden_columns.add(first, last.saturating_add(1).saturating_sub(first));
                }
                // BrtMergeCell: the first row, the last, the first column, the last
                176 => {
                    let filled = grid.has(record.long(0)?, record.long(8)?);
                    grid.facts.merged += u32::from(filled);
                }
                // Cells: their column, then their content; or the content only, of the next column
                1..=11 | 62 => {
                    let column = record.long(0)?;
                    next = column.saturating_add(1);
                    put(grid, (row, column), record.kind, record, 4, shared)?;
                    within(grid, room)?;
                }
                12..=18 => {
                    put(grid, (row, next), record.kind - 11, record, 0, shared)?;
                    next = next.saturating_add(1);
                    within(grid, room)?;
                }
                _ => {}
            }
            Ok(())
        })
    }
}

/// Puts a cell: its style on three bytes, from `at` on, then its value; that of a formula stands before the formula.
fn put(
    grid: &mut Grid,
    (row, column): (u32, u32),
    kind: u16,
    record: &Record,
    at: usize,
    shared: &Shared,
) -> Result<(), IntakeError> {
    let value = at + 4;
    let number = |grid: &mut Grid, number| {
        let format = shared.format((record.long(at)? & 0x00ff_ffff) as usize);
        format.put(grid, row, column, number, shared.epoch_1904)
    };
    grid.facts.formulas += u32::from(matches!(kind, 8..=11));
    match kind {
        1 => Ok(()),
        2 => number(grid, packed(record.long(value)?)),
        3 | 11 => {
            grid.facts.error_cells += 1;
            grid.put(row, column, error(record.byte(value)?))
        }
        4 | 10 => grid.put(row, column, cell::boolean(record.byte(value)? != 0)),
        5 | 9 => number(grid, f64::from_le_bytes(record.bytes(value)?)),
        7 => grid.put(row, column, shared.string(record.long(value)? as usize)?),
        // A text in pieces of different looks has a byte before it.
        62 => grid.put(row, column, &record.text(value + 1)?.0),
        _ => grid.put(row, column, &record.text(value)?.0),
    }
}

/// A number on four bytes: its two low bits say whether it is whole, and whether it is a hundred times too large.
fn packed(bits: u32) -> f64 {
    let number = match bits & 2 {
        2 => f64::from((bits as i32) >> 2),
        _ => f64::from_bits(u64::from(bits & !3) << 32),
    };
    if bits & 1 == 1 { number / 100.0 } else { number }
}

fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

/// A record: its kind and its bytes, which every question may find too few.
struct Record {
    kind: u16,
    data: Vec<u8>,
}

impl Record {
    fn bytes<const N: usize>(&self, at: usize) -> Result<[u8; N], IntakeError> {
        let bytes = self.data.get(at..).and_then(<[u8]>::first_chunk);
        bytes.copied().ok_or_else(|| IntakeError::damaged(format!("record {} is too short", self.kind)))
    }

    fn byte(&self, at: usize) -> Result<u8, IntakeError> {
        Ok(u8::from_le_bytes(self.bytes(at)?))
    }

    fn word(&self, at: usize) -> Result<u16, IntakeError> {
        Ok(u16::from_le_bytes(self.bytes(at)?))
    }

    fn long(&self, at: usize) -> Result<u32, IntakeError> {
        Ok(u32::from_le_bytes(self.bytes(at)?))
    }

    /// A text and where it ends: its length in UTF-16 units, then these.
    fn text(&self, at: usize) -> Result<(String, usize), IntakeError> {
        let units = self.long(at)?;
        if units == u32::MAX {
            return Ok((String::new(), at + 4)); // no text
        }
        let end = (units as usize).checked_mul(2).and_then(|bytes| bytes.checked_add(at + 4));
        let text = end.and_then(|end| self.data.get(at + 4..end));
        let text = text.ok_or_else(|| IntakeError::damaged(format!("record {} is too short", self.kind)))?;
        Ok((encoding_rs::UTF_16LE.decode_without_bom_handling(text).0.into_owned(), at + 4 + text.len()))
    }
}

/// Gives every record to `visit`, in order.
fn walk(mut part: impl BufRead, mut visit: impl FnMut(&Record) -> Result<(), IntakeError>) -> Result<(), IntakeError> {
    let mut record = Record { kind: 0, data: Vec::new() };
    while !part.fill_buf().map_err(IntakeError::of_stream)?.is_empty() {
        record.kind = number(&mut part, 2)? as u16;
        let length = u64::from(number(&mut part, 4)?);
        record.data.clear();
        // What the record declares is not believed: only what is there is read.
        let read = part.by_ref().take(length).read_to_end(&mut record.data).map_err(IntakeError::of_stream)?;
        if (read as u64) < length {
            return Err(IntakeError::damaged("the last record is cut"));
        }
        visit(&record)?;
    }
    Ok(())
}

/// A number of seven bits a byte, lowest first; the last byte is the first that has no high bit.
fn number(part: &mut impl Read, bytes: u32) -> Result<u32, IntakeError> {
    let mut number = 0;
    for at in 0..bytes {
        let mut byte = [0];
        part.read_exact(&mut byte).map_err(IntakeError::of_stream)?;
        let [byte] = byte;
        number |= u32::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Notice;
    use proptest::prelude::*;

    fn record(kind: u16, data: &[&[u8]]) -> Vec<u8> {
        let data = data.concat();
        let mut bytes = vec![kind as u8];
        if kind > 127 {
            bytes = vec![kind as u8 | 0x80, (kind >> 7) as u8];
        }
        bytes.extend([data.len() as u8 | 0x80, (data.len() >> 7) as u8]);
        bytes.extend(data);
        bytes
    }

    fn text(text: &str) -> Vec<u8> {
        let units: Vec<u16> = text.encode_utf16().collect();
        [(units.len() as u32).to_le_bytes().to_vec(), units.into_iter().flat_map(u16::to_le_bytes).collect()].concat()
    }

    fn shared() -> Shared {
        let list = [record(159, &[&[0; 8]]), record(19, &[&[0], &text("été")]), record(160, &[])].concat();
        let styles = [
            record(44, &[&170_u16.to_le_bytes(), &text("0.0%")]),
            record(47, &[&[0, 0, 14, 0]]),
            record(617, &[]),
            record(47, &[&[0, 0, 0, 0]]),
            record(47, &[&[0, 0, 14, 0]]),
            record(47, &[&[0, 0, 170, 0]]),
            record(618, &[]),
        ];
        let formats = Binary::formats(&*styles.concat()).unwrap();
        assert_eq!(formats, [Format::Plain, Format::Moment, Format::Percent]);
        let mut shared = Shared { formats, ..Shared::default() };
        Binary::strings(&*list, &mut shared.strings).unwrap();
        shared
    }

    fn cell(kind: u16, column: u32, style: u32, value: &[u8]) -> Vec<u8> {
        record(kind, &[&column.to_le_bytes(), &style.to_le_bytes(), value])
    }

    fn row(row: u32, hidden: bool) -> Vec<u8> {
        record(0, &[&row.to_le_bytes(), &[0; 7], &[u8::from(hidden) << 4], &[0; 5]])
    }

    fn bytes() -> Vec<u8> {
        let column =
            |first: u32, hidden: u16| record(60, &[&first.to_le_bytes(), &first.to_le_bytes(), &[0; 8], &hidden.to_le_bytes()]);
        [
            column(0, 0),
            column(1, 1),
            record(145, &[]),
            row(0, false),
            cell(7, 0, 0, &0_u32.to_le_bytes()),
            cell(6, 1, 0, &text("texte")),
            cell(62, 2, 0, &[vec![0], text("riche")].concat()),
            row(1, true),
            cell(2, 0, 1, &(43_023_u32 << 2 | 2).to_le_bytes()),
            cell(5, 1, 2, &0.12_f64.to_le_bytes()),
            cell(2, 2, 0, &(1234_u32 << 2 | 3).to_le_bytes()),
            cell(9, 3, 0, &[&21_860_194_600_013_f64.to_le_bytes()[..], &[0; 10]].concat()),
            cell(4, 4, 0, &[1]),
            cell(3, 5, 0, &[0x2a]),
            cell(8, 6, 0, &[text("lu"), vec![0; 10]].concat()),
            record(12, &[&[0; 4]]),
            record(16, &[&[2, 0, 0, 0], &0.5_f64.to_le_bytes()]),
            record(146, &[]),
            record(176, &[&[0; 4], &[1, 0, 0, 0], &[0; 4], &[0; 4]]),
        ]
        .concat()
    }

    fn read(bytes: &[u8], room: u64) -> Result<Grid, IntakeError> {
        let mut grid = Grid::default();
        Binary::sheet(bytes, &shared(), room, &mut Watch::default(), &mut grid).map(|()| grid)
    }

    #[test]
    fn every_kind_of_cell_is_read() {
        let grid = read(&bytes(), 100).unwrap();
        let second = ["2017-10-15", "0.12", "12.34", "21860194600013", "true", "#N/A", "lu", "", "0.5"];
        assert_eq!(grid.first_rows(9), [vec!["été", "texte", "riche"], second.to_vec()]);
        let said: Vec<_> = grid.notices().collect();
        let expected = [
            Notice::HiddenRows(1),
            Notice::HiddenColumns(1),
            Notice::MergedCells(1),
            Notice::NativeDates(1),
            Notice::Percentages(2),
            Notice::Formulas(2),
            Notice::ErrorCells(1),
        ];
        assert_eq!(said, expected);
        assert!(read(&bytes(), 3).is_err());
    }

    proptest! {
        /// Whatever becomes of its bytes, it answers, and asks for no memory that the file does not fill.
        #[test]
        fn never_panics(cut in 0_usize..400, flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6)) {
            let mut bytes = bytes();
            for (at, byte) in flips {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes.truncate(cut);
            let _ = read(&bytes, 100);
            let _ = Binary::strings(&*bytes, &mut Strings::default());
            let _ = Binary::formats(&*bytes);
        }
    }
}
