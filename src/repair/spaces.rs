//! Spaces that cannot be told from others by eye, and characters without width.

use crate::text::Glance;

/// Whether a character has no width and no meaning in a text of Western Europe: the zero-width space, the
/// word joiner, the byte order mark, the soft hyphen; the ASCII controls that are no spaces, such as NUL. The joiners of
/// emoji are left alone, and so are the other controls: they often were letters.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}') || c < ' ' && !c.is_whitespace()
}

/// A text without its characters of no width.
pub fn visible(text: &str) -> String {
    text.chars().filter(|c| !is_hidden(*c)).collect()
}

/// Whether a text holds double spaces, tabs, no-break spaces that French typography does not ask, or
/// characters of no width; line breaks are another matter.
pub fn has_odd_spaces(text: &str) -> bool {
    Glance::at(text).may_have_odd_spaces() && cleaned(text, false) != text
}

/// One ordinary space wherever there are several or of another kind. Stays as it is the no-break space
/// that French typography puts before `: ; ! ? » % €`, after `«` and between digits (Imprimerie
/// nationale, *Lexique des règles typographiques*). Line breaks become spaces too where `lines` says so.
pub fn cleaned(text: &str, lines: bool) -> String {
    let is_break = |c: char| matches!(c, '\n' | '\r');
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().filter(|c| !is_hidden(*c)).peekable();
    while let Some(c) = chars.next() {
        if !c.is_whitespace() || (is_break(c) && !lines) {
            out.push(c);
            continue;
        }
        let mut run = vec![c];
        while let Some(next) = chars.next_if(|next| next.is_whitespace() && (lines || !is_break(*next))) {
            run.push(next);
        }
        let (before, after) = (out.chars().last(), chars.peek().copied());
        let digits = before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit());
        let typographic = before == Some('«') || after.is_some_and(|c| ":;!?»%€".contains(c)) || digits;
        match run.as_slice() {
            [one @ ('\u{a0}' | '\u{202f}')] if typographic => out.push(*one),
            _ => out.push(' '),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_space_is_enough() {
        assert_eq!(cleaned("a  b\u{a0}c\td\u{200b}e", false), "a b c de");
        assert_eq!((cleaned("a\0b", false), has_odd_spaces("a\0b")), ("ab".to_owned(), true));
        assert_eq!(cleaned("d\u{92}eau", false), "d\u{92}eau");
        assert_eq!(cleaned("a\n b", false), "a\n b");
        assert_eq!(cleaned("a \r\n b", true), "a b");
    }

    #[test]
    fn french_typography_is_no_fault() {
        for good in ["Ici\u{a0}: là", "«\u{a0}Oui\u{a0}»", "12\u{202f}000", "Quoi\u{202f}?", "50\u{a0}%", "a b"] {
            assert!(!has_odd_spaces(good), "{good}");
        }
        assert!(has_odd_spaces("rue\u{a0}du Bac") && has_odd_spaces("a  b") && has_odd_spaces("in\u{ad}visible"));
    }
}
