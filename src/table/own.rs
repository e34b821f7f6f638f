//! Rows that keep their own text, for hardly two of them say the same.

use super::{
    codes::BLOCK,
    column::Code,
    words::{Span, span, spans},
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

    /// Adds rows, whose texts stand at these places of the bytes, up to the first that is not text. Gives the number of those
    /// added.
    pub fn take(&mut self, bytes: &[u8], spans: &[Span]) -> usize {
        let mut taken = 0;
        while taken < spans.len() {
            if self.len.is_multiple_of(BLOCK) {
                self.begin();
            }
            let end = spans.len().min(taken + BLOCK - self.len % BLOCK);
            let now = spans.get(taken..end).unwrap_or_default();
            let added = self.blocks.last_mut().map_or(0, |block| block.take(bytes, now));
            self.len += added;
            taken += added;
            if added < now.len() {
                break;
            }
        }
        taken
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
    /// Adds rows, up to the first that is not text; gives the number of those added. Their bytes are put side by side first,
    /// eight at a time, and told to be text together: added one by one to a `String`, each would be a call of the browser.
    fn take(&mut self, bytes: &[u8], spans: &[Span]) -> usize {
        let mut taken = 0;
        if spans.len() > 1 {
            let mut beside = [0; BESIDE];
            while taken < spans.len() {
                let (before, first) = (self.text.len(), self.ends.len());
                let (mut length, mut begin_well) = (0, true);
                for span in spans.get(taken..).unwrap_or_default() {
                    let text = span.of_bytes(bytes);
                    let Some(room) = beside.get_mut(length..length + text.len()) else { break };
                    copy(text, room);
                    length += text.len();
                    begin_well &= text.first().is_none_or(|byte| !is_within_character(*byte));
                    self.ends.push((before + length) as u32);
                }
                // Two halves of a character would be one, side by side.
                let are_texts = self.ends.len() > first && begin_well && self.add(beside.get(..length).unwrap_or_default());
                if !are_texts {
                    self.ends.truncate(first);
                    break;
                }
                taken += self.ends.len() - first;
            }
        }
        // A text by itself, one too long to stand beside others, or a few of which one is not text.
        for span in spans.get(taken..).unwrap_or_default() {
            if !self.add(span.of_bytes(bytes)) {
                break;
            }
            self.ends.push(self.text.len() as u32);
            taken += 1;
        }
        taken
    }

    /// Adds texts side by side; `false`, and nothing is added, where they are not text.
    fn add(&mut self, texts: &[u8]) -> bool {
        let texts = simdutf8::basic::from_utf8(texts);
        self.text.push_str(texts.unwrap_or_default());
        texts.is_ok()
    }
}

/// Whether a byte of UTF-8 goes on with a character, so that no text begins with it.
fn is_within_character(byte: u8) -> bool {
    byte & 0xc0 == 0x80
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
