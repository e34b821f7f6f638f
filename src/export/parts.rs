use std::{
    cell::RefCell,
    fmt,
    io::{self, Seek, SeekFrom, Write},
};

/// Bytes of a part.
const PART: usize = 4 << 20;
/// Bytes at the end that are always at hand: more than a header of an archive takes.
const TAIL: usize = 4 << 10;

/// A file written part by part: each is given away once it is full, so that a file is never held whole, whatever its size.
///
/// An archive writes the size of each of its files over their header, once it is known: a few short parts are kept for
/// that, and given last. So parts are numbered.
pub struct Parts<'a>(RefCell<State<'a>>);

struct State<'a> {
    give: &'a mut dyn FnMut(usize, Vec<u8>) -> io::Result<()>,
    kept: Vec<Part>,
    last: Part,
    /// Where the next byte goes.
    at: u64,
}

#[derive(Debug, Default)]
struct Part {
    number: usize,
    start: u64,
    bytes: Vec<u8>,
}

impl Part {
    fn end(&self) -> u64 {
        self.start + self.bytes.len() as u64
    }

    /// Takes its last bytes away, as the part after it.
    fn split(&mut self, tail: usize) -> Part {
        let bytes = self.bytes.split_off(self.bytes.len().saturating_sub(tail));
        Part { number: self.number + 1, start: self.end(), bytes }
    }
}

impl<'a> Parts<'a> {
    /// Starts a file. `give` is given each part with its number: from 0, none left out, in any order.
    pub fn new(give: &'a mut dyn FnMut(usize, Vec<u8>) -> io::Result<()>) -> Parts<'a> {
        Parts(RefCell::new(State { give, kept: Vec::new(), last: Part::default(), at: 0 }))
    }

    /// Writes a file and holds it whole, where it is wanted so.
    ///
    /// # Errors
    /// Those of the writing.
    pub fn gather(write: impl FnOnce(&Parts) -> io::Result<()>) -> io::Result<Vec<u8>> {
        let mut all: Vec<(usize, Vec<u8>)> = Vec::new();
        let mut give = |number, bytes| {
            all.push((number, bytes));
            Ok(())
        };
        let parts = Parts::new(&mut give);
        write(&parts)?;
        parts.finish()?;
        all.sort_by_key(|(number, _)| *number);
        Ok(all.into_iter().flat_map(|(_, bytes)| bytes).collect())
    }

    /// Keeps what was just written, to be written over later.
    pub(super) fn keep(&self) -> io::Result<()> {
        let mut state = self.0.borrow_mut();
        let kept = state.last.split(TAIL);
        state.last.number = kept.number + 1;
        let before = Part { number: kept.number - 1, start: 0, bytes: std::mem::take(&mut state.last.bytes) };
        state.last.start = kept.end();
        state.kept.push(kept);
        (state.give)(before.number, before.bytes)
    }

    /// Gives what is left.
    ///
    /// # Errors
    /// Where it is not taken.
    pub fn finish(self) -> io::Result<()> {
        let State { give, kept, last, .. } = self.0.into_inner();
        kept.into_iter().chain([last]).try_for_each(|part| give(part.number, part.bytes))
    }
}

impl Write for &Parts<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let state = &mut *self.0.borrow_mut();
        if state.at == state.last.end() {
            let room = PART.saturating_sub(state.last.bytes.len()).max(1);
            let taken = bytes.get(..room).unwrap_or(bytes);
            state.last.bytes.extend_from_slice(taken);
            state.at += taken.len() as u64;
            if state.last.bytes.len() >= PART {
                let tail = state.last.split(TAIL);
                let full = std::mem::replace(&mut state.last, tail);
                (state.give)(full.number, full.bytes)?;
            }
            return Ok(taken.len());
        }
        let at = state.at;
        let mut held = state.kept.iter_mut().chain([&mut state.last]);
        let over = held.find(|part| (part.start..part.end()).contains(&at));
        let over = over.and_then(|part| part.bytes.get_mut((at - part.start) as usize..));
        let over = over.ok_or_else(|| io::Error::other("what is to be written over was given away"))?;
        let taken = over.iter_mut().zip(bytes).map(|(old, new)| *old = *new).count();
        state.at += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for &Parts<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let mut state = self.0.borrow_mut();
        let end = state.last.end();
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::Current(by) => state.at.checked_add_signed(by),
            SeekFrom::End(by) => end.checked_add_signed(by),
        };
        state.at = place.filter(|place| *place <= end).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(state.at)
    }
}

impl fmt::Debug for Parts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_slice_is_large_and_all_of_them_make_the_file() {
        let line = b"0123456789abcdefghijklmnopqrstuvwxyz\n";
        let mut given = Vec::new();
        let mut give = |number: usize, bytes: Vec<u8>| {
            given.push((number, bytes));
            Ok(())
        };
        let parts = Parts::new(&mut give);
        let mut to = &parts;
        to.write_all(b"head").unwrap();
        parts.keep().unwrap();
        for _ in 0..300_000 {
            to.write_all(line).unwrap();
        }
        to.seek(SeekFrom::Start(1)).unwrap();
        to.write_all(b"EA").unwrap();
        to.seek(SeekFrom::Start(4)).unwrap();
        assert!(to.write_all(b"gone").is_err());
        assert!(to.seek(SeekFrom::End(1)).is_err());
        to.seek(SeekFrom::End(0)).unwrap();
        to.write_all(b"end").unwrap();
        parts.finish().unwrap();
        assert!(given.len() > 3 && given.iter().all(|(_, bytes)| bytes.len() <= PART));
        given.sort();
        assert!(given.iter().enumerate().all(|(at, (number, _))| at == *number));
        let whole: Vec<u8> = given.into_iter().flat_map(|(_, bytes)| bytes).collect();
        assert!(whole == [b"hEAd", line.repeat(300_000).as_slice(), b"end"].concat());
    }
}
