use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// Texts that share a hash, beyond which sharing stops: nobody meets so many by chance, and a file made
/// to collide must not cost the square of its size.
const COLLISIONS: u32 = 64;

/// Different texts end to end, each by its number, and found again by an index.
#[derive(Debug, Clone, Default)]
pub struct Words {
    text: String,
    ends: Vec<u32>,
    index: Option<HashTable<Entry>>,
    hasher: DefaultHashBuilder,
}

/// A text in the index. Part of its hash is kept, so that most lookups read no text but the right one.
#[derive(Debug, Clone, Copy)]
struct Entry {
    hash: u32,
    word: u32,
}

/// What looking a text up gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Its number.
    Word(u32),
    /// It is new; its hash, for [`Words::add`].
    New(u64),
    /// Too many texts share its hash.
    Crowded,
}

impl Words {
    /// How many texts there are.
    pub fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    /// A text by its number; empty past the end.
    pub fn get(&self, word: u32) -> &str {
        span(&self.text, &self.ends, word as usize)
    }

    /// Looks a text up; its bytes need not be good UTF-8.
    pub fn find(&mut self, bytes: &[u8]) -> Found {
        let hash = self.hasher.hash_one(bytes);
        let (text, ends) = (self.text.as_bytes(), &self.ends);
        let same = |entry: &Entry| entry.hash == hash as u32 && bytes_of(text, ends, entry.word as usize) == bytes;
        let mut met = 0;
        let found = self.index.get_or_insert_with(|| indexed(text, ends, &self.hasher)).find(hash, |entry| {
            met += u32::from(entry.hash == hash as u32);
            met > COLLISIONS || same(entry)
        });
        match found {
            Some(_) if met > COLLISIONS => Found::Crowded,
            Some(entry) => Found::Word(entry.word),
            None => Found::New(hash),
        }
    }

    /// Adds a text that [`Words::find`] told to be new, with the hash that it gave.
    pub fn add(&mut self, value: &str, hash: u64) -> u32 {
        let word = self.push(value);
        let (text, ends, hasher) = (self.text.as_bytes(), &self.ends, &self.hasher);
        if let Some(index) = &mut self.index {
            let rehash = |entry: &Entry| hasher.hash_one(bytes_of(text, ends, entry.word as usize));
            index.insert_unique(hash, Entry { hash: hash as u32, word }, rehash);
        }
        word
    }

    /// Adds a text without indexing it: it will not be found again.
    pub fn push(&mut self, value: &str) -> u32 {
        self.text.push_str(value);
        // A file, and so a column, is smaller than 4 GiB (limits::TEXT_BYTES).
        self.ends.push(self.text.len() as u32);
        self.ends.len() as u32 - 1
    }

    /// Gives back the memory that only growing needs. The index is made again by the next lookup.
    pub fn settle(&mut self) {
        self.index = None;
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Bytes held.
    pub fn heap(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * 4 + self.index.as_ref().map_or(0, HashTable::allocation_size)
    }
}

fn indexed(text: &[u8], ends: &[u32], hasher: &DefaultHashBuilder) -> HashTable<Entry> {
    let mut index = HashTable::with_capacity(ends.len());
    let hash_of = |word: u32| hasher.hash_one(bytes_of(text, ends, word as usize));
    for word in 0..ends.len() as u32 {
        let hash = hash_of(word);
        index.insert_unique(hash, Entry { hash: hash as u32, word }, |entry| hash_of(entry.word));
    }
    index
}

fn bounds(ends: &[u32], at: usize) -> (usize, usize) {
    let start = at.checked_sub(1).map_or(0, |before| ends.get(before).copied().unwrap_or_default());
    let end = ends.get(at).copied().unwrap_or(start);
    (start as usize, end as usize)
}

fn bytes_of<'a>(text: &'a [u8], ends: &[u32], at: usize) -> &'a [u8] {
    let (start, end) = bounds(ends, at);
    text.get(start..end).unwrap_or_default()
}

/// The text at a place of texts end to end; empty past the end.
pub fn span<'a>(text: &'a str, ends: &[u32], at: usize) -> &'a str {
    let (start, end) = bounds(ends, at);
    text.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(words: &mut Words, value: &str) -> u32 {
        match words.find(value.as_bytes()) {
            Found::Word(word) => word,
            Found::New(hash) => words.add(value, hash),
            Found::Crowded => words.push(value),
        }
    }

    #[test]
    fn a_text_keeps_its_number() {
        let mut words = Words::default();
        assert_eq!(["a", "", "é", "a", ""].map(|value| word(&mut words, value)), [0, 1, 2, 0, 1]);
        words.settle();
        assert_eq!(["é", "b"].map(|value| word(&mut words, value)), [2, 3]);
        assert_eq!((words.get(2), words.get(1), words.get(9)), ("é", "", ""));
    }
}
