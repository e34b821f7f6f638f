use std::borrow::Cow;

/// The texts that cells share, end to end: a million of them is no million of allocations.
#[derive(Debug, Default)]
pub struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    /// Adds a text.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// The text at a place.
    pub fn get(&self, at: usize) -> Option<&str> {
        let start = match at.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text.get(start..*self.ends.get(at)?)
    }
}

/// Replaces the escapes with which Excel writes what XML cannot: `_x000D_` is a carriage return. Lines end as
/// everywhere in a table, and halves of characters are lost.
pub fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at(at);
        plain.push_str(before);
        match escape.get(2..7).and_then(|code| code.strip_suffix('_')).map(|code| u32::from_str_radix(code, 16)) {
            Some(Ok(code)) => {
                plain.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                rest = escape.get(7..).unwrap_or_default();
            }
            _ => {
                plain.push_str("_x");
                rest = escape.get(2..).unwrap_or_default();
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_by_their_place() {
        let mut strings = Strings::default();
        ["a", "", "é"].into_iter().for_each(|text| strings.push(text));
        assert_eq!([0, 1, 2, 3].map(|at| strings.get(at)), [Some("a"), Some(""), Some("é"), None]);
    }

    #[test]
    fn escapes_are_replaced() {
        assert_eq!(unescape("a_x000D_\nb_x005F_x000A_"), "a\r\nb_x000A_");
        assert_eq!(unescape("_x_xZZZZ_ _x00é_ code_x"), "_x_xZZZZ_ _x00é_ code_x");
        assert_eq!(unescape("_xD83D_"), "\u{fffd}");
    }
}
