//! Words compared as people compare them: without case, accents or punctuation; and what befalls texts on their way here.

mod formula;
mod formula_error;
mod glance;
mod mojibake;

pub use formula::is_formula;
pub use formula_error::FormulaError;
pub use glance::{Glance, capitals};
pub use mojibake::undone_mojibake;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Drops accents and cedillas: `é` becomes `e`, `œ` becomes `oe`.
pub fn without_accents(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'œ' => out.push_str("oe"),
            'Œ' => out.push_str("OE"),
            'æ' => out.push_str("ae"),
            'Æ' => out.push_str("AE"),
            'ß' => out.push_str("ss"),
            '’' | 'ʼ' | '‘' => out.push('\''),
            _ => out.push(c),
        }
    }
    out
}

/// Folds a name: no case, no accents, nothing but letters and digits.
pub fn fold(text: &str) -> String {
    without_accents(text).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What a spreadsheet calls a column: `A` for the first, `AA` after `Z`.
pub fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + (column % 26) as u8));
        match (column / 26).checked_sub(1) {
            Some(next) => column = next,
            None => return letters.into_iter().rev().collect(),
        }
    }
}

/// Cuts a name into folded words: at what is not a letter or a digit, and where `camelCase` changes.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut lower = false;
    for c in without_accents(text).chars() {
        let cut = !c.is_alphanumeric() || (c.is_uppercase() && lower);
        if cut && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        lower = c.is_lowercase() || c.is_ascii_digit();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Drops white space at both ends, no-break and zero-width characters included.
#[inline]
pub fn trim(text: &str) -> &str {
    // Most texts start and end with a plain letter or digit.
    if let (Some(first), Some(last)) = (text.as_bytes().first(), text.as_bytes().last())
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return text;
    }
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}'))
}

/// A row of cells as spreadsheets copy it: tabs between them, quotation marks round those that would be cut.
pub fn tabbed<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let quoted = |cell: &str| {
        if cell.contains(['\t', '\n', '\r', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
    };
    cells.map(quoted).collect::<Vec<_>>().join("\t")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_meet_once_folded() {
        assert_eq!(fold("N° de délibération"), "ndedeliberation");
        assert_eq!(fold("COLL_NOM"), fold("Coll-nom"));
        assert_eq!(words("nomBeneficiaire"), ["nom", "beneficiaire"]);
        assert_eq!(words("DELIB_DATE"), ["delib", "date"]);
        assert_eq!(words("Votants (réel)"), ["votants", "reel"]);
        assert_eq!(without_accents("Œuvre à l’été"), "OEuvre a l'ete");
        assert_eq!(trim("\u{a0} a b\u{200b} "), "a b");
        assert_eq!(tabbed(["a", "b\tc", "d\"e"].into_iter()), "a\t\"b\tc\"\t\"d\"\"e\"");
    }
}
