//! Rows that keep their own text, for hardly two of them say the same.

use super::{
    codes::BLOCK,
    column::Code,
    words::{Keyed, span, spans},
};

/// Rows that keep their own text.
#[derive(Debug, Clone)]
pub struct Own {
    /// The first of these rows.
    pub from: usize,
    /// Its code.
    pub base: Code,
    /// How many they are.
    pub len: usize,
    /// No more row will be added: a value was written.
    pub closed: bool,
    blocks: Vec<Block>,
}

#[derive(Debug, Clone, Default)]
struct Block {
    text: String,
    ends: Vec<u32>,
    /// The codes of its rows, once one of them was changed.
    changed: Option<Box<[Code]>>,
}

impl Own {
    /// None yet: the first will be this row, and have this code.
    pub fn new(from: usize, base: Code) -> Own {
        Own { from, base, len: 0, closed: false, blocks: Vec::new() }
    }

    /// Adds rows.
    pub fn take(&mut self, mut texts: &[Keyed<'_>]) {
        while !texts.is_empty() {
            if self.len.is_multiple_of(BLOCK) {
                self.begin();
            }
            let (now, later) = texts.split_at(texts.len().min(BLOCK - self.len % BLOCK));
            if let Some(block) = self.blocks.last_mut() {
                block.take(now);
            }
            self.len += now.len();
            texts = later;
        }
    }

    /// Begins a block, with room for as much text as the one before.
    fn begin(&mut self) {
        let mean = self.blocks.last_mut().map_or(0, |full| {
            full.text.shrink_to_fit();
            full.text.len()
        });
        let text = String::with_capacity(mean + mean / 50);
        let ends = Vec::with_capacity(if self.len == 0 { 0 } else { BLOCK });
        self.blocks.push(Block { text, ends, changed: None });
    }

    /// The text that was read in the row at a place.
    pub fn text(&self, at: usize) -> Option<&str> {
        if at >= self.len {
            return None;
        }
        let block = self.blocks.get(at / BLOCK)?;
        Some(span(&block.text, &block.ends, at % BLOCK))
    }

    /// The texts of the rows from a place on, as they were read.
    pub fn texts_from(&self, at: usize) -> impl Iterator<Item = &str> + '_ {
        let first = at / BLOCK;
        let from = move |block: usize| if block == first { at % BLOCK } else { 0 };
        let blocks = self.blocks.iter().enumerate().skip(first);
        blocks.flat_map(move |(place, block)| spans(&block.text, &block.ends, from(place), block.ends.len()))
    }

    /// Tells each text in order, with its place and whether every row around it still holds what was read in it.
    pub fn each_text<'t>(&'t self, mut tell: impl FnMut(usize, &'t str, bool)) {
        for (block, first) in self.blocks.iter().zip((0..).step_by(BLOCK)) {
            let texts = spans(&block.text, &block.ends, 0, block.ends.len());
            texts.zip(first..).for_each(|(text, at)| tell(at, text, block.changed.is_none()));
        }
    }

    /// Tells the code of each row in order, with its place.
    pub fn each_code(&self, mut tell: impl FnMut(usize, Code)) {
        for (block, first) in self.blocks.iter().zip((0..).step_by(BLOCK)) {
            match &block.changed {
                Some(codes) => codes.iter().zip(first..).for_each(|(code, at)| tell(at, *code)),
                None => (first..first + block.ends.len()).for_each(|at| tell(at, self.base + at as u32)),
            }
        }
    }

    /// Gives back the memory that only growing needs.
    pub fn settle(&mut self) {
        if let Some(last) = self.blocks.last_mut() {
            last.text.shrink_to_fit();
            last.ends.shrink_to_fit();
        }
    }

    /// Bytes held.
    pub fn heap(&self) -> usize {
        let of = |block: &Block| {
            block.text.capacity() + block.ends.capacity() * 4 + block.changed.as_ref().map_or(0, |codes| codes.len() * 4)
        };
        self.blocks.iter().map(of).sum()
    }

    /// The code of the row at a place.
    pub fn code(&self, at: usize) -> Code {
        let changed = self.blocks.get(at / BLOCK).and_then(|block| block.changed.as_ref());
        changed.and_then(|codes| codes.get(at % BLOCK)).copied().unwrap_or(self.base + at as u32)
    }

    /// Gives the row at a place another code and returns the one it had; `None` past the end.
    pub fn put(&mut self, at: usize, code: Code) -> Option<Code> {
        let first = self.base + (at / BLOCK * BLOCK) as u32;
        let block = self.blocks.get_mut(at / BLOCK)?;
        let rows = block.ends.len() as u32;
        let codes = block.changed.get_or_insert_with(|| (first..first + rows).collect());
        Some(std::mem::replace(codes.get_mut(at % BLOCK)?, code))
    }
}

/// Bytes put side by side before they are added to a block.
const BESIDE: usize = 4096;

impl Block {
    /// Adds rows. Their texts are put side by side first, eight bytes at a time, and told to be text together: added one by
    /// one to a `String`, each would be a call of the browser.
    fn take(&mut self, texts: &[Keyed<'_>]) {
        if let [Keyed { bytes, .. }] = texts {
            self.add(bytes);
            self.ends.push(self.text.len() as u32);
            return;
        }
        let mut beside = [0; BESIDE];
        let mut length = 0;
        for Keyed { bytes, .. } in texts {
            if length + bytes.len() > BESIDE {
                self.add(beside.get(..length).unwrap_or_default());
                length = 0;
            }
            if bytes.len() > BESIDE {
                self.add(bytes);
            } else if let Some(room) = beside.get_mut(length..length + bytes.len()) {
                copy(bytes, room);
                length += bytes.len();
            }
            self.ends.push((self.text.len() + length) as u32);
        }
        self.add(beside.get(..length).unwrap_or_default());
    }

    fn add(&mut self, texts: &[u8]) {
        // Whole texts side by side are a text.
        if let Ok(texts) = simdutf8::basic::from_utf8(texts) {
            self.text.push_str(texts);
        }
    }
}

/// Copies bytes to a place of their length, eight at a time.
#[inline(always)]
fn copy(bytes: &[u8], to: &mut [u8]) {
    match bytes.last_chunk::<8>() {
        Some(last) => {
            to.as_chunks_mut().0.iter_mut().zip(bytes.as_chunks::<8>().0).for_each(|(to, eight)| *to = *eight);
            if let Some(to) = to.last_chunk_mut() {
                *to = *last;
            }
        }
        None => to.iter_mut().zip(bytes).for_each(|(to, byte)| *to = *byte),
    }
}
