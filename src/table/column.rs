use super::{
    codes::{BLOCK, Codes},
    own::Own,
    words::{Found, Keyed, Span, Words},
};

/// The code of a value within its [`Column`]. Two rows with the same code hold the same text.
pub type Code = u32;

/// One column of text.
///
/// Most columns of open data hold few different values, so a value is stored (and checked) once, and
/// a row keeps a code of one, two or four bytes. A column whose values are nearly all different gains
/// nothing by that: from the row where this shows, each row keeps its own text, and its code follows from
/// its place. Codes count from zero without a gap: the values shared, then the rows that keep their own
/// text, then the values written since.
#[derive(Debug, Clone, Default)]
pub struct Column {
    words: Words,
    /// Codes of the rows that share: those before the rows with their own text, then those after.
    codes: Codes,
    own: Option<Own>,
    /// Rows and words at the last judgement, and the rows at which the next one stands.
    judged: (usize, u32),
    judged_next: usize,
    /// How many rows hold each word, hidden rows left out.
    tally: Vec<u32>,
    /// Rows with a text, hidden rows left out.
    filled: u32,
}

/// Rows that hold one value and come to hold another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The code they had.
    pub from: Code,
    /// The code they get.
    pub to: Code,
    /// How many they are.
    pub rows: u32,
}

/// The most rows added together, one column after the other: few enough for the processor to keep them at hand.
pub const TOGETHER: usize = 256;

/// Room to add rows together, for one column after the other: made anew for each, it would be cleared longer than it is used.
#[derive(Debug)]
pub struct Room {
    /// The word of each row.
    words: [u32; TOGETHER],
    /// Their texts, side by side.
    beside: [u8; BESIDE],
}

/// Bytes put side by side before they are added to a column.
const BESIDE: usize = 4096;

impl Default for Room {
    fn default() -> Room {
        Room { words: [0; TOGETHER], beside: [0; BESIDE] }
    }
}

/// How many of the latest rows may bring a new value, in hundredths, before a column stops sharing. Measured on
/// open data and against the cost of each kind of row; a share of all rows would misjudge a column that
/// takes ten thousand rows to show all its values.
fn tolerated(rows: usize) -> u32 {
    match rows {
        ..4_097 => 90,
        4_097..16_385 => 45,
        _ => 20,
    }
}

impl Column {
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.codes.len() + self.own.as_ref().map_or(0, |own| own.len)
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of stored values: every code is below it.
    pub fn values(&self) -> usize {
        self.words.len() as usize + self.own.as_ref().map_or(0, |own| own.len)
    }

    /// The text behind a code; empty for a code that this column never gave.
    #[inline]
    pub fn value(&self, code: Code) -> &str {
        match &self.own {
            Some(own) if code >= own.base => match own.text((code - own.base) as usize) {
                Some(text) => text,
                None => self.words.get(code - own.len as u32),
            },
            _ => self.words.get(code),
        }
    }

    /// The stored values from a code on, in the order of their codes. Faster than asking one by one.
    pub fn values_from(&self, code: Code) -> impl Iterator<Item = &str> + '_ {
        let (base, len) = self.own.as_ref().map_or((self.words.len(), 0), |own| (own.base, own.len as u32));
        let rows = code.saturating_sub(base).min(len);
        let after = code.saturating_sub(len).max(base);
        let own = self.own.iter().flat_map(move |own| own.texts_from(rows as usize));
        self.words.range(code.min(base), base).chain(own).chain(self.words.range(after, self.words.len()))
    }

    /// Tells each value that rows hold, and how many they are. `hidden` tells the rows that are not counted.
    pub fn each_value<'t>(&'t self, hidden: impl Fn(u32) -> bool, mut tell: impl FnMut(Code, &'t str, u32)) {
        let mut held = |code: Code, value: &'t str, rows: u32| {
            if rows > 0 {
                tell(code, value, rows);
            }
        };
        let counted = |word: u32| self.tally.get(word as usize).copied().unwrap_or_default();
        let words = self.words.len();
        let base = self.own.as_ref().map_or(words, |own| own.base);
        (0..base).zip(self.words.range(0, base)).for_each(|(word, value)| held(word, value, counted(word)));
        let Some(own) = &self.own else { return };
        own.each_text(|at, value, as_read| {
            let code = base + at as Code;
            held(code, value, if as_read { u32::from(!hidden((own.from + at) as u32)) } else { self.count(code, &hidden) });
        });
        let after = (base..words).zip(self.words.range(base, words));
        after.for_each(|(word, value)| held(word + own.len as u32, value, counted(word)));
    }

    /// Tells the stored values from a code on, in the order of their codes, and whether each is known to be plain
    /// ([`Glance::is_plain`](crate::text::Glance::is_plain)): the others may well be.
    pub fn each_from<'t>(&'t self, code: Code, mut tell: impl FnMut(&'t str, bool)) {
        let (base, len) = self.own.as_ref().map_or((self.words.len(), 0), |own| (own.base, own.len as u32));
        self.words.range(code.min(base), base).for_each(|value| tell(value, false));
        if let Some(own) = &self.own {
            own.each_from(code.saturating_sub(base).min(len) as usize, &mut tell);
        }
        self.words.range(code.saturating_sub(len).max(base), self.words.len()).for_each(|value| tell(value, false));
    }

    /// Tells the rows whose code passes a test, hidden rows too, in order. Faster than asking row by row: the test is asked of
    /// codes that no row has, too.
    pub fn rows_where(&self, passes: impl Fn(Code) -> bool, tell: impl FnMut(u32)) {
        self.rows(
            &passes,
            |own, tell| {
                own.each_code(|at, code| {
                    if passes(code) {
                        tell(at)
                    }
                })
            },
            tell,
        );
    }

    /// [`Column::rows_where`] the code has a mark. Faster, where few have.
    pub fn rows_marked(&self, marks: &[bool], tell: impl FnMut(u32)) {
        let marked = |code: Code| marks.get(code as usize).copied().unwrap_or_default();
        self.rows(marked, |own, tell| own.each_marked(marks, tell), tell);
    }

    /// Tells the rows that share their values and whose code passes a test, and those with their own text that `own_rows` tells
    /// by their places.
    fn rows(&self, passes: impl Fn(Code) -> bool, own_rows: impl Fn(&Own, &mut dyn FnMut(usize)), mut tell: impl FnMut(u32)) {
        let Some(own) = &self.own else { return self.codes.rows_where(0, passes, |row| tell(row as u32)) };
        let (from, len) = (own.from, own.len);
        // The rows with their own text stand between others, which are asked first and held back.
        let mut after = Vec::new();
        self.codes.rows_where(0, passes, |row| if row < from { tell(row as u32) } else { after.push((row + len) as u32) });
        own_rows(own, &mut |at| tell((from + at) as u32));
        after.into_iter().for_each(tell);
    }

    /// The code of a row; `None` past the end.
    pub fn code(&self, row: u32) -> Option<Code> {
        let row = row as usize;
        match &self.own {
            Some(own) if row >= own.from => match row - own.from {
                at if at < own.len => Some(own.code(at)),
                _ => self.codes.get(row - own.len),
            },
            _ => self.codes.get(row),
        }
    }

    /// Tells the code of each of these rows, with its place among them. Faster than asking row by row where they follow one
    /// another.
    pub fn codes_of(&self, rows: &[u32], mut tell: impl FnMut(usize, Code)) {
        let first = rows.first().copied().unwrap_or_default();
        if self.own.is_none() && rows.iter().copied().eq(first..first.saturating_add(rows.len() as u32)) {
            return self.codes.each(first as usize, rows.len(), tell);
        }
        for (at, row) in rows.iter().enumerate() {
            if let Some(code) = self.code(*row) {
                tell(at, code);
            }
        }
    }

    /// The text of a row; empty past the end.
    pub fn text(&self, row: u32) -> &str {
        self.code(row).map_or("", |code| self.value(code))
    }

    /// Rows with a text, hidden rows left out.
    pub fn filled(&self) -> u32 {
        self.filled
    }

    /// How many rows hold a value, hidden rows left out. `hidden` tells which they are.
    pub fn count(&self, code: Code, hidden: impl Fn(u32) -> bool) -> u32 {
        match &self.own {
            Some(own) if code >= own.base && ((code - own.base) as usize) < own.len => {
                let at = (code - own.base) as usize;
                u32::from(own.code(at) == code && !hidden((own.from + at) as u32))
            }
            _ => self.tally.get(self.word(code) as usize).copied().unwrap_or_default(),
        }
    }

    /// The word behind a code that is not of a row with its own text.
    fn word(&self, code: Code) -> u32 {
        match &self.own {
            Some(own) if code >= own.base => code - own.len as u32,
            _ => code,
        }
    }

    /// Counts a row no more.
    pub fn hide(&mut self, row: u32) {
        if let Some(code) = self.code(row) {
            self.count_fewer(code, 1);
        }
    }

    /// Counts a row again.
    pub fn reveal(&mut self, row: u32) {
        if let Some(code) = self.code(row) {
            self.count_more(code, 1);
        }
    }

    /// Counts `rows` more rows that hold a value.
    fn count_more(&mut self, code: Code, rows: u32) {
        if !self.value(code).is_empty() {
            self.filled += rows;
        }
        if let Some(count) = self.counted(code) {
            *count += rows;
        }
    }

    /// Counts `rows` fewer rows that hold a value.
    fn count_fewer(&mut self, code: Code, rows: u32) {
        if !self.value(code).is_empty() {
            self.filled = self.filled.saturating_sub(rows);
        }
        if let Some(count) = self.counted(code) {
            *count = count.saturating_sub(rows);
        }
    }

    /// The count of a value; `None` for the text of one row, which counts itself.
    fn counted(&mut self, code: Code) -> Option<&mut u32> {
        let own = |own: &Own| code >= own.base && ((code - own.base) as usize) < own.len;
        if self.own.as_ref().is_some_and(own) {
            return None;
        }
        let word = self.word(code) as usize;
        if self.tally.len() <= word {
            self.tally.resize(word + 1, 0);
        }
        self.tally.get_mut(word)
    }

    /// Gives the code of `value`, storing it where it is new.
    pub fn intern(&mut self, value: &str) -> Code {
        if let Some(own) = &mut self.own {
            own.closed = true;
        }
        let word = match self.words.find(Keyed::at(value.as_bytes(), Span::of(value))) {
            Found::Word(word) => word,
            Found::New(place) => self.words.add(value, place),
            Found::Crowded => self.words.push(value),
        };
        self.coded(word)
    }

    /// Adds a row at the end.
    pub fn push(&mut self, value: &str) {
        self.add(value.as_bytes(), &[Span::of(value)], &mut [0], &mut []);
    }

    /// Adds rows at the end, at most [`TOGETHER`], whose texts stand at these places of the bytes, up to the first that is not
    /// UTF-8. Gives the number of those added.
    pub fn take(&mut self, bytes: &[u8], spans: &[Span], room: &mut Room) -> usize {
        self.add(bytes, spans, &mut room.words, &mut room.beside)
    }

    /// [`Column::take`], with room for the word of each row and for texts side by side.
    fn add(&mut self, bytes: &[u8], spans: &[Span], words: &mut [u32], beside: &mut [u8]) -> usize {
        let added = if self.own.as_ref().is_none_or(|own| own.closed) { self.share(bytes, spans, words) } else { 0 };
        let Some(own) = self.own.as_mut().filter(|own| !own.closed) else { return added };
        let before = own.filled;
        let taken = own.take(bytes, spans.get(added..).unwrap_or_default(), beside);
        self.filled += own.filled - before;
        added + taken
    }

    /// Adds rows that share their values, with room for the word of each. Gives the number of those added: fewer where one is not
    /// text, or where sharing had to stop.
    fn share(&mut self, bytes: &[u8], spans: &[Span], words: &mut [u32]) -> usize {
        let (mut shared, mut filled, mut crowded) = (0, 0, false);
        for (span, place) in spans.iter().zip(&mut *words) {
            let keyed = Keyed::at(bytes, *span);
            *place = match self.words.find(keyed) {
                Found::Word(word) => word,
                found => {
                    let Ok(text) = str::from_utf8(keyed.bytes) else { break };
                    match found {
                        Found::New(place) => self.words.add(text, place),
                        _ if self.own.is_some() => self.words.push(text),
                        _ => {
                            crowded = true;
                            break;
                        }
                    }
                }
            };
            shared += 1;
            filled += u32::from(!keyed.bytes.is_empty());
            match self.tally.get_mut(*place as usize) {
                Some(count) => *count += 1,
                None => {
                    self.tally.resize(*place as usize, 0);
                    self.tally.push(1);
                }
            }
        }
        self.filled += filled;
        let words = words.get_mut(..shared).unwrap_or_default();
        if self.own.is_some() {
            words.iter_mut().for_each(|word| *word = self.coded(*word));
        }
        self.codes.extend(words, self.values() as Code);
        if crowded || self.codes.len() >= self.judged_next && self.no_longer_pays() {
            self.stop_sharing();
        }
        shared
    }

    /// The code of a word.
    fn coded(&self, word: u32) -> Code {
        match &self.own {
            Some(own) if word >= own.base => word + own.len as u32,
            _ => word,
        }
    }

    /// Judges whether sharing has stopped to pay.
    fn no_longer_pays(&mut self) -> bool {
        let rows = self.codes.len();
        self.judged_next = match rows {
            ..4_096 => 4_096,
            4_096..16_384 => 16_384,
            _ => (rows / BLOCK + 1) * BLOCK,
        };
        if self.own.is_some() || rows < 4_096 {
            return false;
        }
        let (rows_before, words_before) = std::mem::replace(&mut self.judged, (rows, self.words.len()));
        let (new_rows, new_words) = (rows - rows_before, self.words.len() - words_before);
        new_words * 100 > new_rows as u32 * tolerated(rows)
    }

    fn stop_sharing(&mut self) {
        if self.own.is_none() {
            let (from, base) = (self.codes.len(), self.words.len());
            self.own = Some(Own::new(from, base));
            self.words.settle();
            self.codes.settle();
        }
    }

    /// Gives back the memory that only growing needs, once a file has been read.
    pub fn settle(&mut self) {
        self.words.settle();
        self.codes.settle();
        self.tally.shrink_to_fit();
        if let Some(own) = &mut self.own {
            own.settle();
        }
    }

    /// Gives rows other codes, each of them in the place of the one that it had. `hidden` tells the rows that are not counted.
    pub fn exchange(&mut self, cells: &mut [(u32, Code)], hidden: impl Fn(u32) -> bool) {
        // A repair writes one value over another in row after row: they are counted together.
        let (mut from, mut to, mut rows) = (0, 0, 0);
        for (row, code) in cells {
            let Some(old) = self.put(*row, *code) else { continue };
            let new = std::mem::replace(code, old);
            if hidden(*row) {
                continue;
            }
            if (old, new) != (from, to) {
                self.count_fewer(from, rows);
                self.count_more(to, rows);
                (from, to, rows) = (old, new, 0);
            }
            rows += 1;
        }
        self.count_fewer(from, rows);
        self.count_more(to, rows);
    }

    /// Its codes, where every row shares its value: a value then takes the place of another in all rows at once.
    pub fn codes(&self) -> Option<&Codes> {
        self.own.is_none().then_some(&self.codes)
    }

    /// Takes other codes for all its rows and gives those it had. `moves` tells what that changes for the rows counted.
    pub fn take_codes(&mut self, codes: &mut Codes, moves: impl Iterator<Item = Move>) {
        // Rows made meanwhile stand in the column for ever, shown or not.
        let since: Vec<Code> = (codes.len()..self.codes.len()).filter_map(|row| self.codes.get(row)).collect();
        codes.extend(&since, self.values() as Code);
        std::mem::swap(&mut self.codes, codes);
        for Move { from, to, rows } in moves {
            self.count_fewer(from, rows);
            self.count_more(to, rows);
        }
    }

    /// Gives a row another code and returns the one it had; `None` past the end. Nothing is counted.
    fn put(&mut self, row: u32, code: Code) -> Option<Code> {
        let row = row as usize;
        match &mut self.own {
            Some(own) if row >= own.from && row - own.from < own.len => own.put(row - own.from, code),
            Some(own) if row >= own.from => self.codes.swap(row - own.len, code),
            _ => self.codes.swap(row, code),
        }
    }

    /// Bytes held.
    pub fn heap(&self) -> usize {
        self.words.heap() + self.codes.heap() + self.tally.capacity() * 4 + self.own.as_ref().map_or(0, Own::heap)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counts(column: &Column) -> Vec<u32> {
        (0..column.values() as Code).map(|code| column.count(code, |_| false)).collect()
    }

    fn write(column: &mut Column, row: u32, code: Code) -> Code {
        let mut cell = [(row, code)];
        column.exchange(&mut cell, |_| false);
        cell[0].1
    }

    #[test]
    fn equal_values_share_a_code() {
        let mut column = Column::default();
        for value in ["a", "", "a", "é", ""] {
            column.push(value);
        }
        assert_eq!((0..5).map(|row| column.code(row).unwrap()).collect::<Vec<_>>(), [0, 1, 0, 2, 1]);
        assert_eq!((column.text(3), column.text(4), column.text(9)), ("é", "", ""));
        assert_eq!((column.values(), column.filled(), counts(&column)), (3, 3, vec![2, 2, 1]));
    }

    #[test]
    fn a_column_of_different_values_stops_sharing_and_stays_right() {
        let mut column = Column::default();
        let text = |n: u32| if n.is_multiple_of(1000) { "même".to_owned() } else { format!("id-{n}") };
        (0..200_000).for_each(|n| column.push(&text(n)));
        assert_eq!(column.own.as_ref().map(|own| own.from), Some(4_096));
        assert!((0..200_000).all(|n| column.text(n) == text(n)));
        assert_eq!(counts(&column).iter().sum::<u32>(), 200_000);
        let written = column.intern("écrit");
        let before = write(&mut column, 150_000, written);
        column.push("après");
        assert_eq!((column.text(150_000), column.text(149_999), column.text(200_000)), ("écrit", "id-149999", "après"));
        write(&mut column, 150_000, before);
        assert_eq!(column.text(150_000), "même");
        assert_eq!((column.value(written), column.len()), ("écrit", 200_001));
        assert_eq!(counts(&column).iter().sum::<u32>(), 200_001);
    }

    #[test]
    fn texts_made_to_collide_stay_in_their_rows() {
        let mut column = Column::default();
        let texts = crate::table::words::colliding(300);
        texts.iter().for_each(|text| column.push(text));
        column.push("après");
        assert!(column.own.is_some());
        assert!(texts.iter().enumerate().all(|(row, text)| column.text(row as u32) == text));
        assert_eq!((column.text(300), column.len()), ("après", 301));
    }

    #[test]
    fn a_column_slow_to_show_its_values_goes_on_sharing() {
        let mut column = Column::default();
        let mut random = 1_u64;
        for _ in 0..300_000 {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            column.push(&format!("{}", random % 10_000));
        }
        assert!(column.own.is_none());
        assert_eq!(column.values(), 10_000);
    }

    proptest! {
        /// Whatever is added, written and taken back, rows hold what a plain list would.
        #[test]
        fn is_a_list_of_texts(
            read in prop::collection::vec("[ab]{0,2}", 0..60),
            sharing in any::<bool>(),
            steps in prop::collection::vec((any::<prop::sample::Index>(), "[abc]{0,2}", any::<bool>()), 0..40),
        ) {
            let mut column = Column::default();
            for (at, value) in read.iter().enumerate() {
                if at == 20 && !sharing {
                    column.stop_sharing();
                }
                column.push(value);
            }
            let mut plain = read.clone();
            for (at, value, add) in &steps {
                if *add || plain.is_empty() {
                    column.push(value);
                    plain.push(value.clone());
                } else {
                    let row = at.index(plain.len());
                    let code = column.intern(value);
                    write(&mut column, row as u32, code);
                    plain[row] = value.clone();
                }
            }
            let rows: Vec<String> = (0..plain.len() as u32).map(|row| column.text(row).to_owned()).collect();
            prop_assert_eq!(&rows, &plain);
            let all: Vec<&str> = (0..column.values() as Code).map(|code| column.value(code)).collect();
            for from in 0..=column.values() {
                prop_assert_eq!(column.values_from(from as Code).collect::<Vec<_>>(), &all[from..]);
                let mut told = Vec::new();
                column.each_from(from as Code, |value, _| told.push(value));
                prop_assert_eq!(told, &all[from..]);
            }
            for mark in ["", "a", "bb"] {
                let marks: Vec<bool> = all.iter().map(|value| *value == mark).collect();
                let (mut marked, mut passing) = (Vec::new(), Vec::new());
                column.rows_marked(&marks, |row| marked.push(row));
                column.rows_where(|code| marks.get(code as usize) == Some(&true), |row| passing.push(row));
                let expected = (0..plain.len() as u32).filter(|row| plain[*row as usize] == mark);
                prop_assert_eq!(&marked, &expected.collect::<Vec<_>>());
                prop_assert_eq!(marked, passing);
            }
            let rows: Vec<u32> = (0..plain.len() as u32 + 1).collect();
            for rows in [&rows[..], &rows[rows.len() / 2..], &[1, 0, 3]] {
                let mut told = vec![None; rows.len()];
                column.codes_of(rows, |at, code| told[at] = Some(code));
                prop_assert_eq!(told, rows.iter().map(|row| column.code(*row)).collect::<Vec<_>>());
            }
            prop_assert_eq!(column.filled() as usize, plain.iter().filter(|value| !value.is_empty()).count());
            let mut held = vec![0; column.values()];
            (0..plain.len()).for_each(|row| held[column.code(row as u32).unwrap() as usize] += 1);
            let mut told = vec![0; column.values()];
            column.each_value(|_| false, |code, value, rows| {
                assert_eq!(value, column.value(code));
                told[code as usize] = rows;
            });
            prop_assert_eq!(&told, &held);
            prop_assert_eq!(counts(&column), held);
        }
    }
}
