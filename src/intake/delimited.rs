use std::{borrow::Cow, io::Read};

use super::{
    Choices, Container, Encoding, Flow, IntakeError, Limit, Notice, Opened, Reading,
    blocks::{self, Lines},
    delimiter,
    encoding::{Decoder, is_of_windows},
    fill,
    header::{self, Header, LOOKED_AT},
    limits,
    split::{Cell, Next, PADDING, Record, Split, records, unwrapped},
};
use crate::table::{Column, Room, Span, TOGETHER, Table};

/// Bytes looked at before anything is decided.
const SAMPLE: usize = 256 << 10;
/// Bytes of a slice worked on together: they and their cells stay near the processor.
const PIECE: usize = 512 << 10;
/// Cells from one column of a batch to the next: with a power of two, a processor would keep all columns at one place.
const STRIDE: usize = TOGETHER + 8;

/// A text file being read, slice by slice.
#[derive(Debug)]
pub struct TextReader {
    choices: Choices,
    tabbed: bool,
    /// What was read and does not make a whole record yet, then [`PADDING`].
    buffer: Vec<u8>,
    have: usize,
    bytes: u64,
    decoder: Option<Decoder>,
    lost: u32,
    broken_quotes: u32,
    /// Lines that stood whole between quotes.
    wrapped: u32,
    /// The encoding of which bytes that could not be read seem to be.
    better: Option<Encoding>,
    shape: Option<Shape>,
    head: Vec<Vec<String>>,
}

/// What the start of the file decides.
#[derive(Debug)]
struct Shape {
    encoding: Encoding,
    delimiter: char,
    header: u32,
    lines: u8,
    /// Records above the rows, header included, left to skip.
    above: u32,
    table: Table,
    /// Where the values of a batch stand, column after column, or their [`odd_one`] among those that stand nowhere as they are.
    batch: Vec<Span>,
    odd: Vec<Cell>,
    room: Room,
    rows: usize,
    /// Rows that the agent takes for remarks.
    remarks: Vec<(usize, u32)>,
}

impl TextReader {
    /// Starts reading a file of this name, from its first bytes.
    pub(super) fn new(name: &str, choices: Choices, start: Vec<u8>) -> TextReader {
        TextReader {
            choices,
            tabbed: name.to_lowercase().ends_with(".tsv"),
            have: start.len(),
            bytes: start.len() as u64,
            buffer: start,
            decoder: None,
            lost: 0,
            broken_quotes: 0,
            wrapped: 0,
            better: None,
            shape: None,
            head: Vec::new(),
        }
    }

    /// The rows read so far.
    pub(super) fn rows(&self) -> usize {
        self.shape.as_ref().map_or(0, |shape| shape.table.len())
    }

    /// The first rows of the file, once they are known.
    pub(super) fn head(&self) -> &[Vec<String>] {
        &self.head
    }

    /// Takes a slice of `length` bytes, read from `source`.
    pub(super) fn feed(&mut self, length: usize, source: &mut dyn Read) -> Result<Flow, IntakeError> {
        self.bytes += length as u64;
        if self.bytes > limits::TEXT_BYTES as u64 {
            return Err(IntakeError::too_large(Limit::File, (limits::TEXT_BYTES >> 20) as u64));
        }
        let mut left = length;
        loop {
            // The start of a file is looked at as a whole. A record longer than a piece is gone over again for each: they grow
            // with it.
            let piece = if self.shape.is_some() { left.min(self.have.max(PIECE)) } else { left };
            if let Flow::Again(choices) = self.take(piece, source)? {
                return Ok(Flow::Again(choices));
            }
            left -= piece;
            if left == 0 {
                return Ok(self.doubt());
            }
        }
    }

    /// Takes a piece of a slice.
    fn take(&mut self, length: usize, source: &mut dyn Read) -> Result<Flow, IntakeError> {
        if self.decoder.is_some() {
            let mut piece = vec![0; length];
            fill(&mut piece, source)?;
            let seemed = |encoding: Encoding| self.shape.as_ref().is_some_and(|shape| shape.encoding == encoding);
            if self.choices.encoding.is_none() && seemed(Encoding::Iso885915) && piece.iter().any(is_of_windows) {
                return Ok(self.again(Encoding::Windows1252));
            }
            self.decode(&piece, false);
        } else {
            fill(self.room(length), source)?;
            self.have += length;
        }
        if self.shape.is_none() {
            if self.have < SAMPLE {
                return Ok(Flow::More);
            }
            self.begin(false)?;
        }
        self.pump(false)?;
        Ok(Flow::More)
    }

    /// Whether the file must be read again, its bytes being of another encoding than they seemed: not where as many texts were
    /// read well as there are cells that were not.
    fn doubt(&mut self) -> Flow {
        let better = self.better.take();
        let better = better.filter(|_| !self.shape.as_ref().is_some_and(|shape| has_accents(&shape.table, self.lost as usize)));
        better.map_or(Flow::More, |better| self.again(better))
    }

    fn again(&self, encoding: Encoding) -> Flow {
        Flow::Again(Choices { encoding: Some(encoding), ..self.choices.clone() })
    }

    /// Ends the reading.
    pub(super) fn finish(mut self) -> Result<Flow, IntakeError> {
        self.decode(&[], true);
        // The end of a file, as DOS wrote it.
        let text = self.buffer.get(..self.have).unwrap_or_default();
        self.have -= usize::from(text.ends_with(b"\n\x1a") || text.ends_with(b"\r\x1a"));
        if self.shape.is_none() {
            self.begin(true)?;
            self.decode(&[], true);
        }
        self.pump(true)?;
        if let Flow::Again(choices) = self.doubt() {
            return Ok(Flow::Again(choices));
        }
        let Some(mut shape) = self.shape.take() else { return Err(IntakeError::Empty) };
        // All rows are at hand, in columns: tables below or beside one another cost nothing before here, and no second reading.
        let all = Lines { head: &self.head, header: shape.header, table: &shape.table };
        let blocks = blocks::find(&all);
        let block = blocks::choose(&blocks, &self.choices);
        if blocks.is_empty() && self.choices.block.is_some() && self.choices.header.is_some() {
            return Ok(Flow::Again(Choices { block: None, ..self.choices }));
        }
        let mut top = 1;
        if let Some(area) = blocks.get(block) {
            let part = all.part(area, &self.choices)?;
            self.head = part.head;
            (shape.header, shape.lines, shape.table, shape.remarks) = (part.header, part.lines, part.table, part.remarks);
            top = area.top;
        }
        let left_out = (self.choices.footer as usize).min(shape.table.len());
        let from = shape.table.len() - left_out;
        let rows = shape.table.order.iter().copied().enumerate().skip(from);
        let mut gone: Vec<(usize, u32)> = std::mem::take(&mut shape.remarks);
        gone.retain(|(place, _)| *place < from);
        gone.extend(rows);
        let mut table = shape.table;
        table.remove_rows(&gone);
        let repeated = header::repeated(&table);
        table.remove_rows(&repeated);
        table.settle();
        let mut notices = Vec::new();
        if blocks.len() > 1 {
            notices.push(Notice::OtherTables(blocks.len() as u32 - 1));
        }
        let above = (shape.header + 1).saturating_sub(u32::from(shape.lines) + top);
        if above > 0 {
            notices.push(Notice::LinesAbove(above));
        }
        if !repeated.is_empty() {
            notices.push(Notice::RepeatedHeaders(repeated.len() as u32));
        }
        if self.lost > 0 {
            notices.push(Notice::LostCharacters(self.lost));
        }
        if self.broken_quotes > 0 {
            notices.push(Notice::BrokenQuotes(self.broken_quotes));
        }
        if self.wrapped > 0 {
            notices.push(Notice::WrappedLines(self.wrapped));
        }
        let blank = table.short.values().filter(|present| **present == 0).count();
        let ragged = table.overflow.len() + table.short.len() - blank;
        if ragged > 0 {
            notices.push(Notice::RaggedRows(ragged as u32));
        }
        if table.total_row().is_some() {
            notices.push(Notice::TotalsRow);
        }
        let reading = Reading {
            container: Container::Text { encoding: shape.encoding, delimiter: shape.delimiter },
            archive: None,
            blocks,
            block,
            header: shape.header,
            header_lines: shape.lines,
            rows: table.len(),
            columns: table.labels.len(),
            notices,
        };
        Ok(Flow::Done(Box::new(Opened { table, reading, head: self.head, companion: None })))
    }

    /// Room for more bytes after what is there.
    fn room(&mut self, length: usize) -> &mut [u8] {
        let end = self.have + length;
        if self.buffer.len() < end + PADDING {
            self.buffer.resize(end + PADDING, 0);
        }
        self.buffer.get_mut(self.have..end).unwrap_or_default()
    }

    fn decode(&mut self, slice: &[u8], last: bool) {
        let Some(decoder) = &mut self.decoder else { return };
        let mut text = String::new();
        self.lost += u32::from(!decoder.decode(slice, last, &mut text));
        self.room(text.len()).copy_from_slice(text.as_bytes());
        self.have += text.len();
    }

    /// Decides on the encoding, the delimiter and the header, from what is there.
    fn begin(&mut self, whole: bool) -> Result<(), IntakeError> {
        let sample = self.buffer.get(..self.have).unwrap_or_default();
        let encoding = self.choices.encoding.unwrap_or_else(|| Encoding::detect(sample, whole));
        self.decoder = encoding.decoder();
        // Some programs write their mark before another's, or before what is no UTF-8.
        let marks = sample.chunks(3).take_while(|mark| *mark == b"\xef\xbb\xbf").count();
        self.buffer.drain(..marks * 3);
        self.have -= marks * 3;
        if self.decoder.is_some() {
            let raw = std::mem::take(&mut self.buffer);
            let have = std::mem::replace(&mut self.have, 0);
            self.decode(raw.get(..have).unwrap_or_default(), false);
        } else {
            self.room(0);
        }
        let text = self.buffer.get(..self.have).unwrap_or_default();
        let odd = |byte: &&u8| **byte < b' ' && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a);
        let odd = text.iter().take(4096).filter(odd).count();
        if odd > 40 || odd > 0 && odd * 4 > text.len() {
            return Err(IntakeError::NotText);
        }
        let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
        if whole && text.iter().all(blank) && !text.contains(&b'\n') {
            return Err(IntakeError::Empty);
        }
        let count = LOOKED_AT.max(self.choices.header.unwrap_or_default() as usize);
        let sample = text.get(..text.len().min(SAMPLE)).unwrap_or_default();
        let rows = |delimiter: char| {
            let mut rows = records(sample, delimiter, whole && sample.len() == text.len(), count);
            if rows.is_empty() {
                // A record longer than the sample, or a quote left open.
                rows = records(text, delimiter, whole, count);
            }
            if rows.is_empty() {
                rows = records(sample, delimiter, true, count);
            }
            rows
        };
        let delimiter = match self.choices.delimiter {
            Some(delimiter) => delimiter,
            None if self.tabbed && sample.contains(&b'\t') => '\t',
            None => {
                let line = text.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
                let found = delimiter::detect(&String::from_utf8_lossy(line), rows);
                // One column has no tab; a name that lies is that of a table whose labels are cut otherwise.
                let cuts = || rows(found).iter().find(|row| !row.is_empty()).is_some_and(|row| row.len() > 1);
                if self.tabbed && !cuts() { '\t' } else { found }
            }
        };
        let head = rows(delimiter);
        let within = whole_lines(&head, count);
        let (delimiter, head) = match within.filter(|within| self.choices.delimiter.is_none_or(|asked| asked == within.0)) {
            Some(within) => within,
            None => (delimiter, head),
        };
        let width = delimiter::usual_width(&head);
        let line = |row: Vec<String>| match row.as_slice() {
            [only] => unwrapped(only.as_bytes(), delimiter, width).unwrap_or(row),
            _ => row,
        };
        self.head = head.into_iter().map(line).collect();
        let mut cells = self.head.iter().flatten().peekable();
        if whole && cells.peek().is_some() && cells.all(|cell| cell.trim().is_empty()) {
            return Err(IntakeError::NoCell);
        }
        // The header of one table among several is found once all are read.
        let asked = self.choices.header.filter(|_| self.choices.block.is_none());
        let choices = Choices { header: asked, ..self.choices.clone() };
        let Header { line: header, lines, mut labels } =
            header::choose(&self.head, &choices).ok_or_else(|| IntakeError::no_header(&choices))?;
        // A sheet saved to its last column, far beyond what it holds.
        if labels.len() > limits::COLUMNS as usize {
            labels.truncate(labels.iter().rposition(|label| !label.is_empty()).map_or(0, |last| last + 1));
        }
        if labels.len() > limits::COLUMNS as usize {
            return Err(IntakeError::too_large(Limit::Columns, limits::COLUMNS));
        }
        let batch = vec![Span::default(); labels.len() * STRIDE];
        let table = Table::new(labels, header + 1);
        self.shape = Some(Shape {
            encoding,
            delimiter,
            header,
            lines,
            above: header,
            table,
            batch,
            odd: Vec::new(),
            room: Room::default(),
            rows: 0,
            remarks: Vec::new(),
        });
        Ok(())
    }

    /// Puts every whole record into the table.
    fn pump(&mut self, last: bool) -> Result<(), IntakeError> {
        let Some(shape) = &mut self.shape else { return Ok(()) };
        self.buffer.resize(self.buffer.len().max(self.have + PADDING), 0);
        let delimiter = u8::try_from(shape.delimiter).unwrap_or(b',');
        let mut split = Split::new(&self.buffer, self.have, last, delimiter);
        let mut record = Record::default();
        let mut lost = 0;
        while split.next(&mut record) == Next::Record {
            let mut cells = record.cells();
            if shape.above > 0 {
                shape.above -= 1;
                continue;
            }
            if cells.len() > limits::COLUMNS as usize {
                let last = cells.iter().rposition(|cell| !cell.raw(&self.buffer).is_empty());
                cells = cells.get(..last.map_or(0, |last| last + 1)).unwrap_or_default();
            }
            if cells.len() > limits::COLUMNS as usize {
                return Err(IntakeError::too_large(Limit::Columns, limits::COLUMNS));
            }
            if self.choices.remarks && cells.first().is_some_and(|cell| cell.raw(&self.buffer).first() == Some(&b'#')) {
                let row = shape.table.from_file + shape.rows as u32;
                shape.remarks.push((row as usize, row));
            }
            if let [only] = cells
                && let Some(inside) = only.quoted(&self.buffer)
                && let Some(row) = unwrapped(&inside, shape.delimiter, shape.table.labels.len())
            {
                lost += shape.flush(&self.buffer) + u32::from(str::from_utf8(&inside).is_err());
                shape.push(&row);
                self.wrapped += 1;
                continue;
            }
            shape.place(cells, &self.buffer, split.quoted_within());
            if shape.rows == TOGETHER {
                lost += shape.flush(&self.buffer);
                if shape.table.from_file.is_multiple_of(1 << 16) && shape.table.heap() > limits::TABLE_BYTES {
                    return Err(IntakeError::too_large(Limit::Memory, (limits::TABLE_BYTES >> 20) as u64));
                }
            }
        }
        lost += shape.flush(&self.buffer);
        let (rest, broken) = (split.rest(), split.broken);
        self.broken_quotes += broken;
        self.lost += lost;
        if lost > 0 && self.choices.encoding.is_none() && shape.encoding == Encoding::Utf8 {
            // The start of the file had no accent to judge by, or has more good ones than there are bad bytes.
            let better = Encoding::detect(self.buffer.get(..self.have).unwrap_or_default(), last);
            self.better = Some(better).filter(|better| *better != Encoding::Utf8).or(self.better);
        }
        self.buffer.copy_within(rest..self.have, 0);
        self.have -= rest;
        Ok(())
    }
}

impl Shape {
    /// Puts a record into the batch. Its missing cells are empty, the ones too many are kept beside. `quoted_within` tells
    /// whether some may have a quote within.
    fn place(&mut self, cells: &[Cell], text: &[u8], quoted_within: bool) {
        let width = self.table.labels.len();
        let columns = self.batch.as_chunks_mut::<STRIDE>().0;
        let places = columns.iter_mut().filter_map(|column| column.get_mut(self.rows));
        if quoted_within {
            for (place, cell) in places.zip(cells) {
                *place = cell.bare(text).unwrap_or_else(|| {
                    self.odd.push(*cell);
                    odd_one(self.odd.len())
                });
            }
        } else {
            places.zip(cells).for_each(|(place, cell)| *place = cell.inside(text));
        }
        for place in columns.iter_mut().skip(cells.len()).filter_map(|column| column.get_mut(self.rows)) {
            *place = Span::default();
        }
        let row = self.table.from_file + self.rows as u32;
        if cells.len() < width {
            self.table.short.insert(row, cells.len());
        } else if cells.len() > width {
            let beyond = cells.iter().skip(width).map(|cell| String::from_utf8_lossy(&cell.value(text)).into_owned());
            self.table.overflow.insert(row, beyond.collect());
        }
        self.rows += 1;
    }

    /// Adds a row to the table, the batch being empty.
    fn push(&mut self, row: &[String]) {
        for (column, text) in self.table.columns.iter_mut().zip(row) {
            column.push(text);
        }
        self.table.add_rows(1);
    }

    /// Adds the batch to the table; gives the number of cells with bytes that could not be read.
    fn flush(&mut self, text: &[u8]) -> u32 {
        let mut lost = 0;
        for (column, spans) in self.table.columns.iter_mut().zip(self.batch.chunks(STRIDE)) {
            let mut rest = spans.get(..self.rows).unwrap_or_default();
            while !self.odd.is_empty() && !rest.is_empty() {
                let bare = rest.iter().take_while(|span| !is_odd(**span)).count();
                let (now, later) = rest.split_at(bare);
                lost += take(column, text, now, &mut self.room);
                rest = later;
                if let [odd, later @ ..] = rest {
                    let cell = self.odd.get(odd.start as usize - 1);
                    lost += push(column, &cell.map(|cell| cell.value(text)).unwrap_or_default());
                    rest = later;
                }
            }
            lost += take(column, text, rest, &mut self.room);
        }
        self.table.add_rows(self.rows as u32);
        self.rows = 0;
        self.odd.clear();
        lost
    }
}

/// What stands in a batch for a cell whose value is not as it is written: its place among those, from 1 on. No value ends there.
fn odd_one(place: usize) -> Span {
    Span { start: place as u32, end: 0 }
}

fn is_odd(span: Span) -> bool {
    span.end == 0 && span.start > 0
}

/// Adds cells to a column; gives the number of those that could not be read.
fn take(column: &mut Column, text: &[u8], mut spans: &[Span], room: &mut Room) -> u32 {
    let mut lost = 0;
    while let [unread, later @ ..] = spans.get(column.take(text, spans, room)..).unwrap_or_default() {
        lost += push(column, unread.of_bytes(text));
        spans = later;
    }
    lost
}

/// Adds a cell to a column; gives 1 where it could not be read.
fn push(column: &mut Column, bytes: &[u8]) -> u32 {
    let text = String::from_utf8_lossy(bytes);
    column.push(&text);
    u32::from(matches!(text, Cow::Owned(_)))
}

/// The delimiter and the first rows of a file whose lines all stand whole between quotes; `rows` are those of its lines.
fn whole_lines(rows: &[Vec<String>], count: usize) -> Option<(char, Vec<Vec<String>>)> {
    let line = |row: &Vec<String>| if let [only] = row.as_slice() { Some(only.clone()) } else { None };
    let lines: Option<Vec<String>> = rows.iter().map(line).collect();
    let inside = lines.filter(|lines| lines.len() > 1)?.join("\n");
    let cut = |delimiter: char| records(inside.as_bytes(), delimiter, true, count);
    let delimiter = delimiter::detect("", cut);
    let rows = cut(delimiter);
    let width = delimiter::usual_width(&rows);
    let is_row = |row: &Vec<String>| row.len() == width && !row.iter().skip(1).all(|cell| cell.starts_with(' '));
    (width > 2 && rows.iter().all(is_row)).then_some((delimiter, rows))
}

/// Whether a table has as many texts with letters that are not ASCII, and none that could not be read.
fn has_accents(table: &Table, as_many: usize) -> bool {
    let texts = (0..table.len() as u32).flat_map(|row| (0..table.labels.len()).map(move |column| table.text(row, column)));
    texts.filter(|text| !text.is_ascii() && !text.contains('\u{fffd}')).take(as_many).count() == as_many
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::read;

    fn table(name: &str, bytes: &[u8]) -> (Table, Reading) {
        let opened = read(name, bytes, &Choices::default()).unwrap();
        (opened.table, opened.reading)
    }

    #[test]
    fn says_how_it_read() {
        let (first, reading) = table("x.csv", b"Titre\n\nnom;\xe9tat\nA;1\n\nB;2;3\n");
        assert_eq!(first.labels, ["nom", "état"]);
        assert_eq!((reading.header, reading.rows, first.line(0)), (3, 3, Some(4)));
        assert_eq!(reading.notices, [Notice::LinesAbove(2), Notice::RaggedRows(1)]);
        let choices = Choices { header: Some(4), ..Choices::default() };
        let again = read("x.csv", b"Titre\n\nnom;\xe9tat\nA;1\n", &choices).unwrap().table;
        assert_eq!((again.labels.join(","), again.len()), ("A,1".into(), 0));
    }

    #[test]
    fn accents_that_come_late_are_read_as_they_should() {
        let mut bytes = format!("nom;ville\n{}", "A;B\n".repeat(120_000)).into_bytes();
        bytes.extend(b"Ren\xe9;Orl\xe9ans\n");
        let (late, reading) = table("x.csv", &bytes);
        assert_eq!(late.text(late.len() as u32 - 1, 0), "René");
        assert_eq!(reading.container, Container::Text { encoding: Encoding::Windows1252, delimiter: ';' });
    }

    #[test]
    fn a_bad_byte_that_comes_late_does_not_undo_the_accents_before() {
        let mut bytes = format!("nom;ville\n{}{}", "Noël;Orléans\n".repeat(1_000), "A;B\n".repeat(300_000)).into_bytes();
        bytes.extend(b"\x94;C\n");
        let mut reader = TextReader::new("x.csv", Choices::default(), Vec::new());
        let mut flow = Flow::More;
        for slice in bytes.chunks(300 << 10) {
            flow = reader.feed(slice.len(), &mut &*slice).unwrap();
        }
        assert!(matches!(flow, Flow::More));
        let Flow::Done(opened) = reader.finish().unwrap() else { panic!("read again") };
        assert_eq!(opened.table.text(0, 1), "Orléans");
        assert_eq!(opened.reading.notices, [Notice::LostCharacters(1)]);
    }

    #[test]
    fn an_apostrophe_of_windows_that_comes_late_tells_the_encoding() {
        let mut bytes = b"objet;prix\nF\xeate;12 \xa4\n".repeat(40_000);
        bytes.extend(b"l\x92\xe9cole;1\n");
        let mut reader = TextReader::new("x.csv", Choices::default(), Vec::new());
        let mut flows = bytes.chunks(300 << 10).map(|slice| reader.feed(slice.len(), &mut &*slice).unwrap());
        let again = flows.find_map(|flow| if let Flow::Again(choices) = flow { choices.encoding } else { None });
        assert_eq!(again, Some(Encoding::Windows1252));
    }

    #[test]
    fn quotes_doubled_in_one_row_change_no_other() {
        for at in [0, 3, 254, 255, 256, 257, 511, 512] {
            for shift in 0..70 {
                let row = |n: usize| if n == at { "\"a\"\"b\",\"\"" } else { "\"c\",\"d,e\"" };
                let text =
                    format!("{},y\n{}", "x".repeat(shift + 1), (0..600).map(|n| format!("{}\n", row(n))).collect::<String>());
                let (read, _) = table("x.csv", text.as_bytes());
                assert_eq!(read.len(), 600);
                for n in 0..600 {
                    let expected = if n == at { ("a\"b", "") } else { ("c", "d,e") };
                    assert_eq!((read.text(n as u32, 0), read.text(n as u32, 1)), expected, "{n} of {at}, {shift}");
                }
            }
        }
    }

    #[test]
    fn a_long_slice_is_read_as_short_ones_are() {
        let row = |n: usize| match n {
            // A record longer than the pieces of a slice.
            70_000 => format!("{n};\"{}\"\n", "été\n".repeat(200_000)),
            n => format!("{n};Noël {}\n", "x".repeat(n % 50)),
        };
        let bytes = format!("numéro;nom\n{}", (0..100_000).map(row).collect::<String>()).into_bytes();
        for slices in [&[bytes.len()][..], &[300 << 10, usize::MAX], &[600 << 10, 1, 100_000, usize::MAX]] {
            let mut reader = TextReader::new("x.csv", Choices::default(), Vec::new());
            let mut rest = &bytes[..];
            for length in slices {
                let (now, later) = rest.split_at(rest.len().min(*length));
                assert!(matches!(reader.feed(now.len(), &mut &*now), Ok(Flow::More)));
                rest = later;
            }
            assert!(matches!(reader.feed(1, &mut rest), Err(IntakeError::Unreadable)));
            let Flow::Done(opened) = reader.finish().unwrap() else { panic!("read again") };
            assert_eq!((opened.table.len(), opened.reading.notices), (100_000, vec![]));
            let table = opened.table;
            assert_eq!((table.text(70_000, 1).len(), table.text(99_999, 1)), (1_200_000, &*format!("Noël {}", "x".repeat(49))));
            assert!((0..100_000).all(|row| table.text(row, 0) == row.to_string()));
        }
    }

    #[test]
    fn marks_and_columns_without_end_are_passed_over() {
        assert_eq!(table("x.csv", b"\xef\xbb\xbfnom;ville\nRen\xe9;Orl\xe9ans\n").0.labels, ["nom", "ville"]);
        let wide = format!("nom;ville{0}\nA;B{0}\n", ";".repeat(16_382));
        let (wide, _) = table("x.csv", wide.as_bytes());
        assert_eq!((wide.labels.join(","), wide.text(0, 1)), ("nom,ville".into(), "B"));
    }

    #[test]
    fn lines_that_stand_whole_between_quotes_are_cut() {
        let expected = "nom|adresse|ville\nA|1, rue \"du\" Bac|Lyon\nB|2|Nice";
        let all = "\"nom,adresse,ville\"\n\"A,\"\"1, rue \"\"\"\"du\"\"\"\" Bac\"\",Lyon\"\n\"B,2,Nice\"\n";
        let some = "nom,adresse,ville\n\"A,\"\"1, rue \"\"\"\"du\"\"\"\" Bac\"\",Lyon\"\nB,2,Nice\n";
        for (text, lines) in [(all, 2), (some, 1)] {
            let (read, reading) = table("x.csv", text.as_bytes());
            let row = |row: u32| (0..3).map(|column| read.text(row, column)).collect::<Vec<_>>().join("|");
            assert_eq!([read.labels.join("|"), row(0), row(1)].join("\n"), expected);
            assert_eq!((read.len(), reading.notices), (2, vec![Notice::WrappedLines(lines)]));
        }
        let (bad, reading) = table("x.csv", b"nom,rue,ville\n\xc3\xa9,b,c\n\"A\x94,b,c\"\n");
        assert_eq!((bad.text(1, 0), reading.notices), ("A\u{fffd}", vec![Notice::LostCharacters(1), Notice::WrappedLines(1)]));
        assert_eq!(table("prix.tsv", b"prix\n1,5\n2,5\n").0.labels, ["prix"]);
        // A text with a comma in it, in a table of one column or of two, is a text.
        for (text, labels) in [("\"avis, oui\"\n\"a, b\"\n", 1), ("nom,ville\n\"A,B\"\nC,D\n", 2), ("\"a,b\"\n\"c,d\"\n", 1)] {
            let (read, _) = table("x.csv", text.as_bytes());
            assert_eq!(read.labels.len(), labels, "{text}");
        }
        assert_eq!(table("x.csv", b"nom,ville\n\"A,B\"\nC,D\n").0.text(0, 0), "A,B");
    }

    #[test]
    fn a_header_chosen_past_the_end_is_told() {
        let choices = Choices { header: Some(50), ..Choices::default() };
        assert!(matches!(read("x.csv", b"nom\nA\n", &choices), Err(IntakeError::NoLine(50))));
    }

    #[test]
    fn remarks_and_footers_are_left_out_when_asked() {
        let text = b"nom;n\nA;1\n# une remarque\nB;2\nTotal;3\n";
        let choices = Choices { remarks: true, footer: 1, ..Choices::default() };
        let kept = read("x.csv", text, &choices).unwrap().table;
        assert_eq!(kept.order, [0, 2]);
        assert_eq!(kept.line(2), Some(4));
    }
}
