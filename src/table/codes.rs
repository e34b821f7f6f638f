use super::{
    Code,
    passing::{MANY, Passing},
};

/// Rows of a block: those whose codes share a width.
pub const BLOCK: usize = 1 << 16;

/// The codes of rows, in blocks of integers as narrow as their codes, and those of the block before, allow.
#[derive(Debug, Clone, Default)]
pub struct Codes(Vec<Block>);

#[derive(Debug, Clone)]
enum Block {
    Narrow(Vec<u8>),
    Middle(Vec<u16>),
    Wide(Vec<u32>),
}

impl Codes {
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.0.last().map_or(0, |last| (self.0.len() - 1) * BLOCK + last.len())
    }

    /// The code of a row; `None` past the end.
    #[inline]
    pub fn get(&self, row: usize) -> Option<Code> {
        self.0.get(row / BLOCK)?.get(row % BLOCK)
    }

    /// Tells the code of each of `count` rows from one on, with its place among them.
    pub fn each(&self, from: usize, count: usize, mut tell: impl FnMut(usize, Code)) {
        let mut told = 0;
        while told < count {
            let row = from + told;
            let Some(block) = self.0.get(row / BLOCK) else { return };
            let (start, end) = (row % BLOCK, (row % BLOCK + count - told).min(block.len()));
            if start >= end {
                return;
            }
            let places = told..;
            match block {
                Block::Narrow(codes) => {
                    let codes = codes.get(start..end).unwrap_or_default();
                    places.zip(codes).for_each(|(at, code)| tell(at, u32::from(*code)));
                }
                Block::Middle(codes) => {
                    let codes = codes.get(start..end).unwrap_or_default();
                    places.zip(codes).for_each(|(at, code)| tell(at, u32::from(*code)));
                }
                Block::Wide(codes) => {
                    places.zip(codes.get(start..end).unwrap_or_default()).for_each(|(at, code)| tell(at, *code));
                }
            }
            told += end - start;
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a row.
    pub fn push(&mut self, code: Code) {
        match self.0.last_mut() {
            Some(Block::Narrow(codes)) if codes.len() < BLOCK && code <= u32::from(u8::MAX) => codes.push(code as u8),
            _ => self.extend(&[code], code.saturating_add(1)),
        }
    }

    /// Adds rows, in order, whose codes are all below `bound`: where any of those would go in, no code is looked at.
    pub fn extend(&mut self, mut codes: &[Code], bound: Code) {
        while !codes.is_empty() {
            let free = BLOCK - self.0.last().map_or(BLOCK, Block::len);
            if free == 0 {
                self.0.push(self.0.last().map_or(Block::Narrow(Vec::new()), Block::next));
                continue;
            }
            let (now, later) = codes.split_at(free.min(codes.len()));
            if let Some(last) = self.0.last_mut() {
                last.extend(now, bound);
            }
            codes = later;
        }
    }

    /// Gives a row another code and returns the one it had; `None` past the end.
    pub fn swap(&mut self, row: usize, code: Code) -> Option<Code> {
        let block = self.0.get_mut(row / BLOCK)?;
        let old = block.get(row % BLOCK)?;
        block.widen(code);
        match block {
            Block::Narrow(codes) => *codes.get_mut(row % BLOCK)? = code as u8,
            Block::Middle(codes) => *codes.get_mut(row % BLOCK)? = code as u16,
            Block::Wide(codes) => *codes.get_mut(row % BLOCK)? = code,
        }
        Some(old)
    }

    /// Tells the rows from one on whose code passes a test, in order. That is asked of codes that no row has, too.
    pub fn rows_where(&self, from: usize, passes: impl Fn(Code) -> bool, mut tell: impl FnMut(usize)) {
        for (at, block) in self.0.iter().enumerate().skip(from / BLOCK) {
            let first = from.saturating_sub(at * BLOCK);
            let mut each = |row: usize, code: Code| {
                if passes(code) {
                    tell(at * BLOCK + row);
                }
            };
            match block {
                Block::Narrow(codes) => {
                    // Few rows pass, and a code of one byte has but 256 values: many are asked together, of a table.
                    let passing = Passing::of(|code| passes(Code::from(code)));
                    for (many, row) in codes.get(first..).unwrap_or_default().chunks(MANY).zip((first..).step_by(MANY)) {
                        let mut those = passing.among(many);
                        while those != 0 {
                            tell(at * BLOCK + row + those.trailing_zeros() as usize);
                            those &= those - 1;
                        }
                    }
                }
                Block::Middle(codes) => codes.iter().enumerate().skip(first).for_each(|(row, code)| each(row, u32::from(*code))),
                Block::Wide(codes) => codes.iter().enumerate().skip(first).for_each(|(row, code)| each(row, *code)),
            }
        }
    }

    /// The same with other codes: `names` tells the new code of each, and those beyond it stay.
    pub fn renamed(&self, names: &[Code]) -> Codes {
        let widest = names.iter().copied().max().unwrap_or_default();
        let new = |code: Code| names.get(code as usize).copied().unwrap_or(code);
        let mut renamed = self.clone();
        for block in &mut renamed.0 {
            block.widen(widest);
            match block {
                Block::Narrow(codes) => codes.iter_mut().for_each(|code| *code = new(u32::from(*code)) as u8),
                Block::Middle(codes) => codes.iter_mut().for_each(|code| *code = new(u32::from(*code)) as u16),
                Block::Wide(codes) => codes.iter_mut().for_each(|code| *code = new(*code)),
            }
        }
        renamed
    }

    /// Gives back the memory that only growing needs.
    pub fn settle(&mut self) {
        match self.0.last_mut() {
            Some(Block::Narrow(codes)) => codes.shrink_to_fit(),
            Some(Block::Middle(codes)) => codes.shrink_to_fit(),
            Some(Block::Wide(codes)) => codes.shrink_to_fit(),
            None => {}
        }
    }

    /// Bytes held.
    pub fn heap(&self) -> usize {
        let of = |block: &Block| match block {
            Block::Narrow(codes) => codes.capacity(),
            Block::Middle(codes) => codes.capacity() * 2,
            Block::Wide(codes) => codes.capacity() * 4,
        };
        self.0.iter().map(of).sum()
    }
}

impl Block {
    /// The block after a full one: as wide, for the values of a column go on as they began, and with room for all its rows.
    fn next(&self) -> Block {
        match self {
            Block::Narrow(_) => Block::Narrow(Vec::with_capacity(BLOCK)),
            Block::Middle(_) => Block::Middle(Vec::with_capacity(BLOCK)),
            Block::Wide(_) => Block::Wide(Vec::with_capacity(BLOCK)),
        }
    }

    fn len(&self) -> usize {
        match self {
            Block::Narrow(codes) => codes.len(),
            Block::Middle(codes) => codes.len(),
            Block::Wide(codes) => codes.len(),
        }
    }

    fn extend(&mut self, added: &[Code], bound: Code) {
        if bound > self.room() {
            self.widen(added.iter().copied().max().unwrap_or_default());
        }
        match self {
            Block::Narrow(codes) => {
                let (many, rest) = added.as_chunks();
                many.iter().for_each(|many| codes.extend_from_slice(&narrow(many)));
                codes.extend(rest.iter().map(|code| *code as u8));
            }
            Block::Middle(codes) => codes.extend(added.iter().map(|code| *code as u16)),
            Block::Wide(codes) => codes.extend_from_slice(added),
        }
    }

    /// The number of codes that are narrow enough.
    fn room(&self) -> Code {
        match self {
            Block::Narrow(_) => 1 << 8,
            Block::Middle(_) => 1 << 16,
            Block::Wide(_) => Code::MAX,
        }
    }

    #[inline]
    fn get(&self, at: usize) -> Option<Code> {
        match self {
            Block::Narrow(codes) => codes.get(at).map(|code| u32::from(*code)),
            Block::Middle(codes) => codes.get(at).map(|code| u32::from(*code)),
            Block::Wide(codes) => codes.get(at).copied(),
        }
    }

    /// Makes room for a code as wide as this one.
    fn widen(&mut self, code: Code) {
        match self {
            Block::Narrow(codes) if code > u32::from(u8::MAX) => {
                let mut wide = Vec::with_capacity(codes.capacity());
                wide.extend(codes.iter().map(|code| u16::from(*code)));
                *self = Block::Middle(wide);
                self.widen(code);
            }
            Block::Middle(codes) if code > u32::from(u16::MAX) => {
                let mut wide = Vec::with_capacity(codes.capacity());
                wide.extend(codes.iter().map(|code| u32::from(*code)));
                *self = Block::Wide(wide);
            }
            _ => {}
        }
    }
}

/// Sixteen codes, each of which fits a byte. Written out: a program built small keeps the loops that it is written with.
#[cfg(target_arch = "wasm32")]
#[inline(always)]
fn narrow(codes: &[Code; 16]) -> [u8; 16] {
    use std::arch::wasm32::{i16x8_narrow_i32x4, u8x16_narrow_i16x8, u32x4, u64x2_extract_lane};
    let four = |[a, b, c, d]: [Code; 4]| u32x4(a, b, c, d);
    let [a, b, c, d] = codes.as_chunks::<4>().0 else { return [0; 16] };
    let bytes = u8x16_narrow_i16x8(i16x8_narrow_i32x4(four(*a), four(*b)), i16x8_narrow_i32x4(four(*c), four(*d)));
    let mut narrow = [0; 16];
    let halves = [u64x2_extract_lane::<0>(bytes), u64x2_extract_lane::<1>(bytes)];
    narrow.as_chunks_mut().0.iter_mut().zip(halves).for_each(|(to, half)| *to = half.to_le_bytes());
    narrow
}

/// Sixteen codes, each of which fits a byte.
#[cfg(not(target_arch = "wasm32"))]
fn narrow(codes: &[Code; 16]) -> [u8; 16] {
    codes.map(|code| code as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_any_width_come_back() {
        let mut codes = Codes::default();
        let code = |row: u32| if row % 1000 == 7 { row * 30 } else { row % 5 };
        codes.extend(&(0..200_000).map(code).collect::<Vec<_>>(), 6_000_000);
        assert_eq!(codes.len(), 200_000);
        assert!((0..200_000).all(|row| codes.get(row as usize) == Some(code(row))));
        for (from, count) in [(0, 10), (65_530, 20), (1_000, 150_000), (199_990, 100), (300_000, 5)] {
            let mut told = Vec::new();
            codes.each(from, count, |at, code| told.push((at, code)));
            let rows = (from..from + count).zip(0..);
            assert_eq!(told, rows.filter_map(|(row, at)| Some((at, codes.get(row)?))).collect::<Vec<_>>());
        }
        assert_eq!(codes.swap(3, 1 << 20), Some(3));
        assert_eq!((codes.get(3), codes.get(4), codes.get(200_000)), (Some(1 << 20), Some(4), None));
    }
}
