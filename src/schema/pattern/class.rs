//! Classes of characters, with Python's meaning of `\d`, `\w` and `\s`.

use crate::value::digit;

/// A class of characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Ranges, ends included.
    pub ranges: Vec<(char, char)>,
    /// Classes known by a letter, and whether each is turned round.
    pub named: Vec<(Named, bool)>,
    /// Whether the whole is turned round.
    pub not: bool,
    /// Which ASCII characters it holds, one bit each: what most texts are made of.
    ascii: u128,
}

/// A class known by a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// `\d`
    Digit,
    /// `\w`
    Word,
    /// `\s`
    Space,
}

impl Named {
    /// The class of a letter, and whether it is turned round.
    pub fn of(letter: char) -> Option<(Named, bool)> {
        Some(match letter {
            'd' => (Named::Digit, false),
            'D' => (Named::Digit, true),
            'w' => (Named::Word, false),
            'W' => (Named::Word, true),
            's' => (Named::Space, false),
            'S' => (Named::Space, true),
            _ => return None,
        })
    }

    fn holds(self, c: char) -> bool {
        match self {
            Named::Digit => digit(c).is_some(),
            Named::Word => is_word(c),
            Named::Space => c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c),
        }
    }
}

/// Whether a character is part of a word.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl Class {
    /// A class of these members, or of all the others.
    pub fn of(ranges: Vec<(char, char)>, named: Vec<(Named, bool)>, not: bool) -> Class {
        let mut class = Class { ranges, named, not, ascii: 0 };
        class.ascii = (0..128_u8).filter(|byte| class.slow(char::from(*byte))).fold(0, |bits, byte| bits | 1 << byte);
        class
    }

    /// What a dot stands for.
    pub fn any_but_line_feed() -> Class {
        Class::of(vec![('\n', '\n')], Vec::new(), true)
    }

    /// A class known by a letter.
    pub fn named(named: Named, not: bool) -> Class {
        Class::of(Vec::new(), vec![(named, not)], false)
    }

    /// Whether the class holds a character.
    pub fn holds(&self, c: char) -> bool {
        if c.is_ascii() { self.ascii >> (c as u32) & 1 == 1 } else { self.slow(c) }
    }

    /// The ASCII characters that it holds, one bit each.
    pub fn ascii(&self) -> u128 {
        self.ascii
    }

    fn slow(&self, c: char) -> bool {
        let found = self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&c))
            || self.named.iter().any(|(named, not)| named.holds(c) != *not);
        found != self.not
    }
}
