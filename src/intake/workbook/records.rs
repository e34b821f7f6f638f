use std::{collections::HashMap, rc::Rc};

use super::{facts::Facts, format::Format};

/// The records of the old Excel format ([MS-XLS]): what stands past the end of one reads as zero.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// What it is.
    pub kind: u16,
    /// Its bytes.
    pub data: &'a [u8],
}

impl Record<'_> {
    /// Two bytes.
    pub fn word(&self, at: usize) -> u16 {
        self.data.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |bytes| u16::from_le_bytes(*bytes))
    }

    /// Four bytes.
    pub fn long(&self, at: usize) -> u32 {
        self.data.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |bytes| u32::from_le_bytes(*bytes))
    }
}

/// The records of a stream, one after the other.
pub fn records(stream: &[u8]) -> impl Iterator<Item = (usize, Record<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (head, after) = stream.get(at..)?.split_at_checked(4)?;
        let head = Record { kind: 0, data: head };
        let data = after.get(..usize::from(head.word(2)).min(after.len())).unwrap_or_default();
        let place = at;
        at += 4 + data.len();
        Some((place, Record { kind: head.word(0), data }))
    })
}

/// What the records of a sheet tell of it beside its values.
#[derive(Debug, Default)]
pub struct Told {
    /// What it hides, computes and shows as percentages.
    pub facts: Facts,
    /// The formats of its cells that show zeros before their numbers, by row and column.
    pub padded: HashMap<(u32, u32), Rc<Format>>,
}

impl Told {
    /// Notes the format of a number.
    fn note(&mut self, row: u16, column: u16, format: Option<&Rc<Format>>) {
        match format.map(Rc::as_ref) {
            Some(Format::Percent) => self.facts.percentages += 1,
            Some(Format::Padded(_)) => self.padded.extend(format.map(|format| ((row.into(), column.into()), Rc::clone(format)))),
            _ => {}
        }
    }
}

/// What is told of each sheet, in the order in which the workbook lists them.
pub fn told(stream: &[u8]) -> Vec<Told> {
    let mut places = Vec::new();
    let mut found: HashMap<usize, Told> = HashMap::new();
    let mut defined: HashMap<u16, Rc<Format>> = HashMap::new();
    let mut formats: Vec<Rc<Format>> = Vec::new();
    let mut current = Told::default();
    let mut began = 0;
    for (at, record) in records(stream) {
        let format = |place: usize| formats.get(usize::from(record.word(place)));
        let (row, column) = (record.word(0), record.word(2));
        match record.kind {
            // Beginning of a substream
            0x0809 => {
                found.insert(began, std::mem::take(&mut current));
                began = at;
            }
            // A sheet: where it starts, then whether it is hidden and its kind, of which 0 is a table
            0x0085 if record.data.get(5) == Some(&0) => places.push(record.long(0) as usize),
            // A number format: its number, its characters, of one byte each or two
            0x041e => {
                let wide = record.data.get(4).is_some_and(|flags| flags & 1 == 1);
                let code = record.data.get(5..).unwrap_or_default();
                let code: String = if wide {
                    let units = code.as_chunks().0.iter().map(|unit| u16::from_le_bytes(*unit));
                    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
                } else {
                    code.iter().copied().map(char::from).collect()
                };
                defined.insert(record.word(0), Rc::new(Format::of(&code)));
            }
            // The style of cells
            0x00e0 => {
                let known = || Rc::new(Format::known(column.into()).unwrap_or_default());
                formats.push(defined.get(&column).cloned().unwrap_or_else(known));
            }
            // A row, a range of columns
            0x0208 if record.word(12) & 0x20 != 0 => current.facts.hidden_rows.add(row.into(), 1),
            0x007d if record.word(8) & 1 == 1 => {
                let (first, last) = (u32::from(record.word(0)), u32::from(record.word(2)));
                current.facts.hidden_columns.add(first, (last + 1).saturating_sub(first));
            }
            // A number, a short one, a formula; several short ones of a row
            0x0203 | 0x027e => current.note(row, column, format(4)),
            0x0006 => {
                current.facts.formulas += 1;
                current.note(row, column, format(4));
            }
            0x00bd => {
                let count = record.data.len().saturating_sub(6) / 6;
                (0..count).for_each(|at| current.note(row, column.saturating_add(at as u16), format(4 + 6 * at)));
            }
            _ => {}
        }
    }
    found.insert(began, current);
    places.into_iter().map(|place| found.remove(&place).unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, words: &[u16]) -> Vec<u8> {
        [kind, words.len() as u16 * 2].iter().chain(words).flat_map(|word| word.to_le_bytes()).collect()
    }

    #[test]
    fn each_sheet_has_its_own_facts() {
        let sheet = [
            record(0x0809, &[0, 16]),
            record(0x007d, &[1, 2, 0, 0, 1]),
            record(0x0208, &[3, 0, 0, 0, 0, 0, 0x20, 0]),
            record(0x0203, &[3, 0, 1, 0, 0, 0, 0]),
            record(0x00bd, &[3, 1, 1, 0, 0, 0, 0, 0, 2]),
            record(0x0006, &[3, 4, 0]),
        ]
        .concat();
        let globals = |first: u16, second: u16| {
            let sheets = [record(0x0085, &[first, 0, 0]), record(0x0085, &[second, 0, 0])].concat();
            [
                record(0x0809, &[0, 5]),
                record(0x041e, &[170, 3, 0x3000, u16::from(b'%')]),
                record(0x00e0, &[0, 0]),
                record(0x00e0, &[0, 170]),
                sheets,
            ]
            .concat()
        };
        let first = globals(0, 0).len() as u16;
        let stream = [globals(first, first + sheet.len() as u16), sheet, record(0x0809, &[0, 16])].concat();
        let [Told { facts, padded }, Told { facts: empty, .. }] = &told(&stream)[..] else { panic!("two sheets") };
        assert!(padded.is_empty());
        assert_eq!((facts.percentages, facts.formulas, empty.formulas), (2, 1, 0));
        assert_eq!(facts.hidden_columns.below(9).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(facts.hidden_rows.below(9).collect::<Vec<_>>(), [3]);
        assert_eq!(records(&[1, 0, 9, 0, 5]).map(|(_, record)| record.data.len()).collect::<Vec<_>>(), [1]);
    }
}
