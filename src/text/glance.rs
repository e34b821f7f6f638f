//! What one look at the bytes of a text tells of it: enough to know that most texts have nothing odd.

/// What a text has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Glance {
    marks: u8,
    /// Whether two spaces follow each other.
    pub double_space: bool,
}

const TAB: u8 = 1;
const BREAK: u8 = 2;
const BEYOND: u8 = 4;
const TYPOGRAPHY: u8 = 8;

/// The high bit of each of eight bytes.
const HIGH: u64 = each(0x80);

const fn each(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

impl Glance {
    /// Looks at a text, eight bytes at a time.
    #[inline]
    pub fn at(text: &str) -> Glance {
        Glance::of(text.as_bytes())
    }

    fn of(text: &[u8]) -> Glance {
        #[cfg(target_arch = "wasm32")]
        if let Some(last) = text.last_chunk::<16>() {
            return wide::glance(text, last);
        }
        let mut seen = Seen::default();
        let (eights, rest) = text.as_chunks::<8>();
        eights.iter().for_each(|eight| seen.take(u64::from_le_bytes(*eight)));
        if !rest.is_empty() {
            let bits = 8 * rest.len();
            let last = match text.last_chunk() {
                Some(last) => u64::from_le_bytes(*last) >> (64 - bits),
                None => rest.iter().rev().fold(0, |last, byte| last << 8 | u64::from(*byte)),
            };
            seen.take(last | each(b'0') << bits);
        }
        seen.glance()
    }

    /// Whether a text has nothing that a look would tell: neither other characters than the visible ones of ASCII, nor two spaces
    /// that follow each other. Texts end to end are asked together, for most have nothing.
    pub fn is_plain(text: &str) -> bool {
        is_plain(text.as_bytes())
    }

    /// Whether it has other characters than ASCII ones.
    pub fn is_beyond_ascii(self) -> bool {
        self.marks & BEYOND != 0
    }

    /// Whether it may have spaces that do not show as one ordinary space.
    pub fn may_have_odd_spaces(self) -> bool {
        self.double_space || self.marks & (TAB | TYPOGRAPHY) != 0
    }

    /// Whether it may have U+FFFD, which stands for a character that could not be read.
    pub fn may_have_lost_characters(self) -> bool {
        self.marks & TYPOGRAPHY != 0
    }

    /// Whether it has a line break.
    pub fn has_line_break(self) -> bool {
        self.marks & BREAK != 0
    }
}

/// The same looks, sixteen bytes at a time. Written out: a program built small keeps the loops that it is written with.
#[cfg(target_arch = "wasm32")]
mod wide {
    use std::arch::wasm32::{
        i8x16_bitmask, i8x16_eq, i8x16_lt, i8x16_shuffle, i8x16_splat, u8x16_ge, u8x16_le, u8x16_lt, u8x16_splat, u64x2, v128,
        v128_and, v128_andnot, v128_any_true, v128_or,
    };

    use super::{BEYOND, BREAK, Glance, TAB, TYPOGRAPHY};

    #[inline(always)]
    fn lanes(bytes: &[u8; 16]) -> v128 {
        let [low, high] = bytes.as_chunks::<8>().0 else { return u8x16_splat(0) };
        u64x2(u64::from_le_bytes(*low), u64::from_le_bytes(*high))
    }

    #[inline(always)]
    fn is(bytes: v128, byte: u8) -> v128 {
        i8x16_eq(bytes, u8x16_splat(byte))
    }

    /// The lanes of which the one before is set: the last of `before`, for the first.
    #[inline(always)]
    fn following(before: v128, lanes: v128) -> v128 {
        i8x16_shuffle::<15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30>(before, lanes)
    }

    /// [`Glance::at`] a text of sixteen bytes or more, of which these are the last: they are looked at again, which changes nothing.
    pub fn glance(text: &[u8], last: &[u8; 16]) -> Glance {
        let none = u8x16_splat(0);
        let (mut controls, mut breaks, mut beyond, mut typography, mut double_spaces) = (none, none, none, none, none);
        let mut before = none;
        let mut take = |bytes: v128, before: &mut v128| {
            let line_ends = v128_or(is(bytes, b'\n'), is(bytes, b'\r'));
            let spaces = is(bytes, b' ');
            controls = v128_or(controls, v128_andnot(u8x16_lt(bytes, u8x16_splat(b' ')), line_ends));
            breaks = v128_or(breaks, line_ends);
            beyond = v128_or(beyond, bytes);
            let of_three = v128_and(u8x16_ge(bytes, u8x16_splat(0xe1)), u8x16_le(bytes, u8x16_splat(0xe3)));
            typography = v128_or(typography, v128_or(of_three, v128_or(is(bytes, 0xc2), is(bytes, 0xef))));
            double_spaces = v128_or(double_spaces, v128_and(spaces, following(*before, spaces)));
            *before = spaces;
        };
        text.as_chunks().0.iter().for_each(|sixteen| take(lanes(sixteen), &mut before));
        take(lanes(last), &mut { none });
        let mark = |found: bool, mark: u8| if found { mark } else { 0 };
        let marks = mark(v128_any_true(controls), TAB)
            | mark(v128_any_true(breaks), BREAK)
            | mark(i8x16_bitmask(beyond) != 0, BEYOND)
            | mark(v128_any_true(typography), TYPOGRAPHY);
        Glance { marks, double_space: v128_any_true(double_spaces) }
    }

    /// Whether none of these has anything to tell, and the number of the last that were not looked at, fewer than sixteen.
    pub fn are_plain(text: &[u8]) -> (bool, usize) {
        let (many, rest) = text.as_chunks::<16>();
        let mut before = u8x16_splat(0);
        let are_plain = many.iter().all(|sixteen| {
            let bytes = lanes(sixteen);
            let spaces = is(bytes, b' ');
            // Bytes beyond ASCII are negative.
            let odd = v128_or(i8x16_lt(bytes, i8x16_splat(b' ' as i8)), v128_and(spaces, following(before, spaces)));
            before = spaces;
            !v128_any_true(odd)
        });
        (are_plain, rest.len())
    }
}

/// [`Glance::is_plain`].
#[cfg(target_arch = "wasm32")]
fn is_plain(text: &[u8]) -> bool {
    let (are_plain, left) = wide::are_plain(text);
    // What is left, with the byte before it, which may be a space.
    are_plain && Glance::of(text.get((text.len() - left).saturating_sub(1)..).unwrap_or_default()) == Glance::default()
}

/// [`Glance::is_plain`].
#[cfg(not(target_arch = "wasm32"))]
fn is_plain(text: &[u8]) -> bool {
    Glance::of(text) == Glance::default()
}

/// What was seen of a text so far: where, among the high bits of eight bytes, is of no use. No choice hangs on it, for a processor
/// would guess wrong at most texts.
#[derive(Debug, Default)]
struct Seen {
    controls: u64,
    breaks: u64,
    beyond: u64,
    typography: u64,
    double_spaces: u64,
    /// The spaces of the last eight bytes.
    spaces: u64,
}

impl Seen {
    /// Looks at eight bytes.
    #[inline(always)]
    fn take(&mut self, bytes: u64) {
        let is = |byte: u8| !from(bytes ^ each(byte), 1) & !((bytes ^ each(byte)) & HIGH);
        let breaks = is(b'\n') | is(b'\r');
        let spaces = is(b' ') & HIGH;
        // A vertical tab and a form feed are spaces too; the other controls show no more than these.
        self.controls |= !from(bytes, b' ') & !bytes & !breaks;
        self.breaks |= breaks;
        self.beyond |= bytes;
        // What begins a no-break space, a soft hyphen, a sign of general punctuation, a space of another script, or U+FFFD.
        self.typography |= is(0xc2) | is(0xef) | from(bytes, 0x61) & !from(bytes, 0x64) & bytes;
        self.double_spaces |= spaces & (spaces << 8 | self.spaces >> 56);
        self.spaces = spaces;
    }

    fn glance(self) -> Glance {
        let mark = |found: u64, mark: u8| if found & HIGH != 0 { mark } else { 0 };
        let marks =
            mark(self.controls, TAB) | mark(self.breaks, BREAK) | mark(self.beyond, BEYOND) | mark(self.typography, TYPOGRAPHY);
        Glance { marks, double_space: self.double_spaces != 0 }
    }
}

/// The number of capital letters of a text, accents left out, where it has no small one; else 0.
pub fn capitals(text: &str) -> usize {
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    let mut capitals = 0;
    // Most texts have a small letter among the first.
    for eight in eights {
        let Some(more) = capitals_of(u64::from_le_bytes(*eight)) else { return 0 };
        capitals += more;
    }
    let last = rest.iter().fold(0, |last, byte| last << 8 | u64::from(*byte));
    capitals_of(last).map_or(0, |more| (capitals + more) as usize)
}

/// The number of capital letters of eight bytes; `None` where one is small.
#[inline(always)]
fn capitals_of(bytes: u64) -> Option<u32> {
    let letters = from(bytes | each(0x20), b'a') & !from(bytes | each(0x20), b'z' + 1) & !bytes & HIGH;
    (letters & bytes << 2 == 0).then(|| letters.count_ones())
}

/// The high bit of each of eight bytes that is at least `least`, their own high bits left out.
#[inline(always)]
fn from(bytes: u64, least: u8) -> u64 {
    (bytes & !HIGH) + each(0x80 - least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_look_tells_what_a_text_has() {
        for byte in 0..=u8::MAX {
            let (is_high, is_break) = (byte >= 0x80, matches!(byte, b'\n' | b'\r'));
            let expected = [
                (byte < b' ' && !is_break, TAB),
                (is_break, BREAK),
                (is_high, BEYOND),
                (matches!(byte, 0xc2 | 0xe1..=0xe3 | 0xef), TYPOGRAPHY),
            ];
            let expected = expected.iter().fold(0, |all, (has, mark)| if *has { all | mark } else { all });
            for at in 0..8 {
                let mut eight = *b"aZ0 ~!z9";
                eight[at] = byte;
                assert_eq!(Glance::of(&eight).marks, expected, "{byte:x}");
            }
        }
        let plain = Glance::at("Rue du Bac 12");
        assert!(!plain.may_have_odd_spaces() && !plain.is_beyond_ascii() && !plain.has_line_break());
        assert!(Glance::is_plain("Rue du Bac 12") && Glance::is_plain(""));
        assert!(["a  b", "a\tb", "été"].iter().all(|odd| !Glance::is_plain(odd)));
        assert!(Glance::at("a  b").double_space && Glance::at("a\tb").may_have_odd_spaces());
        assert!(Glance::at("a\u{a0}b").may_have_odd_spaces() && Glance::at("a\u{200b}").may_have_odd_spaces());
        let spaces = (0..0x3100).filter_map(char::from_u32).filter(|c| c.is_whitespace() && !matches!(c, ' ' | '\n' | '\r'));
        for space in spaces {
            assert!(Glance::at(&format!("a{space}b")).may_have_odd_spaces(), "{space:?}");
        }
        assert!(Glance::at("é").is_beyond_ascii() && !Glance::at("é").may_have_odd_spaces());
        for at in 0..20 {
            let text = format!("{}  É", "x".repeat(at));
            let glance = Glance::at(&text);
            assert!(glance.double_space && glance.is_beyond_ascii() && capitals(&text) == 0, "{text}");
            let text = format!("{} \u{e0}\tAZ[@ `{{", "X".repeat(at));
            let glance = Glance::at(&text);
            assert!(!glance.double_space && glance.may_have_odd_spaces(), "{text}");
            assert_eq!((capitals(&text), capitals(&format!("{text}x")), capitals(&format!("x{text}"))), (at + 2, 0, 0));
            let text = format!("{}a  ", "a".repeat(at));
            assert!(Glance::at(&text).double_space && !Glance::at(&text[..at + 2]).double_space, "{text}");
        }
        assert!(Glance::at("A\nB").has_line_break());
        assert_eq!((capitals(""), capitals("0"), capitals("ÉA Z"), capitals("Éa")), (0, 0, 2, 0));
    }
}
