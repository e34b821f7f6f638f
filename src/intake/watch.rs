use std::{cell::Cell, io, rc::Rc};

/// Rows of a sheet from one telling to the next.
const EVERY: u32 = 2048;

/// How far the reading of a workbook is.
#[derive(Debug, Clone, PartialEq)]
pub struct Sight {
    /// The part of the work that is done, from 0 to 1.
    pub share: f64,
    /// Rows read in the present sheet.
    pub rows: usize,
    /// Its first rows, once.
    pub head: Option<Vec<Vec<String>>>,
}

/// Tells how far the reading of a workbook is while it goes on: it is read in one go, once its bytes are at hand. By default,
/// nobody is told.
#[derive(Default)]
pub struct Watch<'w> {
    tell: Option<&'w mut dyn FnMut(Sight)>,
    passed: Passed,
    next: u32,
    shown: bool,
}

/// Bytes that were read of those to read, wherever they are read.
#[derive(Debug, Clone, Default)]
pub struct Passed {
    bytes: Rc<Cell<u64>>,
    all: u64,
}

impl<'w> Watch<'w> {
    /// A watch that tells what it sees.
    pub fn new(tell: &'w mut dyn FnMut(Sight)) -> Watch<'w> {
        Watch { tell: Some(tell), ..Watch::default() }
    }

    /// Follows the bytes of a package.
    pub(super) fn follow(&mut self, passed: Passed) {
        self.passed = passed;
    }

    /// Begins another sheet.
    pub(super) fn begin(&mut self) {
        self.next = 0;
    }

    /// Shows the first rows before the others are read.
    pub(super) fn show(&mut self, head: Vec<Vec<String>>) {
        if let Some(tell) = self.tell.as_mut().filter(|_| !self.shown && !head.is_empty()) {
            self.shown = true;
            tell(Sight { share: self.passed.share(), rows: head.len(), head: Some(head) });
        }
    }

    /// Tells that rows are read, now and then. `head` gives the first ones, which are worth seeing from the second time on.
    pub(super) fn saw(&mut self, rows: u32, head: impl FnOnce() -> Vec<Vec<String>>) {
        let Some(tell) = self.tell.as_mut().filter(|_| rows >= self.next.max(1)) else { return };
        let head = (self.next > 0 && !self.shown).then(head);
        self.shown |= head.is_some();
        // The first rows are awaited more than the others.
        self.next = if self.next == 0 { rows + EVERY / 16 } else { rows + EVERY };
        tell(Sight { share: self.passed.share(), rows: rows as usize, head });
    }
}

impl Passed {
    /// Nothing read yet, of so many bytes.
    pub(super) fn of(all: u64) -> Passed {
        Passed { all, ..Passed::default() }
    }

    /// Bytes read.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes.get()
    }

    fn share(&self) -> f64 {
        if self.all == 0 { 0.0 } else { (self.bytes.get() as f64 / self.all as f64).min(1.0) }
    }
}

/// A stream whose bytes are counted.
pub(super) struct Counted<R>(pub R, pub Passed);

impl<R: io::Read> io::Read for Counted<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(room)?;
        self.1.bytes.set(self.1.bytes.get() + read as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn tells_now_and_then_and_shows_the_first_rows_once() {
        let passed = Passed::of(200);
        let mut seen = Vec::new();
        let mut tell = |sight: Sight| seen.push((sight.share, sight.rows, sight.head.is_some()));
        let mut watch = Watch::new(&mut tell);
        watch.follow(passed.clone());
        let mut stream = Counted(io::repeat(b'a'), passed);
        for row in 1..=5000 {
            if row % 50 == 0 {
                stream.read_exact(&mut [0]).unwrap();
            }
            watch.saw(row, || vec![vec!["a".to_owned()]]);
        }
        watch.begin();
        watch.saw(1, Vec::new);
        assert_eq!(seen, [(0.0, 1, false), (0.01, 129, true), (0.215, 2177, false), (0.42, 4225, false), (0.5, 1, false)]);
    }
}
