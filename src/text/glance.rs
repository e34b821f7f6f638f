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
        let mut glance = Glance::default();
        let (eights, rest) = text.as_bytes().as_chunks::<8>();
        let mut space = 0;
        for eight in eights {
            space = glance.take(*eight, space);
        }
        if !rest.is_empty() {
            let bits = 8 * rest.len();
            let last = match text.as_bytes().last_chunk() {
                Some(last) => u64::from_le_bytes(*last) >> (64 - bits),
                None => rest.iter().rev().fold(0, |last, byte| last << 8 | u64::from(*byte)),
            };
            glance.take((last | each(b'0') << bits).to_le_bytes(), space);
        }
        glance
    }

    /// Looks at eight bytes. `space` tells whether one came just before, and what is given whether they end with one.
    #[inline(always)]
    fn take(&mut self, eight: [u8; 8], space: u64) -> u64 {
        let bytes = u64::from_le_bytes(eight);
        // Most have nothing but letters, figures and signs.
        let others = (bytes | !from(bytes, b' ' + 1)) & HIGH;
        if others == 0 {
            return 0;
        }
        let spaces = !from(bytes ^ each(b' '), 1) & !bytes & HIGH;
        self.double_space |= spaces & (spaces << 8 | space) != 0;
        if others != spaces {
            self.marks |= marks(bytes);
        }
        spaces >> 56
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

/// The marks of eight bytes.
#[inline(always)]
fn marks(bytes: u64) -> u8 {
    let mark = |found: u64, mark: u8| if found & HIGH != 0 { mark } else { 0 };
    let is = |byte: u8| !from(bytes ^ each(byte), 1) & !((bytes ^ each(byte)) & HIGH);
    let breaks = is(b'\n') | is(b'\r');
    // A vertical tab and a form feed are spaces too; the other controls show no more than these.
    let controls = !from(bytes, b' ') & !bytes & !breaks;
    // What begins a no-break space, a soft hyphen, a sign of general punctuation, a space of another script, or U+FFFD.
    let typography = is(0xc2) | is(0xef) | from(bytes, 0x61) & !from(bytes, 0x64) & bytes;
    mark(controls, TAB) | mark(breaks, BREAK) | mark(bytes, BEYOND) | mark(typography, TYPOGRAPHY)
}

/// The number of capital letters of a text, accents left out, where it has no small one; else 0.
pub fn capitals(text: &str) -> usize {
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
    let mut capitals = 0;
    for eight in eights.iter().chain([&last]) {
        let bytes = u64::from_le_bytes(*eight);
        let letters = from(bytes | each(0x20), b'a') & !from(bytes | each(0x20), b'z' + 1) & !bytes & HIGH;
        if letters & bytes << 2 != 0 {
            return 0;
        }
        capitals += letters.count_ones();
    }
    capitals as usize
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
                assert_eq!(marks(u64::from_le_bytes(eight)), expected, "{byte:x}");
            }
        }
        let plain = Glance::at("Rue du Bac 12");
        assert!(!plain.may_have_odd_spaces() && !plain.is_beyond_ascii() && !plain.has_line_break());
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
