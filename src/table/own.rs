//! Rows that keep their own text, for hardly two of them say the same.

use super::{
    codes::BLOCK,
    column::Code,
    words::{Span, span, spans},
};
use crate::text::Glance;

/// Rows that keep their own text.
#[derive(Debug, Clone)]
pub struct Own {
    /// The first of these rows.
    pub from: usize,
    /// Its code.
    pub base: Code,
    /// How many they are.
    pub len: usize,
    /// How many of them had a text when they were read.
    pub filled: u32,
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
        Own { from, base, len: 0, filled: 0, closed: false, blocks: Vec::new() }
    }

    /// Adds rows, whose texts stand at these places of the bytes, up to the first that is not text. Gives the number of those
    /// added. `beside` is room to put texts side by side.
    pub fn take(&mut self, bytes: &[u8], spans: &[Span], beside: &mut [u8]) -> usize {
        let mut taken = 0;
        while taken < spans.len() {
            if self.len.is_multiple_of(BLOCK) {
                self.begin();
            }
            let end = spans.len().min(taken + BLOCK - self.len % BLOCK);
            let now = spans.get(taken..end).unwrap_or_default();
            let added = self.blocks.last_mut().map_or(0, |block| block.take(bytes, now, beside, &mut self.filled));
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

    /// Tells the text of each row from a place on, as it was read, and whether it is known to be plain, as [`Glance::is_plain`]
    /// tells of many together.
    pub fn each_from<'t>(&'t self, at: usize, mut tell: impl FnMut(&'t str, bool)) {
        let first = at / BLOCK;
        for (place, block) in self.blocks.iter().enumerate().skip(first) {
            let mut from = if place == first { at % BLOCK } else { 0 };
            while from < block.ends.len() {
                let to = block.ends.len().min(from + TOGETHER);
                let start = from.checked_sub(1).map_or(0, |before| block.ends.get(before).copied().unwrap_or_default());
                let end = block.ends.get(to - 1).copied().unwrap_or_default();
                let are_plain = block.text.get(start as usize..end as usize).is_some_and(Glance::is_plain);
                spans(&block.text, &block.ends, from, to).for_each(|text| tell(text, are_plain));
                from = to;
            }
        }
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

    /// Tells the place of each row whose code has a mark, in order. The codes of rows that are as they were read follow one
    /// another, and so do their marks: eight are asked together, for most have none.
    pub fn each_marked(&self, marks: &[bool], mut tell: impl FnMut(usize)) {
        for (block, first) in self.blocks.iter().zip((0..).step_by(BLOCK)) {
            if let Some(codes) = &block.changed {
                let marked = |code: &Code| marks.get(*code as usize).copied().unwrap_or_default();
                codes.iter().zip(first..).filter(|(code, _)| marked(code)).for_each(|(_, at)| tell(at));
                continue;
            }
            let from = self.base as usize + first;
            let marks = marks.get(from..marks.len().min(from + block.ends.len())).unwrap_or_default();
            for (eight, first) in marks.chunks(8).zip((first..).step_by(8)) {
                if eight.iter().fold(false, |any, marked| any | marked) {
                    eight.iter().zip(first..).filter(|(marked, _)| **marked).for_each(|(_, at)| tell(at));
                }
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

/// Texts looked at together.
const TOGETHER: usize = 16;

impl Block {
    /// Adds rows, up to the first that is not text; gives the number of those added. Their bytes are put side by side
    /// first, and told to be text together: added one by one to a `String`, each would be a call of the browser. Those that have a
    /// text are counted.
    fn take(&mut self, bytes: &[u8], spans: &[Span], beside: &mut [u8], filled: &mut u32) -> usize {
        let mut taken = 0;
        if spans.len() > 1 {
            while taken < spans.len() {
                let (before, first) = (self.text.len(), self.ends.len());
                let (mut length, mut given, mut begin_well) = (0, 0, true);
                for span in spans.get(taken..).unwrap_or_default() {
                    let text = span.of_bytes(bytes);
                    let Some(room) = beside.get_mut(length..).filter(|room| text.len() <= room.len()) else { break };
                    copy(bytes.get(span.start as usize..).unwrap_or_default(), text.len(), room);
                    length += text.len();
                    given += u32::from(!text.is_empty());
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
                *filled += given;
            }
        }
        // A text by itself, one too long to stand beside others, or a few of which one is not text.
        for span in spans.get(taken..).unwrap_or_default() {
            if !self.add(span.of_bytes(bytes)) {
                break;
            }
            self.ends.push(self.text.len() as u32);
            *filled += u32::from(!span.is_empty());
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

/// Copies the first bytes of some to the start of a room: 32 at a time where as many stand on both sides, whatever is asked, for
/// most texts are shorter and their lengths are as good as random.
#[inline(always)]
fn copy(bytes: &[u8], length: usize, room: &mut [u8]) {
    let mut copied = 0;
    while let (Some(now), Some(to)) = (
        bytes.get(copied..).and_then(|bytes| bytes.first_chunk::<32>()),
        room.get_mut(copied..).and_then(|room| room.first_chunk_mut()),
    ) {
        *to = *now;
        copied += 32;
        if copied >= length {
            return;
        }
    }
    let rest = bytes.get(copied..length).unwrap_or_default();
    room.iter_mut().skip(copied).zip(rest).for_each(|(to, byte)| *to = *byte);
}
