//! What one look at the bytes of a text tells of it: enough to know that most texts have nothing odd.

/// What a text has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Glance {
    marks: u8,
    /// Whether two spaces follow each other.
    pub double_space: bool,
    /// The number of capital letters without accent.
    pub capitals: usize,
}

const SPACE: u8 = 1;
const TAB: u8 = 2;
const BREAK: u8 = 4;
const SMALL: u8 = 8;
const CAPITAL: u8 = 16;
const BEYOND: u8 = 32;
const TYPOGRAPHY: u8 = 64;

/// The marks of each byte.
static MARKS: [u8; 256] = {
    let mut marks = [0; 256];
    let mut left = marks.as_mut_slice();
    let mut byte = 0_u8;
    while let Some((first, rest)) = left.split_first_mut() {
        *first = marks_of(byte);
        (left, byte) = (rest, byte.wrapping_add(1));
    }
    marks
};

const fn marks_of(byte: u8) -> u8 {
    match byte {
        b' ' => SPACE,
        b'\t' => TAB,
        b'\n' | b'\r' => BREAK,
        b'a'..=b'z' => SMALL,
        b'A'..=b'Z' => CAPITAL,
        // What begins a no-break space, a soft hyphen, or one of the signs of general punctuation.
        0xc2 | 0xe2 | 0xef => BEYOND | TYPOGRAPHY,
        0x80.. => BEYOND,
        _ => 0,
    }
}

impl Glance {
    /// Looks at a text.
    pub fn at(text: &str) -> Glance {
        let mut glance = Glance::default();
        let (mut former, mut twice) = (0, 0);
        for byte in text.bytes() {
            let marks = MARKS.get(usize::from(byte)).copied().unwrap_or_default();
            glance.marks |= marks;
            twice |= former & marks & SPACE;
            glance.capitals += usize::from(marks & CAPITAL != 0);
            former = marks;
        }
        glance.double_space = twice != 0;
        glance
    }

    /// Whether it has other characters than ASCII ones.
    pub fn is_beyond_ascii(self) -> bool {
        self.marks & BEYOND != 0
    }

    /// Whether it may have spaces that do not show as one ordinary space.
    pub fn may_have_odd_spaces(self) -> bool {
        self.double_space || self.marks & (TAB | TYPOGRAPHY) != 0
    }

    /// Whether it has a line break.
    pub fn has_line_break(self) -> bool {
        self.marks & BREAK != 0
    }

    /// Whether it has a small letter without accent.
    pub fn has_small_letter(self) -> bool {
        self.marks & SMALL != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_look_tells_what_a_text_has() {
        let plain = Glance::at("Rue du Bac 12");
        assert!(!plain.may_have_odd_spaces() && !plain.is_beyond_ascii() && plain.has_small_letter());
        assert_eq!((plain.capitals, plain.has_line_break()), (2, false));
        assert!(Glance::at("a  b").double_space && Glance::at("a\tb").may_have_odd_spaces());
        assert!(Glance::at("a\u{a0}b").may_have_odd_spaces() && Glance::at("a\u{200b}").may_have_odd_spaces());
        assert!(Glance::at("é").is_beyond_ascii() && !Glance::at("é").may_have_odd_spaces());
        assert!(Glance::at("A\nB").has_line_break() && !Glance::at("A\nB").has_small_letter());
    }
}
