use std::borrow::Cow;

use super::limits;
use crate::table::Span;

/// Zero bytes that must follow the text: 64 are looked at together.
pub const PADDING: usize = 64;

/// Where a cell stands in the text, quotes included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its first byte.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
}

impl Cell {
    /// Its bytes as they are written.
    pub fn raw(self, text: &[u8]) -> &[u8] {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// Its value: without the quotes around it, a doubled quote standing for one.
    pub fn value(self, text: &[u8]) -> Cow<'_, [u8]> {
        let raw = self.raw(text);
        if raw.first() == Some(&b'"') { unquoted(raw) } else { Cow::Borrowed(raw) }
    }

    /// Its value where it stands between quotes, else `None`.
    pub fn quoted(self, text: &[u8]) -> Option<Cow<'_, [u8]>> {
        self.raw(text).starts_with(b"\"").then(|| self.value(text))
    }

    /// Where its value stands as it is, where no quote stands within it.
    #[inline(always)]
    pub fn inside(self, text: &[u8]) -> Span {
        let first = text.get(self.start as usize).copied().unwrap_or_default();
        let quote = u32::from((first == b'"') & (self.start < self.end));
        Span { start: self.start + quote, end: self.end - quote }
    }

    /// Where its value stands as it is; `None` where a quote within is doubled, or follows the closing one.
    #[inline(always)]
    pub fn bare(self, text: &[u8]) -> Option<Span> {
        if text.get(self.start as usize) != Some(&b'"') {
            return Some(Span { start: self.start, end: self.end });
        }
        match self.raw(text) {
            [b'"', inside @ .., b'"'] if !inside.contains(&b'"') => Some(Span { start: self.start + 1, end: self.end - 1 }),
            _ => None,
        }
    }
}

/// The cells of a record, in a place that is used again for the next.
#[derive(Debug, Default)]
pub struct Record {
    room: Vec<Cell>,
    len: usize,
}

impl Record {
    /// Its cells; none for a blank line.
    pub fn cells(&self) -> &[Cell] {
        self.room.get(..self.len).unwrap_or_default()
    }

    #[inline(always)]
    fn push(&mut self, start: usize, end: usize) {
        let cell = Cell { start: start as u32, end: end as u32 };
        match self.room.get_mut(self.len) {
            Some(place) => *place = cell,
            None => self.room.push(cell),
        }
        self.len += 1;
    }

    /// Adds the cells that end at these separators of a window, the first starting at `start`; gives the start of the next.
    #[inline(always)]
    fn fill(&mut self, mut start: usize, window: usize, mut separators: u64) -> usize {
        let len = self.len + separators.count_ones() as usize;
        if self.room.len() < len {
            self.room.resize(len, Cell::default());
        }
        for place in self.room.get_mut(self.len..len).unwrap_or_default() {
            let end = window + separators.trailing_zeros() as usize;
            separators &= separators.wrapping_sub(1);
            *place = Cell { start: start as u32, end: end as u32 };
            start = end + 1;
        }
        self.len = len;
        start
    }
}

/// Cuts delimited text into records, blank lines included.
///
/// A quote opens only at the start of a cell, doubled it stands for itself, and what follows its closing is
/// kept, as in Python's `csv`. Four faults of real files are mended: a quote that is never closed, or whose
/// closing on a later line is followed by more text, is an ordinary character, so that it does not
/// swallow the lines below; quotes that nobody doubled within a cell, or that a backslash escapes, stand for themselves; and spaces
/// may stand before quotes that hold a whole cell. A line ends with `\n`, `\r\n` or `\r`.
///
/// 64 bytes are looked at together, as masks of the bytes that matter. The few records whose quotes stand
/// where the masks would go wrong are read again byte by byte.
#[derive(Debug)]
pub struct Split<'a> {
    /// The text, followed by [`PADDING`] zeros.
    text: &'a [u8],
    /// Where the text ends.
    have: usize,
    /// Whether nothing follows.
    last: bool,
    delimiter: u8,
    /// Where the present record starts.
    record: usize,
    /// Where the present cell starts.
    start: usize,
    /// Where the 64 bytes looked at start.
    window: usize,
    /// The separators left among them, and whether some end a line.
    separators: u64,
    has_line_end: bool,
    /// All ones inside quotes.
    inside: u64,
    /// Whether the last byte may come before an opening quote; whether it is a closing quote.
    before: u64,
    closed: u64,
    /// Whether the separators stop at quotes that the masks cannot follow.
    stuck: bool,
    /// Quotes that were taken for ordinary characters.
    pub broken: u32,
    /// Whether a quote may stand within a cell of those 64 bytes, and of the records found since that was last asked.
    doubled: bool,
    quoted_within: bool,
}

/// What [`Split::next`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// A record.
    Record,
    /// The start of a record, or nothing: more text is needed, from [`Split::rest`] on.
    More,
}

impl<'a> Split<'a> {
    /// Cuts the first `have` bytes of `text`, which starts with a record. `last` says that nothing follows.
    pub fn new(text: &'a [u8], have: usize, last: bool, delimiter: u8) -> Split<'a> {
        let start = Split { text, have, last, delimiter, record: 0, start: 0, window: 0, ..Split::empty() };
        start.at(0)
    }

    fn empty() -> Split<'a> {
        Split {
            text: &[],
            have: 0,
            last: true,
            delimiter: b',',
            record: 0,
            start: 0,
            window: 0,
            separators: 0,
            has_line_end: false,
            inside: 0,
            before: 1,
            closed: 0,
            stuck: false,
            broken: 0,
            doubled: false,
            quoted_within: false,
        }
    }

    /// Starts anew at the start of a record.
    fn at(mut self, record: usize) -> Split<'a> {
        self.begin(record);
        self
    }

    fn begin(&mut self, record: usize) {
        (self.record, self.start, self.window) = (record, record, record);
        (self.inside, self.before, self.closed, self.stuck) = (0, 1, 0, false);
        self.look();
    }

    /// Where the record that was not complete starts.
    pub fn rest(&self) -> usize {
        self.record.min(self.have)
    }

    /// Whether a quote may stand within a cell of the records found since this was last asked: one that is doubled, or that
    /// quotes nothing.
    pub fn quoted_within(&mut self) -> bool {
        // The bytes looked at together may go on with the next record.
        std::mem::replace(&mut self.quoted_within, self.doubled)
    }

    /// Finds the cells of the next record. A blank line gives none.
    pub fn next(&mut self, record: &mut Record) -> Next {
        record.len = 0;
        loop {
            if !self.has_line_end {
                self.start = record.fill(self.start, self.window, self.separators);
                self.separators = 0;
            }
            while self.separators != 0 {
                let end = self.window + self.separators.trailing_zeros() as usize;
                self.separators &= self.separators - 1;
                if end < self.start {
                    // The second half of `\r\n`.
                    continue;
                }
                let byte = self.text.get(end).copied().unwrap_or_default();
                record.push(self.start, end);
                self.start = end + 1;
                if byte == self.delimiter {
                    continue;
                }
                if byte == b'\r' {
                    if end + 1 == self.have && !self.last {
                        return Next::More;
                    }
                    self.start += usize::from(end + 1 < self.have && self.text.get(end + 1) == Some(&b'\n'));
                }
                return self.complete(record);
            }
            if self.stuck {
                return self.slowly(record, false);
            }
            if self.window + 64 >= self.have {
                return self.ending(record);
            }
            self.window += 64;
            self.look();
        }
    }

    fn complete(&mut self, record: &mut Record) -> Next {
        if let [only] = record.cells()
            && only.start == only.end
        {
            record.len = 0;
        }
        self.record = self.start;
        Next::Record
    }

    /// The text has no other separator: a last record, or the start of one.
    fn ending(&mut self, record: &mut Record) -> Next {
        if self.record >= self.have {
            return Next::More;
        }
        let too_long = self.have - self.record > limits::RECORD_BYTES;
        if self.inside != 0 && (self.last || too_long) {
            return self.slowly(record, true);
        }
        if self.inside != 0 || !(self.last || too_long) {
            return Next::More;
        }
        record.push(self.start, self.have);
        self.start = self.have;
        self.complete(record)
    }

    /// Reads a record byte by byte, then starts anew after it.
    fn slowly(&mut self, record: &mut Record, whole: bool) -> Next {
        record.len = 0;
        self.quoted_within = true;
        let mut at = self.record;
        let mut broken = 0;
        let whole = whole || self.last || self.have - self.record > limits::RECORD_BYTES;
        let text = self.text.get(..self.have).unwrap_or_default();
        loop {
            let spaced = spaced(text, at, self.delimiter);
            let end = match spaced.map(|(_, end)| end).or_else(|| cell_end(text, at, self.delimiter, &mut broken)) {
                Some(end) => end,
                None if whole => {
                    broken += 1;
                    bare_end(text, at, self.delimiter)
                }
                None => return Next::More,
            };
            let byte = text.get(end).copied();
            if byte.is_none() && !whole || byte == Some(b'\r') && end + 1 == self.have && !self.last {
                return Next::More;
            }
            match spaced {
                Some((quoted, _)) => record.push(quoted.start as usize, quoted.end as usize),
                None => record.push(at, end),
            }
            at = end + 1;
            if byte == Some(self.delimiter) {
                continue;
            }
            at += usize::from(byte == Some(b'\r') && text.get(at) == Some(&b'\n'));
            self.broken += broken;
            self.begin(at.min(self.have));
            return self.complete(record);
        }
    }

    /// Looks at 64 bytes.
    fn look(&mut self) {
        let bytes = self.text.get(self.window..).and_then(|rest| rest.first_chunk::<64>());
        let Some(bytes) = bytes.filter(|_| self.window < self.have) else {
            self.separators = 0;
            return;
        };
        let [delimiters, quotes, feeds, returns] = masks(bytes, self.delimiter);
        let mut separators = delimiters | feeds | returns;
        let mut wrong = 0;
        self.doubled = false;
        if quotes | self.inside | self.closed != 0 {
            let inside = parity(quotes) ^ self.inside;
            let (opens, closes) = (quotes & inside, quotes & !inside);
            let edges = separators | quotes;
            // A quote opens in the middle of a cell, or more text follows a closing one.
            wrong = opens & !(edges << 1 | self.before) | (closes << 1 | self.closed) & !edges;
            self.doubled = opens & (closes << 1 | self.closed) != 0;
            self.quoted_within |= self.doubled;
            self.inside = ((inside as i64) >> 63) as u64;
            self.closed = closes >> 63;
            separators &= !inside;
        }
        self.before = (delimiters | feeds | returns | quotes) >> 63;
        let left = self.have - self.window;
        if left < 64 {
            let real = (1 << left) - 1;
            separators &= real;
            wrong &= real;
        }
        if wrong != 0 {
            self.stuck = true;
            separators &= (wrong & wrong.wrapping_neg()) - 1;
        }
        self.separators = separators;
        self.has_line_end = separators & (feeds | returns) != 0;
    }
}

/// The first `count` records of a text, and a blank record for a blank line. `whole` says that nothing follows the text.
pub fn records(text: &[u8], delimiter: char, whole: bool, count: usize) -> Vec<Vec<String>> {
    let have = text.len();
    let mut padded = Vec::with_capacity(have + PADDING);
    padded.extend_from_slice(text);
    padded.resize(have + PADDING, 0);
    let mut split = Split::new(&padded, have, whole, u8::try_from(delimiter).unwrap_or(b','));
    let (mut record, mut rows) = (Record::default(), Vec::new());
    while rows.len() < count && split.next(&mut record) == Next::Record {
        rows.push(record.cells().iter().map(|cell| String::from_utf8_lossy(&cell.value(&padded)).into_owned()).collect());
    }
    rows
}

/// The cells of a line that a program put whole between quotes, as Excel does when it saves a file that it did not cut: the
/// text inside is cut as its neighbours are. `None` where it has not as many cells as they do (of two, there may well be a
/// comma in a text), or where it is a sentence.
pub fn unwrapped(inside: &[u8], delimiter: char, width: usize) -> Option<Vec<String>> {
    if width < 3 || !inside.contains(&u8::try_from(delimiter).ok()?) {
        return None;
    }
    let mut rows = records(inside, delimiter, true, 2);
    let row = rows.pop().filter(|row| rows.is_empty() && row.len() == width)?;
    (!row.iter().skip(1).all(|cell| cell.starts_with(' '))).then_some(row)
}

/// For each bit, whether the bits up to it are odd in number: where quotes open and close, the bytes between.
fn parity(mut bits: u64) -> u64 {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^ bits << 32
}

/// Where 64 bytes are the delimiter, a quote, a line feed and a return. Written out: a program built small keeps the loops and the calls that it is written with.
#[cfg(target_arch = "wasm32")]
#[inline(always)]
fn masks(bytes: &[u8; 64], delimiter: u8) -> [u64; 4] {
    use std::arch::wasm32::{i8x16_bitmask, i8x16_eq, u8x16_lt, u8x16_min, u8x16_splat, u64x2, v128, v128_any_true};
    #[inline(always)]
    fn lane(low: &[u8; 8], high: &[u8; 8]) -> v128 {
        u64x2(u64::from_le_bytes(*low), u64::from_le_bytes(*high))
    }
    #[inline(always)]
    fn mask([a, b, c, d]: [v128; 4], byte: u8) -> u64 {
        let byte = u8x16_splat(byte);
        let bits = |lane| u64::from(i8x16_bitmask(i8x16_eq(lane, byte)));
        bits(a) | bits(b) << 16 | bits(c) << 32 | bits(d) << 48
    }
    let [a, b, c, d, e, f, g, h] = bytes.as_chunks::<8>().0 else { return [0; 4] };
    let lanes @ [a, b, c, d] = [lane(a, b), lane(c, d), lane(e, f), lane(g, h)];
    let least = u8x16_min(u8x16_min(a, b), u8x16_min(c, d));
    // Most have no line end, and no other control either.
    let [feeds, returns] = match v128_any_true(u8x16_lt(least, u8x16_splat(b' '))) {
        true => [mask(lanes, b'\n'), mask(lanes, b'\r')],
        false => [0; 2],
    };
    [mask(lanes, delimiter), mask(lanes, b'"'), feeds, returns]
}

/// Where 64 bytes are the delimiter, a quote, a line feed and a return. Eight at a time, for the wider instructions of a processor are unsafe to call.
#[cfg(not(target_arch = "wasm32"))]
fn masks(bytes: &[u8; 64], delimiter: u8) -> [u64; 4] {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const LOW: u64 = ONES * 0x7f;
    let mut masks = [0; 4];
    for (at, lane) in bytes.as_chunks::<8>().0.iter().enumerate() {
        let lane = u64::from_le_bytes(*lane);
        for (mask, byte) in masks.iter_mut().zip([delimiter, b'"', b'\n', b'\r']) {
            let differs = lane ^ (ONES * u64::from(byte));
            // The high bit of each byte that is zero, and of no other; then these bits side by side.
            let zeros = !((differs & LOW).wrapping_add(LOW) | differs | LOW);
            *mask |= ((zeros >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * at);
        }
    }
    masks
}

/// The cell that starts at `at` with spaces before its quotes, or after them too, as people lay a file out by hand, and where
/// it ends; `None` for another cell. Its quotes are closed on their line: else they may be those of an inch or of a quotation.
fn spaced(text: &[u8], at: usize, delimiter: u8) -> Option<(Cell, usize)> {
    let spaces = |from: usize| text.get(from..).unwrap_or_default().iter().take_while(|byte| **byte == b' ').count();
    let quote = at + spaces(at);
    if quote == at || text.get(quote) != Some(&b'"') {
        return None;
    }
    let close = closing(text, quote)? + 1;
    let cell = Cell { start: quote as u32, end: close as u32 };
    let end = close + spaces(close);
    let is_last = text.get(end).is_none_or(|byte| *byte == delimiter || matches!(byte, b'\n' | b'\r'));
    (is_last && !cell.raw(text).iter().any(|byte| matches!(byte, b'\n' | b'\r'))).then_some((cell, end))
}

/// Where the cell that starts at `at` ends; `None` where its quote is not closed in this text.
fn cell_end(text: &[u8], at: usize, delimiter: u8, broken: &mut u32) -> Option<usize> {
    if text.get(at) != Some(&b'"') {
        return Some(bare_end(text, at, delimiter));
    }
    let close = closing(text, at)?;
    let is_edge = |byte: &u8| *byte == delimiter || matches!(byte, b'\n' | b'\r');
    if text.get(close + 1).is_none_or(is_edge) {
        return Some(close + 1);
    }
    let lines = text.get(at..close).is_some_and(|inside| inside.iter().any(|b| matches!(b, b'\n' | b'\r')));
    let end = match around(text, at, delimiter).filter(|_| !lines) {
        Some(end) => end,
        None => bare_end(text, if lines { at } else { close + 1 }, delimiter),
    };
    // Spaces after the closing quote are but untidy.
    let rest = text.get(close + 1..end).unwrap_or_default();
    *broken += u32::from(lines || !rest.trim_ascii().is_empty());
    Some(end)
}

/// Bytes among which the end of a cell with quotes of its own is looked for: each cell of a long line may be one.
const AROUND: usize = 4096;

/// Where a cell ends that holds quotes which nobody doubled, and delimiters: `"Marché "entretien", lot 1"`. These quotes go by
/// pairs, and open before a word, on the line of the cell; `None` where they do not.
fn around(text: &[u8], at: usize, delimiter: u8) -> Option<usize> {
    let mut from = at + 1;
    let (mut open, mut escaped) = (false, false);
    loop {
        let near = text.get(from..text.len().min(at + AROUND))?;
        let place = from + memchr::memchr3(b'"', b'\n', b'\r', near)?;
        if text.get(place) != Some(&b'"') {
            return None;
        }
        let (before, after) = (text.get(place - 1).copied()?, text.get(place + 1));
        from = place + 1;
        if after == Some(&b'"') {
            from += 1;
            continue;
        }
        escaped |= before == b'\\';
        let closes = after.is_none_or(|byte| *byte == delimiter || matches!(byte, b'\n' | b'\r'));
        if closes && !open && !(escaped && before == b'\\') {
            return Some(place + 1);
        }
        // The quote of another cell, or none of a quotation.
        if !open && (before == delimiter || before.is_ascii_alphanumeric()) {
            return None;
        }
        open = !open;
    }
}

/// Where the quote that opens at `at` is closed.
fn closing(text: &[u8], at: usize) -> Option<usize> {
    let mut from = at + 1;
    loop {
        let quote = from + memchr::memchr(b'"', text.get(from..)?)?;
        if text.get(quote + 1) != Some(&b'"') {
            return Some(quote);
        }
        from = quote + 2;
    }
}

/// Where a cell without quotes ends.
fn bare_end(text: &[u8], from: usize, delimiter: u8) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    from + memchr::memchr3(delimiter, b'\n', b'\r', rest).unwrap_or(rest.len())
}

fn unquoted(raw: &[u8]) -> Cow<'_, [u8]> {
    let Some(close) = closing(raw, 0) else { return Cow::Borrowed(raw) };
    let (inside, after) = (raw.get(1..close).unwrap_or_default(), raw.get(close + 1..).unwrap_or_default());
    // Quotes that nobody doubled are within those that hold the cell.
    if let [b'"', all @ .., b'"'] = raw
        && !after.is_empty()
    {
        return Cow::Owned(if inside.ends_with(b"\\") { unescaped(all) } else { undoubled(all) });
    }
    if after.is_empty() && memchr::memchr(b'"', inside).is_none() {
        return Cow::Borrowed(inside);
    }
    Cow::Owned([undoubled(inside).as_slice(), after].concat())
}

/// A doubled quote stands for one.
fn undoubled(text: &[u8]) -> Vec<u8> {
    let mut value = Vec::with_capacity(text.len());
    let mut bytes = text.iter().peekable();
    while let Some(byte) = bytes.next() {
        value.push(*byte);
        if *byte == b'"' {
            bytes.next_if_eq(&&b'"');
        }
    }
    value
}

/// A quote or a backslash after a backslash stands for itself, as MySQL writes them.
fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut value = Vec::with_capacity(text.len());
    let mut bytes = text.iter().peekable();
    while let Some(byte) = bytes.next() {
        let escaped = if *byte == b'\\' { bytes.next_if(|next| matches!(next, b'"' | b'\\')) } else { None };
        value.push(*escaped.unwrap_or(byte));
    }
    value
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads a text that arrives in pieces.
    fn read_by(text: &str, delimiter: char, piece: usize) -> Vec<Vec<String>> {
        let (mut buffer, mut rows, mut record) = (Vec::new(), Vec::new(), Record::default());
        let mut pieces = text.as_bytes().chunks(piece.max(1)).peekable();
        loop {
            buffer.extend_from_slice(pieces.next().unwrap_or_default());
            let (have, last) = (buffer.len(), pieces.peek().is_none());
            buffer.resize(have + PADDING, 0);
            let mut split = Split::new(&buffer, have, last, delimiter as u8);
            while split.next(&mut record) == Next::Record {
                rows.push(
                    record.cells().iter().map(|cell| String::from_utf8(cell.value(&buffer).into_owned()).unwrap()).collect(),
                );
            }
            let rest = split.rest();
            buffer.truncate(have);
            buffer.drain(..rest);
            if last {
                return rows;
            }
        }
    }

    fn read(text: &str, delimiter: char) -> Vec<Vec<String>> {
        read_by(text, delimiter, usize::MAX)
    }

    #[test]
    fn reads_quotes_and_lines_as_python_does() {
        assert_eq!(read("a,b\n1,2", ','), [["a", "b"], ["1", "2"]]);
        assert_eq!(read("\"x, \"\"y\"\"\n\",é\r\n,\r", ','), [["x, \"y\"\n", "é"], ["", ""]]);
        assert_eq!(read("\"a\"b,c\"d\"\n", ','), [["ab", "c\"d\""]]);
        assert_eq!(read("a\n\n\r\nb\n", ';'), [vec!["a"], vec![], vec![], vec!["b"]]);
        assert_eq!(read("\"\"\"\"\n\"\"", ','), [["\""], [""]]);
        assert!(read("", ',').is_empty());
    }

    #[test]
    fn spaces_before_quotes_do_not_keep_them_from_holding_a_delimiter() {
        assert_eq!(read("\"a\", \"b, c\",  \"\"\"d\"\"\" \n1, \"2\" ,3", ','), [["a", "b, c", "\"d\""], ["1", "2", "3"]]);
        assert_eq!(
            read("a; \"b\" c;d\ne; \"f;g\n;\"h\"; i\n", ';'),
            [["a", " \"b\" c", "d"], ["e", " \"f", "g"], ["", "h", " i"]]
        );
    }

    #[test]
    fn quotes_that_nobody_doubled_stand_for_themselves() {
        for (line, cells) in [
            (r#""Marché "entretien" lot 0",x"#, [r#"Marché "entretien" lot 0"#, "x"]),
            (r#""Marché "entretien", lot 0",x"#, [r#"Marché "entretien", lot 0"#, "x"]),
            (r#""Marché "a, b", c",x"#, [r#"Marché "a, b", c"#, "x"]),
            (r#""Marché \"entretien\", lot \\1","x""#, [r#"Marché "entretien", lot \1"#, "x"]),
            (r#""tuyau 5" de long","x""#, [r#"tuyau 5" de long"#, "x"]),
            (r#""il dit "oui","non""#, [r#"il dit "oui"#, "non"]),
            (r#""C:\dir\",x"#, [r"C:\dir\", "x"]),
        ] {
            assert_eq!(read(&format!("{line}\nc,d\n"), ','), [cells, ["c", "d"]], "{line}");
        }
    }

    #[test]
    fn a_broken_quote_does_not_swallow_the_lines_below() {
        assert_eq!(read("\"a;b\nc;d\n", ';'), [["\"a", "b"], ["c", "d"]]);
        assert_eq!(read("\"a;b\nc;\"d\"\ne;f\n", ';'), [["\"a", "b"], ["c", "d"], ["e", "f"]]);
        assert_eq!(read("le \"bon\" café;12\n5\" de long;3\n", ';'), [["le \"bon\" café", "12"], ["5\" de long", "3"]]);
    }

    #[test]
    fn quotes_of_a_long_line_cost_no_more_than_its_length() {
        let line = "\"a \"b;".repeat(150_000);
        assert_eq!(read(&line, ';')[0].len(), 150_001);
    }

    #[test]
    fn a_quote_left_open_in_a_long_file_costs_no_more_than_its_length() {
        let long = format!("\"a;b\n{}", "c;\"d\";e\n".repeat(200_000));
        assert_eq!(read_by(&long, ';', 1 << 16).len(), 200_001);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// On what a correct writer writes, it agrees with the csv crate.
        #[test]
        fn agrees_with_the_csv_crate(rows in prop::collection::vec(prop::collection::vec("[a\",;\n\ré ]{0,6}", 2..5), 1..16)) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            prop_assert_eq!(read(&text, ','), rows);
        }

        /// Whatever the text, it ends, keeps every character that is not structure, and gives the same
        /// however the text arrives.
        #[test]
        fn loses_nothing_however_the_text_arrives(text in "[a\", \n\r]{0,200}", piece in 1_usize..90) {
            let count = |s: &str| s.chars().filter(|c| *c == 'a').count();
            let rows = read(&text, ',');
            prop_assert_eq!(rows.iter().flatten().map(|c| count(c)).sum::<usize>(), count(&text));
            prop_assert_eq!(read_by(&text, ',', piece), rows);
        }
    }
}
