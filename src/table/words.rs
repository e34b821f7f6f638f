/// Texts met on the way to another, beyond which sharing stops: nobody meets so many by chance, and a file made
/// to collide must not cost the square of its size.
const MET: usize = 64;

/// Different texts end to end, each by its number, and found again by an index.
///
/// The index is our own: a text of seven bytes or fewer is its own key, so that the codes, years and words of which
/// tables are made are found without looking at any text. A file of a million rows asks for it forty million times.
#[derive(Debug, Clone, Default)]
pub struct Words {
    text: String,
    ends: Vec<u32>,
    slots: Vec<Slot>,
}

/// A text in the index.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// Its [`key`].
    key: u64,
    /// Where it starts.
    start: u32,
    /// Its number, plus one; 0 where the slot is free.
    word: u32,
}

/// What looking a text up gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Its number.
    Word(u32),
    /// It is new; its place, for [`Words::add`].
    New(Place),
    /// Too many texts share its place.
    Crowded,
}

/// Where a new text goes in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    key: u64,
    at: usize,
}

/// Where a text stands among others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// Its first byte.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
}

impl Span {
    /// All of a text.
    pub fn of(text: &str) -> Span {
        Span { start: 0, end: text.len() as u32 }
    }

    /// The bytes that stand there; none past the end.
    #[inline(always)]
    pub fn of_bytes(self, all: &[u8]) -> &[u8] {
        all.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// Whether nothing stands there.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// Bytes ready to be looked up. Those that are found are text, for nothing else is kept: that is asked of those that are new,
/// and not of forty million cells.
#[derive(Debug, Clone, Copy, Default)]
pub struct Keyed<'t> {
    /// The bytes.
    pub bytes: &'t [u8],
    /// Their [`key`].
    key: u64,
}

impl<'t> Keyed<'t> {
    /// What stands at a place of these bytes. Where eight follow its start, they are read together: the lengths of cells are
    /// as good as random, and a processor guesses wrong at each choice that hangs on them.
    #[inline(always)]
    pub fn at(all: &'t [u8], span: Span) -> Keyed<'t> {
        let bytes = span.of_bytes(all);
        match all.get(span.start as usize..).and_then(|rest| rest.first_chunk()) {
            Some(eight) if bytes.len() <= SHORT => Keyed { bytes, key: short(u64::from_le_bytes(*eight), bytes.len()) },
            _ => Keyed { bytes, key: key(bytes) },
        }
    }
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

    /// Where a text starts.
    fn start(&self, word: u32) -> usize {
        word.checked_sub(1).and_then(|before| self.ends.get(before as usize)).map_or(0, |end| *end as usize)
    }

    /// Whether the text of a slot, which has the key of these bytes, is these bytes. Their number need not be asked of the
    /// index of ends, for the key tells it, unless they are many.
    #[inline(always)]
    fn holds(&self, slot: Slot, bytes: &[u8]) -> bool {
        let (start, length) = (slot.start as usize, bytes.len());
        let as_long = || self.ends.get(slot.word as usize - 1).is_some_and(|end| *end as usize == start + length);
        length <= SHORT
            || (length < LONG || as_long())
                && self.text.as_bytes().get(start..start + length).is_some_and(|known| same(known, bytes))
    }

    /// The texts of these numbers, in order.
    pub fn range(&self, from: u32, to: u32) -> impl Iterator<Item = &str> + '_ {
        spans(&self.text, &self.ends, from as usize, to as usize)
    }

    /// Looks a text up.
    #[inline(always)]
    pub fn find(&mut self, Keyed { bytes, key }: Keyed<'_>) -> Found {
        if self.slots.len() < self.wanted() {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut at = spread(key) & mask;
        for _ in 0..MET {
            let Some(slot) = self.slots.get(at) else { break };
            if slot.word == 0 {
                return Found::New(Place { key, at });
            }
            if slot.key == key && self.holds(*slot, bytes) {
                return Found::Word(slot.word - 1);
            }
            at = (at + 1) & mask;
        }
        Found::Crowded
    }

    /// Adds a text that [`Words::find`] has just told to be new, at the place that it gave.
    pub fn add(&mut self, value: &str, place: Place) -> u32 {
        let start = self.text.len() as u32;
        let word = self.push(value);
        if let Some(slot) = self.slots.get_mut(place.at) {
            *slot = Slot { key: place.key, start, word: word + 1 };
        }
        word
    }

    /// Adds a text without indexing it: it will not be found again before the index is made anew.
    pub fn push(&mut self, value: &str) -> u32 {
        self.text.push_str(value);
        // A file, and so a column, is smaller than 4 GiB (limits::TEXT_BYTES).
        self.ends.push(self.text.len() as u32);
        self.ends.len() as u32 - 1
    }

    /// The places that the index must have for one more text: at most half of them are taken, else texts that nobody chose
    /// would now and then meet [`MET`] others. With more to spare, the indexes of a table would not all stay near the processor.
    fn wanted(&self) -> usize {
        (self.ends.len() + 1) * 2
    }

    /// Makes the index anew, with twice the room.
    fn grow(&mut self) {
        let room = self.wanted().next_power_of_two().max(64);
        let mask = room - 1;
        let mut slots = vec![Slot::default(); room];
        for word in 0..self.len() {
            let key = key(self.get(word).as_bytes());
            let first = spread(key);
            let free = (0..MET).map(|step| (first + step) & mask).find(|at| slots.get(*at).is_some_and(|slot| slot.word == 0));
            if let Some(slot) = free.and_then(|at| slots.get_mut(at)) {
                *slot = Slot { key, start: self.start(word) as u32, word: word + 1 };
            }
        }
        self.slots = slots;
    }

    /// Gives back the memory that only growing needs. The index is made again by the next lookup.
    pub fn settle(&mut self) {
        self.slots = Vec::new();
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Bytes held.
    pub fn heap(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * 4 + self.slots.capacity() * size_of::<Slot>()
    }
}

/// The longest text that is its own key.
const SHORT: usize = 7;
/// From this number of bytes on, a key does not tell it.
const LONG: usize = 255;

/// The number of bytes in the high one; below it, the bytes themselves where they are seven or fewer: no other text has that
/// key. Else a hash of them, eight at a time.
#[inline(always)]
fn key(bytes: &[u8]) -> u64 {
    match bytes.len() {
        length @ ..=SHORT => short(bytes.iter().rev().fold(0, |key, byte| key << 8 | u64::from(*byte)), length),
        length => hash(bytes) >> 8 | (length.min(LONG) as u64) << 56,
    }
}

/// The key of a short text, from the eight bytes of which it is the first.
#[inline(always)]
fn short(eight: u64, length: usize) -> u64 {
    let beyond = u64::MAX << (length * 8);
    eight & !beyond | (length as u64) << 56
}

#[inline(always)]
fn hash(bytes: &[u8]) -> u64 {
    let (eights, _) = bytes.as_chunks::<8>();
    let last = bytes.last_chunk::<8>().copied().unwrap_or_default();
    let mix = |hash: u64, eight: &[u8; 8]| (hash.rotate_left(23) ^ u64::from_le_bytes(*eight)).wrapping_mul(ODD);
    mix(eights.iter().fold(ODD, mix), &last)
}

/// Whether two texts of one length, of eight bytes or more, are the same. Eight bytes at a time: in a browser, the comparison of
/// slices goes byte by byte.
#[inline(always)]
fn same(one: &[u8], other: &[u8]) -> bool {
    let eights = one.as_chunks::<8>().0.iter().zip(other.as_chunks::<8>().0);
    eights.fold(0, |differs, (one, other)| differs | u64::from_le_bytes(*one) ^ u64::from_le_bytes(*other)) == 0
        && one.last_chunk::<8>() == other.last_chunk::<8>()
}

const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Where a key is looked for: its high bits, which depend on all of it.
#[inline(always)]
fn spread(key: u64) -> usize {
    let mixed = key.wrapping_mul(ODD);
    ((mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as usize
}

/// The text at a place of texts end to end; empty past the end.
#[inline]
pub fn span<'a>(text: &'a str, ends: &[u32], at: usize) -> &'a str {
    let start = at.checked_sub(1).map_or(0, |before| ends.get(before).copied().unwrap_or_default());
    let end = ends.get(at).copied().unwrap_or(start);
    text.get(start as usize..end as usize).unwrap_or_default()
}

/// The texts from a place to another, in order.
pub fn spans<'a>(text: &'a str, ends: &'a [u32], from: usize, to: usize) -> impl Iterator<Item = &'a str> + 'a {
    let mut start = from.checked_sub(1).map_or(0, |before| ends.get(before).copied().unwrap_or_default()) as usize;
    let ends = ends.get(from.min(to)..to).unwrap_or_default();
    ends.iter().map(move |end| text.get(std::mem::replace(&mut start, *end as usize)..*end as usize).unwrap_or_default())
}

/// Different texts with one key: their second eight bytes undo what the first ones did to it.
#[cfg(test)]
pub fn colliding(count: usize) -> Vec<String> {
    let texts = (0_u64..).filter_map(|n| {
        let first = format!("{n:08}");
        let eight = first.as_bytes().first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
        let state = (ODD.rotate_left(23) ^ eight).wrapping_mul(ODD).rotate_left(23);
        let second = state.to_le_bytes();
        second.is_ascii().then(|| format!("{first}{}{}", String::from_utf8_lossy(&second), "\0".repeat(8)))
    });
    texts.take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(words: &mut Words, value: &str) -> Found {
        words.find(Keyed::at(value.as_bytes(), Span::of(value)))
    }

    fn word(words: &mut Words, value: &str) -> u32 {
        match find(words, value) {
            Found::Word(word) => word,
            Found::New(place) => words.add(value, place),
            Found::Crowded => words.push(value),
        }
    }

    #[test]
    fn a_text_keeps_its_number() {
        let mut words = Words::default();
        assert_eq!(["a", "", "é", "a", "", "aaaa", "aaaaa"].map(|value| word(&mut words, value)), [0, 1, 2, 0, 1, 3, 4]);
        words.settle();
        assert_eq!(["é", "b"].map(|value| word(&mut words, value)), [2, 5]);
        assert_eq!((words.get(2), words.get(1), words.get(9)), ("é", "", ""));
    }

    #[test]
    fn every_text_is_found_again_whatever_its_length() {
        let mut words = Words::default();
        let length = |n: usize| if n.is_multiple_of(7) { LONG - 5 + n % 12 } else { n % 23 };
        let texts: Vec<String> = (0..20_000).map(|n| format!("{:0>1$}", n / 3, length(n))).collect();
        let numbers: Vec<u32> = texts.iter().map(|text| word(&mut words, text)).collect();
        for (text, number) in texts.iter().zip(&numbers) {
            assert_eq!((find(&mut words, text), words.get(*number)), (Found::Word(*number), text.as_str()));
        }
        let mut different = texts.clone();
        different.sort();
        different.dedup();
        assert_eq!(words.len() as usize, different.len());
    }

    #[test]
    fn texts_that_nobody_chose_do_not_crowd() {
        let (mut numbers, mut codes) = (Words::default(), Words::default());
        for n in 0..400_000_u64 {
            assert_eq!(word(&mut numbers, &n.to_string()), n as u32);
            let code = format!("{:016x}", n.wrapping_mul(0x2545_f491_4f6c_dd1d));
            assert_ne!(find(&mut codes, &code), Found::Crowded, "{code}");
            word(&mut codes, &code);
        }
        assert!((0..400_000_u32).all(|n| find(&mut numbers, &n.to_string()) == Found::Word(n)));
    }

    #[test]
    fn texts_made_to_collide_are_told() {
        let mut words = Words::default();
        let texts = colliding(100);
        let crowded = texts.iter().filter(|text| match find(&mut words, text) {
            Found::New(place) => {
                words.add(text, place);
                false
            }
            found => found == Found::Crowded,
        });
        assert!(crowded.count() > 0);
    }
}
